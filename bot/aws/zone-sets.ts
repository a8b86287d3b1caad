/** What record sets say of KMS hosts. */
import type { ZoneSrv } from '../domain/diagnosis/facts.ts';
import type { ExactSet, NameState } from '../domain/records/record-set.ts';
import { srvFields } from '../domain/records/srv-record.ts';
import type { RecordSet } from './route53-calls.ts';

/** As many sets as one name is asked for: more than there are types, so where a name has as many some are routed. */
export const SETS_OF_A_NAME = 20;

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

/**
 * The same of sets that were read from this name on: where none is of the name, it has no address. A name that is
 * delegated is another zone's to tell of; the zone's own name has NS as well, and SOA beside it.
 */
export const addressesHeldAt = (sets: readonly RecordSet[], name: string): readonly string[] | undefined => {
  const types = sets.filter((set) => set.name === name).map(({ type }) => type);
  if (types.length === 0) return [];
  return types.includes('NS') && !types.includes('SOA') ? undefined : addressesAt(sets, name);
};

/** The sets of one type as one; routed sets share their type, and are never written. */
const exactOf = (sets: readonly RecordSet[]): ExactSet | undefined => {
  const [first] = sets.flatMap(({ ttlSeconds }) => ttlSeconds ?? []);
  if (first === undefined) return undefined;
  return { ttlSeconds: first, values: [...new Set(sets.flatMap(({ values }) => values))] };
};

const untouchableBy = (own: readonly RecordSet[]): NameState['untouchable'] => {
  if (own.some(({ type }) => type === 'CNAME')) return 'cname';
  const ours = own.filter(({ type }) => type === 'SRV' || type === 'TXT');
  if (own.length >= SETS_OF_A_NAME || ours.some(({ kind }) => kind === 'routed')) return 'routed';
  return ours.some(({ kind }) => kind === 'alias') ? 'alias' : undefined;
};

/** What stands at a name, as far as KMS records are concerned. The sets may be those of other names as well. */
export const stateAt = (sets: readonly RecordSet[], name: string): NameState => {
  const own = sets.filter((set) => set.name === name);
  const [srv, txt] = ['SRV', 'TXT'].map((type) => exactOf(own.filter((set) => set.type === type)));
  const untouchable = untouchableBy(own);
  return { ...(srv && { srv }), ...(txt && { txt }), ...(untouchable && { untouchable }) };
};
