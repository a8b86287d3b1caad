/** What a machine remembers of an operation, and that only one change happens at a time. */
import { wireJson } from '../inspect/line.ts';
import type { DiskItem } from '../world/surface.ts';
import { CallFailed, must, type Session, secondsNow } from './session.ts';

const MUTEX = 'Global\\KmsBot-Change';
const TRUSTED = ['S-1-5-18', 'S-1-5-32-544'];
const INVALID_OWNER = '8007051B';
const INVALID_DATA = '8007000D';
const PARENT = 'C:\\ProgramData\\KmsBot';
const FOLDER = `${PARENT}\\operations`;
const FORTY_DAYS_MS = 40 * 86_400_000;

/** Waits for its turn; true once it is ours. */
export const enterTurn = (session: Session, limitMs: number): boolean => {
  session.step = 'mutex';
  must(session, session.surface.createMutex(MUTEX));
  const { got, ms } = session.surface.awaitMutex(MUTEX, limitMs);
  session.elapsedMs += ms;
  return got !== false;
};

export const exitTurn = (session: Session): void => {
  session.surface.releaseMutex(MUTEX, session.elapsedMs);
};

/** A memory file's content: of a run that began, or of one that ended. */
export interface Kept {
  readonly doc: string;
  readonly opt: string;
  readonly at: number;
  readonly was?: readonly string[];
  readonly line?: string;
}

/** Nobody but SYSTEM and Administrators may have made it. @throws CallFailed */
export const assertTrusted = ({ owner, link }: DiskItem): void => {
  if (link || !TRUSTED.includes(owner)) throw new CallFailed(INVALID_OWNER);
};

/** Makes a folder that only SYSTEM and administrators enter, or takes one that is trusted. */
export const openFolder = (session: Session, path: string): void => {
  const { surface } = session;
  let folder = surface.folder(path);
  if (folder === null) {
    must(session, surface.createFolder(path));
    folder = surface.folder(path);
  }
  if (folder === null) throw new CallFailed(INVALID_OWNER);
  assertTrusted(folder);
  must(session, surface.protectFolder(path));
};

const pathOf = (operation: string): string => `${FOLDER}\\${operation}.json`;

/** Opens the folder and reads what is kept of this operation; undefined for a new one. */
export const openMemory = (session: Session, operation: string): Kept | undefined => {
  session.step = 'memory';
  openFolder(session, PARENT);
  openFolder(session, FOLDER);
  const path = pathOf(operation);
  const file = session.surface.file(path);
  if (file === null) return undefined;
  assertTrusted(file);
  return parsed(must(session, session.surface.readFile(path)));
};

const parsed = (text: string): Kept => {
  try {
    const kept = JSON.parse(text) as Kept | null;
    if (typeof kept?.doc === 'string') return kept;
  } catch {
    // Falls through: nobody knows what was done, so nothing is.
  }
  throw new CallFailed(INVALID_DATA);
};

/** Written beside and moved into place. */
export const writeMemory = (session: Session, operation: string, { doc, opt, ...rest }: Omit<Kept, 'at'>): void => {
  session.step = 'memory';
  const path = pathOf(operation);
  const { surface } = session;
  const text = wireJson({ v: 1, doc, opt, at: secondsNow(session), ...rest });
  must(session, surface.writeFile(`${path}.new`, text));
  surface.file(`${path}.new`);
  if (surface.file(path) === null) {
    must(session, surface.moveFile(`${path}.new`, path));
    return;
  }
  must(session, surface.replaceFile(`${path}.new`, path, `${path}.old`));
  surface.file(`${path}.old`);
  must(session, surface.deleteFile(`${path}.old`));
};

export const clearOldMemory = (session: Session): void => {
  const bound = session.surface.clockMs + Math.floor(session.elapsedMs) - FORTY_DAYS_MS;
  for (const { name, writtenMs } of session.surface.listFiles(FOLDER)) {
    if (writtenMs < bound) must(session, session.surface.deleteFile(`${FOLDER}\\${name}`));
  }
};
