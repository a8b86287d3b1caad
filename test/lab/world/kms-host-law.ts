/**
 * What a KMS host does with a request: compare clocks and key group, remember the CMID, answer with the count. The
 * client decides. The cache holds twice the highest count asked for, each CMID for thirty days. Microsoft, "KMS
 * activation planning" and "Guidelines for troubleshooting KMS".
 */
import {
  type Exchange,
  fullName,
  type HostAnswer,
  machineClock,
  requiredFor,
  writeContactEvent,
  writeHostEvent,
} from './activation-events.ts';
import { activates } from './editions.ts';
import type { LawContext, WindowsNode } from './law-context.ts';
import type { KmsService } from './network-path.ts';
import {
  CLOCK_TOLERANCE,
  CMID_LIFETIME,
  DAY,
  DEFAULT_ACTIVATION_MINUTES,
  DEFAULT_RENEWAL_MINUTES,
} from './time-spans.ts';
import type { LabForeignHost, LabKmsHostRole, LabWindows } from './types.ts';

/** Count that Amazon's servers report; the threshold never matters there. */
const AMAZON_COUNT = 50;
const RENEWAL = 7 * DAY;
/** A client outside Systems Manager that was silent for this long is taken to be gone. */
const GONE_AFTER = 14 * DAY;

const FAILED = { clock: 'C004F06C', notActivated: 'C004F041', mismatch: 'C004F042', tooFew: 'C004F038' } as const;

/** Processes one request; on a managed host it leaves its traces there. */
export function handleRequest(
  context: LawContext,
  service: KmsService,
  client: WindowsNode,
  exchange: Exchange,
): HostAnswer {
  if (service.kind === 'amazon') return answer('00000000', AMAZON_COUNT);
  if (service.kind === 'foreign') return foreignAnswer(service.host, exchange);
  const { windows } = service.node;
  const role = windows.kmsHostRole;
  if (role === undefined) throw new Error(`${service.node.id} is no KMS host`);
  const refusal = refusalOf(windows, role, exchange);
  renewOthers(context, windows, exchange.atMs);
  const count = refusal === undefined ? remember(role, client, exchange) : currentCount(role, exchange.atMs);
  note(role, exchange, refusal);
  writeHostEvent(windows, client, exchange, refusal ?? '00000000');
  return judged(answer(refusal ?? '00000000', count, role), exchange);
}

function foreignAnswer(host: LabForeignHost, exchange: Exchange): HostAnswer {
  const { windows } = exchange;
  const skew = windows.clockOffsetSeconds - (host.clockOffsetSeconds ?? 0);
  if (Math.abs(skew * 1000) > CLOCK_TOLERANCE) return answer(FAILED.clock, host.count);
  if (!host.activated) return answer(FAILED.notActivated, host.count);
  if (!activates(host.keyGroup, windows.generation)) return answer(FAILED.mismatch, host.count);
  return judged(answer('00000000', host.count), exchange);
}

function refusalOf(host: LabWindows, role: LabKmsHostRole, { windows, atMs }: Exchange): string | undefined {
  const skew = machineClock(windows, atMs) - machineClock(host, atMs);
  if (Math.abs(skew) > CLOCK_TOLERANCE) return FAILED.clock;
  if (!role.activated) return FAILED.notActivated;
  return activates(role.keyGroup, windows.generation) ? undefined : FAILED.mismatch;
}

function answer(hresult: string, count: number, role?: LabKmsHostRole): HostAnswer {
  return {
    hresult,
    count,
    activationMinutes: role?.activationIntervalMinutes ?? DEFAULT_ACTIVATION_MINUTES,
    renewalMinutes: role?.renewalIntervalMinutes ?? DEFAULT_RENEWAL_MINUTES,
  };
}

/** The client's own rule: licensed once the count reaches what its product asks for. */
function judged(from: HostAnswer, { windows, product }: Exchange): HostAnswer {
  const enough = from.count >= Number(requiredFor(windows, product));
  return from.hresult === '00000000' && !enough ? { ...from, hresult: FAILED.tooFew } : from;
}

/** Inserts or refreshes the client's CMID and gives the count; the oldest leaves a full cache. */
function remember(role: LabKmsHostRole, client: WindowsNode, exchange: Exchange): number {
  const { windows, product, atMs } = exchange;
  role.contacts[windows.cmid] = { atMs, name: fullName(client), requiredCount: Number(requiredFor(windows, product)) };
  const { count, most, oldest } = sweep(role, atMs);
  if (count <= 2 * most) return count;
  delete role.contacts[oldest];
  return count - 1;
}

/** One pass over the cache, since large fleets make it often: forgets what is too old, counts and measures the rest. */
function sweep({ contacts }: LabKmsHostRole, atMs: number): { count: number; most: number; oldest: string } {
  let [count, most, oldest, oldestAt] = [0, 5, '', Number.POSITIVE_INFINITY];
  for (const cmid in contacts) {
    const contact = contacts[cmid];
    if (contact === undefined) continue;
    if (atMs - contact.atMs > CMID_LIFETIME) {
      delete contacts[cmid];
      continue;
    }
    count += 1;
    if (contact.requiredCount > most) most = contact.requiredCount;
    if (contact.atMs < oldestAt) [oldest, oldestAt] = [cmid, contact.atMs];
  }
  return { count, most, oldest };
}

/**
 * Clients that are no machine of this world (laptops, other accounts) go on renewing every week, unless they had been
 * silent for two weeks already.
 */
export function renewOthers(context: LawContext, host: LabWindows, atMs: number): void {
  const role = host.kmsHostRole;
  if (context.othersRenew === false || role === undefined) return;
  for (const [cmid, contact] of Object.entries(role.contacts)) {
    const age = atMs - contact.atMs;
    if (age < RENEWAL || age > GONE_AFTER || isManaged(context, contact.name)) continue;
    for (let renewal = RENEWAL; renewal <= age; renewal += RENEWAL) {
      contact.atMs += RENEWAL;
      role.totals.total += 1;
      role.totals.byStatus[1] = (role.totals.byStatus[1] ?? 0) + 1;
      writeContactEvent(host, cmid, contact);
    }
  }
}

function isManaged(context: LawContext, name: string): boolean {
  return context.index.byName(name.split('.')[0] ?? '') !== undefined;
}

/** CMIDs of the last thirty days: what `KeyManagementServiceCurrentCount` says. */
export function currentCount(role: LabKmsHostRole, atMs: number): number {
  return Object.values(role.contacts).filter((contact) => atMs - contact.atMs <= CMID_LIFETIME).length;
}

function note(role: LabKmsHostRole, { product }: Exchange, refusal: string | undefined): void {
  role.totals.total += 1;
  if (refusal !== undefined) role.totals.failed += 1;
  role.totals.byStatus[product.status] = (role.totals.byStatus[product.status] ?? 0) + 1;
}
