/** Rules about what a host that is reached answers: clock, activation, generation. */
import { keyGroupFor, updateNeeded } from '../host-generations.ts';
import { answering, CLOCK_TOLERANCE_SECONDS, isAnswerer, refusalBy, skewTo } from './answering.ts';
import type { EvidenceLine } from './diagnosis.ts';
import { line } from './evidence.ts';
import { isActivated, type KnownHost } from './known-host.ts';
import { fits, type Look } from './look.ts';
import { type Candidate, type Rule, sureIf } from './rule.ts';
import { seenAt } from './target-evidence.ts';
import { targetName, type WayTarget } from './way-target.ts';

/** The newest attempt's request to this host, and its answer. */
export function answerLines({ self, attempt }: Look, target: WayTarget): readonly EvidenceLine[] {
  if (attempt === undefined || !isAnswerer(target, attempt)) return [];
  const seen = { ...self, atMs: attempt.atMs };
  const { response, requests } = attempt;
  const asked = requests.map(({ host, code, atMs }) => line('request-event', { ...self, atMs }, [host], code));
  return response === undefined ? asked : [line('response-event', seen, [response.count], response.code), ...asked];
}

const isOff = (seconds: number | undefined): boolean =>
  seconds !== undefined && Math.abs(seconds) > CLOCK_TOLERANCE_SECONDS;

const clockLine = ({ self, clock }: Look): readonly EvidenceLine[] =>
  clock === undefined ? [] : [line('clock', self, [clock.seconds, clock.server ?? ''])];

const hostClockLine = (host: KnownHost): readonly EvidenceLine[] =>
  host.clock === undefined ? [] : [line('host-clock', seenAt(host), [host.name, host.clock.seconds])];

/** This machine's own clock, unless the host's is off as far and the same way. */
function ownClock(look: Look): Candidate | undefined {
  const { clock, self } = look;
  if (clock === undefined || !isOff(clock.seconds)) return undefined;
  const [target] = answering(look);
  const skew = target === undefined ? undefined : skewTo(look, target);
  if (skew !== undefined && !isOff(skew)) return undefined;
  const cause = { kind: 'clock-off', where: 'client', seconds: clock.seconds } as const;
  const evidence = [
    line('clock', self, [clock.seconds, clock.server ?? '']),
    ...(target === undefined ? [] : answerLines(look, target)),
  ];
  return { cause, confidence: sureIf(clock.server !== undefined), evidence };
}

function hostClock(look: Look): Candidate | undefined {
  for (const target of answering(look)) {
    const now = target.known?.askedNow === true ? target.known.clock : undefined;
    const seconds = now?.seconds;
    const isSaid = refusalBy(look, target) === '0xC004F06C' && look.clock !== undefined && !isOff(look.clock.seconds);
    const skew = skewTo(look, target) ?? seconds;
    const isMeasured = isOff(seconds) && isOff(skew) && !isOff(look.clock?.seconds);
    if (!isMeasured && (!isSaid || now !== undefined)) continue;
    const cause = {
      kind: 'clock-off',
      where: 'host',
      host: targetName(target),
      ...(seconds === undefined ? {} : { seconds }),
    } as const;
    const own = target.known === undefined ? [] : hostClockLine(target.known);
    const evidence = [...own, ...clockLine(look), ...answerLines(look, target)];
    return {
      cause,
      confidence: sureIf(isMeasured && now?.server !== undefined && target.state === 'good'),
      evidence,
    };
  }
  return undefined;
}

/** Said by the host, and neither clock is known. */
function someClock(look: Look): Candidate | undefined {
  if (look.clock !== undefined) return undefined;
  const target = answering(look).find((each) => refusalBy(look, each) === '0xC004F06C');
  if (target === undefined) return undefined;
  const isHostRight = target.known?.askedNow === true && !isOff(target.known.clock?.seconds);
  const cause = { kind: 'clock-off', where: 'client' } as const;
  return { cause, confidence: isHostRight ? 'likely' : 'possible', evidence: answerLines(look, target) };
}

