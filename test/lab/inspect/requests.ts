/** The digest of a KMS host's requests, event 12290. */
import type { WireRequests } from '../../../bot/domain/inspection-wire.ts';
import type { Surface, WindowsEvent } from '../world/surface.ts';
import { duplicatesOf, type Uses } from './duplicates.ts';
import { EVENT_PROVIDER, EVERY_EVENT, REQUEST_EVENT, REQUEST_LOG } from './questions.ts';
import { askOutcome, type Probe } from './run.ts';
import { guid, ordered } from './text.ts';

const DAYS = 30;
const DAY_SECONDS = 86_400;
/** Milliseconds after which no further event is read. */
const READING_MS = 17_000;
/** What reading one event takes where the machine does not say; an assumption. A power of two, so that sums are exact. */
const EVENT_MS = 0.0625;
const MAX_FAILURES = 8;
/** Elements from which on another stands in front of the fields. */
const SHIFTED = 10;

/** One request, read. */
interface Request {
  readonly at: number;
  /** Eight digits; empty when honoured. */
  readonly failure: string;
  readonly needs25: boolean;
  readonly name: string;
  readonly cmid: string;
}

const withoutBlanks = (value: string | undefined): string => (value ?? '').replace(/^ +| +$/g, '');

const layouts = (data: readonly string[]): readonly (readonly string[])[] => {
  const joined = (data[0] ?? '').split(',');
  if (data.length >= SHIFTED) return [data.slice(1, 5), joined];
  return data.length > 3 ? [data.slice(0, 4), joined] : [joined];
};

const failureOf = (code: string): string | undefined => {
  const digits = /^0x([0-9A-Fa-f]{1,8})$/.exec(code)?.[1]?.toUpperCase().padStart(8, '0');
  return digits === '00000000' ? '' : digits;
};

/** Undefined where no layout has a GUID in the place of the CMID, or the result is no code. */
const readRequest = ({ data, timeCreatedMs }: WindowsEvent): Request | undefined => {
  const fields = layouts(data).find((layout) => guid(withoutBlanks(layout[3])) !== '');
  const failure = failureOf(withoutBlanks(fields?.[0]));
  if (fields === undefined || failure === undefined) return undefined;
  return {
    at: Math.floor(timeCreatedMs / 1000),
    failure,
    needs25: withoutBlanks(fields[1]) === '25',
    name: withoutBlanks(fields[2]),
    cmid: guid(withoutBlanks(fields[3])),
  };
};

interface Client {
  /** Newest honoured request; absent when none was. */
  honouredAt?: number;
  needs25: boolean;
  readonly uses: Uses;
}

interface Tally {
  readonly clients: Map<string, Client>;
  readonly failures: Map<string, { events: number; newest: number }>;
}

const note = ({ clients, failures }: Tally, { at, failure, needs25, name, cmid }: Request): void => {
  const client: Client = clients.get(cmid) ?? { needs25: false, uses: new Map() };
  clients.set(cmid, client);
  if (failure === '') {
    client.honouredAt ??= at;
    client.needs25 ||= needs25;
  } else {
    const known = failures.get(failure);
    if (known === undefined) failures.set(failure, { events: 1, newest: at });
    else known.events++;
  }
  const use = client.uses.get(name);
  if (use === undefined) client.uses.set(name, { newest: at, oldest: at });
  else use.oldest = at;
};

const histogramOf = (clients: Iterable<Client>, now: number): number[] => {
  const days = Array<number>(DAYS).fill(0);
  for (const { honouredAt } of clients) {
    if (honouredAt === undefined) continue;
    const day = Math.max(0, Math.min(DAYS - 1, Math.floor((now - honouredAt) / DAY_SECONDS)));
    days[day] = (days[day] ?? 0) + 1;
  }
  return days.slice(0, days.findLastIndex((count) => count > 0) + 1);
};

const failuresOf = (failures: Tally['failures']): WireRequests['f'] =>
  ordered([...failures], ([code, { events }]) => String(99_999_999 - events).padStart(8, '0') + code)
    .slice(0, MAX_FAILURES)
    .map(([code, { events, newest }]) => [code, events, newest]);

/** What the digest is, and whether an event could not be read. */
export interface ReadRequests {
  readonly req: WireRequests;
  readonly garbled: boolean;
}

const digest = (events: readonly WindowsEvent[], now: number, ms: number): { value: ReadRequests; ms: number } => {
  const tally: Tally = { clients: new Map(), failures: new Map() };
  const horizon = now - DAYS * DAY_SECONDS;
  let [n, s, ok, garbled, cost]: [number, number, 0 | 1, boolean, number] = [0, now, 1, false, 0];
  for (const event of events) {
    if (Math.floor(cost) >= READING_MS) {
      ok = 0;
      break;
    }
    cost += ms;
    const at = Math.floor(event.timeCreatedMs / 1000);
    s = Math.max(at, horizon);
    if (at < horizon) break;
    n++;
    const request = readRequest(event);
    if (request === undefined) garbled = true;
    else note(tally, request);
  }
  const clients = [...tally.clients.values()];
  const honoured = clients.filter(({ honouredAt }) => honouredAt !== undefined);
  const w = honoured.filter(({ needs25 }) => needs25).length;
  const d = histogramOf(clients, now);
  const dup = duplicatesOf([...tally.clients].map(([cmid, { uses }]) => ({ cmid, uses })));
  const req: WireRequests = { s, ok, n, c: honoured.length, w, d, f: failuresOf(tally.failures), dup };
  return { value: { req, garbled }, ms: cost };
};

/** Reads the log newest first, for as long as it may take. `now` in seconds, of the machine's clock. */
export const askRequests = (surface: Surface, now: number): Probe<ReadRequests> => {
  const probe = askOutcome(surface.events(REQUEST_LOG, [REQUEST_EVENT], EVERY_EVENT));
  if ('error' in probe) return probe;
  return digest(
    probe.value.filter(({ provider }) => provider === EVENT_PROVIDER),
    now,
    surface.eventMs ?? EVENT_MS,
  );
};
