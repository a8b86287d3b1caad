/** A priority queue of timers: soonest first, and of one instant in the order they were set. */
import type { TimerKind } from './clock.ts';

/** A timer that waits. Calling it off only marks it; the queue drops it when it comes up. */
export interface WaitingTimer {
  readonly atMs: number;
  readonly order: number;
  readonly kind: TimerKind;
  readonly run: () => void;
  state: 'waiting' | 'fired' | 'cancelled';
}

/** A binary heap of timers; adding and taking cost the logarithm of how many wait. */
export interface TimerHeap {
  add(timer: WaitingTimer): void;
  /** The soonest timer that still waits; undefined when none does. */
  peek(): WaitingTimer | undefined;
  /** Removes and returns every waiting timer due at `atMs` or before, in order. */
  takeDue(atMs: number): WaitingTimer[];
  /** To be told of each cancellation, so that dead timers never outnumber the living by much. */
  cancelled(): void;
  clear(): void;
}

const COMPACT_ABOVE = 1024;

/** An empty queue. */
export function createTimerHeap(): TimerHeap {
  let heap: WaitingTimer[] = [];
  let dead = 0;

  const dropDeadTop = (): void => {
    while (heap[0]?.state === 'cancelled') {
      takeTop(heap);
      dead -= 1;
    }
  };
  return {
    add: (timer) => {
      heap.push(timer);
      rise(heap, heap.length - 1);
    },
    peek: () => {
      dropDeadTop();
      return heap[0];
    },
    takeDue: (atMs) => {
      const due: WaitingTimer[] = [];
      for (dropDeadTop(); heap[0] !== undefined && heap[0].atMs <= atMs; dropDeadTop()) {
        due.push(takeTop(heap));
      }
      return due;
    },
    cancelled: () => {
      dead += 1;
      if (dead < COMPACT_ABOVE || dead * 2 < heap.length) return;
      // A sorted array is a heap.
      heap = heap.filter((timer) => timer.state === 'waiting').sort((a, b) => (sooner(a, b) ? -1 : 1));
      dead = 0;
    },
    clear: () => {
      heap = [];
      dead = 0;
    },
  };
}

function sooner(a: WaitingTimer, b: WaitingTimer): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

function takeTop(heap: WaitingTimer[]): WaitingTimer {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined) throw new RangeError('the heap is empty');
  if (heap.length > 0) {
    heap[0] = last;
    sink(heap);
  }
  return top;
}

function rise(heap: WaitingTimer[], from: number): void {
  let index = from;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!swapIfSooner(heap, index, parent)) return;
    index = parent;
  }
}

function sink(heap: WaitingTimer[]): void {
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const child = isSooner(heap, left + 1, left) ? left + 1 : left;
    if (!swapIfSooner(heap, child, index)) return;
    index = child;
  }
}

function isSooner(heap: WaitingTimer[], a: number, b: number): boolean {
  const first = heap[a];
  const second = heap[b];
  return first !== undefined && second !== undefined && sooner(first, second);
}

function swapIfSooner(heap: WaitingTimer[], child: number, parent: number): boolean {
  const below = heap[child];
  const above = heap[parent];
  if (below === undefined || above === undefined || !sooner(below, above)) return false;
  heap[child] = above;
  heap[parent] = below;
  return true;
}
