/** Runs of documents in real PowerShell, kept so that the lab's model can be held to them where there is none. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { changeDocuments, inspectDocument } from '../../infra/lib/documents.ts';
import type { InspectRun } from '../lab/world/inspect-model.ts';
import type { Outcome } from './both-ways.ts';
import { scriptOf } from './document-script.ts';
import type { SurfaceTable } from './surface-table.ts';

/** One run: what the machine answered, what the document was told, and what it printed. */
export interface RecordedRun extends Outcome {
  readonly name: string;
  readonly run: InspectRun;
  readonly table: SurfaceTable;
}

/** All runs of one document's one text. */
export interface Recording {
  readonly document: string;
  /** Of the script as it stands in the document, parameters not filled in. */
  readonly sha256: string;
  readonly powershell: string;
  readonly runs: readonly RecordedRun[];
}

/** The documents of the project, by name, with their script's text. */
export const documentScripts = (): Readonly<Record<string, string>> => ({
  'KmsBot-Inspect': scriptOf({ ...inspectDocument(), parameters: {} }),
  ...Object.fromEntries(
    Object.entries(changeDocuments()).map(([name, document]) => [name, scriptOf({ ...document, parameters: {} })]),
  ),
});

/** SHA-256 of a script, hexadecimal. */
export const scriptHash = (script: string): string => createHash('sha256').update(script).digest('hex');

/** Where recordings are kept, a file a document. */
export const RECORDINGS = fileURLToPath(new URL('./recordings/', import.meta.url));

/** The document of which runs are inspections; the others change machines and are kept in a form of their own. */
const INSPECTION = 'KmsBot-Inspect.json';

// Equal answers, and equal sets of them, are written once: an index in place of a value points to them.
interface Packed extends Omit<Recording, 'runs'> {
  readonly answers: readonly unknown[];
  readonly sets: readonly Readonly<Record<string, number>>[];
  readonly runs: readonly unknown[];
}

const KINDS = ['cim', 'registry', 'events', 'dns', 'ping', 'tcp', 'bind', 'ntp'] as const;

const mapKinds = (table: SurfaceTable, map: (answers: never) => unknown): SurfaceTable => ({
  ...table,
  ...(Object.fromEntries(KINDS.map((kind) => [kind, map(table[kind] as never)])) as Pick<
    SurfaceTable,
    (typeof KINDS)[number]
  >),
});

const mapValues = <T>(set: Readonly<Record<string, unknown>>, map: (value: never) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(set).map(([question, answer]) => [question, map(answer as never)]));

/** Equal values once, each by its index. */
export const createPool = () => {
  const indexes = new Map<string, number>();
  return {
    all: indexes,
    index(value: unknown): number {
      const json = JSON.stringify(value);
      const index = indexes.get(json) ?? indexes.size;
      indexes.set(json, index);
      return index;
    },
  };
};

/** Reads every recording of inspections. */
export const readRecordings = (): Recording[] =>
  readdirSync(RECORDINGS)
    .filter((file) => file === INSPECTION)
    .map((file) => {
      const { answers, sets, ...packed } = JSON.parse(readFileSync(`${RECORDINGS}${file}`, 'utf8')) as Packed;
      const runs = packed.runs as readonly RecordedRun[];
      return {
        ...packed,
        runs: runs.map((run) => ({
          ...run,
          table: mapKinds(run.table, (set: number) => mapValues(sets[set] ?? {}, (index: number) => answers[index])),
        })),
      };
    });

/** Writes a recording, a run a line. */
export const writeRecording = (recording: Recording): void => {
  const answers = createPool();
  const sets = createPool();
  const setOf = (set: Readonly<Record<string, unknown>>) => sets.index(mapValues(set, answers.index));
  const runs = recording.runs.map((run) => JSON.stringify({ ...run, table: mapKinds(run.table, setOf) }));
  const { document, sha256, powershell } = recording;
  const head = JSON.stringify({ document, sha256, powershell }).slice(0, -1);
  const lists = [
    ['answers', [...answers.all.keys()]],
    ['sets', [...sets.all.keys()]],
    ['runs', runs],
  ] as const;
  const text = `${head},${lists.map(([name, lines]) => `"${name}":[\n${lines.join(',\n')}\n]`).join(',')}}\n`;
  writeFileSync(`${RECORDINGS}${document}.json`, text);
};
