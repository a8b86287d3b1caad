/** A changing document run by the lab's model and by its own text in PowerShell, each on a machine of its own. */
import type { ChangeDocument } from '../../bot/domain/change/change-wire.ts';
import { changeDocuments } from '../../infra/lib/documents.ts';
import { runChange } from '../lab/change-documents/run.ts';
import { propertiesAsked } from '../lab/inspect/questions.ts';
import type { NodeMemory } from '../lab/world/node-memory.ts';
import { CHANGE_METHODS, type ChangeSurface, type CimInstance, ProcessDied } from '../lab/world/surface.ts';
import type { LabWindows, LabZone } from '../lab/world/types.ts';
import { type ChangeMachine, changeMachine } from './change-machine.ts';
import { scriptOf } from './document-script.ts';
import { type AskMachine, environmentOf, type PowerShell } from './powershell.ts';

/** One run of a document on the case's machine. */
export interface ChangeStep {
  readonly document: ChangeDocument;
  /** What it is told; a text goes over as it stands, an object as base64 of its JSON. */
  readonly options: object | string;
  readonly operation?: string;
  /** What happens to the machine before it. */
  readonly first?: (machine: ChangeMachine) => void;
  /** Culture of the process. */
  readonly culture?: string;
  /** What CIM shows in place of what it would. */
  readonly shows?: (className: string, rows: readonly CimInstance[]) => readonly CimInstance[];
}

export interface ChangeCase {
  readonly name: string;
  readonly steps: readonly ChangeStep[];
}

/** A question to the machine, what was asked, and its answer. */
export type Exchange = readonly [question: string, args: readonly unknown[], answer: unknown];

/** What a run came to. */
export interface StepOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly seconds: number;
  /** The machine's clock when it began, commands that this Windows lacks, and what the agent gives beside. */
  readonly clockMs: number;
  readonly without: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly exchanges: readonly Exchange[];
}

/** All runs of a case, and the machine afterwards. */
export interface CaseOutcome {
  readonly steps: readonly StepOutcome[];
  readonly windows: LabWindows;
  readonly memory: NodeMemory;
  /** What a host may publish in. */
  readonly zones: readonly LabZone[];
}

const OPERATION = 'c4k7m2q9xd-0001';

/** Base64 of ASCII JSON, as the bot sends it. */
export const encoded = (options: object | string): string => {
  if (typeof options === 'string') return options;
  const json = JSON.stringify(options).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(json, 'latin1').toString('base64');
};

const callOf = ({ document, operation = OPERATION, options }: ChangeStep) => ({
  document,
  operation,
  options: encoded(options),
});

/** Puts questions to a machine and writes them down. */
export const recorded = (
  surface: ChangeSurface,
  document?: ChangeDocument,
): { ask: AskMachine; exchanges: Exchange[] } => {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    ask(question, args) {
      const known = CHANGE_METHODS.find((name) => name === question);
      if (known === undefined) throw new Error(`The machine has no ${question}`);
      const method = surface[known] as (...values: readonly unknown[]) => unknown;
      const answer = method(...args);
      exchanges.push(plain([question, args, question === 'cim' ? seen(String(args[0]), answer, document) : answer]));
      return answer;
    },
  };
};

/** What single documents ask for beside what all of them do. */
const ASKED_BESIDE: Readonly<Partial<Record<ChangeDocument, readonly string[]>>> = {
  'KmsBot-ReadInstallationId': ['OfflineInstallationId'],
  'KmsBot-DepositConfirmationId': ['OfflineInstallationId'],
  'KmsBot-Rearm': ['LastBootUpTime'],
};

/** Of rows what the documents look at: they are many, and most of them alike. */
const seen = (className: string, answer: unknown, document?: ChangeDocument): unknown => {
  const { ok } = answer as { ok?: readonly CimInstance[] };
  if (ok === undefined) return answer;
  const names = [...propertiesAsked(className), ...((document && ASKED_BESIDE[document]) ?? [])];
  return { ok: ok.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)))) };
};

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** A machine whose every question goes through `ask`. */
export const askedSurface = (
  ask: AskMachine,
  { clockMs, without, env }: Pick<ChangeSurface, 'clockMs' | 'without' | 'env'>,
): ChangeSurface => ({
  clockMs,
  without,
  ...(env === undefined ? {} : { env }),
  ...(Object.fromEntries(
    CHANGE_METHODS.map((name) => [name, (...args: readonly unknown[]) => ask(name, args)]),
  ) as unknown as Omit<ChangeSurface, 'clockMs' | 'without' | 'env'>),
});

