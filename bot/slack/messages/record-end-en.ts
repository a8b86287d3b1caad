/** How changes of records end, in English. Values are escaped before they come here. */
import { MENDED_BY, type WriteRefusal } from '../../domain/records/record-outcome.ts';
import { durationEn } from './record-spans.ts';
import type { RecordEndTexts } from './record-words.ts';

const number = (value: number): string => value.toLocaleString('en');
const machines = (count: number): string => `${number(count)} ${count === 1 ? 'machine' : 'machines'}`;
const of = (detail: string): string => (detail === '' ? '' : ` (${detail})`);

/** Of the machines that were asked, as the subject of "does not". */
const who = (count: number, all: number): string => {
  if (all === 1) return 'the one machine asked does';
  if (count === all) return `${all === 2 ? 'both' : `all ${number(all)}`} machines asked do`;
  return `${number(count)} of ${machines(all)} asked ${count === 1 ? 'does' : 'do'}`;
};

const WHY: Readonly<Record<WriteRefusal, string>> = {
  'zone-gone': 'Route 53 no longer has the zone',
  limit: 'Route 53 has reached a limit of the zone or of one batch',
  value: 'Route 53 does not take one of the values',
  name: 'Route 53 does not permit the name in this zone',
  conflict: 'something else has come to stand at the name meanwhile',
  malformed: 'Route 53 could not read the batch',
};

const ACTS = { 'dns-owner': 'the DNS owner acts', 'bot-owner': 'the bot’s owner acts' } as const;

export const ended: RecordEndTexts = {
  sentence: (text) => `${text}.`,
  done: {
    'in-sync': (fact) => `${fact}, and every name server has it`,
    'not-yet': (fact) => `${fact}; that every name server has it is not confirmed yet`,
    lost: (fact) => `${fact}, as the record itself shows: Route 53’s answer got lost`,
  },
  sees: {
    add: (names, count, host) => `; ${names} now ${count === 1 ? 'finds' : 'find'} ${host}`,
    remove: (names, count, host) => `; ${names} no longer ${count === 1 ? 'finds' : 'find'} ${host}`,
    other: (names, count) => `; ${names} ${count === 1 ? 'sees' : 'see'} it`,
  },
  but: {
    see: (count, all) => `, but ${who(count, all)} not see it`,
    resolve: (count, all) => `, but ${who(count, all)} not find an address of its host`,
    reach: (count, all) => `, but ${who(count, all)} not reach its host`,
  },
  nothingToDo: (domain) => `Nothing to do: the KMS record of ${domain} is as wanted already.`,
  notOursYet: (host, command) =>
    `${host} stands there, but is not ours, so I would never change it. To take it over: ${command}`,
  moved: (domain) =>
    `Nothing was written: somebody else changed the KMS record of ${domain} before I could — the requester acts`,
  askAgain: (command) => `Ask again, and the plan is made from the record as it is now: ${command}`,
  failed: (todo, why) => `Could not ${todo}: ${WHY[why]}, so nothing was written — ${ACTS[MENDED_BY[why]]}`,
  failedStep: {
    'zone-gone': () => 'Correct or remove its line in `zones` in `infra/config.json` and deploy; then ask again.',
    limit: () =>
      'Remove what nobody needs, or ask AWS for more (Service Quotas → Amazon Route 53 → Records per hosted zone); then ask again.',
    value: () => 'Correct the value in the Route 53 console where somebody else wrote it; then ask again.',
    name: () => 'Check that the domain lies in the zone; then ask again.',
    conflict: () =>
      'In the Route 53 console, remove the CNAME or the routing policy that stands at the name; then ask again.',
    malformed: (change) => `That is a mistake of mine: give the bot’s owner the change ${change}.`,
  },
  failedWhy: (detail) => `*Route 53 says*  ${detail}`,
  error: (todo) => `Ended with an error on my side; look at what stands there now: ${todo} — the bot’s owner acts`,
  look: (command) => `What stands there now: ${command}`,
  notInSync: (command) =>
    `Route 53 has taken the change, and usually needs less than a minute; I stopped waiting. See for yourself: ${command}`,
  notFollowed: (right, command) =>
    `Route 53 has taken the change, and usually needs less than a minute; I cannot follow it, since ${right} is missing from the change role (whoever runs the deployment has to give it back). See for yourself: ${command}`,
  answerLost: (command) =>
    `I read the record again, and it is as planned. Whether every name server has it cannot be followed this time; it usually takes less than a minute. See for yourself: ${command}`,
  seen: {
    planned: ({ count, names }) => `• *${number(count)}*  ${count === 1 ? 'sees' : 'see'} it as planned: ${names}`,
    before: ({ count, names, seconds }) =>
      `• *${number(count)}*  still ${count === 1 ? 'has' : 'have'} the old answer in a cache, for up to ${durationEn(seconds)}: ${names}`,
    otherwise: ({ count, names, detail }) =>
      `• *${number(count)}*  ${count === 1 ? 'gets' : 'get'} another answer${of(detail)}: ${names}. Another DNS answers there: a forwarding rule, a server of the company, a zone of the same name`,
    nothing: ({ count, names, detail }) =>
      `• *${number(count)}*  ${count === 1 ? 'finds' : 'find'} no record${of(detail)}: ${names}`,
    waiting: ({ count, names }) =>
      `• *${number(count)}*  still ${count === 1 ? 'gets' : 'get'} the old answer, as not every name server has the new one: ${names}`,
    outlived: ({ count, names, seconds }) =>
      `• *${number(count)}*  still ${count === 1 ? 'gets' : 'get'} the old record from ${count === 1 ? 'its resolver' : 'their resolvers'}, though its TTL of ${durationEn(seconds)} is over: ${names}`,
    unresolved: ({ count, names }) =>
      `• *${number(count)}*  ${count === 1 ? 'finds' : 'find'} the new host, and no address of its name: ${names}`,
    unreached: ({ count, names }) =>
      `• *${number(count)}*  ${count === 1 ? 'finds' : 'find'} the new host and ${count === 1 ? 'does' : 'do'} not reach it: ${names}`,
  },
  seenStep: {
    before: (command) => `It goes by itself; at once: ${command}`,
    otherwise: (command) => `Find out which: ${command}`,
    nothing: (command) => `Find out why: ${command}`,
    outlived: (command) => `Find out why: ${command}`,
    unresolved: (command) => `Give the name an address (A record), or undo; then look: ${command}`,
    unreached: (command) => `Find out what is in between: ${command}`,
  },
  unasked: {
    'public-zone': (domain, command) =>
      `No machine was asked: the zone is public, and the DNS of the machines may hold a ${domain} of its own. Compare: ${command}`,
    'no-machine': (domain, command) =>
      `No machine was asked: none that is online looks in ${domain}. When one is: ${command}`,
    'no-answer': (_, command) => `The machines that were asked gave no answer. In a few minutes: ${command}`,
  },
  waited: {
    one: (command) =>
      `Machines that waited for a KMS host try again by themselves, usually within 2 hours; at once: ${command}`,
    several: (command) =>
      `Machines that waited for a KMS host try again by themselves, usually within 2 hours; which still wait: ${command}`,
  },
  assignedStay: 'Machines with an assigned host do not follow the record: `/kms discover` lets them.',
};
