/** Entries of the audit as a file. */
import { auditCsv as csvOf } from '../domain/audit/audit-csv.ts';
import type { AuditCsv } from '../ports.ts';
import { plain } from './mrkdwn.ts';
import { BYTE_ORDER_MARK } from './report-csv.ts';

/** A table of entries; no markup, nothing invisible, no keys. */
export const auditCsv: AuditCsv = (entries) => BYTE_ORDER_MARK + csvOf(entries, plain);
