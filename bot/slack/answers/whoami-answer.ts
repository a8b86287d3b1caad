/** A person's rights, each with the rule behind it, and whom to ask for those that are missing. */
import { explainRights, type RightExplained } from '../../domain/rights/explain.ts';
import type { Person, RightsRule } from '../../domain/rights/rights.ts';
import { failureOf } from '../../errors.ts';
import type { ChangeAnswers } from '../messages/change-answers-en.ts';
import { code, mention, mentionGroup, type Safe, words } from '../mrkdwn.ts';

export interface WhoamiFacts {
  readonly userId: string;
  /** The person, or why they could not be looked up. */
  readonly found: Person | { readonly error: unknown };
  readonly rules: readonly RightsRule[];
  /** Whether changes are deployed. */
  readonly changesOn: boolean;
}

export function whoamiAnswer({ userId, found, rules, changesOn }: WhoamiFacts, say: ChangeAnswers): string {
  const you = say.whoami.you(mention(userId));
  const rest = [...(changesOn ? [] : [say.whoami.switchedOff]), say.whoami.language];
  if ('error' in found) return [you, unknown(found.error, say), ...rest].join('\n');
  const standing = found.standing === 'member' ? [] : [say.standing[found.standing]];
  return [you, ...standing, ...explainRights(rules, found).map((each) => line(each, found, say)), ...rest].join('\n');
}

function unknown(error: unknown, say: ChangeAnswers): string {
  const failure = failureOf(error);
  const scope = failure?.kind === 'missing-right' ? failure.action.replace(/^slack:/, '') : undefined;
  return scope === undefined ? say.whoami.unknown : say.whoami.unknownScope(code(scope));
}

const line = (explained: RightExplained, person: Person, say: ChangeAnswers): string =>
  say.whoami.line(say.right[explained.right], say.whoami.can[explained.right], answer(explained, person, say));

function answer(explained: RightExplained, person: Person, say: ChangeAnswers): string {
  const { anywhere, granted, withheld } = explained;
  if (!anywhere.allowed) return missing(anywhere.why, explained, say);
  const yes = say.whoami.yes(granted.map((rule) => how(rule, person, say) + where(rule, say)));
  return withheld.length === 0
    ? yes
    : say.whoami.except(
        yes,
        withheld.map((rule) => where(rule, say)),
      );
}

type Why = Extract<RightExplained['anywhere'], { allowed: false }>['why'];

function missing(why: Why, { holders }: RightExplained, say: ChangeAnswers): string {
  if (why === 'denied') return say.whoami.noByRule;
  if (why === 'guest') return say.whoami.noByStanding;
  if (why !== 'no-rule') return say.whoami.no;
  const named = [...holders.groups.map(mentionGroup), ...holders.users.map(mention)].filter((each) => each !== '');
  return named.length === 0 ? say.whoami.no : say.whoami.ask(say.whoami.no, say.and(named));
}

/** By what a rule means the person. */
function how({ who }: RightsRule, { userId, groups }: Person, say: ChangeAnswers): string {
  if (who === 'everyone') return say.whoami.everybody;
  const through = who.groups.filter((group) => groups.includes(group)).map(mentionGroup);
  return through.length === 0 || who.users.includes(userId) ? say.whoami.byName : say.whoami.inGroup(say.and(through));
}

/** Where a rule holds; empty where it holds everywhere. */
const where = ({ sites, tags, zones }: RightsRule, say: ChangeAnswers): string =>
  (sites === undefined ? '' : say.whoami.at(say.and(sites.map((site): Safe => words(site, 20))))) +
  (tags === undefined ? '' : say.whoami.on(say.and(tags.map(({ key, value }) => code(`${key}=${value}`, 120))))) +
  (zones === undefined ? '' : say.whoami.inZones(say.and(zones.map((zone) => code(zone, 120)))));
