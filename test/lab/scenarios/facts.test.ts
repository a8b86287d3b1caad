import { describe, expect, it } from 'vitest';
import { PROBES } from '../../../bot/domain/inspection-record.ts';
import { factsFrom } from './facts.ts';
import { faultNamed } from './faults.ts';
import { type Plot, tell } from './story.ts';

const facts = (plot: Partial<Plot> = {}, options = {}) => {
  const { world, nodeId } = tell({ environment: { seed: 3 }, breaks: [], ...plot });
  return factsFrom(world, nodeId, options);
};

const recordOf = ({ evidence }: ReturnType<typeof facts>) =>
  evidence.kind === 'output' && evidence.reading.kind === 'record' ? evidence.reading.record : undefined;

describe('facts from a world', () => {
  it('hold the records of the machine and of its KMS host, read now', () => {
    const { hosts, nowMs, ...rest } = facts();
    expect(hosts.map((host) => [host.node.name, host.askedNow, host.recordAtMs])).toEqual([['kms-01', true, nowMs]]);
    expect(recordOf({ hosts, nowMs, ...rest })?.computerName).toBe('APP-01');
  });

  it('hold what the ledger remembers of a host that cannot be asked', () => {
    const { hosts, nowMs } = facts({ breaks: [faultNamed('host-stopped').break] });
    expect(hosts[0]).toMatchObject({ askedNow: false, record: { computerName: 'KMS-01' } });
    expect(hosts[0]?.recordAtMs).toBeLessThan(nowMs);
  });

  it('say why a machine cannot be asked', () => {
    const untag = ({ subject }: { subject: { tags: object } }) =>
      void Object.assign(subject.tags, { KmsManaged: 'no' });
    expect(facts({ after: [untag] }).evidence).toEqual({ kind: 'not-asked', why: { kind: 'untagged' } });
  });

  it('hold the zones of Route 53 that matter, and name those that are not there', () => {
    const { zones, unreadZones } = facts({ environment: { seed: 3, member: true } });
    expect(zones.map(({ name, srv }) => [name, srv.map(({ target }) => target)])).toEqual([
      ['corp.example', ['kms-01.corp.example']],
    ]);
    // The directory's domain lies below the company's zone, which is responsible for it as far as Route 53 knows.
    expect(unreadZones).toEqual([]);
    const mistyped = facts({ breaks: [faultNamed('suffix-mistyped').break] });
    expect(mistyped.unreadZones).toContainEqual({ name: 'corp.exmaple', why: 'not-in-route53' });
  });

  it('hold forwarding rules of the network', () => {
    expect(facts().resolverRules).toEqual([]);
    expect(facts({ breaks: [faultNamed('resolver-rule').break] }).resolverRules).toEqual(['corp.example']);
  });

  it('know of the others who reaches the host and who shares the CMID', () => {
    expect(facts().fleet).toEqual({
      sameCmid: [],
      reach: [{ host: 'kms-01.corp.example:1688', reached: 3, failed: 0 }],
    });
    const cloned = facts({ environment: { seed: 3, others: 5 }, breaks: [faultNamed('clones').break] });
    expect(cloned.fleet?.sameCmid).toHaveLength(5);
  });

  it('leave out about the share of probes that is asked for, the same for the same seed', () => {
    const unread = (share: number) => {
      const record = recordOf(facts({}, { unread: share }));
      return Object.values(record ?? {}).filter((probe) => probe?.read === false).length;
    };
    expect(unread(0)).toBe(0);
    expect(unread(1)).toBeGreaterThan(PROBES.length / 2);
    expect(unread(0.3)).toBe(unread(0.3));
  });
});
