import { describe, expect, it } from 'vitest';
import type { LeftNode, PlannedNode } from '../../../bot/domain/change/plan.ts';
import { type PlanGiven, planNode } from '../../../bot/domain/change/plan-node.ts';
import { planUndo } from '../../../bot/domain/change/plan-undo.ts';
import { objectionBeforeProbe } from '../../../bot/domain/change/stored-key-plan.ts';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import type { KeyProbe, StoredKey } from '../../../bot/domain/keys/stored-key.ts';
import { hostKey, hostRecord, wireRequests } from '../hosts/sample-host.ts';
import { recordOf, wireProduct, wireRecord } from '../sample-record.ts';
import { givenKey, HOST_2022, storedKeyOf, TAIL } from './given.ts';
import { factsOf } from './sample-facts.ts';

const MAK = storedKeyOf();
const SPEC = { kind: 'stored-key', key: 'contoso' } as const;

const plan = (record: Partial<WireRecord>, given: PlanGiven) => planNode(SPEC, factsOf(record), given);

const plannedFor = (record: Partial<WireRecord>, given: PlanGiven): PlannedNode => {
  const node = plan(record, given);
  if (!('action' in node)) throw new Error(`left alone: ${JSON.stringify(node.left)}`);
  return node;
};

const windows = (b: string, ed: string, pt: number): Partial<WireRecord> => {
  const { os } = wireRecord();
  if (os === null) throw new Error('the sample tells its Windows');
  return { os: { ...os, b, ed, pt } };
};

const client = (b: string, ed: string): Partial<WireRecord> => windows(b, ed, 1);
const server = (b: string, ed: string): Partial<WireRecord> => windows(b, ed, 3);
const hostOn = (os: Partial<WireRecord>): Partial<WireRecord> => ({ ...hostRecord(), ...os });

const used = (machines: number, times: number) =>
  new Map([
    [
      'tokyo',
      {
        activations: Array.from({ length: machines * times }, (_, n) => ({
          nodeId: `i-other-${n % machines}`,
          changeId: `c${n}`,
          atMs: n,
        })),
      },
    ],
  ]);

