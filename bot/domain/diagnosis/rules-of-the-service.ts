/** Rules about what answers at the host's port, when something does. */
import { failing } from './failing-targets.ts';
import { plainHost } from './host-words.ts';
import { answersItself, isListening } from './known-host.ts';
import type { Look } from './look.ts';
import { type Candidate, type Rule, sureIf } from './rule.ts';
import { hostLines, pointerLine, probeLines, reachLines } from './target-evidence.ts';
import { targetName, type WayTarget } from './way-target.ts';

const strangers = (look: Look): readonly WayTarget[] => failing(look).filter(isStranger);

/** By the machine's own probe, or because the host itself is answered by a stranger at its own port. */
const isStranger = ({ state, known }: WayTarget): boolean =>
  state === 'not-kms' || (known !== undefined && isListening(known) === true && answersItself(known) === false);

/** What the port speaks: an RPC server without the KMS interface, or something that is no RPC. */
function speech({ bind, event, known }: WayTarget): 'rpc' | 'other' {
  const said = bind ?? known?.role?.listening.bind;
  return said === 'rejected' || (said === undefined && event?.code === '0x800706D9') ? 'rpc' : 'other';
}

/** It answers a bind to itself or to others: then it is a KMS host, and the way changes what it says. */
const isKmsElsewhere = ({ known, reach }: WayTarget): boolean =>
  (known !== undefined && answersItself(known) === true) || (reach !== undefined && reach.reached > 0);

/** What a middlebox makes of a connection; a stranger's own words are no such thing. */
const isCutShort = ({ bind, event }: WayTarget): boolean =>
  bind === 'closed' || bind === 'silent' || (bind === undefined && event?.code === '0x800706BE');

function pathCut(look: Look): Candidate | undefined {
  const target = strangers(look).find((each) => isKmsElsewhere(each) && isCutShort(each));
  if (target === undefined) return undefined;
  const own = target.known === undefined ? [] : hostLines(target.known);
  const evidence = [...probeLines(look, target), ...reachLines(look, target), ...own];
  const isProven = target.bind !== undefined && target.known !== undefined && answersItself(target.known) === true;
  return { cause: { kind: 'path-cut', host: targetName(target) }, confidence: sureIf(isProven), evidence };
}

function foreignService(look: Look): Candidate | undefined {
  const target = strangers(look)[0];
  if (target === undefined) return undefined;
  const own = target.known === undefined ? [] : hostLines(target.known);
  const cause = { kind: 'foreign-service', host: foreignName(target), speaks: speech(target) } as const;
  const evidence = [...probeLines(look, target), ...own, pointerLine(look, target)];
  const isTold = target.bind !== undefined && !isCutShort(target);
  const isProven = isTold || (target.known !== undefined && answersItself(target.known) === false);
  return { cause, confidence: sureIf(isProven && !isKmsElsewhere(target)), evidence };
}

const foreignName = (target: WayTarget) =>
  target.known === undefined ? { name: plainHost(target.host), port: target.port } : targetName(target);

/** An overloaded host refuses binds for a while. */
function hostBusy(look: Look): Candidate | undefined {
  const { way } = look;
  const all = way.cached === undefined ? way.targets : [way.cached, ...way.targets];
  const isBusy = ({ bind, event, known }: WayTarget): boolean =>
    bind === 'busy' ||
    (bind === undefined &&
      (known?.role?.listening.bind === 'busy' || (known === undefined && event?.code === '0x800706BB')));
  const target = all.find(isBusy);
  if (target === undefined || all.some((each) => each.state === 'good' && !isBusy(each))) return undefined;
  const evidence = [...probeLines(look, target), ...reachLines(look, target)];
  return {
    cause: { kind: 'host-busy', host: targetName(target) },
    confidence: sureIf(target.bind === 'busy'),
    evidence,
  };
}

/** The more a rule explains, the earlier it stands. */
export const SERVICE_RULES: readonly Rule[] = [
  { id: 'path cut', rows: [23], stage: 'service', looksAt: ['tgt', 'host'], find: pathCut },
  { id: 'foreign service', rows: [22, 23], stage: 'service', looksAt: ['tgt', 'host'], find: foreignService },
  { id: 'host busy', rows: [23], stage: 'service', looksAt: ['tgt', 'host'], find: hostBusy },
];
