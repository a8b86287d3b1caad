import { describe, expect, it } from 'vitest';
import type { ChangeSpec } from '../../bot/domain/change/change-spec.ts';
import { emptySummary, type SuffixUse } from '../../bot/domain/fleet/fleet-summary.ts';
import { OperationFailed } from '../../bot/errors.ts';
import { wireTarget } from '../domain/sample-record.ts';
import { HOST_KEY, type KeyedMachine } from '../fakes/keyed-machine.ts';
import type { FleetMachine } from '../fakes/memory-fleet.ts';
import { nameKey } from '../fakes/memory-zone-states.ts';
import { endIn } from './change-setup.ts';
import { line, machine, OPERATION, prints } from './check-setup.ts';
import { type KeyWorld, keyed, keyWorld } from './key-setup.ts';
import { DOMAIN, ZONE } from './record-setup.ts';

const host = (changes: Partial<KeyedMachine> = {}) =>
  keyed(1, { key: HOST_KEY, channel: 'VOLUME_KMS_WS22', letsIn: 'dp', clients: [3, 2], ...changes });

const NAME = 'kms-1.corp.example';

/** A client whose resolver gives this host in this domain. */
const client = (n: number, domain: string, tcp: string): FleetMachine => ({
  node: machine(n).node,
  behaviour: prints(
    line({ srv: [{ d: domain, a: [[0, 0, 1688, NAME]] }], tgt: [wireTarget({ n: NAME, tcp, ip: ['10.20.0.40'] })] }),
  ),
});

const asking = (domain: string, ...clients: readonly FleetMachine[]): SuffixUse => ({
  domain,
  machines: clients.length,
  found: 0,
  examples: clients.map(({ node }) => ({ nodeId: node.id, name: node.name })),
});

const seen = (w: KeyWorld, ...suffixes: readonly SuffixUse[]) =>
  w.ledger.writeFleetSummary('tokyo', { ...emptySummary(w.time.now()), suffixes });

describe('a setting of a KMS host', () => {
  it('that lets clients in is made under an approval, and taken back by its undo', async () => {
    const one = host({ letsIn: '' });
    const w = keyWorld([one]);

    await w.change({ kind: 'host-firewall' });
    expect(endIn(w)).toMatchObject({ end: 'done', plan: { approval: { why: 'always' } } });
    expect(one.letsIn).toBe('dp');

    await w.change({ kind: 'undo', change: w.idFor(OPERATION) }, { operationId: 'undo-1' });
    expect(endIn(w)).toMatchObject({ end: 'done', plan: { approval: { why: 'always' } } });
    expect(one.letsIn).toBe('');
  });

  it('is made of one machine only', async () => {
    const w = keyWorld([host(), keyed(2)]);

    await w.change({ kind: 'host-restart' }, { on: [1, 2] });

    expect(endIn(w).refusal).toEqual({ kind: 'not-one', machines: 2 });
  });

  it('is not made of a machine that is no host', async () => {
    const w = keyWorld([keyed(1)]);

    await w.change({ kind: 'host-publish', on: true });

    expect(endIn(w)).toMatchObject({ end: 'nothing-to-do', plan: { left: [{ left: { why: 'not-host' } }] } });
  });
});

describe('a host that was told where to publish', () => {
  const publish: ChangeSpec = { kind: 'host-publish', on: true };

  it('is asked for by one client of each domain, by name and by address', async () => {
    const [near, far] = [client(2, 'corp.example', 'ok'), client(3, 'lab.example', 'timeout')];
    const w = keyWorld([host({ publishing: false, list: ['lab.example'] })], { others: [near, far] });
    await seen(w, asking('corp.example', near), asking('lab.example', far));

    await w.change(publish);

    expect(endIn(w)).toMatchObject({
      end: 'done',
      clients: [
        { domain: 'corp.example', client: { name: 'WEB-2' }, finds: true, byName: true, byAddress: true },
        { domain: 'lab.example', client: { name: 'WEB-3' }, finds: true, byName: true, byAddress: false },
      ],
      outcomes: [{ published: [{ domain: 'corp.example' }, { domain: 'lab.example' }] }],
    });
  });

  it('is told as not looked for in a domain that nobody is known to ask in', async () => {
    const w = keyWorld([host()]);

    await w.change({ kind: 'host-domains', domains: [{ domain: 'lab.example', priority: 10, weight: 50 }] });

    expect(endIn(w).clients).toEqual([{ domain: 'corp.example' }, { domain: 'lab.example' }]);
    expect(endIn(w).outcomes).toMatchObject([{ saved: expect.stringContaining('spp.reg') }]);
  });

  it('is not looked for where the setting was not made, or nothing is published', async () => {
    const busy = host({
      publishing: false,
      trouble: () => ({ afterSeconds: 1, answer: { kind: 'none', why: { kind: 'access-denied' } } }),
    });
    const near = client(2, 'corp.example', 'ok');
    const w = keyWorld([busy], { others: [near] });
    await seen(w, asking('corp.example', near));
    await w.change(publish);
    expect([endIn(w).end, endIn(w).clients]).toEqual(['failed', undefined]);

    const off = keyWorld([host()]);
    await off.change({ kind: 'host-publish', on: false });
    expect([endIn(off).end, endIn(off).clients]).toEqual(['done', undefined]);
  });
});

const MISSING = { kind: 'missing-right', action: 'route53:ListResourceRecordSets', function: 'change' } as const;

describe('a host that is to listen elsewhere', () => {
  const VALUE = '0 0 1688 kms-1.corp.example.';
  const oldPorts = (w: KeyWorld) =>
    endIn(w).plan?.nodes[0]?.warnings?.filter(({ why }) => why === 'record-names-old-port');

  const world = (values: readonly string[]) => {
    const w = keyWorld([host()], { zones: [ZONE] });
    w.recordSets.zones.push({
      ...{ siteId: 'tokyo', zoneId: ZONE.id, name: DOMAIN, private: true, vpcIds: ['vpc-1'] },
      ...{ srv: [], otherTypes: [], addresses: {} },
    });
    w.recordSets.names.set(nameKey(ZONE.id, DOMAIN), { srv: { ttlSeconds: 60, values } });
    return w;
  };

  it('is planned with a warning of the record that keeps its port', async () => {
    const w = world([VALUE, '0 0 1688 kms-2.corp.example.']);

    await w.change({ kind: 'host-port', port: 1689 });

    expect(oldPorts(w)).toEqual([
      {
        ...{ why: 'record-names-old-port', domain: DOMAIN, host: 'kms-1.corp.example' },
        ...{ from: 1688, to: 1689, ours: false },
      },
    ]);
    expect(endIn(w).end).toBe('done');
  });

  it('is planned without one where no value names it, or the zones cannot be read', async () => {
    const other = world(['0 0 1688 kms-2.corp.example.']);
    await other.change({ kind: 'host-port', port: 1689 });
    expect(oldPorts(other)).toEqual([]);

    const unread = world([VALUE]);
    Object.assign(unread.deps.recordSets, { survey: () => Promise.reject(new OperationFailed(MISSING)) });
    await unread.change({ kind: 'host-port', port: 1689 });
    expect(oldPorts(unread)).toEqual([]);
    expect(endIn(unread).end).toBe('done');
  });
});
