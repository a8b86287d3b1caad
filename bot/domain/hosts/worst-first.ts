/** The order of concerns about one host, and of hosts: worst first by what it does to machines. */
import type { HostConcern, HostStory } from './host-story.ts';

type Grade = HostConcern['kind'] | 'not-running';

/** An agent that is offline keeps the bot out and nobody else: only an instance that does not run serves no client. */
const gradeOf = (concern: HostConcern): Grade =>
  concern.kind === 'offline' && concern.state !== undefined ? 'not-running' : concern.kind;

/** What stops every client, what stops some of them, what nobody could look at, what will stop them, what is untidy. */
const WORST_FIRST: readonly Grade[] = [
  'not-running',
  'service-stopped',
  'not-activated',
  'not-listening',
  'listens-without-answering',
  'firewall-closed',
  'clock-off',
  'below-threshold',
  'clients-cannot-reach',
  'key-too-old',
  'update-needed',
  'offline',
  'no-answer',
  'falls-below',
  'count-split',
  'duplicates',
  'activation-ends',
  'refuses',
  'publishing-fails',
  'idle',
  'unknown-host',
  'nobody-reaches',
];

/** The smaller, the worse. */
const badness = (concern: HostConcern): number => WORST_FIRST.indexOf(gradeOf(concern));

/** Concerns in order, worst first; those of one kind keep theirs. */
export const worstFirst = (concerns: readonly HostConcern[]): readonly HostConcern[] =>
  [...concerns].sort((a, b) => badness(a) - badness(b));

/** Whether it is known or seen to be a KMS host of ours; else it is a name that machines were given by mistake. */
export const isRealHost = ({ concerns }: HostStory): boolean =>
  concerns.every(({ kind }) => kind !== 'unknown-host' && kind !== 'nobody-reaches');

/** Nobody of the fleet asks it, and its whole log has no client. */
const isUnasked = ({ clients, digest }: HostStory): boolean =>
  clients.reached + clients.failed === 0 && digest?.complete === true && digest.clients === 0;

/** Hosts whose trouble machines feel, hosts in trouble that nobody asks, hosts that are well, mere names. */
function tier(story: HostStory): number {
  if (!isRealHost(story)) return 3;
  if (story.concerns.length === 0) return 2;
  return isUnasked(story) ? 1 : 0;
}

/** Of two hosts with the same trouble the one that more machines fail to reach comes first, then the one with more. */
export function compareHosts(a: HostStory, b: HostStory): number {
  const [worstA, worstB] = [a.concerns[0], b.concerns[0]];
  return (
    tier(a) - tier(b) ||
    (worstA === undefined || worstB === undefined ? 0 : badness(worstA) - badness(worstB)) ||
    b.clients.failed - a.clients.failed ||
    b.concerns.length - a.concerns.length ||
    byName(a, b)
  );
}

const byName = (a: HostStory, b: HostStory): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
