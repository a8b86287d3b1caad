/** A stored key that cannot be used: why, and what would work. */
import type { ChangeRefusal } from '../../domain/change/change-message.ts';
import { STORED_KEY_PREFIX } from '../../domain/keys/stored-key.ts';
import { nearestWords } from '../../domain/nearest.ts';
import { entryOf } from '../messages/wording.ts';
import { code, words } from '../mrkdwn.ts';
import type { ChangeSpeech } from './change-speech.ts';

type StoredKeyRefusal = Extract<ChangeRefusal, { kind: 'stored-key' }>;

/** Names offered in place of one that nobody knows. */
const NEAREST = 3;

/** Names told where none is near. */
const MOST_KNOWN = 10;

/** The refusal as a sentence. */
export function storedKeySentence(
  { name, siteId, lookup }: StoredKeyRefusal,
  { say: { storedKey } }: ChangeSpeech,
): string {
  const shown = code(name, 100);
  switch (lookup.kind) {
    case 'not-found':
      return storedKey.notFound(shown, words(siteId, 40), spans(nearestNames(name, lookup.known)));
    case 'badly-tagged':
      return storedKey.badlyTagged(
        shown,
        lookup.tags.map(({ tag, value }) =>
          value === undefined || value === ''
            ? storedKey.missingTag(code(tag, 40))
            : storedKey.wrongTag(code(tag, 40), code(value, 60)),
        ),
      );
    case 'ambiguous':
      return storedKey.ambiguous(shown);
    case 'not-encrypted':
      return storedKey.notEncrypted(shown);
  }
}

/** Those that have the word in them, then those spelled nearly so. */
function nearestNames(name: string, known: readonly string[]): readonly string[] {
  const within = known.filter((each) => each.toLowerCase().includes(name.toLowerCase()));
  return [...new Set([...within, ...nearestWords(name, known)])].slice(0, NEAREST);
}

const spans = (names: readonly string[]): readonly string[] => names.map((each) => code(each, 60));

/** What the tags may be, one example each, or where a key is stored; empty for any other refusal. */
export function storedKeyNotes(
  refusal: ChangeRefusal | undefined,
  { say: { storedKey } }: ChangeSpeech,
): readonly string[] {
  if (refusal?.kind !== 'stored-key') return [];
  const { lookup, name } = refusal;
  if (lookup.kind === 'not-found') {
    const where = storedKey.where(code(STORED_KEY_PREFIX + name, 120), code(`/${STORED_KEY_PREFIX}${name}`, 120));
    const isOffered = lookup.known.length === 0 || nearestNames(name, lookup.known).length > 0;
    return isOffered ? [where] : [storedKey.known(spans(lookup.known.slice(0, MOST_KNOWN))), where];
  }
  if (lookup.kind !== 'badly-tagged') return [];
  return [...new Set(lookup.tags.map(({ tag }) => entryOf(storedKey.tag, tag) ?? storedKey.tag.other))].map(
    (text) => `• ${text}`,
  );
}
