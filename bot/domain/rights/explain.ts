/** A person's rights, and why: what the rules give them, what they take away, and who else has a right. */
import {
  isMeant,
  mayAnywhere,
  type Person,
  RIGHTS,
  type Right,
  type RightsDecision,
  type RightsRule,
} from './rights.ts';

export interface RightExplained {
  readonly right: Right;
  /** Whether the person has it anywhere at all. */
  readonly anywhere: RightsDecision;
  /** Rules that give it to this person, each at its sites, for its tags or for its zones. */
  readonly granted: readonly RightsRule[];
  /** Rules that take it away somewhere. */
  readonly withheld: readonly RightsRule[];
  /** User groups and people who have it by some rule: whom to ask. */
  readonly holders: { readonly groups: readonly string[]; readonly users: readonly string[] };
}

/** Every right, in the order of what it allows. */
export const explainRights = (rules: readonly RightsRule[], person: Person): readonly RightExplained[] =>
  RIGHTS.map((right) => explainRight(rules, person, right));

/** Whom to ask for a right, or to use it. */
export const holdersOf = (rules: readonly RightsRule[], right: Right): RightExplained['holders'] => {
  const named = rules.filter((rule) => rule.right === right && rule.effect === 'allow').map(({ who }) => who);
  const all = (of: 'groups' | 'users') => [...new Set(named.flatMap((who) => (who === 'everyone' ? [] : who[of])))];
  return { groups: all('groups'), users: all('users') };
};

const explainRight = (rules: readonly RightsRule[], person: Person, right: Right): RightExplained => {
  const mine = rules.filter((rule) => rule.right === right && isMeant(rule, person));
  return {
    right,
    anywhere: mayAnywhere(rules, person, right),
    granted: mine.filter(({ effect }) => effect === 'allow'),
    withheld: mine.filter(({ effect }) => effect === 'deny'),
    holders: holdersOf(rules, right),
  };
};
