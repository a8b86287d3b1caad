/** Turns what a person types into what Slack transmits: mentions, links and the three escaped characters. */
import { findChannel, maySee, type WorkspaceState } from '../state.ts';
import type { Person } from '../types.ts';

/** Escapes the three characters that Slack's markup is made of. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** How a mention is written: commands carry the name after the id, messages do not. */
export type MentionForm = 'with-name' | 'id-only';

/** Top-level names that make Slack take a word for a link. Reserved ones such as `.example` are not among them. */
const LINKED = 'com|net|org|io|dev|de|jp|co|uk|eu|info|biz|cloud|app';

const PARTS = new RegExp(
  [
    '(?<raw><[@#][A-Z0-9]+(?:\\|[^>]*)?>)',
    '(?<url>https?://[^\\s<>]+)',
    '(?<person>@[\\w.-]+)',
    '(?<channel>#[\\w-]+)',
    `(?<domain>\\b(?:[a-z0-9-]+\\.)+(?:${LINKED})\\b(?![\\w.-]))`,
  ].join('|'),
  'gi',
);

/** What Slack makes of a typed text. Mentions of people and channels the person cannot see stay text. */
export function encodeTyped(state: WorkspaceState, person: Person, text: string, form: MentionForm): string {
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(PARTS)) {
    pieces.push(escapeText(text.slice(from, match.index)), encodePart(state, person, match, form));
    from = match.index + match[0].length;
  }
  return [...pieces, escapeText(text.slice(from))].join('');
}

function encodePart(state: WorkspaceState, person: Person, match: RegExpMatchArray, form: MentionForm): string {
  const { raw, url, person: mentioned, channel, domain } = match.groups ?? {};
  const plain = escapeText(match[0]);
  if (raw !== undefined) return mention(state, person, raw.slice(1, -1).split('|')[0] ?? '', form) ?? plain;
  if (url !== undefined) return `<${escapeText(url)}>`;
  if (domain !== undefined) return `<http://${domain}|${domain}>`;
  return mention(state, person, mentioned ?? channel ?? '', form) ?? plain;
}

/** A mention by `@name`, `@U…`, `#name` or `#C…`. */
function mention(state: WorkspaceState, person: Person, word: string, form: MentionForm): string | undefined {
  const name = word.slice(1);
  if (word.startsWith('@')) {
    const user = userCalled(state, name);
    return user === undefined ? undefined : tag('@', user.id, user.name, form);
  }
  const channel = findChannel(state, name);
  const seen = channel !== undefined && maySee(state, person, channel);
  return seen ? tag('#', channel.id, channel.name, form) : undefined;
}

function userCalled(state: WorkspaceState, name: string): { readonly id: string; readonly name: string } | undefined {
  const { botUserId, botName } = state.app;
  const users = [...state.people, { id: botUserId, name: botName }];
  return users.find((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase());
}

function tag(sign: '@' | '#', id: string, name: string, form: MentionForm): string {
  return form === 'with-name' ? `<${sign}${id}|${name}>` : `<${sign}${id}>`;
}
