/** What is kept of changes, whatever it is kept in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangeStatus } from '../../bot/domain/change/change-status.ts';
import type { ChangePlan, NodeOutcome, PlannedNode } from '../../bot/domain/change/plan.ts';
import type { RecordOutcome } from '../../bot/domain/records/record-outcome.ts';
import type { Changes } from '../../bot/ports.ts';

export interface ChangesUnderTest {
  readonly changes: Changes;
  readonly now: () => number;
  advance(ms: number): void;
  close(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60_000;

/** The status of a change that runs, but for what is given. */
export const changeStatus = (changes: Partial<ChangeStatus> = {}): ChangeStatus => ({
  id: 'c4k7m2q9xd',
  kind: 'discover',
  asked: 'discover tag:Env=prod',
  requesterId: 'U1',
  channelId: 'C1',
  siteIds: ['tokyo'],
  startedAtMs: 1_794_000_000_000,
  updatedAtMs: 1_794_000_000_000,
  phase: 'applying',
  machines: 12,
  done: 0,
  failed: 0,
  ...changes,
});

const plannedNode = (n: number): PlannedNode => ({
  nodeId: `i-${n.toString(16).padStart(17, '0')}`,
  siteId: 'tokyo',
  name: `日本-${n}`,
  scope: { siteId: 'tokyo', tags: { Env: 'prod' } },
  changes: [{ what: 'assignment', before: `kms-${n}.corp.example:1688`, after: null }],
  action: { document: 'KmsBot-Activate', options: {} },
  thenActivate: true,
  inverse: { none: 'activation' },
  wasActivated: n % 2 === 0,
});

const plan = (machines: number, changes: Partial<ChangePlan> = {}): ChangePlan => ({
  spec: { kind: 'discover' },
  nodes: Array.from({ length: machines }, (_, n) => plannedNode(n)),
  left: [{ nodeId: 'i-left', siteId: 'tokyo', name: 'LEFT', left: { why: 'already-so' } }],
  approval: { why: 'many', limit: 10 },
  digest: `d${machines}`,
  madeAtMs: 1_794_000_000_000,
  ...changes,
});

const outcome = (n: number, result: NodeOutcome['result'] = 'done'): NodeOutcome => ({
  nodeId: `i-${n}`,
  siteId: 'tokyo',
  name: `WEB-${n}`,
  result,
});

const RECORD_OUTCOME: RecordOutcome = {
  result: 'done',
  inSync: true,
  answers: [
    {
      nodeId: 'i-1',
      siteId: 'tokyo',
      name: 'WEB-1',
      gives: 'planned',
      values: ['0 100 1688 kms-01.corp.example.'],
      reaches: true,
    },
  ],
};

