/** What a person asks for, as edits of the set that is there; or why it is refused. */
import { parseTarget, plainName } from './dns-name.ts';
import { marksIn, type StandingValue, valuesIn } from './marks.ts';
import type { RecordEdit, RecordRefusal, RecordRequest } from './record-plan.ts';
import type { NameState } from './record-set.ts';
import type { SrvAnswer } from './srv-answer.ts';
import { formatSrv, parseSrv, sameAnswer } from './srv-record.ts';
import { isReadable, type ReadableValue } from './standing-values.ts';

export type Decided =
  | { readonly kind: 'edits'; readonly edits: readonly RecordEdit[] }
  | { readonly kind: 'refused'; readonly refusal: RecordRefusal };

/** Where it is decided, and for which deployment. */
export interface Standing {
  readonly state: NameState;
  readonly owner: string;
  readonly domain: string;
}

type DirectRequest = Exclude<RecordRequest, { kind: 'undo' }>;
type AddRequest = Extract<RecordRequest, { kind: 'add' }>;

/** What hosts publish by themselves (kms.md §3): among such values every client has the same chance of each host. */
const DEFAULT_NUMBERS = { priority: 0, weight: 0 } as const;

export const decidedOn = (...edits: readonly RecordEdit[]): Decided => ({ kind: 'edits', edits });
export const refused = (refusal: RecordRefusal): Decided => ({ kind: 'refused', refusal });

/** Decides what is to be done; nothing where everything is so already. */
export const requestedEdits = (request: DirectRequest, standing: Standing): Decided => {
  const parsed = parseTarget(request.target);
  if (!parsed.ok) return refused({ kind: 'bad-target', host: request.target, why: parsed.why });
  const wanted = { ...request, target: parsed.target };
  const values = valuesIn(standing.state, standing.owner);
  return wanted.kind === 'add' ? addition(wanted, values, standing) : ofOneValue(wanted, values, standing);
};

const asTexts = (values: readonly StandingValue[]): readonly string[] => values.map(({ text }) => text);

/** What is not asked for may be anything. */
const isMeant =
  (request: DirectRequest) =>
  ({ answer }: ReadableValue): boolean =>
    answer.target === request.target &&
    (['port', 'priority', 'weight'] as const).every((field) => (request[field] ?? answer[field]) === answer[field]);

const notOurs = ({ text, ownership }: StandingValue): Decided =>
  refused({ kind: 'not-ours', text, ownership: ownership === 'other-bot' ? 'other-bot' : 'foreign' });

const addition = (request: AddRequest, values: readonly StandingValue[], standing: Standing): Decided => {
  const { target, port, priority, weight } = request;
  const ofHost = values.filter(isReadable).filter((value) => isMeant({ kind: 'add', target, port })(value));
  if (ofHost.some(isMeant(request))) return decidedOn();
  const [own, ...others] = ofHost.filter(({ ownership }) => ownership === 'ours');
  if (own !== undefined && others.length > 0)
    return refused({ kind: 'several-values', texts: asTexts([own, ...others]) });
  if (own === undefined && ofHost[0] !== undefined) return notOurs(ofHost[0]);
  const numbers = own?.answer ?? DEFAULT_NUMBERS;
  const answer = { priority: priority ?? numbers.priority, weight: weight ?? numbers.weight, port, target };
  return unlessClaimed(
    answer,
    standing,
    own ? { kind: 'change', from: own.answer, to: answer } : { kind: 'add', answer },
  );
};

/** Another bot's mark whose value has gone still claims it: ours beside it would be in doubt from its first moment. */
const unlessClaimed = (answer: SrvAnswer, { state, owner }: Standing, edit: RecordEdit): Decided =>
  isClaimed(state, owner, answer)
    ? refused({ kind: 'not-ours', text: formatSrv(answer), ownership: 'other-bot' })
    : decidedOn(edit);

/** Whether a mark of another bot stands for this. */
export const isClaimed = (state: NameState, owner: string, answer: SrvAnswer): boolean =>
  marksIn(state).some((mark) => mark.owner !== owner && sameAnswer(mark.answer, answer));

/** Removing and taking over mean one value, or are refused: what is ambiguous is asked again. */
const ofOneValue = (
  request: Exclude<DirectRequest, AddRequest>,
  values: readonly StandingValue[],
  { domain }: Standing,
): Decided => {
  const [value, ...others] = values.filter(isReadable).filter(isMeant(request));
  if (value === undefined) return noneMeant(request, values, domain);
  if (others.length > 0) return refused({ kind: 'several-values', texts: asTexts([value, ...others]) });
  const isOurs = value.ownership === 'ours';
  if (request.kind === 'adopt') return isOurs ? decidedOn() : decidedOn({ kind: 'adopt', answer: value.answer });
  return isOurs ? decidedOn({ kind: 'remove', answer: value.answer }) : notOurs(value);
};

const noneMeant = (
  { kind, target }: Exclude<DirectRequest, AddRequest>,
  values: readonly StandingValue[],
  domain: string,
): Decided => {
  const broken = values.find((value) => !isReadable(value) && namesSomehow(value.text, target));
  if (broken === undefined) return refused({ kind: 'no-such-value', domain, target, texts: asTexts(values) });
  return kind === 'adopt' ? refused({ kind: 'unreadable-value', text: broken.text }) : notOurs(broken);
};

/** A value that is no SRV answer may still have the host in it. */
const namesSomehow = (text: string, target: string): boolean =>
  parseSrv(text) === undefined && text.split(/\s+/).some((word) => plainName(word) === target);