function hostNotActivated(look: Look): Candidate | undefined {
  for (const target of answering(look)) {
    const { known } = target;
    const active = known === undefined ? undefined : isActivated(known);
    if (active === true && known?.askedNow === true) continue;
    const isSaid = refusalBy(look, target) === '0xC004F041' || (active === undefined && isLogged(target));
    if (active !== false && !isSaid) continue;
    const key = known?.key === 'none' ? undefined : known?.key;
    const own =
      known === undefined || key === undefined
        ? []
        : [line('host-licence', seenAt(known), [known.name, key.status], key.reason)];
    const cause = { kind: 'host-not-activated', host: targetName(target) } as const;
    const isProven = active === false && known?.askedNow === true && target.state === 'good';
    return { cause, confidence: sureIf(isProven), evidence: [...own, ...answerLines(look, target)] };
  }
  return undefined;
}

const DAY_MS = 86_400_000;

/** The host's own log refuses clients for it, as late as of the last day. */
function isLogged({ known }: WayTarget): boolean {
  const digest = known?.record?.requestDigest;
  const failures = digest?.read === true ? (digest.value?.failures ?? []) : [];
  return failures.some(({ code, newestMs }) => code === '0xC004F041' && newestMs > (known?.record?.atMs ?? 0) - DAY_MS);
}

const MISMATCH = /^0x[C4]004F(042|015)$/;

function hostKeyTooOld(look: Look): Candidate | undefined {
  const needs = look.os === undefined ? undefined : keyGroupFor(look.os);
  for (const target of answering(look)) {
    const { known } = target;
    const fitting = known === undefined ? undefined : fits(look, known);
    const isSaid = MISMATCH.test(refusalBy(look, target) ?? '');
    if (!isSaid && fitting !== false) continue;
    const group = known?.keyGroup;
    const cause = {
      kind: 'host-key-too-old',
      host: targetName(target),
      ...(group === undefined ? {} : { keyGroup: group }),
      ...(needs === undefined ? {} : { needs }),
    } as const;
    const own =
      known === undefined || group === undefined ? [] : [line('host-key', seenAt(known), [known.name, group])];
    const isProven = fitting === false && known?.askedNow === true && look.record.os.read && target.state === 'good';
    return {
      cause,
      confidence: fitting === true && lacksNothing(look, target) ? 'possible' : sureIf(isProven),
      evidence: [...own, ...answerLines(look, target), ...logLines(target)],
    };
  }
  return undefined;
}

/** The key fits by its generation, and the host's Windows needs no update to know this machine's. */
const lacksNothing = ({ os }: Look, { known }: WayTarget): boolean =>
  known?.askedNow === true &&
  (os === undefined || known.build === undefined || updateNeeded(known.build, os.build) === undefined);

/** What the host's own log says of refused generations. */
function logLines({ known }: WayTarget): readonly EvidenceLine[] {
  const digest = known?.record?.requestDigest;
  if (known === undefined || digest?.read !== true) return [];
  return (digest.value?.failures ?? [])
    .filter(({ code }) => MISMATCH.test(code))
    .map(({ code, events, newestMs }) =>
      line('host-log', { where: known.name, atMs: newestMs }, [known.name, events], code),
    );
}

/** In the order in which a host looks at a request. */
export const ANSWER_RULES: readonly Rule[] = [
  { id: 'own clock off', rows: [24], stage: 'answer', looksAt: ['clk'], find: ownClock },
  { id: 'clock of the host off', rows: [24], stage: 'answer', looksAt: ['clk'], find: hostClock },
  { id: 'said by code: clock', rows: [24], stage: 'answer', looksAt: ['clk'], find: someClock },
  { id: 'host not activated', rows: [26], stage: 'answer', looksAt: ['prod', 'evt'], find: hostNotActivated },
  { id: 'host key too old', rows: [25], stage: 'answer', looksAt: ['prod', 'evt'], find: hostKeyTooOld },
];
