/**
 * The Installation ID in what a machine printed. Only whoever shows it in the modal reads it from there: everything else
 * is told its digest.
 */
import { isObject } from '../decode.ts';
import { readLines, type Unreadable } from '../inspection-line.ts';
import type { ChangeDocument } from './change-wire.ts';
import { readChangeOutput } from './parse-change.ts';
import { installationId } from './parse-change-parts.ts';

const READING: ChangeDocument = 'KmsBot-ReadInstallationId';

/** Its digits, where the output is a reading's and of the Installation ID with this digest; undefined otherwise. */
export const readInstallationId = (output: string, digest: string): string | undefined => {
  const said = readChangeOutput(output);
  const isIt = said.kind === 'record' && said.record.document === READING;
  if (!isIt || said.record.installationIdDigest !== digest) return undefined;
  const read = readLines(output, () => undefined, digitsIn);
  return read.kind === 'record' ? read.digits : undefined;
};

interface Digits {
  readonly kind: 'record';
  readonly digits: string;
}

const NONE: Unreadable = { kind: 'unreadable', why: { kind: 'not-ours' } };

/** Of the first line that has it. */
const digitsIn = (json: string): Digits | Unreadable => {
  try {
    const value: unknown = JSON.parse(json);
    const read = installationId(isObject(value) && value.doc === READING ? value.iid : undefined, '');
    return read.ok ? { kind: 'record', digits: read.value } : NONE;
  } catch {
    return NONE;
  }
};
