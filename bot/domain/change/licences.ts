/** Changes of a machine's licence and of what its client may do, machine by machine. */
import { selectGvlk, tailOf } from '../gvlk.ts';
import type { InspectionRecord } from '../inspection-record.ts';
import { channelOf } from '../licence.ts';
import { activate, installKey, setLookup, setType } from './actions.ts';
import type { ClientState } from './client-state.ts';
import type { LeftAlone, ValueChange } from './plan.ts';
import type { Wanted } from './wanted.ts';

const channel = ({ product }: ClientState) => (product === null ? 'none' : channelOf(product.channelToken));

export const isKmsClient = (state: ClientState): boolean => channel(state) === 'kms-client';

/** What `/ato` itself refuses, and what would use up an activation for nothing. */
export const activation = (state: ClientState, record: InspectionRecord): Wanted | LeftAlone => {
  const { product } = state;
  if (product === null) return { why: 'no-product' };
  const is = channel(state);
  if (is === 'evaluation') return { why: 'evaluation' };
  if (product.status === 'licensed' && is === 'mak') return { why: 'mak-licensed' };
  if (product.status === 'licensed' && is !== 'kms-client') return { why: 'already-so' };
  if (product.allowed === 'token') return { why: 'token-only' };
  if (record.sppsvc.read && record.sppsvc.value.startMode === 'Disabled') return { why: 'service-disabled' };
  const changes: ValueChange[] = [{ what: 'activation', before: product.status, after: 'licensed' }];
  return { ...activate(product.keyTail), changes, thenActivate: false };
};

const TYPES = { auto: 'any', kms: 'kms', ad: 'active-directory' } as const;

export const activationType = (to: keyof typeof TYPES, state: ClientState): Wanted | LeftAlone => {
  const { product } = state;
  if (product === null) return { why: 'no-product' };
  if (!isKmsClient(state)) return { why: 'not-client' };
  if (product.allowed === TYPES[to]) return { why: 'already-so' };
  const changes: ValueChange[] = [{ what: 'activation-type', before: product.allowed, after: TYPES[to] }];
  return { ...setType(product.allowed, TYPES[to]), changes, thenActivate: true };
};

export const lookup = (domain: string | null, state: ClientState): Wanted | LeftAlone => {
  const own = state.product?.lookupDomain ?? null;
  if (state.lookupDomain === domain && own === null) return { why: 'already-so' };
  const changes: ValueChange[] = [
    { what: 'lookup-domain', before: state.lookupDomain, after: domain },
    ...(own === null ? [] : [{ what: 'product-lookup-domain' as const, before: own, after: null }]),
  ];
  return { ...setLookup(state, domain), changes, thenActivate: isKmsClient(state) };
};

export const caching = (before: boolean, after: boolean): ValueChange => ({
  what: 'host-caching',
  before: before ? 'on' : 'off',
  after: after ? 'on' : 'off',
});

export const clientKey = (state: ClientState, { os }: InspectionRecord): Wanted | LeftAlone => {
  if (!os.read) return { why: 'unreadable' };
  const choice = selectGvlk(os.value);
  if (choice.kind === 'evaluation') return { why: 'evaluation' };
  if (choice.kind !== 'found') return { why: 'edition' };
  const tail = tailOf(choice.gvlk.key);
  const before = state.product?.keyTail ?? '';
  if (before === tail) return { why: 'already-so' };
  const changes: ValueChange[] = [{ what: 'key', before: before === '' ? null : before, after: tail }];
  return { ...installKey(tail, before), changes, thenActivate: true };
};
