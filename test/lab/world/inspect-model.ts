/** `KmsBot-Inspect` as the lab runs it: the document's decisions over what a machine shows. */
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { readLocalFacts } from '../inspect/facts.ts';
import { holdsHostKey, readHostParts, startHostProbes, startOwnProbes } from '../inspect/host.ts';
import { addCut, wireLine } from '../inspect/line.ts';
import { readNetworkFacts } from '../inspect/network.ts';
import { askOutcome, createStopwatch, LIMITS } from '../inspect/run.ts';
import { findTargets, limitProbed, probeTargets } from '../inspect/targets.ts';
import { hostName } from '../inspect/text.ts';
import type { Surface } from './surface.ts';

/** What a run is told: the document's `Options`, and the machine's id as its agent knows it. */
export interface InspectRun {
  /** Nodes that bind the KMS interface rather than only connect; default none. */
  readonly bind?: 'all' | readonly string[];
  /** Spread of the start, seconds; at most 120 counts. */
  readonly jitter?: number;
  /** Names and networks that targets may lie in beyond the private ranges. */
  readonly known?: readonly string[];
  /** `AWS_SSM_INSTANCE_ID` of the agent's environment; without it the id of the instance metadata. */
  readonly nodeId?: string;
}

export interface Inspection {
  /** The line printed, without its line end (CR LF). */
  readonly line: string;
  /** The record as it stands in the line. */
  readonly record: WireRecord;
  /** Simulated duration, the delayed start included. */
  readonly seconds: number;
}

const MAX_JITTER_SECONDS = 120;
/** Starting Windows PowerShell and answering local questions on a healthy machine; an assumption, not a measurement. */
const START_SECONDS = 2;

const delaySeconds = (id: string, jitter: number): number => {
  if (jitter <= 0) return 0;
  const units = Array.from({ length: id.length }, (_, index) => id.charCodeAt(index));
  return units.reduce((hash, unit) => (hash * 31 + unit) % 1_000_003, 0) % Math.min(jitter, MAX_JITTER_SECONDS);
};

const emptyRecord = (at: number): WireRecord => ({
  v: 1,
  at,
  name: '',
  os: null,
  aws: null,
  svc: null,
  prod: null,
  spp: null,
  reg: null,
  net: null,
  dns: null,
  srv: null,
  tgt: null,
  clk: null,
  evt: null,
  rt: null,
  err: {},
});

/** Keys of the host half stand before what failed. */
const insertHostKeys = (record: Partial<WireRecord>): void => {
  const { err = {}, cut } = record;
  delete record.err;
  delete record.cut;
  Object.assign(record, { host: null, fw: null, req: null, pub: null, err }, cut ? { cut } : {});
};

/** The value of the document's parameter for these options. */
export const encodeOptions = ({ bind = [], jitter = 0, known = [] }: InspectRun): string =>
  Buffer.from(JSON.stringify({ bind, jitter, known }), 'utf8').toString('base64');

/** Runs the document's decisions on a machine. */
export const inspect = (surface: Surface, options: InspectRun = {}): Inspection => {
  const record = emptyRecord(Math.floor(surface.clockMs / 1000));
  const meta = createStopwatch(LIMITS.all);
  const identity = askOutcome(surface.imds());
  const [received] = meta.receive([identity], meta.allowance(LIMITS.meta));
  meta.pass([identity], LIMITS.meta);
  const found = received && 'value' in received ? received.value : undefined;
  if (found) record.aws = { ami: found.imageId, vpc: found.vpcId, bp: [...(found.billingProducts ?? [])] };
  const nodeId = options.nodeId || (found?.instanceId ?? '');
  const delay = delaySeconds(nodeId, options.jitter ?? 0);

  const watch = createStopwatch(LIMITS.all);
  const local = readLocalFacts(surface, watch);
  Object.assign(record, local.parts);
  const host = holdsHostKey(record) ? startHostProbes(surface, record.at, watch) : undefined;
  if (host) insertHostKeys(record);
  const network = readNetworkFacts(surface, local, watch);
  addCut(record, 'dom', network.domainsLeftOut);
  const { targets, srv } = findTargets(record, network.srv);
  Object.assign(record, { dns: network.dns, srv, clk: network.clk, tgt: targets });
  addCut(record, 'tgt', limitProbed(record));
  const own = host && startOwnProbes(surface, host, watch);
  const bind = options.bind === 'all' || (options.bind ?? []).includes(nodeId);
  record.tgt = probeTargets(surface, targets, { bind, known: (options.known ?? []).map(hostName) }, watch);
  const ofHost = own && readHostParts(own, watch);
  Object.assign(record, ofHost?.parts);
  const failed = {
    ...(received && 'error' in received ? { aws: received.error } : {}),
    ...local.failed,
    ...network.failed,
    ...ofHost?.failed,
  };
  record.err = inRecordOrder(record, failed);
  return { ...wireLine(record), seconds: START_SECONDS + delay + Math.ceil((meta.elapsed() + watch.elapsed()) / 1000) };
};

const inRecordOrder = (record: WireRecord, failed: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.keys(record).flatMap((key) => (failed[key] === undefined ? [] : [[key, failed[key]]])));
