import { describe, expect, it } from 'vitest';
import type { LeftNode, PlannedNode } from '../../../bot/domain/change/plan.ts';
import { type DirectSpec, type PlanGiven, planNode } from '../../../bot/domain/change/plan-node.ts';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { hostKey, hostRecord } from '../hosts/sample-host.ts';
import { wireProduct, wireRecord } from '../sample-record.ts';
import { givenKey, HOST_2022, storedKeyOf, TAIL } from './given.ts';
import { factsOf } from './sample-facts.ts';

const SPEC: DirectSpec = { kind: 'host-setup', key: 'contoso' };
const ZONE = { id: 'Z0CORP', name: 'corp.example', siteId: 'tokyo', write: true };
const HOST_10 = storedKeyOf({ kind: 'host', group: 'Windows 10', editions: 'any' });

const { os, net } = wireRecord();
if (os === null || net === null) throw new Error('the sample tells both');
const standalone: Partial<WireRecord> = { os: { ...os, role: 2 } };
const windows10: Partial<WireRecord> = { os: { ...os, b: '19045.1', ed: 'Enterprise', pt: 1, role: 0 } };

const planOf = (record: Partial<WireRecord> = {}, given: PlanGiven = givenKey(HOST_2022)) =>
  planNode(SPEC, factsOf(record), given);

const plannedFor = (record: Partial<WireRecord> = {}, given: PlanGiven = givenKey(HOST_2022)): PlannedNode => {
  const node = planOf(record, given);
  if (!('action' in node)) throw new Error(`left alone: ${JSON.stringify(node.left)}`);
  return node;
};

const stepsOf = ({ course = [] }: PlannedNode) => course.map(({ step }) => step);
const valuesOf = ({ changes }: PlannedNode) => changes.map(({ what, before, after }) => [what, before, after]);

