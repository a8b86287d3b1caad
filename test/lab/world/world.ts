/** The world with its laws: machines, networks, zones and licences, brought up to simulated time when someone looks. */

import { seedOf } from '../random.ts';
import { attempt } from './activation-law.ts';
import { changeSurfaceOf } from './change-surface.ts';
import { resolveInAccount, resolveInVpc } from './dns-zones.ts';
import { publishDaily } from './host-publishing.ts';
import { renewOthers } from './kms-host-law.ts';
import { hasOpenRule } from './kms-rules.ts';
import { type LawContext, runsWindows, type WindowsNode } from './law-context.ts';
import { expireAll } from './licence-law.ts';
import { createNodeIndex } from './node-index.ts';
import { emptyMemory, type NodeMemory } from './node-memory.ts';
import { propagate } from './propagation.ts';
import { putNode } from './put-node.ts';
import { createSchedule, type Schedule } from './schedule.ts';
import type { ChangeSurface, HttpQuestion } from './surface.ts';
import { surfaceOf } from './surface-of.ts';
import { MINUTE } from './time-spans.ts';
import type { LabNode, LabWindows, World, WorldState } from './types.ts';

/** What a world runs on. */
export interface WorldOptions {
  /** Owned by the world from here on; other parts may change records, agents and tags in it. */
  readonly state: WorldState;
  readonly clock: { now(): number };
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Answers what a machine asks over HTTP; absent: nobody answers (WinHTTP 12029). */
  readonly http?: (node: LabNode, request: HttpQuestion) => ReturnType<ChangeSurface['http']>;
}

/** No network at all: cannot connect. */
export const nobodyAnswers: NonNullable<WorldOptions['http']> = () => ({ error: { hresult: '80072EFD' } });

/** What the lab's other parts may use beyond the contract. */
export interface LabWorld extends World {
  /** Brings the whole fleet up to simulated now: to be called before the world is changed from outside. */
  catchUpAll(): void;
  /** Simulated time, ms. */
  now(): number;
  /** To be called after machines were changed by hand rather than by `putNode`. */
  changed(nodeId: string): void;
  /** When the machine will try by itself; undefined where it never does. */
  nextAttemptMs(nodeId: string): number | undefined;
}

/** Systems Manager's agent pings every five minutes. */
const PING = 5 * MINUTE;

/** Puts the laws over a state. */
export function createWorld({ state, clock, random, http = nobodyAnswers }: WorldOptions): LabWorld {
  const context: LawContext = { state, random, index: createNodeIndex(state) };
  const schedule = createSchedule(context, clock.now());
  const catchUpAll = () => schedule.runTo(clock.now());
  const node = (id: string) => lookUp(context, schedule, clock.now(), id);
  const running = (id: string) => mustRun(node(id), id);
  const changed = (id: string) => noteChange(context, schedule, clock.now(), id);
  const memories = new Map<string, NodeMemory>();
  const memory = (id: string): NodeMemory => {
    const known = memories.get(id) ?? emptyMemory();
    memories.set(id, known);
    return known;
  };

  return {
    state,
    node,
    catchUp: (id) => void node(id),
    catchUpAll,
    now: () => clock.now(),
    changed,
    nextAttemptMs: schedule.nextAttemptMs,
    attemptActivation: (id) => attempt(context, running(id), clock.now(), 'asked'),
    surface: (id) => surfaceOf(context, running(id), clock.now()),
    memory,
    changeSurface: (id) =>
      changeSurfaceOf({
        context,
        node: running(id),
        memory: memory(id),
        nowMs: clock.now(),
        http: (request) => http(running(id), request),
        changed: () => changed(id),
      }),
    resolve: (name, type, vpc) => {
      propagate(state, clock.now());
      return vpc === undefined
        ? resolveInAccount(state, name, type, state.sites[0]?.id ?? '')
        : resolveInVpc(state, name, type, vpc);
    },
    putNode(id, body) {
      catchUpAll();
      const put = putNode(context, id, body, clock.now());
      changed(id);
      return put;
    },
  };
}

/** The machine as it is now: attempts that were due have happened, licences have run out, the agent has pinged. */
function lookUp(context: LawContext, schedule: Schedule, nowMs: number, id: string): LabNode | undefined {
  schedule.runTo(nowMs);
  const node = context.index.byId(id);
  if (node === undefined) return undefined;
  if (node.agent.registered && node.agent.online && node.instanceState === 'running') {
    node.agent.lastPingMs = nowMs - ((nowMs + seedOf(id)) % PING);
  }
  if (node.windows !== undefined) expireAll(node.windows, nowMs);
  if (runsWindows(node)) {
    renewOthersOf(context, node.windows, nowMs);
    publishDaily(context, node, nowMs);
  }
  return node;
}

/** Clients outside this world reach a host whose service runs behind an open firewall. */
function renewOthersOf(context: LawContext, windows: LabWindows, nowMs: number): void {
  const { service } = windows;
  if (hasOpenRule(windows) && service.state === 'Running') renewOthers(context, windows, nowMs);
}

function mustRun(node: LabNode | undefined, id: string): WindowsNode {
  if (node === undefined) throw new Error(`There is no machine ${id}`);
  if (node.windows === undefined) throw new Error(`${id} is no Windows machine`);
  if (node.windows.backAtMs !== undefined) throw new Error(`${id} is restarting`);
  if (!runsWindows(node)) throw new Error(`${id} is ${node.instanceState}, not running`);
  return node;
}

function noteChange(context: LawContext, schedule: Schedule, nowMs: number, id: string): void {
  context.index.refresh();
  const node = context.index.byId(id);
  if (node !== undefined) schedule.plan(node, nowMs);
}
