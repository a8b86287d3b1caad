/** A priority queue of names by time; a name stands in it once. */

/** Names, each with the time it is due. */
export interface TimeQueue {
  /** Puts a name in, or moves it. */
  set(id: string, atMs: number): void;
  timeOf(id: string): number | undefined;
  /** Takes out the earliest name that is due; undefined when none is. */
  takeUntil(untilMs: number): { id: string; atMs: number } | undefined;
}

type Entry = { readonly id: string; readonly atMs: number };

/** Binary heap. A moved name leaves its old entry behind, which is skipped when it comes up. */
export function createTimeQueue(): TimeQueue {
  const heap: Entry[] = [];
  const times = new Map<string, number>();
  return {
    timeOf: (id) => times.get(id),
    set(id, atMs) {
      times.set(id, atMs);
      heap.push({ id, atMs });
      rise(heap);
    },
    takeUntil(untilMs) {
      for (let top = heap[0]; top !== undefined && top.atMs <= untilMs; top = heap[0]) {
        removeTop(heap);
        if (times.get(top.id) !== top.atMs) continue;
        times.delete(top.id);
        return top;
      }
      return undefined;
    },
  };
}

const before = (a: Entry | undefined, b: Entry | undefined): boolean =>
  a !== undefined && b !== undefined && (a.atMs < b.atMs || (a.atMs === b.atMs && a.id < b.id));

function swap(heap: Entry[], i: number, j: number): void {
  const [a, b] = [heap[i], heap[j]];
  if (a === undefined || b === undefined) return;
  heap[i] = b;
  heap[j] = a;
}

function rise(heap: Entry[]): void {
  for (let i = heap.length - 1; i > 0; ) {
    const parent = (i - 1) >> 1;
    if (!before(heap[i], heap[parent])) return;
    swap(heap, i, parent);
    i = parent;
  }
}

function removeTop(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  for (let i = 0; ; ) {
    const [left, right] = [2 * i + 1, 2 * i + 2];
    let least = before(heap[left], heap[i]) ? left : i;
    if (before(heap[right], heap[least])) least = right;
    if (least === i) return;
    swap(heap, i, least);
    i = least;
  }
}
