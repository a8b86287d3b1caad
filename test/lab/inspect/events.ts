/** The client's events of the newest activation attempt. */
import type { WireEvents } from '../../../bot/domain/inspection-wire.ts';
import type { WindowsEvent } from '../world/surface.ts';
import { hex, lower, number, trimmed } from './text.ts';

interface ReadEvent {
  readonly id: number;
  readonly at: number;
  readonly hex: string;
  readonly flags: string;
  readonly fields: readonly string[];
}

/** Requests of one attempt follow one another within this many seconds. */
const ATTEMPT_GAP_SECONDS = 120;

// One comma-joined text, or an element each; some generations put the joined text in front of the elements.
const fieldsOf = (data: readonly string[]): string[] => {
  const first = hex(data[0]);
  const list =
    first !== undefined
      ? data
      : data.length > 1 && hex(data[1]) !== undefined
        ? data.slice(1)
        : (data[0] ?? '').split(',');
  return list.map(trimmed);
};

// What XML 1.0 cannot carry: Windows renders it all the same, and no parser reads it back.
const UNREADABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** An event's fields, whichever way it carries them; undefined when its XML cannot be read. */
export const eventFields = ({ data }: WindowsEvent): string[] | undefined =>
  data.some((element) => UNREADABLE.test(element))
    ? undefined
    : fieldsOf(data.map((element) => element.replace(/\r\n?/g, '\n')));

const readEvent = (event: WindowsEvent): ReadEvent | undefined => {
  const fields = eventFields(event);
  if (fields === undefined || fields.length <= 2) return undefined;
  const code = hex(fields[0]);
  const flags = hex(fields[1]);
  if (code === undefined) return undefined;
  if (event.id !== 12288 && (flags === undefined || fields.length <= 4)) return undefined;
  return { id: event.id, at: Math.floor(event.timeCreatedMs / 1000), hex: code, flags: flags ?? '', fields };
};

/** The newest attempt's requests and the newest response; `garbled` when an event could not be read. */
export const eventsOf = (events: readonly WindowsEvent[]): { evt: WireEvents; garbled: boolean } => {
  const read = [...events].sort((a, b) => b.recordId - a.recordId).map(readEvent);
  const good = read.filter((event) => event !== undefined);
  const response = good.find(({ id }) => id === 12289);
  const evt: WireEvents = {
    q: newestAttempt(good),
    r: response
      ? [response.at, response.hex, response.flags, number(response.fields[2]), number(response.fields[4])]
      : null,
  };
  return { evt, garbled: good.length < read.length };
};

const newestAttempt = (events: readonly ReadEvent[]): WireEvents['q'] => {
  const requests: WireEvents['q'] = [];
  for (const event of events) {
    const last = requests.at(-1);
    if (event.id === 12289) {
      if (last !== undefined) break;
      continue;
    }
    if (last !== undefined && last[0] - event.at > ATTEMPT_GAP_SECONDS) break;
    requests.push([event.at, event.hex, lower(event.fields[2])]);
  }
  return requests;
};
