import { describe, expect, it } from 'vitest';
import { ALL, FRANKFURT, idOf, machine, machines, named, staysSilent, world } from './check-setup.ts';
import { client, kmsHost } from './diagnose-setup.ts';

describe('the fleet as a check leaves it in the ledger', () => {
  it('is kept for every site that was checked whole', async () => {
    const w = world([client(), kmsHost(), machine(3, { siteId: FRANKFURT.id })]);

    await w.run(ALL);

    expect(await w.ledger.readFleetSummary('tokyo')).toMatchObject({ machines: 2, kmsHosts: [{ nodeId: idOf(2) }] });
    expect(await w.ledger.readFleetSummary('frankfurt')).toMatchObject({ machines: 1, kmsHosts: [] });
  });

  it('is kept of one site where that alone was checked', async () => {
    const w = world([kmsHost(), machine(3, { siteId: FRANKFURT.id })]);

    await w.run({ ...ALL, site: 'tokyo' });

    expect(await w.ledger.readFleetSummary('tokyo')).toBeDefined();
    expect(await w.ledger.readFleetSummary('frankfurt')).toBeUndefined();
  });

  it('is not touched by a check of some machines', async () => {
    const w = world(machines(3));

    await w.run(named('WEB-1', 'WEB-2'));

    expect(await w.ledger.readFleetSummary('tokyo')).toBeUndefined();
  });

  it('still knows a KMS host that said nothing this time', async () => {
    const host = kmsHost();
    const w = world([host, machine(3)]);
    await w.run(ALL);
    Object.assign(host.node, { presence: { kind: 'offline', lastSeenMs: 5 } });
    Object.assign(host, { behaviour: staysSilent({ kind: 'delivery-timed-out' }, 60) });
    w.time.advance(61 * 60_000);

    await w.run(ALL, undefined, 'op-2');

    expect(await w.ledger.readFleetSummary('tokyo')).toMatchObject({ machines: 1, kmsHosts: [{ nodeId: idOf(2) }] });
  });

  it('forgets a KMS host that is one no more', async () => {
    const host = kmsHost();
    const w = world([host, machine(3)]);
    await w.run(ALL);
    Object.assign(host, { behaviour: machine(2).behaviour });

    await w.run(ALL, undefined, 'op-2');

    expect(await w.ledger.readFleetSummary('tokyo')).toMatchObject({ machines: 2, kmsHosts: [] });
  });
});
