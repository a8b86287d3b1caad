/** What somebody has to look at about one KMS host, worst first. */

import { answersItself, isActivated, isClosed, isStopped, type KnownHost } from '../diagnosis/known-host.ts';
import type { RequestDigest } from '../host-record.ts';
import type { Hresult } from '../hresult.ts';
import type { InspectionRecord } from '../inspection-record.ts';
import { MINUTE_MS } from '../licence.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../rules-of-the-answers.ts';
import { DAY_MS } from './forecast.ts';
import type { HostClients } from './host-clients.ts';
import type { HostConcern, Threshold } from './host-story.ts';
import { ANSWERS, keyConcerns } from './key-concerns.ts';
import type { Looked } from './looked.ts';
import { countByClients } from './thresholds.ts';
import { worstFirst } from './worst-first.ts';

/** Everything a host's own record gives cause for. */
export function concernsOf(looked: Looked): readonly HostConcern[] {
  return worstFirst([
    ...serviceConcerns(looked),
    ...countConcerns(looked),
    ...keyConcerns(looked),
    ...logConcerns(looked),
    ...publishingConcerns(looked),
    ...reachConcerns(looked.clients),
  ]);
}

function serviceConcerns({ host, clients, story }: Looked): readonly HostConcern[] {
  const { service, key, role, clock } = host;
  const stopped = isStopped(host) === true;
  const isOff = clock !== undefined && Math.abs(clock.seconds) > CLOCK_TOLERANCE_SECONDS;
  return [
    ...(stopped ? [{ kind: 'service-stopped', state: service?.state ?? '' } as const] : []),
    ...(isActivated(host) === false && key !== undefined && key !== 'none' ? [notActivated(key.reason)] : []),
    ...(stopped || answersItself(host) !== false ? [] : [notAnswering(role?.listening.tcp === 'ok', story.port)]),
    ...(isClosed(host) === true && clients.reached === 0 ? [{ kind: 'firewall-closed' } as const] : []),
    ...(isOff ? [{ kind: 'clock-off', seconds: clock.seconds } as const] : []),
    ...endingActivation(host),
  ];
}

const notAnswering = (listens: boolean, port: number): HostConcern => ({
  kind: listens ? 'listens-without-answering' : 'not-listening',
  port,
});

/** Days before the end of a host's own activation from which it is said. */
const ENDING_DAYS = 30;

function endingActivation({ key, atMs }: KnownHost): readonly HostConcern[] {
  if (key === undefined || key === 'none' || key.status !== 'licensed' || key.minutesLeft === 0) return [];
  const ends = atMs + key.minutesLeft * MINUTE_MS;
  return ends < atMs + ENDING_DAYS * DAY_MS ? [{ kind: 'activation-ends', atMs: ends }] : [];
}

/** A threshold that no client needs is nobody's concern. */
function countConcerns(looked: Looked): readonly HostConcern[] {
  const { count, thresholds } = looked.story;
  if (count === undefined) return [];
  const needs = neededBy(looked);
  const asked = thresholds.filter(({ needed }) => needs.has(needed));
  const falling = asked.flatMap(({ of, missedFromMs }): readonly HostConcern[] =>
    missedFromMs === undefined ? [] : [{ kind: 'falls-below', of, atMs: missedFromMs }],
  );
  return [...belowThresholds(asked, count), ...falling];
}

/** The nearest first: it is the first that more clients mend. */
const belowThresholds = (thresholds: readonly Threshold[], count: number): readonly HostConcern[] =>
  thresholds
    .toSorted((a, b) => a.needed - b.needed)
    .flatMap(({ of, needed, met }): readonly HostConcern[] =>
      met ? [] : [{ kind: 'below-threshold', of, count, needed }],
    );

/** What its clients need, as its log and the fleet say; where the log was not read, what it was asked for at most. */
function neededBy({ host, record, clients }: Looked): ReadonlySet<number> {
  const digest = digestOf(record);
  const needs = new Set<number>(clients.builds.map((each) => each.needs));
  if (digest === undefined) {
    if ((host.role?.requiredCount ?? 0) > 5) needs.add(25);
    return needs.add(5);
  }
  if (digest.clientWindows > 0) needs.add(25);
  if (digest.clients > digest.clientWindows) needs.add(5);
  return needs;
}

const digestOf = ({ requestDigest }: InspectionRecord): RequestDigest | undefined =>
  requestDigest.read ? requestDigest.value : undefined;

/** Names that are given of machines with a CMID in common. */
const MOST_NAMES = 5;

/** Days without any client from which a host is idle: a client renews every seven. */
const IDLE_DAYS = 8;

function logConcerns({ record, host }: Looked): readonly HostConcern[] {
  const digest = digestOf(record);
  if (digest === undefined) return [];
  const { duplicates, byDay } = digest;
  const youngest = byDay.findIndex((clients) => clients > 0);
  const names = duplicates.flatMap((duplicate) => duplicate.names).slice(0, MOST_NAMES);
  const machines = duplicates.reduce((sum, duplicate) => sum + duplicate.machines, 0);
  const isIdle = digest.complete && (youngest < 0 || youngest >= IDLE_DAYS);
  const sinceMs = youngest < 0 ? digest.sinceMs : host.atMs - youngest * DAY_MS;
  return [
    ...(duplicates.length > 0 ? [{ kind: 'duplicates', cmids: duplicates.length, machines, names } as const] : []),
    ...(isIdle ? [{ kind: 'idle', sinceMs } as const] : []),
  ];
}

function publishingConcerns({ host, record }: Looked): readonly HostConcern[] {
  const { success, failure } = (record.publishing.read ? record.publishing.value : undefined) ?? {};
  if (host.role?.publishing !== true || failure === undefined) return [];
  if (success !== undefined && success.atMs > failure.atMs) return [];
  return [{ kind: 'publishing-fails', ...failure }];
}

const reachConcerns = ({ failed }: HostClients): readonly HostConcern[] =>
  failed === 0 ? [] : [{ kind: 'clients-cannot-reach', machines: failed }];

/** The code that says no more than the concern itself is left out. */
const notActivated = (code: Hresult): HostConcern =>
  code === ANSWERS.notActivated ? { kind: 'not-activated' } : { kind: 'not-activated', code };

/**
 * What clients alone say of a host that gave no record of its own. A name that none of them has reached, and that no
 * configuration names (`isNamed`), need not be a host at all.
 */
export function clientsConcerns(clients: HostClients, isNamed: boolean): readonly HostConcern[] {
  const { reached, failed, refused, counted } = clients;
  const isAlive = isNamed || reached > 0 || refused.length > 0 || counted !== undefined;
  if (!isAlive && failed > 0) return [{ kind: 'nobody-reaches', machines: failed }];
  return [...answersConcerns(clients), ...reachConcerns(clients)];
}

function answersConcerns(clients: HostClients): readonly HostConcern[] {
  const { refused, counted, builds } = clients;
  const needs = new Set<number>(builds.map((each) => each.needs));
  const { thresholds } = countByClients(clients);
  return [
    ...refused
      .filter(({ code }) => code !== ANSWERS.tooFew)
      .map(
        ({ code, machines }): HostConcern =>
          code === ANSWERS.notActivated ? notActivated(code) : { kind: 'refuses', code, events: machines },
      ),
    ...belowThresholds(
      thresholds.filter(({ needed }) => needs.has(needed)),
      counted?.count ?? 0,
    ),
  ];
}
