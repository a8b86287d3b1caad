/** What documents did beside the change itself: how a key was fetched, where the registry was saved, what DNS took. */
import type { DomainProof } from '../../domain/change/domain-proof.ts';
import type { NodeOutcome } from '../../domain/change/plan.ts';
import { entryOf } from '../messages/wording.ts';
import { code, words } from '../mrkdwn.ts';
import type { ChangeSpeech } from './change-speech.ts';
import { reasonWords } from './outcome-reasons.ts';

/** Domains that a message has room for. */
const DOMAINS = 6;
const PATHS = 2;
const SUCCESS = '00000000';
const IN_TIME = 'none';

/** Lines of all machines together; empty where there is nothing to tell. */
export function detailLines(outcomes: readonly NodeOutcome[], speech: ChangeSpeech): readonly string[] {
  const { details } = speech.say;
  const ways = unique(outcomes.flatMap(({ via }) => via ?? []));
  const paths = unique(outcomes.flatMap(({ saved }) => saved ?? [])).slice(0, PATHS);
  const published = outcomes.flatMap((outcome) => outcome.published ?? []).slice(0, DOMAINS);
  const rearms = unique(outcomes.flatMap(({ rearmsLeft }) => rearmsLeft ?? []));
  return [
    ...(ways.length === 0 ? [] : [details.fetched(ways.map((way) => details.via[way]))]),
    ...published.map((each) => publishedWords(each, speech)),
    ...paths.map((path) => details.saved(code(path, 200))),
    ...rearms.slice(0, 1).map((left) => details.rearms(left)),
  ];
}

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

function publishedWords(
  { domain, code: result }: { readonly domain: string; readonly code: string },
  speech: ChangeSpeech,
) {
  const { details } = speech.say;
  const where = words(domain, 100);
  if (result === SUCCESS) return details.published(where);
  return result === IN_TIME
    ? details.publishingUnknown(where)
    : details.notPublished(where, entryOf(details.notPublishedWhy, result) ?? reasonWords(result, speech));
}

/** What one client of each domain sees of a host that was told where to publish; empty of other changes. */
export function clientLines(clients: readonly DomainProof[] | undefined, speech: ChangeSpeech): readonly string[] {
  return (clients ?? []).slice(0, DOMAINS).map((proof) => clientWords(proof, speech));
}

function clientWords({ domain, client, finds, byName, byAddress }: DomainProof, { say }: ChangeSpeech): string {
  const { clients } = say.details;
  const where = words(domain, 100);
  if (client === undefined) return clients.nobody(where);
  const who = words(client.name, 100);
  if (finds !== true) return clients.unfound(where, who);
  if (byName === false) return clients.noName(where, who);
  if (byAddress === undefined) return clients.found(where, who);
  return byAddress ? clients.well(where, who) : clients.noAnswer(where, who);
}
