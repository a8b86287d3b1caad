/** Long logs in a table: packed, since a host's log holds tens of thousands of events. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { WindowsEvent } from '../lab/world/surface.ts';

/** Events as a table holds them: as they are, or base64 of gzip of their times and elements where they are many. */
export type EventAnswer =
  | { readonly events: readonly WindowsEvent[] }
  | { readonly packed: string; readonly like: Pick<WindowsEvent, 'log' | 'provider' | 'id'> };

const FEW = 20;
const FIELD = '\u001f';
const EVENT = '\u001e';

const areAlike = ([first, ...rest]: readonly WindowsEvent[]): boolean =>
  rest.every(({ log, provider, id }) => log === first?.log && provider === first?.provider && id === first.id);

const isPlain = ({ data }: WindowsEvent): boolean =>
  data.length > 0 && data.every((element) => /^[\u0020-\ud7ff\ue000-\ufffd]*$/.test(element));

/** Packs what is long and of one kind. */
export const eventAnswer = (events: readonly WindowsEvent[]): EventAnswer => {
  const [first] = events;
  if (first === undefined || events.length <= FEW || !areAlike(events) || !events.every(isPlain)) return { events };
  const lines = events.map(({ recordId, timeCreatedMs, data }) => [recordId, timeCreatedMs, ...data].join(FIELD));
  const { log, provider, id } = first;
  return { packed: gzipSync(lines.join(EVENT)).toString('base64'), like: { log, provider, id } };
};

/** The events of an answer. */
export const eventsOfAnswer = (answer: EventAnswer): readonly WindowsEvent[] => {
  if ('events' in answer) return answer.events;
  const lines = gunzipSync(Buffer.from(answer.packed, 'base64')).toString('utf8').split(EVENT);
  return lines.map((line) => {
    const [recordId, timeCreatedMs, ...data] = line.split(FIELD);
    return { ...answer.like, recordId: Number(recordId), timeCreatedMs: Number(timeCreatedMs), data };
  });
};
