/** What a KMS host publishes when its service starts, as the documents wait for it. */
import { eventFields } from '../inspect/events.ts';
import { REGISTRY_QUESTIONS } from '../inspect/questions.ts';
import { hex, hostName, text } from '../inspect/text.ts';
import type { WindowsEvent } from '../world/surface.ts';
import { sleep, watchMs } from './host-service.ts';
import { LIMITS, type Session } from './session.ts';

const PUBLISHED = 12_294;
const NOT_PUBLISHED = 12_293;
const WAIT_MS = 90_000;
const POLL_MS = 5000;
/** Newest events of each kind that are looked at. */
const MOST = 100;

interface Outcome {
  readonly number: number;
  readonly domain: string;
  readonly code: string;
}

/** The machine's own domain first, then those of the list's lines. */
export const publishedDomains = ({ surface }: Session, lines: readonly string[]): string[] => {
  const tcpip = surface.registry(REGISTRY_QUESTIONS.tcpip);
  const own = tcpip === 'missing' ? '' : hostName(text(tcpip.Domain?.value as string | undefined));
  const listed = lines.map((line) => hostName(line.split(',')[0]));
  return [...new Set([own, ...listed])].filter((domain) => domain !== '');
};

const outcomeOf = (event: WindowsEvent): Outcome[] => {
  const fields = eventFields(event);
  if (fields === undefined) return [];
  const isPublished = event.id === PUBLISHED;
  const domain = hostName(isPublished ? fields.at(-1) : fields[1]);
  const code = isPublished ? '00000000' : hex(fields[0]);
  return code === undefined ? [] : [{ number: event.recordId, domain, code }];
};

/** Events that cannot be read say nothing. */
const outcomes = (session: Session, most: number): Outcome[] =>
  [PUBLISHED, NOT_PUBLISHED].flatMap((id) => {
    const answer = session.surface.events('Application', [id], most, session.elapsedMs);
    if ('ok' in answer) return answer.ok.flatMap(outcomeOf);
    session.elapsedMs += answer.error.afterMs ?? 0;
    return [];
  });

/** Number in the log of the newest outcome; 0 for none. */
export const newestOutcome = (session: Session): number =>
  outcomes(session, 1).reduce((newest, { number }) => Math.max(newest, number), 0);

/** Waits until every domain has an outcome that was logged since, or no longer. */
export const awaitPublished = (session: Session, domains: readonly string[], since: number): void => {
  if (domains.length === 0) return;
  const until = Math.min(watchMs(session) + WAIT_MS, LIMITS.all - LIMITS.restore);
  let codes = new Map<string, string>();
  for (;;) {
    codes = codesOf(outcomes(session, MOST), since, codes);
    if (domains.every((domain) => codes.has(domain)) || watchMs(session) >= until) break;
    sleep(session, POLL_MS);
  }
  session.change.pub = domains.map((domain) => [domain, codes.get(domain) ?? 'none']);
};

const codesOf = (read: readonly Outcome[], since: number, known: ReadonlyMap<string, string>): Map<string, string> => {
  const codes = new Map(known);
  const newer = read.filter(({ number }) => number > since).sort((a, b) => a.number - b.number);
  for (const { domain, code } of newer) codes.set(domain, code);
  return codes;
};
