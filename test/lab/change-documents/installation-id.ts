/** The Installation ID of Windows, as `shared/installation-id.ps1` reads it. */
import { createHash } from 'node:crypto';
import type { CimQuestion } from '../inspect/questions.ts';
import { lower, text, trimmed } from '../inspect/text.ts';
import type { CimValue } from '../world/surface.ts';
import { LIMITS, type MachineState, type Session } from './session.ts';
import { isKmsClient, readRows } from './state.ts';

const PROPERTY = 'OfflineInstallationId';

const ofProduct = (id: string): CimQuestion => ({
  className: 'SoftwareLicensingProduct',
  properties: [PROPERTY],
  where: { property: 'ID', holds: (row) => lower(row.ID) === id },
});

/** Without the blanks and hyphens that people and programs put between groups. */
export const digitsOf = (value: CimValue | undefined): string => trimmed(text(value)).replace(/[ -]/g, '');

/** Digits alone, 54 or 63 of them; empty where Windows says no such thing. */
export const installationId = (session: Session, { windows }: MachineState): string => {
  session.step = PROPERTY;
  const rows = readRows(session, ofProduct(windows?.product.id ?? ''), LIMITS.id);
  return rows.map((row) => digitsOf(row[PROPERTY])).find((digits) => /^(?:[0-9]{54}|[0-9]{63})$/.test(digits)) ?? '';
};

/** What recognises an Installation ID later. */
export const digestOf = (digits: string): string =>
  createHash('sha256').update(digits, 'utf8').digest('hex').slice(0, 24);

/** One is read out only for a key that Microsoft activates, and that is not activated. */
export const isForTelephone = (state: MachineState): boolean => !isKmsClient(state) && state.windows?.product.st !== 1;
