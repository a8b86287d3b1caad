/** What record sets say of KMS hosts. */
import type { ZoneSrv } from '../domain/diagnosis/facts.ts';
import { srvFields } from '../domain/records/srv-record.ts';
import type { RecordSet } from './route53-calls.ts';

/** Values of every SRV set of this name, each once: routed sets share their name and are one to us. */
export const srvAt = (sets: readonly RecordSet[], name: string): ZoneSrv[] => {
  const values = sets.filter((set) => set.name === name && set.type === 'SRV').flatMap((set) => set.values);
  return [...new Set(values)].flatMap((value) => srvFields(value) ?? []);
};

/** Types of the sets of this name that are not SRV, each once. */
export const otherTypesAt = (sets: readonly RecordSet[], name: string): string[] => [
  ...new Set(sets.filter((set) => set.name === name && set.type !== 'SRV').map((set) => set.type)),
];

/**
 * Addresses held for a name. `undefined` where the sets do not tell: an alias or another name stands there, or the name
 * is not among them at all.
 */
export const addressesAt = (sets: readonly RecordSet[], name: string): string[] | undefined => {
  const own = sets.filter((set) => set.name === name);
  if (own.length === 0) return undefined;
  const addresses = own.filter(({ type }) => type === 'A' || type === 'AAAA');
  const isElsewhere = own.some(({ type }) => type === 'CNAME') || addresses.some(({ values }) => values.length === 0);
  return isElsewhere ? undefined : [...new Set(addresses.flatMap(({ values }) => values))];
};
