import type { Kill } from '../fakes/memory-workflow.ts';

/** Every way to kill a program that writes so often to its journal. */
export const killsOf = (writes: number): Kill[] =>
  Array.from({ length: writes }, (_, index) => index + 1).flatMap((atWrite) => [
    { atWrite, when: 'before' },
    { atWrite, when: 'after' },
  ]);
