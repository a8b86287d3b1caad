/**
 * Activation by phone: the window that shows the Installation ID, and the Confirmation ID that comes back in it. The
 * digits go to the store for their machine and nowhere else: into no log, no answer, no message.
 */
import type { ChangeStatus } from '../../domain/change/change-status.ts';
import type { ClickRefusal } from '../../domain/change/decide.ts';
import { CONFIRMATION_GROUPS, confirmationName } from '../../domain/change/phone.ts';
import { type GroupProblem, readConfirmationId } from '../../domain/keys/confirmation-id.ts';
import { formatDecisionValue, readDecisionValue } from '../decision-value.ts';
import { executionName } from '../execution-name.ts';
import { PHONE } from '../ids.ts';
import { acknowledgements } from '../messages/acknowledgement.ts';
import { phoneCatalogue } from '../messages/catalogue.ts';
import type { PhoneWindow } from '../messages/phone-en.ts';
import { phoneClosed, phoneWindowView } from '../views/phone-modal.ts';
import type { Submission, WindowAnswer } from './break-glass.ts';
import { type Asker, type DecisionOutcome, field, type ListenerDeps, languageFor } from './context.ts';
import { judge, type Looked, lookAt, refuse, settled } from './decision.ts';
import { notStarted } from './start-operation.ts';

/** Which attempt of which change the button or the window belongs to. */
interface Attempt {
  readonly change: string;
  readonly seen: { readonly attempt: number; readonly digest: string };
}

/** Opens the window at once for whoever may, and has it filled; the text says why not, and is empty when it did. */
export async function openPhone(value: Attempt, asker: Asker, deps: ListenerDeps): Promise<string> {
  const looked = await lookAt({ value }, asker, deps);
  if ('text' in looked) return looked.text;
  const say = await phoneCatalogue(looked.language);
  const judged = judge({ word: 'confirmation', value }, looked, deps);
  if (!judged.ok) return refusalText(judged, value, looked, asker, say, deps);
  let viewId: string;
  try {
    viewId = await deps.openView(asker.triggerId, phoneWindowView({ kind: 'loading', change: value.change }, say));
  } catch (error) {
    deps.log.error('The window of an activation by phone did not open', { change: value.change }, error);
    return say.unopened;
  }
  return fill(viewId, value, looked, asker, say, deps);
}

/** Has the function that changes fetch the Installation ID and show it: it never passes through here. */
async function fill(
  viewId: string,
  { change, seen: { attempt } }: Attempt,
  { desk, status, language }: Looked,
  { teamId, channelId, userId, triggerId }: Asker,
  say: PhoneWindow,
  deps: ListenerDeps,
): Promise<string> {
  const place = { teamId, channelId, userId };
  const asked = status?.asked ?? change;
  const payload = { operation: 'show-installation-id', change, attempt, viewId, asked, place } as const;
  const name = executionName('phone', [teamId, userId, change, String(attempt), triggerId]);
  const outcome = await desk.handOn({ name, payload });
  if (outcome.kind === 'started') return '';
  deps.log.error('An operation was not handed on', { operation: 'phone', outcome: outcome.kind });
  const text = notStarted(outcome, 'phone', acknowledgements[language]);
  // It may have been started all the same: the window then shows what came of it.
  if (outcome.kind === 'unsure') return text;
  const shown = await settled(deps.updateView(viewId, phoneClosed(text, say)));
  return 'error' in shown ? text : '';
}

/** Says why not in the words of this window, and has a denial kept. */
async function refusalText(
  refusal: ClickRefusal,
  value: Attempt,
  looked: Looked,
  asker: Asker,
  say: PhoneWindow,
  deps: ListenerDeps,
): Promise<string> {
  const { text } = await refuse(refusal, { word: 'confirmation', value }, looked, asker, deps);
  const why = whyIn(refusal, looked.status);
  return why in say.refused ? say.refused[why as keyof PhoneWindow['refused']] : text;
}

/** A change that ended was decided once, by whoever approved it: what counts here is that it is over. */
const whyIn = ({ why }: ClickRefusal, status: ChangeStatus | undefined): ClickRefusal['why'] =>
  why === 'already-decided' && status?.phase === 'ended' ? 'ended' : why;

