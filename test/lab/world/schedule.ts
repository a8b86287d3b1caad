/**
 * The machines' own attempts and restarts, in the order of time: weekly renewals, and every two hours while not licensed. One queue
 * for the whole fleet and no timer a machine; it runs when someone looks. History is coarse: where a long time passed
 * unwatched, a machine that fails tries once a day but for the last two days.
 */

import { seedOf } from '../random.ts';
import { intervalsOf } from './activation-events.ts';
import { attempt } from './activation-law.ts';
import { type LawContext, runsWindows, type WindowsNode } from './law-context.ts';
import { licenceKind, windowsProduct } from './licence-products.ts';
import { propagate } from './propagation.ts';
import { restartDue, stepRestart } from './restart-law.ts';
import { createTimeQueue } from './time-queue.ts';
import { DAY, HOUR, MINUTE } from './time-spans.ts';
import type { LabNode, LabWindows } from './types.ts';

/** How far before now failing machines are simulated in full. */
const FULL_DETAIL = 2 * DAY;

/** The fleet's own attempts, and its restarts. */
export interface Schedule {
  /** Lets every attempt and restart that is due up to `nowMs` happen, oldest first. */
  runTo(nowMs: number): void;
  /** A machine came or was changed from outside: it goes on from what its events say. */
  plan(node: LabNode, nowMs: number): void;
  /** When the machine will try next by itself; undefined where it never does. */
  nextAttemptMs(nodeId: string): number | undefined;
}

/** Plans the next attempt of every machine of the world. */
export function createSchedule(context: LawContext, nowMs: number): Schedule {
  const due = createTimeQueue();
  const restarts = createTimeQueue();
  const plan = (node: LabNode, atMs: number): void => {
    if (node.windows !== undefined) due.set(node.id, firstAttempt(node.id, node.windows, atMs));
    const restartMs = restartDue(node);
    if (restartMs !== undefined) restarts.set(node.id, restartMs);
  };
  const attemptTo = (atMs: number, until: number): void => {
    for (let item = due.takeUntil(atMs); item !== undefined; item = due.takeUntil(atMs)) {
      propagate(context.state, item.atMs);
      const next = runOne(context, item, until);
      if (next !== undefined) due.set(item.id, next);
    }
  };
  const restartTo = (until: number): void => {
    for (let item = restarts.takeUntil(until); item !== undefined; item = restarts.takeUntil(until)) {
      attemptTo(item.atMs, until);
      const node = context.index.byId(item.id);
      const dueMs = node === undefined ? undefined : restartDue(node);
      // Called off, or put off, by whoever changed the machine.
      if (node?.windows === undefined || dueMs === undefined) continue;
      if (dueMs > item.atMs) {
        restarts.set(item.id, dueMs);
        continue;
      }
      stepRestart(context, node as WindowsNode);
      plan(node, item.atMs);
    }
  };
  for (const node of context.state.nodes) plan(node, nowMs);
  return {
    plan,
    nextAttemptMs: due.timeOf,
    runTo(until) {
      restartTo(until);
      attemptTo(until, until);
      propagate(context.state, until);
    },
  };
}

/** Runs one due attempt and says when the next one is; undefined for a machine that is gone. */
function runOne(context: LawContext, item: { id: string; atMs: number }, until: number): number | undefined {
  const node = context.index.byId(item.id);
  if (node?.windows === undefined) return undefined;
  const coarse = until - item.atMs > FULL_DETAIL ? DAY : 0;
  if (!runsWindows(node) || !isKmsClient(node.windows)) return item.atMs + Math.max(coarse, 2 * HOUR);
  const { activated } = attempt(context, node, item.atMs, 'scheduled');
  const minutes = intervalsOf(node.windows);
  if (activated) return item.atMs + minutes.renewal * MINUTE;
  return item.atMs + Math.max(coarse, minutes.activation * MINUTE);
}

function isKmsClient(windows: LabWindows): boolean {
  const product = windowsProduct(windows);
  return product !== undefined && licenceKind(product) === 'kms-client';
}

/** One interval after the last try its events show, or some time within the next two hours. */
function firstAttempt(id: string, windows: LabWindows, nowMs: number): number {
  const phase = seedOf(id) % (2 * HOUR);
  const last = windows.events.findLast((event) => event.id === 12288 || event.id === 8198);
  if (last === undefined) return nowMs + phase;
  const succeeded =
    windows.events.findLast((event) => event.log === 'Application')?.id === 12289 &&
    windowsProduct(windows)?.status === 1;
  const minutes = intervalsOf(windows);
  const next =
    last.atMs - windows.clockOffsetSeconds * 1000 + (succeeded ? minutes.renewal : minutes.activation) * MINUTE;
  return next > nowMs ? next : nowMs + phase;
}
