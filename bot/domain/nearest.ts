/** What somebody may have meant by a word that is not known. */

/**
 * The candidates closest to `word`, nearest first, then alphabetically; none when nothing is close.
 *
 * Close means: at most one slip (a letter missing, added, changed, or two swapped) for every three letters, or the
 * word is the beginning of the candidate. Case is ignored. At most `limit` are returned.
 */
export function nearestWords(word: string, candidates: readonly string[], limit = 3): readonly string[] {
  const wanted = word.toLowerCase();
  if (wanted === '') return [];
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, distance: distanceOf(wanted, candidate.toLowerCase(), allowed) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** Shortest beginning that counts as naming a longer word. */
const BEGINNING = 3;

function distanceOf(wanted: string, candidate: string, allowed: number): number {
  if (wanted.length >= BEGINNING && candidate.startsWith(wanted)) return wanted === candidate ? 0 : 1;
  if (Math.abs(wanted.length - candidate.length) > allowed) return Number.POSITIVE_INFINITY;
  return slips(wanted, candidate);
}

/** Optimal string alignment distance: insertions, deletions, substitutions, and swaps of neighbours. */
function slips(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      const swapped = column > 1 && row > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) best = Math.min(best, at(beforeLast, column - 2) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
