/** Rules about the machine itself: what makes every attempt at KMS futile, whatever the network does. */

import { classifyTail, GVLKS, gvlkName, selectGvlk, tailOf } from '../gvlk.ts';
import type { Hresult } from '../hresult.ts';
import { knownHresult } from '../hresult-table.ts';
import { isEvaluationEdition, osName } from '../windows-edition.ts';
import type { EvidenceLine } from './diagnosis.ts';
import { line } from './evidence.ts';
import { plainHost } from './host-words.ts';
import type { Look } from './look.ts';
import { type Candidate, type Rule, sureIf } from './rule.ts';

/** The product as a line of evidence. */
export const productLine = ({ self, product }: Look): readonly EvidenceLine[] =>
  product === undefined
    ? []
    : [line('product', self, [product.family, product.channelToken, product.keyTail], product.reason)];

/** The client setup key of the machine's own edition, where there is one. */
export function ownGvlk({ os }: Look): { readonly gvlk?: string } {
  const choice = os === undefined ? undefined : selectGvlk(os);
  return choice?.kind === 'found' ? { gvlk: choice.gvlk.key } : {};
}

function serviceDisabled({ record, self }: Look): Candidate | undefined {
  if (!record.sppsvc.read || record.sppsvc.value.startMode.toLowerCase() !== 'disabled') return undefined;
  const { state, startMode } = record.sppsvc.value;
  const evidence = [line('service-state', self, [state, startMode])];
  return { cause: { kind: 'service-disabled' }, confidence: 'sure', evidence };
}

function evaluation(look: Look): Candidate | undefined {
  const { os, channel, self, product } = look;
  const edition = os?.edition ?? product?.family ?? '';
  if (channel !== 'evaluation' && !isEvaluationEdition(edition)) return undefined;
  const evidence = [line('evaluation', self, [os === undefined ? edition : osName(os)]), ...productLine(look)];
  return { cause: { kind: 'evaluation-edition' }, confidence: 'sure', evidence };
}

function noKey(look: Look): Candidate | undefined {
  if (look.products !== 'none') return undefined;
  const evidence = [line('no-product', look.self)];
  return { cause: { kind: 'no-key', ...ownGvlk(look) }, confidence: 'sure', evidence };
}

/** Nobody means this machine to be a host: no record, no client, no configuration names it. */
export function isHostByAccident({ facts, record, self }: Look): boolean {
  const name = plainHost(record.computerName || self.where);
  const is = (host: string): boolean => host === name || host.startsWith(`${name}.`) || host.startsWith(`${name}:`);
  const isNamed =
    facts.knownHosts.some((host) => is(plainHost(host))) ||
    facts.zones.some(({ srv }) => srv.some(({ target }) => is(target))) ||
    (facts.fleet?.reach ?? []).some(({ host, reached }) => is(host) && reached > 0);
  const clients = record.requestDigest.read ? (record.requestDigest.value?.clients ?? 0) : 0;
  return !isNamed && clients === 0;
}

function accidentalHost(look: Look): Candidate | undefined {
  if (look.channel !== 'kms-host' || !isHostByAccident(look)) return undefined;
  return { cause: { kind: 'accidental-host', ...ownGvlk(look) }, confidence: 'likely', evidence: productLine(look) };
}

function ownHostKey(look: Look): Candidate | undefined {
  const { channel, product } = look;
  if (channel !== 'kms-host' || product === undefined || product.status === 'licensed') return undefined;
  const cause = { kind: 'own-host-key-not-activated', code: product.reason } as const;
  return { cause, confidence: 'sure', evidence: productLine(look) };
}

function otherChannel(look: Look): Candidate | undefined {
  const { channel, product } = look;
  if (product === undefined || ['kms-client', 'kms-host', 'evaluation'].includes(channel)) return undefined;
  const cause = { kind: 'other-channel', channel, code: product.reason, ...ownGvlk(look) } as const;
  return { cause, confidence: 'sure', evidence: productLine(look) };
}

/** Windows says itself that key and edition do not belong together. */
const WRONG_KEY: readonly Hresult[] = ['0xC004F069', '0xC004F050', '0xC004F010', '0xC004E016'];

