import { describe, expect, it } from 'vitest';
import type { DiagnosedCause } from '../../../bot/domain/diagnosis/cause.ts';
import { diagnose } from '../../../bot/domain/diagnosis/diagnose.ts';
import type { DiagnosisFacts } from '../../../bot/domain/diagnosis/facts.ts';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { AT_SECONDS, wireProduct, wireTarget } from '../sample-record.ts';
import { asked, causeOf, factsOf, failingDiagnosis, hostFacts, hostKey, secondHost, wireHost } from './sample-facts.ts';

const HOST = { name: 'kms1.corp.example', port: 1688, nodeId: 'i-0aaaaaaaaaaaaaaa1' };
const BARE = { name: 'kms1.corp.example', port: 1688 };
const CMID = '9b1c0a52-6f0e-4a0e-9f1c-0c7b4b5f2a10';
const role = wireHost().host as NonNullable<WireRecord['host']>;
const HOURS_5 = 18_000;

/** The host answered the newest attempt with this count. */
const counted = (count: number): Partial<WireRecord> => ({
  evt: {
    q: [[AT_SECONDS - 100, '00000000', 'kms1.corp.example:1688']],
    r: [AT_SECONDS - 100, 'C004F038', '4000008', 0, count],
  },
});
const clones = (machines: number, imageId = 'ami-0abc'): Partial<DiagnosisFacts> => ({
  fleet: {
    sameCmid: Array.from({ length: machines }, (_, i) => ({ nodeId: `i-${i}`, name: `CLONE-${i}`, imageId })),
    reach: [],
  },
});

describe('a diagnosis of what a host answers', () => {
  it.each<[string, Partial<WireRecord>, Partial<DiagnosisFacts>, DiagnosedCause]>([
    [
      'its own clock',
      { clk: [HOURS_5, '169.254.169.123'] },
      {},
      { kind: 'clock-off', where: 'client', seconds: HOURS_5 },
    ],
    [
      'the clock of the host',
      {},
      { hosts: [hostFacts({ clk: [-HOURS_5, '169.254.169.123'] })] },
      { kind: 'clock-off', where: 'host', host: HOST, seconds: -HOURS_5 },
    ],
    [
      'the clock of a host without agent, when its own is right',
      { evt: asked('C004F06C') },
      { hosts: [] },
      { kind: 'clock-off', where: 'host', host: BARE },
    ],
    [
      'a host that is not activated',
      {},
      { hosts: [hostFacts({ prod: [hostKey({ st: 5, why: 'C004F009' })] })] },
      { kind: 'host-not-activated', host: HOST },
    ],
    [
      'a host without agent that is not activated',
      { evt: asked('C004F041') },
      { hosts: [] },
      { kind: 'host-not-activated', host: BARE },
    ],
    [
      'a host key that is too old',
      {},
      { hosts: [hostFacts({ prod: [hostKey({ ch: 'VOLUME_KMS_WS19' })] })] },
      { kind: 'host-key-too-old', host: HOST, keyGroup: 'Windows Server 2019', needs: 'Windows Server 2022' },
    ],
    [
      'a host without agent whose key is too old',
      { evt: asked('C004F042') },
      { hosts: [] },
      { kind: 'host-key-too-old', host: BARE, needs: 'Windows Server 2022' },
    ],
    [
      'a count that is too low',
      counted(3),
      { hosts: [hostFacts({ host: { ...role, n: 3 } })] },
      { kind: 'count-too-low', host: HOST, count: 3, needed: 5 },
    ],
    [
      'a count that is too low, by the answer alone',
      counted(3),
      { hosts: [] },
      { kind: 'count-too-low', host: BARE, count: 3, needed: 5 },
    ],
    [
      'machines of one image',
      { ...counted(3), reg: { skip: 1, nopub: null, list: [] } },
      { hosts: [hostFacts({ host: { ...role, n: 3 } })], ...clones(2) },
      { kind: 'duplicate-cmid', cmid: CMID, machines: 3, imageId: 'ami-0abc', skipRearm: true },
    ],
    [
      'a low count rather than clones that would not make up for it',
      counted(1),
      { hosts: [hostFacts({ host: { ...role, n: 1 } })], ...clones(1) },
      { kind: 'count-too-low', host: HOST, count: 1, needed: 5 },
    ],
  ])('names %s', (_, wire, facts, cause) => {
    expect(causeOf(wire, facts)).toEqual(cause);
  });

  it('names a count that two hosts of one record share', () => {
    const srv: WireRecord['srv'] = [
      {
        d: 'corp.example',
        a: [
          [0, 0, 1688, 0],
          [0, 0, 1688, 1],
        ],
      },
    ];
    const tgt = [wireTarget(), wireTarget({ n: 'kms2.corp.example', ip: ['10.20.0.41'] })];
    const hosts = [hostFacts({ host: { ...role, n: 3 } }), secondHost({ host: { ...role, n: 3 } })];

    expect(causeOf({ ...counted(3), srv, tgt }, { hosts })).toEqual({
      kind: 'count-split',
      hosts: [HOST, { name: 'kms2.corp.example', port: 1688, nodeId: 'i-0aaaaaaaaaaaaaaa2' }],
      needed: 5,
    });
  });

  it('counts for nothing a refusal that the host would not repeat', () => {
    const diagnosis = failingDiagnosis({ ...counted(3) });

    expect(diagnosis.first).toMatchObject({
      cause: { kind: 'works-now', host: 'kms1.corp.example' },
      confidence: 'sure',
    });
    expect(diagnosis.fix).toMatchObject({ kind: 'activate-now', slmgr: 'slmgr /ato' });
  });

  it('needs one client more than the host has counted without this machine', () => {
    const hosts = [hostFacts({ host: { ...role, n: 4 } })];

    expect(causeOf({ evt: { q: [], r: null } }, { hosts })).toMatchObject({ kind: 'works-now' });
    expect(causeOf(counted(4), { hosts })).toMatchObject({ kind: 'count-too-low', count: 4 });
  });

  it('takes the code that only says that no host was reached for no answer', () => {
    expect(causeOf({ evt: asked('C004F074'), hosts: [] } as Partial<WireRecord>)).toMatchObject({ kind: 'works-now' });
  });

  it('says what will stop the next renewal while weeks remain', () => {
    const late = [wireProduct({ min: 200_000 })];
    const diagnosis = diagnose(factsOf({ prod: late, clk: [HOURS_5, '169.254.169.123'] }));

    expect(diagnosis).toMatchObject({ state: 'warning', first: { cause: { kind: 'clock-off' } } });
  });

  it('warns of a clock that is off before a renewal was missed', () => {
    const diagnosis = diagnose(factsOf({ clk: [HOURS_5, '169.254.169.123'] }));

    expect(diagnosis).toMatchObject({ state: 'warning', first: { cause: { kind: 'clock-off' }, confidence: 'sure' } });
  });
});
