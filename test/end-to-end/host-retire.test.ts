/** The old KMS host goes: its records first, then its clients day by day, at last its key. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { remoteLab } from '../lab/remote-lab.ts';
import { hostRole, makeHost } from '../lab/world/special-roles.ts';
import { crossEveryCheckpoint } from './support/change-crossing.ts';
import {
  APPROVALS,
  auditOf,
  cardWith,
  labForAll,
  newest,
  nodeOf,
  ONE_MINUTE_MS,
  OPS,
  press,
  pressOnly,
  type,
  windowsOf,
} from './support/changes.ts';
import { approved, keptAsIs, productOf } from './support/keys.ts';
import { atName, putAtName, type SetsAtName, srvIn, zoneNamed } from './support/records.ts';

let lab: Lab;
let putBack: () => void;
let records: readonly (readonly [string, SetsAtName])[];

const CORP = 'corp.example';
const FOREIGN_ZONE = 'lab.example';
const CLIENTS = ['web-02', 'web-03', 'app-01', 'app-02', 'fileserver-07', 'web-01'];
const RETIRE = 'host kms-01 retire';

labForAll(
  async (started) => {
    lab = started;
    const { windows } = nodeOf(lab, 'db-02');
    if (windows !== undefined)
      makeHost({ ...nodeOf(lab, 'db-02'), windows }, { ...hostRole('2022'), publishing: false });
    nodeOf(lab, 'db-02').tags.KmsRole = 'host';
    const values = windowsOf(lab, 'db-02').adapters.flatMap(({ addresses }) => addresses);
    zoneNamed(lab, CORP).recordSets.push({ name: `db-02.${CORP}.`, type: 'A', ttl: 300, values });
  },
  undefined,
  ['kms-lab', 'lab-web-01'],
);

beforeEach(() => {
  putBack = keptAsIs(lab, 'kms-01', 'kms-lab', 'db-02', ...CLIENTS);
  records = [CORP, FOREIGN_ZONE].map((zone) => [zone, atName(lab, zone)] as const);
});

afterEach(() => {
  putBack();
  for (const [zone, sets] of records) putAtName(lab, zone, sets);
  lab.faults.clear();
});

/** Ids in the audit, and that the answer of Route 53 was lost when the function died. */
const IDS = /\bc[a-z0-9]{9}\b|\bC[0-9A-Z]{10,}\b|\banswer-lost\b/;

/** The record of the old host becomes ours, and names the new one beside it; then everybody is looked at. */
const twoHosts = async (): Promise<void> => {
  await approved(lab, `dns adopt ${CORP} kms-01.${CORP}`);
  await approved(lab, `dns add ${CORP} db-02.${CORP}`);
  await type(lab, 'emma', 'check all');
};

const day = async (): Promise<void> => {
  await remoteLab(lab.url).call('POST', '/lab/clock', { advance: 'P1D' });
};

const approveOnly = () => pressOnly(lab, 'ken', 'approve', cardWith(lab, 'approve'));

/** Machines renew as they do by themselves, with the host they kept. */
const renew = (...names: readonly string[]): readonly string[] =>
  names.map((name) => lab.world.attemptActivation(nodeOf(lab, name).id).hresult);

/** Every client asks DNS anew at its next attempt, as after a restart of its service. */
const forgetHosts = (): void => {
  for (const { windows } of lab.world.state.nodes) {
    for (const product of windows?.products ?? []) Object.assign(product, { discoveredHost: '', discoveredPort: 0 });
  }
};

