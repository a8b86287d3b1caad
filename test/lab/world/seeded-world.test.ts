import { describe, expect, it } from 'vitest';
import { windowsProduct } from './licence-products.ts';
import { SEEDED_FLEET } from './seeded-fleet.ts';
import { seededWorld } from './seeded-world.ts';
import { NOON, worldUnderTest } from './world-under-test.ts';

const state = seededWorld({ seed: 1, nowMs: NOON });
const tokyo = state.nodes.filter((node) => node.site === 'tokyo');
const managed = tokyo.filter((node) => node.agent.registered);

describe('the seeded world', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(seededWorld({ seed: 1, nowMs: NOON })).toEqual(state);
    expect(seededWorld({ seed: 2, nowMs: NOON }).nodes[4]?.id).not.toBe(state.nodes[4]?.id);
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  it('has two sites, tokyo the default one', () => {
    expect(state.sites.map((site) => site.id)).toEqual(['tokyo', 'frankfurt']);
    expect(state.nodes.filter((node) => node.site === 'frankfurt')).toHaveLength(12);
  });

  it('has at least 40 managed nodes in the default site, 20 of them online Windows of the fleet', () => {
    const online = managed.filter((node) => node.windows && node.agent.online && node.tags.KmsManaged === 'true');

    expect(managed.length).toBeGreaterThanOrEqual(40);
    expect(online.length).toBeGreaterThanOrEqual(20);
  });

  it('names no two machines, addresses, ids or zones alike', () => {
    const addresses = state.nodes.flatMap(
      (node) => node.windows?.adapters.flatMap((adapter) => adapter.addresses) ?? [],
    );
    const names = state.nodes.map((node) => node.name.toLowerCase());
    for (const list of [
      addresses,
      names,
      state.nodes.map((n) => n.id),
      state.zones.map((z) => z.name),
      state.zones.map((z) => z.id),
    ]) {
      expect(new Set(list).size).toBe(list.length);
    }
  });

  it('has every generation and language, hybrid nodes and several images', () => {
    const windows = tokyo.flatMap((node) => node.windows ?? []);

    expect(new Set(windows.map((w) => w.generation))).toEqual(
      new Set(['2012R2', '2016', '2019', '2022', '2025', '10', '11']),
    );
    expect(new Set(windows.map((w) => w.language))).toEqual(new Set(['en-US', 'ja-JP', 'de-DE']));
    expect(tokyo.some((node) => node.id.startsWith('mi-') && node.windows)).toBe(true);
    expect(new Set(tokyo.map((node) => node.imageId)).size).toBeGreaterThan(8);
  });

  it('has nodes that cannot be asked, of every kind', () => {
    const kinds = tokyo.map((node) => {
      if (node.platform === 'linux') return 'linux';
      if (node.instanceState !== 'running') return 'stopped';
      if (!node.agent.registered) return 'no-agent';
      if (!node.agent.online) return 'offline';
      return node.tags.KmsManaged === 'true' ? 'askable' : 'untagged';
    });

    expect(new Set(kinds)).toEqual(new Set(['linux', 'stopped', 'no-agent', 'offline', 'askable', 'untagged']));
  });

  it('mixes BYOL and licence-included machines, the latter on the servers of Amazon', () => {
    const included = tokyo.filter((node) => node.usageOperation === 'RunInstances:0002');

    expect(included.length).toBeGreaterThanOrEqual(3);
    expect(included.every((node) => node.windows?.kmsHost === '169.254.169.250')).toBe(true);
    expect(included.every((node) => node.billingProducts?.length === 1)).toBe(true);
    expect(tokyo.some((node) => node.usageOperation === 'RunInstances:0800')).toBe(true);
  });

  it('has two working KMS hosts, one full and one short of clients', () => {
    const count = (name: string) =>
      Object.keys(state.nodes.find((node) => node.name === name)?.windows?.kmsHostRole?.contacts ?? {}).length;

    expect([count('kms-01'), count('kms-lab')]).toEqual([50, 4]);
  });

  it('shows each machine in the state that its way of being broken leads to', () => {
    for (const row of SEEDED_FLEET.tokyo) {
      const windows = state.nodes.find((node) => node.name === row.name)?.windows;
      if (windows === undefined || row.special === 'mak') continue;
      const product = windowsProduct(windows);
      const well = row.way === undefined || row.way.endsWith('unreadable');
      if (well) expect([row.name, product?.status]).toEqual([row.name, 1]);
      else if (row.past === 'renewals-missed') expect(product).toMatchObject({ status: 1 });
    }
  });

  it('lets every machine without a fault activate', () => {
    const lab = worldUnderTest({ seed: 1 });
    for (const row of [...SEEDED_FLEET.tokyo, ...SEEDED_FLEET.frankfurt]) {
      if (row.way !== undefined || row.presence === 'stopped' || row.presence === 'linux') continue;
      expect([row.name, lab.attempt(row.name)]).toEqual([row.name, '00000000']);
    }
  });

  it.each([1, 2, 3, 4, 5])('lasts: a week later seed %i still has the same machines activated', (seed) => {
    const lab = worldUnderTest({ seed });
    lab.advance(9 * 86_400_000);
    lab.world.catchUpAll();
    for (const row of SEEDED_FLEET.tokyo) {
      if (row.way !== undefined || row.presence === 'linux') continue;
      expect([row.name, lab.product(row.name).status]).toEqual([row.name, 1]);
    }
  });
});

describe('a filled-up world', () => {
  const many = seededWorld({ seed: 3, nowMs: NOON, nodes: 1000 });
  const generated = many.nodes.filter((node) => node.site === 'tokyo').slice(SEEDED_FLEET.tokyo.length);

  it('has as many machines in the default site as asked for', () => {
    expect(many.nodes.filter((node) => node.site === 'tokyo')).toHaveLength(1000);
  });

  it('has nine in ten of the generated ones activated within the last week', () => {
    const fresh = generated.filter((node) => (node.windows?.products[0]?.endsAtMs ?? 0) > NOON + 172 * 86_400_000);

    expect(fresh.length / generated.length).toBeGreaterThan(0.88);
    expect(fresh.length / generated.length).toBeLessThan(0.92);
  });

  it('shares no state between machines', () => {
    const [first, second] = generated;
    expect(first?.windows?.adapters).not.toBe(second?.windows?.adapters);
    expect(first?.tags).not.toBe(second?.tags);
  });

  it('has ten thousand machines in seconds', () => {
    const started = performance.now();
    const big = seededWorld({ seed: 3, nowMs: NOON, nodes: 10_000 });

    expect(new Set(big.nodes.map((node) => node.id)).size).toBe(10_012);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
