/** The host half of the record: only of a machine that holds a KMS host key, and beside its other parts. */
import type { WireFirewall, WireHost, WirePublishing, WireRecord } from '../../../bot/domain/inspection-wire.ts';
import type { CimInstance, Surface, WindowsEvent } from '../world/surface.ts';
import { eventFields } from './events.ts';
import { askEvents } from './facts.ts';
import { askNetworks, firewallOf } from './firewall.ts';
import { HOST_QUESTIONS, PUBLISHING_EVENTS, REGISTRY_QUESTIONS } from './questions.ts';
import { askRequests, type ReadRequests } from './requests.ts';
import { askCim, LIMITS, type Received, type Running, type Stopwatch } from './run.ts';
import { askTarget, type Reach } from './targets.ts';
import { hex, hostName, number } from './text.ts';

const KMS_PORT = 1688;
const ROLE_MS = 12_000;
const OWN_MS = 8000;

type Parts = Pick<WireRecord, 'host' | 'fw' | 'req' | 'pub'>;

/** Whether the machine holds a KMS host key: by its licensing service, or by a product's channel. */
export const holdsHostKey = ({ svc, prod }: Partial<WireRecord>): boolean =>
  svc?.host === 1 || (prod ?? []).some(({ ch }) => /^VOLUME_KMS(?!CLIENT)/.test(ch));

/** Probes of the host half that run beside everything else. */
export interface HostProbes {
  readonly role: Running<readonly CimInstance[]>;
  readonly requests: Running<ReadRequests>;
  readonly publishing: Running<readonly WindowsEvent[]>;
}

/** Starts them. `now` in seconds, of the machine's clock. */
export const startHostProbes = (surface: Surface, now: number, watch: Stopwatch): HostProbes => ({
  role: watch.start(askCim(surface, HOST_QUESTIONS.role), ROLE_MS),
  requests: watch.start(askRequests(surface, now), LIMITS.requests),
  publishing: watch.start(askEvents(surface, PUBLISHING_EVENTS), LIMITS.requests),
});

const requestsOf = (row: CimInstance): WireHost['rq'] => {
  const counters = HOST_QUESTIONS.role.properties.slice(2, 10);
  return counters.map((name) => number(row[name])) as WireHost['rq'];
};

const roleOf = (row: CimInstance): WireHost => ({
  n: number(row.KeyManagementServiceCurrentCount),
  need: number(row.RequiredClientCount),
  rq: requestsOf(row),
  iv: [number(row.VLActivationInterval), number(row.VLRenewalInterval)],
  p: number(row.KeyManagementServiceListeningPort) || KMS_PORT,
  pub: row.KeyManagementServiceDnsPublishing === true ? 1 : 0,
  low: row.KeyManagementServiceLowPriority === true ? 1 : 0,
});

/** The role as read, and the probes that need its port. */
export interface OwnProbes extends Pick<HostProbes, 'requests' | 'publishing'> {
  readonly role: Received<WireHost>;
  readonly reach: Running<Reach> | undefined;
  readonly firewall: Running<WireFirewall>;
  readonly networks: Running<string>;
}

/** Waits for the role, then starts what needs its port. */
export const startOwnProbes = (surface: Surface, probes: HostProbes, watch: Stopwatch): OwnProbes => {
  const rows = watch.await(probes.role);
  const row = 'value' in rows ? rows.value[0] : undefined;
  const role: Received<WireHost> =
    'error' in rows ? rows : row === undefined ? { error: 'missing' } : { value: roleOf(row) };
  const port = 'value' in role ? role.value.p : registryPort(surface) || KMS_PORT;
  return {
    role,
    reach: 'value' in role ? watch.start(askTarget(surface, ['127.0.0.1'], port, true), OWN_MS) : undefined,
    firewall: watch.start(firewallOf(surface, port), OWN_MS),
    networks: watch.start(askNetworks(surface), OWN_MS),
    publishing: probes.publishing,
    requests: probes.requests,
  };
};

const registryPort = (surface: Surface): number => {
  const spp = surface.registry(REGISTRY_QUESTIONS.spp);
  return spp === 'missing' ? 0 : number(spp.KeyManagementServiceListeningPort?.value);
};

const publishingOf = (events: readonly WindowsEvent[]): { pub: WirePublishing; garbled: boolean } => {
  const pub: WirePublishing = { ok: null, no: null };
  let garbled = false;
  for (const event of events) {
    const fields = eventFields(event);
    const at = Math.floor(event.timeCreatedMs / 1000);
    const code = hex(fields?.[0]);
    if (fields !== undefined && event.id === 12294) pub.ok = [at, hostName(fields.at(-1))];
    else if (fields !== undefined && code !== undefined) pub.no = [at, code, hostName(fields[1])];
    else garbled = true;
  }
  return { pub, garbled };
};

/** Waits for everything that was started. */
export const readHostParts = (own: OwnProbes, watch: Stopwatch): { parts: Parts; failed: Record<string, string> } => {
  const failed: Record<string, string> = {};
  const keep = <T>(key: keyof Parts, received: Received<T>): T | null => {
    if ('value' in received) return received.value;
    failed[key] = received.error;
    return null;
  };
  const reach = own.reach && watch.await(own.reach);
  // Out of time is not the same as a connection that timed out: then nothing is said.
  const listening = reach !== undefined && 'value' in reach ? reach.value : {};
  const role = keep('host', own.role);
  const rule = watch.await(own.firewall);
  const networks = watch.await(own.networks);
  const a = 'value' in networks && networks.value.length === 1 ? { a: networks.value } : {};
  const fw = keep('fw', rule);
  const events = keep('pub', watch.await(own.publishing));
  const { pub, garbled } = events === null ? { pub: null, garbled: false } : publishingOf(events);
  if (garbled) failed.pub = 'garbled';
  const requests = keep('req', watch.await(own.requests));
  if (requests?.garbled) failed.req = 'garbled';
  const parts: Parts = {
    host: role && { ...role, ...listening },
    fw: fw && { ...fw, ...a },
    req: requests === null ? null : requests.req,
    pub,
  };
  return { parts, failed };
};
