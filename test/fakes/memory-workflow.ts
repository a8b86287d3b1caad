/**
 * A workflow in memory that forgets everything but its journal: it can be killed at any operation and is then replayed
 * from the top, as the durable engine does. It refuses what the engine refuses.
 */
import { pauseAfter } from '../../bot/aws/durable-workflow.ts';
import { withoutSecrets } from '../../bot/errors.ts';
import type { Workflow } from '../../bot/ports.ts';
import type { SimulatedTime } from './simulated-time.ts';

interface Entry {
  readonly kind: 'step' | 'poll' | 'wait' | 'decision';
  readonly name: string;
  /** JSON of the result, or of a poll's newest state. */
  json: string;
  state: 'open' | 'done' | 'failed';
  /** Of a decision: the id that its answer has to be sent to, and how it was answered. */
  callbackId?: string;
  /** Name and message are all that is kept of an error. */
  error?: { readonly name: string; readonly message: string };
  attempts: number;
}

/** Where to kill: at the n-th write to the journal, before or after it is on record. */
export interface Kill {
  readonly atWrite: number;
  readonly when: 'before' | 'after';
}

export interface WorkflowRun<T> {
  readonly result: T;
  readonly writes: number;
  readonly operations: number;
  readonly largestBytes: number;
  readonly replays: number;
}

const LARGEST_PAYLOAD_BYTES = 256 * 1024;
const MOST_OPERATIONS = 3000;
const ASCII = /^[ -~]{1,256}$/;

/** Somebody who answers what is asked of people; undefined lets it expire. */
export type Answerer = (asked: { readonly name: string; readonly callbackId: string }) => Promise<string | undefined>;

const nobody: Answerer = async () => undefined;

/** Runs a program to its end, killing it once where told. Waits advance the time given. */
export const runWorkflow = async <T>(
  time: SimulatedTime,
  program: (workflow: Workflow) => Promise<T>,
  kill?: Kill,
  answer: Answerer = nobody,
  keep: (json: string) => void = () => {},
): Promise<WorkflowRun<T>> => {
  const journal: Entry[] = [];
  const count = { writes: 0, largestBytes: 0, polls: 0 };
  let replays = 0;
  for (;;) {
    let die = (): void => {};
    const death = new Promise<'killed'>((resolve) => {
      die = () => resolve('killed');
    });
    const workflow = replaying(time, journal, { count, kill, answer, keep, die: () => die() });
    const outcome = await Promise.race([program(workflow).then((result) => ({ result })), death]);
    if (outcome !== 'killed') {
      const { writes, largestBytes, polls } = count;
      return { ...outcome, writes, largestBytes, operations: journal.length + polls, replays };
    }
    replays += 1;
    time.advance(1000);
  }
};

const forever = new Promise<never>(() => {});

interface Run {
  readonly count: { writes: number; largestBytes: number; polls: number };
  readonly kill: Kill | undefined;
  readonly answer: Answerer;
  /** Is told everything that is put on record. */
  readonly keep: (json: string) => void;
  readonly die: () => void;
}

const replaying = (time: SimulatedTime, journal: Entry[], { count, kill, answer, keep, die }: Run): Workflow => {
  let position = 0;

  const open = (kind: Entry['kind'], name: string, json: string): Entry => {
    if (!ASCII.test(name)) throw new Error(`not a name: ${name}`);
    const known = journal[position];
    position += 1;
    if (known !== undefined) {
      if (known.kind !== kind || known.name !== name) {
        throw new Error(`not deterministic: ${kind} ${name} where ${known.kind} ${known.name} was`);
      }
      return known;
    }
    const entry: Entry = { kind, name, json, state: 'open', attempts: 0 };
    journal.push(entry);
    if (journal.length + count.polls > MOST_OPERATIONS) throw new Error('too many operations');
    return entry;
  };

  /** Everything that is remembered passes here; a dead program gets no further. */
  const write = async (change: () => void): Promise<void> => {
    count.writes += 1;
    const isFatal = kill?.atWrite === count.writes;
    if (!isFatal || kill.when === 'after') change();
    if (!isFatal) return;
    die();
    await forever;
  };

  const save = (value: unknown): string => {
    const json = JSON.stringify(value) ?? 'null';
    const bytes = Buffer.byteLength(json);
    if (bytes > LARGEST_PAYLOAD_BYTES) throw new Error(`a payload of ${bytes} bytes`);
    count.largestBytes = Math.max(count.largestBytes, bytes);
    keep(json);
    return json;
  };

  const failed = (entry: Entry): Error => {
    const cause = Object.assign(new Error(entry.error?.message), { name: entry.error?.name ?? 'Error' });
    return new Error(`${entry.name} failed`, { cause });
  };

  const fail = (entry: Entry, error: unknown) =>
    write(() => {
      const { name, message } = withoutSecrets(error instanceof Error ? error : new Error(String(error)));
      keep(message);
      Object.assign(entry, { state: 'failed', error: { name, message } });
    });

  return {
    step: async (name, act) => {
      const entry = open('step', name, 'null');
      while (entry.state === 'open') {
        try {
          const json = save(await act());
          await write(() => Object.assign(entry, { json, state: 'done' }));
        } catch (error) {
          const attempts = entry.attempts + 1;
          const seconds = pauseAfter(error, attempts);
          if (seconds === undefined) await fail(entry, error);
          else await write(() => Object.assign(entry, { attempts }));
          time.advance((seconds ?? 0) * 1000);
        }
      }
      if (entry.state === 'failed') throw failed(entry);
      return JSON.parse(entry.json);
    },
    poll: async (name, initial, look) => {
      const entry = open('poll', name, save(initial));
      while (entry.state === 'open') {
        try {
          const { state, againInSeconds } = await look(JSON.parse(entry.json));
          const json = save(state);
          count.polls += 1;
          const next = againInSeconds === undefined ? 'done' : 'open';
          await write(() => Object.assign(entry, { json, attempts: 0, state: next }));
          time.advance(Math.max(1, Math.ceil(againInSeconds ?? 0)) * 1000);
        } catch (error) {
          const attempts = entry.attempts + 1;
          const seconds = pauseAfter(error, attempts);
          if (seconds === undefined) await fail(entry, error);
          else await write(() => Object.assign(entry, { attempts }));
          time.advance((seconds ?? 0) * 1000);
        }
      }
      if (entry.state === 'failed') throw failed(entry);
      return JSON.parse(entry.json);
    },
    wait: async (name, seconds) => {
      const entry = open('wait', name, 'null');
      if (entry.state === 'done') return;
      await write(() => Object.assign(entry, { state: 'done' }));
      time.advance(seconds * 1000);
    },
    decision: async (name, ask, withinSeconds) => {
      const entry = open('decision', name, 'null');
      const callbackId = `callback-${position}`;
      while (entry.callbackId === undefined) {
        try {
          await ask(callbackId);
          await write(() => Object.assign(entry, { callbackId }));
        } catch (error) {
          const attempts = entry.attempts + 1;
          const seconds = pauseAfter(error, attempts);
          if (seconds === undefined) throw error;
          await write(() => Object.assign(entry, { attempts }));
          time.advance(seconds * 1000);
        }
      }
      if (entry.state === 'open') {
        const text = await answer({ name, callbackId });
        if (text === undefined) time.advance(withinSeconds * 1000);
        // The engine keeps an answer whether the program lives or not.
        Object.assign(entry, { json: JSON.stringify(text ?? null), state: 'done' });
        await write(() => undefined);
      }
      const text = JSON.parse(entry.json) as string | null;
      return text === null ? { kind: 'expired' } : { kind: 'answered', text };
    },
  };
};
