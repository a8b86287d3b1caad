/** A KMS host from a plain machine: every step under one approval, failing at any of them, and taken up again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { remoteLab } from '../lab/remote-lab.ts';
import { crossEveryCheckpoint } from './support/change-crossing.ts';
import {
  APPROVALS,
  auditOf,
  labForAll,
  newest,
  nodeOf,
  ONE_MINUTE_MS,
  press,
  type,
  windowsOf,
} from './support/changes.ts';
import { approved, countedFor, keptAsIs, keyEnding, productOf, store } from './support/keys.ts';
import { callMicrosoft, closeWindows, openWindow, submit } from './support/phone.ts';
import { answered, atName, putAtName, type SetsAtName, srvIn, txtIn, zoneNamed } from './support/records.ts';

let lab: Lab;
let putBack: () => void;
let zones: readonly (readonly [string, SetsAtName])[];

const SERVERS = ['web-02', 'web-03', 'app-01', 'app-02', 'fileserver-07'];
const DIRECTORY = ['app-ad-01', 'files-ad-02', 'dc-01'];
const CORP = 'corp.example';
const DIRECTORY_ZONE = 'ad.corp.example';

labForAll(
  (started) => {
    lab = started;
    for (const name of ['db-02', 'vdi-02']) giveAddress(name);
    for (const name of ['db-02', 'vdi-02', 'build-10']) inPrivateNetwork(name);
  },
  undefined,
  DIRECTORY,
);

/** Outside a domain Windows takes a network for public until somebody says otherwise. */
const inPrivateNetwork = (name: string): void => {
  windowsOf(lab, name).firewall = { on: ['domain', 'private', 'public'], active: 'private' };
};

/** People give a server an A record before it is found by its name. */
const giveAddress = (name: string): void => {
  const values = windowsOf(lab, name).adapters.flatMap(({ addresses }) => addresses);
  zoneNamed(lab, CORP).recordSets.push({ name: `${name}.${CORP}.`, type: 'A', ttl: 300, values });
};

beforeEach(() => {
  putBack = keptAsIs(lab, 'db-02', 'build-10', 'vdi-02', 'app-ad-01', ...SERVERS);
  zones = [CORP, DIRECTORY_ZONE].map((zone) => [zone, atName(lab, zone)] as const);
});

afterEach(async () => {
  putBack();
  for (const [zone, sets] of zones) putAtName(lab, zone, sets);
  delete nodeOf(lab, 'vdi-02').internet;
  lab.faults.clear();
  await closeWindows(lab);
});

const advance = async (duration: string): Promise<void> => {
  await remoteLab(lab.url).call('POST', '/lab/clock', { advance: duration });
};

/** What a host has become. */
const roleOf = (name: string) => windowsOf(lab, name).kmsHostRole;

/** The machine's own attempt, as its schedule makes it. */
const attempt = (name: string): string => lab.world.attemptActivation(nodeOf(lab, name).id).hresult;

describe('a plain server in a zone of Route 53', () => {
  const SET_UP = 'host db-02 setup contoso-host-2022';

  it('becomes a host value by value, and clients activate by themselves once five have come', async () => {
    lab.faults.add({ fault: 'host-service-stopped', target: 'kms-01' });
    for (const target of SERVERS) lab.faults.add({ fault: 'machine-expired', target });

    await type(lab, 'aiko', SET_UP);
    const card = newest(lab, APPROVALS, 'ken');
    for (const part of [
      'Volume Activation Services',
      '…HK223',
      'domain and private',
      '_vlmcs._tcp.corp.example 0 0 1688 db-02.corp.example.',
      '0 of 6 hosts',
    ]) {
      expect(card).toContain(part);
    }
    expect(roleOf('db-02')).toBeUndefined();
    await press(lab, 'ken', 'approve');

    expect(newest(lab)).toMatch(/^✓ db-02 is a KMS host now/);
    expect(newest(lab)).not.toContain('has no address');
    expect(windowsOf(lab, 'db-02').features).toEqual(['VolumeActivation']);
    expect(productOf(lab, 'db-02')).toMatchObject({ partialKey: 'HK223', status: 1 });
    expect(roleOf('db-02')).toMatchObject({
      activated: true,
      listeningPort: 1688,
      publishing: false,
      firewallOpen: true,
      firewallProfiles: ['domain', 'private'],
    });
    expect(answered(lab, CORP)).toContain('0 0 1688 db-02.corp.example.');
    expect(txtIn(lab, CORP).join(' ')).toContain('db-02.corp.example');
    expect(await countedFor(lab, 'contoso-host-2022')).toEqual(['db-02']);

    // Each comes when its weekly renewal is due, and again every two hours until the host has counted five.
    await advance('P8D');
    await type(lab, 'emma', `check ${SERVERS.join(' ')} db-02`);
    expect(Object.keys(roleOf('db-02')?.contacts ?? {}).length).toBeGreaterThanOrEqual(5);
    expect(SERVERS.map((name) => productOf(lab, name).status)).toEqual(SERVERS.map(() => 1));
    await type(lab, 'emma', 'hosts');
    expect(newest(lab)).toContain('db-02');
  }, 60_000);

  it('of which the zone has no address is warned of before anybody agrees, with the address to enter', async () => {
    await type(lab, 'aiko', 'host build-10 setup contoso-host-2019');

    const [address = ''] = windowsOf(lab, 'build-10').adapters.flatMap(({ addresses }) => addresses);
    expect(newest(lab, APPROVALS, 'ken')).toContain('has no address of build-10.corp.example');
    expect(newest(lab, APPROVALS, 'ken')).toContain(address);
    await press(lab, 'ken', 'approve');
    expect(newest(lab)).toMatch(/^✓ build-10 is a KMS host now/);
    expect(newest(lab)).toContain('has no address of build-10.corp.example');
  }, 60_000);

  it('whose network counts as public is not done before that is mended, even where its key is used up by then', async () => {
    delete windowsOf(lab, 'db-02').firewall;

    const told = await approved(lab, SET_UP);

    expect(told).toMatch(/^⚠ .*“verify” failed: its network counts as public/);
    inPrivateNetwork('db-02');
    // Its key is used up by now, as far as is known: it is there already, and activated.
    store(lab, 'used-up', 'HK223', { kind: 'host', group: '2022', used: '60' });
    expect(await approved(lab, 'host db-02 setup used-up')).toMatch(/^✓ db-02 is a KMS host now/);
    await type(lab, 'aiko', 'host web-02 setup used-up');
    expect(newest(lab)).toContain('the host key is used up');
    expect(roleOf('web-02')).toBeUndefined();
  }, 60_000);
});

