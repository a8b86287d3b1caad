/**
 * Plans a change of the KMS record of one domain.
 *
 * What it protects. Every machine of a domain finds its KMS host by the one SRV set `_vlmcs._tcp.<domain>`. Hosts that
 * publish by themselves, other people's scripts and other deployments of this bot write into the same set, and Route 53
 * knows no smaller unit: whoever changes one value writes all of them. So a value that is overlooked is a value that is
 * deleted, and an empty set leaves a whole domain without activation.
 *
 * Words. A value is *ours* when a mark of this deployment stands beside it, *another bot's* when a mark of another one
 * does, and *foreign* otherwise; a value that nobody can read is foreign. In doubt it is not ours: claimed by two, or
 * there twice in different spelling.
 *
 * How. The state that was read is never taken apart and put together anew. A request becomes edits, each of which names
 * one answer; an edit is made by copying the sets that were read and touching that one value and its marks. Everything
 * else, also what cannot be read, is carried over letter by letter and in its order, because the DELETE that replaces a
 * set must repeat it exactly and the CREATE after it must lose nothing:
 *
 *     refuse what the name does not allow (routed, alias, another name)
 *     edits := what the request still asks for, by the set as it is; none where it is so already
 *     after := before, edited; inverse := what takes the edits back, marks and spelling verbatim
 *     refuse what breaks a rule: judged by before and after alone
 *     refuse what Route 53 would not take
 *
 * The rules (design §6.7): no value that is not ours goes; no TXT value that is not our mark goes, but for the mark that
 * an approved takeover replaces; and the set is never emptied, with one exception: taking back the change that made the
 * set, while ours is the only value. Moving of the world between this plan and its transaction is not seen here: the
 * exact DELETE sees it, and makes the plan void.
 */
import { applyEdit } from './apply-edit.ts';
import { DEFAULT_TTL_SECONDS, draftOf, lostTtl, stateOf } from './draft.ts';
import { beyondLimit, brokenRule } from './hard-rules.ts';
import { linesOf, type Planned } from './record-lines.ts';
import type { HostNote, RecordEdit, RecordPlan, RecordPlanned, RecordRefusal, RecordRequest } from './record-plan.ts';
import type { NameState, RecordPlace } from './record-set.ts';
import { type Decided, requestedEdits } from './requested-edits.ts';
import type { SrvAnswer } from './srv-answer.ts';
import { undoEdits } from './undo-edits.ts';

/** What a plan is made from. */
export interface RecordGiven {
  readonly place: RecordPlace;
  /** As it was read just now. */
  readonly state: NameState;
  /** This deployment: twelve hexadecimal digits. */
  readonly owner: string;
  /** Id of the change that is planned; stands in its marks. */
  readonly change: string;
  readonly hostNote?: (answer: SrvAnswer) => HostNote | undefined;
}

const refused = (refusal: RecordRefusal): RecordPlanned => ({ kind: 'refused', refusal });

/** Plans it, or says why not. A plan without edits: everything is so already. */
export const planRecords = (request: RecordRequest, given: RecordGiven): RecordPlanned => {
  const { place, state } = given;
  if (state.untouchable !== undefined)
    return refused({ kind: 'untouchable', domain: place.domain, why: state.untouchable });
  const decided = decide(request, given);
  if (decided.kind === 'refused') return decided;
  const made = makeEdits(decided.edits, given, ttlFrom(request));
  const objection = objectionTo(made, request, given);
  return objection === undefined ? { kind: 'plan', plan: planOf(made, request, given) } : refused(objection);
};

const decide = (request: RecordRequest, { state, owner, place: { domain } }: RecordGiven): Decided =>
  request.kind === 'undo'
    ? undoEdits(request, { state, owner, domain }, draftOf(state, ttlFrom(request)))
    : requestedEdits(request, { state, owner, domain });

/** TTLs that an inverse remembers of sets that went. */
const ttlFrom = (request: RecordRequest): RecordEdit['ttl'] =>
  request.kind === 'undo' ? request.edits.find(({ ttl }) => ttl !== undefined)?.ttl : undefined;

type Made = Planned & Pick<RecordPlan, 'inverse'>;

const makeEdits = (edits: readonly RecordEdit[], given: RecordGiven, ttl: RecordEdit['ttl']): Made => {
  const { state: before, owner, change } = given;
  let draft = draftOf(before, ttl);
  const inverse: RecordEdit[] = [];
  for (const edit of edits) {
    const edited = applyEdit(draft, edit, { owner, change });
    draft = edited.draft;
    inverse.unshift(edited.inverse);
  }
  const after = edits.length === 0 ? before : stateOf(draft);
  const remembered = lostTtl(before, after);
  return { edits, before, after, inverse: inverse.map((edit) => ({ ...edit, ...remembered })) };
};

const objectionTo = (made: Made, request: RecordRequest, given: RecordGiven): RecordRefusal | undefined => {
  const { domain } = given.place;
  const broken = brokenRule(made, given.owner, request.kind === 'undo' && request.createdSet);
  if (broken?.rule === 'empties') return { kind: 'would-be-empty', domain, text: broken.text };
  // Edits are only made of what is ours: this would be a mistake of the planner, and must not become a change.
  if (broken !== undefined) throw new Error(`The plan of a record ${broken.rule}: ${broken.text}`);
  const beyond = beyondLimit(made.before, made.after);
  return beyond && { kind: 'set-full', domain, ...beyond };
};

const planOf = (made: Made, request: RecordRequest, given: RecordGiven): RecordPlan => {
  const { edits, before, after, inverse } = made;
  const lines = linesOf(made, given.owner, given.hostNote);
  const createsSet = before.srv === undefined && after.srv !== undefined;
  return { place: given.place, edits, before, after, lines, inverse, createsSet, ttl: ttlOf(made, request) };
};

const ttlOf = ({ before, after }: Made, request: RecordRequest): RecordPlan['ttl'] => {
  const seconds = (after.srv ?? before.srv)?.ttlSeconds ?? DEFAULT_TTL_SECONDS;
  const isKept = before.srv !== undefined || ttlFrom(request)?.srv !== undefined;
  return { seconds, why: isKept ? 'kept' : 'default' };
};
