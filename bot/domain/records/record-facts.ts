/** A record's change as the audit has it: which values are taken away, added, or change hands. */
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { RecordPlan } from './record-plan.ts';
import type { ExactSet } from './record-set.ts';
import { formatSrv } from './srv-record.ts';

const gone = (from: ExactSet | undefined, to: ExactSet | undefined): readonly string[] =>
  (from?.values ?? []).filter((value) => to === undefined || !to.values.includes(value));

/** Values of the SRV set that go and come, and those that stay and become ours or nobody's. */
export const recordFacts = ({ place, before, after, edits }: RecordPlan): NonNullable<AuditEntry['record']> => ({
  zoneId: place.zoneId,
  domain: place.domain,
  removed: gone(before.srv, after.srv),
  added: gone(after.srv, before.srv),
  ...listed(
    'adopted',
    edits.flatMap((edit) => (edit.kind === 'adopt' ? [formatSrv(edit.answer)] : [])),
  ),
  ...listed(
    'released',
    edits.flatMap((edit) => (edit.kind === 'release' ? [formatSrv(edit.answer)] : [])),
  ),
});

const listed = <K extends string>(key: K, values: readonly string[]): { readonly [key in K]?: readonly string[] } =>
  values.length === 0 ? {} : ({ [key]: values } as { [key in K]: readonly string[] });
