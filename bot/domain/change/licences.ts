/** Changes of a machine's licence and of what its client may do, machine by machine. */
import { selectGvlk, tailOf } from '../gvlk.ts';
import type { InspectionRecord } from '../inspection-record.ts';
import { channelOf } from '../licence.ts';
import { activate, installKey, setCaching, setLookup, setType } from './actions.ts';
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

export const lookup = (domain: string | null, state: ClientState, record: InspectionRecord): Wanted | LeftAlone => {
  if (isHost(record)) return { why: 'host-key' };
  const own = state.product?.lookupDomain ?? null;
  if (state.lookupDomain === domain && own === null) return { why: 'already-so' };
  const changes: ValueChange[] = [
    { what: 'lookup-domain', before: state.lookupDomain, after: domain },
    ...(own === null ? [] : [{ what: 'product-lookup-domain' as const, before: own, after: null }]),
  ];
  return { ...setLookup(state, domain), changes, thenActivate: isKmsClient(state) };
};

export const caching = (on: boolean, { hostCaching }: ClientState, record: InspectionRecord): Wanted | LeftAlone => {
  if (isHost(record)) return { why: 'host-key' };
  if (hostCaching === on) return { why: 'already-so' };
  const changes: ValueChange[] = [{ what: 'host-caching', before: onOff(hostCaching), after: onOff(on) }];
  return { ...setCaching(on), changes, thenActivate: false };
};

const onOff = (on: boolean): string => (on ? 'on' : 'off');

export const isHost = ({ service }: InspectionRecord): boolean => service.read && service.value.isKmsHost;

/** By accident a host, nobody asks it. What its log says is not known: it may be one in earnest. */
export const isAskedHost = (record: InspectionRecord): boolean =>
  isHost(record) && !(record.requestDigest.read && (record.requestDigest.value?.clients ?? 0) === 0);

export const clientKey = (state: ClientState, record: InspectionRecord): Wanted | LeftAlone =>
  isAskedHost(record) ? { why: 'host-key' } : ownClientKey(state, record);

/** The setup key of the machine's own edition, host or not. */
export const ownClientKey = (state: ClientState, { os }: InspectionRecord): Wanted | LeftAlone => {
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