/** Runs one step on a machine. */
type RunStep = (step: ChangeStep, surface: ChangeSurface) => Promise<StepOutcome>;

/** The lab's model. */
export const byModel: RunStep = async (step, surface) => {
  const { ask, exchanges } = recorded(surface, step.document);
  const { exitCode, stdout, seconds } = runChange(callOf(step), askedSurface(ask, surface));
  return { exitCode, stdout, seconds, ...shownAtOnce(surface), exchanges };
};

/** What of a machine needs no question. */
const shownAtOnce = ({ clockMs, without, env }: ChangeSurface): Pick<StepOutcome, 'clockMs' | 'without' | 'env'> => ({
  clockMs,
  without,
  ...(env === undefined ? {} : { env }),
});

/** As the model: starting PowerShell; and what it reports of a process that died. */
const START_SECONDS = 2;
const NEVER_SECONDS = 86_400;

/** The document's own text. */
export const byPowerShell =
  (powershell: PowerShell): RunStep =>
  async (step, surface) => {
    const { document, operation, options } = callOf(step);
    const script = scriptOf(changeDocuments()[document], { Operation: operation, Options: options });
    const atOnce = shownAtOnce(surface);
    const { clockMs, without } = atOnce;
    const culture = step.culture === undefined ? {} : { culture: step.culture };
    const { ask, exchanges } = recorded(surface, step.document);
    try {
      const run = await powershell.runLive(script, { clockMs, without, env: environmentOf(surface), ...culture }, ask);
      if (run.refused.length > 0) throw new Error(`refused: ${run.refused.join('; ')}`);
      if (run.stderr !== '') throw new Error(`${step.document}: exit ${run.exitCode}: ${run.stderr}`);
      const seconds = START_SECONDS + Math.ceil(run.ms / 1000);
      return { exitCode: run.exitCode, stdout: run.stdout, seconds, ...atOnce, exchanges };
    } catch (error) {
      if (!(error instanceof ProcessDied)) throw error;
      return { exitCode: -1, stdout: '', seconds: NEVER_SECONDS, ...atOnce, exchanges };
    }
  };

const shownBy = ({ shows }: ChangeStep, surface: ChangeSurface): ChangeSurface =>
  shows === undefined
    ? surface
    : {
        ...surface,
        cim(className) {
          const answer = surface.cim(className);
          return 'ok' in answer ? { ok: shows(className, answer.ok) } : answer;
        },
      };

/** Runs all steps of a case on a fresh machine. */
export const runCase = async (one: ChangeCase, runStep: RunStep): Promise<CaseOutcome> => {
  const machine = changeMachine();
  const steps: StepOutcome[] = [];
  for (const step of one.steps) {
    step.first?.(machine);
    steps.push(await runStep(step, shownBy(step, machine.surface())));
  }
  const { node, memory, world } = machine;
  return plain({ steps, windows: node.windows, memory, zones: world.state.zones });
};

/** Runs the model of one step on what PowerShell asked and was answered; throws where the model asks something else. */
export const byTranscript = (step: ChangeStep, { exchanges, exitCode, ...machine }: StepOutcome) => {
  let next = 0;
  const ask: AskMachine = (question, args) => {
    const exchange = exchanges[next];
    if (exchange === undefined && exitCode === -1) throw new ProcessDied();
    const asked = JSON.stringify([question, args]);
    if (exchange === undefined || JSON.stringify(exchange.slice(0, 2)) !== asked) {
      throw new Error(`question ${next + 1} is ${asked}, recorded ${JSON.stringify(exchange?.slice(0, 2))}`);
    }
    next += 1;
    return exchange[2];
  };
  const { exitCode: exit, stdout, seconds } = runChange(callOf(step), askedSurface(ask, machine));
  return { exitCode: exit, stdout, seconds, unasked: exchanges.length - next };
};
