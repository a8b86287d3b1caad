/** Stored keys of a site: looked up by name in both stores, described by their tags, never read. */

import type { StoredKeyLookup } from '../domain/keys/stored-key.ts';
import { parseStoredKeyTags } from '../domain/keys/stored-key-tags.ts';
import { maskSecrets } from '../domain/mask-secrets.ts';
import type { Site } from '../domain/nodes.ts';
import type { StoredKeys } from '../ports.ts';
import type { ClientsOf } from './sites.ts';
import { storedParameters } from './stored-parameters.ts';
import { storedSecrets } from './stored-secrets.ts';

export interface StoredKeysDeps {
  readonly clientsOf: ClientsOf;
  /** The function whose role makes the calls. */
  readonly functionName: string;
}

/** Names that somebody is told who named none of them. */
const MOST_KNOWN = 20;

/** Secrets Manager by signed requests, Parameter Store over the SDK; each site with its own credentials. */
export const awsStoredKeys = ({ clientsOf, functionName }: StoredKeysDeps): StoredKeys => ({
  find: async (site, name) => {
    const clients = await clientsOf(site);
    const secrets = storedSecrets(clients.signed, site, functionName);
    const parameters = storedParameters(clients, site, functionName);
    // One after the other: when both fail, only one error could be told.
    const secret = await secrets.describe(name);
    const parameter = await parameters.describe(name);
    if (secret !== undefined && parameter !== undefined) return { kind: 'ambiguous' };
    if (secret !== undefined) {
      const from = { store: 'secrets-manager' as const, name: secret.arn, region: site.region };
      return parseStoredKeyTags({ name, from }, secret.tags);
    }
    if (parameter !== undefined) return keyOfParameter(site, name, parameter);
    return { kind: 'not-found', known: knownNames(await secrets.names(), await parameters.names()) };
  },
});

const keyOfParameter = (
  site: Site,
  name: string,
  parameter: { readonly name: string; readonly encrypted: boolean; readonly tags: Readonly<Record<string, string>> },
): StoredKeyLookup => {
  if (!parameter.encrypted) return { kind: 'not-encrypted' };
  const from = { store: 'parameter-store' as const, name: parameter.name, region: site.region };
  return parseStoredKeyTags({ name, from }, parameter.tags);
};

const knownNames = (...lists: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(lists.flat().map(maskSecrets))].sort().slice(0, MOST_KNOWN);