describe('retiring a host', () => {
  it('that is the only one is refused, since its clients would have none', async () => {
    for (const target of ['kms-lab', 'db-02']) lab.faults.add({ fault: 'host-service-stopped', target });

    await type(lab, 'aiko', RETIRE);

    expect(newest(lab)).toContain('it is the only KMS host');
    expect(windowsOf(lab, 'kms-01').kmsHostRole).toBeDefined();
  });

  it('whose clients would be too few anywhere is refused, with the day on which the first is lost', async () => {
    lab.faults.add({ fault: 'host-service-stopped', target: 'kms-01' });

    await type(lab, 'aiko', 'host kms-lab retire');

    expect(newest(lab)).toMatch(/\d of the (5|25) machines/);
    expect(newest(lab)).toMatch(/the first would lose its activation on \S/);
    expect(windowsOf(lab, 'kms-lab').kmsHostRole).toBeDefined();
  });

  it('after which another may be short of clients is warned of, with the day', async () => {
    await twoHosts();

    await type(lab, 'aiko', 'host kms-lab retire');

    expect(newest(lab, APPROVALS, 'ken')).toMatch(/Afterwards \S*db-02\S* has \d+ of the (5|25) machines/);
    expect(newest(lab, APPROVALS, 'ken')).toMatch(/the first would lose its activation on \S/);
    await press(lab, 'aiko', 'cancel-change', OPS);
  }, 60_000);

  it('drains it, watches its clients go day by day, stops when told to, goes on, and makes a client of it', async () => {
    await twoHosts();
    lab.faults.add({ fault: 'record-added', target: FOREIGN_ZONE, value: `0 0 1688 kms-01.${CORP}.` });
    windowsOf(lab, 'app-02').kmsHost = `kms-01.${CORP}`;
    await type(lab, 'emma', 'check all');

    await type(lab, 'aiko', RETIRE);
    const card = newest(lab, APPROVALS, 'ken');
    expect(card).toContain(`_vlmcs._tcp.${CORP} 0 0 1688 kms-01.${CORP}.`);
    expect(card).toContain('Further domains:');
    expect(card).toContain(`The record of ${FOREIGN_ZONE} holds 0 0 1688 kms-01.${CORP}., which is not mine`);
    expect(card).toContain('app-02');
    await approveOnly();
    await remoteLab(lab.url).call('POST', '/lab/clock', { advance: 'PT2H' });

    expect(srvIn(lab, CORP)).toContain(`0 0 1688 db-02.${CORP}.`);
    expect(srvIn(lab, CORP).join()).not.toContain('kms-01');
    expect(srvIn(lab, FOREIGN_ZONE)).toContain(`0 0 1688 kms-01.${CORP}.`);
    expect(windowsOf(lab, 'kms-01').kmsHostRole).toMatchObject({ publishing: false });
    expect(windowsOf(lab, 'kms-01').kmsHostRole?.publishDomains).toBeUndefined();
    await remoteLab(lab.url).call('POST', '/lab/clock', { advance: 'PT21H' });
    expect(renew('web-02', 'web-03', 'app-01', 'app-02')).toEqual(Array(4).fill('00000000'));
    await remoteLab(lab.url).call('POST', '/lab/clock', { advance: 'PT2H' });
    expect(newest(lab)).toContain('clients in the last day: 4');
    expect(newest(lab)).toContain('assigned by hand: 1');

    await press(lab, 'aiko', 'cancel-change', OPS);
    await remoteLab(lab.url).call('POST', '/lab/clock', { advance: 'PT3H' });
    expect(newest(lab)).toMatch(/^Cancelled by .*2 of \d steps are done/);
    expect(newest(lab)).toContain(`/kms ${RETIRE} takes it up where it stopped`);
    expect(windowsOf(lab, 'kms-01').kmsHostRole).toBeDefined();

    // The owner of the other zone has taken its value out meanwhile.
    lab.faults.clear();
    await type(lab, 'aiko', RETIRE);
    expect(newest(lab, APPROVALS, 'ken')).not.toContain('1688 kms-01');
    await approveOnly();
    forgetHosts();
    const perDay: number[] = [];
    for (let passed = 1; passed <= 9 && !newest(lab).startsWith('✓'); passed += 1) {
      await day();
      perDay.push(Number(/clients in the last day: (\d+)/.exec(newest(lab))?.[1] ?? -1));
    }
    await remoteLab(lab.url).settle();

    // Machines without an agent come for as long as it answers: then eight days are enough.
    expect(perDay.at(-1), perDay.join()).toBeLessThan(Math.max(...perDay));
    expect(newest(lab)).toMatch(/nobody asked it for a day|eight days are over/);
    expect(newest(lab)).toMatch(/^✓ kms-01 is no KMS host any more/);
    expect(windowsOf(lab, 'kms-01').kmsHostRole).toBeUndefined();
    expect(productOf(lab, 'kms-01')).toMatchObject({ channel: 'Volume:GVLK' });
    expect(renew(...CLIENTS.filter((name) => name !== 'app-02'))).toEqual(Array(5).fill('00000000'));
    const names = Object.values(windowsOf(lab, 'db-02').kmsHostRole?.contacts ?? {}).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([expect.stringContaining('web-02')]));
  }, 90_000);

  it('that fails half way is told at each step, and the same command goes on to its end', async () => {
    await twoHosts();
    const failing = async (broken: Record<string, { hresult: string }>, fault?: Record<string, unknown>) => {
      await type(lab, 'aiko', RETIRE);
      Object.assign(windowsOf(lab, 'kms-01').broken, broken);
      if (fault !== undefined) lab.faults.add(fault);
      await press(lab, 'ken', 'approve');
      windowsOf(lab, 'kms-01').broken = {};
      lab.faults.clear();
      await lab.clock.advance(ONE_MINUTE_MS);
      expect(newest(lab)).toContain(`/kms ${RETIRE} takes it up where it stopped`);
      return newest(lab).split('\n')[0];
    };

    const denied = { fault: 'aws-denied', service: 'route53', operation: 'ChangeResourceRecordSets' };
    expect(await failing({}, denied)).toContain('route53:ChangeResourceRecordSets');
    expect(await failing({ 'registry:write': { hresult: '80070005' } })).toContain('“stop its publishing” failed');
    expect(await failing({ 'method:InstallProductKey': { hresult: 'C004F050' } })).toContain(
      '“make a KMS client of it” failed',
    );

    expect(await approved(lab, RETIRE, 'daniel')).toMatch(/^✓ kms-01 is no KMS host any more/);
    expect(srvIn(lab, CORP).join()).not.toContain('kms-01');
  }, 90_000);
});