export const changesContract = (kind: string, start: () => Promise<ChangesUnderTest>): void => {
  describe(`changes ${kind}`, () => {
    let at: ChangesUnderTest;
    beforeAll(async () => {
      at = await start();
    });
    afterAll(() => at.close());

    it('knows nothing of a change that never was', async () => {
      expect(await at.changes.readPlan('cnever')).toBeUndefined();
      expect(await at.changes.readOutcomes('cnever')).toEqual([]);
      expect(await at.changes.readStatus('cnever')).toBeUndefined();
      expect(await at.changes.cancelRequestedBy('cnever')).toBeUndefined();
      expect(await at.changes.listStatuses()).toEqual([]);
    });

    it('keeps a plan of five hundred machines', async () => {
      await at.changes.writePlan('clarge', plan(500));

      expect(await at.changes.readPlan('clarge')).toEqual(plan(500));
    });

    it('replaces a plan, by a smaller one and by an equal one that was made later', async () => {
      for (const each of [plan(500), plan(2), plan(2, { madeAtMs: 1_794_000_060_000 })]) {
        await at.changes.writePlan('cmoved', each);

        expect(await at.changes.readPlan('cmoved')).toEqual(each);
      }
    });

    it('gives outcomes in the order of their parts, a part that was written again once', async () => {
      await at.changes.writeOutcomes('cparts', 10, [outcome(5)]);
      await at.changes.writeOutcomes('cparts', 2, [outcome(3), outcome(4)]);
      await at.changes.writeOutcomes('cparts', 0, [outcome(1, 'no-answer'), outcome(2)]);
      await at.changes.writeOutcomes('cparts', 0, [outcome(1)]);
      await at.changes.writeOutcomes('cparts2', 0, [outcome(9)]);

      expect(await at.changes.readOutcomes('cparts')).toEqual([outcome(1), outcome(3), outcome(4), outcome(5)]);
    });

    it('replaces how a record’s change ended, and keeps it apart from what became of machines', async () => {
      await at.changes.writeOutcomes('crecord', 0, [outcome(1)]);
      await at.changes.writeRecordOutcome('crecord', { ...RECORD_OUTCOME, inSync: false });
      await at.changes.writeRecordOutcome('crecord', RECORD_OUTCOME);

      expect(await at.changes.readRecordOutcome('crecord')).toEqual(RECORD_OUTCOME);
      expect(await at.changes.readRecordOutcome('crecord2')).toBeUndefined();
      expect(await at.changes.readOutcomes('crecord')).toEqual([outcome(1)]);
    });

    it('replaces a status', async () => {
      const awaits = {
        what: 'approval',
        attempt: 1,
        callbackId: 'cb',
        digest: 'd',
        sinceMs: 1,
        expiresAtMs: 2,
        scopes: [{ siteId: 'tokyo' }],
      } as const;
      await at.changes.writeStatus(changeStatus({ id: 'cstatus', phase: 'waiting-for-approval', awaits }));
      await at.changes.writeStatus(changeStatus({ id: 'cstatus', phase: 'ended', end: 'done' }));

      expect(await at.changes.readStatus('cstatus')).toEqual(
        changeStatus({ id: 'cstatus', phase: 'ended', end: 'done' }),
      );
    });

    it('lists every status, the newest change first', async () => {
      for (const [id, startedAtMs] of [
        ['cb', 3],
        ['ca', 5],
        ['cc', 4],
      ] as const) {
        await at.changes.writeStatus(changeStatus({ id, startedAtMs }));
      }

      const ids = (await at.changes.listStatuses()).map(({ id }) => id);

      expect(ids).toEqual(['cstatus', 'ca', 'cc', 'cb']);
    });

    it('keeps the first wish to stop', async () => {
      await at.changes.requestCancel('cstop', 'U1');
      await at.changes.requestCancel('cstop', 'U2');

      expect(await at.changes.cancelRequestedBy('cstop')).toBe('U1');
      expect(await at.changes.cancelRequestedBy('cstop2')).toBeUndefined();
    });

    it('keeps the plan and the outcomes of a change for as long as it can be undone', async () => {
      await at.changes.writePlan('clong', plan(1));
      await at.changes.writeOutcomes('clong', 0, [outcome(1)]);
      await at.changes.writeRecordOutcome('clong', RECORD_OUTCOME);
      at.advance(2 * DAY_MS);
      await at.changes.writeStatus(changeStatus({ id: 'clong', phase: 'ended', end: 'done' }));
      at.advance(30 * DAY_MS - 60_000);

      expect(await at.changes.readStatus('clong')).toBeDefined();
      expect(await at.changes.readPlan('clong')).toEqual(plan(1));
      expect(await at.changes.readOutcomes('clong')).toEqual([outcome(1)]);
      expect(await at.changes.readRecordOutcome('clong')).toEqual(RECORD_OUTCOME);
    });

    it('forgets all of a change after that', async () => {
      await at.changes.writePlan('cold', plan(1));
      await at.changes.writeOutcomes('cold', 0, [outcome(1)]);
      await at.changes.writeRecordOutcome('cold', RECORD_OUTCOME);
      await at.changes.writeStatus(changeStatus({ id: 'cold' }));
      await at.changes.requestCancel('cold', 'U1');
      at.advance(34 * DAY_MS);

      expect(await at.changes.readPlan('cold')).toBeUndefined();
      expect(await at.changes.readOutcomes('cold')).toEqual([]);
      expect(await at.changes.readRecordOutcome('cold')).toBeUndefined();
      expect(await at.changes.readStatus('cold')).toBeUndefined();
      expect(await at.changes.listStatuses()).toEqual([]);
      expect(await at.changes.cancelRequestedBy('cold')).toBeUndefined();
      await at.changes.requestCancel('cold', 'U2');
      expect(await at.changes.cancelRequestedBy('cold')).toBe('U2');
    });
  });
};
