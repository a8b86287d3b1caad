/** Who may do what: grants and denials by Slack user group or id, for sites, tags and zones. Deny wins. */

export const RIGHTS = ['viewer', 'operator', 'approver', 'break-glass'] as const;
/** `break-glass`: may have a change applied without its approver, with a reason that everybody reads. */
export type Right = (typeof RIGHTS)[number];

/** One line of the configuration. */
export interface RightsRule {
  readonly effect: 'allow' | 'deny';
  readonly right: Right;
  /** Everyone of the workspace, or members of these user groups and these people. */
  readonly who: 'everyone' | { readonly groups: readonly string[]; readonly users: readonly string[] };
  /** Only at these sites; absent: at all. */
  readonly sites?: readonly string[];
  /** Only machines carrying one of these tags, and no record, for a zone carries none; absent: all. */
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
  /** Only records of these zones, by name, and no machine; absent: all. Never beside `tags`: that is about nothing. */
  readonly zones?: readonly string[];
}

/** Somebody in Slack, as far as rights are concerned. */
export interface Person {
  readonly userId: string;
  /** `guest`: single- or multi-channel; `foreign`: of another workspace; `gone`: deactivated or unknown. */
  readonly standing: 'member' | 'guest' | 'foreign' | 'gone';
  /** Ids of those user groups that the rules name and the person is in. */
  readonly groups: readonly string[];
  /** Groups that the rules name and that are gone or switched off: who was in them is not known. Absent for none. */
  readonly lostGroups?: readonly string[];
}

/** Where a right is to be used: a site, and there on a machine with its tags, or on the record of a zone. */
export interface NodeScope {
  readonly siteId: string;
  /** Absent where they are not known: then no rule for a tag allows, and every rule for a tag denies. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The zone whose record it is about: then there is no machine, and no tag. */
  readonly zone?: string;
}

export type RightsDecision =
  | { readonly allowed: true; readonly rule: RightsRule }
  | { readonly allowed: false; readonly why: 'no-rule' }
  | { readonly allowed: false; readonly why: 'denied'; readonly rule: RightsRule }
  | { readonly allowed: false; readonly why: 'guest' | 'foreign' | 'gone' };

/** Whether a rule is about this person. A group that is lost gives nobody a right, and takes it from everybody. */
export const isMeant = ({ who, effect }: RightsRule, { userId, groups, lostGroups = [] }: Person): boolean =>
  who === 'everyone' ||
  who.users.includes(userId) ||
  who.groups.some((group) => groups.includes(group) || (effect === 'deny' && lostGroups.includes(group)));

const atSite = ({ sites }: RightsRule, siteId: string): boolean => sites === undefined || sites.includes(siteId);

const onTags = ({ tags, effect }: RightsRule, known: NodeScope['tags']): boolean => {
  if (tags === undefined) return true;
  if (known === undefined) return effect === 'deny';
  return tags.some(({ key, value }) => Object.hasOwn(known, key) && known[key] === value);
};

/** Whether a rule is about this machine, or about this record. One that is not neither allows nor denies there. */
const isAbout = (rule: RightsRule, { siteId, tags, zone }: NodeScope): boolean => {
  if (!atSite(rule, siteId)) return false;
  if (zone === undefined) return rule.zones === undefined && onTags(rule, tags);
  return rule.tags === undefined && (rule.zones === undefined || rule.zones.includes(zone));
};

/** Neither sites nor tags nor zones narrow it. */
const isUnlimited = ({ sites, tags, zones }: RightsRule): boolean =>
  sites === undefined && tags === undefined && zones === undefined;

/** Guests may look where everyone may; nobody of elsewhere may do anything. */
const refusedByStanding = ({ standing }: Person, right: Right): 'guest' | 'foreign' | 'gone' | undefined => {
  if (standing === 'foreign' || standing === 'gone') return standing;
  return standing === 'guest' && right !== 'viewer' ? 'guest' : undefined;
};

/** Whether this person has the right there. Without a rule that allows it, nobody has. */
export const decideRight = (
  rules: readonly RightsRule[],
  person: Person,
  right: Right,
  scope: NodeScope,
): RightsDecision => {
  const standing = refusedByStanding(person, right);
  if (standing !== undefined) return { allowed: false, why: standing };
  const meant = rules.filter((rule) => rule.right === right && isMeant(rule, person) && isAbout(rule, scope));
  const denied = meant.find(({ effect }) => effect === 'deny');
  if (denied !== undefined) return { allowed: false, why: 'denied', rule: denied };
  const allowed = meant.find(({ effect }) => effect === 'allow');
  return allowed === undefined ? { allowed: false, why: 'no-rule' } : { allowed: true, rule: allowed };
};

/** Whether this person has the right anywhere at all: what can be told before machines or records are known. */
export const mayAnywhere = (rules: readonly RightsRule[], person: Person, right: Right): RightsDecision => {
  const standing = refusedByStanding(person, right);
  if (standing !== undefined) return { allowed: false, why: standing };
  const meant = rules.filter((rule) => rule.right === right && isMeant(rule, person));
  const everywhere = meant.find((rule) => rule.effect === 'deny' && isUnlimited(rule));
  if (everywhere !== undefined) return { allowed: false, why: 'denied', rule: everywhere };
  const allowed = meant.find(({ effect }) => effect === 'allow');
  return allowed === undefined ? { allowed: false, why: 'no-rule' } : { allowed: true, rule: allowed };
};

/** The user groups that any rule names, each once: whose members have to be known. */
export const groupsOf = (rules: readonly RightsRule[]): readonly string[] => [
  ...new Set(rules.flatMap(({ who }) => (who === 'everyone' ? [] : who.groups))),
];

/** Whether everyone of the workspace has the right everywhere, so that nobody has to be looked up. */
export const isForEveryone = (rules: readonly RightsRule[], right: Right): boolean => {
  const meant = rules.filter((rule) => rule.right === right);
  const open = (rule: RightsRule) => rule.effect === 'allow' && rule.who === 'everyone' && isUnlimited(rule);
  return meant.some(open) && meant.every(({ effect }) => effect === 'allow');
};

/** What holds where no rules are configured: everyone may look, nobody may change anything. */
export const DEFAULT_RULES: readonly RightsRule[] = [{ effect: 'allow', right: 'viewer', who: 'everyone' }];
