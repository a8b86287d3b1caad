import { describe, expect, it } from 'vitest';
import { livingHost } from '../../../bot/domain/records/living-hosts.ts';
import { adviceFor, ownerOf, problemsOf } from '../../../bot/domain/records/record-advice.ts';
import type { RecordsInput } from '../../../bot/domain/records/records-input.ts';
import { isTrouble, isWell } from '../../../bot/domain/records/worst-records.ts';
import { factsOf, hostKey, reach } from '../hosts/sample-host.ts';
import { NOW_MS } from '../sample-record.ts';
import { fleetOf, KMS1, OLD, stateOf, tell, use, zoneRead } from './sample-look.ts';

const unfound = (changes: Parameters<typeof use>[0] = {}) => use({ found: 0, given: [], ...changes });
const oldFails = (failed = 4) => reach({ host: 'kms-old.corp.example:1688', reached: 0, failed });

/** The worst problem of the first record, with what is advised. */
const worst = (values: readonly string[], changes: Partial<RecordsInput> = {}, ours: readonly string[] = []) => {
  const zone = zoneRead({ names: [{ domain: 'corp.example', state: stateOf(values, ours) }] });
  const report = tell([zone], changes);
  const [story] = report.records;
  const [problem] = story === undefined ? [] : problemsOf(story);
  if (story === undefined || problem === undefined) throw new Error('nothing is wrong');
  return { ...adviceFor(story, problem, report), kind: problem.concern.kind, owner: ownerOf(problem) };
};

const readOnly = [{ id: 'ZCORP', name: 'corp.example', siteId: 'tokyo', write: false }];
const fleet = fleetOf([unfound({ stranded: 40 })], reach(), oldFails());

describe('what mends a record', () => {
  it.each([
    ['is missing', [], 'no-record'],
    ['names nobody who serves', [OLD], 'no-living-host'],
  ] as const)('that %s is a host that does', (_, values, kind) => {
    expect(worst(values, { fleet })).toEqual({
      kind,
      owner: 'dns',
      command: 'dns add corp.example kms1.corp.example',
      plans: true,
    });
  });

  it('is no command where the zone may only be read, or no host is known to serve', () => {
    expect(worst([], { fleet, zones: readOnly })).toEqual({ kind: 'no-record', owner: 'dns' });
    expect(worst([OLD], { fleet: fleetOf([], oldFails()), hosts: [] })).toEqual({
      kind: 'no-living-host',
      owner: 'dns',
    });
    const idle = factsOf({ prod: [hostKey({ st: 5, why: 'C004F038' })] });
    expect(worst([], { fleet: fleetOf([unfound({ stranded: 1 })]), hosts: [idle] })).not.toHaveProperty('command');
  });

  it.each([
    ['taken over first where it is not ours', [], 'dns adopt corp.example kms-old.corp.example'],
    ['removed where it is ours', [OLD], 'dns remove corp.example kms-old.corp.example'],
  ])('is a dead value %s, beside one that serves', (_, ours, command) => {
    expect(worst([KMS1, OLD], { fleet: fleetOf([use()], reach(), oldFails()) }, ours)).toEqual({
      kind: 'host-dead',
      owner: 'dns',
      command,
      plans: true,
    });
  });

  it('is our own value put back with its numbers, or taken over again', () => {
    const answer = { priority: 10, weight: 5, port: 1700, target: 'kms2.corp.example' };
    const owned = { ZCORP: [{ domain: 'corp.example', answer, change: 'c', atMs: NOW_MS }] };

    expect(worst([KMS1], { owned }).command).toBe('dns add corp.example kms2.corp.example:1700 10 5');
    expect(worst([KMS1, '10 5 1700 kms2.corp.example.'], { owned }).command).toBe(
      'dns adopt corp.example kms2.corp.example:1700 10 5',
    );
  });

  it('is a look at a machine where resolvers do not give what the zone has', () => {
    const example = { nodeId: 'i-1', name: 'WEB-1' };

    expect(worst([KMS1], { fleet: fleetOf([unfound({ examples: [example] })], reach()) })).toMatchObject({
      kind: 'not-found-by-machines',
      command: 'diagnose i-1',
    });
  });

  it('lies with the AWS account where the zone is not associated', () => {
    expect(worst([KMS1], { fleet: fleetOf([unfound({ vpcId: 'vpc-9' })], reach()) })).toEqual({
      kind: 'not-associated',
      owner: 'aws-account',
    });
  });

  it('is nothing in Route 53 where other servers answer the domain or one around it', () => {
    const names = ['corp.example', 'ad.corp.example', 'west.ad.corp.example'].map((domain) => ({
      domain,
      state: stateOf(domain === 'corp.example' ? [KMS1] : []),
    }));
    const suffixes = [
      use(),
      use({ domain: 'ad.corp.example', machines: 5, found: 5, directory: 5 }),
      unfound({ domain: 'west.ad.corp.example', machines: 2, stranded: 1 }),
    ];
    const report = tell([zoneRead({ names })], { fleet: fleetOf(suffixes, reach()) });

    expect(report.records.map(({ place, concerns }) => [place.domain, concerns])).toEqual([
      ['west.ad.corp.example', [{ kind: 'no-record', elsewhere: 'ad.corp.example' }]],
      ['ad.corp.example', [{ kind: 'no-record', elsewhere: 'ad.corp.example' }]],
      ['corp.example', []],
    ]);
    const [story] = report.records;
    const [problem] = story === undefined ? [] : problemsOf(story);
    expect(story && problem && adviceFor(story, problem, report)).toEqual({});
  });
});

describe('a record', () => {
  it.each([
    [2, 38, false],
    [3, 1, true],
    [1, 0, false],
  ])('whose host %d machines do not reach and %d do is trouble: %s', (failed, reached, isBad) => {
    const [record] = tell([zoneRead()], { fleet: fleetOf([use()], reach({ failed, reached })) }).records;

    expect(record && isTrouble(record)).toBe(isBad);
    expect(record && isWell(record)).toBe(false);
  });

  it('is not well while nobody knows who asks there', () => {
    const { suffixes: _, ...old } = fleetOf([], reach());
    const [record] = tell([zoneRead()], { fleet: old }).records;

    expect(record && [isTrouble(record), isWell(record)]).toEqual([false, false]);
  });
});

describe('the host for a domain', () => {
  it('is one that machines reach, of the domain itself before others, of a near one before a far one', () => {
    const living = [
      { target: 'kms.far.example', port: 1688, reached: 90 },
      { target: 'kms.corp.example', port: 1688, reached: 2 },
      { target: 'kms.dev.corp.example', port: 1688, reached: 1 },
      { target: 'rogue.corp.example', port: 1688, reached: 0 },
    ];

    expect(livingHost({ living }, 'dev.corp.example')?.target).toBe('kms.dev.corp.example');
    expect(livingHost({ living }, 'aws.corp.example')?.target).toBe('kms.corp.example');
    expect(livingHost({ living }, 'else.test')?.target).toBe('kms.far.example');
    expect(livingHost({ living: [] }, 'corp.example')).toBeUndefined();
  });
});
