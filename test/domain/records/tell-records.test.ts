import { describe, expect, it } from 'vitest';
import type { RecordsInput, ZoneRead } from '../../../bot/domain/records/records-input.ts';
import { isTrouble } from '../../../bot/domain/records/worst-records.ts';
import { reach } from '../hosts/sample-host.ts';
import { NOW_MS, wireTarget } from '../sample-record.ts';
import { fleetOf, KMS1, kindsOf, OLD, onlyRecord, stateOf, tell, use, vantage, zoneRead } from './sample-look.ts';

const told = (values: readonly string[], changes: Partial<RecordsInput> = {}, zone: Partial<ZoneRead> = {}) =>
  onlyRecord(tell([zoneRead(zone, values)], changes));

const unfound = (changes: Parameters<typeof use>[0] = {}) => use({ found: 0, given: [], ...changes });
const rule = (domain: string) => ({ rules: [{ vpcId: 'vpc-1', domains: [domain] }] });
const answerOf = (target: string) => ({ priority: 0, weight: 100, port: 1688, target });
const owned = (target: string) => ({
  ZCORP: [{ domain: 'corp.example', answer: answerOf(target), change: 'c1', atMs: NOW_MS - 86_400_000 }],
});

describe('a record', () => {
  it('that is right is nobody’s concern', () => {
    const record = told([KMS1]);

    expect(record).toMatchObject({ spread: { kind: 'one' }, concerns: [], set: { ttlSeconds: 300 } });
    expect(record.networks).toEqual([{ vpcId: 'vpc-1', machines: 40, found: 40, unanswered: 0, stranded: 0 }]);
    expect(isTrouble(record)).toBe(false);
  });

  it('without a living host says so before all else', () => {
    const fleet = fleetOf([unfound()], reach({ host: 'kms-old.corp.example:1688', reached: 0, failed: 4 }));

    expect(kindsOf(told([OLD], { fleet }).concerns)).toEqual(['no-living-host', 'not-found-by-machines']);
  });

  it('keeps quiet of a dead host beside a host that nobody knows', () => {
    const fleet = fleetOf([use()], reach({ host: 'kms-old.corp.example:1688', reached: 0, failed: 4 }));

    expect(told([OLD, '0 0 1688 kms9.corp.example.'], { fleet, hosts: [] }).concerns).toEqual([
      { kind: 'resolvers-differ', host: 'kms1.corp.example:1688', vpcId: 'vpc-1', machines: 40 },
    ]);
  });

  it.each([
    ['trouble where machines find none anywhere', [unfound({ stranded: 3 })], true],
    ['no trouble where they find one elsewhere', [unfound()], false],
    ['no trouble while nobody knows who asks there', [], false],
  ])('that is missing is %s', (_, suffixes, isBad) => {
    const record = told([], { fleet: fleetOf(suffixes) });

    expect(record.concerns).toEqual([{ kind: 'no-record' }]);
    expect(isTrouble(record)).toBe(isBad);
  });

  it.each<[string, readonly ReturnType<typeof use>[], Partial<RecordsInput['held']>, object]>([
    [
      'a network that is not associated',
      [unfound({ vpcId: 'vpc-9', machines: 12 })],
      {},
      { kind: 'not-associated', vpcId: 'vpc-9', machines: 12 },
    ],
    [
      'a rule for the same domain',
      [unfound()],
      rule('corp.example'),
      { kind: 'hidden-by-rule', vpcId: 'vpc-1', rule: 'corp.example', machines: 40 },
    ],
    [
      'nothing that is known',
      [unfound()],
      rule('example'),
      { kind: 'not-found-by-machines', vpcId: 'vpc-1', machines: 40 },
    ],
    [
      'machines outside EC2',
      [use({ found: 38, machines: 40 })].map(({ vpcId: _, ...rest }) => rest),
      {},
      { kind: 'not-found-by-machines', machines: 2 },
    ],
    [
      'a rule where nobody asks',
      [],
      rule('corp.example'),
      { kind: 'hidden-by-rule', vpcId: 'vpc-1', rule: 'corp.example', machines: 0 },
    ],
  ])('that does not arrive names %s', (_, suffixes, held, concern) => {
    const zone = zoneRead();
    const report = tell([zone], {
      fleet: fleetOf(suffixes, reach()),
      held: { zones: [zone], others: [], unread: [], rules: [], ...held },
    });

    expect(onlyRecord(report).concerns).toEqual([concern]);
  });

  it('is not missed by machines that get it through a rule, or gave no answer', () => {
    const zone = zoneRead();
    const fleet = fleetOf([use({ found: 30, unanswered: 10 })], reach());
    const held = { zones: [zone], others: [], unread: [], ...rule('corp.example') };

    expect(onlyRecord(tell([zone], { fleet, held })).concerns).toEqual([]);
  });

  it('is found again where every machine asked now finds it', () => {
    expect(told([KMS1], { fleet: fleetOf([unfound()], reach()), vantages: [vantage()] }).concerns).toEqual([]);
  });

  it('answers the networks that see it, and leaves the others to the zone that they see', () => {
    const edge = zoneRead({ zoneId: 'ZEDGE', vpcIds: ['vpc-2'] }, [OLD]);
    const fleet = fleetOf([
      use(),
      use({ vpcId: 'vpc-2', given: [{ host: 'kms-old.corp.example:1688', machines: 40 }] }),
    ]);
    const { records } = tell([zoneRead(), edge], { fleet });

    expect(
      records.map(({ place, networks, concerns }) => [place.zoneId, networks?.map(({ vpcId }) => vpcId), concerns]),
    ).toEqual([
      ['ZCORP', ['vpc-1'], []],
      ['ZEDGE', ['vpc-2'], []],
    ]);
  });

  it('differs where resolvers name a host that it does not', () => {
    const fleet = fleetOf([use({ given: [{ host: 'kms-old.corp.example:1688', machines: 5 }] })], reach());

    expect(told([KMS1], { fleet }).concerns).toEqual([
      { kind: 'resolvers-differ', host: 'kms-old.corp.example:1688', vpcId: 'vpc-1', machines: 5 },
    ]);
  });

  it('does not differ by what was seen before it was changed, nor by what all resolvers gave that give another now', () => {
    const fleet = fleetOf([use({ given: [{ host: 'kms-old.corp.example:1688', machines: 40 }] })], reach());
    const changed = {
      ZCORP: [{ domain: 'corp.example', answer: answerOf('kms1.corp.example'), change: 'c', atMs: NOW_MS }],
    };
    const names = [{ domain: 'corp.example', state: stateOf([KMS1], [KMS1]) }];

    expect(told([KMS1], { fleet, owned: changed }, { names }).concerns).toEqual([]);
    expect(told([KMS1], { fleet, vantages: [vantage({ tgt: [wireTarget()] })] }).concerns).toEqual([]);
  });

  it.each<[string, readonly string[], readonly string[], Partial<RecordsInput>, object]>([
    [
      'lost, by the ledger',
      [KMS1],
      [],
      { owned: owned('kms2.corp.example') },
      { kind: 'lost', answer: answerOf('kms2.corp.example'), atMs: NOW_MS - 86_400_000 },
    ],
    [
      'without its mark, by the ledger',
      [KMS1],
      [],
      { owned: owned('kms1.corp.example') },
      { kind: 'mark-lost', answer: answerOf('kms1.corp.example') },
    ],
    [
      'gone from beside its mark',
      [KMS1],
      [KMS1, OLD],
      {},
      { kind: 'mark-without-value', answer: answerOf('kms-old.corp.example') },
    ],
  ])('tells a value of ours that is %s', (_, values, ours, changes, concern) => {
    const names = [{ domain: 'corp.example', state: stateOf(values, ours) }];

    expect(told(values, changes, { names }).concerns).toEqual([concern]);
  });

  it('says nothing of drift where our value and its mark stand as they were left', () => {
    const names = [{ domain: 'corp.example', state: stateOf([KMS1], [KMS1]) }];

    expect(told([KMS1], { owned: owned('kms1.corp.example') }, { names }).concerns).toEqual([]);
  });

  it('that nobody can write says why, and is not taken for missing', () => {
    const names = [{ domain: 'corp.example', state: { untouchable: 'routed' as const } }];
    const record = told([], { fleet: fleetOf([]) }, { names });

    expect(record.concerns).toEqual([{ kind: 'untouchable', why: 'routed' }]);
    expect(isTrouble(record)).toBe(false);
  });
});

