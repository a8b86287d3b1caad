/** Office, judged apart from the Windows that it runs on. */
import { kmsHostProduct, type LicenceKind, licenceKind, officeClientProduct } from '../../world/licence-products.ts';
import type { LabProduct } from '../../world/types.ts';
import { roleOf } from '../faults-of-hosts.ts';
import { contactsFor } from '../mend-counts.ts';
import type { Change } from '../story.ts';
import { type Scenario, scenarios, toSubject } from './scenario.ts';

const install: Change = toSubject((windows) => void windows.products.push(officeClientProduct()));

/** Office's host key as a product of the host. */
function officeHostProduct(activated: boolean): LabProduct {
  return {
    ...kmsHostProduct('2022', 'ServerDatacenter', '2022'),
    id: 'f3d89bbf-c0ec-47ce-a8fa-e5a5f97e447f',
    app: 'office',
    name: 'Office 24, Office24KMSHostVL_KMS_Host edition',
    description: 'Office 24, VOLUME_KMS channel',
    family: 'Office24KMSHostVL_KMS_Host',
    partialKey: 'Q6HTM',
    ...(activated ? {} : { status: 5, statusReason: 'C004F009' }),
  };
}

/** What the host is to Office: without its key, or with it and that many clients counted. */
const officeOnHost =
  (activated: boolean, clients: number): Change =>
  (scene) => {
    roleOf(scene).office = { activated, contacts: contactsFor(clients, scene.nowMs) };
    if (activated) scene.host?.windows.products.push(officeHostProduct(true));
  };

/** A product of Office bought in a shop. */
const retailOffice: Change = toSubject((windows) => {
  const office: LabProduct = {
    ...officeClientProduct(),
    name: 'Office 24, Office24ProPlus2024R_Retail edition',
    description: 'Office 24, RETAIL channel',
    family: 'Office24ProPlus2024R_Retail',
    channel: 'Retail',
    partialKey: 'R7TKV',
    status: 5,
    statusReason: 'C004F009',
  };
  const kind: LicenceKind = licenceKind(office);
  if (kind === 'retail') windows.products.push(office);
});

const windowsIsWell = { is: 'well', gives: '00000000' } as const;

/** Scenarios of Office. */
export const OFFICE: readonly Scenario[] = scenarios({
  'office-well': {
    ...windowsIsWell,
    title: 'Office is activated along with Windows',
    office: 'well',
    in: { generation: '11' },
    before: [install],
  },
  'office-well-by-own-count': {
    ...windowsIsWell,
    title: 'Office is activated by a host that has its key and five clients',
    office: 'well',
    before: [officeOnHost(true, 5), install],
  },
  'office-without-host-key': {
    ...windowsIsWell,
    title: 'Windows is activated, and the host has no key for Office',
    office: 'no-office-host-key',
    before: [officeOnHost(false, 0), install],
    causes: () => [{ kind: 'office', of: 'no-office-host-key' }],
  },
  'office-count-too-low': {
    ...windowsIsWell,
    title: 'Windows is activated, and Office has too few clients',
    office: 'count-too-low',
    before: [officeOnHost(true, 2), install],
    causes: () => [{ kind: 'office', of: 'count-too-low' }],
  },
  'office-retail': {
    ...windowsIsWell,
    title: 'Windows is activated, and Office was bought in a shop',
    office: 'other-channel',
    before: [retailOffice],
    causes: () => [{ kind: 'office', of: 'other-channel' }],
  },
});
