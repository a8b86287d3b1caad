/** A plan as a file. */
import { planCsv as csvOf } from '../domain/change/plan-csv.ts';
import type { PlanCsv } from '../ports.ts';
import { plain } from './mrkdwn.ts';
import { BYTE_ORDER_MARK } from './report-csv.ts';

/** A table of values; no markup, nothing invisible, no keys but their last five characters. */
export const planCsv: PlanCsv = (plan) => BYTE_ORDER_MARK + csvOf(plan, plain);
