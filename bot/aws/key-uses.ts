/** Activations of stored keys: one item an activation, without expiry, since a key's limit has none. */
import type { KeyUse } from '../domain/keys/stored-key.ts';
import type { KeyUses } from '../ports.ts';
import { type Item, type LedgerDeps, number, putItemIf, queryItems, text, UNLESS_THERE } from './ledger-table.ts';

type Activation = KeyUse['activations'][number];

/** A name of a key holds no `#`. */
const keyPartition = (siteId: string, key: string): string => `KEY#${siteId}#${key}`;
/** Sort keys begin so, and end with the change and the machine. */
const USE = 'USE#';

const activationIn = ({ nodeId, changeId, atMs }: Item): readonly Activation[] =>
  nodeId?.S === undefined || changeId?.S === undefined || atMs?.N === undefined
    ? []
    : [{ nodeId: nodeId.S, changeId: changeId.S, atMs: Number(atMs.N) }];

/** The ledger's table; an activation that is counted again changes nothing, its time included. */
export const dynamoKeyUses = (deps: LedgerDeps): KeyUses => ({
  readKeyUse: async (siteId, key) => ({
    activations: (await queryItems(deps, keyPartition(siteId, key), USE))
      .flatMap(activationIn)
      .toSorted((a, b) => a.atMs - b.atMs),
  }),
  countActivation: async (siteId, key, { nodeId, changeId, atMs }) => {
    const item = {
      pk: text(keyPartition(siteId, key)),
      sk: text(`${USE}${changeId}#${nodeId}`),
      nodeId: text(nodeId),
      changeId: text(changeId),
      atMs: number(atMs),
    };
    await putItemIf(deps, item, UNLESS_THERE);
  },
});
