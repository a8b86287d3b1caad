/** Parameters of the documents, as they declare them. */
import type { ChangeOptions } from '../domain/change/change-wire.ts';
import type { NodeId } from '../domain/nodes.ts';
import type { InspectOptions } from '../ports.ts';

/** Characters a document's `Options` takes. */
const OPTIONS_LIMIT = 3000;

const encoded = (bind: 'all' | readonly NodeId[], jitter: number, known: readonly string[]): string =>
  Buffer.from(JSON.stringify({ bind, jitter, known })).toString('base64');

/**
 * What a run is told: base64 of JSON, so that no character of it means anything to the shell. Systems Manager wants a
 * list of texts for every parameter.
 *
 * When all of it is too long, fewer machines bind and the rest only connect.
 *
 * @throws when the known hosts alone are too long.
 */
export const inspectParameters = (options: InspectOptions, knownHosts: readonly string[]): Record<string, string[]> => {
  let { bindFrom } = options;
  let text = encoded(bindFrom, options.jitterSeconds, knownHosts);
  while (text.length > OPTIONS_LIMIT && bindFrom !== 'all' && bindFrom.length > 0) {
    bindFrom = bindFrom.slice(0, -1);
    text = encoded(bindFrom, options.jitterSeconds, knownHosts);
  }
  if (text.length > OPTIONS_LIMIT)
    throw new Error(`The known hosts need ${text.length} characters of ${OPTIONS_LIMIT}`);
  return { Options: [text] };
};

const NOT_ASCII = /[^ -~]/g;

/**
 * Parameters of a changing document. Its options are ASCII JSON, so that the machine's code page has no say in them.
 *
 * @throws when they are too long: names are at most 255 characters, so that is a mistake of ours.
 */
export const changeParameters = (operation: string, options: ChangeOptions): Record<string, string[]> => {
  const json = JSON.stringify(options).replace(
    NOT_ASCII,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const text = Buffer.from(json, 'ascii').toString('base64');
  if (text.length > OPTIONS_LIMIT) throw new Error(`The options need ${text.length} characters of ${OPTIONS_LIMIT}`);
  return { Operation: [operation], Options: [text] };
};
