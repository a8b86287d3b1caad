/** Parameters of `KmsBot-Inspect`, as its document declares them. */
import type { NodeId } from '../domain/nodes.ts';
import type { InspectOptions } from '../ports.ts';

/** Characters the document's `Options` takes. */
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
