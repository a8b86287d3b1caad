/** Which of Slack's requests calls what. */
import type { App, Middleware, SlackViewMiddlewareArgs, ViewResponseAction } from '@slack/bolt';
import { executionName } from '../execution-name.ts';
import { PHONE, REASON } from '../ids.ts';
import { catalogue } from '../messages/catalogue.ts';
import { words } from '../mrkdwn.ts';
import type { Submission } from './break-glass.ts';
import { answerClick, type Click } from './buttons.ts';
import { field, type ListenerDeps } from './context.ts';
import { answerCommand } from './kms-command.ts';
import { isForeign } from './strangers.ts';

/** Registers every listener. Each acknowledges exactly once, with what the person reads. */
export function registerListeners(app: App, deps: ListenerDeps): void {
  app.use(async ({ body, next, ...rest }) => {
    if (!isForeign(body, deps.teamId)) return next();
    deps.log.warn('A request of another workspace was refused');
    if (deps.changes !== undefined)
      await import('./stranger-note.ts').then(({ noteStranger }) => noteStranger(body, deps));
    if ('ack' in rest && typeof rest.ack === 'function') await refuseStranger(body, rest.ack, deps);
  });
  app.command(/.*/, async ({ command, ack }) => {
    const text = await orApology(field(command.trigger_id), deps, () => answerCommand(command, deps));
    await ack({ response_type: 'ephemeral', text });
  });
  app.action(/.*/, onClick(deps));
  app.options(/.*/, ({ ack }) => ack({ options: [] }));
  app.view(/.*/, onSubmission(deps));
  app.view({ callback_id: /.*/, type: 'view_closed' }, ({ ack }) => ack());
  app.shortcut(/.*/, ({ ack }) => ack());
}

const onClick =
  (deps: ListenerDeps) =>
  async ({ body, ack }: { readonly body: unknown; readonly ack: () => Promise<void> }): Promise<void> => {
    const click = body as Click;
    const text = await orApology(field(click.trigger_id), deps, () => answerClick(click, deps));
    const responseUrl = field(click.response_url);
    if (responseUrl !== '' && text !== '') await deps.answerAt(responseUrl, text);
    await ack();
  };

const onSubmission =
  (deps: ListenerDeps) =>
  async ({ body, view, ack }: Parameters<Middleware<SlackViewMiddlewareArgs>>[0]): Promise<void> => {
    const submit =
      view.callback_id === REASON.view ? reason : view.callback_id === PHONE.view ? confirmation : undefined;
    if (submit === undefined) return ack();
    const { judged, wrong } = await submit(body as Submission, deps);
    const answer = await judged.catch((error: unknown) =>
      apology(field((body as Submission).trigger_id), deps, error).then(wrong),
    );
    await ack(answer as ViewResponseAction);
  };

const reason = async (submission: Submission, deps: ListenerDeps) => {
  const { submitReason, wrong } = await import('./break-glass.ts');
  return { judged: submitReason(submission, deps), wrong };
};

const confirmation = async (submission: Submission, deps: ListenerDeps) => {
  const { submitConfirmation, wrong } = await import('./phone.ts');
  return { judged: submitConfirmation(submission, deps), wrong };
};

/** What went wrong is logged once, and the person is told where to find it. */
async function orApology(triggerId: string, deps: ListenerDeps, answer: () => Promise<string>): Promise<string> {
  try {
    return await answer();
  } catch (error) {
    return apology(triggerId, deps, error);
  }
}

async function apology(triggerId: string, deps: ListenerDeps, error: unknown): Promise<string> {
  const reference = executionName('slack', [triggerId]).slice(0, 18);
  deps.log.error('A request failed', { reference }, error);
  const { answers } = await catalogue(deps.language);
  return answers.internal(words(reference));
}

type Ack = (answer?: { readonly response_type: 'ephemeral'; readonly text: string }) => Promise<void>;

async function refuseStranger(body: unknown, ack: unknown, deps: ListenerDeps): Promise<void> {
  const { answers } = await catalogue(deps.language);
  const { command, response_url } = body as { command?: unknown; response_url?: unknown };
  if (command !== undefined) return (ack as Ack)({ response_type: 'ephemeral', text: answers.foreign });
  const responseUrl = field(response_url);
  if (responseUrl !== '') await deps.answerAt(responseUrl, answers.foreign);
  return (ack as Ack)();
}
