/** `/kms audit`: who asked, approved and did what; or whether the record of it holds. */
import type { ChainedEntry } from '../domain/audit/audit-entry.ts';
import { type AuditSubject, auditReport, ENTRIES_SHOWN, entriesAbout, sinceMsOf } from '../domain/audit/audit-query.ts';
import type { Audit, AuditRequest, Content } from '../ports.ts';
import { attachRows } from './attach-rows.ts';
import { openMessage } from './message.ts';
import type { ObserveDeps } from './operation-deps.ts';
import { type OperationOutcome, tellingFailure } from './run-operation.ts';
import { verifyAudit } from './verify-audit.ts';

/** Entries that one answer reads: some ten megabytes, where each names many machines. */
const MOST_READ = 5_000;

/** Answers in one message, with the entries in a file where they are many. */
export const showAudit = (deps: ObserveDeps, request: AuditRequest): Promise<OperationOutcome> =>
  tellingFailure(deps, request, async () => {
    await answer(deps, request);
    return { ended: 'answered', machines: 0 };
  });

const answer = async (deps: ObserveDeps, request: AuditRequest): Promise<void> => {
  const { about, asked } = request;
  const { audit } = deps;
  if (audit === undefined) {
    await tell(deps, request, async () => ({ kind: 'no-audit', asked }));
  } else if (about.kind === 'verify') {
    const verification = await verifyAudit(deps, audit);
    await tell(deps, request, async () => ({ kind: 'audit-verified', asked, verification }));
  } else {
    await tellEntries(deps, audit, request, about);
  }
};

const tell = (deps: ObserveDeps, { place }: AuditRequest, make: () => Promise<Content>) =>
  openMessage(deps, 'open message', place, make);

const tellEntries = async (
  deps: ObserveDeps,
  audit: Audit,
  request: AuditRequest,
  subject: AuditSubject,
): Promise<void> => {
  const { asked } = request;
  const nowMs = await deps.workflow.step('begin', async () => deps.clock());
  const sinceMs = sinceMsOf(request.since, nowMs);
  const read = () => entriesOf(audit, { subject, sinceMs, nowMs });
  const count = await deps.workflow.step('count', async () => (await read()).entries.length);
  const message = await tell(deps, request, async () => {
    const { entries, cut } = await read();
    return { kind: 'audit', asked, audit: auditReport(entries, { subject, sinceMs, cut }) };
  });
  if (count <= ENTRIES_SHOWN) return;
  const text = async () => deps.auditCsv((await read()).entries);
  await attachRows(deps, message, { of: 'audit', title: asked, atMs: nowMs, text });
};

interface Found {
  readonly entries: readonly ChainedEntry[];
  /** Not everything of that time was read. */
  readonly cut: boolean;
}

/** What was added after the person asked is left out, so that message and file agree. */
const entriesOf = async (
  audit: Audit,
  asked: { readonly subject: AuditSubject; readonly sinceMs: number; readonly nowMs: number },
): Promise<Found> => {
  const read = await audit.read(asked.sinceMs, MOST_READ + 1);
  const entries = read.slice(0, MOST_READ).filter(({ entry }) => entry.atMs <= asked.nowMs);
  return { entries: entriesAbout(entries, asked.subject), cut: read.length > MOST_READ };
};
