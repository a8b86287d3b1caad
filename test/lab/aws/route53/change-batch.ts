/**
 * What a batch of changes makes of a zone's record sets, or why it is refused: a transaction, judged change by change
 * against what the changes before it left. The words are Route 53's, as far as reports of them are known.
 */
import { isDeepStrictEqual } from 'node:util';
import { setKey } from '../../world/propagation.ts';
import type { LabRecordSet } from '../../world/types.ts';
import { escapedName, fqdn } from './names.ts';
import { nameMessage, valueProblem } from './record-values.ts';
import { conflictOf } from './set-conflicts.ts';

export type Action = 'CREATE' | 'DELETE' | 'UPSERT';

/** A record set as a request has it: the name plain, the values as they were written. */
export type WrittenSet = Readonly<Omit<LabRecordSet, 'values'>> & { readonly values: readonly string[] };

export interface Change {
  readonly action: Action;
  readonly set: WrittenSet;
}

export interface ChangeBatch {
  readonly comment?: string;
  /** At least one. */
  readonly changes: readonly Change[];
}

/** The zone's sets afterwards, or everything that is wrong with the batch. */
export type Applied =
  | { readonly kind: 'applied'; readonly sets: readonly LabRecordSet[] }
  | { readonly kind: 'refused'; readonly messages: readonly [string, ...string[]] };

const MOST_RECORDS = 1000;
const MOST_CHARACTERS = 32_000;
const MOST_VALUES = 400;

/** `zoneName` with or without trailing dot. Sets that the batch does not name stay the same objects. */
export function applyBatch(zoneName: string, sets: readonly LabRecordSet[], { changes }: ChangeBatch): Applied {
  for (const judge of [tooMuch, contradictions, wrongSets(zoneName)]) {
    const [first, ...more] = judge(changes);
    if (first !== undefined) return { kind: 'refused', messages: [first, ...more] };
  }
  return inOrder(zoneName, sets, changes);
}

/** An UPSERT counts twice. Source: AWS, ChangeResourceRecordSets, "Change batches and transactional changes". */
function tooMuch(changes: readonly Change[]): string[] {
  const values = changes.flatMap(({ action, set }) =>
    action === 'UPSERT' ? [...set.values, ...set.values] : set.values,
  );
  const characters = values.reduce((sum, value) => sum + value.length, 0);
  return [
    ...(values.length > MOST_RECORDS ? [`Number of records limit of ${MOST_RECORDS} exceeded.`] : []),
    ...(characters > MOST_CHARACTERS ? [`Number of characters limit of ${MOST_CHARACTERS} exceeded.`] : []),
  ];
}

/** Nobody says what other pairs of one set give, so the lab takes none but DELETE with CREATE after it. */
function contradictions(changes: readonly Change[]): string[] {
  const actions = new Map<string, Change[]>();
  for (const change of changes) {
    const key = setKey(asHeld(change.set));
    actions.set(key, [...(actions.get(key) ?? []), change]);
  }
  return [...actions.values()].flatMap(([first, ...rest]) => {
    if (first === undefined || rest.length === 0) return [];
    if (first.action === 'DELETE' && rest.length === 1 && rest[0]?.action === 'CREATE') return [];
    const { name, type } = first.set;
    return [`The request contains an invalid set of changes for a resource record set '${type} ${escapedName(name)}'`];
  });
}

/** What is wrong with sets by themselves. Of one that is to be deleted nothing is looked at but its name. */
const wrongSets =
  (zoneName: string) =>
  (changes: readonly Change[]): string[] =>
    changes.flatMap(({ action, set }) => {
      if (!isInside(set.name, zoneName)) {
        return [`RRSet with DNS name ${escapedName(set.name)} is not permitted in zone ${escapedName(zoneName)}`];
      }
      return action === 'DELETE' ? [] : wrongValues(set);
    });

function isInside(name: string, zoneName: string): boolean {
  return name === fqdn(zoneName) || name.endsWith(`.${fqdn(zoneName)}`);
}

function wrongValues({ name, type, values }: WrittenSet): string[] {
  if (values.length > MOST_VALUES) return [`Cannot have more than ${MOST_VALUES} records in a RRSet.`];
  const twice = values.filter((value, index) => values.indexOf(value) < index);
  const problems = [nameMessage(name) ?? [], values.flatMap((value) => valueProblem(type, value) ?? [])].flat();
  return [...new Set([...problems, ...twice.map((value) => `Duplicate Resource Record: '${value}'`)])];
}

/** A set with which something is wrong is not looked at again: what follows from it would be told as well. */
function inOrder(zoneName: string, before: readonly LabRecordSet[], changes: readonly Change[]): Applied {
  let sets = before;
  const messages: string[] = [];
  const failed = new Set<string>();
  for (const change of changes) {
    const set = asHeld(change.set);
    const message = failed.has(setKey(set)) ? undefined : refusalOf(zoneName, sets, change.action, set);
    if (message !== undefined) {
      messages.push(message);
      failed.add(setKey(set));
    } else if (!failed.has(setKey(set))) {
      sets = [...sets.filter((known) => setKey(known) !== setKey(set)), ...(change.action === 'DELETE' ? [] : [set])];
    }
  }
  const [first, ...more] = messages.length > 0 ? messages : missingAtApex(zoneName, before, sets);
  return first === undefined ? { kind: 'applied', sets } : { kind: 'refused', messages: [first, ...more] };
}

function refusalOf(
  zoneName: string,
  sets: readonly LabRecordSet[],
  action: Action,
  set: LabRecordSet,
): string | undefined {
  const current = sets.find((known) => setKey(known) === setKey(set));
  if (action === 'DELETE') {
    if (current === undefined) return `Tried to delete resource record set ${described(set)} but it was not found`;
    if (isSame(current, set)) return undefined;
    return `Tried to delete resource record set ${described(set)} but the values provided do not match the current values`;
  }
  if (action === 'CREATE' && current !== undefined) {
    return `Tried to create resource record set ${described(set)} but it already exists`;
  }
  return conflictOf(zoneName, sets, set);
}

function described({ name, type, setIdentifier }: LabRecordSet): string {
  const identifier = setIdentifier === undefined ? '' : `, set-identifier='${setIdentifier}'`;
  return `[name='${escapedName(name)}', type='${type}'${identifier}]`;
}

/** Everything but the order of the values; the values as they are written. */
function isSame(a: LabRecordSet, b: LabRecordSet): boolean {
  return isDeepStrictEqual({ ...a, values: a.values.toSorted() }, { ...b, values: b.values.toSorted() });
}

/** A zone keeps its own NS and SOA; one that the world left without them need not get them. Source: zonify#1, dnscontrol#4402. */
function missingAtApex(zoneName: string, before: readonly LabRecordSet[], after: readonly LabRecordSet[]): string[] {
  const lost = (type: LabRecordSet['type']): boolean =>
    [before, after].map((sets) => sets.some((set) => set.type === type && set.name === fqdn(zoneName))).join() ===
    'true,false';
  return [
    ...(lost('NS') ? ['A HostedZone must contain at least one NS record for the zone itself.'] : []),
    ...(lost('SOA') ? ['A HostedZone must contain exactly one SOA record.'] : []),
  ];
}

function asHeld(set: WrittenSet): LabRecordSet {
  return { ...set, values: [...set.values] };
}
