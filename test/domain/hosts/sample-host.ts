/** A KMS host that is well, as its record tells of it, and stories of it with some parts changed. */
import type { FleetSummary, HostReach } from '../../../bot/domain/fleet/fleet-summary.ts';
import { emptySummary } from '../../../bot/domain/fleet/fleet-summary.ts';
import type { HostStory } from '../../../bot/domain/hosts/host-story.ts';
import { type HostsInput, tellHosts } from '../../../bot/domain/hosts/tell-hosts.ts';
import type {
  WireFirewall,
  WireHost,
  WireProduct,
  WirePublishing,
  WireRecord,
  WireRequests,
} from '../../../bot/domain/inspection-wire.ts';
import { AT_SECONDS, managedNode, NOW_MS, recordOf, wireProduct } from '../sample-record.ts';

export const DAY = 86_400;

export const hostKey = (changes: Partial<WireProduct> = {}): WireProduct => {
  const { disc: _found, ...product } = wireProduct({ ch: 'VOLUME_KMS_WS22', key: 'H7KQ2', min: 0, vt: 0, ...changes });
  return product;
};

export const wireHost = (changes: Partial<WireHost> = {}): WireHost => ({
  n: 50,
  need: 25,
  rq: [1000, 20, 0, 900, 60, 0, 0, 20],
  iv: [120, 10_080],
  p: 1688,
  pub: 1,
  low: 0,
  tcp: 'ok',
  bind: 'ok',
  ...changes,
});

export const wireRequests = (changes: Partial<WireRequests> = {}): WireRequests => ({
  s: AT_SECONDS - 30 * DAY,
  ok: 1,
  n: 300,
  c: 60,
  w: 30,
  d: [10, 10, 10, 10, 10, 10],
  f: [],
  dup: [],
  ...changes,
});

const open: WireFirewall = { r: 'dpu', on: 'dpu', a: 'd' };
const published: WirePublishing = { ok: [AT_SECONDS - 600, 'corp.example'], no: null };

export const hostRecord = (changes: Partial<WireRecord> = {}): Partial<WireRecord> => ({
  name: 'KMS1',
  prod: [hostKey()],
  svc: { ver: '10.0.20348.1', cmid: '1f1c0a52-6f0e-4a0e-9f1c-0c7b4b5f2a10', host: 1, cache: 1, rearm: 1001 },
  net: { if: [{ ip: ['10.20.0.40'], gw: ['10.20.0.1'], dns: ['10.20.0.2'], sfx: '' }], sfx: 'corp.example', list: [] },
  host: wireHost(),
  fw: open,
  req: wireRequests(),
  pub: published,
  ...changes,
});

export const kms1 = managedNode({ id: 'i-kms1', name: 'KMS1' });

export const reach = (changes: Partial<HostReach> = {}): HostReach => ({
  host: 'kms1.corp.example:1688',
  reached: 40,
  failed: 0,
  builds: [{ build: 20_348, needs: 5, machines: 40 }],
  refused: [],
  ...changes,
});

export const fleet = (...reaches: readonly HostReach[]): FleetSummary => ({ ...emptySummary(NOW_MS), reach: reaches });

export const inputOf = (changes: Partial<HostsInput> = {}): HostsInput => ({
  hosts: [],
  samples: {},
  knownHosts: [],
  sites: [],
  unread: [],
  startedAtMs: NOW_MS,
  nowMs: NOW_MS,
  ...changes,
});

export const factsOf = (changes: Partial<WireRecord> = {}) => ({
  node: kms1,
  record: recordOf(hostRecord(changes)),
  recordAtMs: NOW_MS,
  askedNow: true,
});

/** The story of the host with these parts of its record changed. */
export function storyOf(changes: Partial<WireRecord> = {}, input: Partial<HostsInput> = {}): HostStory {
  const [story] = tellHosts(inputOf({ hosts: [factsOf(changes)], fleet: fleet(reach()), ...input })).hosts;
  if (story === undefined) throw new Error('no story was told');
  return story;
}
