/**
 * What a program that changes a machine is given to work on. `broken` of the machine makes it fail, by these keys beside
 * those of `surface-of.ts`; the value's HRESULT is what it fails with:
 *
 * - `method:<Name>` or `method:<Class>.<Name>`: that CIM method. `dies:` in place of `method:`: the process dies there.
 * - `memory:folder`, `memory:read`, `memory:write`, `memory:replace`, `memory:delete`: the disk.
 * - `mutex:create`; `mutex:held`: somebody else keeps it; `mutex:abandoned`: its owner died.
 * - `command:<Name>`: this Windows lacks the command. `fails:<Name>`: it has it, and it fails. `ends:<Name>`: it ends
 *   without an error, and says that it did nothing. `restart:<Name>`: what it did wants a restart.
 * - `publishing`: what a host publishes when its service starts is logged this much later.
 * - `http:<host>`: a request to that host gets no answer. `registry:write`: values cannot be written.
 * - `agent:file`: the agent does not say where it keeps credentials, as older ones. `agent:owner`: the file is a user's.
 *
 * Behind any of them, and behind `cim:<Class>`, `#2` means from the second such call of a run on, `#3` from the third.
 */

import { isAwsTool, runAwsTool, TOOLS } from './aws-tools.ts';
import type { LawContext, WindowsNode } from './law-context.ts';
import { invokeMethod } from './licensing-methods.ts';
import { runCommand } from './machine-commands.ts';
import { writeRegistry } from './machine-registry.ts';
import { diskOf, type NodeMemory } from './node-memory.ts';
import { credentialsFile } from './node-role.ts';
import { type ChangeSurface, type DiskOutcome, ProcessDied, type Surface, type SurfaceError } from './surface.ts';
import { surfaceOf } from './surface-of.ts';

export interface ChangeSurfaceDeps {
  readonly context: LawContext;
  readonly node: WindowsNode;
  readonly memory: NodeMemory;
  readonly nowMs: number;
  /** Answers a request of this machine over HTTP. */
  readonly http: ChangeSurface['http'];
  /** Called after every change of the machine's state. */
  readonly changed: () => void;
}

/** One program's view of one machine at one simulated time. */
export function changeSurfaceOf(deps: ChangeSurfaceDeps): ChangeSurface {
  const { context, node, memory, nowMs, changed } = deps;
  const faults = faultsOf(node);
  const surface = surfaceOf(context, node, nowMs);
  return {
    clockMs: surface.clockMs,
    without: [
      ...Object.keys(node.windows.broken).flatMap((key) => (key.startsWith('command:') ? [key.slice(8)] : [])),
      ...(node.tools === true ? [] : TOOLS),
    ],
    ...environmentOf(node),
    cim: (className) => faults.counted(`cim:${className}`) ?? surface.cim(className),
    registry: (path) => surface.registry(path),
    dns: (name, type) => surface.dns(name, type),
    invoke(className, key, method, args) {
      for (const name of [method, `${className}.${method}`]) {
        const failure = faults.at(`method:${name}`);
        if (failure !== undefined) return failure;
        if (faults.at(`dies:${name}`) !== undefined) throw died(memory);
      }
      const outcome = invokeMethod(context, node, { className, key, method, args }, nowMs);
      changed();
      return outcome;
    },
    events: (log, ids, max, elapsedMs) => eventsUntil(surfaceOf(context, node, nowMs + elapsedMs), log, ids, max),
    http(request) {
      const failure = faults.at(`http:${new URL(request.url).hostname}`);
      return failure ?? deps.http(request);
    },
    command(name, args) {
      const failure = faults.at(`fails:${name}`);
      if (failure !== undefined) return failure;
      if (faults.at(`dies:${name}`) !== undefined) throw died(memory);
      if (isAwsTool(name)) return runAwsTool(node, surface.clockMs, deps.http, name, args);
      const outcome = runCommand({ context, node, nowMs, memory }, name, args);
      changed();
      return outcome;
    },
    writeRegistry(path, name, value) {
      const failure = faults.at('registry:write');
      if (failure !== undefined) return failure;
      const outcome = writeRegistry(node, path, name, value);
      changed();
      return outcome;
    },
    clearResolverCache: () => null,
    ...mutexOf(memory, faults, nowMs),
    ...diskWithFaults(withCredentials(node, diskOf(memory, nowMs)), faults),
  };
}

