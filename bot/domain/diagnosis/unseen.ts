/** What a diagnosis could not look at. */
import {
  type DroppedKey,
  type InspectionRecord,
  PROBES,
  type ProbeFailure,
  type ProbeKey,
} from '../inspection-record.ts';
import { answering } from './answering.ts';
import type { Unseen } from './diagnosis.ts';
import type { DiagnosisFacts } from './facts.ts';
import { failing } from './failing-targets.ts';
import { isAddress, plainHost, shortName } from './host-words.ts';
import { hasRead, type Look, probeOf } from './look.ts';
import type { Stage } from './rule.ts';
import type { WayTarget } from './way-target.ts';

const whyWord = (why: ProbeFailure): string => {
  if (why.kind === 'code') return why.code;
  return why.kind === 'other' ? why.word : why.kind;
};

/** The host half of a machine without a host key is nothing to miss. */
export const HOST_HALF: readonly ProbeKey[] = ['host', 'fw', 'req', 'pub'];

/** Probes of a record that gave nothing. */
export function unreadProbes(record: InspectionRecord, where: string, isHost: boolean): readonly Unseen[] {
  const wanted = PROBES.filter((probe) => (isHost || !HOST_HALF.includes(probe)) && !hasRead(record, probe));
  return wanted.map((probe) => {
    const value = probeOf(record, probe);
    return { kind: 'probe', where, probe, why: value.read ? '' : whyWord(value.why) };
  });
}

function dropped({ dropped: left }: InspectionRecord, where: string): readonly Unseen[] {
  const keys = Object.keys(left) as DroppedKey[];
  return keys.filter((key) => key !== 'dup' && key !== 'txt').map((what) => ({ kind: 'dropped', where, what }));
}

function hostsNotAsked(look: Look): readonly Unseen[] {
  const { way, facts } = look;
  const asked = way.works ? answering(look) : failing(look);
  const hosts = new Map(asked.map((target) => [plainHost(target.host), target]));
  return [...hosts].flatMap(([host, target]) => {
    const why = whyNotAsked(target, facts);
    return why === undefined ? [] : [{ kind: 'host-not-asked', host, why } as const];
  });
}

function whyNotAsked({ known, skipped, host }: WayTarget, { hosts }: DiagnosisFacts) {
  if (skipped || host.startsWith('169.254.')) return undefined;
  if (known?.askedNow === true) return undefined;
  if (known === undefined)
    return hosts.some(({ node }) => !isAddress(host) && node.name.toLowerCase() === shortName(plainHost(host)))
      ? 'no-answer'
      : 'not-in-fleet';
  const { presence } = known.node;
  if (presence.kind === 'online') return 'no-answer';
  return presence.kind === 'no-agent' ? 'no-agent' : 'offline';
}

const zonesNotRead = ({ unreadZones }: DiagnosisFacts): readonly Unseen[] =>
  unreadZones.map(({ name, why, action }) => ({
    kind: 'zone-not-read',
    zone: name,
    why,
    ...(action === undefined ? {} : { action }),
  }));

/** Stages at which names decide, and those at which a host does. */
const OF_NAMES: readonly Stage[] = ['dns', 'records', 'target-name', 'target'];
const OF_HOSTS: readonly Stage[] = ['target-name', 'target', 'service', 'answer', 'now', 'rest'];

/**
 * Everything that could not be looked at and bears on a cause of this stage; undefined for a machine that is well.
 * Security groups are no part of what is read, which matters where nothing came back.
 */
export function unseenOf(look: Look, stage: Stage | undefined): readonly Unseen[] {
  const { record, facts, hosts, way } = look;
  const isHost = record.service.read && record.service.value.isKmsHost;
  const asked = hosts.filter((host) => way.targets.some(({ known }) => known?.node.id === host.node.id));
  const ofHosts = asked.flatMap(({ record: own, name }) => (own === undefined ? [] : unreadProbes(own, name, true)));
  const isBlocked = way.targets.some(({ state }) => state === 'no-answer');
  return [
    ...unreadProbes(record, facts.node.name, isHost),
    ...dropped(record, facts.node.name),
    ...ofHosts,
    ...(stage !== undefined && OF_HOSTS.includes(stage) ? hostsNotAsked(look) : []),
    ...(stage !== undefined && OF_NAMES.includes(stage) ? zonesNotRead(facts) : []),
    ...(isBlocked && stage === 'target' ? [{ kind: 'security-groups' } as const] : []),
  ];
}