/** Takes the Confirmation ID: what can be mended is said below its field, anything else in place of the fields. */
export async function submitConfirmation(submission: Submission, deps: ListenerDeps): Promise<WindowAnswer> {
  const userId = field(submission.user?.id);
  const say = await phoneCatalogue(await languageFor(userId, deps));
  const value = readPhoneMetadata(field(submission.view?.private_metadata));
  if (value === undefined) return closed(say.refused.stale, say);
  const read = readConfirmationId(fieldsOf(submission));
  if (!read.ok) return { response_action: 'errors', errors: problemsBelow(read.problems, say) };
  const asker = {
    teamId: field(submission.team?.id),
    userId,
    channelId: '',
    triggerId: field(submission.trigger_id),
  };
  const looked = await lookAt({ value }, asker, deps);
  if ('text' in looked) return wrong(looked.text);
  const judged = judge({ word: 'confirmation', value }, looked, deps);
  const here = { ...asker, channelId: looked.status?.channelId ?? '' };
  if (!judged.ok) return closed(await refusalText(judged, value, looked, here, say, deps), say);
  return keep(read.digits, judged, { value, looked, asker: here, say, deps });
}

interface Taking {
  readonly value: Attempt;
  readonly looked: Looked;
  readonly asker: Asker;
  readonly say: PhoneWindow;
  readonly deps: ListenerDeps;
}

type Judged = Extract<ReturnType<typeof judge>, { ok: true }>;

/** Keeps the digits first, then tells the change: whoever is told finds them there. */
async function keep(digits: string, judged: Judged, taking: Taking): Promise<WindowAnswer> {
  const { value, looked, say, deps } = taking;
  const kept = await looked.desk.confirm(confirmationName(value.change, value.seen.attempt), digits);
  switch (kept.kind) {
    // Whoever was first may have died before the change was told. It takes one word only.
    case 'written':
    case 'taken-before':
      return told(await looked.desk.decide(judged.callbackId, judged.decision), kept.kind, taking);
    case 'missing-right':
      return wrong(say.lacksRight(kept.action));
    default:
      deps.log.error('A Confirmation ID was not kept', {
        change: value.change,
        outcome: kept.kind === 'failed' ? kept.detail : kept.kind,
      });
      return wrong(say.notKept[kept.kind]);
  }
}

async function told(
  outcome: DecisionOutcome,
  kept: 'written' | 'taken-before',
  { value, looked, asker, say, deps }: Taking,
): Promise<WindowAnswer> {
  switch (outcome.kind) {
    case 'taken':
      return closed(kept === 'written' ? say.taken : say.takenBefore, say);
    case 'gone': {
      const status = await settled(looked.desk.status(value.change));
      const now = 'error' in status ? looked : { ...looked, status: status.value };
      const judged = judge({ word: 'confirmation', value }, now, deps);
      const text = judged.ok ? say.refused['already-decided'] : refusalText(judged, value, now, asker, say, deps);
      return closed(await text, say);
    }
    case 'missing-right':
      return wrong(say.lacksRight(outcome.action));
    default:
      deps.log.error('A decision did not get through', { change: value.change, outcome: outcome.kind });
      return wrong(say.notTold[outcome.kind]);
  }
}

const closed = (text: string, say: PhoneWindow): WindowAnswer => ({
  response_action: 'update',
  view: phoneClosed(text, say),
});

/** Below the first field, which stays filled: it can be submitted again. */
export const wrong = (text: string): WindowAnswer => ({
  response_action: 'errors',
  errors: { [PHONE.group(0)]: text },
});

const fieldsOf = ({ view }: Submission): readonly string[] =>
  Array.from({ length: CONFIRMATION_GROUPS }, (_, at) =>
    field(view?.state?.values?.[PHONE.group(at)]?.[PHONE.group(at)]?.value),
  );

const problemsBelow = (problems: readonly GroupProblem[], say: PhoneWindow): Readonly<Record<string, string>> =>
  Object.fromEntries(
    problems.map(({ group, why }) => [
      PHONE.group(group),
      group === 0 && why === 'too-long' ? say.wholeOrGroup : say.problem[why],
    ]),
  );

/** The form of a button's value, so that nothing else is taken. */
function readPhoneMetadata(text: string): Attempt | undefined {
  try {
    const { change, attempt, digest } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const seen = { attempt: Number(attempt), digest: field(digest) };
    const value = readDecisionValue(formatDecisionValue({ change: field(change), seen }));
    return value?.seen === undefined ? undefined : { change: value.change, seen: value.seen };
  } catch {
    return undefined;
  }
}
