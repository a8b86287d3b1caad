/** The machine's own licence. */
import { kmsHostProduct, makProduct, retailProduct } from '../../world/licence-products.ts';
import { faultNamed } from '../faults.ts';
import { accidentalHost, evaluation, replaceProduct, unlicensed, wrongKey } from '../faults-of-licences.ts';
import type { Change } from '../story.ts';
import { type Scenario, scenarios, toSubject } from './scenario.ts';

const channel =
  (token: string, name: string, tail: string): Change =>
  (scene) => {
    const { generation, edition } = scene.subject.windows;
    replaceProduct(scene, unlicensed(retailProduct(generation, edition), token, name, tail));
  };

const allowedOnly = (type: 1 | 3): Change =>
  toSubject((windows) => {
    for (const product of windows.products) product.activationTypeEnabled = type;
  });

const storeFault = (code: string): Change =>
  toSubject((windows) => {
    windows.licensingFault = code;
  });

/** Scenarios of licences. */
export const LICENCES: readonly Scenario[] = scenarios({
  'no-key': {
    title: 'it has no key',
    expects: 'no-key',
    gives: 'C004F014',
    breaks: [faultNamed('no-key')],
    causes: () => [{ kind: 'no-key' }],
  },
  'wrong-key-of-server': {
    title: 'Datacenter with the setup key of Standard',
    expects: 'wrong-key',
    gives: 'C004F069',
    breaks: [wrongKey],
    causes: () => [{ kind: 'wrong-key', editionOfKey: 'ServerStandard' }],
  },
  'wrong-key-of-client': {
    title: 'Enterprise with the setup key of Pro',
    expects: 'wrong-key',
    gives: 'C004F069',
    in: { generation: '10', language: 'ja-JP' },
    breaks: [wrongKey],
    causes: () => [{ kind: 'wrong-key', editionOfKey: 'Professional' }],
  },
  evaluation: {
    title: 'an evaluation edition whose time ran out',
    expects: 'evaluation-edition',
    gives: 'C004F069',
    in: { edition: 'ServerStandard' },
    breaks: [evaluation],
    causes: () => [{ kind: 'evaluation-edition' }],
  },
  retail: {
    title: 'built from retail media',
    expects: 'other-channel',
    gives: '80072EFD',
    breaks: [(scene) => replaceProduct(scene, retailProduct('2022', 'ServerDatacenter'))],
    causes: () => [{ kind: 'other-channel', channel: 'retail' }],
  },
  'mak-not-activated': {
    title: 'a multiple activation key that never reached Microsoft',
    expects: 'other-channel',
    gives: '80072EFD',
    breaks: [
      (scene) =>
        replaceProduct(scene, {
          ...makProduct('2022', 'ServerDatacenter'),
          status: 5,
          statusReason: 'C004F009',
        }),
    ],
    causes: () => [{ kind: 'other-channel', channel: 'mak' }],
  },
  oem: {
    title: "a maker's licence on other hardware",
    expects: 'other-channel',
    gives: '80072EFD',
    breaks: [channel('OEM_SLP', 'OEM:SLP', 'D3FQ7')],
    causes: () => [{ kind: 'other-channel', channel: 'oem' }],
  },
  avma: {
    title: 'a key for guests of Hyper-V, on EC2',
    expects: 'other-channel',
    gives: 'C004FD01',
    breaks: [channel('VIRTUAL_MACHINE_ACTIVATION', 'VT:IA', 'VR7XY')],
    causes: () => [{ kind: 'other-channel', channel: 'avma' }],
  },
  'accidental-host': {
    title: 'somebody typed a host key on it',
    expects: 'accidental-host',
    gives: '80072EFD',
    breaks: [accidentalHost],
    causes: () => [{ kind: 'accidental-host' }],
  },
  'accidental-host-activated': {
    title: 'somebody typed a host key on it, and it was activated: a rogue host that nobody asks',
    is: 'warning',
    expects: 'accidental-host',
    gives: '00000000',
    after: [
      (scene) => {
        accidentalHost(scene);
        replaceProduct(scene, kmsHostProduct('2022', 'ServerDatacenter', '2019'));
        const role = scene.subject.windows.kmsHostRole;
        if (role !== undefined) role.activated = true;
      },
    ],
    causes: () => [{ kind: 'accidental-host' }],
  },
  'directory-only': {
    title: 'only Active Directory may activate it',
    expects: 'kms-switched-off',
    gives: 'C004F081',
    breaks: [allowedOnly(1)],
    causes: () => [{ kind: 'kms-switched-off', allowed: 'active-directory' }],
  },
  'token-only': {
    title: 'only a token may activate it',
    expects: 'kms-switched-off',
    gives: 'C004F056',
    breaks: [allowedOnly(3)],
    causes: () => [{ kind: 'kms-switched-off', allowed: 'token' }],
  },
  'service-disabled': {
    title: 'its Software Protection service is disabled',
    expects: 'service-disabled',
    gives: '80070422',
    breaks: [faultNamed('service-disabled')],
    causes: () => [{ kind: 'service-disabled' }],
  },
  'store-damaged': {
    title: 'its licence store is damaged',
    expects: 'licence-damaged',
    gives: 'C004E003',
    breaks: [storeFault('C004E003')],
    causes: () => [{ kind: 'licence-damaged', code: '0xC004E003' }],
  },
  'not-a-qualifying-system': {
    title: 'its firmware lacks the marker of a qualifying system',
    expects: 'licence-damaged',
    gives: 'C004F035',
    in: { generation: '10' },
    breaks: [storeFault('C004F035')],
    causes: () => [{ kind: 'licence-damaged', code: '0xC004F035' }],
  },
});