describe('installing a stored key', () => {
  it('shows the end of the key before and after, activates, and puts a public key back', () => {
    expect(plannedFor({}, givenKey(MAK))).toMatchObject({
      changes: [{ what: 'key', before: 'VMK7H', after: TAIL }],
      action: {
        document: 'KmsBot-InstallStoredKey',
        options: { from: MAK.from, kind: 'mak', expect: { key: 'VMK7H' } },
      },
      inverse: { document: 'KmsBot-InstallClientKey', options: { key: 'VMK7H', expect: { key: TAIL }, back: 1 } },
      thenActivate: true,
    });
  });

  it.each([
    ['unknown-key', { prod: [wireProduct({ key: 'AAAAA', ch: 'VOLUME_MAK', st: 5 })] }],
    ['no-key-before', { prod: [] }],
  ])('has no way back: %s', (none, record) => {
    expect(plannedFor(record, givenKey(MAK)).inverse).toEqual({ none });
  });

  it('only activates where the key is there and not activated', () => {
    const record = { prod: [wireProduct({ key: TAIL, ch: 'VOLUME_MAK', st: 5 })] };

    expect(plannedFor(record, givenKey(MAK)).action).toEqual({
      document: 'KmsBot-Activate',
      options: { expect: { key: TAIL } },
    });
  });

  it('is taken back only while the key is the one that was installed', () => {
    const node = plannedFor({}, givenKey(MAK));
    const { nodeId, siteId, name } = node;
    const outcome = { nodeId, siteId, name, result: 'done' } as const;
    const now = { prod: [wireProduct({ key: TAIL, ch: 'VOLUME_MAK' })] };

    expect(planUndo({ node, outcome }, factsOf(now))).toMatchObject({
      action: node.inverse,
      changes: [{ what: 'key', before: TAIL, after: 'VMK7H' }],
    });
    expect(planUndo({ node, outcome }, factsOf())).toMatchObject({ left: { why: 'changed-since' } });
  });

  it('renews the key of a host, and warns of how often it was used', () => {
    const node = plannedFor(hostRecord(), givenKey(HOST_2022, { keyUse: used(2, 3) }));

    expect(node.changes).toEqual([{ what: 'key', before: 'H7KQ2', after: TAIL }]);
    expect(node.inverse).toEqual({ none: 'unknown-key' });
    expect(node.warnings).toEqual([{ why: 'key-use', hosts: 2, ofHosts: 6, here: 0, ofHere: 10, before: 0 }]);
  });

  it.each<[string, Partial<WireRecord>, StoredKey, LeftNode['left']]>([
    ['a host key on a client', {}, HOST_2022, { why: 'host-key-for-client' }],
    ['a MAK on a host that clients ask', hostRecord(), MAK, { why: 'host-key' }],
    [
      'a host key of client Windows on a server',
      hostRecord(),
      storedKeyOf({ ...HOST_2022, group: 'Windows 10' }),
      { why: 'client-host-key-on-server', group: 'Windows 10' },
    ],
    [
      'a host key of Windows Server on client Windows',
      hostOn(client('19045.1', 'Enterprise')),
      HOST_2022,
      { why: 'server-host-key-on-client', group: 'Windows Server 2022' },
    ],
    [
      'a host key on a Windows too old for it',
      hostOn(server('9600.1', 'ServerStandard')),
      HOST_2022,
      { why: 'host-windows', group: 'Windows Server 2022' },
    ],
    ['a host key on Azure Edition', hostOn(server('20348.1', 'ServerTurbine')), HOST_2022, { why: 'azure-edition' }],
    ['any key on an evaluation', server('20348.1', 'ServerStandardEval'), MAK, { why: 'evaluation' }],
    [
      'a MAK of another edition',
      server('20348.1', 'ServerDatacenter'),
      MAK,
      {
        why: 'mak-edition',
        editions: ['serverstandard'],
        group: 'Windows Server 2022',
        found: { group: 'Windows Server 2022', edition: 'ServerDatacenter' },
      },
    ],
    [
      'a MAK of another Windows',
      server('17763.1', 'ServerStandard'),
      storedKeyOf({ editions: 'any' }),
      { why: 'mak-edition', editions: 'any', group: 'Windows Server 2022' },
    ],
    [
      'a MAK of Windows 10 on Windows 11',
      client('22631.1', 'Enterprise'),
      storedKeyOf({ group: 'Windows 10', editions: 'any' }),
      {
        why: 'mak-edition',
        editions: 'any',
        group: 'Windows 10',
        found: { group: 'Windows 11', edition: 'Enterprise' },
      },
    ],
    [
      'a MAK on an instance whose licence is included',
      { ...server('20348.1', 'ServerStandard'), aws: { ami: '', vpc: '', bp: ['bp-6ba54002'] } },
      storedKeyOf({ editions: 'any' }),
      { why: 'licence-included' },
    ],
    ['a key whose service is disabled', { spp: ['Stopped', 'Disabled'] }, MAK, { why: 'service-disabled' }],
    [
      'a MAK that is there and activated',
      { prod: [wireProduct({ key: TAIL, ch: 'VOLUME_MAK' })] },
      MAK,
      { why: 'already-so' },
    ],
  ])('leaves alone: %s', (_, record, key, left) => {
    expect(plan(record, givenKey(key))).toMatchObject({ left });
  });

  it.each<[string, Partial<WireRecord>, StoredKey['group']]>([
    ['Server 2025', server('26100.1', 'ServerStandard'), 'Windows Server 2025'],
    ['Server 2019', server('17763.1', 'ServerStandard'), 'Windows Server 2019'],
    ['Server 2012 R2', server('9600.1', 'ServerStandard'), 'Windows Server 2012 R2'],
    ['Server 2012', server('9200.1', 'ServerStandard'), 'Windows Server 2012'],
    ['Windows 10', client('19045.1', 'Enterprise'), 'Windows 10'],
    ['Windows 11', client('26100.1', 'Enterprise'), 'Windows 11'],
  ])('takes a MAK of its own generation: %s', (_, record, group) => {
    expect(plan(record, givenKey(storedKeyOf({ group, editions: 'any' })))).toHaveProperty('action');
  });

  it('lets a host that nobody asks become a machine with a MAK', () => {
    const record = { ...hostRecord({ req: wireRequests({ c: 0, d: [] }) }) };

    expect(plan(record, givenKey(MAK))).toHaveProperty('action');
  });

  it.each<[string, KeyProbe | undefined, LeftNode['left']]>([
    [
      'lacks the right',
      { kind: 'unreadable', need: 'secretsmanager:GetSecretValue', who: 'arn:aws:iam::111122223333:role/node' },
      {
        why: 'key-unreadable',
        need: 'secretsmanager:GetSecretValue',
        who: 'arn:aws:iam::111122223333:role/node',
      },
    ],
    ['found no key in the secret', { kind: 'malformed' }, { why: 'key-malformed' }],
    ['did not answer', { kind: 'no-answer', detail: 'timed-out' }, { why: 'out-of-reach', detail: 'timed-out' }],
  ])('leaves a machine alone that %s', (_, probe, left) => {
    expect(plan({}, givenKey(MAK, {}, probe))).toMatchObject({ left });
    expect(plan({}, givenKey(MAK, {}, probe))).not.toMatchObject({ left: { kind: expect.anything() } });
  });

  it('leaves a machine alone that was not asked to fetch it, or whose site has no such key', () => {
    const { probes: _, ...unasked } = givenKey(MAK);
    const { storedKeys: __, ...nowhere } = givenKey(MAK);

    expect(plan({}, unasked)).toMatchObject({ left: { why: 'out-of-reach', detail: 'not-probed' } });
    expect(plan({}, nowhere)).toMatchObject({ left: { why: 'key-unreadable' } });
  });

  it('refuses a host key that six other hosts have used', () => {
    expect(plan(hostRecord(), givenKey(HOST_2022, { keyUse: used(6, 2) }))).toMatchObject({
      left: { why: 'key-used-up', hosts: 6, here: 0 },
    });
  });

  it('asks a machine to fetch the key only where nothing stands against it', () => {
    const ask = (record: Partial<WireRecord>, key: StoredKey) =>
      objectionBeforeProbe('key', factsOf(record), recordOf(record), givenKey(key, {}, undefined));

    expect(ask({}, MAK)).toBeUndefined();
    expect(ask({}, HOST_2022)).toEqual({ why: 'host-key-for-client' });
    expect(ask({ os: null, err: { os: 'timeout' } }, MAK)).toEqual({ why: 'unreadable' });
    expect(ask({ ...hostRecord(), prod: [hostKey()] }, HOST_2022)).toBeUndefined();
  });
});
