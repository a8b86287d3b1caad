/** Changes that go well on the small machine, from which the cases are made. */
import type { ChangeStep } from './change-both-ways.ts';
import { plainHostSteps } from './change-host-steps.ts';
import { type ChangeMachine, SITE } from './change-machine.ts';
import { phoneSteps } from './change-phone-steps.ts';
import { storedIn } from './change-secrets.ts';

export type { ChangeCase } from './change-both-ways.ts';

const HOST = 'kms1.corp.example';

/** Everything that a person may have assigned before. */
export const assignedEverywhere = ({ node, product }: ChangeMachine): void => {
  Object.assign(node.windows, { kmsHost: 'Gone.corp.example', kmsPort: 1690, lookupDomain: 'old.example' });
  Object.assign(product, { kmsHost: '10.0.1.99', kmsPort: 0, lookupDomain: 'Own.Old.example' });
};

/** The host that answers. */
export const assignedWell = ({ node }: ChangeMachine): void => {
  node.windows.kmsHost = HOST;
};

export const otherKey = ({ product }: ChangeMachine): void => {
  product.partialKey = '6VM33';
};

const NONE = { svc: null, prod: null };
const EVERYWHERE = { svc: ['gone.corp.example', 1690], prod: ['10.0.1.99', 0] };

/** By a name that says what is done. */
export const plainSteps = () =>
  ({
    'activate with a host that answers': {
      document: 'KmsBot-Activate',
      options: { expect: { key: 'VMK7H' } },
      first: assignedWell,
    },
    'assign a name': { document: 'KmsBot-AssignHost', options: { svc: [HOST, 0], prod: null, expect: NONE } },
    'assign a name and a port': {
      document: 'KmsBot-AssignHost',
      options: { svc: [HOST, 1689], prod: null, expect: NONE },
    },
    'assign over both levels': {
      document: 'KmsBot-AssignHost',
      options: { svc: ['10.0.1.10', 1688], prod: null, expect: EVERYWHERE },
      first: assignedEverywhere,
    },
    'assign an IPv6 address': {
      document: 'KmsBot-AssignHost',
      options: { svc: ['[2001:db8::5]', 1688], prod: null, expect: NONE },
    },
    'back to discovery': {
      document: 'KmsBot-AssignHost',
      options: { ...NONE, expect: EVERYWHERE },
      first: assignedEverywhere,
    },
    'put both levels back': { document: 'KmsBot-AssignHost', options: { ...EVERYWHERE, expect: NONE } },
    'KMS only': { document: 'KmsBot-SetClient', options: { set: 'type', to: 2, expect: 0 } },
    'any type of activation': {
      document: 'KmsBot-SetClient',
      options: { set: 'type', to: 0, expect: 1 },
      first: ({ product }) => {
        product.activationTypeEnabled = 1;
      },
    },
    'caching off': { document: 'KmsBot-SetClient', options: { set: 'caching', to: 0, expect: 1 } },
    'caching on': {
      document: 'KmsBot-SetClient',
      options: { set: 'caching', to: 1, expect: 0 },
      first: ({ node }) => {
        node.windows.hostCaching = false;
      },
    },
    'lookup domain': {
      document: 'KmsBot-SetClient',
      options: { set: 'lookup', svc: 'corp.example', prod: null, expect: NONE },
    },
    'no lookup domain': {
      document: 'KmsBot-SetClient',
      options: { set: 'lookup', ...NONE, expect: { svc: 'old.example', prod: 'own.old.example' } },
      first: assignedEverywhere,
    },
    'flush the resolver': { document: 'KmsBot-SetClient', options: { set: 'flushdns' } },
    'client key of its edition': {
      document: 'KmsBot-InstallClientKey',
      options: { key: 'VMK7H', expect: { key: '6VM33' } },
      first: otherKey,
    },
    'client key for a machine without one': {
      document: 'KmsBot-InstallClientKey',
      options: { key: 'VMK7H', expect: { key: '' } },
      first: ({ node }) => {
        node.windows.products = [];
      },
    },
    'earlier key back': {
      document: 'KmsBot-InstallClientKey',
      options: { key: '6VM33', expect: { key: 'VMK7H' }, back: 1 },
    },
    'stored MAK': {
      document: 'KmsBot-InstallStoredKey',
      options: { from: storedIn('secrets-manager', 'MK223', SITE), kind: 'mak', expect: { key: 'VMK7H' } },
    },
    'stored host key': {
      document: 'KmsBot-InstallStoredKey',
      options: { from: storedIn('parameter-store', 'HK223', SITE), kind: 'host', expect: { key: 'VMK7H' } },
    },
    'stored MAK that is only looked at': {
      document: 'KmsBot-InstallStoredKey',
      options: { from: storedIn('secrets-manager', 'MK223', SITE), kind: 'mak', expect: { key: '' }, probe: 1 },
    },
    ...phoneSteps(),
    'routing by name': { document: 'KmsBot-TestRouting', options: { host: HOST, port: 0, address: '10.0.1.10' } },
    'routing by address': {
      document: 'KmsBot-TestRouting',
      options: { host: 'gone.corp.example', port: 1688, address: '10.0.1.10' },
      first: assignedEverywhere,
    },
    ...plainHostSteps(),
  }) satisfies Record<string, ChangeStep>;