describe('a plain server of a domain of Active Directory', () => {
  it('publishes its record itself, which the domain takes, and a member comes to it', async () => {
    putAtName(lab, DIRECTORY_ZONE, []);

    const text = await approved(lab, 'host app-ad-01 setup contoso-host-2022');

    expect(text).toMatch(/^✓ app-ad-01 is a KMS host now/);
    expect(text).toContain('in ad.corp.example (event 12294)');
    expect(srvIn(lab, DIRECTORY_ZONE)).toEqual(['0 0 1688 app-ad-01.ad.corp.example.']);
    expect(roleOf('app-ad-01')).toMatchObject({ publishing: true, activated: true });
    lab.faults.add({ fault: 'machine-expired', target: 'files-ad-02' });
    windowsOf(lab, 'files-ad-02').products[0] = { ...productOf(lab, 'files-ad-02'), discoveredHost: '' };
    expect(attempt('files-ad-02')).toBe('C004F038');
    expect(Object.values(roleOf('app-ad-01')?.contacts ?? {}).map(({ name }) => name)).toEqual([
      expect.stringContaining('files-ad-02'),
    ]);
  }, 60_000);
});

describe('a host on client Windows without a way to Microsoft', () => {
  it('is activated by phone inside its set-up, and what it may activate is said first', async () => {
    nodeOf(lab, 'vdi-02').internet = false;

    await type(lab, 'aiko', 'host vdi-02 setup contoso-host-10');
    const card = newest(lab, APPROVALS, 'ken');
    expect(card).toContain('activates client Windows only');
    expect(card).not.toContain('Volume Activation Services');
    await press(lab, 'ken', 'approve');
    expect(roleOf('vdi-02')).toMatchObject({ activated: false });
    const { groups } = await openWindow(lab, 'aiko');
    await submit(lab, 'aiko', await callMicrosoft(lab, groups));

    expect(newest(lab)).toMatch(/^✓ vdi-02 is a KMS host now/);
    expect(productOf(lab, 'vdi-02')).toMatchObject({ partialKey: 'HK227', status: 1 });
    expect(roleOf('vdi-02')).toMatchObject({ activated: true, keyGroup: '10', firewallOpen: true });
    expect(answered(lab, CORP)).toContain('0 0 1688 vdi-02.corp.example.');
    expect(await countedFor(lab, 'contoso-host-10')).toEqual(['vdi-02']);
  }, 60_000);
});

/** What goes wrong at a step, and what of it stands in the first line. */
interface Failure {
  readonly broken?: Readonly<Record<string, { readonly hresult: string; readonly afterMs?: number }>>;
  readonly fault?: Readonly<Record<string, unknown>>;
  readonly told: string;
}

