import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NodeResult } from '../../../bot/domain/check-report.ts';
import type { HostFacts } from '../../../bot/domain/diagnosis/facts.ts';
import { withFleetCauses } from '../../../bot/domain/fleet/fleet-causes.ts';
import { summaryOf } from '../../../bot/domain/fleet/summarise.ts';
import type { HostsReport } from '../../../bot/domain/hosts/host-story.ts';
import { tellHosts } from '../../../bot/domain/hosts/tell-hosts.ts';
import { readOutput } from '../../../bot/domain/inspection-line.ts';
import { judge } from '../../../bot/domain/judge.ts';
import { groupByCause } from '../../../bot/domain/report.ts';
import { inspect } from '../../lab/world/inspect-model.ts';
import { seededWorld } from '../../lab/world/seeded-world.ts';
import type { LabWindows, WorldState } from '../../lab/world/types.ts';
import { createWorld } from '../../lab/world/world.ts';
import { inputOf } from '../hosts/sample-host.ts';
import { managedNode } from '../sample-record.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 9);
const unpack = (base64: string) => gunzipSync(Buffer.from(base64, 'base64')).toString('latin1');

/** Looks at every running Windows machine of the seeded world after some of them were changed. */
function look(change: (windows: (name: string) => LabWindows) => void) {
  const state = seededWorld({ seed: 7, nowMs: NOW_MS });
  change((name) => windowsOf(state, name));
  const world = createWorld({ state, clock: { now: () => NOW_MS }, random: () => 0.5 });
  const hosts: HostFacts[] = [];
  const results = state.nodes.flatMap(({ id, name, platform, instanceState, site }): readonly NodeResult[] => {
    if (platform !== 'windows' || instanceState !== 'running') return [];
    const { line } = inspect(world.surface(id), { bind: 'all', nodeId: id });
    const node = managedNode({ id, name, siteId: site });
    const reading = readOutput(`${line}\r\n`, unpack);
    const result = judge({ node, evidence: { kind: 'output', reading }, nowMs: NOW_MS });
    if (reading.kind === 'record' && result.seen?.isHost)
      hosts.push({ node, record: reading.record, recordAtMs: NOW_MS, askedNow: true });
    return [result];
  });
  return { hosts, results };
}

function windowsOf(state: WorldState, name: string): LabWindows {
  const windows = state.nodes.find((node) => node.name === name)?.windows;
  if (windows === undefined) throw new Error(`no Windows machine is called ${name}`);
  return windows;
}

let results: readonly NodeResult[];
let report: HostsReport;

beforeAll(() => {
  const looked = look((windows) => {
    for (const name of ['web-01', 'web-02', 'web-03']) {
      windows(name).kmsHost = '10.20.99.99';
      for (const product of windows(name).products)
        Object.assign(product, { status: 5, statusReason: 'C004F074', endsAtMs: 0 });
    }
    windows('app-01').kmsHost = '127.0.0.2';
  });
  results = withFleetCauses(looked.results);
  const fleet = summaryOf(looked.results, NOW_MS);
  report = tellHosts(inputOf({ hosts: looked.hosts, fleet, nowMs: NOW_MS, startedAtMs: NOW_MS }));
});

const causeOf = (name: string) => results.find((result) => result.name === name)?.cause;
const storyOf = (name: string) => report.hosts.find((host) => host.name.startsWith(`${name}.`));

describe('the causes of the seeded fleet', () => {
  it('name the image whose clones a host counts as one', () => {
    for (const name of ['farm-a', 'farm-b', 'farm-c'])
      expect(causeOf(name)).toMatchObject({ kind: 'duplicate-cmid', subject: expect.stringMatching(/^ami-/) });
    expect(causeOf('lab-web-01')?.kind).toBe('count-too-low');
  });

  it('look at the way where the host answers others, and renewals fail months before the end', () => {
    expect(causeOf('mail-01')).toMatchObject({
      kind: 'renewals-missed',
      detail: 'path-blocked',
      subject: 'kms-01.corp.example',
    });
    expect(causeOf('mail-02')?.key).toBe(causeOf('mail-01')?.key);
  });

  it('put machines that kept an assignment to a host that is no more into one group', () => {
    const group = groupByCause(results).find(({ cause }) => cause.kind === 'retired-assignment');

    expect(group).toMatchObject({ total: 3, cause: { subject: '10.20.99.99' } });
  });

  it('flag the machine that asks itself, though it is activated', () => {
    expect(causeOf('app-01')).toMatchObject({ kind: 'unknown-host', subject: '127.0.0.2', detail: 'loopback' });
  });
});

describe('the hosts of the seeded fleet', () => {
  it('tell their counts, their clients and their trouble', () => {
    expect(storyOf('kms-01')).toMatchObject({
      seen: 'asked',
      count: 50,
      saturated: true,
      listening: 'answers',
      keyGroup: 'Windows Server 2022',
    });
    expect(storyOf('kms-01')?.concerns).toContainEqual(
      expect.objectContaining({ kind: 'key-too-old', needs: 'Windows Server 2025' }),
    );
    expect(storyOf('kms-lab')?.concerns).toContainEqual(
      expect.objectContaining({ kind: 'duplicates', cmids: 1, machines: 3 }),
    );
    expect(storyOf('kms-lab')?.concerns).toContainEqual({ kind: 'below-threshold', of: 'server', count: 4, needed: 5 });
    expect(storyOf('app-03')?.firewall).toBe('closed');
  });

  it('are told by their clients where they have no agent', () => {
    expect(storyOf('kms-eu')).toMatchObject({ seen: 'by-clients', count: 50, listening: 'answers' });
    expect(storyOf('kms-new')?.concerns).toContainEqual({ kind: 'not-activated' });
    expect(report.hosts.find(({ name }) => name === '127.0.0.2')?.concerns).toContainEqual({
      kind: 'unknown-host',
      why: 'loopback',
      machines: 1,
    });
  });
});
