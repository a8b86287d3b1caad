/**
 * Text of people and machines on its way into Slack.
 *
 * A computer name or a tag may hold anything: Slack markup that mentions a channel, characters that turn the reading
 * direction round, a product key. Catalogues accept such text only as {@link Safe}, and only this file makes it.
 */

import { maskSecrets } from '../domain/mask-secrets.ts';

declare const safe: unique symbol;

/** Text in which nothing can act: escaped, without invisible characters, without secrets. */
export type Safe = string & { readonly [safe]: true };

/** Control characters, zero-width characters and those that change the reading direction. */
const INVISIBLE = /[\p{Cc}\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;

/** Text without invisible characters, line breaks and secrets, for places that know no markup: file cells, button labels. */
export const plain = (text: string): string =>
  maskSecrets(
    withoutLoneSurrogates(text)
      .replace(/[\r\n\t]+/g, ' ')
      .replace(INVISIBLE, ''),
  );

/** A lone half of a surrogate pair cannot be sent as UTF-8. */
const withoutLoneSurrogates = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');

/** Cuts to `limit` UTF-16 units with an ellipsis, never through a character. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > limit - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Text with the three characters of Slack's markup escaped, as Slack itself delivers what people type. */
export const escapeMarkup = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** `*`, `~`, backticks and an outer `_` have no escape: a word joiner behind them keeps them from pairing up. */
const unpaired = (text: string): string => text.replace(/[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '$&\u2060');

/** Hostile text as words of a sentence, cut to `limit` characters before escaping. */
export const words = (text: string, limit = 120): Safe => unpaired(escapeMarkup(cut(plain(text), limit))) as Safe;

/** Hostile text as a code span: what people may type back. Empty text becomes an empty string. */
export function code(text: string, limit = 200): Safe {
  const inner = escapeMarkup(cut(plain(text), limit).replace(/`/g, 'ˋ'));
  return (inner === '' ? '' : `\`${inner}\``) as Safe;
}

/** Lines as they are, one below the other in a fixed width: nothing in them acts. */
export const preformatted = (lines: readonly string[]): Safe =>
  (lines.length === 0 ? '' : `\`\`\`\n${lines.map(verbatimLine).join('\n')}\n\`\`\``) as Safe;

const verbatimLine = (line: string): string => escapeMarkup(plain(line).replace(/`/g, 'ˋ'));

/** Joins pieces that are safe already. */
export const join = (pieces: readonly Safe[], separator: string): Safe => pieces.join(separator) as Safe;

/** A sentence of ours with pieces that are safe already; a tag, so that nothing else can be put in. */
export const said = (literals: readonly string[], ...pieces: readonly Safe[]): Safe =>
  literals.map((literal, at) => literal + (pieces[at] ?? '')).join('') as Safe;

/** A moment in each reader's own zone and language; the fallback is in UTC and says so. */
export function moment(atMs: number, form: 'date' | 'time' | 'date-time' = 'date-time'): Safe {
  const at = new Date(Number.isFinite(atMs) ? Math.min(Math.max(atMs, 0), LATEST_MS) : 0);
  const iso = at.toISOString();
  const [tokens, fallback] = {
    date: ['{date_short_pretty}', iso.slice(0, 10)],
    time: ['{time}', `${iso.slice(11, 16)} UTC`],
    'date-time': ['{date_short_pretty} {time}', `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`],
  }[form] as [string, string];
  return `<!date^${Math.floor(at.getTime() / 1000)}^${tokens}|${fallback}>` as Safe;
}

/** The year 9999: beyond it dates have another shape. */
const LATEST_MS = Date.UTC(9999, 11, 31);

/** A person's mention; Slack's own id or nothing. */
export const mention = (userId: string): Safe => (/^[UW][A-Z0-9]+$/.test(userId) ? `<@${userId}>` : '') as Safe;

/** The mention of a user group, which calls its members; Slack's own id or nothing. */
export const mentionGroup = (groupId: string): Safe =>
  (/^S[A-Z0-9]+$/.test(groupId) ? `<!subteam^${groupId}>` : '') as Safe;

/** Cuts finished mrkdwn to `limit`, never inside an entity, a mention, a date or a code span. */
export function cutMrkdwn(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const [piece] of text.matchAll(/<[^<>]*>|&(?:amp|lt|gt);|`[^`]*`|./gsu)) {
    if (kept.length + piece.length > limit - 1) break;
    kept += piece;
  }
  return `${kept.trimEnd()}…`;
}
