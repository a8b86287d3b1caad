import { describe, expect, it } from 'vitest';
import type { WireRecord, WireTarget } from '../../../bot/domain/inspection-wire.ts';
import type { RecordsInput, ZoneRead } from '../../../bot/domain/records/records-input.ts';
import type { ValueStory } from '../../../bot/domain/records/records-report.ts';
import { factsOf, hostKey, kms1, reach, wireHost } from '../hosts/sample-host.ts';
import { wireProduct, wireTarget } from '../sample-record.ts';
import { fleetOf, KMS1, OLD, onlyRecord, stateOf, tell, use, vantage, zoneRead } from './sample-look.ts';

const valuesOf = (values: readonly string[], changes: Partial<RecordsInput> = {}, zone: Partial<ZoneRead> = {}) =>
  onlyRecord(tell([zoneRead(zone, values)], changes)).values;

const toldOf = (text: string, changes: Partial<RecordsInput> = {}, zone: Partial<ZoneRead> = {}): ValueStory => {
  const found = valuesOf([text], changes, zone)[0];
  if (found === undefined) throw new Error('no value was told');
  return found;
};

const nameless = (n: string): WireTarget => ({ n, p: 1688, by: 's', e: 'nxdomain' });
const asked = (changes: Partial<WireRecord> = {}): Partial<RecordsInput> => ({ hosts: [factsOf(changes)] });
const failing = (failed: number, host = 'kms-old.corp.example:1688', reached = 0) =>
  fleetOf([use()], reach({ host, reached, failed }));

describe('a value of a record', () => {
  it('tells the live host that it names: its count, its clients, its address and whose the value is', () => {
    expect(toldOf(KMS1)).toMatchObject({
      answer: { priority: 0, weight: 100, port: 1688, target: 'kms1.corp.example' },
      ownership: 'foreign',
      host: { nodeId: 'i-kms1', seen: 'asked', alive: true, count: 50, lastContactDays: 0, reached: 40, failed: 0 },
      addresses: ['10.20.0.40'],
      concerns: [],
    });
  });

  it.each([
    ['ours', { names: [{ domain: 'corp.example', state: stateOf([KMS1], [KMS1]) }] }],
    ['foreign', { names: [{ domain: 'corp.example', state: stateOf([KMS1], [OLD]) }] }],
  ] as const)('is %s by the mark beside it', (ownership, zone) => {
    expect(toldOf(KMS1, {}, zone).ownership).toBe(ownership);
  });

  it.each<[string, string, Partial<RecordsInput>, Partial<ZoneRead>, object]>([
    ['is no SRV answer', '0 100 kms1', {}, {}, { kind: 'unreadable' }],
    [
      'has a name without address in its zone',
      OLD,
      {},
      { addresses: { 'kms-old.corp.example': [] } },
      { kind: 'target-without-address', by: 'corp.example' },
    ],
    [
      'has a name that a machine asked now does not resolve',
      '0 0 1688 kms.elsewhere.example.',
      { vantages: [vantage({ tgt: [nameless('kms.elsewhere.example')] })] },
      {},
      { kind: 'target-without-address', by: 'WEB-1' },
    ],
    ['names a managed machine without a host key', KMS1, asked({ prod: [wireProduct()] }), {}, { kind: 'no-kms-host' }],
    [
      'names a host outside our networks',
      '0 0 1688 kms.elsewhere.example.',
      { vantages: [vantage({ tgt: [wireTarget({ n: 'kms.elsewhere.example', ip: ['203.0.113.9'] })] })] },
      {},
      { kind: 'unknown-host', why: 'public-address' },
    ],
    [
      'names a host that listens elsewhere',
      KMS1,
      asked({ host: wireHost({ p: 1700 }) }),
      {},
      { kind: 'wrong-port', port: 1700 },
    ],
    [
      'names a port where clients fail that reach the host at another',
      OLD,
      {
        fleet: fleetOf(
          [use()],
          reach({ host: 'kms-old.corp.example:1688', reached: 0, failed: 3 }),
          reach({ host: 'kms-old.corp.example:1700', reached: 4 }),
        ),
      },
      {},
      { kind: 'wrong-port', port: 1700 },
    ],
    [
      'names a host whose instance does not run',
      KMS1,
      {
        hosts: [
          {
            ...factsOf(),
            askedNow: false,
            node: { ...kms1, presence: { kind: 'not-running', instanceState: 'stopped' } },
          },
        ],
        fleet: fleetOf([use()]),
      },
      {},
      { kind: 'host-dead', why: 'not-running', machines: 0 },
    ],
    [
      'names a host whose service is stopped',
      KMS1,
      asked({ spp: ['Stopped', 'Manual'] }),
      {},
      { kind: 'host-dead', why: 'not-answering', machines: 0 },
    ],
    [
      'names a host that several machines tried and none reached',
      OLD,
      { fleet: failing(3) },
      {},
      { kind: 'host-dead', why: 'unreached', machines: 3 },
    ],
    [
      'names a host that is not activated itself',
      KMS1,
      asked({ prod: [hostKey({ st: 5, why: 'C004F038' })] }),
      {},
      { kind: 'host-not-activated' },
    ],
    [
      'names a host that some machines do not reach',
      KMS1,
      { fleet: failing(2, 'kms1.corp.example:1688', 38) },
      {},
      { kind: 'not-reached', machines: 2, reached: 38 },
    ],
  ])('that %s says so, and nothing else', (_, text, changes, zone, concern) => {
    expect(toldOf(text, changes, zone).concerns).toEqual([concern]);
  });

  it('knows nothing of a host that nobody has looked at: neither alive nor dead', () => {
    const value = onlyRecord(tell([zoneRead({}, [OLD])], { hosts: [], fleet: fleetOf([]) })).values[0];

    expect(value).toMatchObject({ host: { seen: 'unknown', reached: 0, failed: 0 }, concerns: [] });
    expect(value?.host).not.toHaveProperty('alive');
    expect(value).not.toHaveProperty('addresses');
  });

  it('does not take a host for dead because one machine could not reach it', () => {
    const value = toldOf(OLD, { fleet: failing(1) });

    expect(value.concerns).toEqual([{ kind: 'not-reached', machines: 1, reached: 0 }]);
    expect(value.host).not.toHaveProperty('alive');
  });

  it('believes a machine that gets through now before all that failed earlier', () => {
    const view = vantage({ tgt: [wireTarget({ n: 'kms-old.corp.example', ip: ['10.20.0.41'] })] });
    const value = toldOf(OLD, { fleet: failing(5), vantages: [view] });

    expect(value).toMatchObject({ host: { alive: true, now: { reached: 1, failed: 0 } }, addresses: ['10.20.0.41'] });
    expect(value.concerns).toEqual([{ kind: 'not-reached', machines: 5, reached: 1 }]);
  });

  it('does not take a host’s connection to itself for a way to it', () => {
    expect(toldOf(KMS1, { ...asked({ tgt: [wireTarget()] }), fleet: fleetOf([]) }).host?.now).toEqual({
      reached: 0,
      failed: 0,
    });
  });

  it('knows a host that only the configuration names', () => {
    expect(toldOf(OLD, { knownHosts: ['KMS-Old.corp.example.'] }).host?.seen).toBe('configured');
  });

  it('stands among others as clients try them, what is no answer last', () => {
    const values = valuesOf(['nonsense', '10 0 1688 kms2.corp.example.', KMS1]);

    expect(values.map(({ text }) => text)).toEqual([KMS1, '10 0 1688 kms2.corp.example.', 'nonsense']);
  });
});
