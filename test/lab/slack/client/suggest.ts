/** Typing into a select whose options come from the bot. */
import { option, optionGroup } from '../block-kit/composition.ts';
import { list, type Problem } from '../block-kit/rules.ts';
import { elementsOf, isObject, type JsonObject, sayProblem } from '../block-kit.ts';
import { BLOCK_LIMITS } from '../block-limits.ts';
import { messagesFor } from '../messages.ts';
import { maySee, type WorkspaceState } from '../state.ts';
import type { Person } from '../types.ts';
import { viewJson, visibleModal } from '../view-stack.ts';
import { optionsOf } from '../view-state.ts';
import { messageContext } from './click.ts';
import { deliver } from './delivery.ts';
import { commonPayload, type Outcome, outcomeOf, payloadForm } from './outcome.ts';
import { LabRefusal, personCalled } from './refusal.ts';

export interface SuggestRequest {
  readonly user: string;
  readonly action_id: string;
  /** What is typed so far. */
  readonly value: string;
}

/** Slack asks for options from this many characters on. */
const DEFAULT_MIN_QUERY = 3;

interface Place {
  readonly block: JsonObject;
  readonly element: JsonObject;
  readonly context: Readonly<Record<string, unknown>>;
}

/** Types into an external select: in the visible modal, App Home, or the newest message that has it. */
export async function suggest(state: WorkspaceState, request: SuggestRequest): Promise<Outcome> {
  const person = personCalled(state, request.user);
  const { block, element, context } = findSelect(state, person, request.action_id);
  const least = typeof element.min_query_length === 'number' ? element.min_query_length : DEFAULT_MIN_QUERY;
  if (request.value.length < least) {
    throw new LabRefusal(400, 'query_too_short', `Slack asks from ${least} characters on`);
  }
  const payload = {
    type: 'block_suggestion',
    ...commonPayload(state, person),
    ...context,
    action_id: element.action_id,
    block_id: block.block_id,
    value: request.value,
  };
  const contentType = 'application/x-www-form-urlencoded';
  const outcome = outcomeOf(
    await deliver(state, { kind: 'block_suggestion', contentType, body: payloadForm(payload) }),
  );
  const problems = outcome.error === undefined ? optionProblems(outcome.body) : [];
  const error = outcome.error ?? (problems[0] === undefined ? undefined : sayProblem(problems[0]));
  const offered = error === undefined && isObject(outcome.body) ? optionsOf(outcome.body) : [];
  state.suggestions.set(`${person.id} ${request.action_id}`, offered);
  return error === undefined ? outcome : { ...outcome, error };
}

function findSelect(state: WorkspaceState, person: Person, actionId: string): Place {
  const place = candidates(state, person)
    .flatMap(({ blocks, context }) => blocks.map((block) => ({ block, context })))
    .flatMap(({ block, context }) => elementsOf(block).map((element) => ({ block, element, context })))
    .find(({ element }) => element.action_id === actionId && String(element.type).includes('external_select'));
  if (place !== undefined) return place;
  throw new LabRefusal(404, 'unknown_action', `${person.name} sees no external select ${actionId}`);
}

function candidates(
  state: WorkspaceState,
  person: Person,
): { readonly blocks: readonly JsonObject[]; readonly context: Readonly<Record<string, unknown>> }[] {
  const views = [visibleModal(state, person.id), state.homes.get(person.id)].filter((view) => view !== undefined);
  const messages = state.channels
    .filter((channel) => maySee(state, person, channel))
    .flatMap((channel) => messagesFor(state, channel.id, person).map((message) => ({ channel, message })))
    .sort((a, b) => Number(b.message.ts) - Number(a.message.ts));
  return [
    ...views.map((view) => ({
      blocks: view.blocks,
      context: { container: { type: 'view', view_id: view.id }, view: viewJson(state, view) },
    })),
    ...messages.map(({ channel, message }) => ({
      blocks: message.blocks,
      context: messageContext(state, channel, message),
    })),
  ];
}

function optionProblems(body: unknown): Problem[] {
  const problems: Problem[] = [];
  if (isObject(body) && body.option_groups !== undefined) {
    list(optionGroup, BLOCK_LIMITS.optionGroups, 0)(body.option_groups, '/option_groups', problems);
  } else {
    const options = isObject(body) ? body.options : undefined;
    list(option('select'), BLOCK_LIMITS.options, 0)(options, '/options', problems);
  }
  return problems;
}
