/** The answer to `/kms error`: what a result code means, who has to act and what to do. */
import { decodeHresult, type Hresult, signedOf, unsignedOf } from '../../domain/hresult.ts';
import { hresultsLike, knownHresult } from '../../domain/hresult-table.ts';
import type { CodeTexts } from '../messages/codes-en.ts';
import { escapeMarkup } from '../mrkdwn.ts';

/** One code explained; an unknown one by what its bits say, and never by a guess. */
export function errorAnswer(hresult: Hresult, say: CodeTexts): string {
  const known = knownHresult(hresult);
  const spellings = say.alsoWritten(`\`${signedOf(hresult)}\` · \`${unsignedOf(hresult)}\``);
  const small = `_${spellings} · ${escapeMarkup(say.small)}_`;
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

/** Known codes that end like this. */
export const codesLike = (digits: string): readonly Hresult[] =>
  hresultsLike(digits.replace(/^0x/i, ''), FEW + 1).slice(0, FEW);
