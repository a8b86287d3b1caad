/** Hosts that could activate the machine: who they are, where they resolve to, whether they answer. */
import { addressBytes, isOurs } from '../../../bot/domain/addresses.ts';
import type { WireProduct, WireRecord, WireSrv, WireTarget } from '../../../bot/domain/inspection-wire.ts';
import type { DnsAnswer, Surface, TcpOutcome } from '../world/surface.ts';
import { bindResult } from './bind.ts';
import type { NamedSrv } from './network.ts';
import { askAddresses, LIMITS, type Probe, type Received, type Stopwatch } from './run.ts';
import { distinct, isDnsName, lower } from './text.ts';

const KMS_PORT = 1688;
const AMAZON = ['169.254.169.250', '169.254.169.251'];
const MAX_TARGETS = 16;
const MAX_ADDRESSES = 8;
const MAX_TRIED = 4;
const CONNECT_MS = 2500;
const BIND_MS = 4000;

/** Targets with the domains' answers pointing at them. */
export interface Found {
  readonly targets: WireTarget[];
  readonly srv: WireSrv[];
}

const addTarget = (targets: WireTarget[], name: string, port: number, by: string): number => {
  const p = port === 0 ? KMS_PORT : port;
  const index = targets.findIndex((target) => target.n === name && target.p === p);
  const known = targets[index];
  if (known === undefined) return targets.push({ n: name, p, by }) - 1;
  if (!known.by.includes(by)) known.by += by;
  return index;
};

/** Those a client would go to first come first: assigned, Amazon's, from DNS, remembered. */
export const findTargets = (parts: Partial<WireRecord>, srv: readonly NamedSrv[]): Found => {
  const targets: WireTarget[] = [];
  const products: readonly WireProduct[] = parts.prod ?? [];
  for (const { kms } of [...products, ...(parts.svc ? [parts.svc] : [])]) {
    if (kms) addTarget(targets, kms[0], kms[1], 'a');
  }
  if ((parts.aws?.bp.length ?? 0) > 0) for (const address of AMAZON) addTarget(targets, address, KMS_PORT, 'z');
  const pointed = srv.map(({ a, ...entry }): WireSrv => {
    if (a === undefined) return entry;
    return { ...entry, a: a.map(([pr, w, port, name]) => [pr, w, port, addTarget(targets, name, port, 's')]) };
  });
  for (const { disc } of products) if (disc) addTarget(targets, disc[0], disc[1], 'd');
  return { targets, srv: pointed };
};

/** Cuts the targets to `max`; where one goes, its name takes its index's place. Returns how many went. */
export const limitTargets = (record: Pick<WireRecord, 'srv' | 'tgt'>, max: number): number => {
  const targets = record.tgt;
  if (targets === null || targets.length <= max) return 0;
  for (const answer of (record.srv ?? []).flatMap(({ a }) => a ?? [])) {
    const index = answer[3];
    if (typeof index === 'number' && index >= max) answer[3] = targets[index]?.n ?? '';
  }
  return targets.splice(max).length;
};

/** How many targets are probed at all. */
export const limitProbed = (record: Pick<WireRecord, 'srv' | 'tgt'>): number => limitTargets(record, MAX_TARGETS);

const literal = (name: string): string => name.replace(/^[[\]]+|[[\]]+$/g, '');

const addressesOf = (answers: readonly DnsAnswer[]): string[] => {
  const of = (type: 'A' | 'AAAA') => answers.flatMap((answer) => (answer.type === type ? [lower(answer.address)] : []));
  return distinct([...of('A'), ...of('AAAA')]).slice(0, MAX_ADDRESSES);
};

const resolved = (received: Received<readonly DnsAnswer[]>): { ip: string[] } | { e: string } => {
  if ('error' in received) return { e: received.error };
  const ip = addressesOf(received.value);
  return ip.length === 0 ? { e: 'nodata' } : { ip };
};

const resolveTargets = (surface: Surface, targets: readonly WireTarget[], watch: Stopwatch): WireTarget[] => {
  const allowance = watch.allowance(LIMITS.name);
  const probes: Probe<readonly DnsAnswer[]>[] = [];
  const results = targets.map((target): WireTarget => {
    const address = literal(target.n);
    if (addressBytes(address) !== undefined) return { ...target, ip: [address] };
    if (!isDnsName(target.n)) return { ...target, e: 'invalid-name' };
    const probe = askAddresses(surface, target.n);
    probes.push(probe);
    return { ...target, ...resolved(watch.receive([probe], allowance)[0] ?? { error: 'empty' }) };
  });
  watch.pass(probes, allowance);
  return results;
};

/** What connecting to a target gave. */
export type Reach = Pick<WireTarget, 'tcp' | 'bind'>;

const TCP_MS: Readonly<Record<TcpOutcome, number>> = { ok: 0, refused: 0, unreachable: 0, timeout: CONNECT_MS };

/** Connects to the first address that accepts, and binds there when told to. */
export const askTarget = (
  surface: Surface,
  addresses: readonly string[],
  port: number,
  bind: boolean,
): Probe<Reach> => {
  let ms = 0;
  let first: TcpOutcome | undefined;
  for (const address of addresses.slice(0, MAX_TRIED)) {
    const tcp = surface.tcp(address, port);
    ms += TCP_MS[tcp];
    first ??= tcp;
    if (tcp !== 'ok') continue;
    if (!bind) return { value: { tcp }, ms };
    const outcome = surface.bind(address, port);
    return { value: { tcp, bind: bindResult(outcome) }, ms: ms + (outcome === 'silent' ? BIND_MS : 0) };
  }
  return { value: { tcp: first ?? 'timeout' }, ms };
};

/** Resolves every target, then connects to (and binds) those that can be ours. */
export const probeTargets = (
  surface: Surface,
  targets: readonly WireTarget[],
  options: { readonly bind: boolean; readonly known: readonly string[] },
  watch: Stopwatch,
): WireTarget[] => {
  const named = resolveTargets(surface, targets, watch);
  const allowance = watch.allowance(LIMITS.reach);
  const probes: Probe<Reach>[] = [];
  const results = named.map((target): WireTarget => {
    if (target.ip === undefined) return target;
    const addresses = target.ip.filter((address) => isOurs(target.n, address, options.known));
    if (addresses.length === 0) return { ...target, skip: 'not-ours' };
    const probe = askTarget(surface, addresses, target.p, options.bind);
    probes.push(probe);
    const [received] = watch.receive([probe], allowance);
    return { ...target, ...(received && 'value' in received ? received.value : { tcp: 'timeout' }) };
  });
  watch.pass(probes, allowance);
  return results;
};
