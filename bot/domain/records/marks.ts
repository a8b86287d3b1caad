/**
 * Marks of ownership: TXT values beside an SRV set, one for each value that a deployment of the bot answers for.
 *
 * A mark is written in the same transaction as its value, so that it decides whose the value is: no mark, nobody's. A
 * text that is not letter by letter what the bot writes is no mark but somebody's text, and is kept.
 */
import type { NameState, Ownership } from './record-set.ts';
import type { SrvAnswer } from './srv-answer.ts';
import { formatSrv, parseSrv, sameAnswer } from './srv-record.ts';

/** Who answers for a value, and since which change. */
export interface Mark {
  /** Twelve hexadecimal digits, the same for a deployment's whole life. */
  readonly owner: string;
  readonly change: string;
  readonly answer: SrvAnswer;
}

/** Characters in one string of a TXT value (RFC 1035 §3.3.14). */
const LONGEST_STRING = 255;

const MARK = /^kms-bot owner=([0-9a-f]{12}) change=([\w-]{1,64}) srv=(.+)$/;
/** Nearly every value: one string, nothing escaped. */
const ONE_STRING = /^"[^"\\]*"$/;
const TXT = /^\s*"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*\s*$/s;

const markText = ({ owner, change, answer }: Mark): string =>
  `kms-bot owner=${owner} change=${change} srv=${formatSrv(answer)}`;

/** The TXT value of a mark: quoted, in several strings where it is longer than one may be. */
export const formatMark = (mark: Mark): string => {
  const strings = markText(mark).match(new RegExp(`.{1,${LONGEST_STRING}}`, 'gs')) ?? [];
  return strings.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(' ');
};

/** What a TXT value says, its strings joined; `undefined` where it is not made of quoted strings. */
const textOf = (value: string): string | undefined =>
  ONE_STRING.test(value) ? value.slice(1, -1) : TXT.test(value) ? stringsOf(value).join('') : undefined;

const stringsOf = (value: string): readonly string[] =>
  [...value.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, inner = '']) => unescaped(inner));

/** Route 53 gives octal digits, and a backslash before a quote or another backslash. */
const unescaped = (text: string): string =>
  text.replace(/\\([0-3][0-7]{2}|.)/gs, (_, escaped: string) =>
    escaped.length === 3 ? String.fromCharCode(Number.parseInt(escaped, 8)) : escaped,
  );

/** The mark that a TXT value is, whoever's; `undefined` for any other text. */
export const readMark = (value: string): Mark | undefined => {
  const text = textOf(value) ?? '';
  const [, owner = '', change = '', srv = ''] = MARK.exec(text) ?? [];
  const answer = parseSrv(srv);
  if (answer === undefined) return undefined;
  const mark = { owner, change, answer };
  return markText(mark) === text ? mark : undefined;
};

/** A TXT value that is a mark, verbatim. */
export interface StandingMark extends Mark {
  readonly value: string;
}

/** Every mark of a name, whoever's, in the order they stand. */
export const marksIn = ({ txt }: NameState): readonly StandingMark[] =>
  (txt?.values ?? []).flatMap((value) => {
    const mark = readMark(value);
    return mark === undefined ? [] : [{ ...mark, value }];
  });

/** A value of a set as a plan looks at it: what it says, and whose it is. */
export interface StandingValue {
  /** Verbatim. */
  readonly text: string;
  /** Absent where the text is no SRV answer. */
  readonly answer?: SrvAnswer;
  readonly ownership: Ownership;
}

/**
 * The values of a name in the order they stand, and whose each is. Where two claim one it is the other's, and where it
 * stands there in two spellings it is nobody's, because which of them is meant cannot be told: what is in doubt is not
 * ours to remove.
 */
export const valuesIn = (state: NameState, owner: string): readonly StandingValue[] => {
  const values = (state.srv?.values ?? []).map((text) => ({ text, answer: parseSrv(text) }));
  const times = countOf(values.flatMap(({ answer }) => (answer === undefined ? [] : [formatSrv(answer)])));
  const whose = claimsIn(state, owner);
  return values.map(({ text, answer }) => {
    if (answer === undefined) return { text, ownership: 'foreign' };
    const meaning = formatSrv(answer);
    return { text, answer, ownership: times.get(meaning) === 1 ? whose(meaning) : 'foreign' };
  });
};

const countOf = (texts: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
};

/** Whose the marks of a name say that a value is, by what it means. */
const claimsIn = (state: NameState, owner: string): ((meaning: string) => Ownership) => {
  const claims = new Map<string, Ownership>();
  for (const mark of marksIn(state)) {
    const meaning = formatSrv(mark.answer);
    const isOurs = mark.owner === owner && claims.get(meaning) !== 'other-bot';
    claims.set(meaning, isOurs ? 'ours' : 'other-bot');
  }
  return (meaning) => claims.get(meaning) ?? 'foreign';
};

/** Whose one value is, also one that is not there; `foreign` for one that is no SRV answer. */
export const ownershipOf = (text: string, state: NameState, owner: string): Ownership => {
  const answer = parseSrv(text);
  if (answer === undefined) return 'foreign';
  const standing = valuesIn(state, owner).filter((value) => value.answer && sameAnswer(value.answer, answer));
  return standing[0]?.ownership ?? claimsIn(state, owner)(formatSrv(answer));
};
