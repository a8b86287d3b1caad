/**
 * The bot's memory in one DynamoDB table: single items, conditional writes, no transactions, nothing deleted.
 *
 * Whatever can grow with the fleet is packed and cut into pieces. Its pieces are written first and under a name of
 * their own, and a head that names them last, so that a reader meets either the old list or the new one, whole.
 */
import type { NodeResult } from '../domain/check-report.ts';
import { readJson } from '../domain/inspection-line.ts';
import type { ManagedNode, NodeId } from '../domain/nodes.ts';
import type { Inventory, Ledger, StoredResult } from '../ports.ts';
import { fleetSummaries, hostSamples } from './ledger-fleet.ts';
import { ownedRecords } from './ledger-records.ts';
import {
  getItem,
  type Item,
  keyed,
  type LedgerDeps,
  number,
  putItem,
  putItemIf,
  putItems,
  text,
  unlessAlive,
} from './ledger-table.ts';
import { ordered, readPacked, writePacked } from './packed-items.ts';

const DAY_MS = 24 * 60 * 60_000;
/** A machine that has not been checked for so long is forgotten. */
const LATEST_DAYS = 400;
/** Pieces of an inventory outlive the hour in which it is used. */
const INVENTORY_DAYS = 2;
/** Parts of an operation are of use while it runs, and for looking into it afterwards. */
const OPERATION_DAYS = 20;

const sitePartition = (siteId: string): string => `SITE#${siteId}`;
const nodePartition = (siteId: string, nodeId: NodeId): string => `NODE#${siteId}#${nodeId}`;
const operationPartition = (operationId: string): string => `OPERATION#${operationId}`;

const inventories = (deps: LedgerDeps): Pick<Ledger, 'readInventory' | 'writeInventory'> => ({
  readInventory: async (siteId) => {
    const head = await getItem(deps, sitePartition(siteId), 'INVENTORY');
    if (head === undefined) return undefined;
    const takenAtMs = Number(head.takenAtMs?.N);
    const [nodes] = await readPacked<ManagedNode[]>(deps, sitePartition(siteId), `INVENTORY#${takenAtMs}`);
    return nodes === undefined ? undefined : { siteId, takenAtMs, nodes };
  },
  writeInventory: async ({ siteId, takenAtMs, nodes }: Inventory) => {
    const pk = sitePartition(siteId);
    await writePacked(deps, pk, `INVENTORY#${takenAtMs}`, nodes, INVENTORY_DAYS);
    const expiresAtMs = deps.clock() + INVENTORY_DAYS * DAY_MS;
    await putItem(deps, { ...keyed(pk, 'INVENTORY', expiresAtMs), takenAtMs: number(takenAtMs) });
  },
});

type LatestEntry = Parameters<Ledger['writeLatest']>[0][number];

const latestItem = (deps: LedgerDeps, entry: LatestEntry): Item => ({
  ...keyed(nodePartition(entry.result.siteId, entry.result.nodeId), 'LATEST', deps.clock() + LATEST_DAYS * DAY_MS),
  result: text(JSON.stringify(entry.result)),
  atMs: number(entry.atMs),
  ...(entry.recordJson === undefined ? {} : { record: text(entry.recordJson) }),
});

const storedResult = (item: Item): StoredResult => {
  const result = JSON.parse(item.result?.S ?? '{}') as NodeResult;
  const atMs = Number(item.atMs?.N);
  const reading = item.record?.S === undefined ? undefined : readJson(item.record.S);
  return reading?.kind === 'record' ? { result, atMs, record: reading.record } : { result, atMs };
};

/** Of several entries for one machine the last stands: a batch refuses the same key twice. */
const lastOfEach = (entries: readonly LatestEntry[]): LatestEntry[] => [
  ...new Map(entries.map((entry) => [nodePartition(entry.result.siteId, entry.result.nodeId), entry])).values(),
];

const latest = (deps: LedgerDeps): Pick<Ledger, 'readLatest' | 'writeLatest'> => ({
  writeLatest: (entries) =>
    putItems(
      deps,
      lastOfEach(entries).map((entry) => latestItem(deps, entry)),
    ),
  readLatest: async (siteId, nodeId) => {
    const item = await getItem(deps, nodePartition(siteId, nodeId), 'LATEST');
    return item === undefined ? undefined : storedResult(item);
  },
});

/** Lists kept in the process: a check reads its roster for every page of answers. */
const LISTS_KEPT = 4;

/**
 * Lists of machines, read once a process. Operations write a list before they read it and give what refines it another
 * name, so a copy is good for as long as this process has not written the list itself.
 */
const nodeLists = (deps: LedgerDeps): Pick<Ledger, 'writeNodes' | 'readNodes'> => {
  const kept = new Map<string, readonly ManagedNode[]>();
  return {
    writeNodes: async (operationId, list, part, nodes) => {
      kept.delete(`${operationId}#${list}`);
      await writePacked(deps, operationPartition(operationId), `NODES#${list}#${ordered(part)}`, nodes, OPERATION_DAYS);
    },
    readNodes: async (operationId, list) => {
      const key = `${operationId}#${list}`;
      const known = kept.get(key);
      if (known !== undefined) return known;
      const nodes = (await readPacked<ManagedNode[]>(deps, operationPartition(operationId), `NODES#${list}#`)).flat();
      if (nodes.length > 0) kept.set(key, nodes);
      for (const oldest of [...kept.keys()].slice(0, -LISTS_KEPT)) kept.delete(oldest);
      return nodes;
    },
  };
};

const parts = (deps: LedgerDeps): Pick<Ledger, 'writePart' | 'readParts'> => ({
  writePart: (operationId, part, results) =>
    writePacked(deps, operationPartition(operationId), `PART#${ordered(part)}`, results, OPERATION_DAYS),
  readParts: async (operationId) =>
    (await readPacked<NodeResult[]>(deps, operationPartition(operationId), 'PART#')).flat(),
});

const claims = (deps: LedgerDeps): Pick<Ledger, 'claim' | 'remember' | 'recall'> => ({
  claim: (key, expiresAtMs) => putItemIf(deps, keyed(`CLAIM#${key}`, 'CLAIM', expiresAtMs), unlessAlive(deps)),
  remember: (key, value, expiresAtMs) =>
    putItem(deps, { ...keyed(`MEMORY#${key}`, 'TEXT', expiresAtMs), value: text(value) }),
  recall: async (key) => (await getItem(deps, `MEMORY#${key}`, 'TEXT'))?.value?.S,
});

/** The ledger over DynamoDB. */
export const dynamoLedger = (deps: LedgerDeps): Ledger => ({
  ...inventories(deps),
  ...latest(deps),
  ...fleetSummaries(deps),
  ...hostSamples(deps),
  ...ownedRecords(deps),
  ...parts(deps),
  ...nodeLists(deps),
  ...claims(deps),
});
