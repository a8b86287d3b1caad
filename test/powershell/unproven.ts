/** Documents whose text, as it stands, has not been run in real PowerShell, and why not. */
import { readChangeRecordings } from './change-recordings.ts';
import { documentScripts, readRecordings, scriptHash } from './recordings.ts';

/**
 * Reasons by document, for a text of exactly this hash: a change of the text needs a new reason or a recording.
 * Empty while every document is proven.
 */
export const REASONS: readonly { readonly document: string; readonly sha256: string; readonly reason: string }[] = [];

/** How far a document is proven. */
export type Proof =
  | { readonly kind: 'proven'; readonly document: string; readonly powershell: string; readonly runs: number }
  | { readonly kind: 'unproven'; readonly document: string; readonly reason: string }
  /** Neither a recording nor a reason: `npm run check` fails. */
  | { readonly kind: 'unaccounted'; readonly document: string; readonly sha256: string };

/** The proof of every document. */
export const proofs = (): Proof[] => {
  const recordings = [...readRecordings(), ...readChangeRecordings()];
  return Object.entries(documentScripts()).map(([document, script]): Proof => {
    const sha256 = scriptHash(script);
    const is = (one: { readonly document: string; readonly sha256: string }) =>
      one.document === document && one.sha256 === sha256;
    const recording = recordings.find(is);
    if (recording) {
      return { kind: 'proven', document, powershell: recording.powershell, runs: recording.runs.length };
    }
    const reason = REASONS.find(is)?.reason;
    return reason === undefined ? { kind: 'unaccounted', document, sha256 } : { kind: 'unproven', document, reason };
  });
};

/** Documents without a recording of their present text, with the reason; empty when every one is proven. */
export const unprovenDocuments = (): { readonly document: string; readonly reason: string | undefined }[] =>
  proofs().flatMap((proof) => {
    if (proof.kind === 'proven') return [];
    return [{ document: proof.document, reason: proof.kind === 'unproven' ? proof.reason : undefined }];
  });
