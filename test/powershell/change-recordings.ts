/** Runs of changing documents in real PowerShell: everything they asked of the machine, and what they printed. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { CHANGE_DOCUMENTS } from '../../bot/domain/change/change-wire.ts';
import type { ChangeCase, StepOutcome } from './change-both-ways.ts';
import { createPool, RECORDINGS } from './recordings.ts';

/** A case by its name, and how each of its steps went. */
export interface RecordedChange {
  readonly name: string;
  readonly steps: readonly StepOutcome[];
}

/** All cases of one document's one text. */
export interface ChangeRecording {
  readonly document: string;
  /** Of the script as it stands in the document, parameters not filled in. */
  readonly sha256: string;
  readonly powershell: string;
  readonly runs: readonly RecordedChange[];
}

/** The document a case is about: that of its first step. */
export const documentOf = ({ steps: [first] }: ChangeCase): string => first?.document ?? '';

// Equal questions and answers are written once. A step's exchanges are indexes into them, in turn.
type PackedStep = Omit<StepOutcome, 'exchanges'> & { readonly exchanges: readonly number[] };
interface Packed extends Omit<ChangeRecording, 'runs'> {
  readonly questions: readonly [string, readonly unknown[]][];
  readonly answers: readonly unknown[];
  readonly runs: readonly { readonly name: string; readonly steps: readonly PackedStep[] }[];
}

/** Reads every recording of changing documents. */
export const readChangeRecordings = (): ChangeRecording[] =>
  readdirSync(RECORDINGS)
    .filter((file) => CHANGE_DOCUMENTS.some((document) => file === `${document}.json`))
    .map((file) => {
      const { questions, answers, runs, ...head } = JSON.parse(readFileSync(`${RECORDINGS}${file}`, 'utf8')) as Packed;
      const unpacked = (indexes: readonly number[]): StepOutcome['exchanges'] =>
        Array.from({ length: indexes.length / 2 }, (_, at) => {
          const [question, args] = questions[indexes[2 * at] ?? -1] ?? ['', []];
          return [question, args, answers[indexes[2 * at + 1] ?? -1]];
        });
      return {
        ...head,
        runs: runs.map(({ name, steps }) => ({
          name,
          steps: steps.map((step) => ({ ...step, exchanges: unpacked(step.exchanges) })),
        })),
      };
    });

/** Writes a recording, a case a line. */
export const writeChangeRecording = ({ runs, ...head }: ChangeRecording): void => {
  const questions = createPool();
  const answers = createPool();
  const packed = ({ exchanges, ...step }: StepOutcome): PackedStep => ({
    ...step,
    exchanges: exchanges.flatMap(([question, args, answer]) => [
      questions.index([question, args]),
      answers.index(answer),
    ]),
  });
  const lines = runs.map(({ name, steps }) => JSON.stringify({ name, steps: steps.map(packed) }));
  const lists = [
    ['questions', [...questions.all.keys()]],
    ['answers', [...answers.all.keys()]],
    ['runs', lines],
  ] as const;
  const body = lists.map(([name, items]) => `"${name}":[\n${items.join(',\n')}\n]`).join(',');
  writeFileSync(`${RECORDINGS}${head.document}.json`, `${JSON.stringify(head).slice(0, -1)},${body}}\n`);
};