/** What machines asked now say of it, an hour after the fleet was looked at. */
describe('a record that has come or gone since the fleet was looked at', () => {
  const nothing = { srv: [{ d: 'corp.example', e: 'nxdomain' as const }], tgt: [] };

  it('is trouble where machines that found it find none now', () => {
    const record = told([], { fleet: fleetOf([use()]), vantages: [vantage(nothing)] });

    expect(record.networks).toMatchObject([{ machines: 40, found: 0, stranded: 1, isGone: true }]);
    expect(isTrouble(record)).toBe(true);
  });

  it('is trouble where nobody can say whether those that found it still do', () => {
    const record = told([], { fleet: fleetOf([use()]) });

    expect(record.networks).toMatchObject([{ isOverdue: true }]);
    expect(record.concerns).toEqual([{ kind: 'no-record' }]);
    expect(isTrouble(record)).toBe(true);
  });

  it.each<[string, Partial<RecordsInput>]>([
    ['machines asked now find one', { fleet: fleetOf([use()]), vantages: [vantage()] }],
    ['the domain is one of Active Directory', { fleet: fleetOf([use({ directory: 40 })]) }],
    ['the zone is not seen there', { fleet: fleetOf([use({ vpcId: 'vpc-9' })]) }],
  ])('is kept elsewhere where %s', (_, changes) => {
    const record = told([], changes);

    expect(record.concerns).toEqual([{ kind: 'no-record', elsewhere: 'corp.example' }]);
    expect(isTrouble(record)).toBe(false);
  });

  it('is not missed by machines that were looked at before the bot wrote it', () => {
    const names = [{ domain: 'corp.example', state: stateOf([KMS1], [KMS1]) }];
    const atMs = NOW_MS - 60_000;
    const written = { ZCORP: [{ domain: 'corp.example', answer: answerOf('kms1.corp.example'), change: 'c1', atMs }] };
    const record = told([KMS1], { fleet: fleetOf([unfound({ stranded: 40 })], reach()), owned: written }, { names });

    expect(record.concerns).toEqual([]);
    expect(record.networks).toMatchObject([{ isOverdue: true }]);
  });

  it.each<[string, Partial<ZoneRead>, Partial<RecordsInput['held']>]>([
    ['hidden-by-rule', {}, rule('corp.example')],
    ['not-associated', { vpcIds: ['vpc-9'] }, {}],
  ])('is known not to arrive without asking anybody: %s', (kind, changes, held) => {
    const zone = zoneRead({ ...changes, names: [{ domain: 'corp.example', state: stateOf([KMS1], [KMS1]) }] });
    const written = { domain: 'corp.example', answer: answerOf('kms1.corp.example'), change: 'c1', atMs: NOW_MS };
    const record = onlyRecord(
      tell([zone], {
        fleet: fleetOf([unfound()], reach()),
        owned: { ZCORP: [written] },
        held: { zones: [zone], others: [], unread: [], rules: [], ...held },
      }),
    );

    expect(record.concerns).toMatchObject([{ kind, machines: 40 }]);
  });

  it('is trouble where it has gone, though all find another one elsewhere', () => {
    const both = {
      srv: [...nothing.srv, { d: 'b.example', a: [[0, 0, 1688, 0]] as [number, number, number, number][] }],
    };
    const record = told([], { fleet: fleetOf([use()]), vantages: [vantage(both)] });

    expect(record.networks).toMatchObject([{ found: 0, stranded: 0, isGone: true }]);
    expect(isTrouble(record)).toBe(true);
  });

  it('is found by all where those asked now find it', () => {
    const record = told([KMS1], { fleet: fleetOf([unfound({ stranded: 40 })], reach()), vantages: [vantage()] });

    expect(record.networks).toMatchObject([{ machines: 40, found: 40, stranded: 0 }]);
  });
});
