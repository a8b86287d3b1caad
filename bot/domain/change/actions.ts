/** What the changing documents are told, and what undoes it: each from the state that is there and the one that is wanted. */
import { GVLKS, tailOf } from '../gvlk.ts';
import type { VolumeActivationType } from '../inspection-record.ts';
import type { StoredKey } from '../keys/stored-key.ts';
import type {
  AssignOptions,
  InstallClientKeyOptions,
  InstallStoredKeyOptions,
  RearmOptions,
  SetHostOptions,
  SetOptions,
  WireAssignment,
} from './change-wire.ts';
import type { Assignment, ClientState } from './client-state.ts';
import { meetsHostSetting } from './host-actions.ts';
import type { NodeAction, NoUndo } from './plan.ts';

/** An action with what undoes it. */
export interface Reversible {
  readonly action: NodeAction;
  readonly inverse: NodeAction | { readonly none: NoUndo };
}

const wire = (assignment: Assignment): WireAssignment =>
  assignment === null ? null : [assignment.host, assignment.port];

/** `VLActivationTypeEnabled`, by the words of the record. */
const TYPE_NUMBERS: Readonly<Record<VolumeActivationType, number>> = {
  any: 0,
  'active-directory': 1,
  kms: 2,
  token: 3,
};

const both = <O>(document: NodeAction['document'], forth: O, back: O): Reversible => ({
  action: { document, options: forth as NodeAction['options'] },
  inverse: { document, options: back as NodeAction['options'] },
});

/** Assigns a host machine-wide (null: none) and takes away what the Windows product has of its own, which would win. */
export const assign = (state: ClientState, to: WireAssignment): Reversible => {
  const before = { svc: wire(state.assigned), prod: wire(state.product?.assigned ?? null) };
  const after = { svc: to, prod: null };
  return both<AssignOptions>('KmsBot-AssignHost', { ...after, expect: before }, { ...before, expect: after });
};

export const setLookup = (state: ClientState, domain: string | null): Reversible => {
  const before = { svc: state.lookupDomain, prod: state.product?.lookupDomain ?? null };
  const after = { svc: domain, prod: null };
  const set = 'lookup' as const;
  return both<SetOptions>('KmsBot-SetClient', { set, ...after, expect: before }, { set, ...before, expect: after });
};

export const setType = (from: VolumeActivationType, to: VolumeActivationType): Reversible => {
  const [before, after] = [TYPE_NUMBERS[from], TYPE_NUMBERS[to]];
  const set = 'type' as const;
  return both<SetOptions>('KmsBot-SetClient', { set, to: after, expect: before }, { set, to: before, expect: after });
};

export const setCaching = (on: boolean): Reversible => {
  const [to, from] = on ? ([1, 0] as const) : ([0, 1] as const);
  const set = 'caching' as const;
  return both<SetOptions>('KmsBot-SetClient', { set, to, expect: from }, { set, to: from, expect: to });
};

export const flushDns: Reversible = {
  action: { document: 'KmsBot-SetClient', options: { set: 'flushdns' } },
  inverse: { none: 'leaves-nothing' },
};

/** Tails of public keys: only those can be put back. */
const PUBLIC_TAILS: ReadonlySet<string> = new Set(GVLKS.map(({ key }) => tailOf(key)));

/** Installs the public key that ends so in place of the one that is there. */
export const installKey = (tail: string, before: string): Reversible => ({
  action: { document: 'KmsBot-InstallClientKey', options: { key: tail, expect: { key: before } } },
  inverse: keyBack(tail, before),
});

/** What puts the key back that was there before the one that ends so. */
const keyBack = (tail: string, before: string): Reversible['inverse'] => {
  if (before === '') return { none: 'no-key-before' };
  if (!PUBLIC_TAILS.has(before)) return { none: 'unknown-key' };
  const options: InstallClientKeyOptions = { key: before, expect: { key: tail }, back: 1 };
  return { document: 'KmsBot-InstallClientKey', options };
};

/** Has the machine fetch a stored key, which ends so, and install it in place of the one that is there. */
export const installStoredKey = ({ from, kind }: Pick<StoredKey, 'from' | 'kind'>, tail: string, before: string) => {
  const options: InstallStoredKeyOptions = { from, kind, expect: { key: before } };
  const reversible: Reversible = {
    action: { document: 'KmsBot-InstallStoredKey', options },
    inverse: keyBack(tail, before),
  };
  return reversible;
};

export const activate = (tail: string): Reversible => ({
  action: { document: 'KmsBot-Activate', options: { expect: { key: tail } } },
  inverse: { none: 'activation' },
});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const meetsSetting = (options: SetOptions, state: ClientState): boolean => {
  switch (options.set) {
    case 'type':
      return state.product !== null && TYPE_NUMBERS[state.product.allowed] === options.expect;
    case 'lookup':
      return same([state.lookupDomain, state.product?.lookupDomain ?? null], [options.expect.svc, options.expect.prod]);
    case 'caching':
      return state.hostCaching === (options.expect === 1);
    case 'flushdns':
      return true;
  }
};

interface Expecting<E> {
  readonly expect: E;
}

/** Whether a machine is as an action expects it; what the document checks again on the machine itself. */
export const meetsExpectation = ({ document, options }: NodeAction, state: ClientState): boolean => {
  switch (document) {
    case 'KmsBot-AssignHost': {
      const { expect } = options as AssignOptions;
      return same([wire(state.assigned), wire(state.product?.assigned ?? null)], [expect.svc, expect.prod]);
    }
    case 'KmsBot-SetClient':
      return meetsSetting(options as SetOptions, state);
    case 'KmsBot-InstallClientKey':
    case 'KmsBot-InstallStoredKey':
    case 'KmsBot-ReadInstallationId':
    case 'KmsBot-DepositConfirmationId':
      return (state.product?.keyTail ?? '') === (options as Expecting<{ key: string }>).expect.key;
    case 'KmsBot-Rearm':
      return [undefined, state.rearmsLeft].includes((options as RearmOptions).expect?.rearms);
    case 'KmsBot-SetHost':
      return meetsHostSetting(options as SetHostOptions, state.host);
    case 'KmsBot-Activate':
    case 'KmsBot-TestRouting':
    case 'KmsBot-InstallHostRole':
      return true;
  }
};
