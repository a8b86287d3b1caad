/** What rules about single hosts on the way are made of. */
import type { EvidenceLine } from './diagnosis.ts';
import { failing } from './failing-targets.ts';
import type { Look } from './look.ts';
import type { Candidate, Rule } from './rule.ts';
import { pointerLine, probeLines } from './target-evidence.ts';
import type { WayTarget } from './way-target.ts';

/** A rule about one host on the way. */
export type Find = (look: Look, target: WayTarget) => Candidate | undefined;

/** The first of the failing hosts for which a rule holds; the surest where several do. */
export const amongFailing =
  (find: Find): Rule['find'] =>
  (look) => {
    const found = failing(look).flatMap((target) => find(look, target) ?? []);
    const first = found.find(({ confidence }) => confidence === 'sure') ?? found[0];
    if (first === undefined || look.way.fails || first.confidence !== 'sure') return first;
    return { ...first, confidence: 'likely' };
  };

/** It was read that the way leads there and fails, and that the address is the host's where it is one of ours. */
export const isSeen = ({ seenBy, known }: WayTarget): boolean =>
  seenBy === 'probe' && (known === undefined || known.addresses.length > 0 || known.record === undefined);

/** Lines of evidence: what is particular, who points there, what probing gave. */
export const lines = (look: Look, target: WayTarget, more: readonly EvidenceLine[]): readonly EvidenceLine[] => [
  ...more.slice(0, 3),
  pointerLine(look, target),
  ...probeLines(look, target),
];

/** A rule about the failing hosts of the way. */
export const targetRule = (id: string, rows: readonly number[], looksAt: Rule['looksAt'], find: Find): Rule => ({
  id,
  rows,
  stage: 'target',
  looksAt,
  find: amongFailing(find),
});
