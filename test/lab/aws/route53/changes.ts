/** Changes that Route 53 accepted: their ids, and when the name servers have them. */
import type { LabClock } from '../../clock.ts';
import { hexDigits } from '../../random.ts';
import { changeSets, propagate } from '../../world/propagation.ts';
import type { LabRecordSet, LabZone, World } from '../../world/types.ts';
import { refusal } from '../refusal.ts';
import type { LabContext } from '../types.ts';
import { isoTime, type XmlElement } from '../wire/xml.ts';

/** "Changes generally propagate to all Route 53 name servers within 60 seconds" (AWS, ChangeResourceRecordSets). */
const PROPAGATION_SECONDS = { least: 5, most: 45 };
/** How long a request is "still being processed", so that the next one for its zone is refused. A guess. */
const BUSY_SECONDS = 1;

interface AcceptedChange {
  readonly id: string;
  readonly account: string;
  readonly zoneId: string;
  readonly submittedMs: number;
  readonly inSyncMs: number;
  readonly comment: string | undefined;
}

/** Every change that was made through Route 53 in this lab. */
export interface Changes {
  /** Throws `PriorRequestNotComplete` while the zone's last change is being processed. */
  checkFree(zone: LabZone): void;
  /** Lists the sets at once; the name servers have them later. Gives the change as the service shows it. */
  accept(
    zone: LabZone,
    sets: readonly LabRecordSet[],
    by: { account: string; comment: string | undefined },
  ): XmlElement;
  /** Throws `NoSuchChange` for an id that the account has not got. */
  view(account: string, id: string): XmlElement;
}

/** None yet. */
export function createChanges({ world, clock, random }: Pick<LabContext, 'world' | 'clock' | 'random'>): Changes {
  const accepted: AcceptedChange[] = [];
  const lastOf = (zone: LabZone) => accepted.findLast(({ zoneId }) => zoneId === zone.id);
  return {
    checkFree: (zone) => {
      const busyMs = (zone.busySeconds ?? BUSY_SECONDS) * 1000;
      if (clock.now() >= (lastOf(zone)?.submittedMs ?? -Infinity) + busyMs) return;
      throw refusal(
        'PriorRequestNotComplete',
        'The request was rejected because Route 53 was still processing a prior request.',
      );
    },
    accept: (zone, sets, by) => {
      const submittedMs = clock.now();
      // The name servers take the changes of a zone in the order in which they were made.
      const inSyncMs = Math.max(submittedMs + propagationMs(zone, random), lastOf(zone)?.inSyncMs ?? 0);
      changeSets(zone, sets, inSyncMs);
      reachNameServers(world, clock, inSyncMs);
      const id = `C${hexDigits(random, 20).toUpperCase()}`;
      const change = { id, zoneId: zone.id, submittedMs, inSyncMs, ...by };
      accepted.push(change);
      return changeView(change, submittedMs);
    },
    view: (account, id) => {
      const change = accepted.find((known) => known.id === id && known.account === account);
      if (change !== undefined) return changeView(change, clock.now());
      throw refusal('NoSuchChange', `Could not find resource with ID: ${id}`, 404);
    },
  };
}

function propagationMs({ propagationSeconds }: LabZone, random: () => number): number {
  const { least, most } = PROPAGATION_SECONDS;
  return Math.ceil((propagationSeconds ?? least + random() * (most - least)) * 1000);
}

/** A part of the world that is waited for, so that letting the lab settle brings the change to the name servers. */
function reachNameServers({ state }: World, clock: LabClock, atMs: number): void {
  clock.at(atMs, 'world', () => propagate(state, clock.now()));
}

function changeView({ id, inSyncMs, submittedMs, comment }: AcceptedChange, nowMs: number): XmlElement {
  return [
    'ChangeInfo',
    [
      ['Id', `/change/${id}`],
      ['Status', nowMs < inSyncMs ? 'PENDING' : 'INSYNC'],
      ['SubmittedAt', isoTime(submittedMs)],
      ['Comment', comment],
    ],
  ];
}
