import type { ChangeStatus } from '../../bot/domain/change/change-status.ts';
import type { ChangePlan, NodeOutcome } from '../../bot/domain/change/plan.ts';
import type { RecordOutcome } from '../../bot/domain/records/record-outcome.ts';
import type { Changes } from '../../bot/ports.ts';

const DAY_MS = 24 * 60 * 60_000;
const STATUS_DAYS = 30;
const PLAN_DAYS = 33;

/** Copies as a table does, through JSON. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Values that are gone after so many days. */
const expiring = <T>(now: () => number, days: number) => {
  const values = new Map<string, { readonly value: T; readonly untilMs: number }>();
  const get = (key: string): T | undefined => {
    const kept = values.get(key);
    return kept !== undefined && kept.untilMs > now() ? kept.value : undefined;
  };
  return {
    get,
    set: (key: string, value: T) => values.set(key, { value: copy(value), untilMs: now() + days * DAY_MS }),
    keys: (prefix = '') => [...values.keys()].filter((key) => key.startsWith(prefix) && get(key) !== undefined).sort(),
  };
};

export interface MemoryChanges extends Changes {
  /** All that is kept, to be searched. */
  everything(): readonly unknown[];
}

/** What changes leave behind, in memory. */
export const memoryChanges = (now: () => number): MemoryChanges => {
  const plans = expiring<ChangePlan>(now, PLAN_DAYS);
  const outcomes = expiring<readonly NodeOutcome[]>(now, PLAN_DAYS);
  const recordOutcomes = expiring<RecordOutcome>(now, PLAN_DAYS);
  const statuses = expiring<ChangeStatus>(now, STATUS_DAYS);
  const wishes = expiring<string>(now, PLAN_DAYS);
  return {
    everything: () =>
      [plans, outcomes, recordOutcomes, statuses, wishes].flatMap((values) =>
        values.keys().map((key) => [key, values.get(key)]),
      ),
    writePlan: async (changeId, plan) => {
      plans.set(changeId, plan);
    },
    readPlan: async (changeId) => plans.get(changeId),
    writeOutcomes: async (changeId, part, some) => {
      outcomes.set(`${changeId}/${String(part).padStart(6, '0')}`, some);
    },
    readOutcomes: async (changeId) => outcomes.keys(`${changeId}/`).flatMap((key) => outcomes.get(key) ?? []),
    writeRecordOutcome: async (changeId, outcome) => {
      recordOutcomes.set(changeId, outcome);
    },
    readRecordOutcome: async (changeId) => recordOutcomes.get(changeId),
    writeStatus: async (status) => {
      statuses.set(status.id, status);
    },
    readStatus: async (changeId) => statuses.get(changeId),
    listStatuses: async () =>
      statuses
        .keys()
        .flatMap((key) => statuses.get(key) ?? [])
        .sort((a, b) => b.startedAtMs - a.startedAtMs),
    requestCancel: async (changeId, userId) => {
      if (wishes.get(changeId) === undefined) wishes.set(changeId, userId);
    },
    cancelRequestedBy: async (changeId) => wishes.get(changeId),
  };
};
