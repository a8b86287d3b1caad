/** The key by which machines of one cause belong together. */
import type { Cause } from './check-report.ts';
import type { Finding } from './finding.ts';

/** Kinds whose machines belong together only when their code is the same too. */
const GROUPED_BY_CODE: readonly Cause['kind'][] = ['status-reason', 'probe-failed', 'other-channel'];

/** A finding as a cause: its kind, subject and detail tell it apart, and its code where that is the point. */
export function causeOf(finding: Finding): Cause {
  const code = GROUPED_BY_CODE.includes(finding.kind) ? finding.code : undefined;
  const key = [finding.kind, finding.subject ?? '', code ?? '', finding.detail ?? ''].join('|').replace(/\|+$/, '');
  return { key, ...finding };
}
