/** Pieces of text, mrkdwn and rich text alike, as plain text for one reader. */
import { isObject, type JsonObject } from '../block-kit.ts';
import { lookup } from '../lookup.ts';
import { type DateReader, formatSlackDate } from './dates.ts';
import { parseMrkdwn, type Span } from './mrkdwn.ts';
import { stripControls } from './width.ts';

/** Who reads, and how ids are shown. */
export interface Reader extends DateReader {
  /** Name of a person or bot. */
  readonly userName: (id: string) => string;
  readonly channelName: (id: string) => string;
  readonly groupName: (id: string) => string;
}

const EMOJI: Readonly<Record<string, string>> = {
  warning: '⚠',
  white_check_mark: '✅',
  heavy_check_mark: '✔',
  x: '❌',
  red_circle: '🔴',
  large_yellow_circle: '🟡',
  large_green_circle: '🟢',
  white_circle: '⚪',
  hourglass_flowing_sand: '⏳',
  information_source: 'ℹ',
  lock: '🔒',
  arrows_counterclockwise: '🔄',
};

/** An emoji by name; one that is not known keeps its colons. */
export function emojiOf(name: string): string {
  return lookup(EMOJI, name) ?? `:${name}:`;
}

/** A mrkdwn text as plain text. */
export function plainMrkdwn(text: string, reader: Reader): string {
  return stripControls(
    parseMrkdwn(text)
      .map((span) => plainSpan(span, reader))
      .join(''),
  );
}

function plainSpan(span: Span, reader: Reader): string {
  switch (span.kind) {
    case 'text':
    case 'preformatted':
      return span.text;
    case 'link':
      return plainLink(span.url, span.label);
    case 'user':
      return `@${span.label ?? reader.userName(span.id)}`;
    case 'channel':
      return `#${span.label ?? reader.channelName(span.id)}`;
    case 'usergroup':
      return `@${(span.label ?? reader.groupName(span.id)).replace(/^@/, '')}`;
    case 'broadcast':
      return `@${span.range}`;
    case 'date':
      return formatSlackDate(span, reader);
    case 'emoji':
      return emojiOf(span.name);
  }
}

function plainLink(url: string, label: string): string {
  const bare = url.replace(/^(?:https?:\/\/|mailto:)/, '');
  return label === '' || label === url || label === bare ? label || url : `${label} (${url})`;
}

/** Inline elements of a rich text section as plain text. */
export function plainRichElements(elements: unknown, reader: Reader): string {
  const list = Array.isArray(elements) ? elements.filter(isObject) : [];
  return stripControls(list.map((element) => plainRichElement(element, reader)).join(''));
}

function plainRichElement(element: JsonObject, reader: Reader): string {
  const word = (name: string): string => (typeof element[name] === 'string' ? element[name] : '');
  switch (element.type) {
    case 'text':
      return word('text');
    case 'link':
      return plainLink(word('url'), word('text') || word('url'));
    case 'user':
      return `@${reader.userName(word('user_id'))}`;
    case 'channel':
      return `#${reader.channelName(word('channel_id'))}`;
    case 'usergroup':
      return `@${reader.groupName(word('usergroup_id'))}`;
    case 'broadcast':
      return `@${word('range')}`;
    case 'emoji':
      return emojiOf(word('name'));
    case 'date':
      return formatSlackDate(
        { timestamp: Number(element.timestamp), format: word('format'), fallback: word('fallback') },
        reader,
      );
    default:
      return word('value') || word('team_id');
  }
}

/** A `plain_text` or `mrkdwn` object as plain text; empty for anything else. */
export function plainTextObject(value: unknown, reader: Reader): string {
  if (!isObject(value) || typeof value.text !== 'string') return '';
  if (value.type === 'mrkdwn') return plainMrkdwn(value.text, reader);
  return stripControls(value.text.replace(/:([a-z0-9_+-]+):/g, (_, name: string) => emojiOf(name)));
}
