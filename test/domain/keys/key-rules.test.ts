/** Laws of where a stored key may go; single cases stand with the plans. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEY_GROUPS, mayLiveOn } from '../../../bot/domain/host-generations.ts';
import { isOfGroup, type KeyPurpose, keyObjection } from '../../../bot/domain/keys/key-rules.ts';
import type { StoredKey } from '../../../bot/domain/keys/stored-key.ts';
import { recordOf, wireRecord } from '../sample-record.ts';

const { os } = wireRecord();
if (os === null) throw new Error('the sample tells its Windows');

const GROUPS = [...KEY_GROUPS, 'Windows 11'] as const;

const windows = fc.record({
  b: fc.constantFrom(7601, 9200, 9600, 10_240, 14_393, 17_763, 19_045, 20_348, 22_631, 26_100).map((b) => `${b}`),
  ed: fc.constantFrom('ServerStandard', 'ServerDatacenter', 'ServerTurbine', 'ServerStandardEval', 'Enterprise'),
  pt: fc.constantFrom(1, 2, 3),
});
const keys = fc.record<Pick<StoredKey, 'kind' | 'group' | 'editions'>>({
  kind: fc.constantFrom('mak', 'host'),
  group: fc.constantFrom(...GROUPS),
  editions: fc.constantFrom<StoredKey['editions']>('any', ['serverstandard'], ['enterprise', 'serverdatacenter']),
});
const circumstances = fc.record<{ purpose: KeyPurpose; isHost: boolean; isAskedHost: boolean }>({
  purpose: fc.constantFrom('key', 'host-setup'),
  isHost: fc.boolean(),
  isAskedHost: fc.boolean(),
});

/** Checks every combination that nothing stands against, and that there are some. */
const allowed = (law: (key: Pick<StoredKey, 'kind' | 'group' | 'editions'>, of: Allowed) => void): void => {
  let seen = 0;
  fc.assert(
    fc.property(keys, windows, circumstances, (key, changes, given) => {
      const record = recordOf({ os: { ...os, ...changes } });
      if (keyObjection(key, record, given) !== undefined || !record.os.read) return;
      seen += 1;
      law(key, { windows: record.os.value, ...given });
    }),
    { numRuns: 3000 },
  );
  expect(seen).toBeGreaterThan(50);
};

interface Allowed {
  readonly windows: Parameters<typeof isOfGroup>[1];
  readonly purpose: KeyPurpose;
  readonly isHost: boolean;
  readonly isAskedHost: boolean;
}

describe('a stored key that nothing stands against', () => {
  it('never makes a host of a client, unless a host is to be set up', () => {
    allowed((key, { purpose, isHost }) => {
      if (key.kind === 'host' && purpose === 'key') expect(isHost).toBe(true);
    });
  });

  it('is never a MAK for a host: neither to set one up, nor for one that clients ask', () => {
    allowed((key, { purpose, isAskedHost }) => {
      if (key.kind === 'mak') expect([purpose, isAskedHost]).toEqual(['key', false]);
    });
  });

  it('lives on a Windows that may hold it, clients’ keys on clients and servers’ keys on servers', () => {
    allowed(({ kind, group }, { windows: { build, kind: machine } }) => {
      if (kind !== 'host') return;
      expect(group !== 'Windows 11' && mayLiveOn(group, build)).toBe(true);
      expect(group === 'Windows 10').toBe(machine === 'workstation');
    });
  });

  it('is for the generation and the edition that is there, and never for an evaluation or a host on Azure Edition', () => {
    allowed(({ kind, group, editions }, { windows: on }) => {
      expect(on.edition).not.toMatch(/eval$/i);
      if (kind === 'host') expect(on.edition).not.toMatch(/turbine/i);
      else
        expect([isOfGroup(group, on), editions === 'any' || editions.includes(on.edition.toLowerCase())]).toEqual([
          true,
          true,
        ]);
    });
  });
});

describe('the generation of a Windows', () => {
  it('is one at most: a MAK of one generation never fits the Windows of another', () => {
    fc.assert(
      fc.property(windows, (changes) => {
        const read = recordOf({ os: { ...os, ...changes } }).os;
        if (!read.read) throw new Error('the sample tells its Windows');
        expect(GROUPS.filter((group) => isOfGroup(group, read.value)).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
