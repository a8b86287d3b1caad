/**
 * Finds what a changing document said in what a machine printed.
 *
 * What tells how the change ended must be as agreed, or nothing of the line is believed. What only adds to it (why, which
 * step, the states) costs itself alone: a change that was made is not to look like an answer that never came.
 */
import {
  type Decoded,
  type Decoder,
  flag,
  isObject,
  listOf,
  mapped,
  refined,
  text,
  tupleOf,
  wholeNumber,
} from '../decode.ts';
import { unixSeconds, word } from '../inspection-fields.ts';
import { type Parsed, readJsonAs, readLines, type Unreadable } from '../inspection-line.ts';
import { licenceProduct, licensingService, present } from '../inspection-parts.ts';
import { READABLE_VERSION } from '../parse-inspection.ts';
import type { ChangeRecord } from './change-record.ts';
import { CHANGE_DOCUMENTS, OPERATION_PATTERN, REFUSALS, type WireResult } from './change-wire.ts';
import { type ClientState, clientStateOf } from './client-state.ts';
import {
  awsAction,
  hostSettings,
  installationIdDigest,
  published,
  roleArn,
  savedFile,
  storedKeyTail,
} from './parse-change-parts.ts';
import type { RoutingAttempt } from './plan.ts';

/** What an output holds. */
export type ChangeReading = { readonly kind: 'record'; readonly record: ChangeRecord } | Unreadable;

const RESULTS: readonly WireResult[] = ['done', 'same', 'moved', 'refused', 'failed', 'busy'];

/** Reads the first sound result in a machine's output, without any secret that stands in it. Never throws. */
export const readChangeOutput = (output: string): ChangeReading =>
  readLines(output, neverPacked, (json) => readJsonAs(json, parseChange));

/** A changing document has little to say, and says it plainly. */
const neverPacked = (): undefined => undefined;

type Json = Readonly<Record<string, unknown>>;

const parseChange = (value: unknown): Parsed<ChangeReading & { readonly kind: 'record' }> => {
  if (!isObject(value)) return { ok: false, kind: 'malformed', at: '' };
  const version = wholeNumber(1, 0xffff)(value.v, 'v');
  if (!version.ok) return malformed(version);
  if (version.value > READABLE_VERSION) return { ok: false, kind: 'newer-version', version: version.value };
  const ending = readEnding(value);
  if (!ending.ok) return malformed(ending);
  return { ok: true, reading: { kind: 'record', record: { ...ending.value, ...readDetails(value) } } };
};

const malformed = ({ at }: { readonly at: string }) => ({ ok: false, kind: 'malformed', at }) as const;

const amongst = <W extends string>(words: readonly W[]): Decoder<W> =>
  refined(text, (written) => {
    const known = words.find((each) => each === written);
    return known === undefined ? { why: 'is none of the words' } : { value: known };
  });

const operationId = refined(text, (written) =>
  new RegExp(OPERATION_PATTERN).test(written) ? { value: written } : { why: 'is no id of an operation' },
);

type Ending = Pick<ChangeRecord, 'atMs' | 'computerName' | 'operation' | 'document' | 'result'>;

const readEnding = (json: Json): Decoded<Ending> => {
  const atMs = unixSeconds(json.at, 'at');
  if (!atMs.ok) return atMs;
  const computerName = text(json.name, 'name');
  if (!computerName.ok) return computerName;
  const operation = operationId(json.op, 'op');
  if (!operation.ok) return operation;
  const document = amongst(CHANGE_DOCUMENTS)(json.doc, 'doc');
  if (!document.ok) return document;
  const result = amongst(RESULTS)(json.res, 'res');
  if (!result.ok) return result;
  const value = { atMs: atMs.value, computerName: computerName.value, operation: operation.value };
  return { ok: true, value: { ...value, document: document.value, result: result.value } };
};

/** Eight digits, as the record keeps them. */
const digits = refined(text, (written) =>
  /^[0-9A-Fa-f]{8}$/.test(written) ? { value: written.toUpperCase() } : { why: 'is not eight hexadecimal digits' },
);

const attempt: Decoder<RoutingAttempt> = mapped(
  tupleOf<['name' | 'address', string, string]>(amongst(['name', 'address'] as const), text, digits),
  ([by, target, code]) => ({ by, target, code }),
);

type Details = Omit<ChangeRecord, keyof Ending>;

const readDetails = (json: Json): Details => ({
  again: json.again === 1,
  ...present({
    why: readOr(amongst(REFUSALS), json.why),
    step: readOr(word, json.step),
    code: readOr(digits, json.code),
    restored: readOr(flag, json.back),
    tests: readOr(listOf(attempt), json.tests),
    via: readOr(amongst(['tools', 'instance', 'agent'] as const), json.via),
    need: readOr(awsAction, json.need),
    who: readOr(roleArn, json.who),
    tail: readOr(storedKeyTail, json.tail),
    installationIdDigest: readOr(installationIdDigest, json.dig),
    saved: readOr(savedFile, json.saved),
    published: readOr(published, json.pub),
    before: readState(json.before),
    after: readState(json.after),
  }),
});

/** The value where it is as agreed. */
const readOr = <T>(decoder: Decoder<T>, json: unknown): T | undefined => {
  const read = decoder(json, '');
  return read.ok ? read.value : undefined;
};

const readState = (json: unknown): ClientState | undefined => {
  if (!isObject(json)) return undefined;
  const service = readOr(licensingService, json.svc);
  const products = readOr(listOf(licenceProduct), json.prod);
  if (service === undefined || products === undefined) return undefined;
  const state = clientStateOf({ service: { read: true, value: service }, products: { read: true, value: products } });
  const host = readOr(hostSettings, json.host);
  return state === undefined || host === undefined ? state : { ...state, host };
};
