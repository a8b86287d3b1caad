/** The record as one line of at most 2,400 bytes, and what goes when it is longer. */
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  WIRE_LIMIT_BYTES,
  WIRE_PREFIX,
  WIRE_PREFIX_COMPRESSED,
  type WireRecord,
} from '../../../bot/domain/inspection-wire.ts';
import { limitTargets } from './targets.ts';

/**
 * A record of more characters than this is shortened before it is compressed: what goes then depends on the record's
 * length alone, although compressors differ. A machine's record has some 1,300; at this length one whose names are all
 * different and as long as DNS allows fits after gzip and base64. Texts like noise do not, and go on being shortened.
 */
export const PACK_BOUND = 7000;
const LINE_END_BYTES = 2;

const escapeUnit = (unit: string): string =>
  unit === '"' || unit === '\\' ? `\\${unit}` : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const escaped = (value: string): string => value.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, escapeUnit);

/** ASCII JSON as the document writes it. */
export const wireJson = (value: unknown): string => {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return `"${escaped(value)}"`;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `[${value.map(wireJson).join(',')}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `"${key}":${wireJson(member)}`).join(',')}}`;
};

type CutKey = keyof NonNullable<WireRecord['cut']>;

/** Adds to the count of what was dropped; nothing for zero. */
export const addCut = (record: WireRecord, key: CutKey, count: number): void => {
  if (count <= 0) return;
  record.cut ??= {};
  record.cut[key] = (record.cut[key] ?? 0) + count;
};

// Formats of fixed length, and what is never dropped.
const FIXED = ['id', 'app', 'key', 'why', 'cmid', 'err', 'cut', 'host', 'req'];
// Where a machine is sent, and what its attempts met: the last texts to be shortened.
const ASSIGNMENTS = ['kms', 'look', 'evt'];
const ASSIGNMENT_ROOM = 24;
// Lists whose places have a meaning, and those that have a limit of their own.
const WHOLE = ['a[]', 'q[]', 'r', 'rt[]', 'clk', 'kms', 'disc', 'spp', 'srv', 'a', 'tgt', 'q'];
const LEAST_PRODUCTS = 6;

/** The start of a text that takes at most so many bytes in the line. */
export const shortText = (value: string, room: number): string => {
  let kept = value.slice(0, room);
  while (escaped(kept).length > room) kept = kept.slice(0, -1);
  return kept;
};

interface Tally {
  count: number;
}

const shorten = (value: unknown, room: number, max: number, key: string, tally: Tally): unknown => {
  if (value === null || value === undefined || FIXED.includes(key)) return value;
  if (ASSIGNMENTS.includes(key) && room > ASSIGNMENT_ROOM) return value;
  if (typeof value === 'string') {
    if (escaped(value).length <= room) return value;
    tally.count++;
    return shortText(value, room);
  }
  if (Array.isArray(value)) {
    const most = WHOLE.includes(key) ? value.length : key === 'prod' ? Math.max(LEAST_PRODUCTS, max) : max;
    tally.count += Math.max(0, value.length - most);
    return value.slice(0, most).map((item) => shorten(item, room, max, `${key}[]`, tally));
  }
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shorten(v, room, max, k, tally)]));
};

const limitTexts = (record: WireRecord, room: number, max: number): void => {
  const tally = { count: 0 };
  Object.assign(record, shorten(record, room, max, '', tally));
  addCut(record, 'txt', tally.count);
};

const limitAnswers = (record: WireRecord, max: number): void => {
  for (const { a } of record.srv ?? []) if (a) addCut(record, 'srv', a.splice(max).length);
};

const limitDomains = (record: WireRecord, max: number): void =>
  addCut(record, 'dom', Math.max(record.srv?.splice(max).length ?? 0, record.net?.list.splice(max).length ?? 0));

const limitNetwork = (record: WireRecord, answers: number, targets: number, domains: number, lists: number): void => {
  limitAnswers(record, answers);
  addCut(record, 'tgt', limitTargets(record, targets));
  limitDomains(record, domains);
  limitTexts(record, 1000, lists);
};

const limitParts = (record: WireRecord, ...keys: readonly ('reg' | 'net' | 'dns' | 'srv' | 'tgt' | 'rt')[]): void => {
  for (const key of keys) {
    if (record[key] === null) continue;
    record[key] = null;
    addCut(record, 'txt', 1);
  }
};

const limitToCore = (record: WireRecord): void => {
  limitTexts(record, 12, 2);
  if (record.prod) addCut(record, 'txt', record.prod.splice(2).length);
};

const limitNames = (record: WireRecord, max: number): void => {
  for (const [, , names] of record.req?.dup ?? []) addCut(record, 'dup', names.splice(max).length);
};

/** What goes, step by step. The first five are the agreed order; what follows is for records no machine should have. */
const LADDER: readonly ((record: WireRecord) => void)[] = [
  (record) => limitAnswers(record, 4),
  (record) => addCut(record, 'tgt', limitTargets(record, 8)),
  (record) => limitDomains(record, 6),
  (record) => limitNames(record, 1),
  (record) => limitNames(record, 0),
  (record) => limitNetwork(record, 3, 6, 4, 6),
  (record) => limitNetwork(record, 2, 4, 3, 4),
  (record) => limitNetwork(record, 1, 3, 2, 3),
  ...([100, 48, 32] as const).map((room) => (record: WireRecord) => limitTexts(record, room, 3)),
  (record) => limitParts(record, 'net', 'dns', 'srv'),
  (record) => limitParts(record, 'reg', 'tgt', 'rt'),
  ...([24, 16] as const).map((room) => (record: WireRecord) => limitTexts(record, room, 3)),
  limitToCore,
];

/** The line without its line end, and the record as it stands in it. The record given is not changed. */
export const wireLine = (full: WireRecord): { line: string; record: WireRecord } => {
  const record = structuredClone(full);
  const room = WIRE_LIMIT_BYTES - LINE_END_BYTES;
  for (const step of LADDER) {
    const line = fitting(wireJson(record), room);
    if (line !== undefined) return { line, record };
    step(record);
  }
  return { line: WIRE_PREFIX + wireJson(record), record };
};

const fitting = (json: string, room: number): string | undefined => {
  if (WIRE_PREFIX.length + json.length <= room) return WIRE_PREFIX + json;
  if (json.length > PACK_BOUND) return undefined;
  const packed = WIRE_PREFIX_COMPRESSED + gzipSync(Buffer.from(json, 'ascii')).toString('base64');
  return packed.length <= room ? packed : undefined;
};

/** The JSON of a line of either form. Throws when it is neither. */
export const unpackLine = (line: string): string => {
  if (line.startsWith(WIRE_PREFIX)) return line.slice(WIRE_PREFIX.length);
  if (!line.startsWith(WIRE_PREFIX_COMPRESSED)) throw new Error(`not a record: ${line.slice(0, 40)}`);
  return gunzipSync(Buffer.from(line.slice(WIRE_PREFIX_COMPRESSED.length), 'base64')).toString('ascii');
};