describe('setting a host up', () => {
  it('on a plain server: role, key, activation, firewall, service, publishing, every value told', () => {
    const node = plannedFor();

    expect(stepsOf(node)).toEqual(['role', 'key', 'activate', 'phone', 'firewall', 'listen', 'publish', 'verify']);
    expect(valuesOf(node)).toEqual([
      ['host-role', null, 'VolumeActivation'],
      ['key', 'VMK7H', TAIL],
      ['firewall', null, 'domain, private'],
      ['service', null, null],
      ['listening-port', null, '1688'],
    ]);
    expect(node.inverse).toEqual({ none: 'host-setup' });
  });

  it('tells the licence only where it is not activated as yet, by whatever key', () => {
    expect(valuesOf(plannedFor({ prod: [wireProduct({ st: 5 })] }))).toContainEqual([
      'activation',
      'notification',
      'licensed',
    ]);
    expect(plannedFor().changes.map(({ what }) => what)).not.toContain('activation');
  });

  it('tells every step what its document needs, and telephones only where the internet is not reached', () => {
    const { course = [] } = plannedFor();

    expect(course.map(({ action }) => action?.document)).toEqual([
      'KmsBot-InstallHostRole',
      'KmsBot-InstallStoredKey',
      'KmsBot-Activate',
      'KmsBot-ReadInstallationId',
      'KmsBot-SetHost',
      'KmsBot-SetHost',
      'KmsBot-SetHost',
      undefined,
    ]);
    expect(course.filter(({ ifNeeded }) => ifNeeded === true).map(({ step }) => step)).toEqual(['phone']);
    expect(course[1]?.action?.options).toEqual({ from: HOST_2022.from, kind: 'host', expect: { key: 'VMK7H' } });
    expect(course[2]?.action?.options).toEqual({ expect: { key: TAIL } });
  });

  it('on client Windows: no role, and what such a host activates is said first', () => {
    const node = plannedFor(windows10, givenKey(HOST_10));

    expect(stepsOf(node)).toEqual(['key', 'activate', 'phone', 'firewall', 'listen', 'publish', 'verify']);
    expect(node.warnings).toEqual([
      { why: 'client-host-activates', group: 'Windows 10' },
      { why: 'key-use', hosts: 0, ofHosts: 6, here: 0, ofHere: 10, before: 0 },
    ]);
  });

  it('keeps the record in Route 53 where the machine’s own domain lies in a zone that may be written', () => {
    const node = plannedFor(standalone, givenKey(HOST_2022, { zones: [ZONE] }));

    expect(stepsOf(node).slice(-4)).toEqual(['unpublish', 'listen', 'record', 'verify']);
    expect(valuesOf(node)).toContainEqual(['publishing', 'on', 'off']);
    expect(valuesOf(node)).toContainEqual([
      'record',
      null,
      '_vlmcs._tcp.corp.example 0 0 1688 fileserver-07.corp.example.',
    ]);
  });

  it.each<[string, Partial<WireRecord>, PlanGiven['zones']]>([
    ['the zone may only be read', standalone, [{ ...ZONE, write: false }]],
    ['no zone holds its domain', standalone, [{ ...ZONE, name: 'lab.example' }]],
    ['two zones of one name could be meant', standalone, [ZONE, { ...ZONE, id: 'Z1CORP' }]],
    ['Active Directory answers for the domain below the zone', { net: { ...net, sfx: 'ad.corp.example' } }, [ZONE]],
    ['it has no domain', { ...standalone, net: { ...net, sfx: '' } }, [ZONE]],
  ])('lets the host publish itself where %s', (_, record, zones) => {
    expect(stepsOf(plannedFor(record, givenKey(HOST_2022, { ...(zones && { zones }) })))).toContain('publish');
  });

  it('turns publishing on where the registry says that it is off', () => {
    const node = plannedFor({ reg: { skip: 0, nopub: 1, list: [] } });

    expect(valuesOf(node)).toContainEqual(['publishing', 'off', 'on']);
    expect(valuesOf(node)).toContainEqual(['publishing', 'DisableDnsPublishing = 1', 'DisableDnsPublishing = 0']);
  });

  it('after a set-up that failed half way lists every step again, and tells only the values that are left', () => {
    const half = hostRecord({ prod: [hostKey({ key: TAIL, st: 5 })], fw: { r: 'dp', on: 'dpu', a: 'd' } });
    const node = plannedFor(half);

    expect(stepsOf(node)).toEqual(stepsOf(plannedFor()));
    expect(valuesOf(node)).toEqual([
      ['host-role', null, 'VolumeActivation'],
      ['activation', 'notification', 'licensed'],
      ['service', null, null],
    ]);
  });

  it('goes on with a key that is used up where it has activated this host already', () => {
    const activations = Array.from({ length: 60 }, (_, n) => ({ nodeId: `i-${n % 6}`, changeId: `c${n}`, atMs: n }));
    const given = givenKey(HOST_2022, { keyUse: new Map([['tokyo', { activations }]]) });

    expect(planOf({}, given)).toMatchObject({ left: { why: 'key-used-up', hosts: 6 } });
    expect(planOf(hostRecord({ prod: [hostKey({ key: TAIL })] }), given)).toHaveProperty('course');
  });

  it.each<[string, Partial<WireRecord>, PlanGiven, LeftNode['left']]>([
    ['a MAK', {}, givenKey(storedKeyOf()), { why: 'mak-for-host' }],
    [
      'a key of client Windows on a server',
      {},
      givenKey(HOST_10),
      { why: 'client-host-key-on-server', group: 'Windows 10' },
    ],
    [
      'a key of Windows Server on client Windows',
      windows10,
      givenKey(HOST_2022),
      { why: 'server-host-key-on-client', group: 'Windows Server 2022' },
    ],
    ['Azure Edition', { os: { ...os, ed: 'ServerTurbine' } }, givenKey(HOST_2022), { why: 'azure-edition' }],
    ['an evaluation', { os: { ...os, ed: 'ServerStandardEval' } }, givenKey(HOST_2022), { why: 'evaluation' }],
    [
      'a key that it cannot fetch',
      {},
      givenKey(HOST_2022, {}, { kind: 'unreadable', need: 'ssm:GetParameter' }),
      { why: 'key-unreadable', need: 'ssm:GetParameter' },
    ],
  ])('is refused with %s', (_, record, given, left) => {
    expect(planOf(record, given)).toMatchObject({ left });
  });

  it('is open to a machine with a MAK, whose key nobody can put back', () => {
    const node = plannedFor({ prod: [wireProduct({ ch: 'VOLUME_MAK', key: 'AAAAA' })] });

    expect(node.changes).toContainEqual({ what: 'key', before: 'AAAAA', after: TAIL });
  });
});