/** Step by step, in their order. */
const FAILURES: readonly Failure[] = [
  { broken: { 'ends:Install-WindowsFeature': { hresult: '80004005' } }, told: 'install the role' },
  { broken: { 'method:InstallProductKey': { hresult: 'C004F050' } }, told: '“install the key” failed' },
  {
    fault: { fault: 'agent-lost', node: 'db-02', document: 'KmsBot-InstallStoredKey' },
    told: '“install the key” failed',
  },
  { broken: { 'method:Activate': { hresult: 'C004C003' } }, told: '“activate it with Microsoft, online” failed' },
  { broken: { 'fails:Set-NetFirewallRule': { hresult: '80070005' } }, told: 'its firewall” failed' },
  {
    broken: { 'method:DisableKeyManagementServiceDnsPublishing': { hresult: '80041001' } },
    told: '“stop its publishing” failed',
  },
  { fault: { fault: 'host-busy', target: 'db-02' }, told: 'see it listen” failed' },
  {
    fault: { fault: 'aws-denied', service: 'route53', operation: 'ChangeResourceRecordSets' },
    told: 'route53:ChangeResourceRecordSets',
  },
];

/** Sets up a machine while something is wrong, and mends that; gives what was told. */
const failing = async (machine: string, { broken = {}, fault }: Failure): Promise<string> => {
  await type(lab, 'aiko', `host ${machine} setup contoso-host-2022`);
  Object.assign(windowsOf(lab, machine).broken, broken);
  if (fault !== undefined) lab.faults.add({ ...fault });
  await press(lab, 'ken', 'approve');
  windowsOf(lab, machine).broken = {};
  lab.faults.clear();
  await lab.clock.advance(ONE_MINUTE_MS);
  return newest(lab);
};

describe('a set-up that fails half way', () => {
  it('at one step after the other is told each time, and the same command goes on to its end', async () => {
    const counted = (await countedFor(lab, 'contoso-host-2022')).length;
    for (const failure of FAILURES) {
      const told = await failing('db-02', failure);
      expect(told).toMatch(/^⚠/);
      expect(told.split('\n')[0]).toContain(failure.told);
      expect(told).toContain('/kms host db-02 setup contoso-host-2022 takes it up where it stopped');
    }

    expect(await approved(lab, 'host db-02 setup contoso-host-2022', 'daniel')).toMatch(/^✓ db-02 is a KMS host/);
    expect(roleOf('db-02')).toMatchObject({ activated: true, firewallOpen: true, publishing: false });
    expect(srvIn(lab, CORP).filter((value) => value.includes('db-02.'))).toHaveLength(1);
    expect(await countedFor(lab, 'contoso-host-2022')).toHaveLength(counted + 1);
  }, 90_000);

  it('because its directory does not take the record in time says so, and goes on', async () => {
    const broken = { publishing: { hresult: '80004005', afterMs: 600_000 } };

    const told = await failing('app-ad-01', { broken, told: '' });

    expect(told).toMatch(/^⚠ .*“publish its SRV record” failed/);
    expect(await approved(lab, 'host app-ad-01 setup contoso-host-2022')).toMatch(/^✓ app-ad-01 is a KMS host now/);
  }, 60_000);
});

/** Ids in the audit, and that the answer of Route 53 was lost when the function died. */
const IDS = /\bc[a-z0-9]{9}\b|\bC[0-9A-Z]{10,}\b|\banswer-lost\b/;

/** A set-up has no more checkpoints. */
const UNTIL = 500;

describe('a set-up whose function dies', () => {
  it('before each checkpoint is kept ends the same: each command once, each entry once', async () => {
    // A name of its own: so many activations of one key on one host would be refused.
    const key = 'contoso-host-crash';
    store(lab, key, 'HK223', { kind: 'host', group: '2022' });
    const asBefore = keptAsIs(lab, 'db-02');
    const records = atName(lab, CORP);
    const prepare = async (): Promise<string> => {
      asBefore();
      putAtName(lab, CORP, records);
      keyEnding(lab, 'HK223').activated = {};
      return `host db-02 setup ${key}`;
    };
    const carryOut = async (text: string) => {
      const entries = (await auditOf(lab)).length;
      await type(lab, 'aiko', text);
      await press(lab, 'ken', 'approve');
      const { exchanges } = lab.wire.read();
      const taken = (asked: string) =>
        exchanges.filter(({ operation, status }) => operation === asked && status === 200).length;
      const { contacts: _contacts, totals: _totals, ...role } = roleOf('db-02') ?? { contacts: {}, totals: {} };
      return {
        sent: taken('ssm:SendCommand'),
        written: taken('route53:ChangeResourceRecordSets'),
        role: structuredClone(role),
        activated: keyEnding(lab, 'HK223').activated[windowsOf(lab, 'db-02').cmid],
        srv: srvIn(lab, CORP),
        events: (await auditOf(lab)).slice(entries).map(({ event, detail }) => [event, detail?.replace(IDS, '#')]),
      };
    };

    const { calm, deaths } = await crossEveryCheckpoint(
      lab,
      { prepare, carryOut },
      { before: true, stride: 4, until: UNTIL },
    );

    expect(calm.written).toBe(1);
    expect(calm.events.at(-1)).toEqual(['ended', 'done: done 1, not done 0']);
    expect(deaths).toBeGreaterThan(60);
  }, 180_000);
});
