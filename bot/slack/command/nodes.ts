/** How machines are named in a command, and how a selection is written down again. */
import type { NodeSelection, NodeSelector } from '../../domain/nodes.ts';
import { bad, extra, good, missing, type OneNode, type Operand, type Parsed } from './command.ts';
import { typedWord, type Word } from './words.ts';

/** More words than this are a list for a tag. */
export const MAX_SELECTORS = 200;

const NODE_ID = /^(?:i-(?:[0-9a-f]{8}|[0-9a-f]{17})|mi-[0-9a-f]{17})$/;

/** EC2: keys up to 128 characters, values up to 256. */
const TAG = /^tag:([^=]{1,128})=(.{1,256})$/su;
const SITE = /^site:([a-z][a-z0-9-]{0,19})$/;

/** Reads every word as naming machines; `site:` narrows them all, and alone means all of that site. */
export function parseNodes(words: readonly Word[]): Parsed<NodeSelection> {
  const selectors: NodeSelector[] = [];
  let site: string | undefined;
  for (const word of words) {
    if (!word.quoted && /^site:/i.test(word.text)) {
      const id = SITE.exec(word.text.toLowerCase())?.[1];
      if (id === undefined || (site !== undefined && site !== id)) return bad('site', word.text);
      site = id;
      continue;
    }
    const selector = parseSelector(word);
    if (!selector.ok) return selector;
    selectors.push(selector.value);
  }
  const named = distinct(site !== undefined && selectors.length === 0 ? [{ kind: 'all' }] : selectors);
  if (named.length === 0) return missing('nodes');
  if (named.length > MAX_SELECTORS) return extra(words[MAX_SELECTORS]?.text ?? '');
  return good({ selectors: named, ...(site === undefined ? {} : { site }) });
}

/** Reads the words as naming one machine, by id or name, with or without its site. */
export function parseOneNode(words: readonly Word[]): Parsed<OneNode> {
  if (words.length === 0) return missing('node');
  const nodes = parseNodes(words);
  if (!nodes.ok) return nodes;
  const [node, second] = nodes.value.selectors;
  if (second !== undefined) return extra(formatSelector(second));
  if (node === undefined || node.kind === 'all' || node.kind === 'tag') return bad('node', words[0]?.text ?? '');
  return good({ node, ...(nodes.value.site === undefined ? {} : { site: nodes.value.site }) });
}

function parseSelector({ text, quoted, mention }: Word): Parsed<NodeSelector> {
  if (mention !== undefined) return bad('nodes', text);
  if (/^tag:/i.test(text)) return parseTag(text);
  if (!quoted && text.toLowerCase() === 'all') return good({ kind: 'all' });
  if (NODE_ID.test(text.toLowerCase())) return good({ kind: 'id', id: text.toLowerCase() });
  return parseName(text);
}

function parseTag(text: string): Parsed<NodeSelector> {
  const [, key, value] = TAG.exec(`tag:${text.slice('tag:'.length)}`) ?? [];
  if (key === undefined || value === undefined || key.trim() === '' || value.trim() === '') return bad('tag', text);
  return good({ kind: 'tag', key: key.trim(), value });
}

/** Names are what EC2 allows in a `Name` tag; patterns are not understood, and an id that is none is no name either. */
function parseName(text: string): Parsed<NodeSelector> {
  const name = text.trim();
  const looksLikeId = /^m?i-[0-9a-f]*$/i.test(name) && name.length > 'i-12345'.length;
  const what: Operand = 'nodes';
  // Behind blanks in quotes: written down again it would be a tag.
  if (/^tag:/i.test(name)) return bad('tag', text);
  if (name === '' || name.length > 256 || /[*?]/.test(name) || looksLikeId) return bad(what, text);
  return good({ kind: 'name', name });
}

const distinct = (selectors: readonly NodeSelector[]): readonly NodeSelector[] => {
  if (selectors.some(({ kind }) => kind === 'all')) return [{ kind: 'all' }];
  return [...new Map(selectors.map((selector) => [identity(selector), selector])).values()];
};

/** Computer names know no case, tags do. */
const identity = (selector: NodeSelector): string =>
  selector.kind === 'name' ? formatSelector(selector).toLowerCase() : formatSelector(selector);

/** The selector as it would be typed. */
export function formatSelector(selector: NodeSelector): string {
  switch (selector.kind) {
    case 'all':
      return 'all';
    case 'id':
      return selector.id;
    case 'name':
      return /^(?:all|site:.*)$/i.test(selector.name) ? `"${selector.name}"` : typedWord(selector.name);
    case 'tag':
      return formatTag(`${selector.key}=${selector.value}`);
  }
}

const formatTag = (pair: string): string => `tag:${typedWord(pair)}`;

/** The selection as it would be typed, e.g. `tag:Env=prod web-03 site:tokyo`. */
export const formatSelection = ({ selectors, site }: NodeSelection): string =>
  [...selectors.map(formatSelector), ...(site === undefined ? [] : [`site:${site}`])].join(' ');
