import { describe, expect, it } from 'vitest';
import type { DiagnosedCause } from '../../../bot/domain/diagnosis/cause.ts';
import { SCENARIOS } from './named/all.ts';
import { ADDRESSES, kmsHost } from './named/scenario.ts';
import { attemptAfter, isRight, isRightAmongTwo, nextAttempt } from './oracle.ts';
import type { Story } from './story.ts';

const told = (id: string): Story => {
  const scenario = SCENARIOS.find((known) => known.id === id);
  if (scenario === undefined) throw new Error(`There is no scenario ${id}`);
  return scenario.build();
};

const domain = 'corp.example';
const host = { name: `kms-01.${domain}`, port: 1688 } as const;
const path: DiagnosedCause = { kind: 'path-blocked', host, address: ADDRESSES.managed };
const firewall: DiagnosedCause = { kind: 'host-firewall-closed', host };
const silent: DiagnosedCause = { kind: 'host-silent', host };

describe('mending the wrong cause', () => {
  it.each<[string, DiagnosedCause]>([
    ['host-firewall-closed', path],
    ['host-firewall-closed', { kind: 'host-service-stopped', host }],
    ['host-firewall-closed', silent],
    ['path-of-machine', firewall],
    ['path-of-machine', { kind: 'path-cut', host }],
    ['path-closes', path],
    ['path-closes', { kind: 'foreign-service', host, speaks: 'other' }],
    ['host-service-stopped', firewall],
    ['host-service-stopped', silent],
    ['host-stopped', { kind: 'host-service-stopped', host }],
    ['zone-not-associated', { kind: 'record-missing', domain }],
    ['zone-not-associated', { kind: 'resolver-differs', zone: domain, servers: ['10.20.0.2'] }],
    ['custom-dns-without-forwarding', { kind: 'dns-server-silent', servers: ['10.20.5.53'] }],
    ['suffix-mistyped', { kind: 'record-missing', domain }],
    ['srv-names-retired-host', { kind: 'host-silent', host: { name: `kms-old.${domain}`, port: 1688 } }],
    ['address-stale', { kind: 'target-without-address', target: `kms-99.${domain}`, recordIn: domain }],
    ['assigned-to-retired-host', { kind: 'record-names-dead-host', target: `kms-old.${domain}`, recordIn: domain }],
    [
      'assigned-wrong-port',
      { kind: 'record-wrong-port', target: host.name, port: 1689, right: 1688, recordIn: domain },
    ],
    ['clock-ahead', { kind: 'clock-off', where: 'host', host }],
    ['clock-of-host', { kind: 'clock-off', where: 'client' }],
    ['host-key-too-old', { kind: 'host-not-activated', host }],
    ['host-not-activated', { kind: 'host-key-too-old', host }],
    ['count-too-low-for-server', { kind: 'duplicate-cmid', cmid: '', machines: 2, skipRearm: false }],
    ['directory-only', { kind: 'wrong-key', editionOfKey: 'ServerStandard' }],
    ['store-damaged', { kind: 'service-disabled' }],
    ['wrong-key-of-server', { kind: 'licence-damaged', code: '0xC004F069' }],
    ['amazon-routes-missing', path],
    ['srv-missing', { kind: 'works-now', host: host.name }],
    ['srv-missing', { kind: 'code-only', code: '0x8007232B' }],
    ['srv-missing', { kind: 'unreadable', probes: ['srv'] }],
  ])('of %s with %o does not help', (id, cause) => {
    const { world, nodeId } = told(id);
    expect(attemptAfter(world, nodeId, [cause])?.activated ?? false).toBe(false);
  });
});

describe('the oracle', () => {
  const diagnosisOf = (story: Story, ...causes: DiagnosedCause[]) => {
    const ranked = causes.map(
      (cause) => ({ cause, confidence: 'likely', owner: 'nobody', evidence: [], rule: '' }) as const,
    );
    const [first, ...others] = ranked;
    const result = { nodeId: story.nodeId, siteId: 'tokyo', name: 'app-01' } as const;
    return {
      ...result,
      result: { ...result, verdict: { state: 'unknown', missing: [] }, next: { kind: 'none' } },
      state: 'failing',
      ...(first === undefined ? {} : { first }),
      fix: { kind: 'none', values: {} },
      runnersUp: others.map((other) => ({ ...other, lessLikely: 'not-proven' }) as const),
      unseen: [],
      exits: [],
      atMs: 0,
    } as const;
  };

  it('takes the first cause alone where one thing is wrong', () => {
    const story = told('host-firewall-closed');
    expect(isRight(story.world, story.nodeId, diagnosisOf(story, firewall, path))).toBe(true);
    expect(isRight(story.world, story.nodeId, diagnosisOf(story, path, firewall))).toBe(false);
  });

  it('takes one of the first two where two are, once its mending shows', () => {
    const story = told('pair-record-and-firewall');
    const record: DiagnosedCause = { kind: 'record-missing', domain, host: kmsHost(story) };
    expect(isRightAmongTwo(story.world, story.nodeId, diagnosisOf(story, firewall, record))).toBe(true);
    expect(isRightAmongTwo(story.world, story.nodeId, diagnosisOf(story, firewall, path))).toBe(false);
  });

  it('leaves the world that it judges as it was', () => {
    const { world, nodeId } = told('host-firewall-closed');
    const before = JSON.stringify(world.state);
    expect(attemptAfter(world, nodeId, [firewall])?.activated).toBe(true);
    expect(JSON.stringify(world.state)).toBe(before);
    expect(nextAttempt(world, nodeId).activated).toBe(false);
  });
});
