import { describe, expect, it } from 'vitest';
import type { HostsReport } from '../../bot/domain/hosts/host-story.ts';
import { OperationFailed } from '../../bot/errors.ts';
import type { Content, HostsRequest } from '../../bot/ports.ts';
import { ALL, FRANKFURT, idOf, line, machine, machines, prints, staysSilent, world } from './check-setup.ts';
import { client, counters, hostLine, hostsRequest, kmsHost, sentTo } from './diagnose-setup.ts';
import { killsOf } from './kills.ts';

const reportIn = (content: Content | undefined): HostsReport => {
  if (content?.kind !== 'hosts') throw new Error(`not a look at hosts: ${JSON.stringify(content)}`);
  return content.report;
};

const counting = (total: number, failed = 0) => kmsHost({}, prints(hostLine({ host: counters(total, failed) })));

const abroad = machine(3, { siteId: FRANKFURT.id, name: 'KMS9' }, prints(hostLine({ name: 'KMS9' })));

describe('a look at the KMS hosts', () => {
  it('asks every host once, one command a site, and ends in one edited message', async () => {
    const w = world([...machines(60, (n) => machine(n + 100)), kmsHost(), abroad]);

    const { result } = await w.ask(hostsRequest());

    expect(result).toEqual({ ended: 'answered', machines: 2 });
    expect(sentTo(w)).toEqual([
      ['tokyo', [idOf(2)]],
      ['frankfurt', [idOf(3)]],
    ]);
    expect(w.conversation.messages).toHaveLength(1);
    expect(reportIn(w.last())).toMatchObject({ sites: [{ id: 'tokyo' }, { id: 'frankfurt' }], unread: [] });
    expect(
      reportIn(w.last())
        .hosts.map(({ nodeId, seen }) => [nodeId, seen])
        .sort(),
    ).toEqual([
      [idOf(2), 'asked'],
      [idOf(3), 'asked'],
    ]);
  });

  it('asks one site where one is named', async () => {
    const w = world([kmsHost(), abroad]);

    await w.ask(hostsRequest('frankfurt'));

    expect(sentTo(w)).toEqual([['frankfurt', [idOf(3)]]]);
  });

  it('tells of a site that does not exist, with those that do', async () => {
    const w = world([kmsHost()]);

    await w.ask(hostsRequest('osaka'));

    expect(w.last()).toMatchObject({ kind: 'no-such-node', unmatched: [{ word: 'site:osaka' }] });
  });

  it('tells requests since the look before, also when that was repeated', async () => {
    const w = world([counting(100, 4)]);
    await w.ask(hostsRequest());
    const firstAtMs = w.time.now();
    w.time.advance(15 * 60_000);
    const later = world([counting(130, 5)]);
    for (const key of ['readHostSample', 'writeHostSample'] as const)
      Object.assign(later.ledger, { [key]: w.ledger[key] });
    later.time.advance(w.time.now() - later.time.now());

    await later.ask(hostsRequest(), undefined, 'op-2');

    const [host] = reportIn(later.last()).hosts;
    expect(host?.requestsSince).toMatchObject({ total: 30, failed: 1 });
    expect(host?.requestsSince?.sinceMs).toBeLessThanOrEqual(firstAtMs);
  });

  it('tells a host that is off by its last record, without waiting for it', async () => {
    const running = kmsHost();
    const w = world([running, abroad]);
    await w.ask(hostsRequest());
    Object.assign(running.node, { presence: { kind: 'not-running', instanceState: 'stopped' } });
    w.time.advance(60_000);

    const { seconds } = await w.ask(hostsRequest(), undefined, 'op-2');

    expect(seconds).toBeLessThan(20);
    const story = reportIn(w.last()).hosts.find(({ nodeId }) => nodeId === idOf(2));
    expect(story).toMatchObject({ seen: 'remembered' });
    expect(story?.concerns[0]).toMatchObject({ kind: 'offline' });
  });

  it('leaves out what only looked like a host by its name', async () => {
    const w = world([kmsHost(), machine(4, { name: 'KMS-DOCS' }, prints(line({ name: 'KMS-DOCS' })))]);

    await w.ask(hostsRequest());

    expect(reportIn(w.last()).hosts.map(({ nodeId }) => nodeId)).toEqual([idOf(2)]);
  });

  it('tells hosts without an agent by what the fleet’s clients saw', async () => {
    const w = world([client(), machine(5)]);
    await w.run(ALL);

    await w.ask(hostsRequest(), undefined, 'op-2');

    expect(reportIn(w.last()).hosts).toMatchObject([{ name: 'kms1.corp.example', seen: 'by-clients' }]);
  });

  it('tells hosts that the configuration names', async () => {
    const w = world([machine(5)]);
    Object.assign(w.deps, { knownHosts: ['kms.head-office.example', '203.0.113.0/24'] });

    await w.ask(hostsRequest());

    expect(reportIn(w.last()).hosts).toMatchObject([{ name: 'kms.head-office.example', seen: 'by-clients' }]);
  });

  it('names the right that a site lacks, and tells of the others', async () => {
    const w = world([kmsHost(), abroad]);
    w.fleet.interfere = ({ operation, site }) => {
      if (operation === 'page' && site.id === 'frankfurt') {
        const failure = {
          kind: 'missing-right',
          action: 'ec2:DescribeInstances',
          siteId: 'frankfurt',
          function: 'observe',
        };
        throw new OperationFailed(failure as ConstructorParameters<typeof OperationFailed>[0]);
      }
    };

    await w.ask(hostsRequest());

    expect(reportIn(w.last()).unread).toEqual([{ siteId: 'frankfurt', why: 'ec2:DescribeInstances' }]);
    expect(reportIn(w.last()).hosts.map(({ nodeId }) => nodeId)).toEqual([idOf(2)]);
  });

  it('names the right to send where every host of a site was refused', async () => {
    const w = world([kmsHost({}, staysSilent({ kind: 'access-denied' })), abroad]);

    await w.ask(hostsRequest());

    expect(reportIn(w.last()).unread).toEqual([{ siteId: 'tokyo', why: 'ssm:SendCommand' }]);
  });
});

const crashing = () => world([counting(100), abroad, machine(8)]);
const calm = await crashing().ask(hostsRequest());
const kills = killsOf(calm.writes);

describe('a look at the hosts that is killed', () => {
  it.each(kills)('$when write $atWrite ends the same, with each command sent once', async (kill) => {
    const w = crashing();
    const request: HostsRequest = hostsRequest();

    const { result, replays } = await w.ask(request, kill);

    expect(replays).toBe(1);
    expect(result).toEqual(calm.result);
    expect(w.fleet.sent.map(({ siteId }) => siteId)).toEqual(['tokyo', 'frankfurt']);
    expect(w.conversation.messages).toHaveLength(1);
    expect(reportIn(w.last()).hosts).toHaveLength(2);
  });
});
