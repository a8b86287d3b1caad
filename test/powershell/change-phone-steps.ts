/** Activations by telephone, rearms and restarts that go well on the small machine. */
import { newRole } from '../lab/world/put-node.ts';
import type { LabProduct } from '../lab/world/types.ts';
import type { ChangeStep } from './change-both-ways.ts';
import { depositOf, PHONED } from './change-confirmations.ts';
import type { ChangeMachine } from './change-machine.ts';

/** The machine's only product from here on; a host has its role. */
export const withProduct =
  (product: LabProduct) =>
  ({ node }: ChangeMachine): void => {
    node.windows.products = [{ ...product }];
    if (product.description.includes('VOLUME_KMS_')) node.windows.kmsHostRole = { ...newRole(), activated: false };
  };

/** With a MAK that is not activated, and changed so. */
export const alsoPhoned =
  (change: (machine: ChangeMachine) => void) =>
  (machine: ChangeMachine): void => {
    withProduct(PHONED.mak)(machine);
    change(machine);
  };

/** With such a MAK, and broken there. */
export const brokenPhoned = (key: string, hresult: string, afterMs?: number) =>
  alsoPhoned(({ node }) => {
    node.windows.broken[key] = { hresult, ...(afterMs === undefined ? {} : { afterMs }) };
  });

/** `RemainingWindowsReArmCount` of the small machine. */
export const REARMS = 1001;

/** By a name that says what is done. */
export const phoneSteps = () =>
  ({
    'read the Installation ID': {
      document: 'KmsBot-ReadInstallationId',
      options: { expect: { key: 'M4KX7' } },
      first: withProduct(PHONED.mak),
    },
    'read the Installation ID of a host': {
      document: 'KmsBot-ReadInstallationId',
      options: { expect: { key: 'H7KQ2' } },
      first: withProduct(PHONED.host),
    },
    'deposit a Confirmation ID': {
      document: 'KmsBot-DepositConfirmationId',
      options: depositOf('c4k7m2q9xd-1'),
      first: withProduct(PHONED.mak),
    },
    'deposit a Confirmation ID of a host': {
      document: 'KmsBot-DepositConfirmationId',
      options: depositOf('host', PHONED.host),
      first: withProduct(PHONED.host),
    },
    rearm: { document: 'KmsBot-Rearm', options: { rearm: 1, restart: 0, expect: { rearms: REARMS } } },
    'rearm and restart': { document: 'KmsBot-Rearm', options: { rearm: 1, restart: 1, expect: { rearms: REARMS } } },
    restart: { document: 'KmsBot-Rearm', options: { rearm: 0, restart: 1 } },
  }) satisfies Record<string, ChangeStep>;
