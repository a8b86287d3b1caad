/**
 * Finds the inspection record in what a machine printed.
 *
 * Systems Manager's agent joins standard error to the output, cuts both at a byte count with a marker, and reports a
 * skipped step as a success with a sentence of its own. Only a line with our prefix is believed; everything else
 * explains why there is none.
 */
import type { UnreadableOutput } from './check-report.ts';
import type { InspectionRecord } from './inspection-record.ts';
import { withoutSecretsIn } from './mask-secrets.ts';
import { parseInspection, READABLE_VERSION } from './parse-inspection.ts';

/** An output that holds no record, and why. */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly why: UnreadableOutput;
}

/** What an output holds. */
export type Reading =
  /** `json` is the record as the machine gave it, unpacked and without secrets: what the ledger keeps. */
  { readonly kind: 'record'; readonly record: InspectionRecord; readonly json: string } | Unreadable;

/** Unpacks base64 of gzip to text; undefined when it is neither, or unpacks to more than the caller allows. */
export type Unpack = (base64: string) => string | undefined;

/** Printed by the agent where it cut the output. */
const TRUNCATION = /-{2,}\s*output truncated\s*-{2,}/i;

/** A line of ours: version, whether it is packed, and the rest up to the end of the line. */
const OUR_LINE = /KMSBOT(\d{1,5})(Z?) ([^\r\n]*)/g;

/** Between output and error text, where the agent shows both. */
const ERROR_SEPARATOR = /-{5,}\s*ERROR\s*-{5,}/;

/** Reads the first sound record in a machine's output. Never throws. */
export const readOutput = (text: string, unpack: Unpack): Reading => readLines(text, unpack, readJson);

/** As {@link readOutput}, for records of any document: `read` is given the JSON of each line of ours. */
export function readLines<R extends { readonly kind: 'record' }>(
  text: string,
  unpack: Unpack,
  read: (json: string) => R | Unreadable,
): R | Unreadable {
  const clean = text.replace(/^\uFEFF/, '').replaceAll('\0', '');
  const readings = [...clean.matchAll(OUR_LINE)].map((match) => readLine(match, clean, unpack, read));
  const record = readings.find((reading) => reading.kind === 'record');
  return record ?? readings[0] ?? unreadable(withoutLine(clean));
}

const unreadable = (why: UnreadableOutput): Unreadable => ({ kind: 'unreadable', why });

function withoutLine(text: string): UnreadableOutput {
  if (TRUNCATION.test(text)) return { kind: 'truncated' };
  return { kind: text.replace(ERROR_SEPARATOR, '').trim() === '' ? 'empty' : 'not-ours' };
}

function readLine<R extends { readonly kind: 'record' }>(
  match: RegExpExecArray,
  text: string,
  unpack: Unpack,
  read: (json: string) => R | Unreadable,
): R | Unreadable {
  const [line, version = '', packed, rest = ''] = match;
  if (Number(version) > READABLE_VERSION) return unreadable({ kind: 'newer-version', version: Number(version) });
  const body = rest.trimEnd();
  const json = packed === 'Z' ? unpack(body) : body;
  const reading = json === undefined ? garbled('base64') : read(json);
  const isCut = packed !== 'Z' && !body.endsWith('}');
  const endsText = text.trimEnd().endsWith(line.trimEnd());
  const isGarbled = reading.kind === 'unreadable' && reading.why.kind === 'garbled';
  return isGarbled && ((isCut && endsText) || TRUNCATION.test(text)) ? unreadable({ kind: 'truncated' }) : reading;
}

const garbled = (at: string): Unreadable => unreadable({ kind: 'garbled', at });

/** Reads a record from its JSON, as the ledger keeps it. Never throws. */
export function readJson(json: string): Reading {
  return readJsonAs(json, (value, kept) => {
    const inspection = parseInspection(value);
    if (!inspection.ok) return inspection;
    return { ok: true, reading: { kind: 'record', record: inspection.record, json: kept } };
  });
}

/** What becomes of a record's JSON: a reading, or where it stopped being one. */
export type Parsed<R> =
  | { readonly ok: true; readonly reading: R }
  | { readonly ok: false; readonly kind: 'newer-version'; readonly version: number }
  | { readonly ok: false; readonly kind: 'malformed'; readonly at: string };

/**
 * Reads JSON that holds nothing but printable ASCII. Never throws where `parse` does not.
 *
 * Nothing that a machine says is a secret from here on: `parse` is given the value, and what may be kept of the JSON,
 * without any key, activation ID or token that stood in it.
 */
export function readJsonAs<R>(json: string, parse: (value: unknown, kept: string) => Parsed<R>): R | Unreadable {
  const strange = json.search(/[^ -~]/);
  if (strange >= 0) return garbled(`character ${strange + 1}`);
  const value = jsonOf(json);
  if (value === undefined) return garbled('json');
  const clean = withoutSecretsIn(value.value);
  const parsed = parse(clean, clean === value.value ? json : asciiJson(clean));
  if (parsed.ok) return parsed.reading;
  if (parsed.kind === 'newer-version') return unreadable({ kind: 'newer-version', version: parsed.version });
  return garbled(parsed.at === '' ? 'json' : parsed.at);
}

/** As machines write it, so that it can be read again. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

function jsonOf(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
