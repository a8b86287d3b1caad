/** What the ledger remembers of the record values that are the bot's. */
import type { OwnedRecord } from '../domain/records/owned-record.ts';
import type { Ledger } from '../ports.ts';
import { type Item, keyed, type LedgerDeps, putItem, queryItems, text } from './ledger-table.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Sort keys begin so, and end with the domain. */
const OWNED = 'OWNED#';

const zonePartition = (siteId: string, zoneId: string): string => `ZONE#${siteId}#${zoneId}`;

/** A record stands until somebody takes it away, and so does what is remembered of it. */
const lastingKey = (pk: string, sk: string): Item => ({ pk: text(pk), sk: text(sk) });

const recordsIn = (item: Item): readonly OwnedRecord[] => JSON.parse(item.records?.S ?? '[]') as OwnedRecord[];

/** One item a domain, whose values are at most as many as a record set holds. */
export const ownedRecords = (deps: LedgerDeps): Pick<Ledger, 'readOwnedRecords' | 'writeOwnedRecords'> => ({
  readOwnedRecords: async (siteId, zoneId) =>
    (await queryItems(deps, zonePartition(siteId, zoneId), OWNED)).flatMap(recordsIn),
  writeOwnedRecords: (siteId, zoneId, domain, records) => {
    const key = [zonePartition(siteId, zoneId), `${OWNED}${domain}`] as const;
    // The bot deletes nothing of its table: an item that says no more is left to expire.
    const item = records.length === 0 ? keyed(...key, deps.clock() + DAY_MS) : lastingKey(...key);
    return putItem(deps, { ...item, records: text(JSON.stringify(records)) });
  },
});
