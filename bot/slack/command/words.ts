/** Splitting a command's text into words. */
import { decodeEntities, fold, visible } from './text.ts';

export interface Word {
  readonly text: string;
  /** Began with a quote: taken literally, never a keyword. */
  readonly quoted: boolean;
  /** A person or channel that Slack encoded. */
  readonly mention?: { readonly kind: 'user' | 'channel'; readonly id: string };
}

export type Split = { readonly ok: true; readonly words: readonly Word[] } | { readonly ok: false };

interface Draft {
  text: string;
  quoted: boolean;
  mention?: Word['mention'];
}

/** `<@U1|name>`, `<#C1|name>`, `<!here>`, `<https://host|host>`. */
const ENCODED = /^<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/u;

/**
 * Words of a text; `ok: false` when a quote is never closed. Quotes open at the start of a word or behind `:` and `=`,
 * and keep their content as typed. Commas separate like spaces, but for those inside a tag.
 */
export function splitWords(typed: string): Split {
  const text = visible(typed);
  const words: Word[] = [];
  let draft: Draft | undefined;
  const finish = () => {
    if (draft !== undefined && (draft.quoted || draft.text !== '' || draft.mention)) words.push(tidy(draft));
    draft = undefined;
  };
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const encoded = ENCODED.exec(rest);
    if (encoded !== null) {
      draft = withEncoded(draft, encoded);
      at += encoded[0].length;
      continue;
    }
    const [raw, character] = nextCharacter(rest);
    if (character === '"' || character === "'") {
      const quote = opensQuote(draft) ? readQuoted(rest, raw, character) : undefined;
      if (quote === 'unclosed') return { ok: false };
      if (quote !== undefined) {
        draft = { quoted: draft === undefined || draft.quoted, text: (draft?.text ?? '') + quote.inner };
        at += quote.length;
        continue;
      }
    }
    at += raw.length;
    if (character === ' ' || (character === ',' && !isTag(draft))) finish();
    else if (character !== '`') draft = { ...(draft ?? { quoted: false }), text: (draft?.text ?? '') + character };
  }
  finish();
  return { ok: true, words };
}

const nextCharacter = (rest: string): [raw: string, folded: string] => {
  const entity = /^&(?:amp|lt|gt);/.exec(rest)?.[0];
  if (entity !== undefined) return [entity, decodeEntities(entity)];
  const raw = String.fromCodePoint(rest.codePointAt(0) ?? 0x20);
  return [raw, fold(raw)];
};

const isTag = (draft: Draft | undefined): boolean => draft !== undefined && /^tag:/i.test(draft.text);

const opensQuote = (draft: Draft | undefined): boolean => draft === undefined || /[:=]$/.test(draft.text);

/** The counterparts of an opening quote; any quote of its family will do when none of them follows. */
const CLOSERS: Readonly<Record<string, string>> = {
  '“': '”',
  '„': '”“',
  '«': '»',
  '»': '«»',
  '「': '」',
  '『': '』',
  '‘': '’',
  '‚': '’‘',
};

function readQuoted(
  rest: string,
  opener: string,
  family: string,
): { readonly inner: string; readonly length: number } | 'unclosed' {
  const exact = CLOSERS[opener] ?? opener;
  const end = closingAt(rest, opener, (c) => exact.includes(c)) ?? closingAt(rest, opener, (c) => fold(c) === family);
  if (end === undefined) return 'unclosed';
  const inner = decodeEntities(withoutLinks(rest.slice(opener.length, end))).replace(/[\t\r\n]+/g, ' ');
  return { inner: opener === '"' ? inner.replace(/\\(["\\])/g, '$1') : inner, length: end + 1 };
}

/** Slack makes links of names within quotes too; a bracket that somebody typed comes as an entity. */
const withoutLinks = (text: string): string =>
  text.replace(/<((?:https?:\/\/|mailto:)[^<>|]*)(?:\|([^<>]*))?>/giu, (_, address: string, label?: string) =>
    label === undefined || label === '' ? bareAddress(address) : label,
  );

const bareAddress = (address: string): string => address.replace(/^(?:https?:\/\/|mailto:)|\/$/gi, '');

function closingAt(rest: string, opener: string, closes: (character: string) => boolean): number | undefined {
  for (let at = opener.length; at < rest.length; at++) {
    if (opener === '"' && rest[at] === '\\') at++;
    else if (closes(rest[at] ?? '')) return at;
  }
  return undefined;
}

function withEncoded(draft: Draft | undefined, [, sigil, body = '', label]: RegExpExecArray): Draft {
  const before = draft ?? { text: '', quoted: false };
  const shown = decodeEntities(label ?? '');
  if (sigil === '@' || sigil === '#') {
    const kind = sigil === '@' ? 'user' : 'channel';
    return { ...before, text: `${before.text}${sigil}${shown || body}`, mention: { kind, id: body } };
  }
  if (sigil === '!') return { ...before, text: `${before.text}${shown || `@${body}`}` };
  return {
    ...before,
    text: before.text + (shown || bareAddress(decodeEntities(body))),
  };
}

/** Drops what people put around a word: `<web-03>` copied from a usage line, emphasis, a full stop. */
function tidy({ text, quoted, mention }: Draft): Word {
  const bare = quoted
    ? text
    : text
        .replace(/;+$/, '')
        .replace(/^<(.+)>$/su, '$1')
        .replace(/^\*(.+)\*$/su, '$1');
  return { text: bare, quoted, ...(mention === undefined ? {} : { mention }) };
}

/** The word as it has to be typed: in quotes where it needs them. */
export const typedWord = (text: string): string =>
  /^[\p{L}\p{N}._:/@#+=~%-]+$/u.test(text) && [...text].every((character) => fold(character) === character)
    ? text
    : quotedWord(text);

/** The word in quotes, taken literally. */
export const quotedWord = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
