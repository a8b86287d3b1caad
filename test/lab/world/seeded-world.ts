/** The world the lab starts with: the same for the same seed and start time. */
import { guid, hexDigits, random, seedOf, whole } from '../random.ts';
import { writeEvent } from './activation-events.ts';
import { generatedLives } from './generated-fleet.ts';
import { healthyNode } from './healthy-node.ts';
import { seededKeys } from './key-book.ts';
import { runsWindows, type WindowsNode } from './law-context.ts';
import { createNodeIndex } from './node-index.ts';
import { type FleetRow, SEEDED_FLEET } from './seeded-fleet.ts';
import { type Life, liveThrough } from './seeded-history.ts';
import {
  ADDRESS,
  FRANKFURT,
  NETWORK_PREFIX,
  type Network,
  seededForeignHosts,
  seededVpcs,
  seededZones,
  TOKYO,
  vpcOf,
} from './seeded-network.ts';
import { SPECIAL_ROLES } from './special-roles.ts';
import { DAY, HOUR } from './time-spans.ts';
import type { LabNode, WorldState } from './types.ts';

/** What a world is made from. */
export interface SeedOptions {
  readonly seed: number;
  /** Simulated time of the start. */
  readonly nowMs: number;
  /** Machines in the default site, filled up with generated ones; the seeded ones alone when absent. */
  readonly nodes?: number;
}

/** Addresses that records name; every other machine gets the next free one of its network. */
const FIXED_ADDRESS: Readonly<Record<string, string>> = {
  'kms-01': ADDRESS.kmsHost,
  'kms-lab': ADDRESS.kmsLab,
  'dc-01': ADDRESS.controller,
  'dc-lab-2': ADDRESS.labController,
  'app-03': ADDRESS.accidentalHost,
};

const OFFLINE_SINCE = 6 * DAY + 5 * HOUR;
const STOPPED_SINCE = 9 * DAY;

/** One image a generation and language; the farm's machines share an image of their own. */
function imageOf(row: FleetRow): string {
  const name = row.role === 'farm' ? 'farm' : `${row.generation}/${row.language}/${row.special === 'licence-included'}`;
  return `ami-0${hexDigits(random(seedOf(name)), 16)}`;
}

/** Builds the world: network, machines, and the weeks they have behind them. */
export function seededWorld({ seed, nowMs, nodes }: SeedOptions): WorldState {
  const next = random(seed);
  const state = emptyWorld();
  const machines = [
    ...SEEDED_FLEET.tokyo.map((row, index) => machineOf(state, row, 'tokyo', index, next, nowMs)),
    ...SEEDED_FLEET.frankfurt.map((row, index) => machineOf(state, row, 'frankfurt', index, next, nowMs)),
  ];
  const generated = generatedLives(state, Math.max(0, (nodes ?? 0) - SEEDED_FLEET.tokyo.length), next, nowMs);
  state.nodes.push(...machines.map(({ node }) => node));
  for (const { node } of generated) state.nodes.push(node);

  const lives = [...outsideLives(state, nowMs), ...machines.flatMap((m) => livesOf(m, nowMs)), ...generated];
  const context = { state, random: next, index: createNodeIndex(state), othersRenew: false };
  liveThrough(context, lives, nowMs);
  for (const { node, row } of machines) setPresence(node, row, nowMs);
  noteRefusedPublishing(state, nowMs);
  return state;
}

function emptyWorld(): WorldState {
  return {
    sites: [{ ...TOKYO }, { ...FRANKFURT }],
    nodes: [],
    vpcs: seededVpcs(),
    zones: seededZones(),
    foreignHosts: seededForeignHosts(),
    blocked: [],
    keys: seededKeys(),
  };
}

interface Machine {
  readonly node: LabNode;
  readonly row: FleetRow;
}

function machineOf(
  state: WorldState,
  row: FleetRow,
  site: string,
  index: number,
  next: () => number,
  nowMs: number,
): Machine {
  const vpc = vpcOf(state, row.network);
  const node = healthyNode({
    id: vpc === undefined ? `mi-0${hexDigits(next, 16)}` : `i-0${hexDigits(next, 16)}`,
    site,
    name: row.name,
    address: FIXED_ADDRESS[row.name] ?? addressOf(row.network, index),
    generation: row.generation,
    edition: row.edition,
    language: row.language,
    imageId: imageOf(row),
    licenceIncluded: row.special === 'licence-included',
    tags: tagsOf(row),
    nowMs,
    ...(vpc === undefined ? {} : { vpc }),
  });
  setAccess(node, row);
  if (!runsWindows(node)) return { node, row };
  node.windows.cmid = guid(next);
  // Machines on premises have no DHCP domain of ours: they ask the domain's controller over the VPN.
  if (vpc === undefined) for (const adapter of node.windows.adapters) adapter.dnsServers = [ADDRESS.controller];
  if (row.network === 'edge') node.windows.searchList = ['corp.example'];
  if (row.special !== undefined) SPECIAL_ROLES[row.special](node, nowMs);
  return { node, row };
}

