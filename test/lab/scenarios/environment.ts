/** A small company in good order: a network, its zones, a KMS host with clients, and the machine the story is about. */
import { guid, hexDigits, random, whole } from '../random.ts';
import type { Generation } from '../world/editions.ts';
import { healthyNode, type NodeSketch } from '../world/healthy-node.ts';
import { runsWindows, type WindowsNode } from '../world/law-context.ts';
import { setLicensed } from '../world/licence-products.ts';
import { hostRole, makeController, makeHost, makeMember } from '../world/special-roles.ts';
import { DAY, HOUR, MINUTE } from '../world/time-spans.ts';
import type { LabForeignHost, LabKmsHostRole, LabVpc, WindowsLanguage, WorldState } from '../world/types.ts';
import { corporateZone, directoryZone, vpcNamed } from './small-network.ts';

/** Noon of a day in the lab's present: when machines of scenarios are diagnosed. */
export const SCENARIO_NOW = Date.UTC(2026, 10, 22, 12);

/** Where machines and records of a small company are. */
export const PLACE = {
  domain: 'corp.example',
  directory: 'ad.corp.example',
  host: '10.20.1.10',
  secondHost: '10.20.1.11',
  controller: '10.20.2.10',
  retired: '10.20.1.99',
  onPremises: '192.168.20.30',
} as const;

/** What kind of machine the story is about, and in what company. */
export interface EnvironmentOptions {
  readonly seed: number;
  readonly generation?: Generation;
  readonly edition?: string;
  readonly language?: WindowsLanguage;
  readonly name?: string;
  /** Member of the Active Directory domain, whose controller it asks for names. */
  readonly member?: boolean;
  readonly licenceIncluded?: boolean;
  /** Where its KMS host is: a managed node of the fleet, or on premises without an agent. */
  readonly host?: 'managed' | 'on-premises';
  /** Whether the configuration names a host that is on premises; it does when absent. */
  readonly configured?: boolean;
  readonly hostName?: string;
  readonly keyGroup?: LabKmsHostRole['keyGroup'];
  /** Clients outside Systems Manager that the host has counted; 40 when absent. */
  readonly outsiders?: number;
  /** Other machines of the fleet; 3 when absent. */
  readonly others?: number;
}

/** The parts of a company that stories change. */
export interface Environment {
  readonly state: WorldState;
  readonly subject: WindowsNode;
  /** Absent where the KMS host is on premises. */
  readonly host?: WindowsNode;
  readonly foreignHost?: LabForeignHost;
  readonly others: readonly WindowsNode[];
  /** Full name of the KMS host, as its record says it. */
  readonly hostName: string;
  readonly next: () => number;
  /** When the company starts to live. */
  readonly startMs: number;
}

/** Builds a company; nobody in it has asked for activation yet. */
export function buildEnvironment(options: EnvironmentOptions): Environment {
  const next = random(options.seed);
  const startMs = SCENARIO_NOW - 9 * DAY;
  const hostName = `${(options.hostName ?? 'kms-01').toLowerCase()}.${PLACE.domain}`;
  const address = options.host === 'on-premises' ? PLACE.onPremises : PLACE.host;
  const state = emptyState(hostName, address);
  const add = machineMaker(state, next, startMs);
  const company: { host?: WindowsNode; foreignHost?: LabForeignHost } = {};
  if (options.host === 'on-premises') {
    company.foreignHost = foreignHost(hostName, options);
    state.foreignHosts.push(company.foreignHost);
  } else {
    const sketch = { name: options.hostName ?? 'kms-01', address };
    company.host =
      options.keyGroup === '10'
        ? add({ ...sketch, generation: '10' }, 'Enterprise')
        : add({ ...sketch, generation: '2022' }, 'ServerDatacenter');
    makeCorporateHost(company.host, options, next, startMs);
  }
  if (options.member === true) addController(state, add);
  const subject = add(subjectSketch(options, next), options.edition);
  if (options.member === true) makeMember(subject, PLACE.directory, PLACE.controller);
  if (options.licenceIncluded === true) Object.assign(subject.windows, { kmsHost: '169.254.169.250', kmsPort: 1688 });
  const others = Array.from({ length: options.others ?? 3 }, (_, i) => add(otherSketch(i, next)));
  return { state, subject, ...company, others, hostName, next, startMs };
}

function emptyState(hostName: string, address: string): WorldState {
  const corp = vpcNamed('corp');
  const lab = vpcNamed('lab');
  return {
    sites: [{ id: 'tokyo', account: '111122223333', region: 'ap-northeast-1' }],
    nodes: [],
    vpcs: [corp, lab],
    zones: [corporateZone([corp.id, lab.id], hostName, address)],
    foreignHosts: [],
    blocked: [],
    dnsServers: [],
  };
}

