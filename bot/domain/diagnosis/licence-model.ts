/** Who may activate a machine on AWS: Amazon's own servers where the licence is included, never where it is brought. */
import type { InspectionRecord } from '../inspection-record.ts';
import type { ManagedNode } from '../nodes.ts';

/** A machine's licence model, and what says so. */
export interface LicenceModel {
  readonly kind: 'licence-included' | 'byol' | 'unknown';
  /** Usage operation or billing product, verbatim; empty when there is none. */
  readonly word: string;
  /** Said by EC2 or the instance's own identity; a hybrid machine brings its own by definition. */
  readonly isRead: boolean;
}

/** Windows with its licence, alone or with SQL Server. AWS, "AMI billing information fields". */
const INCLUDED = /^RunInstances:(0002|0006|0102|0202)$/;
const BROUGHT = /^RunInstances:08\d\d$/;

/** Reads the licence model. What EC2 says comes first: billing follows it. */
export function licenceModel(
  { id, usageOperation = '' }: ManagedNode,
  record: InspectionRecord | undefined,
): LicenceModel {
  if (INCLUDED.test(usageOperation)) return { kind: 'licence-included', word: usageOperation, isRead: true };
  if (BROUGHT.test(usageOperation)) return { kind: 'byol', word: usageOperation, isRead: true };
  if (id.startsWith('mi-')) return { kind: 'byol', word: '', isRead: true };
  const identity = record?.aws.read === true ? record.aws.value : undefined;
  if (identity === undefined) return { kind: 'unknown', word: usageOperation, isRead: false };
  const [product] = identity.billingProducts;
  return product === undefined
    ? { kind: 'byol', word: '', isRead: true }
    : { kind: 'licence-included', word: product, isRead: true };
}
