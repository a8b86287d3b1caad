/** Real PowerShell as a document runner: one long-lived process, a fresh runspace a run, a lab machine behind shims. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SurfaceTable } from './surface-table.ts';

/** What a run printed, and how it ended. */
export interface PowerShellRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** Questions that the table did not hold. */
  readonly refused: readonly string[];
  /** Simulated milliseconds of probing, and the seconds slept before. */
  readonly ms: number;
  readonly slept: number;
  /** The process ended itself, threads that hang and all. */
  readonly ended: boolean;
}

/** What a run on a live machine is told beforehand. */
export interface LiveTable {
  readonly clockMs: number;
  readonly env: Readonly<Record<string, string>>;
  readonly without: readonly string[];
  readonly culture?: string;
}

/** Variables of a Windows that a document may look at, whatever those of this computer are. */
export const environmentOf = ({ env }: { readonly env?: Readonly<Record<string, string>> }): LiveTable['env'] => ({
  ProgramData: 'C:\\ProgramData',
  SystemRoot: 'C:\\Windows',
  ProgramFiles: 'C:\\Program Files',
  USERPROFILE: 'C:\\Windows\\system32\\config\\systemprofile',
  AWS_SHARED_CREDENTIALS_FILE: '',
  AWS_PROFILE: '',
  ...env,
});

/** Answers one question; throws {@link ProcessDied} where the program is to have no effect any more. */
export type AskMachine = (question: string, args: readonly unknown[]) => unknown;

export interface PowerShell {
  readonly version: string;
  /** Runs a script's own text (its parameters already filled in) on the machine of the table. */
  run(script: string, table: SurfaceTable): Promise<PowerShellRun>;
  /** Runs one that changes its machine: every question is put to `machine`. Rejects with what that throws. */
  runLive(script: string, table: LiveTable, machine: AskMachine): Promise<PowerShellRun>;
  close(): Promise<void>;
}

/** The `pwsh` to use: `PWSH`, else the one on the path; undefined when there is none. */
export const findPowerShell = (): string | undefined => {
  const candidate = process.env.PWSH ?? 'pwsh';
  const found = spawnSync(candidate, ['-NoProfile', '-NonInteractive', '-Command', 'exit 0'], { stdio: 'ignore' });
  return found.status === 0 ? candidate : undefined;
};

type Answer = Record<string, unknown>;

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

// ASCII alone, so that no code page stands in between. PowerShell's JSON reader replaces half a surrogate pair: it goes
// over in a private range and is put back there.
const lineOf = (content: object): string => {
  const json = JSON.stringify(content, (_, value: unknown) =>
    typeof value === 'string'
      ? value.replace(LONE_SURROGATE, (unit) => String.fromCharCode(unit.charCodeAt(0) + 0x800))
      : value,
  );
  const withHalves = /[\ue000-\ue7ff]/.test(json) ? `{"halves":true,${json.slice(1)}` : json;
  return withHalves.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
};

const toRun = (answer: Answer): PowerShellRun => {
  if (typeof answer.failure === 'string') throw new Error(`PowerShell: ${answer.failure}`);
  return {
    stdout: String(answer.stdout),
    stderr: String(answer.stderr),
    exitCode: Number(answer.exitCode),
    refused: (answer.refused as readonly string[] | null) ?? [],
    ms: Number(answer.ms),
    slept: Number(answer.slept),
    ended: answer.ended === true,
  };
};

/** Answers of one run. Once something was thrown, the run has no effect any more, and ends with it. */
const createReplies = (machine: AskMachine) => {
  let thrown: unknown;
  return {
    to(question: string, args: readonly unknown[]): object {
      if (thrown !== undefined) return { died: true };
      try {
        return { answer: machine(question, args) };
      } catch (error) {
        thrown = error;
        return { died: true };
      }
    },
    ended(said: Answer): PowerShellRun {
      if (thrown !== undefined) throw thrown;
      return toRun(said);
    },
  };
};

/** Starts the process. Rejects when it does not come up; `close` ends it. */
export const createPowerShell = async ({ pwsh }: { readonly pwsh: string }): Promise<PowerShell> => {
  const folder = await mkdtemp(join(tmpdir(), 'kms-bot-pwsh-'));
  const host = fileURLToPath(new URL('./host.ps1', import.meta.url));
  const child = spawn(pwsh, ['-NoProfile', '-NonInteractive', '-File', host], {
    // Scripts of many small pieces: compiling each once, fully, is faster than twice.
    env: { ...process.env, TERM: 'dumb', DOTNET_TieredCompilation: '0' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Answer> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('PowerShell ended');
    return JSON.parse(value) as Answer;
  };
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.once('error', () => undefined);
  const { version } = await next();
  let turn: Promise<unknown> = Promise.resolve();
  const start = async (script: string, table: object): Promise<void> => {
    // A name that stands for its text: PowerShell keeps what it has parsed by name.
    const path = join(folder, `_script-${createHash('sha256').update(script).digest('hex')}.ps1`);
    // As the agent writes it: UTF-8 with a byte order mark.
    await writeFile(path, `\ufeff${script}`, 'utf8');
    child.stdin.write(`${lineOf({ path, table })}\n`);
  };
  const runOne = async (script: string, table: SurfaceTable): Promise<PowerShellRun> => {
    await start(script, table);
    return toRun(await next());
  };
  const runLive = async (script: string, table: LiveTable, machine: AskMachine): Promise<PowerShellRun> => {
    await start(script, { ...table, live: true });
    const replies = createReplies(machine);
    for (;;) {
      const said = await next();
      if (!('ask' in said)) return replies.ended(said);
      child.stdin.write(`${lineOf(replies.to(String(said.ask), (said.args ?? []) as unknown[]))}\n`);
    }
  };
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const run = turn.then(act);
    turn = run.catch(() => undefined);
    return run;
  };
  return {
    version: String(version),
    run: (script, table) => inTurn(() => runOne(script, table)),
    runLive: (script, table, machine) => inTurn(() => runLive(script, table, machine)),
    async close() {
      child.stdin.end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
