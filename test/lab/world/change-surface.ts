/**
 * What a program that changes a machine is given to work on. `broken` of the machine makes it fail, by these keys beside
 * those of `surface-of.ts`; the value's HRESULT is what it fails with:
 *
 * - `method:<Name>` or `method:<Class>.<Name>`: that CIM method. `dies:` in place of `method:`: the process dies there.
 * - `memory:folder`, `memory:read`, `memory:write`, `memory:replace`, `memory:delete`: the disk.
 * - `mutex:create`; `mutex:held`: somebody else keeps it; `mutex:abandoned`: its owner died.
 * - `command:<Name>`: this Windows lacks the command.
 *
 * Behind any of them, and behind `cim:<Class>`, `#2` means from the second such call of a run on, `#3` from the third.
 */
import type { LawContext, WindowsNode } from './law-context.ts';
import { invokeMethod } from './licensing-methods.ts';
import { diskOf, type NodeMemory } from './node-memory.ts';
import { type ChangeSurface, type DiskOutcome, ProcessDied, type SurfaceError } from './surface.ts';
import { surfaceOf } from './surface-of.ts';

export interface ChangeSurfaceDeps {
  readonly context: LawContext;
  readonly node: WindowsNode;
  readonly memory: NodeMemory;
  readonly nowMs: number;
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
    without: Object.keys(node.windows.broken).flatMap((key) => (key.startsWith('command:') ? [key.slice(8)] : [])),
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
    clearResolverCache: () => null,
    ...mutexOf(memory, faults, nowMs),
    ...diskWithFaults(diskOf(memory, nowMs), faults),
  };
}

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
