/** Values of a plan in words: what is there, and what will be. */
import type { FirewallProfileName } from '../../domain/change/host-settings.ts';
import type { ChangePlan, PlannedNode, ValueChange } from '../../domain/change/plan.ts';
import { entryOf } from '../messages/wording.ts';
import { code, words } from '../mrkdwn.ts';
import type { ChangeSpeech } from './change-speech.ts';

type Texts = ChangeSpeech['say']['plan'];
type What = ValueChange['what'];

/** What changes on a machine, value by value; of a test what it tries. */
export const valueLines = ({ spec }: ChangePlan, { changes }: PlannedNode, speech: ChangeSpeech): readonly string[] =>
  spec.kind === 'test'
    ? [speech.say.plan.tested(words(spec.host.host, 80))]
    : changes.map((change) => valueLine(change, speech.say.plan));

function valueLine({ what, before, after }: ValueChange, plan: Texts): string {
  switch (what) {
    case 'resolver-cache':
      return plan.cacheEmptied;
    case 'service':
      return plan.serviceRestarts;
    case 'restart':
      return plan.machineRestarts;
    default:
      return plan.change(plan.values[what], valueWords(what, before, plan), valueWords(what, after, plan));
  }
}

/** Values that machines set themselves; the others are words of a closed list. */
const OPEN: readonly What[] = [
  'assignment',
  'product-assignment',
  'lookup-domain',
  'product-lookup-domain',
  'publish-list',
  'record',
];

const INTERVALS: readonly What[] = ['activation-interval', 'renewal-interval'];

function valueWords(what: What, value: string | null, plan: Texts): string {
  if (value === null || value === '') return plan.none[what];
  if (what === 'key') return plan.key(words(value, 5));
  if (what === 'firewall') return profileWords(value, plan);
  if (what === 'publish-list')
    return words(
      value
        .trim()
        .split(/\s*\n\s*/)
        .join('; '),
      300,
    );
  if (INTERVALS.includes(what) && /^\d{1,6}$/.test(value)) return plan.minutes(Number(value));
  const known = OPEN.includes(what) ? undefined : entryOf(plan.valueWords, value);
  return known ?? (what === 'record' ? code(value, 300) : words(value, 80));
}

const LETTERS: Readonly<Record<string, FirewallProfileName>> = { d: 'domain', p: 'private', u: 'public' };

/** Profiles by their names, or by their letters as machines give them. */
function profileWords(value: string, plan: Texts): string {
  const named = /^[dpu]+$/.test(value) ? [...value].map((letter) => LETTERS[letter] ?? letter) : value.split(/[\s,]+/);
  return named.map((name) => entryOf(plan.profiles, name) ?? words(name, 20)).join(plan.and);
}

/** What of a machine was there before, e.g. `Assigned host kms-old`. */
export const beforeWords = ({ changes }: PlannedNode, { say: { plan } }: ChangeSpeech): string =>
  changes
    .filter(({ what }) => what !== 'service' && what !== 'restart')
    .map(({ what, before }) => `${plan.values[what]} ${valueWords(what, before, plan)}`)
    .join(', ');
