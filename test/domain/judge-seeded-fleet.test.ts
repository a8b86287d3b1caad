import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NodeResult } from '../../bot/domain/check-report.ts';
import { readOutput } from '../../bot/domain/inspection-line.ts';
import { judge } from '../../bot/domain/judge.ts';
import { groupByCause } from '../../bot/domain/report.ts';
import type { BrokenWayId } from '../lab/world/broken-ways.ts';
import { inspect } from '../lab/world/inspect-model.ts';
import { type FleetRow, SEEDED_FLEET } from '../lab/world/seeded-fleet.ts';
import { seededWorld } from '../lab/world/seeded-world.ts';
import { createWorld } from '../lab/world/world.ts';
import { managedNode } from './sample-record.ts';

/** The cause, or what explains missed renewals, that each way of being broken must be given. */
const CAUSES: Readonly<Record<BrokenWayId, string>> = {
  'stale-srv': 'target-no-answer',
  'retired-host': 'assigned-host-dead',
  'no-srv': 'no-srv-record',
  'wrong-suffix': 'no-srv-record',
  'unresolved-target': 'target-unresolved',
  'security-group': 'target-no-answer',
  'egress-blocked': 'target-no-answer',
  'host-firewall': 'assigned-host-dead',
  'clock-skewed': 'clock-skew',
  'wrong-gvlk': 'wrong-key',
  'no-key': 'no-key',
  'retail-key': 'other-channel',
  evaluation: 'evaluation-edition',
  'directory-only': 'kms-disabled',
  'host-too-old': 'host-too-old',
  'count-too-low': 'count-too-low',
  'host-not-activated': 'host-not-activated',
  'dns-silent': 'dns-server-silent',
  'no-dns-server': 'no-dns-server',
  cloned: 'count-too-low',
  'wrong-port': 'assigned-wrong-port',
  'foreign-service': 'assigned-not-kms',
  'amazon-routes': 'assigned-host-dead',
  'byol-on-amazon': 'assigned-host-dead',
  'malformed-host': 'assigned-unresolved',
  'wrong-lookup-domain': 'lookup-domain-empty',
  'record-of-wrong-type': 'no-srv-record',
  'service-disabled': 'status-reason',
  'cim-unreadable': 'probe-failed',
  'licensing-unreadable': 'probe-failed',
  'events-unreadable': 'none',
};

const NOW_MS = Date.UTC(2026, 10, 23, 9);
const results = new Map<string, NodeResult>();

const unpack = (base64: string) => gunzipSync(Buffer.from(base64, 'base64')).toString('latin1');

beforeAll(() => {
  const state = seededWorld({ seed: 7, nowMs: NOW_MS });
  const world = createWorld({ state, clock: { now: () => NOW_MS }, random: () => 0.5 });
  for (const { id, name, platform, instanceState, site } of state.nodes) {
    if (platform !== 'windows' || instanceState !== 'running') continue;
    const { line } = inspect(world.surface(id), { bind: 'all', nodeId: id });
    const node = managedNode({ id, name, siteId: site });
    const evidence = { kind: 'output', reading: readOutput(`${line}\r\n`, unpack) } as const;
    results.set(name, judge({ node, evidence, nowMs: NOW_MS }));
  }
});

const runs = (row: FleetRow): boolean => row.presence !== 'linux' && row.presence !== 'stopped';
const rows = [...SEEDED_FLEET.tokyo, ...SEEDED_FLEET.frankfurt].filter(runs);

/** `none` for a machine that is well. */
function explanationOf(name: string): string {
  const cause = results.get(name)?.cause;
  if (cause === undefined) return 'none';
  return cause.kind === 'renewals-missed' ? (cause.detail ?? cause.kind) : cause.kind;
}

describe('judge of the seeded fleet', () => {
  it.each(rows.flatMap((row) => (row.way === undefined ? [] : [[row.name, row.way] as const])))(
    'tells why %s is broken: %s',
    (name, way) => {
      expect(explanationOf(name)).toBe(CAUSES[way]);
    },
  );

  it('finds nothing wrong with the machines that are not broken', () => {
    const healthy = rows.filter((row) => row.way === undefined).map((row) => row.name);

    expect(healthy.filter((name) => explanationOf(name) !== 'none')).toEqual([]);
  });

  it('puts machines that share a cause into one group', () => {
    const groups = groupByCause([...results.values()]);
    const farm = groups.find(({ examples }) => examples.some(({ name }) => name === 'farm-a'));

    expect(farm?.cause).toMatchObject({ kind: 'count-too-low' });
    expect(farm?.total).toBeGreaterThan(1);
  });
});
