/** Clients that a host has counted. */
import { guid, random, seedOf } from '../random.ts';
import type { LabKmsHostRole } from '../world/types.ts';

/** Contacts of that many clients outside Systems Manager, made now. */
export function contactsFor(count: number, nowMs: number): LabKmsHostRole['contacts'] {
  const next = random(seedOf(`contacts ${count}`));
  const contact = (i: number) => ({ atMs: nowMs, name: `more-${i + 1}.corp.example`, requiredCount: 5 });
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [guid(next), contact(i)]));
}
