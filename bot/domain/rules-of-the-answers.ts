/** Rules about what host and client said to each other at the last attempt, and about the clock between them. */
import type { CauseKind } from './check-report.ts';
import type { CauseRule, Finding } from './finding.ts';
import type { Hresult } from './hresult.ts';
import type { OperatingSystem, ResponseEvent } from './inspection-record.ts';
import { type EventFailure, type Facts, isFailure } from './judge-facts.ts';
import { asAssigned, hasState, hostName } from './rules-of-the-path.ts';

/**
 * Seconds a client's clock may differ from the host's: four hours.
 *
 * Microsoft, "Error 0xC004F06C when activating Windows".
 */
export const CLOCK_TOLERANCE_SECONDS = 14_400;

/** Clients a KMS host must have counted before it activates one. Microsoft, "KMS activation planning". */
export const requiredCount = (kind: OperatingSystem['kind']): number => (kind === 'workstation' ? 25 : 5);

/** `SL_VL_BINDING_STATUS_ERROR_NOT_ENOUGH_COUNT`: bit of the status flags in event 12289. */
const NOT_ENOUGH_COUNT = 0x0400_0000;

const NO_HOST_REACHED: Hresult = '0xC004F074';

/** Inner codes that name a cause by themselves, from events or the licence's status reason. */
const CODES: Readonly<Record<Hresult, CauseKind>> = {
  '0xC004F06C': 'clock-skew',
  '0xC004F042': 'host-too-old',
  '0x4004F042': 'host-too-old',
  '0xC004F015': 'host-too-old',
  '0xC004F041': 'host-not-activated',
  '0xC004F038': 'count-too-low',
  '0xC004F039': 'target-not-kms',
  '0x800706D9': 'target-not-kms',
  '0xC004F014': 'no-key',
  '0xC004F069': 'wrong-key',
  '0x8007232B': 'no-srv-record',
  '0x8007251D': 'no-srv-record',
  '0x80092328': 'no-srv-record',
  '0x8007232A': 'dns-server-silent',
  '0x8007267C': 'no-dns-server',
};

/** RPC failures: the host was not reached, whatever the layer. */
const UNREACHED: readonly Hresult[] = ['0xC0020017', '0x800706BA', '0x800706BB', '0x800706BE', '0x800705B4'];

/** The machine's clock, against a time server. */
export function clockOff({ record }: Facts): Finding | undefined {
  const seconds = record.clock.read ? record.clock.value?.seconds : undefined;
  return seconds !== undefined && Math.abs(seconds) > CLOCK_TOLERANCE_SECONDS ? { kind: 'clock-skew' } : undefined;
}

/** Causes that lie with a host, and are named after it. */
const ABOUT_HOST: readonly CauseKind[] = ['host-too-old', 'host-not-activated', 'count-too-low', 'target-not-kms'];

/** A rule: the last attempt, or else the status reason, carries a code that names this cause. */
export function byCode(kind: CauseKind): CauseRule['find'] {
  return (facts) => {
    const failure = saidFailures(facts).find(({ code }) => CODES[code] === kind);
    if (failure === undefined) return undefined;
    const host = ABOUT_HOST.includes(kind) ? (failure.host ?? hostOfPath(facts)) : undefined;
    return { kind: asAssigned(kind, facts.path), code: failure.code, ...(host === undefined ? {} : { subject: host }) };
  };
}

/** The status reason outlives the attempt it came from, so it counts only where the last attempt told nothing. */
function saidFailures({ eventFailures, product }: Facts): readonly EventFailure[] {
  const telling = eventFailures.filter(({ code }) => code !== NO_HOST_REACHED);
  return telling.length > 0 || product === undefined ? telling : [{ code: product.reason }];
}

function hostOfPath({ path, lastHost }: Facts): string | undefined {
  const host = lastHost ?? path.assigned?.host ?? path.targets[0]?.host;
  return host === undefined ? undefined : hostName(host);
}

/** The host answered, and did not activate because it had counted too few; `kind` is absent when it is not known. */
export function refusedForCount(response: ResponseEvent, kind: OperatingSystem['kind'] | undefined): boolean {
  if (response.activated) return false;
  if (isFailure(response.code)) return CODES[response.code] === 'count-too-low';
  const isFlagged = (response.statusFlags & NOT_ENOUGH_COUNT) !== 0;
  return isFlagged || (kind !== undefined && response.count < requiredCount(kind));
}

/** The host's answer shows its count even where it carries no error. */
export function countTooLow(facts: Facts): Finding | undefined {
  const said = byCode('count-too-low')(facts);
  const { response, os } = facts;
  if (said !== undefined || response === undefined || isFailure(response.code)) return said;
  if (!refusedForCount(response, os?.kind)) return undefined;
  const host = hostOfPath(facts);
  return { kind: 'count-too-low', ...(host === undefined ? {} : { subject: host }) };
}

/** Holds only while probing did not reach the host either; otherwise the code alone stands. */
export function unreachedLastTime({ eventFailures, path }: Facts): Finding | undefined {
  if (hasState(path.targets, 'good') || path.cacheAnswers) return undefined;
  const failure = eventFailures.find(({ code }) => UNREACHED.includes(code));
  if (failure?.host === undefined) return undefined;
  return { kind: 'target-no-answer', subject: failure.host, code: failure.code };
}

/** New, and no attempt tells more than that no host was reached. */
export function neverReached({ product, eventFailures }: Facts): Finding | undefined {
  const isNew = product?.status === 'initial-grace' && product.activatedBy === undefined;
  const unexplained = eventFailures.every(({ code }) => code === NO_HOST_REACHED);
  return isNew && unexplained ? { kind: 'never-reached-host', code: product.reason } : undefined;
}

/** What Windows itself gives as the reason, or the inner code of the last attempt. */
export function statusReason({ product, eventFailures }: Facts): Finding {
  const inner = eventFailures.find(({ code }) => code !== NO_HOST_REACHED)?.code;
  return { kind: 'status-reason', code: inner ?? product?.reason ?? NO_HOST_REACHED };
}
