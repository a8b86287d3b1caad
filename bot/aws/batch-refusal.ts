/** What Route 53 says of a batch of changes that it does not take. */

import { maskSecrets } from '../domain/mask-secrets.ts';
import type { WriteRefusal } from '../domain/records/record-outcome.ts';
import type { WriteAnswer } from '../ports.ts';

/** What no other attempt with the same batch would change. Slowing down, rights and faults are told apart elsewhere. */
const FINAL = new Set([
  'InvalidChangeBatch',
  'InvalidDomainName',
  'InvalidInput',
  'LimitsExceeded',
  'NoSuchHealthCheck',
  'NoSuchHostedZone',
]);

/** A set is not as the batch has it: somebody else was first, or this very batch was accepted before. */
const MISMATCH =
  /^Tried to (?:delete|create) resource record set\b.* but (?:it was not found|the values provided do not match the current values|it already exists)\.?$/s;

/** Room for the longest message with two names in it; a value in it may be of four thousand characters. */
const LONGEST_DETAIL = 400;

interface BatchError extends Error {
  /** Of the form that the API reference documents, which the SDK does not read. */
  readonly Messages?: { readonly Message?: unknown };
  /** Where the SDK would put them. */
  readonly messages?: readonly string[];
}

/** Several come as one text in brackets: each begins with a capital letter, names and types in them with none. */
const messagesIn = (text: string): readonly string[] => text.replace(/^\[|\]$/g, '').split(/, (?=[A-Z])/);

/** The messages of a refused batch in either form of the error; undefined for another error. */
const messagesOf = (error: BatchError): readonly string[] | undefined => {
  if (error.Messages?.Message !== undefined) return [error.Messages.Message].flat().map(String);
  if (!FINAL.has(error.name)) return undefined;
  if (error.messages !== undefined && error.messages.length > 0) return error.messages;
  return error.name === 'InvalidChangeBatch' ? messagesIn(error.message) : [error.message];
};

/** Values stand in it as somebody wrote them. */
const detailOf = (messages: readonly string[]): string => {
  const text = maskSecrets(messages.join(', ').replace(/[\p{Cc}\p{Cs}]/gu, ' '));
  const characters = [...text];
  return characters.length > LONGEST_DETAIL ? `${characters.slice(0, LONGEST_DETAIL - 1).join('')}…` : text;
};

/**
 * What the error says of the batch; undefined where it says nothing of it.
 *
 * A mismatch only where every message tells of one: the values of others stand in messages too, and a batch that is
 * invalid besides would be tried in vain.
 */
export const batchRefusal = (error: unknown): WriteAnswer | undefined => {
  if (!(error instanceof Error)) return undefined;
  const messages = messagesOf(error);
  if (messages === undefined) return undefined;
  return messages.every((message) => MISMATCH.test(message))
    ? { kind: 'mismatch' }
    : { kind: 'refused', why: whyRefused(error.name, messages), detail: detailOf(messages) };
};

/** By the beginning of a message: what follows are names and values of others. */
const WHYS: readonly (readonly [RegExp, WriteRefusal])[] = [
  [/^(?:FATAL problem|Invalid Resource Record|Duplicate Resource Record)\b/, 'value'],
  [/^Number of records limit\b/, 'limit'],
  [/^RRSet .*\bconflict/, 'conflict'],
  [/^RRSet .* is not permitted\b/, 'name'],
  [/^Tried to create\b/, 'conflict'],
];

const CODES: Readonly<Record<string, WriteRefusal>> = {
  InvalidDomainName: 'name',
  LimitsExceeded: 'limit',
  NoSuchHostedZone: 'zone-gone',
};

const whyRefused = (code: string, messages: readonly string[]): WriteRefusal => {
  const whys = messages.flatMap((message) => WHYS.find(([pattern]) => pattern.test(message))?.[1] ?? []);
  return CODES[code] ?? whys[0] ?? 'malformed';
};
