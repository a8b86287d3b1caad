/** The answer to `/kms error`: what a result code means, who has to act and what to do. */
import { decodeHresult, type Hresult, signedOf, unsignedOf } from '../../domain/hresult.ts';
import { hresultNamed, hresultsLike, KNOWN_HRESULTS, knownHresult } from '../../domain/hresult-table.ts';
import type { CodeTexts } from '../messages/codes-en.ts';

const SUCCESS: Hresult = '0x00000000';

/** One code explained; an unknown one by what its bits say, and never by a guess. */
export function errorAnswer(hresult: Hresult, say: CodeTexts): string {
  const known = knownHresult(hresult);
  const decimals = new Set([signedOf(hresult), unsignedOf(hresult)]);
  const spellings = say.alsoWritten([...decimals].map((decimal) => `\`${decimal}\``).join(' · '));
  const small = `${spellings} · ${say.small(`\`slui 0x2a ${hresult}\``)}`;
  if (hresult === SUCCESS) return say.success(hresult);
  if (known === undefined) return [say.unknownLine(`\`${hresult}\``), originLine(hresult, say), small].join('\n');
  const act = say.act[known.cause];
  return [
    say.meansLine(say.means[known.cause], hresult, known.symbol ?? ''),
    ...(known.actor === 'nobody' ? [] : [say.actorLine(say.actor[known.actor])]),
    ...(act === '' ? [] : [act]),
    small,
  ].join('\n');
}

function originLine(hresult: Hresult, say: CodeTexts): string {
  const { origin, win32, ntstatus } = decodeHresult(hresult);
  return say.origin[origin](ntstatus ?? String(win32 ?? ''));
}

const FEW = 3;

/** Known codes that end like this, begin like this, or wrap this Win32 error; behind `0x` it is hexadecimal. */
export function codesLike(written: string): readonly Hresult[] {
  const hex = /^0x([0-9a-f]{1,7})$/i.exec(written)?.[1]?.toUpperCase();
  if (hex === undefined) return hresultsLike(written, FEW);
  const wrapped: Hresult = `0x8007${hex.padStart(4, '0')}`;
  const beginning = KNOWN_HRESULTS.filter(({ code }) => hex.length > 4 && code.startsWith(`0x${hex}`));
  const like = hex.length < 3 ? [] : hresultsLike(hex, FEW);
  const codes = [...KNOWN_HRESULTS.filter(({ code }) => code === wrapped), ...beginning].map(({ code }) => code);
  return [...new Set([...codes, ...like])].slice(0, FEW);
}

/** The code that bears this name, e.g. `SL_E_VL_BINDING_SERVICE_UNAVAILABLE`; in any case of letters. */
export const codeNamed = (written: string): Hresult | undefined => hresultNamed(written.replace(/[\s`'".,;]/g, ''));
