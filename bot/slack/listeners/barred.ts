/**
 * Who may not ask for something, and what they are told. Whoever cannot be looked up changes nothing; a look is let
 * through when Slack is slow or down, which is when people need one, and refused when the right to look people up is
 * missing, which somebody has to mend.
 */
import { holdersOf } from '../../domain/rights/explain.ts';
import { mayAnywhere, type Person, type Right, type RightsRule } from '../../domain/rights/rights.ts';
import { failureOf, isTransient, slowDownSeconds } from '../../errors.ts';
import { executionName } from '../execution-name.ts';
import { changeCatalogue } from '../messages/catalogue.ts';
import type { ChangeAnswers } from '../messages/change-answers-en.ts';
import { code, mention, mentionGroup } from '../mrkdwn.ts';
import { type Asker, type ListenerDeps, languageFor } from './context.ts';

/** Why somebody may not: as rules and standing have it, or because it could not be found out. */
export type Barred =
  | { readonly why: 'no-rule' | 'denied' | Exclude<Person['standing'], 'member'> | 'shared-channel' }
  | { readonly why: 'unknown'; readonly error: unknown };

/** Looks at the rules as they hold at some place at least: which machines are meant is known only later. */
async function barredFrom(
  right: Right,
  asker: Asker,
  deps: ListenerDeps,
  inside = right !== 'viewer',
): Promise<Barred | undefined> {
  try {
    const [person, shared] = await Promise.all([
      deps.people.find(asker.userId),
      inside ? deps.people.isShared(asker.channelId) : false,
    ]);
    const decided = mayAnywhere(deps.rules, person, right);
    if (!decided.allowed) return { why: decided.why };
    return shared ? { why: 'shared-channel' } : undefined;
  } catch (error) {
    return { why: 'unknown', error };
  }
}

/**
 * What a person is told who may not look; undefined for one who may. `inside`: what is asked for is not for a channel that
 * is shared with another workspace.
 */
export async function refuseLook(
  asked: string,
  source: string,
  asker: Asker,
  deps: ListenerDeps,
  inside = false,
): Promise<string | undefined> {
  const barred = await barredFrom('viewer', asker, deps, inside);
  if (barred?.why === 'unknown' && isPassing(barred.error)) {
    deps.log.warn('A look was let through without knowing whose it is', { operation: asked.split(' ')[0] });
    return undefined;
  }
  return barred === undefined ? undefined : refuse(barred, 'viewer', { asked, source }, asker, deps);
}

const isPassing = (error: unknown): boolean => isTransient(error) || slowDownSeconds(error) !== undefined;

/** What a person is told who may not change anything here; undefined for one who may at some place. */
export async function refuseChange(
  asked: string,
  source: string,
  asker: Asker,
  deps: ListenerDeps,
): Promise<string | undefined> {
  const barred = await barredFrom('operator', asker, deps);
  return barred === undefined ? undefined : refuse(barred, 'operator', { asked, source }, asker, deps);
}

async function refuse(
  barred: Barred,
  right: Right,
  { asked, source }: { readonly asked: string; readonly source: string },
  asker: Asker,
  deps: ListenerDeps,
): Promise<string> {
  const { teamId, userId, triggerId } = asker;
  const [say] = await Promise.all([
    languageFor(userId, deps).then(changeCatalogue),
    noteDenial({ asked, why: barred.why, key: [teamId, userId, source, triggerId] }, asker, deps),
  ]);
  if (barred.why === 'unknown') deps.log.warn('A person could not be looked up', { asked: right });
  return barredWords(barred, right, deps.rules, say);
}

/** Sentences for whoever may not. */
export function barredWords(barred: Barred, right: Right, rules: readonly RightsRule[], say: ChangeAnswers): string {
  switch (barred.why) {
    case 'unknown':
      return lookupFailed(barred.error, say);
    case 'shared-channel':
      return say.sharedChannel;
    case 'denied':
      return say.denied(say.right[right]);
    case 'no-rule':
      return say.lacks(say.right[right]) + say.gap + holdersWords(rules, right, say);
    default:
      return say.standing[barred.why];
  }
}

function lookupFailed(error: unknown, say: ChangeAnswers): string {
  const failure = failureOf(error);
  return failure?.kind === 'missing-right'
    ? say.lookupLacksScope(code(failure.action.replace(/^slack:/, '')))
    : say.lookupFailed;
}

/** Names that a sentence has room for. */
const NAMED = 5;

/** Whom to ask. Nobody is called by a message that one person sees. */
export function holdersWords(rules: readonly RightsRule[], right: Right, say: ChangeAnswers): string {
  const { groups, users } = holdersOf(rules, right);
  const named = [...groups.map(mentionGroup), ...users.map(mention)].filter((each) => each !== '').slice(0, NAMED);
  return named.length === 0 ? say.noHolders : say.holders(say.and(named));
}

interface DenialFacts {
  readonly asked: string;
  readonly why: string;
  readonly change?: string;
  /** What makes it the same denial: handed on under one name. */
  readonly key: readonly string[];
}

/** Has a denial kept in the audit, where there is one. It changes nothing for the person when that fails. */
export async function noteDenial(
  { asked, why, change, key }: DenialFacts,
  { teamId, channelId, userId }: Asker,
  { changes, log }: ListenerDeps,
): Promise<void> {
  if (changes === undefined || why === 'unknown') return;
  const place = { teamId, channelId, userId };
  const payload = { operation: 'denied', asked, place, why, ...(change === undefined ? {} : { change }) } as const;
  const outcome = await changes.handOn({ name: executionName('denied', key), payload });
  if (outcome.kind !== 'started') log.error('A denial was not handed on', { outcome: outcome.kind, why });
}
