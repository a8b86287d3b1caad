/** The answer to `/kms error`: what a result code means, who has to act and what to do. */
import { decodeHresult, type Hresult, hresultOf, signedOf, unsignedOf } from '../../domain/hresult.ts';
import {
  hresultNamed,
  hresultsLike,
  KNOWN_HRESULTS,
  knownHresult,
  sameInOtherWrapping,
} from '../../domain/hresult-table.ts';
import type { CodeTexts } from '../messages/codes-en.ts';

const SUCCESS: Hresult = '0x00000000';

/** One code explained; an unknown one by what its bits say, and never by a guess. */
export function errorAnswer(hresult: Hresult, say: CodeTexts): string {
  const known = knownHresult(hresult) ?? sameInOtherWrapping(hresult);
  const others = new Set([...(known === undefined ? [] : [known.code]), signedOf(hresult), unsignedOf(hresult)]);
  others.delete(hresult);
  const spellings = say.alsoWritten([...others].map((other) => `\`${other}\``).join(' · '));
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

const LARGEST_WIN32 = 0xffff;

/** The code meant by a name, e.g. `SL_E_VL_BINDING_SERVICE_UNAVAILABLE`, or by the number of a Windows error. */
export function codeMeant(written: string): Hresult | undefined {
  const bare = written.replace(/[\s`'".,;]/g, '');
  return hresultNamed(bare) ?? win32Meant(bare);
}

/** `9003` as `0x8007232B`; not where it rather is the end of a known code. */
function win32Meant(digits: string): Hresult | undefined {
  if (!/^[1-9]\d{0,4}$/.test(digits) || Number(digits) > LARGEST_WIN32) return undefined;
  const code = hresultOf(0x8007_0000 + Number(digits));
  const isKnown = code !== undefined && knownHresult(code) !== undefined;
  return isKnown || hresultsLike(digits, 1).length === 0 ? code : undefined;
}
