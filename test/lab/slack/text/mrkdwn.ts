/** Reads Slack's mrkdwn into pieces, so that terminal and page show the same. Pure; knows no names. */

/** How a run of text looks. */
export interface Style {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strike?: boolean;
  readonly code?: boolean;
}

/** One piece of a text. Entities are already unescaped. */
export type Span =
  | { readonly kind: 'text'; readonly text: string; readonly style: Style }
  | { readonly kind: 'preformatted'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string; readonly label: string; readonly style: Style }
  | { readonly kind: 'user' | 'channel' | 'usergroup'; readonly id: string; readonly label?: string }
  | { readonly kind: 'broadcast'; readonly range: string }
  | {
      readonly kind: 'date';
      readonly timestamp: number;
      readonly format: string;
      readonly fallback: string;
      readonly url?: string;
    }
  | { readonly kind: 'emoji'; readonly name: string };

/** Turns Slack's three entities back into characters. */
export function unescapeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A mark starts after a border and before something, and ends after something and before a border. */
function marked(mark: '*' | '_' | '~'): RegExp {
  const border = `[\\p{L}\\p{N}${mark}]`;
  const inside = `[^\\n${mark}]*?[^\\s${mark}]`;
  return new RegExp(`(?<!${border})[${mark}](?=\\S)(${inside})[${mark}](?!${border})`, 'u');
}

type Read = (match: RegExpExecArray, style: Style) => readonly Span[];

const RULES: readonly { readonly expression: RegExp; readonly read: Read }[] = [
  {
    expression: /```\n?([\s\S]*?)\n?```/,
    read: ([, text = '']) => [{ kind: 'preformatted', text: unescapeEntities(text) }],
  },
  {
    expression: /`([^`\n]+)`/,
    read: ([, text = ''], style) => [{ kind: 'text', text: unescapeEntities(text), style: { ...style, code: true } }],
  },
  { expression: /<([^<>\n]+)>/, read: ([, inner = ''], style) => [readTag(inner, style)] },
  { expression: marked('*'), read: ([, text = ''], style) => parse(text, { ...style, bold: true }) },
  { expression: marked('_'), read: ([, text = ''], style) => parse(text, { ...style, italic: true }) },
  { expression: marked('~'), read: ([, text = ''], style) => parse(text, { ...style, strike: true }) },
  { expression: /(?<![\w:]):([a-z0-9_+-]+):(?!\w)/, read: ([, name = '']) => [{ kind: 'emoji', name }] },
];

/** The pieces of a mrkdwn text, in order. */
export function parseMrkdwn(text: string): Span[] {
  return parse(text, {});
}

function parse(text: string, style: Style): Span[] {
  const spans: Span[] = [];
  let rest = text;
  while (rest !== '') {
    const next = earliest(rest);
    if (next === undefined) break;
    pushText(spans, rest.slice(0, next.match.index), style);
    spans.push(...next.read(next.match, style));
    rest = rest.slice(next.match.index + next.match[0].length);
  }
  pushText(spans, rest, style);
  return spans;
}

/** The rule whose match begins first; of several at one place, the one listed first. */
function earliest(text: string): { readonly match: RegExpExecArray; readonly read: Read } | undefined {
  let best: { readonly match: RegExpExecArray; readonly read: Read } | undefined;
  for (const { expression, read } of RULES) {
    const match = expression.exec(text);
    if (match !== null && (best === undefined || match.index < best.match.index)) best = { match, read };
  }
  return best;
}

function pushText(spans: Span[], text: string, style: Style): void {
  if (text !== '') spans.push({ kind: 'text', text: unescapeEntities(text), style });
}

/** What stands between `<` and `>`. */
function readTag(inner: string, style: Style): Span {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : unescapeEntities(inner.slice(bar + 1));
  const named = label === undefined ? {} : { label };
  if (target.startsWith('@')) return { kind: 'user', id: target.slice(1), ...named };
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1), ...named };
  if (target.startsWith('!')) return readSpecial(target.slice(1), label);
  const url = unescapeEntities(target);
  return { kind: 'link', url, label: label ?? url.replace(/^mailto:/, ''), style };
}

function readSpecial(command: string, label: string | undefined): Span {
  const [name = '', first = '', format = '', url] = command.split('^');
  if (name === 'subteam') return { kind: 'usergroup', id: first, ...(label === undefined ? {} : { label }) };
  if (name !== 'date') return { kind: 'broadcast', range: label ?? name };
  return {
    kind: 'date',
    timestamp: Number(first),
    format: unescapeEntities(format),
    fallback: label ?? '',
    ...(url === undefined ? {} : { url: unescapeEntities(url) }),
  };
}
