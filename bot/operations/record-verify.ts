/** Asks machines what their own resolvers give for a record that was changed: what a client will find. */
import type { RecordOutcome, ResolverAnswer } from '../domain/records/record-outcome.ts';
import { isGoneByThen, keptSeconds, mayBeKept, resolverAnswer } from '../domain/records/resolver-answer.ts';
import { failureOf, isTransient, slowDownSeconds } from '../errors.ts';
import type { ChangeDeps } from './change-deps.ts';
import { type Look, lookAgain, lookAtRosters, seenIn } from './change-look.ts';
import type { Talk } from './operation-deps.ts';
import { recordInForce } from './plan-in-force.ts';
import { chooseAskers } from './record-askers.ts';
import { type RecordRun, type StepFacts, showStep, stepContent, type View } from './record-step.ts';

/** What the machines gave, or why none was asked. */
export type Proof = Pick<RecordOutcome, 'answers' | 'unasked'>;

/** Asks; whatever fails here leaves the record as it was written. `inSync`: whether every name server has it. */
export const askResolvers = async (deps: ChangeDeps, run: RecordRun, view: View, inSync: boolean): Promise<Proof> => {
  try {
    return await ask(deps, run, view, inSync);
  } catch (error) {
    const isTold = failureOf(error) !== undefined || isTransient(error) || slowDownSeconds(error) !== undefined;
    if (!isTold) throw error;
    deps.log('warn', 'resolvers not asked', { kind: failureOf(error)?.kind ?? 'passing' });
    return { answers: [], unasked: 'no-answer' };
  }
};

const ask = async (deps: ChangeDeps, run: RecordRun, view: View, inSync: boolean): Promise<Proof> => {
  const own = { ...deps, operationId: `${deps.operationId}.resolvers` };
  const talk = talkOf(deps, run);
  const askers = await chooseAskers(own, { talk, changeId: run.of.id }, view.shown);
  view.shown = askers.shown;
  if (askers.kind === 'none') return { answers: [], unasked: askers.why };
  const { look, shown } = await lookAtRosters(own, talk, askers.rosters, view.shown);
  view.shown = shown;
  const first = await compare(own, run, look, 'compare resolvers');
  if (!first.anybody) return { answers: [], unasked: 'no-answer' };
  const answers =
    first.kept.length === 0 ? first.answers : await askLater(own, run, view, { talk, look, first, inSync });
  return answers.length === 0 ? { answers, unasked: 'no-machine' } : { answers };
};

/** While they are asked, the message says that, and goes on saying what was done before. */
const talkOf = (deps: ChangeDeps, run: RecordRun): Talk => ({
  ...run.of.talk,
  progress: ({ waitingSeconds }) => {
    const facts: StepFacts = { step: 'ask', ...(waitingSeconds === undefined ? {} : { waitingSeconds }) };
    return stepContent(deps, run, facts);
  },
});

interface Compared {
  /** Whether any machine said anything. */
  readonly anybody: boolean;
  readonly answers: readonly ResolverAnswer[];
  /** Machines whose answer may be kept from before, and for how long. */
  readonly kept: readonly string[];
  readonly keptSeconds: number;
  /** Whether nobody may have it any longer after that. */
  readonly isGoneByThen: boolean;
}

const compare = (own: ChangeDeps, { of }: RecordRun, look: Look, name: string): Promise<Compared> =>
  own.workflow.step(name, async () => {
    const [plan, seen] = await Promise.all([recordInForce(own, of.id), seenIn(own, look)]);
    const answers = seen.flatMap(({ node, record }) => {
      const given = record === undefined ? undefined : resolverAnswer(record, plan);
      return given === undefined ? [] : [{ nodeId: node.id, siteId: node.siteId, name: node.name, ...given }];
    });
    return {
      anybody: seen.some(({ record }) => record !== undefined),
      answers,
      kept: answers.filter((answer) => mayBeKept(answer, plan)).map(({ nodeId }) => nodeId),
      keptSeconds: keptSeconds(plan),
      isGoneByThen: isGoneByThen(plan),
    };
  });

interface Earlier {
  readonly talk: Talk;
  readonly look: Look;
  readonly first: Compared;
  readonly inSync: boolean;
}

/** For clocks and pauses. */
const SLACK_SECONDS = 10;

/** Once what they had kept must be gone, those that gave it are asked again, once. */
const askLater = async (
  own: ChangeDeps,
  run: RecordRun,
  view: View,
  { talk, look, first, inSync }: Earlier,
): Promise<readonly ResolverAnswer[]> => {
  const cachedSeconds = first.keptSeconds + SLACK_SECONDS;
  await own.workflow.step('say what resolvers keep', async () => {
    await showStep(own, run, view, { step: 'ask', cachedSeconds });
    return null;
  });
  await own.workflow.wait('until resolvers forget', cachedSeconds);
  const again = { name: 'later', first: look, nodeIds: async () => first.kept, more: false };
  const second = await lookAgain(own, talk, again, view.shown);
  view.shown = second.shown;
  const later = await compare(own, run, second.look, 'compare resolvers again');
  const told = inSync && first.isGoneByThen ? later.answers.map(withOutlived) : later.answers;
  const news = new Map(told.map((answer) => [`${answer.siteId}/${answer.nodeId}`, answer]));
  return first.answers.map((answer) => news.get(`${answer.siteId}/${answer.nodeId}`) ?? answer);
};

const withOutlived = (answer: ResolverAnswer): ResolverAnswer =>
  answer.gives === 'before' ? { ...answer, outlived: true } : answer;
