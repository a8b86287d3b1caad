/**
 * Sets of one name in the notation of zone files, so that a row of a table reads as a fact:
 *
 *     300 SRV 0 0 1688 kms-01.corp.example. ; ours
 *     300 TXT "v=spf1 -all"
 *
 * The comment is the mark beside the value; `; ours, gone` after a TXT line is a mark whose value is not there.
 */
import { formatMark, marksIn } from '../../../bot/domain/records/marks.ts';
import type { ExactSet, NameState, RecordPlace } from '../../../bot/domain/records/record-set.ts';
import { formatSrv, parseSrv, sameAnswer } from '../../../bot/domain/records/srv-record.ts';

export const OURS = '0a1b2c3d4e5f';
export const OTHER = 'ffffffffffff';
const OWNERS: Readonly<Record<string, string>> = { ours: OURS, 'other bot': OTHER };

export const PLACE: RecordPlace = {
  siteId: 'tokyo',
  zoneId: 'Z0000000000001',
  zone: 'corp.example',
  private: true,
  vpcIds: ['vpc-1'],
  domain: 'corp.example',
};

/** A mark of a value, as the change `cbefore` left it. */
export const mark = (value: string, owner = OURS, change = 'cbefore'): string => {
  const answer = parseSrv(value);
  if (answer === undefined) throw new Error(`no answer: ${value}`);
  return formatMark({ owner, change, answer });
};

interface Line {
  readonly ttlSeconds: number;
  readonly type: 'SRV' | 'TXT';
  readonly value: string;
  readonly owners: readonly string[];
}

const lineOf = (text: string): Line => {
  const [, ttl, type, value = '', comment] = /^(\d+) (SRV|TXT) (.*?)(?: ; (.*))?$/.exec(text) ?? [];
  const owners = (comment ?? '').split(', ').flatMap((word) => OWNERS[word] ?? []);
  return { ttlSeconds: Number(ttl), type: type === 'TXT' ? 'TXT' : 'SRV', value, owners };
};

const setOf = (ttlSeconds: number | undefined, values: readonly string[]): ExactSet | undefined =>
  values.length === 0 ? undefined : { ttlSeconds: ttlSeconds ?? 300, values };

/** The state that these lines describe. Marks have the TTL of the TXT lines, else that of the SRV lines. */
export const state = (...texts: readonly string[]): NameState => {
  const lines = texts.map(lineOf);
  const of = (type: Line['type']) => lines.filter((line) => line.type === type);
  const srv = setOf(
    of('SRV')[0]?.ttlSeconds,
    of('SRV').map(({ value }) => value),
  );
  const marks = of('SRV').flatMap(({ value, owners }) => owners.map((owner) => mark(value, owner)));
  const others = of('TXT').flatMap(({ value, owners }) =>
    owners.length === 0 ? [value] : owners.map((owner) => mark(value, owner)),
  );
  const txt = setOf((of('TXT')[0] ?? of('SRV')[0])?.ttlSeconds, [...others, ...marks]);
  return { ...(srv && { srv }), ...(txt && { txt }) };
};

const ownerWord = (owner: string): string => Object.keys(OWNERS).find((word) => OWNERS[word] === owner) ?? owner;

const comment = (words: readonly string[]): string => (words.length === 0 ? '' : ` ; ${words.join(', ')}`);

/** The lines of a state: SRV values first, each with its marks, then what else is in TXT. */
export const lines = (given: NameState): readonly string[] => {
  const marks = marksIn(given);
  const told = new Set<string>();
  const srv = (given.srv?.values ?? []).map((value) => {
    const answer = parseSrv(value);
    const own = marks.filter((each) => answer !== undefined && sameAnswer(each.answer, answer));
    for (const each of own) told.add(each.value);
    return `${given.srv?.ttlSeconds} SRV ${value}${comment(own.map(({ owner }) => ownerWord(owner)))}`;
  });
  const txt = (given.txt?.values ?? [])
    .filter((value) => !told.has(value))
    .map((value) => {
      const stale = marks.find((each) => each.value === value);
      const text = stale ? `${formatSrv(stale.answer)} ; ${ownerWord(stale.owner)}, gone` : value;
      return `${given.txt?.ttlSeconds} TXT ${text}`;
    });
  return [...srv, ...txt];
};
