/** What changes need of the world beyond what looking needs. */
import type { ChangeSpec } from '../domain/change/change-spec.ts';
import type { Digest } from '../domain/change/make-plan.ts';
import type { Person } from '../domain/rights/rights.ts';
import type {
  Audit,
  ChangeSettings,
  Changes,
  Confirmations,
  KeyUses,
  Modals,
  People,
  PlanCsv,
  RecordWriter,
  StoredKeys,
} from '../ports.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';

export interface ChangeDeps extends OperationDeps {
  readonly changes: Changes;
  readonly audit: Audit;
  readonly recordWriter: RecordWriter;
  readonly storedKeys: StoredKeys;
  readonly keyUses: KeyUses;
  readonly confirmations: Confirmations;
  readonly modals: Modals;
  readonly people: People;
  readonly settings: ChangeSettings;
  readonly planCsv: PlanCsv;
  /** SHA-256, lower-case hexadecimal. */
  readonly digest: Digest;
}

/** One change under way; nothing in it is read from the world again. */
export interface ChangeCase {
  readonly id: string;
  readonly spec: ChangeSpec;
  readonly talk: Talk;
  /** Who asked, as Slack knew them when the change began. */
  readonly person: Person;
}

/** 30 days: as long as its undo is offered. */
export const UNDO_MS = 30 * 24 * 60 * 60_000;