describe('a retirement whose function dies', () => {
  it('after each checkpoint was kept ends the same: each command once, each entry once', async () => {
    await twoHosts();
    const asBefore = keptAsIs(lab, 'kms-01', 'db-02', ...CLIENTS);
    const sets = atName(lab, CORP);
    const prepare = async (): Promise<string> => {
      asBefore();
      putAtName(lab, CORP, sets);
      forgetHosts();
      return RETIRE;
    };
    const carryOut = async (text: string) => {
      const entries = (await auditOf(lab)).length;
      await type(lab, 'aiko', text);
      await press(lab, 'ken', 'approve');
      const { exchanges } = lab.wire.read();
      const taken = (asked: string) =>
        exchanges.filter(({ operation, status }) => operation === asked && status === 200).length;
      return {
        written: taken('route53:ChangeResourceRecordSets'),
        isHost: windowsOf(lab, 'kms-01').kmsHostRole !== undefined,
        srv: srvIn(lab, CORP),
        events: (await auditOf(lab)).slice(entries).map(({ event, detail }) => [event, detail?.replace(IDS, '#')]),
      };
    };

    const { calm, deaths } = await crossEveryCheckpoint(
      lab,
      { prepare, carryOut },
      { before: false, stride: 4, until: 500 },
    );

    expect(calm).toMatchObject({ written: 1, isHost: false });
    expect(calm.events.at(-1)).toEqual(['ended', 'done: done 1, not done 0']);
    expect(deaths).toBeGreaterThan(60);
  }, 180_000);
});
