/** Parameters of a command against what its document allows. */
import { refusal } from '../refusal.ts';
import type { DocumentParameter, SsmDocument } from './documents.ts';

/** Parameters of a command: always lists, even of one string. */
export type CommandParameters = Readonly<Record<string, readonly string[]>>;

/** Content and parameters together. Source: AWS Systems Manager quotas. */
const MAX_DOCUMENT_BYTES = 64 * 1024;

/** Throws `InvalidParameters` or `MaxDocumentSizeExceeded`; returns what the agent gets, defaults filled in. */
export function checkParameters(document: SsmDocument, given: CommandParameters): CommandParameters {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(document.parameters, name))
      throw invalid(`The parameter ${name} is not defined in the document.`);
  }
  const values = Object.entries(document.parameters).map(([name, definition]) => {
    const checked = given[name] ?? defaultOf(definition);
    if (checked === undefined) throw invalid(`The parameter ${name} is required.`);
    checkValues(name, definition, checked);
    return [name, checked] as const;
  });
  if (Buffer.byteLength(document.text) + Buffer.byteLength(JSON.stringify(given)) > MAX_DOCUMENT_BYTES) {
    throw refusal('MaxDocumentSizeExceeded', 'The size limit of a document is 64 KB.');
  }
  return Object.fromEntries(values);
}

function defaultOf({ default: fallback }: DocumentParameter): readonly string[] | undefined {
  return typeof fallback === 'string' ? [fallback] : fallback;
}

function checkValues(name: string, definition: DocumentParameter, values: readonly string[]): void {
  if (definition.type === 'String' && values.length !== 1) throw invalid(`The parameter ${name} takes one value.`);
  if (values.length < (definition.minItems ?? 0)) throw invalid(`The parameter ${name} has too few values.`);
  if (values.length > (definition.maxItems ?? Number.POSITIVE_INFINITY)) {
    throw invalid(`The parameter ${name} has too many values.`);
  }
  for (const value of values) checkValue(name, definition, value);
}

/** The value itself is not repeated: parameters are sensitive in the service's model. */
function checkValue(name: string, definition: DocumentParameter, value: string): void {
  if (value.length < (definition.minChars ?? 0)) throw invalid(`The value of parameter ${name} is too short.`);
  if (value.length > (definition.maxChars ?? Number.POSITIVE_INFINITY)) {
    throw invalid(`The value of parameter ${name} is too long.`);
  }
  if (definition.allowedValues !== undefined && !definition.allowedValues.includes(value)) {
    throw invalid(`The value of parameter ${name} is not one of the allowed values.`);
  }
  refuseWhatTheAgentCannotRead(name, definition);
  // The service searches: a pattern without anchors lets everything around a match pass.
  if (definition.allowedPattern !== undefined && !new RegExp(definition.allowedPattern).test(value)) {
    throw invalid(`The value of parameter ${name} does not match the allowed pattern ${definition.allowedPattern}.`);
  }
}

/** Counts above this do not compile in the agent's pattern engine (Go's RE2), and the run fails on every machine. */
const RE2_MAX_REPEAT = 1000;

function refuseWhatTheAgentCannotRead(name: string, { allowedPattern = '' }: DocumentParameter): void {
  const counts = [...allowedPattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].flatMap(([, least, most]) => [least, most]);
  if (counts.some((count) => Number(count ?? 0) > RE2_MAX_REPEAT)) {
    throw invalid(`The allowed pattern of parameter ${name} repeats more than ${RE2_MAX_REPEAT} times.`);
  }
}

function invalid(text: string): ReturnType<typeof refusal> {
  return refusal('InvalidParameters', text);
}