/** Newer agents say where they keep credentials: amazon-ssm-agent, `runscript.go`. */
function environmentOf(node: WindowsNode): Pick<ChangeSurface, 'env'> {
  const file = credentialsFile(node);
  if (file === undefined || 'agent:file' in node.windows.broken) return {};
  return { env: { AWS_SHARED_CREDENTIALS_FILE: file.path } };
}

/** The agent's file stands on the disk beside what documents leave there. */
function withCredentials(node: WindowsNode, disk: Disk): Disk {
  const own = credentialsFile(node);
  if (own === undefined) return disk;
  const owner = 'agent:owner' in node.windows.broken ? 'S-1-5-21-1-2-3-1001' : 'S-1-5-32-544';
  return {
    ...disk,
    file: (path) => (path === own.path ? { owner, link: false } : disk.file(path)),
    readFile: (path) => (path === own.path ? { ok: own.text } : disk.readFile(path)),
  };
}

/** What is logged by the surface's own time; a run's effects may be logged later than it asks. */
const eventsUntil = (
  { clockMs, events }: Pick<Surface, 'clockMs' | 'events'>,
  ...[log, ids, max]: Parameters<Surface['events']>
): ReturnType<Surface['events']> => {
  const answer = events(log, ids, Number.POSITIVE_INFINITY);
  if ('error' in answer) return answer;
  return { ok: answer.ok.filter(({ timeCreatedMs }) => timeCreatedMs <= clockMs).slice(0, max) };
};

const died = (memory: NodeMemory): ProcessDied => {
  memory.mutexAbandoned = true;
  memory.mutexHeldUntilMs = 0;
  return new ProcessDied();
};

type Faults = ReturnType<typeof faultsOf>;

/** What of the machine is broken: at once, or from the nth time on that a run comes there. */
function faultsOf({ windows }: WindowsNode) {
  const times = new Map<string, number>();
  const from = (key: string): { error: SurfaceError } | undefined => {
    const nth = (times.get(key) ?? 0) + 1;
    times.set(key, nth);
    const since = Object.keys(windows.broken).find((each) => {
      const [name, first] = each.split('#');
      return name === key && first !== undefined && nth >= Number(first);
    });
    const error = since === undefined ? undefined : windows.broken[since];
    return error === undefined ? undefined : { error };
  };
  return {
    /** Only from a later time on: what is broken from the start is broken for every reader. */
    counted: from,
    at(key: string): { error: SurfaceError } | undefined {
      const later = from(key);
      const error = windows.broken[key];
      return error === undefined ? later : { error };
    },
  };
}

/** Longest that a wait for a mutex which somebody keeps takes is what the program allows. */
function mutexOf(memory: NodeMemory, faults: Faults, nowMs: number) {
  return {
    createMutex: (): DiskOutcome => faults.at('mutex:create') ?? { ok: true },
    awaitMutex(_name: string, ms: number) {
      const left = memory.mutexHeldUntilMs - nowMs;
      if (faults.at('mutex:held') !== undefined || left > ms) return { got: false, ms };
      const isAbandoned = memory.mutexAbandoned || faults.at('mutex:abandoned') !== undefined;
      memory.mutexAbandoned = false;
      return { got: isAbandoned ? ('abandoned' as const) : true, ms: Math.max(0, left) };
    },
    releaseMutex(_name: string, elapsedMs: number): null {
      memory.mutexHeldUntilMs = nowMs + elapsedMs;
      return null;
    },
  };
}

type Disk = ReturnType<typeof diskOf>;

const diskWithFaults = (disk: Disk, faults: Faults): Disk => ({
  ...disk,
  createFolder: (path) => faults.at('memory:folder') ?? disk.createFolder(path),
  readFile: (path) => faults.at('memory:read') ?? disk.readFile(path),
  writeFile: (path, text) => faults.at('memory:write') ?? disk.writeFile(path, text),
  moveFile: (from, to) => faults.at('memory:replace') ?? disk.moveFile(from, to),
  replaceFile: (from, to, backup) => faults.at('memory:replace') ?? disk.replaceFile(from, to, backup),
  deleteFile: (path) => faults.at('memory:delete') ?? disk.deleteFile(path),
});
