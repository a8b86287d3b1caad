/** Rules about hosts on the way that are not reached, told apart by what the host itself and other machines say. */
import type { DiagnosedCause } from './cause.ts';
import { isHost, isUnanswered } from './failing-targets.ts';
import { isAmazonServer, plainHost } from './host-words.ts';
import { isClosed, isListening, isStopped, type KnownHost } from './known-host.ts';
import type { Look } from './look.ts';
import { isProbed, portGuessed, portSeen } from './other-ports.ts';
import { type Candidate, type Rule, sureIf } from './rule.ts';
import {
  assignedElsewhere,
  assignedToOneOfOurs,
  assignedToStranger,
  recordNamesDeadHost,
} from './rules-of-dead-hosts.ts';
import { hostLines, probeLines, reachLines, stateLine } from './target-evidence.ts';
import { type Find, isSeen, lines, targetRule } from './target-rule.ts';
import { isLostToOthers, isReachedByOthers, recordDomain, targetName } from './way-target.ts';

const hostNotRunning: Find = (look, target) => {
  const { known } = target;
  if (known?.node.presence.kind !== 'not-running' || !isHost(target) || target.state === 'refused') return undefined;
  const cause = {
    kind: 'host-not-running',
    host: targetName(target),
    state: known.node.presence.instanceState,
  } as const;
  return { cause, confidence: sureIf(isSeen(target)), evidence: lines(look, target, [stateLine(known)]) };
};

const hostServiceStopped: Find = (look, target) => {
  const { known } = target;
  if (known === undefined || !isHost(target) || !known.askedNow || known.key === 'none') return undefined;
  const isDown = isStopped(known) ?? isListening(known) === false;
  if (!isDown || target.state === 'not-kms' || isListening(known) === true) return undefined;
  const cause = { kind: 'host-service-stopped', host: targetName(target) } as const;
  return {
    cause,
    confidence: sureIf(isUnanswered(target) && isSeen(target) && isStopped(known) === true),
    evidence: lines(look, target, hostLines(known)),
  };
};

const wrongPort: Find = (look, target) => {
  const { known, port, host, origin } = target;
  const listening = target.matchedBy === 'short-name' ? undefined : known?.role?.listeningPort;
  const seen = listening ?? portSeen(look, target);
  const right = seen ?? portGuessed(target);
  if (right === undefined || right === port) return undefined;
  const cause: DiagnosedCause =
    origin === 'srv'
      ? { kind: 'record-wrong-port', target: plainHost(host), port, right, recordIn: recordDomain(look, target) }
      : { kind: 'assigned-wrong-port', host, port, right };
  const own = known === undefined ? [] : hostLines(known);
  const isProven = isSeen(target) && (listening !== undefined || isProbed(look, target, right));
  const isGuess = seen === undefined && target.tcp !== 'refused';
  return { cause, confidence: isGuess ? 'possible' : sureIf(isProven), evidence: lines(look, target, own) };
};

const hostFirewallClosed: Find = (look, target) => {
  const { known } = target;
  if (known === undefined || !isHost(target) || target.state !== 'no-answer') return undefined;
  const closed = isClosed(known) ?? (isLostToOthers(target) && isListening(known) === true);
  if (!closed) return undefined;
  const cause = { kind: 'host-firewall-closed', host: targetName(target) } as const;
  return {
    cause,
    confidence: sureIf(isSeen(target) && known.askedNow && isClosed(known) === true),
    evidence: lines(look, target, hostLines(known)),
  };
};

/** It answers itself and is not known to be closed; or it is open: then a stopped service would refuse, not be silent. */
const isLettingIn = (host: KnownHost): boolean =>
  isClosed(host) === false ? isListening(host) !== false : isClosed(host) === undefined && isListening(host) === true;

/** The host listens and lets clients in, or others reach it: what is between does not. */
const pathBlocked: Find = (look, target) => {
  const { known, state } = target;
  if (state !== 'no-answer' || known?.node.presence.kind === 'not-running') return undefined;
  if (known?.role !== undefined && known.role.listeningPort !== target.port) return undefined;
  const isOpen = known !== undefined && isHost(target) && known.askedNow && isLettingIn(known);
  if (!isOpen && !isReachedByOthers(target) && target.tcp !== 'unreachable') return undefined;
  const isProven = isSeen(target) && isOpen && isClosed(known) === false && isListening(known) === true;
  const address = target.addresses[0] ?? known?.addresses[0] ?? '';
  const cause = { kind: 'path-blocked', host: targetName(target), address } as const;
  const own = known === undefined ? [] : hostLines(known);
  return { cause, confidence: sureIf(isProven), evidence: lines(look, target, [...reachLines(look, target), ...own]) };
};

const hostRefuses: Find = (look, target) => {
  if (target.state !== 'refused') return undefined;
  const cause = { kind: 'host-refuses', host: targetName(target) } as const;
  return { cause, confidence: 'likely', evidence: lines(look, target, reachLines(look, target)) };
};

const hostSilent: Find = (look, target) => {
  if (target.state !== 'no-answer') return undefined;
  const cause = { kind: 'host-silent', host: targetName(target) } as const;
  const own = target.known === undefined ? [] : [stateLine(target.known)];
  return { cause, confidence: 'likely', evidence: lines(look, target, [...reachLines(look, target), ...own]) };
};

/** Amazon's servers stay silent though the routes are there: something on the machine itself stops it. */
function amazonBlocked(look: Look): Candidate | undefined {
  const { way, model, record } = look;
  const target = way.targets.find(({ host }) => isAmazonServer(host));
  if (target === undefined || way.works || model.kind === 'byol' || target.state !== 'no-answer') return undefined;
  const cause = {
    kind: 'path-blocked',
    host: { name: target.host, port: target.port },
    address: plainHost(target.host),
  } as const;
  return { cause, confidence: record.routes.read ? 'likely' : 'possible', evidence: probeLines(look, target) };
}

/** The more of the host is known, the earlier a rule stands. */
export const TARGET_RULES: readonly Rule[] = [
  targetRule('assigned port wrong, or the record’s', [18, 22], ['tgt', 'host'], wrongPort),
  targetRule('assigned to a host that is no more', [13], ['tgt'], assignedToStranger),
  targetRule('record names a host that is no more', [18], ['tgt'], recordNamesDeadHost),
  targetRule('host not running', [18, 21], ['tgt'], hostNotRunning),
  targetRule('host service stopped', [22], ['spp', 'host'], hostServiceStopped),
  targetRule('host firewall closed', [21], ['fw', 'tgt'], hostFirewallClosed),
  targetRule('path blocked', [21], ['tgt', 'host', 'fw'], pathBlocked),
  { id: 'path to Amazon blocked', rows: [2, 21], stage: 'target', looksAt: ['tgt', 'rt'], find: amazonBlocked },
  targetRule('assigned to a dead host of ours', [13], ['tgt'], assignedToOneOfOurs),
  { id: 'assigned to a host unknown', rows: [13], stage: 'target', looksAt: ['tgt'], find: assignedElsewhere },
  targetRule('host refuses', [22], ['tgt'], hostRefuses),
  targetRule('host silent', [21], ['tgt'], hostSilent),
];
