/** How changes end, in English. Values are escaped before they come here. */
import type { OutcomeTexts } from './change-outcome-words.ts';
import { refusals } from './change-refusals-en.ts';
import { keyOutcomes, keyRefused } from './key-outcomes-en.ts';

const number = (value: number): string => value.toLocaleString('en');
const machines = (count: number): string => `${number(count)} ${count === 1 ? 'machine' : 'machines'}`;
const by = (person: string): string => (person === '' ? '' : ` by ${person}`);
const who = (count: number, all: number): string =>
  all === 1 ? 'it' : count < all ? `${number(count)} of ${number(all)}` : all === 2 ? 'both' : `all ${number(all)}`;
const because = (reason: string): string => (reason === '' ? '' : `: ${reason}`);
/** A sentence as a clause; words of capitals stay. */
const lower = (sentence: string): string =>
  /^[A-Z][A-Z]/.test(sentence) ? sentence : sentence.charAt(0).toLowerCase() + sentence.slice(1);
const soFar = (done: number, all: number): string =>
  done === 0
    ? 'nothing was changed'
    : `${number(done)} of ${machines(all)} ${done === 1 ? 'was' : 'were'} done before that`;

export const outcomes: OutcomeTexts = {
  ...keyOutcomes,
  ...refusals,
  ended: {
    done: (fact, activated, not, count) =>
      not > 0
        ? `${fact}; ${count === 1 ? 'it is' : `${number(not)} ${not === 1 ? 'is' : 'are'}`} still not activated.`
        : activated === 0
          ? `${fact}.`
          : `${fact}; ${activated < count ? `${number(activated)} are` : count === 1 ? 'it is' : `all ${number(count)} are`} activated.`,
    doneForGood: (fact, count) =>
      `${fact}; ${count === 1 ? 'it is' : `all ${number(count)} are`} permanently activated.`,
    butUnreached: (fact, count, all) =>
      `${fact}, but ${all === 1 ? 'it does' : count === all ? 'none of them does' : `${number(count)} of ${number(all)} do`} not reach the KMS host now`.replace(
        'none of them does not reach',
        'none of them reaches',
      ),
    butOldPort: (fact, port) => `${fact}, but the DNS record still sends clients to port ${port}`,
    butWorst: (fact, count, all, predicate) => `${fact}, but ${who(count, all)} ${predicate}`,
    failed: (todo, count, all, predicate) => `Could not ${todo}; ${who(count, all)} ${predicate}`,
    failedWhy: (todo, why) => `Could not ${todo}: ${why}`,
    allAlreadySo: (_, count) =>
      `Nothing to do: ${count === 1 ? 'the machine is' : `all ${machines(count)} are`} as wanted already.`,
    leftAll: (whom, why) => `Nothing was changed on ${whom}: ${lower(why)}`,
    nobodyMeant: (command) => `Nothing was changed: no machine fits ${command}`,
    seeBelow: (command) => `Nothing was changed: no machine of ${command} can be, for the reasons below`,
    doneUnheard: (todo, reason) =>
      `Done, as a second look shows, though no answer came${reason === '' ? '' : ` (${reason})`}: ${todo}`,
    unclear: (todo, reason) => `It is not known whether this worked: ${todo}${reason === '' ? '' : ` (${reason})`}`,
    rejected: (todo, person) => `Rejected${by(person)}, nothing was changed: ${todo}`,
    expired: (todo) => `Nobody approved it in time, so nothing was changed: ${todo}`,
    cancelled: (todo, person, done, all) => `Cancelled${by(person)}, ${soFar(done, all)}: ${todo}`,
    stopped: (todo, person, done, all) =>
      person === ''
        ? `Stopped because nobody decided in time whether to go on, ${soFar(done, all)}: ${todo}`
        : `Stopped${by(person)}, ${soFar(done, all)}: ${todo}`,
    error: (todo) => `Ended with an error on my side, see which machines it reached: ${todo}`,
  },
  fates: {
    'left-half-done': ({ reason, step, before }) =>
      `failed half way${step === '' ? '' : ` at ${step}`}${because(reason)}; this could NOT be put back${before === '' ? '' : `: ${before}`}`,
    failed: ({ reason, step }) =>
      `failed${step === '' ? '' : ` at ${step}`}${because(reason)}; everything there is as it was`,
    lost: ({ count, reason }) =>
      `${count === 1 ? 'was' : 'were'} activated before and ${count === 1 ? 'is' : 'are'} not any more${because(reason)}`,
    'not-activated': ({ count, reason, still }) =>
      still
        ? `${count === 1 ? 'is' : 'are'} still activated and could not renew${because(reason)}`
        : `did not activate${because(reason)}`,
    'no-answer': ({ count, reason }) =>
      `gave no usable answer${because(reason)}; whether ${count === 1 ? 'it was' : 'they were'} changed is not known`,
    refused: ({ count, reason }) => `${count === 1 ? 'was' : 'were'} left alone${because(reason)}`,
    moved: ({ count }) =>
      `${count === 1 ? 'was' : 'were'} changed by somebody else since the plan, and left as ${count === 1 ? 'it is' : 'they are'}`,
    busy: ({ count }) => `${count === 1 ? 'was' : 'were'} left alone: another change of mine is at work there`,
    'not-sent': ({ count, reason }) =>
      `${count === 1 ? 'was' : 'were'} not reached${because(reason)}; nothing was changed there`,
    done: () => 'done',
  },
  refused: {
    'no-product': 'no product key is installed',
    'mak-licensed': 'it is activated with a MAK, and activating again would use up one of its activations',
    'host-key': 'it is itself a KMS host',
    'not-client': 'it holds a key that is not for KMS',
    evaluation: 'an evaluation edition takes no KMS client setup key',
    edition: 'the key is not for its edition',
    'token-only': 'only activation by token is allowed there',
    'service-disabled': 'its Software Protection service (`sppsvc`) is disabled',
    'no-command': 'its Windows lacks the command that is needed',
    ...keyRefused,
  },
  reasons: {
    moved: 'it was changed by somebody else in between',
    busy: 'another change of mine is at work there',
    failed: 'Windows gave no reason',
    refused: 'it refused to try',
    'no-answer': 'nothing came back',
    'not-sent': 'the command was not sent',
    cancelled: 'the change was cancelled before its turn',
    stopped: 'the change was stopped before its turn',
    'site-unreachable': 'AWS did not answer there',
    internal: 'an error on my side',
    'delivery-timed-out': 'the command was not picked up in time',
    'execution-timed-out': 'it did not finish in time',
    undeliverable: 'the command could not be delivered',
    terminated: 'the command was stopped on the machine',
    'access-denied': 'AWS refused the command for it: it is gone, lost the fleet’s tag, or a right is missing',
    'invalid-platform': 'the command does not run on its platform',
    'still-running': 'it was still running when I stopped waiting',
    'no-invocation': 'AWS never sent it the command',
    'not-read': 'its answer could not be fetched',
    other: 'AWS reports a state I do not know',
  },
  reasonExit: (code) => `the command ended with exit code ${code}`,
  reasonUnreadable: 'what came back cannot be read',
  reasonRight: (action) => `${action} is missing from the change role`,
  reasonDocument: (document) => `the document ${document} is not deployed there`,
  next: {
    'left-half-done': () => 'Look at it and put it right by hand: `slmgr /dlv`.',
    failed: (command) => `When the reason is gone: ${command}`,
    lost: () => 'Undo it, or find out why: `/kms diagnose` of one of them.',
    'not-activated': () => 'Find out why: `/kms diagnose` of one of them.',
    refused: () => '',
    moved: (command) => `Plan it anew: ${command}`,
    busy: (command) => `In a few minutes: ${command}`,
    'not-sent': (command) => `For the rest: ${command}`,
    done: () => '',
  },
  stands: {
    before: ({ count, again }) =>
      `A second look shows ${count === 1 ? 'it as it was' : 'them as they were'}: nothing was changed. Once more: ${again}`,
    planned: ({ count, activate }) =>
      `A second look shows the change in force${count === 1 ? '' : ' on all of them'}.${activate === '' ? '' : ` Not activated yet: ${activate}`}`,
    otherwise: ({ count, before, check }) =>
      `A second look shows ${count === 1 ? 'it neither as it was' : 'them neither as they were'}${before === '' ? '' : ` (${before})`} nor as wanted. Look closer: ${check}`,
    unseen: ({ count, before, check }) =>
      `${count === 1 ? 'It' : 'They'} could not be looked at again either.${before === '' ? '' : ` Before the change: ${before}.`} See how ${count === 1 ? 'it is' : 'they are'}: ${check}`,
  },
  botOwner: 'the bot’s owner',
  requester: 'the requester',
  withActor: (sentence, actor) => (actor === '' ? sentence : `${sentence} — ${actor} acts`),
  outcome: (count, predicate) => `• *${number(count)}*  ${predicate}`,
  machinesDone: (count, activated, known) =>
    known === 0
      ? 'done'
      : `done${activated === count ? ' and activated' : `; ${number(activated)} activated${known < count ? `, ${number(count - known)} not known` : ''}${activated < known ? `, ${number(known - activated)} not` : ''}`}`,
  moreFates: (groups, count) =>
    `and ${machines(count)} more for ${number(groups)} other ${groups === 1 ? 'reason' : 'reasons'}`,
  seen: {
    well: (count, host, address) =>
      `*Seen afterwards*  ${count === 1 ? 'it finds' : `${machines(count)} find`} ${host}${address === '' ? '' : `, and ${address}`} answers`,
    noName: (count, host) =>
      `*Seen afterwards*  for ${count === 1 ? 'one machine' : machines(count)} the name ${host} leads nowhere — the DNS owner acts`,
    noAnswer: (count, host) =>
      `*Seen afterwards*  ${count === 1 ? 'one machine gets' : `${machines(count)} get`} no answer from ${host} — the network’s owner acts`,
    oldPort: (host, port) =>
      `*Seen afterwards*  ${host} does not answer on port ${port}, which DNS names; \`/kms dns\` shows the record`,
  },
  couldDiscover: (count) =>
    `*Tip*  ${count === 1 ? 'One machine keeps' : `${machines(count)} keep`} an assigned host though DNS names one that answers; found by DNS, ${count === 1 ? 'it fails' : 'they fail'} over by ${count === 1 ? 'itself' : 'themselves'}`,
  discoverNext:
    '*Next*  Machines that have a KMS host assigned by hand do not ask DNS. Back to discovery they go in waves, each as a plan first.',
  undoUntil: (when) => `Can be undone until ${when}.`,
  proof: {
    srv: ({ machine, host }) =>
      `${machine} activates by the name ${host}: path and host are fine. If DNS alone does not lead it there, the SRV record is wrong or the machine looks for it in the wrong place — the DNS owner acts`,
    'name-resolution': ({ machine, host }) =>
      `${machine} activates by the address of ${host}, but not by its name: name resolution is wrong — the DNS owner acts`,
    path: ({ machine, host }) =>
      `${machine} gets through to ${host} neither by name nor by address: a firewall or the routing is in the way, or the host is down — the network’s owner acts`,
    'host-refuses': ({ machine, host, reason }) =>
      `${host} answers ${machine} and refuses${because(reason)} — the KMS host’s owner acts`,
    undecided: ({ machine, host }) =>
      `The test from ${machine} to ${host} does not decide what is wrong; \`/kms diagnose\` looks at more — nobody has to act yet`,
  },
  attempt: {
    name: (target, result) => `By name, ${target}: ${result}`,
    address: (target, result) => `By address, ${target}: ${result}`,
  },
  activated: 'activated',
  putBack: 'The machine’s own settings are back as they were.',
  notPutBack: 'Its own settings could NOT be put back: look at it with `slmgr /dlv`.',
};