type Sketch = Partial<NodeSketch> & Pick<NodeSketch, 'name' | 'address'>;

/** Adds machines to the first VPC. */
export type MachineMaker = (sketch: Sketch, edition?: string) => WindowsNode;

function machineMaker(state: WorldState, next: () => number, nowMs: number): MachineMaker {
  return (sketch, edition) => {
    const node = healthyNode({
      id: `i-0${hexDigits(next, 16)}`,
      site: 'tokyo',
      vpc: state.vpcs[0] as LabVpc,
      generation: '2019',
      nowMs,
      ...(edition === undefined ? {} : { edition }),
      ...sketch,
    });
    if (!runsWindows(node)) throw new Error(`${node.name} is no Windows`);
    node.windows.cmid = guid(next);
    state.nodes.push(node);
    return node;
  };
}

/** Adds one more machine in the manner of the others. */
export function addMachine({ state, next, startMs }: Environment, sketch: Sketch, edition?: string): WindowsNode {
  return machineMaker(state, next, startMs)(sketch, edition);
}

function subjectSketch(options: EnvironmentOptions, next: () => number): Sketch {
  return {
    name: options.name ?? 'app-01',
    address: `10.20.10.${20 + whole(next, 200)}`,
    generation: options.generation ?? '2022',
    ...(options.language === undefined ? {} : { language: options.language }),
    licenceIncluded: options.licenceIncluded === true,
  };
}

const OTHER_GENERATIONS: readonly Generation[] = ['2016', '2019', '2022', '10', '2012R2'];

function otherSketch(index: number, next: () => number): Sketch {
  const generation = OTHER_GENERATIONS[whole(next, OTHER_GENERATIONS.length)] ?? '2019';
  return { name: `srv-${String(index + 1).padStart(2, '0')}`, address: `10.20.11.${20 + index}`, generation };
}

function makeCorporateHost(host: WindowsNode, options: EnvironmentOptions, next: () => number, nowMs: number): void {
  makeHost(host, { ...hostRole(options.keyGroup ?? '2022'), publishing: false, publishDomains: [PLACE.domain] });
  host.windows.primarySuffix = PLACE.domain;
  const role = host.windows.kmsHostRole;
  if (role !== undefined) addOutsiders(role, options.outsiders ?? 40, next, nowMs);
}

/** Clients outside Systems Manager, counted within the last week; they go on renewing. */
export function addOutsiders(role: LabKmsHostRole, count: number, next: () => number, nowMs: number): void {
  const known = Object.keys(role.contacts).length;
  for (let i = 0; i < count; i++) {
    const atMs = nowMs - MINUTE * whole(next, 10_000);
    role.contacts[guid(next)] = { atMs, name: `note-${100 + known + i}.${PLACE.domain}`, requiredCount: 25 };
  }
}

function foreignHost(name: string, options: EnvironmentOptions): LabForeignHost {
  return {
    name,
    addresses: [PLACE.onPremises],
    port: 1688,
    listening: true,
    speaksKms: true,
    activated: true,
    keyGroup: options.keyGroup ?? '2022',
    count: options.outsiders ?? 40,
  };
}

/** Active Directory with one controller; its zone has the same record as the corporate one. */
function addController(state: WorldState, add: MachineMaker): void {
  const controller = add({ name: 'dc-01', address: PLACE.controller, generation: '2022' }, 'ServerStandard');
  makeMember(controller, PLACE.directory, PLACE.controller);
  makeController(controller, PLACE.directory);
  state.zones.push(directoryZone(PLACE.directory, controller.name, PLACE.controller));
}

/** How the machine stood when it broke: never activated, expired, or still licensed and failing to renew. */
export type Past = 'never' | 'lapsed' | 'renewals-missed';

/** Gives a machine its past, as of now; its own log of that time is gone. */
export function setPast(node: WindowsNode, past: Past, next: () => number, nowMs: number): void {
  const { windows } = node;
  windows.events = windows.events.filter((event) => event.log !== 'Application');
  for (const product of windows.products.filter((known) => known.description.includes('VOLUME_KMSCLIENT'))) {
    if (past === 'renewals-missed') setLicensed(product, nowMs - DAY * (16 + whole(next, 120)));
    else if (past === 'lapsed') Object.assign(product, { status: 5, statusReason: 'C004F056', endsAtMs: 0 });
    else Object.assign(product, NEVER, { endsAtMs: nowMs + DAY * (3 + whole(next, 25)) + HOUR });
  }
}

const NEVER = {
  status: 2,
  statusReason: '4004F00C',
  activationType: 0,
  discoveredHost: '',
  discoveredPort: 0,
  discoveredAddress: '',
} as const;
