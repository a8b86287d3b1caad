/** The small machine as a KMS host: a member of a directory whose zone takes what it publishes. */
import { kmsHostProduct } from '../lab/world/licence-products.ts';
import type { LabKmsHostRole } from '../lab/world/types.ts';
import type { ChangeMachine } from './change-machine.ts';

const DIRECTORY = 'ad.corp.example';

const role = (): LabKmsHostRole => ({
  keyGroup: '2022',
  activated: true,
  listeningPort: 1688,
  publishing: true,
  firewallOpen: false,
  activationIntervalMinutes: 120,
  renewalIntervalMinutes: 10_080,
  contacts: {},
  totals: { total: 0, failed: 0, byStatus: [0, 0, 0, 0, 0, 0] },
});

/** Gives the machine a host key, and what a case wants otherwise of its role. */
export const asHost =
  (changes: Partial<LabKmsHostRole> = {}) =>
  ({ node, world }: ChangeMachine): void => {
    const { windows } = node;
    Object.assign(windows, { domain: DIRECTORY, primarySuffix: DIRECTORY });
    windows.products = [kmsHostProduct('2022', 'ServerStandard', '2022')];
    windows.service.state = 'Running';
    windows.kmsHostRole = { ...role(), ...changes };
    const plain = { site: 'tokyo', private: true, vpcs: [], recordSets: [] };
    world.state.zones.push({ ...plain, id: 'ad', name: DIRECTORY, hostedBy: 'active-directory' });
  };

/** Of a machine that is a host. */
export const roleOf = ({ node }: ChangeMachine): LabKmsHostRole => {
  if (node.windows.kmsHostRole === undefined) throw new Error('the machine is no host');
  return node.windows.kmsHostRole;
};
