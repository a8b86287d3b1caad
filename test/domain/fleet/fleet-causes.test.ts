import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClientSeen, NodeResult } from '../../../bot/domain/check-report.ts';
import { withFleetCauses } from '../../../bot/domain/fleet/fleet-causes.ts';
import { groupByCause } from '../../../bot/domain/report.ts';
import { FAILED, failed, LATE, well } from './sample-fleet.ts';

const causesOf = (results: readonly NodeResult[]) =>
  withFleetCauses(results).map(({ cause }) =>
    cause === undefined
      ? undefined
      : [cause.kind, cause.subject, cause.detail].filter((part) => part !== undefined).join(' '),
  );

const OLD = 'kms-old.corp.example';
const silent = (name: string, seen: ClientSeen = {}) =>
  failed(name, { kind: 'target-no-answer', subject: OLD }, { host: `${OLD}:1688`, reached: false, ...seen });
const pinned = (name: string) =>
  failed(name, { kind: 'assigned-host-dead', subject: OLD }, { host: `${OLD}:1688`, reached: false });

describe('withFleetCauses', () => {
  it('names a host that DNS gives to several machines and that answers none of them', () => {
    expect(causesOf([silent('a'), silent('b'), well('c')])).toEqual([
      `dead-srv-target ${OLD}`,
      `dead-srv-target ${OLD}`,
      undefined,
    ]);
  });

  it('leaves one machine’s silent host what it is', () => {
    expect(causesOf([silent('a'), well('b')])[0]).toBe(`target-no-answer ${OLD}`);
  });

  it('looks at the way where the host answers others', () => {
    expect(causesOf([silent('a'), silent('b'), well('c', { host: `${OLD}:1688` })])).toEqual([
      `path-blocked ${OLD}`,
      `path-blocked ${OLD}`,
      undefined,
    ]);
  });

  it('does not take an answer on another port for one', () => {
    expect(
      causesOf([
        silent('a', { host: `${OLD}:1689` }),
        silent('b', { host: `${OLD}:1689` }),
        well('c', { host: `${OLD}:1688` }),
      ])[0],
    ).toBe(`dead-srv-target ${OLD}`);
  });

  it('does not count a KMS host that reaches itself as another machine', () => {
    const self = well('kms-old', { host: `${OLD}:1688`, isHost: true, knownAs: ['kms-old', OLD] });

    expect(causesOf([silent('a'), self])[0]).toBe(`target-no-answer ${OLD}`);
  });

  it('does not call a host dead that gave a record itself', () => {
    const self = well('kms-old', { host: `${OLD}:1688`, isHost: true, knownAs: ['kms-old', OLD] });

    expect(causesOf([silent('a'), silent('b'), self])[0]).toBe(`target-no-answer ${OLD}`);
  });

  it('names an assignment that several machines have kept to a host that is no more', () => {
    expect(causesOf([pinned('a'), pinned('b')])).toEqual([`retired-assignment ${OLD}`, `retired-assignment ${OLD}`]);
    expect(causesOf([pinned('a')])).toEqual([`assigned-host-dead ${OLD}`]);
  });

  it('says nothing of Amazon’s servers by what other machines reach', () => {
    const amazon = (name: string) =>
      failed(
        name,
        { kind: 'assigned-host-dead', subject: '169.254.169.250' },
        { host: '169.254.169.250:1688', reached: false },
      );
    const kind = 'assigned-host-dead 169.254.169.250';

    expect(causesOf([amazon('a'), amazon('b'), well('c', { host: '169.254.169.250:1688' })])).toEqual([
      kind,
      kind,
      undefined,
    ]);
  });

  it('names a domain in which nobody finds a record, and one where others do', () => {
    const lost = (name: string): NodeResult => {
      const { seen: _seen, ...result } = failed(name, { kind: 'no-srv-record', subject: 'eu.example' });
      return { ...result, seen: {} };
    };
    const cause = 'zone-missing eu.example corp.example';

    expect(
      causesOf([lost('a'), lost('b'), well('c'), well('d'), well('e', { recordIn: 'aws.example' })]).slice(0, 2),
    ).toEqual([cause, cause]);
    expect(causesOf([lost('a'), lost('b')])).toEqual(['zone-missing eu.example', 'zone-missing eu.example']);
    expect(causesOf([lost('a')])).toEqual(['no-srv-record eu.example']);
    expect(causesOf([lost('a'), lost('b'), well('c', { recordIn: 'eu.example' })])[0]).toBe('no-srv-record eu.example');
  });

  it('names the image whose clones a host counts as one', () => {
    const clone = (name: string, imageId?: string) =>
      failed(
        name,
        { kind: 'count-too-low', subject: 'kms1' },
        { cmid: 'c-1', ...(imageId === undefined ? {} : { imageId }) },
      );
    const alone = failed('d', { kind: 'count-too-low', subject: 'kms1' }, { cmid: 'c-2' });

    expect(causesOf([clone('a', 'ami-1'), clone('b', 'ami-1'), alone])).toEqual([
      'duplicate-cmid ami-1 c-1',
      'duplicate-cmid ami-1 c-1',
      'count-too-low kms1',
    ]);
    expect(causesOf([clone('a', 'ami-1'), clone('b', 'ami-2')])[0]).toBe('duplicate-cmid c-1');
    expect(causesOf([clone('a', 'ami-1'), well('b', { cmid: 'c-1', imageId: 'ami-1' })])[0]).toBe(
      'duplicate-cmid ami-1 c-1',
    );
  });

  it('does not take machines without a CMID for clones', () => {
    const zero = '00000000-0000-0000-0000-000000000000';
    const fresh = (name: string) => failed(name, { kind: 'count-too-low', subject: 'kms1' }, { cmid: zero });

    expect(causesOf([fresh('a'), fresh('b')])[0]).toBe('count-too-low kms1');
  });

  it('keeps missed renewals what they are, and names better what explains them', () => {
    const late = (name: string): NodeResult => ({
      ...failed(
        name,
        { kind: 'renewals-missed', detail: 'assigned-host-dead', subject: OLD },
        { host: `${OLD}:1688`, reached: false },
      ),
      verdict: LATE,
    });
    const [group, ...others] = groupByCause(withFleetCauses([late('a'), late('b'), late('c')]));

    expect(others).toEqual([]);
    expect(group).toMatchObject({
      total: 3,
      state: 'activated',
      cause: { kind: 'renewals-missed', detail: 'retired-assignment', subject: OLD },
    });
  });

  it('flags a host that is not ours, on machines that are well too', () => {
    const seen = { host: '127.0.0.2:1688', notOurs: 'loopback' } as const;
    const [a, b, c] = withFleetCauses([
      well('a', seen),
      failed('b', { kind: 'status-reason', code: '0xC004F074' }, seen),
      well('c'),
    ]);

    expect(a).toMatchObject({
      cause: { kind: 'unknown-host', subject: '127.0.0.2', detail: 'loopback' },
      next: { kind: 'diagnose', nodeId: 'i-a' },
    });
    expect(b?.cause?.key).toBe(a?.cause?.key);
    expect(c?.cause).toBeUndefined();
  });

  it('leaves a stranger unsaid where the licence is the cause, or KMS is not in use', () => {
    const seen = { host: '203.0.113.9:1688', notOurs: 'public-address' } as const;
    const mak: NodeResult = {
      ...well('b', seen),
      verdict: { state: 'not-a-kms-client', channel: 'mak', licensed: true },
    };

    expect(causesOf([failed('a', { kind: 'wrong-key', subject: 'x' }, seen), mak])).toEqual(['wrong-key x', undefined]);
  });

  it('keeps every machine, its order and all but its cause and next step, and may be asked twice', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const anyResult = fc.oneof(
      names.map(pinned),
      names.map((name) => silent(name)),
      names.map((name) => well(name)),
      names.map((name) => failed(name, { kind: 'count-too-low', subject: 'kms1' }, { cmid: name })),
      names.map((name): NodeResult => ({ ...well(name), verdict: FAILED })),
    );
    fc.assert(
      fc.property(fc.array(anyResult, { maxLength: 12 }), (results) => {
        const once = withFleetCauses(results);
        const bare = (all: readonly NodeResult[]) => all.map(({ cause: _cause, next: _next, ...rest }) => rest);

        expect(bare(once)).toEqual(bare(results));
        expect(withFleetCauses(once)).toEqual(once);
      }),
    );
  });
});
