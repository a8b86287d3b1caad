/**
 * What changes leave behind, in the ledger's table. Every status lies in one partition, where `/kms jobs` finds them
 * all and the Slack function reads the one that a click is about; plans and outcomes are packed, because a plan of 500
 * machines does not fit an item.
 */
import { z } from 'zod';
import type { ChangeStatus } from '../domain/change/change-status.ts';
import type { ChangePlan, NodeOutcome } from '../domain/change/plan.ts';
import type { RecordOutcome } from '../domain/records/record-outcome.ts';
import type { Changes } from '../ports.ts';
import {
  getItem,
  type Item,
  keyed,
  type LedgerDeps,
  putItem,
  putItemIf,
  queryItems,
  text,
  unlessAlive,
} from './ledger-table.ts';
import { ordered, readPacked, writePacked } from './packed-items.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Counted from the last write: what was done can be undone for 30 days. */
const STATUS_DAYS = 30;
/** A change may wait for a day before it begins and for another when it stops on the way; its undo needs the plan. */
const PLAN_DAYS = STATUS_DAYS + 3;

const STATUSES = 'CHANGES';
/** Ids begin so: a key condition takes no empty text. */
const ID_PREFIX = 'c';
const changePartition = (changeId: string): string => `CHANGE#${changeId}`;

/** Enough of a status to show it and to judge a click by it; the rest is as it was written. */
const status = z.looseObject({
  id: z.string(),
  kind: z.string(),
  phase: z.string(),
  requesterId: z.string(),
  startedAtMs: z.number(),
  updatedAtMs: z.number(),
});

/** Undefined for what is not a status of ours: one that cannot be read must not hide the others. */
const statusOf = (item: Item | undefined): ChangeStatus | undefined => {
  try {
    const value: unknown = JSON.parse(item?.status?.S ?? 'null');
    return status.safeParse(value).success ? (value as ChangeStatus) : undefined;
  } catch {
    return undefined;
  }
};

const newestFirst = (a: ChangeStatus, b: ChangeStatus): number => b.startedAtMs - a.startedAtMs;

const statuses = (deps: LedgerDeps): Pick<Changes, 'writeStatus' | 'readStatus' | 'listStatuses'> => ({
  writeStatus: (change) =>
    putItem(deps, {
      ...keyed(STATUSES, change.id, deps.clock() + STATUS_DAYS * DAY_MS),
      status: text(JSON.stringify(change)),
    }),
  readStatus: async (changeId) => statusOf(await getItem(deps, STATUSES, changeId)),
  listStatuses: async () =>
    (await queryItems(deps, STATUSES, ID_PREFIX))
      .map(statusOf)
      .filter((each) => each !== undefined)
      .sort(newestFirst),
});

/** A plan has a name of its own and is named last, so that a reader meets either the old one or the new one, whole. */
const plans = (deps: LedgerDeps): Pick<Changes, 'writePlan' | 'readPlan'> => ({
  writePlan: async (changeId, plan) => {
    const pk = changePartition(changeId);
    const name = `PLAN#${plan.madeAtMs}#${plan.digest}`;
    await writePacked(deps, pk, name, plan, PLAN_DAYS);
    await putItem(deps, { ...keyed(pk, 'PLAN', deps.clock() + PLAN_DAYS * DAY_MS), plan: text(name) });
  },
  readPlan: async (changeId) => {
    const pk = changePartition(changeId);
    const name = (await getItem(deps, pk, 'PLAN'))?.plan?.S;
    if (name === undefined) return undefined;
    const [plan] = await readPacked<ChangePlan>(deps, pk, `${name}#`);
    return plan;
  },
});

const outcomes = (deps: LedgerDeps): Pick<Changes, 'writeOutcomes' | 'readOutcomes'> => ({
  writeOutcomes: (changeId, part, some) =>
    writePacked(deps, changePartition(changeId), `OUTCOMES#${ordered(part)}`, some, PLAN_DAYS),
  readOutcomes: async (changeId) =>
    (await readPacked<NodeOutcome[]>(deps, changePartition(changeId), 'OUTCOMES#')).flat(),
});

/** Of one record, so it always fits an item. */
const recordOutcomes = (deps: LedgerDeps): Pick<Changes, 'writeRecordOutcome' | 'readRecordOutcome'> => ({
  writeRecordOutcome: (changeId, outcome) =>
    putItem(deps, {
      ...keyed(changePartition(changeId), 'RECORD', deps.clock() + PLAN_DAYS * DAY_MS),
      outcome: text(JSON.stringify(outcome)),
    }),
  readRecordOutcome: async (changeId) => {
    const kept = (await getItem(deps, changePartition(changeId), 'RECORD'))?.outcome?.S;
    return kept === undefined ? undefined : (JSON.parse(kept) as RecordOutcome);
  },
});

const wishes = (deps: LedgerDeps): Pick<Changes, 'requestCancel' | 'cancelRequestedBy'> => ({
  requestCancel: async (changeId, userId) => {
    const item = keyed(changePartition(changeId), 'CANCEL', deps.clock() + PLAN_DAYS * DAY_MS);
    await putItemIf(deps, { ...item, userId: text(userId) }, unlessAlive(deps));
  },
  cancelRequestedBy: async (changeId) => (await getItem(deps, changePartition(changeId), 'CANCEL'))?.userId?.S,
});

/** Changes over DynamoDB. */
export const dynamoChanges = (deps: LedgerDeps): Changes => ({
  ...plans(deps),
  ...outcomes(deps),
  ...recordOutcomes(deps),
  ...statuses(deps),
  ...wishes(deps),
});
