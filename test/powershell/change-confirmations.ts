/** What is stored as Confirmation IDs for the small world's machine, and the licences they are for. All made up. */
import type { SecretReference } from '../../bot/domain/change/change-wire.ts';
import { digestOf } from '../lab/change-documents/installation-id.ts';
import { kmsHostProduct, makProduct } from '../lab/world/licence-products.ts';
import { callPhoneCentre, installationIdOf } from '../lab/world/phone-centre.ts';
import type { LabProduct } from '../lab/world/types.ts';

const MACHINE = 'i-00000000000000001';

/** Products that are not activated yet. */
export const PHONED = {
  mak: { ...makProduct('2022', 'ServerStandard'), status: 5, statusReason: 'C004F009' },
  host: { ...kmsHostProduct('2022', 'ServerStandard', '2022'), status: 2, statusReason: '4004F00C' },
} as const satisfies Record<string, LabProduct>;

/** What the machine, or another one, says of the product. */
export const installationIdWith = (product: LabProduct, id = MACHINE): string =>
  installationIdOf({ id, windows: { generation: '2022' } }, product);

/** What Microsoft answers to that. */
const confirmationFor = (product: LabProduct, id = MACHINE): string => {
  const call = callPhoneCentre(installationIdWith(product, id));
  if (!('confirmationId' in call)) throw new Error(call.why);
  return call.confirmationId;
};

/** One digit too high, or 0 for 9. */
const misheard = (digits: string, at: number): string =>
  `${digits.slice(0, at)}${(Number(digits[at]) + 1) % 10}${digits.slice(at + 1)}`;

/** Texts by the name under which they are stored. */
export const confirmations = (): Readonly<Record<string, string>> => {
  const right = confirmationFor(PHONED.mak);
  return {
    'c4k7m2q9xd-1': right,
    host: confirmationFor(PHONED.host),
    grouped: ` ${right.match(/.{6}/g)?.join('-')}\r\n`,
    spaced: right.match(/.{6}/g)?.join(' ') ?? '',
    misheard: misheard(right, 20),
    'another-machine': confirmationFor(PHONED.mak, 'i-00000000000000002'),
    short: right.slice(1),
    long: `${right}0`,
    letters: `${right.slice(0, 47)}x`,
    'other-digits': right.replace('0', '\u0660'),
    'no-break': right.replace(/^.{6}/, '$&\u00a0'),
    empty: '',
    'hostile-text': `'"; exit 5; $(Set-Content hurt x) \`n`,
  };
};

/** Where the options say that one is. */
export const confirmationIn = (name: string): SecretReference => ({
  store: 'parameter-store',
  name: `/kms-bot/confirmation/${name}`,
  region: 'ap-northeast-1',
});

/** What the bot tells the machine to deposit. */
export const depositOf = (name: string, product: LabProduct = PHONED.mak) => ({
  from: confirmationIn(name),
  digest: digestOf(installationIdWith(product)),
  expect: { key: product.partialKey },
});
