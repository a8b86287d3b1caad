/**
 * The past of the seeded fleet, lived through rather than written down: every machine's latest attempts are made at
 * their times, in order, under the same laws that hold later. Events, counts and licences therefore agree.
 */

import { pick, whole } from '../random.ts';
import { attempt } from './activation-law.ts';
import { BROKEN_WAYS, type BrokenWayId } from './broken-ways.ts';
import { discover } from './discovery.ts';
import { type LawContext, runsWindows, type WindowsNode } from './law-context.ts';
import { expireAll } from './licence-law.ts';
import { setInitialGrace, setLicensed, setNotification, windowsProduct } from './licence-products.ts';
import type { Past } from './seeded-fleet.ts';
import { DAY, HOUR, MINUTE } from './time-spans.ts';

/** A machine and the past it is to have. */
export interface Life {
  readonly node: WindowsNode;
  readonly way?: BrokenWayId;
  readonly past?: Past;
  /** Weekly renewals to live through; one is enough for a machine among ten thousand. */
  readonly weeks: number;
  /** When a stopped or lost machine was last up; absent while it runs. */
  readonly untilMs?: number;
}

interface Moment {
  readonly atMs: number;
  readonly run: (atMs: number) => void;
}

/** Lives every life up to `nowMs`. */
export function liveThrough(context: LawContext, lives: readonly Life[], nowMs: number): void {
  const moments = lives.flatMap((life) => momentsOf(context, life, nowMs));
  moments.sort((a, b) => a.atMs - b.atMs);
  for (const moment of moments) moment.run(moment.atMs);
  for (const { node } of lives) expireAll(node.windows, nowMs);
}

function momentsOf(context: LawContext, life: Life, nowMs: number): Moment[] {
  const end = life.untilMs ?? nowMs;
  if (life.way === undefined) return healthyMoments(context, life, end);
  return brokenMoments(context, life, life.way, end);
}

/** Renewals up to a random moment of the last week. */
function healthyMoments(context: LawContext, { node, weeks }: Life, endMs: number): Moment[] {
  const last = endMs - MINUTE * (30 + whole(context.random, 9_900));
  const times = Array.from({ length: weeks }, (_, week) => last - (weeks - 1 - week) * 7 * DAY);
  return times.map((atMs) => ({ atMs, run: tryNow(context, node) }));
}

function brokenMoments(context: LawContext, life: Life, way: BrokenWayId, endMs: number): Moment[] {
  const { node } = life;
  const { hresult, apply } = BROKEN_WAYS[way];
  if (hresult === '00000000') {
    const breaking = { atMs: endMs, run: () => apply(node, context.state, endMs) };
    return [...healthyMoments(context, life, endMs), breaking];
  }
  const past = life.past ?? pastOf(context, way);
  const failures = recentFailures(context, node, endMs, life.weeks > 1 ? 3 : 1);
  const broke = (failures[0]?.atMs ?? endMs) - HOUR;
  const start = { atMs: broke, run: () => begin(context, node, way, past, endMs) };
  return [start, ...failures];
}

/** Only what could once work can have worked. */
function pastOf(context: LawContext, way: BrokenWayId): Past {
  const everWorked = ['retired-host', 'security-group', 'egress-blocked', 'clock-skewed', 'wrong-port'];
  const pasts: readonly Past[] = everWorked.includes(way) ? ['renewals-missed', 'lapsed'] : ['never', 'lapsed'];
  return pick(context.random, pasts);
}

function begin(context: LawContext, node: WindowsNode, way: BrokenWayId, past: Past, endMs: number): void {
  if (past === 'renewals-missed') licenseBefore(context, node, endMs);
  BROKEN_WAYS[way].apply(node, context.state, endMs);
  const product = windowsProduct(node.windows);
  if (product === undefined || product.status !== 0) return;
  if (past === 'never') setInitialGrace(product, endMs - DAY * (1 + whole(context.random, 25)));
  else setNotification(product);
}

/** Licensed 16 to 136 days ago by the host it would find; the events of that day have left the log. */
function licenseBefore(context: LawContext, node: WindowsNode, endMs: number): void {
  const product = windowsProduct(node.windows);
  if (product === undefined) return;
  setLicensed(product, endMs - DAY * (16 + whole(context.random, 120)));
  const found = discover(context, node, product);
  const host = 'hosts' in found ? found.hosts[0] : undefined;
  if (host?.source === 'dns') Object.assign(product, { discoveredHost: host.name, discoveredPort: host.port });
}

/** The machine's own tries of the last hours, two hours apart. */
function recentFailures(context: LawContext, node: WindowsNode, endMs: number, count: number): Moment[] {
  const last = endMs - MINUTE * (5 + whole(context.random, 110));
  const times = Array.from({ length: count }, (_, index) => last - (count - 1 - index) * 2 * HOUR);
  return times.map((atMs) => ({ atMs, run: tryNow(context, node) }));
}

function tryNow(context: LawContext, node: WindowsNode): (atMs: number) => void {
  return (atMs) => {
    if (runsWindows(node)) attempt(context, node, atMs, 'scheduled');
  };
}
