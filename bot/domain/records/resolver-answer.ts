/** What a machine's own resolver gives for a record that was changed, compared with the plan. */
import type { InspectionRecord, KmsTarget, NetworkFailure, SrvLookup } from '../inspection-record.ts';
import { plainName } from './dns-name.ts';
import type { ResolverAnswer } from './record-outcome.ts';
import type { RecordPlan } from './record-plan.ts';
import type { NameState } from './record-set.ts';
import type { SrvAnswer } from './srv-answer.ts';
import { formatSrv, parseSrv } from './srv-record.ts';

/** The answer of a machine, but for which one it is. */
export type Given = Omit<ResolverAnswer, 'nodeId' | 'siteId' | 'name'>;

/** Values that are told of one machine. */
const MOST_VALUES = 8;

/** Undefined where the machine does not ask in the plan's domain, or could not tell. */
export const resolverAnswer = (record: InspectionRecord, plan: RecordPlan): Given | undefined => {
  const lookups = record.srvLookups.read ? record.srvLookups.value : [];
  const lookup = lookups.find(({ domain }) => plainName(domain) === plan.place.domain);
  if (lookup === undefined) return undefined;
  return { ...given(lookup, record, plan), ...reachesAdded(record, plan) };
};

const given = ({ outcome }: SrvLookup, { dropped }: InspectionRecord, plan: RecordPlan): Given => {
  if (!outcome.found) {
    const isMeant = plan.after.srv === undefined && isAbsence(outcome.why);
    return { gives: isMeant ? 'planned' : 'nothing', values: [], code: codeOf(outcome.why) };
  }
  const seen = [
    ...new Set(outcome.answers.map((answer) => formatSrv({ ...answer, target: plainName(answer.target) }))),
  ];
  return { gives: compared(seen, (dropped.srv ?? 0) > 0, plan), values: seen.slice(0, MOST_VALUES) };
};

/**
 * A record holds few answers of a large set: then those that only one side has decide. Values that name no host are
 * nobody's to change, and count on neither side.
 */
const compared = (given: readonly string[], isCut: boolean, { before, after }: RecordPlan): Given['gives'] => {
  const seen = given.filter((text) => answerIn(text) !== undefined);
  const [old, wanted] = [textsOf(before), textsOf(after)];
  if (sameTexts(seen, wanted)) return 'planned';
  if (sameTexts(seen, old)) return 'before';
  if (isCut && isPartOf(seen, wanted) && !isPartOf(seen, old)) return 'planned';
  return isCut && isPartOf(seen, old) && !isPartOf(seen, wanted) ? 'before' : 'otherwise';
};

const textsOf = ({ srv }: NameState): ReadonlySet<string> =>
  new Set((srv?.values ?? []).flatMap((value) => answerIn(value) ?? []));

const answerIn = (value: string): string | undefined => {
  const answer = parseSrv(value);
  return answer === undefined ? undefined : formatSrv(answer);
};

const isPartOf = (seen: readonly string[], all: ReadonlySet<string>): boolean => seen.every((text) => all.has(text));

const sameTexts = (seen: readonly string[], all: ReadonlySet<string>): boolean =>
  seen.length === all.size && isPartOf(seen, all);

const isAbsence = (why: NetworkFailure): boolean => why === 'nxdomain' || why === 'nodata';

const codeOf = (why: NetworkFailure): string => (typeof why === 'string' ? why : 'code' in why ? why.code : why.word);

/**
 * Whether the answer may be one that a resolver on the way has kept from before the change: the earlier values, or,
 * where there was no record, that there is none.
 */
export const mayBeKept = ({ gives, code }: Given, { before }: RecordPlan): boolean =>
  gives === 'before' || (gives === 'nothing' && before.srv === undefined && (code === 'nxdomain' || code === 'nodata'));

/** The longest that anybody waits for it. */
const LONGEST_KEPT_SECONDS = 300;

/** Seconds for which a resolver may keep what it had; how long it keeps that there is no record is not known. */
export const keptSeconds = ({ before }: RecordPlan): number =>
  Math.min(before.srv?.ttlSeconds ?? LONGEST_KEPT_SECONDS, LONGEST_KEPT_SECONDS);

/** Whether {@link keptSeconds} is all the time for which a resolver may give the earlier record. */
export const isGoneByThen = ({ before }: RecordPlan): boolean =>
  before.srv !== undefined && before.srv.ttlSeconds <= LONGEST_KEPT_SECONDS;

/** Targets that the plan adds, or gives other numbers. */
const addedIn = ({ edits }: RecordPlan): readonly SrvAnswer[] =>
  edits.flatMap((edit) => (edit.kind === 'add' ? [edit.answer] : edit.kind === 'change' ? [edit.to] : []));

/** Empty where none of them was tried. */
const reachesAdded = ({ targets }: InspectionRecord, plan: RecordPlan): Pick<Given, 'reaches' | 'unresolved'> => {
  const added = new Set(addedIn(plan).map(({ target, port }) => `${target}:${port}`));
  const told = (targets.read ? targets.value : []).filter(({ host, port }) => added.has(`${plainName(host)}:${port}`));
  const tried = told.filter(({ tcp }) => tcp !== undefined);
  if (tried.length > 0) return { reaches: tried.some(answers) };
  return told.length > 0 && told.every(hasNoAddress) ? { unresolved: true } : {};
};

const hasNoAddress = ({ resolution }: KmsTarget): boolean => resolution.ok === false && isAbsence(resolution.why);

const answers = ({ tcp, bind }: KmsTarget): boolean => tcp === 'ok' && (bind === undefined || bind === 'ok');
