/** What documents leave on a machine's disk, and who holds its mutex: no part of the state that people see or put. */
import type { ChangeSurface, DiskItem, DiskOutcome } from './surface.ts';

/** A file: as its security shows, with its text. */
export interface MemoryFile extends DiskItem {
  readonly text: string;
  readonly writtenMs: number;
}

export interface NodeMemory {
  readonly folders: Record<string, DiskItem & { readonly protected: boolean }>;
  readonly files: Record<string, MemoryFile>;
  /** Simulated time until which a running program holds the mutex; 0 when nobody does. */
  mutexHeldUntilMs: number;
  /** Its last owner died. */
  mutexAbandoned: boolean;
}

export const emptyMemory = (): NodeMemory => ({
  folders: {},
  files: {},
  mutexHeldUntilMs: 0,
  mutexAbandoned: false,
});

/** Owner of what a service running as SYSTEM makes: the group Administrators. */
const ADMINISTRATORS = 'S-1-5-32-544';

const NOT_FOUND: DiskOutcome = { error: { hresult: '80070002' } };
const DONE: DiskOutcome = { ok: true };

/** Files and folders of a machine's memory as programs work on them. */
export const diskOf = (memory: NodeMemory, nowMs: number) => ({
  folder: (path: string): DiskItem | null => shown(memory.folders[path]),
  createFolder(path: string): DiskOutcome {
    memory.folders[path] ??= { owner: ADMINISTRATORS, link: false, protected: true };
    return DONE;
  },
  protectFolder(path: string): DiskOutcome {
    const folder = memory.folders[path];
    if (folder === undefined) return NOT_FOUND;
    memory.folders[path] = { ...folder, protected: true };
    return DONE;
  },
  listFiles: (path: string) =>
    Object.entries(memory.files)
      .filter(([file]) => file.startsWith(`${path}\\`))
      .map(([file, { writtenMs }]) => ({ name: file.slice(path.length + 1), writtenMs })),
  file: (path: string): DiskItem | null => shown(memory.files[path]),
  readFile: (path: string): ReturnType<ChangeSurface['readFile']> => ({ ok: memory.files[path]?.text ?? '' }),
  writeFile(path: string, text: string): DiskOutcome {
    memory.files[path] = { owner: ADMINISTRATORS, link: false, text, writtenMs: nowMs };
    return DONE;
  },
  moveFile(from: string, to: string): DiskOutcome {
    const file = memory.files[from];
    if (file === undefined || memory.files[to] !== undefined) return NOT_FOUND;
    delete memory.files[from];
    memory.files[to] = file;
    return DONE;
  },
  replaceFile(from: string, to: string, backup: string): DiskOutcome {
    const [file, old] = [memory.files[from], memory.files[to]];
    if (file === undefined || old === undefined) return NOT_FOUND;
    delete memory.files[from];
    memory.files[backup] = old;
    memory.files[to] = file;
    return DONE;
  },
  deleteFile(path: string): DiskOutcome {
    delete memory.files[path];
    return DONE;
  },
});

const shown = (item: DiskItem | undefined): DiskItem | null =>
  item === undefined ? null : { owner: item.owner, link: item.link };
