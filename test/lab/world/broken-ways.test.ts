import { describe, expect, it } from 'vitest';
import { BROKEN_WAYS, type BrokenWayId } from './broken-ways.ts';
import { gvlkTail } from './editions.ts';
import { linkLocalRoutes } from './healthy-node.ts';
import { kmsClientProduct } from './licence-products.ts';
import { SEEDED_FLEET } from './seeded-fleet.ts';
import { ADDRESS } from './seeded-network.ts';
import { HOUR } from './time-spans.ts';
import type { LabRecordSet, LabWindows } from './types.ts';
import { must, type WorldUnderTest, worldUnderTest } from './world-under-test.ts';

type Mend = (lab: WorldUnderTest, windows: LabWindows, name: string) => void;

const unassign: Mend = (_, windows) => {
  windows.kmsHost = '';
  windows.kmsPort = 0;
};

const record =
  (zone: string, set: Omit<LabRecordSet, 'ttl'>): Mend =>
  (lab) => {
    const sets = lab.zone(zone).recordSets;
    const kept = sets.filter((known) => known.name !== set.name);
    sets.splice(0, sets.length, ...kept, { ttl: 300, ...set });
  };

const srv = (zone: string): Mend =>
  record(zone, { name: `_vlmcs._tcp.${zone}.`, type: 'SRV', values: ['0 0 1688 kms-01.corp.example.'] });

const rightKey: Mend = (_, windows) => {
  windows.products = [kmsClientProduct(windows.generation, windows.edition)];
};

const ownResolver: Mend = (lab, windows, name) => {
  const vpc = lab.world.state.vpcs.find((known) => known.id === lab.machine(name).vpc);
  for (const adapter of windows.adapters) adapter.dnsServers = [vpc?.resolver ?? ''];
};

const manyContacts: Mend = (lab) => {
  const { contacts } = lab.role('kms-lab');
  for (let i = 0; i < 30; i++) contacts[`new-${i}`] = { atMs: lab.now(), name: `new-${i}`, requiredCount: 25 };
};

/** Mending the cause and nothing else. */
const MENDS: Readonly<Record<Exclude<BrokenWayId, Unreadable>, Mend>> = {
  'stale-srv': srv('aws.corp.example'),
  'retired-host': unassign,
  'no-srv': srv('branch.example'),
  'wrong-suffix': (_, windows) => {
    windows.searchList = ['corp.example'];
  },
  'unresolved-target': record('stage.example', {
    name: 'kms-stage.stage.example.',
    type: 'A',
    values: [ADDRESS.kmsHost],
  }),
  'security-group': (lab) => {
    lab.world.state.blocked = [];
  },
  'egress-blocked': (_, windows) => {
    windows.egressBlocked = [];
  },
  'host-firewall': (lab) => {
    lab.role('app-03').firewallOpen = true;
  },
  'clock-skewed': (_, windows) => {
    windows.clockOffsetSeconds = 0;
  },
  'wrong-gvlk': (_, windows) => {
    const product = must(windows.products[0], 'product');
    product.partialKey = gvlkTail(windows.generation, windows.edition) ?? '';
  },
  'no-key': rightKey,
  'retail-key': rightKey,
  evaluation: (lab, windows, name) => {
    windows.edition = 'ServerStandard';
    rightKey(lab, windows, name);
  },
  'directory-only': (_, windows) => {
    must(windows.products[0], 'product').activationTypeEnabled = 0;
  },
  'host-too-old': (lab) => {
    lab.role('kms-01').keyGroup = '2025';
  },
  'count-too-low': manyContacts,
  'host-not-activated': (lab) => {
    for (const host of lab.world.state.foreignHosts) if (host.name === 'kms-new.corp.example') host.activated = true;
  },
  'dns-silent': ownResolver,
  'no-dns-server': ownResolver,
  cloned: (_, windows) => {
    windows.cmid = '11111111-2222-4333-8444-555555555555';
  },
  'wrong-port': (_, windows) => {
    windows.kmsPort = 0;
  },
  'foreign-service': unassign,
  'amazon-routes': (_, windows) => {
    windows.routes = linkLocalRoutes(windows.adapters[0]?.addresses[0] ?? '');
  },
  'byol-on-amazon': unassign,
  'malformed-host': unassign,
  'wrong-lookup-domain': (_, windows) => {
    windows.lookupDomain = '';
  },
  'record-of-wrong-type': srv('lab.ad.corp.example'),
  'service-disabled': (_, windows) => {
    windows.service.startMode = 'Auto';
  },
};

type Unreadable = 'cim-unreadable' | 'licensing-unreadable' | 'events-unreadable';

const rows = SEEDED_FLEET.tokyo.flatMap((row) => (row.way === undefined ? [] : [{ name: row.name, way: row.way }]));
const failing = rows.flatMap(({ name, way }) => (way in MENDS ? [{ name, way: way as keyof typeof MENDS }] : []));
const hresultOf = (way: BrokenWayId) => BROKEN_WAYS[way].hresult;

describe('a machine broken in a known way', () => {
  it('stands in the seeded fleet for every way there is', () => {
    expect(new Set(rows.map((row) => row.way))).toEqual(new Set(Object.keys(BROKEN_WAYS)));
    expect(failing.length).toBeGreaterThanOrEqual(28);
  });

  it.each(failing)('fails with the code of $way, and succeeds once only that is mended ($name)', ({ name, way }) => {
    const lab = worldUnderTest();

    expect(lab.attempt(name)).toBe(hresultOf(way));
    MENDS[way](lab, lab.machine(name).windows, name);

    expect(lab.attempt(name)).toBe('00000000');
    expect(lab.product(name)).toMatchObject({ status: 1, statusReason: '4004F040', activationType: 2 });
    expect(lab.product(name).endsAtMs).toBe(lab.now() + 180 * 24 * HOUR);
  });

  it.each(failing)('comes right by its own next attempt ($way, $name)', ({ name, way }) => {
    const lab = worldUnderTest();
    lab.world.catchUpAll();
    MENDS[way](lab, lab.machine(name).windows, name);
    lab.advance(3 * HOUR);
    lab.world.catchUp(lab.machine(name).id);

    expect(lab.product(name).status).toBe(1);
    expect(lab.product(name).endsAtMs).toBeGreaterThan(lab.now() + 179 * 24 * HOUR);
  });

  it.each(failing)('stays as it is while nothing is mended ($way, $name)', ({ name, way }) => {
    const lab = worldUnderTest();
    lab.advance(3 * HOUR);
    lab.world.catchUpAll();

    expect(lab.attempt(name)).toBe(hresultOf(way));
  });
});

describe('a machine that cannot be read', () => {
  it.each([
    ['mon-01', 'SoftwareLicensingService', '80041014'],
    ['mon-01', 'Win32_OperatingSystem', '80041014'],
    ['mon-02', 'SoftwareLicensingProduct', '80041001'],
  ])('%s answers a question for %s with %s, and activates all the same', (name, className, hresult) => {
    const lab = worldUnderTest();

    expect(lab.world.surface(lab.machine(name).id).cim(className)).toEqual({ error: { hresult } });
    expect(lab.attempt(name)).toBe('00000000');
  });

  it('audit-01 denies its Application log', () => {
    const lab = worldUnderTest();
    const surface = lab.world.surface(lab.machine('audit-01').id);

    expect(surface.events('Application', [12288], 3)).toEqual({ error: { hresult: '80070005' } });
    expect(surface.events('System', [1], 1)).toEqual({ ok: [] });
  });
});
