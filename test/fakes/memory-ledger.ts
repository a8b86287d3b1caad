import type { NodeResult } from '../../bot/domain/check-report.ts';
import type { FleetSummary } from '../../bot/domain/fleet/fleet-summary.ts';
import type { HostSample } from '../../bot/domain/hosts/host-story.ts';
import { readJson } from '../../bot/domain/inspection-line.ts';
import type { ManagedNode } from '../../bot/domain/nodes.ts';
import type { OwnedRecord } from '../../bot/domain/records/owned-record.ts';
import type { Inventory, Ledger, StoredResult } from '../../bot/ports.ts';

/** Copies as a table does, through JSON; once, when written: everything read is readonly. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Maps within maps as lists, so that they can be written down. */
const plain = (value: unknown): unknown =>
  value instanceof Map ? [...value].map(([key, each]) => [key, plain(each)]) : value;

const inOrder = <T>(parts: ReadonlyMap<number, T[]> | undefined): T[] =>
  [...(parts ?? new Map<number, T[]>())].sort(([a], [b]) => a - b).flatMap(([, items]) => items);

const partsOf = <T>(lists: Map<string, Map<number, T[]>>, key: string): Map<number, T[]> => {
  const parts = lists.get(key) ?? new Map<number, T[]>();
  lists.set(key, parts);
  return parts;
};

export interface MemoryLedger extends Ledger {
  readonly latest: ReadonlyMap<string, StoredResult>;
  /** All that is kept, to be searched. */
  everything(): readonly unknown[];
}

/** The ledger in memory. */
export const memoryLedger = (now: () => number): MemoryLedger => {
  const inventories = new Map<string, Inventory>();
  const latest = new Map<string, StoredResult>();
  const results = new Map<string, Map<number, NodeResult[]>>();
  const nodes = new Map<string, Map<number, ManagedNode[]>>();
  const summaries = new Map<string, FleetSummary>();
  const samples = new Map<string, Map<number, HostSample>>();
  const owned = new Map<string, Map<string, readonly OwnedRecord[]>>();
  const claims = new Map<string, number>();
  const texts = new Map<string, { text: string; expiresAtMs: number }>();
  return {
    latest,
    everything: () => [inventories, latest, results, nodes, summaries, samples, owned, claims, texts].map(plain),
    readInventory: async (siteId) => inventories.get(siteId),
    writeInventory: async (inventory) => {
      inventories.set(inventory.siteId, copy(inventory));
    },
    writeLatest: async (entries) => {
      for (const { result, recordJson, atMs } of entries) {
        const reading = recordJson === undefined ? undefined : readJson(recordJson);
        const record = reading?.kind === 'record' ? { record: reading.record } : {};
        latest.set(`${result.siteId}/${result.nodeId}`, { result: copy(result), atMs, ...record });
      }
    },
    readLatest: async (siteId, nodeId) => latest.get(`${siteId}/${nodeId}`),
    writePart: async (operationId, part, list) => {
      partsOf(results, operationId).set(part, copy([...list]));
    },
    readParts: async (operationId) => inOrder(results.get(operationId)),
    writeNodes: async (operationId, list, part, some) => {
      partsOf(nodes, `${operationId}/${list}`).set(part, copy([...some]));
    },
    readNodes: async (operationId, list) => inOrder(nodes.get(`${operationId}/${list}`)),
    readFleetSummary: async (siteId) => summaries.get(siteId),
    writeFleetSummary: async (siteId, summary) => {
      summaries.set(siteId, copy(summary));
    },
    readHostSample: async (siteId, host, beforeMs) =>
      [...(samples.get(`${siteId}/${host}`)?.values() ?? [])]
        .filter((sample) => sample.atMs < beforeMs)
        .sort((a, b) => b.atMs - a.atMs)[0],
    writeHostSample: async (siteId, host, sample) => {
      const key = `${siteId}/${host}`;
      samples.set(key, (samples.get(key) ?? new Map<number, HostSample>()).set(sample.atMs, copy(sample)));
    },
    readOwnedRecords: async (siteId, zoneId) =>
      [...(owned.get(`${siteId}/${zoneId}`) ?? new Map<string, readonly OwnedRecord[]>())]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, records]) => records),
    writeOwnedRecords: async (siteId, zoneId, domain, records) => {
      const key = `${siteId}/${zoneId}`;
      owned.set(key, (owned.get(key) ?? new Map<string, readonly OwnedRecord[]>()).set(domain, copy(records)));
    },
    claim: async (key, expiresAtMs) => {
      if ((claims.get(key) ?? 0) > now()) return false;
      claims.set(key, expiresAtMs);
      return true;
    },
    remember: async (key, text, expiresAtMs) => {
      texts.set(key, { text, expiresAtMs });
    },
    recall: async (key) => {
      const kept = texts.get(key);
      return kept !== undefined && kept.expiresAtMs > now() ? kept.text : undefined;
    },
  };
};