/** Machines whose way to AWS is another than that of all others. */
const ACCESS: Readonly<Record<string, Partial<Pick<LabNode, 'role' | 'tools' | 'internet'>>>> = {
  'web-01': { tools: true },
  'app-02': { role: { name: 'app-without-keys', from: 'instance', readsSecrets: false } },
  'app-01': { role: { name: 'AWSSystemsManagerDefaultEC2InstanceManagementRole', from: 'agent', readsSecrets: false } },
  'db-01': { role: { name: 'AWSSystemsManagerDefaultEC2InstanceManagementRole', from: 'agent', readsSecrets: true } },
  'web-03': { internet: false },
  'build-9': { internet: false },
};

function setAccess(node: LabNode, { name }: FleetRow): void {
  Object.assign(node, ACCESS[name]);
}

function addressOf(network: Network, index: number): string {
  const third = network === 'onprem' ? 20 : 10 + (index % 3);
  return `${NETWORK_PREFIX[network]}.${third}.${100 + index}`;
}

function tagsOf(row: FleetRow): Record<string, string> {
  const tags = { Name: row.name, Env: row.env, Role: row.role };
  return row.presence === 'untagged' ? tags : { ...tags, KmsManaged: 'true' };
}

function livesOf({ node, row }: Machine, nowMs: number): Life[] {
  if (!runsWindows(node) || row.presence === 'linux') return [];
  return [
    {
      node,
      weeks: 4,
      ...(row.way === undefined ? {} : { way: row.way }),
      ...(row.past === undefined ? {} : { past: row.past }),
      // A machine whose agent alone is lost goes on renewing; a stopped one does not.
      ...(row.presence === 'stopped' ? { untilMs: nowMs - STOPPED_SINCE } : {}),
    },
  ];
}

function setPresence(node: LabNode, row: FleetRow, nowMs: number): void {
  const { agent } = node;
  switch (row.presence) {
    case 'offline':
      Object.assign(agent, { online: false, lastPingMs: nowMs - OFFLINE_SINCE });
      break;
    case 'stopped':
      node.instanceState = 'stopped';
      Object.assign(agent, { online: false, lastPingMs: nowMs - STOPPED_SINCE });
      break;
    case 'no-agent':
      Object.assign(agent, { registered: false, online: false, version: '', lastPingMs: 0 });
      break;
    case 'linux':
      node.platform = 'linux';
      node.usageOperation = 'RunInstances';
      delete node.windows;
      break;
    default:
  }
}

/** Clients of our hosts that no one manages: laptops and other accounts. Some were switched off weeks ago. */
function outsideLives(state: WorldState, nowMs: number): Life[] {
  const main = Array.from({ length: 34 }, (_, i) => outsider(state, 'corp', `note-${100 + i}`, i, nowMs));
  const lives = main.map(
    (node, i): Life => ({ node, weeks: 5, ...(i >= 26 ? { untilMs: nowMs - (14 + i - 25) * DAY } : {}) }),
  );
  return [...lives, { node: outsider(state, 'lab', 'lab-old-1', 90, nowMs), weeks: 4 }];
}

function outsider(state: WorldState, network: Network, name: string, index: number, nowMs: number): WindowsNode {
  const vpc = vpcOf(state, network);
  const node = healthyNode({
    id: `i-${hexDigits(random(seedOf(name)), 17)}`,
    site: TOKYO.id,
    name,
    address: `${NETWORK_PREFIX[network]}.60.${10 + index}`,
    generation: network === 'lab' ? '2019' : '11',
    nowMs,
    ...(vpc === undefined ? {} : { vpc }),
  });
  if (!runsWindows(node)) throw new Error(`${name} is no Windows`);
  node.windows.primarySuffix = `${network}.example`;
  return node;
}

/** The small host still tries to publish in a Route 53 zone, which takes no dynamic updates: one 12293 a day. */
function noteRefusedPublishing(state: WorldState, nowMs: number): void {
  const host = state.nodes.find((node) => node.name === 'kms-lab');
  if (!runsWindows(host)) return;
  for (let day = 5; day >= 1; day--) {
    const atMs = nowMs - day * DAY + whole(random(day), HOUR);
    writeEvent(host.windows, 'Application', 12293, atMs, ['0x8007232D', 'lab.example']);
  }
  host.windows.events.sort((a, b) => a.atMs - b.atMs);
}
