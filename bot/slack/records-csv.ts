/** Records as a file. */
import { recordsCsv as csvOf } from '../domain/records/records-csv.ts';
import type { RecordsCsv } from '../ports.ts';
import { plain } from './mrkdwn.ts';
import { BYTE_ORDER_MARK } from './report-csv.ts';

/** A table of values; no markup, nothing invisible, no keys. */
export const recordsCsv: RecordsCsv = (report) => BYTE_ORDER_MARK + csvOf(report, plain);