function wrongKey(look: Look): Candidate | undefined {
  const { product, os, channel, record } = look;
  if (product === undefined || channel !== 'kms-client') return undefined;
  const evidence = productLine(look);
  const editionOfKey = keyOfOther(look);
  if (editionOfKey !== undefined)
    return {
      cause: { kind: 'wrong-key', editionOfKey, ...ownGvlk(look) },
      confidence: sureIf(record.os.read),
      evidence,
    };
  if (!WRONG_KEY.includes(product.reason)) return undefined;
  const isRight = os !== undefined && classifyTail(product.keyTail, os).kind === 'right';
  return {
    cause: { kind: 'wrong-key', editionOfKey: '', ...ownGvlk(look) },
    confidence: isRight ? 'possible' : 'likely',
    evidence,
  };
}

/** The edition the key is for, when that is another; by the product's own family where Windows was not read. */
function keyOfOther({ product, os }: Look): string | undefined {
  if (product === undefined) return undefined;
  if (os !== undefined) {
    const tail = classifyTail(product.keyTail, os);
    return tail.kind === 'other-edition' ? tail.editionName : undefined;
  }
  const gvlks = GVLKS.filter(({ key }) => tailOf(key) === product.keyTail.toUpperCase());
  const [first] = gvlks;
  if (first === undefined || gvlks.some(({ edition }) => edition === product.family.toLowerCase())) return undefined;
  return gvlkName(first);
}

function kmsSwitchedOff({ product, self, channel }: Look): Candidate | undefined {
  const allowed = product?.allowed;
  if (channel !== 'kms-client' || (allowed !== 'active-directory' && allowed !== 'token')) return undefined;
  const evidence = [line('activation-type', self, [allowed])];
  return { cause: { kind: 'kms-switched-off', allowed }, confidence: 'sure', evidence };
}

/** What is the matter where a code belongs to the licence itself. */
const OF_THE_LICENCE: readonly string[] = [
  'store-damaged',
  'rights-damaged',
  'use-licence-missing',
  'not-genuine',
  'not-qualifying',
  'digital-licence',
  'oem-data-missing',
  'rearm-pending',
  'rearms-used-up',
  'key-blocked',
  'policy',
  'access-denied',
  'file-missing',
];

/** Whether a code is about the licence store or the entitlement, not about reaching a host. */
export const isOfTheLicence = (code: Hresult): boolean => {
  const known = knownHresult(code);
  return known === undefined ? /^0xC004[DE]/.test(code) : OF_THE_LICENCE.includes(known.cause);
};

function licenceDamaged(look: Look): Candidate | undefined {
  const { product, self } = look;
  if (product === undefined || product.status === 'licensed' || !isOfTheLicence(product.reason)) return undefined;
  const evidence = [line('status-reason', self, [], product.reason), ...productLine(look)];
  return { cause: { kind: 'licence-damaged', code: product.reason }, confidence: 'sure', evidence };
}

/** In the order in which an attempt meets them. */
export const LICENCE_RULES: readonly Rule[] = [
  { id: 'service disabled', rows: [], stage: 'licence', looksAt: ['spp'], find: serviceDisabled },
  { id: 'licence damaged', rows: [30], stage: 'licence', looksAt: ['prod'], find: licenceDamaged },
  { id: 'evaluation edition', rows: [3], stage: 'licence', looksAt: ['os', 'prod'], find: evaluation },
  { id: 'no key', rows: [4], stage: 'licence', looksAt: ['prod'], find: noKey },
  { id: 'host key by accident', rows: [6], stage: 'licence', looksAt: ['prod'], find: accidentalHost },
  { id: 'own host key not activated', rows: [26], stage: 'licence', looksAt: ['prod'], find: ownHostKey },
  { id: 'other channel', rows: [5], stage: 'licence', looksAt: ['prod'], find: otherChannel },
  { id: 'key of another edition', rows: [7], stage: 'licence', looksAt: ['prod'], find: wrongKey },
  { id: 'KMS switched off', rows: [9, 10], stage: 'licence', looksAt: ['prod'], find: kmsSwitchedOff },
];
