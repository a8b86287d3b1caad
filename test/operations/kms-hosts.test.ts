import { describe, expect, it } from 'vitest';
import { emptySummary } from '../../bot/domain/fleet/fleet-summary.ts';
import { hostNamesIn, isCalled, kmsHostsAmong, MOST_HOSTS } from '../../bot/operations/kms-hosts.ts';
import { managedNode, recordOf, wireProduct, wireTarget } from '../domain/sample-record.ts';

const named = (...names: string[]) => new Set(names);

describe('the KMS hosts among machines', () => {
  const web = managedNode({ id: 'i-1', name: 'WEB-1' });
  const asked = managedNode({ id: 'i-2', name: 'LICENCES' });
  const seen = managedNode({ id: 'i-3', name: 'SRV-3' });
  const tagged = managedNode({ id: 'i-4', name: 'SRV-4', tags: { KmsRole: 'host' } });
  const guessed = managedNode({ id: 'i-5', name: 'old-kms-2' });
  const linux = managedNode({ id: 'i-6', name: 'kms-proxy', platform: 'linux' });
  const summary = {
    ...emptySummary(0),
    kmsHosts: [{ nodeId: 'i-3', siteId: 'tokyo', name: 'SRV-3', knownAs: ['srv-3.corp.example', '10.0.0.3'] }],
  };

  it('are those that clients ask, that the fleet saw, that a tag marks, and by name; the best known first', () => {
    const found = kmsHostsAmong([web, guessed, tagged, seen, asked, linux], summary, named('licences.corp.example'));

    expect(found.map(({ node, knownBy }) => [node.id, knownBy])).toEqual([
      ['i-2', 'clients'],
      ['i-3', 'fleet'],
      ['i-4', 'tag'],
      ['i-5', 'name'],
    ]);
  });

  it('are known by their addresses where the fleet knows these', () => {
    expect(kmsHostsAmong([seen], summary, named('10.0.0.3'))).toMatchObject([{ knownBy: 'clients' }]);
  });

  it('are none without a sign', () => {
    expect(kmsHostsAmong([web], undefined, named())).toEqual([]);
  });

  it('are cut at a number that one command carries, guesses first', () => {
    const many = Array.from({ length: 60 }, (_, n) => managedNode({ id: `i-${n}`, name: `KMS-${n}` }));
    const found = kmsHostsAmong([...many, tagged], undefined, named());

    expect(found).toHaveLength(MOST_HOSTS);
    expect(found[0]?.node).toBe(tagged);
  });
});

describe('a machine is called', () => {
  it.each([
    ['KMS1', 'kms1', true],
    ['KMS1', 'kms1.corp.example', true],
    ['kms1.corp.example', 'kms1', true],
    ['kms1.corp.example', 'kms1.corp.example', true],
    ['kms1.corp.example', 'kms1.lab.example', false],
    ['KMS1', 'kms10.corp.example', false],
    ['10', '10.0.0.1', false],
    ['FE80', 'fe80::1', false],
  ])('%s by %s: %s', (name, host, expected) => {
    expect(isCalled({ name }, named(host))).toBe(expected);
  });
});

describe('the hosts that a record speaks of', () => {
  it('are those assigned, cached, found, probed and asked last, in lower case, with their addresses', () => {
    const names = hostNamesIn(
      recordOf({
        prod: [wireProduct({ kms: ['KMS-A.corp.example', 1688] })],
        tgt: [wireTarget({ n: 'kms-t.corp.example', ip: ['10.1.1.1'] })],
        evt: { q: [[0, 'C004F074', 'KMS-E:1688']], r: null },
      }),
    );

    expect([...names]).toEqual(
      expect.arrayContaining([
        'kms-a.corp.example',
        'kms1.corp.example',
        '10.20.0.40',
        'kms-t.corp.example',
        '10.1.1.1',
        'kms-e',
      ]),
    );
  });

  it('leave out what cannot be ours', () => {
    const stranger = wireTarget({ n: 'kms.stranger.example', ip: ['203.0.113.9'], skip: 'not-ours' });

    expect(hostNamesIn(recordOf({ prod: [], srv: [], evt: { q: [], r: null }, tgt: [stranger] }))).toEqual(new Set());
  });
});
