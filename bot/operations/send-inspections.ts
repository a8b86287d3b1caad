/** Sends the inspection to the machines of one site: each command once, whatever happens in between. */
import type { NodeSelection, Site } from '../domain/nodes.ts';
import type { OperationFailure } from '../ports.ts';
import { inspectOptions, type PlannedCommand, planCommands } from './command-plan.ts';
import { type Attempt, attemptEffect, type Effect, FIRST_ATTEMPT } from './effect-once.ts';
import { type Shown, showProgress } from './message.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import { askableOf, readRoster, type SiteRoster } from './roster.ts';
import { FRESH_PATIENCE, type Patience, setbackAfter } from './site-patience.ts';

/** What was sent to a site. */
export interface SentCommands {
  readonly commandIds: readonly string[];
  readonly sentAtMs: number;
  readonly failure?: OperationFailure;
}

interface Sending extends SentCommands {
  readonly attempt: Attempt;
  readonly patience: Patience;
  readonly shown: Shown;
}

/** Sends to an account are spaced like reads. */
const BETWEEN_SENDS_SECONDS = 1;

interface SendRequest {
  readonly site: Site;
  readonly roster: SiteRoster;
  readonly selection: NodeSelection;
  /** Machines to be asked in all sites. */
  readonly total: number;
  readonly talk: Talk;
}

/** The command's comment: operation, site and number of the command, at most 100 characters. */
const referenceOf = (deps: OperationDeps, site: Site, index: number): string =>
  `${deps.operationId}/${site.id}/${index + 1}`.slice(-LONGEST_COMMENT);
const LONGEST_COMMENT = 100;

const effectOf = (
  deps: OperationDeps,
  { site, talk }: SendRequest,
  plan: {
    readonly command: PlannedCommand;
    readonly index: number;
    readonly options: ReturnType<typeof inspectOptions>;
  },
): Effect => {
  const reference = referenceOf(deps, site, plan.index);
  return {
    key: `${deps.operationId}/send/${site.id}/${plan.index}`,
    act: async (mayHaveBeenSent) => {
      const { commandId } = await deps.runCommand.inspect({
        site,
        target: plan.command.target,
        reference,
        sinceMs: talk.startedAtMs,
        mayHaveBeenSent,
        options: plan.options,
        expectedNodes: plan.command.expects.length,
      });
      return commandId;
    },
  };
};

const sendNext = async (deps: OperationDeps, request: SendRequest, state: Sending) => {
  const askable = askableOf(await readRoster(deps, request.roster));
  const index = state.commandIds.length;
  const command = planCommands(request.selection, askable)[index];
  if (command === undefined) return { state };
  const effect = effectOf(deps, request, { command, index, options: inspectOptions(askable) });
  const outcome = await attemptEffect(deps, effect, state.attempt);
  if (!outcome.done) {
    const slowed = outcome.slowedDown ? outcome.againInSeconds : undefined;
    const shown = await show(deps, request, state, slowed);
    return { state: { ...state, attempt: outcome.attempt, shown }, againInSeconds: outcome.againInSeconds };
  }
  const sent = {
    ...state,
    commandIds: [...state.commandIds, outcome.value],
    sentAtMs: deps.clock(),
    attempt: FIRST_ATTEMPT,
    patience: FRESH_PATIENCE,
  };
  return { state: { ...sent, shown: await show(deps, request, sent) }, againInSeconds: BETWEEN_SENDS_SECONDS };
};

const show = (
  deps: OperationDeps,
  { talk, total }: SendRequest,
  state: Sending,
  slowedSeconds?: number,
): Promise<Shown> =>
  showProgress(deps, talk, state.shown, {
    phase: slowedSeconds === undefined ? 'sending' : 'slowed-down',
    total,
    done: 0,
    ...(slowedSeconds === undefined ? {} : { waitingSeconds: slowedSeconds }),
  });

/** Sends every command of a site. A failure of the site's is a value: the other sites go on. */
export const sendInspections = async (
  deps: OperationDeps,
  request: SendRequest,
  shown: Shown,
): Promise<SentCommands & { readonly shown: Shown }> => {
  const { site } = request;
  const start: Sending = {
    commandIds: [],
    sentAtMs: request.talk.startedAtMs,
    attempt: FIRST_ATTEMPT,
    patience: FRESH_PATIENCE,
    shown,
  };
  return deps.workflow.poll<Sending>(`send to ${site.id}`, start, async (state) => {
    try {
      return await sendNext(deps, request, state);
    } catch (error) {
      const setback = setbackAfter(error, site.id, state.patience);
      return setback.kind === 'wait'
        ? { state: { ...state, patience: setback.patience }, againInSeconds: setback.seconds }
        : { state: { ...state, failure: setback.failure } };
    }
  });
};
