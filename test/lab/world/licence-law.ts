/** What time alone does to a licence: validity ends in grace, grace ends in notification. */
import { licenceKind, setNotification } from './licence-products.ts';
import { GRACE } from './time-spans.ts';
import type { LabProduct, LabWindows } from './types.ts';

/** Brings one product up to `nowMs`. A product that never ends (`endsAtMs` 0) stays as it is. */
export function expire(product: LabProduct, nowMs: number): void {
  while (product.endsAtMs !== 0 && product.endsAtMs <= nowMs) next(product);
}

function next(product: LabProduct): void {
  const bound = product.status === 1 && licenceKind(product) === 'kms-client';
  if (!bound) {
    setNotification(product);
    return;
  }
  product.status = 3;
  product.statusReason = '4004F00D';
  product.endsAtMs += GRACE;
}

/** Brings every product of a machine up to `nowMs`. */
export function expireAll(windows: LabWindows, nowMs: number): void {
  for (const product of windows.products) expire(product, nowMs);
}

/** `GracePeriodRemaining`: whole minutes until the present state ends, 0 for a state without an end. */
export function minutesLeft(product: LabProduct, nowMs: number): number {
  return product.endsAtMs === 0 ? 0 : Math.max(0, Math.floor((product.endsAtMs - nowMs) / 60_000));
}
