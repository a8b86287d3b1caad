/** What every ledger keeps, whatever it is made of. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NodeResult } from '../../bot/domain/check-report.ts';
import type { ManagedNode } from '../../bot/domain/nodes.ts';
import type { OwnedRecord } from '../../bot/domain/records/owned-record.ts';
import type { Ledger } from '../../bot/ports.ts';
import { managedNode, wireRecord } from '../domain/sample-record.ts';
import { fullSummary, summary } from './fleet-summaries.ts';

export interface LedgerUnderTest {
  readonly ledger: Ledger;
  readonly now: () => number;
  advance(ms: number): void;
  close(): Promise<void>;
}

const HOUR_MS = 60 * 60_000;

const result = (nodeId: string, siteId = 'tokyo', name = nodeId): NodeResult => ({
  nodeId,
  siteId,
  name,
  verdict: { state: 'unknown', missing: ['prod'] },
  next: { kind: 'check-again' },
});

const nodes = (count: number, siteId = 'tokyo'): ManagedNode[] =>
  Array.from({ length: count }, (_, n) => managedNode({ id: `i-${siteId}-${n}`, siteId, name: `日本-${n}` }));

const owned = (domain: string, n: number): OwnedRecord => ({
  domain,
  answer: { priority: 0, weight: 100, port: 1688, target: `kms-${n}.corp.example` },
  change: 'c4k7m2q9xd',
  atMs: 1_794_000_000_000,
});

export const ledgerContract = (kind: string, start: () => Promise<LedgerUnderTest>): void => {
  describe(`a ledger ${kind}`, () => {
    let at: LedgerUnderTest;
    beforeAll(async () => {
      at = await start();
    });
    afterAll(() => at.close());

    it("gives the newest inventory of a site, and no other site's", async () => {
      await at.ledger.writeInventory({ siteId: 'tokyo', takenAtMs: at.now(), nodes: nodes(3) });
      await at.ledger.writeInventory({ siteId: 'frankfurt', takenAtMs: at.now(), nodes: nodes(1, 'frankfurt') });
      at.advance(1000);
      await at.ledger.writeInventory({ siteId: 'tokyo', takenAtMs: at.now(), nodes: nodes(2) });

      expect(await at.ledger.readInventory('tokyo')).toEqual({ siteId: 'tokyo', takenAtMs: at.now(), nodes: nodes(2) });
      expect((await at.ledger.readInventory('frankfurt'))?.nodes).toEqual(nodes(1, 'frankfurt'));
      expect(await at.ledger.readInventory('nowhere')).toBeUndefined();
    });

    it('keeps an inventory of ten thousand machines', async () => {
      const many = nodes(10_000, 'large');
      await at.ledger.writeInventory({ siteId: 'large', takenAtMs: at.now(), nodes: many });

      expect((await at.ledger.readInventory('large'))?.nodes).toEqual(many);
    });

    it('keeps an empty inventory apart from none', async () => {
      await at.ledger.writeInventory({ siteId: 'empty', takenAtMs: at.now(), nodes: [] });

      expect((await at.ledger.readInventory('empty'))?.nodes).toEqual([]);
    });

    it("gives each machine's latest result with its record", async () => {
      const recordJson = JSON.stringify(wireRecord({ name: 'WEB-1' }));
      await at.ledger.writeLatest([{ result: result('i-1'), atMs: 1 }]);
      await at.ledger.writeLatest([{ result: result('i-1'), recordJson, atMs: 2 }]);
      await at.ledger.writeLatest([{ result: result('i-1', 'frankfurt'), atMs: 3 }]);

      const stored = await at.ledger.readLatest('tokyo', 'i-1');
      expect(stored).toMatchObject({ atMs: 2, result: result('i-1'), record: { computerName: 'WEB-1' } });
      expect(await at.ledger.readLatest('tokyo', 'i-2')).toBeUndefined();
    });

    it('takes more entries at once than a batch holds, the last one of a machine standing', async () => {
      const entries = Array.from({ length: 60 }, (_, n) => ({ result: result(`i-batch-${n % 55}`), atMs: n }));
      await at.ledger.writeLatest(entries);

      expect((await at.ledger.readLatest('tokyo', 'i-batch-0'))?.atMs).toBe(55);
      expect((await at.ledger.readLatest('tokyo', 'i-batch-54'))?.atMs).toBe(54);
    });

    it("gives a site's latest look at the fleet, and no other site's", async () => {
      await at.ledger.writeFleetSummary('tokyo', summary(1));
      await at.ledger.writeFleetSummary('tokyo', summary(2));
      await at.ledger.writeFleetSummary('frankfurt', summary(3, 0));

      expect(await at.ledger.readFleetSummary('tokyo')).toEqual(summary(2));
      expect(await at.ledger.readFleetSummary('frankfurt')).toEqual(summary(3, 0));
      expect(await at.ledger.readFleetSummary('nowhere')).toBeUndefined();
    });

    it('keeps as large a summary as there can be, beside the inventory of its site', async () => {
      await at.ledger.writeInventory({ siteId: 'crowded', takenAtMs: at.now(), nodes: nodes(2) });
      await at.ledger.writeFleetSummary('crowded', fullSummary(1));

      expect(await at.ledger.readFleetSummary('crowded')).toEqual(fullSummary(1));
      expect((await at.ledger.readInventory('crowded'))?.nodes).toEqual(nodes(2));
    });

    it('gives the newest sample of a host from before a moment, that moment not included', async () => {
      const sample = (atMs: number, total = atMs) => ({ atMs, total, failed: 0, count: 25 });
      for (const atMs of [at.now() - HOUR_MS, 900, at.now(), 1_000]) {
        await at.ledger.writeHostSample('tokyo', 'i-host', sample(atMs));
      }

      expect(await at.ledger.readHostSample('tokyo', 'i-host', at.now() + 1)).toEqual(sample(at.now()));
      expect(await at.ledger.readHostSample('tokyo', 'i-host', at.now())).toEqual(sample(at.now() - HOUR_MS));
      expect(await at.ledger.readHostSample('tokyo', 'i-host', 1_001)).toEqual(sample(1_000));
      expect(await at.ledger.readHostSample('tokyo', 'i-host', 900)).toBeUndefined();
      expect(await at.ledger.readHostSample('tokyo', 'i-host', 0)).toBeUndefined();
    });

    it('keeps samples apart by site and host, and one of the same moment stands for both', async () => {
      await at.ledger.writeHostSample('tokyo', 'kms.example', { atMs: 5, total: 1, failed: 0 });
      await at.ledger.writeHostSample('tokyo', 'kms.example', { atMs: 5, total: 2, failed: 1 });
      await at.ledger.writeHostSample('tokyo', 'kms.example.com', { atMs: 6, total: 3, failed: 0 });
      await at.ledger.writeHostSample('frankfurt', 'kms.example', { atMs: 7, total: 4, failed: 0 });

      const read = await at.ledger.readHostSample('tokyo', 'kms.example', at.now());
      expect(read).toEqual({ atMs: 5, total: 2, failed: 1 });
      expect(await at.ledger.readHostSample('tokyo', 'kms', at.now())).toBeUndefined();
    });

    it('remembers the records of a domain until others are written, apart by zone and site', async () => {
      await at.ledger.writeOwnedRecords('tokyo', 'Z1', 'dev.corp.example', [owned('dev.corp.example', 1)]);
      await at.ledger.writeOwnedRecords('tokyo', 'Z1', 'corp.example', [owned('corp.example', 1)]);
      await at.ledger.writeOwnedRecords(
        'tokyo',
        'Z1',
        'corp.example',
        [2, 3].map((n) => owned('corp.example', n)),
      );
      await at.ledger.writeOwnedRecords('tokyo', 'Z2', 'corp.example', [owned('corp.example', 4)]);
      await at.ledger.writeOwnedRecords('frankfurt', 'Z1', 'corp.example', [owned('corp.example', 5)]);

      expect(await at.ledger.readOwnedRecords('tokyo', 'Z1')).toEqual([
        owned('corp.example', 2),
        owned('corp.example', 3),
        owned('dev.corp.example', 1),
      ]);
      expect(await at.ledger.readOwnedRecords('frankfurt', 'Z1')).toEqual([owned('corp.example', 5)]);
      expect(await at.ledger.readOwnedRecords('frankfurt', 'Z2')).toEqual([]);
    });

    it('keeps a domain’s records for years, and forgets those that are none any more', async () => {
      const many = Array.from({ length: 400 }, (_, n) => owned('large.example', n));
      await at.ledger.writeOwnedRecords('tokyo', 'ZLARGE', 'large.example', many);
      await at.ledger.writeOwnedRecords('tokyo', 'ZLARGE', 'gone.example', [owned('gone.example', 1)]);
      await at.ledger.writeOwnedRecords('tokyo', 'ZLARGE', 'gone.example', []);
      expect(await at.ledger.readOwnedRecords('tokyo', 'ZLARGE')).toEqual(many);

      at.advance(1000 * 24 * HOUR_MS);
      expect(await at.ledger.readOwnedRecords('tokyo', 'ZLARGE')).toEqual(many);

      await at.ledger.writeOwnedRecords('tokyo', 'ZLARGE', 'gone.example', [owned('gone.example', 2)]);
      at.advance(1000 * 24 * HOUR_MS);
      expect(await at.ledger.readOwnedRecords('tokyo', 'ZLARGE')).toEqual([owned('gone.example', 2), ...many]);
    });

    it('gives the parts of an operation in order, each as written last', async () => {
      await at.ledger.writePart('op', 10, [result('c')]);
      await at.ledger.writePart('op', 2, [result('x'), result('y')]);
      await at.ledger.writePart('op', 2, [result('b')]);
      await at.ledger.writePart('other', 1, [result('z')]);

      expect((await at.ledger.readParts('op')).map((each) => each.nodeId)).toEqual(['b', 'c']);
      expect(await at.ledger.readParts('none')).toEqual([]);
    });

    it('keeps lists of machines apart by their names', async () => {
      await at.ledger.writeNodes('op', 'gathered/tokyo', 0, nodes(2));
      await at.ledger.writeNodes('op', 'gathered/tokyo', 1, nodes(1, 'two'));
      await at.ledger.writeNodes('op', 'gathered/tokyo-2', 0, nodes(1, 'three'));

      expect(await at.ledger.readNodes('op', 'gathered/tokyo')).toEqual([...nodes(2), ...nodes(1, 'two')]);
      expect(await at.ledger.readNodes('op', 'gathered/none')).toEqual([]);
    });

    it('sees what was written after it had read', async () => {
      await at.ledger.writeNodes('again', 'list', 0, nodes(1));
      await at.ledger.readNodes('again', 'list');
      await at.ledger.writeNodes('again', 'list', 0, nodes(2));

      expect(await at.ledger.readNodes('again', 'list')).toEqual(nodes(2));
    });

    it('lets one of many claim a key', async () => {
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => at.ledger.claim('key', at.now() + HOUR_MS)));

      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await at.ledger.claim('another', at.now() + HOUR_MS)).toBe(true);
    });

    it('lets a key be claimed again once it has expired', async () => {
      await at.ledger.claim('brief', at.now() + HOUR_MS);
      at.advance(2 * HOUR_MS);

      expect(await at.ledger.claim('brief', at.now() + HOUR_MS)).toBe(true);
      expect(await at.ledger.claim('brief', at.now() + HOUR_MS)).toBe(false);
    });

    it('remembers a text until it expires', async () => {
      await at.ledger.remember('note', 'first', at.now() + HOUR_MS);
      await at.ledger.remember('note', 'second', at.now() + HOUR_MS);
      expect(await at.ledger.recall('note')).toBe('second');
      expect(await at.ledger.recall('nothing')).toBeUndefined();

      at.advance(2 * HOUR_MS);

      expect(await at.ledger.recall('note')).toBeUndefined();
    });
  });
};
