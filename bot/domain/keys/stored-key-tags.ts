/** Tags of a stored key: what it is and where it may go, without its value. */
import { KEY_GROUPS, type KeyGroup } from '../host-generations.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { KEY_TAGS, type StoredKey, type StoredKeyLookup } from './stored-key.ts';

type Groups = StoredKey['group'];
type BadTag = Extract<StoredKeyLookup, { kind: 'badly-tagged' }>['tags'][number];

/** A tag's value, or the tag as it is wrong. */
type Read<T> = { readonly value: T } | { readonly bad: BadTag };

/** Short forms that people tag with, beside the whole names. */
const SHORT_GROUPS: Readonly<Record<string, Groups>> = {
  '2025': 'Windows Server 2025',
  '2022': 'Windows Server 2022',
  '2019': 'Windows Server 2019',
  '2016': 'Windows Server 2016',
  '2012R2': 'Windows Server 2012 R2',
  '2012': 'Windows Server 2012',
  '2008R2': 'Windows Server 2008 R2',
  '10': 'Windows 10',
  '11': 'Windows 11',
};

const GROUPS: readonly Groups[] = [...KEY_GROUPS, 'Windows 11'] satisfies readonly (KeyGroup | 'Windows 11')[];

/** Upper and lower case and blanks are no matter to people. */
const folded = (text: string): string => text.replace(/\s+/g, '').toUpperCase();

const SPELLINGS: ReadonlyMap<string, Groups> = new Map([
  ...GROUPS.map((group) => [folded(group), group] as const),
  ...Object.entries(SHORT_GROUPS).map(([short, group]) => [folded(short), group] as const),
]);

const bad = (tag: string, value: string | undefined): { readonly bad: BadTag } => ({
  bad: value === undefined ? { tag } : { tag, value },
});

const kindIn = (value: string | undefined): Read<StoredKey['kind']> => {
  const word = value?.trim().toLowerCase();
  return word === 'mak' || word === 'host' ? { value: word } : bad(KEY_TAGS.kind, value);
};

/** No source says what a host key of Windows 11 activates: only a MAK may name it. */
const groupIn = (value: string | undefined, kind: StoredKey['kind'] | undefined): Read<Groups> => {
  const group = SPELLINGS.get(folded(value ?? ''));
  const isKnown = group !== undefined && !(group === 'Windows 11' && kind === 'host');
  return isKnown ? { value: group } : bad(KEY_TAGS.group, value);
};

const EDITION = /^[A-Za-z][A-Za-z0-9]{1,63}$/;

/** As they are written, which is how they are told. */
const firstOfEach = (words: readonly string[]): readonly string[] =>
  words.filter((word, at) => words.findIndex((other) => other.toLowerCase() === word.toLowerCase()) === at);

/** A MAK must say which editions it is for; of a host key the editions do not matter. */
const editionsIn = (value: string | undefined, kind: StoredKey['kind'] | undefined): Read<StoredKey['editions']> => {
  if (value === undefined && kind === 'host') return { value: 'any' };
  const words = (value ?? '').split(/\s+/).filter((word) => word !== '');
  if (words.length === 1 && words[0]?.toLowerCase() === 'any') return { value: 'any' };
  const isList = words.length > 0 && words.every((word) => EDITION.test(word) && word.toLowerCase() !== 'any');
  return isList ? { value: firstOfEach(words) } : bad(KEY_TAGS.editions, value);
};

const usedIn = (value: string | undefined): Read<number> => {
  if (value === undefined) return { value: 0 };
  return /^[0-9]{1,5}$/.test(value.trim()) ? { value: Number(value) } : bad(KEY_TAGS.used, value);
};

/**
 * The key that its tags describe, or every tag that is missing or none of the agreed values. Names of tags are compared
 * as AWS does, letter by letter.
 */
export const parseStoredKeyTags = (
  { name, from }: Pick<StoredKey, 'name' | 'from'>,
  tags: Readonly<Record<string, string>>,
): Extract<StoredKeyLookup, { kind: 'found' | 'badly-tagged' }> => {
  // It may be the key itself, put into the wrong field: values are kept and told to whoever asked.
  const of = (tag: string): string | undefined => (Object.hasOwn(tags, tag) ? maskSecrets(tags[tag] ?? '') : undefined);
  const kind = kindIn(of(KEY_TAGS.kind));
  const known = 'value' in kind ? kind.value : undefined;
  const group = groupIn(of(KEY_TAGS.group), known);
  const editions = editionsIn(of(KEY_TAGS.editions), known);
  const used = usedIn(of(KEY_TAGS.used));
  if ('bad' in kind || 'bad' in group || 'bad' in editions || 'bad' in used)
    return {
      kind: 'badly-tagged',
      tags: [kind, group, editions, used].flatMap((each) => ('bad' in each ? [each.bad] : [])),
    };
  return {
    kind: 'found',
    key: { name, from, kind: kind.value, group: group.value, editions: editions.value, usedBefore: used.value },
  };
};
