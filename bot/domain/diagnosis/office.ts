/** Office on KMS, judged in its own group: it asks the same hosts, which count it apart and need a key of its own. */
import type { LicenceProduct } from '../inspection-record.ts';
import { channelOf } from '../licence.ts';
import type { DiagnosedCause } from './cause.ts';
import { causeOwner } from './cause-owner.ts';
import type { Diagnosis, RankedCause } from './diagnosis.ts';
import { line } from './evidence.ts';
import { type FixContext, fixFor, NO_FIX } from './fix.ts';
import type { Look } from './look.ts';
import { sureIf } from './rule.ts';

type OfficeCause = Extract<DiagnosedCause, { kind: 'office' }>;

/** The Office group; undefined where no product of Office has a key. */
export function officeOf(look: Look, windowsFails: boolean, context: () => FixContext): Diagnosis['office'] {
  const products = (look.record.products.read ? look.record.products.value : []).filter(
    ({ application, keyTail }) => application === 'office' && keyTail !== '',
  );
  if (products.length === 0) return undefined;
  const failing = products.find(({ status }) => status !== 'licensed');
  if (failing === undefined) return { state: 'well', fix: NO_FIX };
  const cause = causeOf(look, failing, windowsFails);
  const evidence = [line('office-product', look.self, [failing.family, failing.status], failing.reason)];
  const isSaid = cause.of === 'other-channel' || cause.code !== undefined;
  const first: RankedCause = {
    cause,
    confidence: cause.of === 'code' ? 'possible' : sureIf(isSaid && cause.of !== 'no-office-host-key'),
    owner: causeOwner(cause),
    evidence,
    rule: 'office',
  };
  return { state: 'failing', first, fix: fixFor<'office'>(cause, context()) };
}

/** What its own reason says; where that says nothing and Windows is activated, the host has no key for it. */
function causeOf(look: Look, { channelToken, reason }: LicenceProduct, windowsFails: boolean): OfficeCause {
  if (channelOf(channelToken) !== 'kms-client') return { kind: 'office', of: 'other-channel', code: reason };
  if (reason === '0xC004F038') return { kind: 'office', of: 'count-too-low', code: reason };
  const isMismatch = /^0x[C4]004F(042|015|041)$/.test(reason);
  if (isMismatch || (!windowsFails && lacksOfficeKey(look)))
    return { kind: 'office', of: 'no-office-host-key', code: reason };
  return { kind: 'office', of: 'code', code: reason };
}

/** Every KMS host that was asked holds no key for Office, or one that is not activated. */
function lacksOfficeKey({ hosts }: Look): boolean {
  const asked = hosts.flatMap(({ record }) => (record?.products.read === true ? [record.products.value] : []));
  const holds = (products: readonly LicenceProduct[]): boolean =>
    products.some(
      ({ application, channelToken, status }) =>
        application === 'office' && channelOf(channelToken) === 'kms-host' && status === 'licensed',
    );
  return asked.length > 0 && !asked.some(holds);
}
