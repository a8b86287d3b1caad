/** What a person reads at once of changes and of rights, in English: loaded when somebody asks for a change. */
import type { ChangeKind } from '../../domain/change/change-spec.ts';
import type { DecisionWord } from '../../domain/change/change-status.ts';
import type { ClickRefusal } from '../../domain/change/decide.ts';
import type { Person, Right } from '../../domain/rights/rights.ts';
import type { Safe } from '../mrkdwn.ts';

/** What was understood: the machines in words, or the zone of a record, and the value that is set. */
type Planning = (what: string, value: Safe) => string;

const planning: Readonly<Record<ChangeKind, Planning>> = {
  activate: (what) => `Planning to activate ${what}.`,
  point: (what, host) => `Planning to assign the KMS host ${host} to ${what}.`,
  'point-amazon': (what) => `Planning to assign Amazon's activation servers to ${what}.`,
  discover: (what) => `Planning to bring ${what} back to finding a KMS host by DNS.`,
  'activation-type': (what, type) => `Planning to set the kind of activation to ${type} on ${what}.`,
  lookup: (what, domain) =>
    domain === ''
      ? `Planning to clear the lookup domain of ${what}.`
      : `Planning to set the lookup domain to ${domain} on ${what}.`,
  caching: (what, state) => `Planning to set host caching to ${state} on ${what}.`,
  'flush-dns': (what) => `Planning to clear the DNS resolver cache of ${what}.`,
  'client-key': (what) => `Planning to install the KMS client setup key of the edition on ${what}.`,
  test: (what, host) => `Planning to test the KMS host ${host} from ${what}, and to put everything back.`,
  'stored-key': (what, key) => `Planning to install the stored key ${key} on ${what}; each machine fetches it itself.`,
  phone: (what) => `Planning to activate ${what} by phone.`,
  rearm: (what, restart) => `Planning to reset the grace period of ${what}${restart === '' ? '' : ' and restart it'}.`,
  restart: (what) => `Planning to restart ${what}.`,
  'host-setup': (what, key) => `Planning to make a KMS host of ${what} with the stored key ${key}.`,
  'host-publish': (what, state) => `Planning to switch the publishing of ${what} ${state}.`,
  'host-domains': (what, domains) =>
    domains === ''
      ? `Planning to let ${what} publish in its own domain only.`
      : `Planning to let ${what} publish in ${domains} as well.`,
  'host-port': (what, port) => `Planning to let the KMS of ${what} listen on port ${port}.`,
  'host-intervals': (what, minutes) => `Planning to set the intervals of ${what} to ${minutes} minutes.`,
  'host-priority': (what, priority) => `Planning to run the KMS of ${what} with the priority ${priority}.`,
  'host-firewall': (what) => `Planning to let KMS clients through the firewall of ${what}.`,
  'host-restart': (what) => `Planning to restart the KMS service of ${what}.`,
  'host-retire': (what) => `Planning to retire the KMS host ${what}.`,
  undo: (_, id) => `Planning to take the change ${id} back.`,
  'dns-add': (zone, host) => `Planning to add ${host} to the KMS record of ${zone}.`,
  'dns-remove': (zone, host) => `Planning to remove ${host} from the KMS record of ${zone}.`,
  'dns-adopt': (zone, host) => `Planning to take over ${host} in the KMS record of ${zone}, which stays as it is.`,
};

const right: Readonly<Record<Right, string>> = {
  viewer: 'viewer',
  operator: 'operator',
  approver: 'approver',
  'break-glass': 'break-glass',
};

/** Why somebody may do nothing of the kind, whatever the rules say. */
const standing: Readonly<Record<Exclude<Person['standing'], 'member'>, string>> = {
  guest: 'Guests of this workspace may look at most; they change nothing.',
  foreign: 'You belong to another workspace, and only people of this one may do that.',
  gone: 'Slack does not know your account as an active one, so I cannot act for you.',
};

const taken: Readonly<Record<DecisionWord, string>> = {
  approve: 'Approved. I look again, and begin if nothing has moved.',
  reject: 'Rejected. Nothing is changed.',
  'break-glass': 'Begun without an approver. I look again first; everybody reads your reason.',
  'go-on': 'Going on with the next machines.',
  cancel: 'Cancelled. Nothing more is changed.',
  confirmation:
    'Taken. The machine fetches the Confirmation ID now; my message about the change shows what comes of it.',
};

const refusedClick: Readonly<Record<Exclude<ClickRefusal['why'], 'no-right' | 'already-decided'>, string>> = {
  ...standing,
  'no-such-change': 'I do not know this change any more: they are kept for 30 days.',
  ended: 'This change has ended; nothing waits for a decision any more.',
  stale: 'The plan has changed since this card was shown. Only the newest card counts.',
  expired: 'The time for this decision is over. Ask for the change again if it is still wanted.',
  'self-approval': 'You asked for this one, so somebody else has to approve it.',
  'shared-channel':
    'This channel is shared with another workspace, so nothing is decided here. Use a channel of your own.',
  'no-reason': 'A reason of 10 to 300 characters is needed: everybody reads it.',
};

export const changeAnswers = {
  /** Between two sentences. */
  gap: ' ',
  and: (names: readonly Safe[]) => names.join(', '),
  planning,
  value: { on: 'on', off: 'off' },
  whatStandsIsReadFirst: 'What stands there now is looked at first; if the plan needs an approver, one is asked.',
  approvalMayBeAsked: 'Machines are looked at first; if the plan needs an approver, one is asked.',
  approverIsAlwaysAsked: 'The machine is looked at first; whatever would change there, an approver is asked.',
  recordIsReadFirst: 'The record is read first; whatever would change in it, an approver is asked.',
  switchedOff:
    'Changes are switched off in this deployment, so nothing was done. Looking works: `/kms check`, `/kms diagnose`.',
  right,
  standing,
  lacks: (name: string) => `This takes the ${name} right, which you do not have; nothing was done.`,
  denied: (name: string) => `A rule of this deployment denies you the ${name} right; nothing was done.`,
  holders: (who: string) => `It is held by ${who}.`,
  noHolders: 'Nobody has it so far: whoever runs the deployment can grant it.',
  sharedChannel:
    'Nothing was done: this channel is shared with another workspace, or I am not in it and cannot tell. Ask in a channel of your own that I am in, or in a direct message to me.',
  lookupLacksScope: (scope: Safe) =>
    `Nothing was done: I cannot look up your rights, because my Slack app lacks the scope ${scope}. Whoever runs the deployment has to give it back.`,
  lookupFailed: 'Nothing was done: Slack did not tell me your rights in time. Ask again in a minute.',
  taken,
  stopping: 'Stopping. What is being changed is finished; nothing else is begun.',
  refusedClick,
  decidedBy: (person: Safe) =>
    person === '' ? 'This has been decided already.' : `${person} has decided this already.`,
  yourDecision: 'You have decided this already.',
  lacksForClick: (name: string) => `This takes the ${name} right for everything in the plan, which you do not have.`,
  decisionUnsure:
    'AWS did not confirm your decision in time. The card shows in a moment whether it counts; if it does not, press again.',
  decisionFailed: 'Your decision did not get through: AWS answered with an error. Press again in a minute.',
  decisionLacksRight: (action: Safe) =>
    `Your decision did not get through: my Slack function may not call ${action}. Whoever runs the deployment has to give that right back.`,
  statusUnknown: 'I cannot see where this change stands, so nothing was decided. Press again in a minute.',
  modal: {
    title: 'Without an approver',
    submit: 'Break the glass',
    close: 'Back',
    done: 'Close',
    warning: (id: Safe) =>
      `The change ${id} begins without its approver. Everybody reads your reason, and the audit keeps it.`,
    label: 'Why can it not wait?',
    secret: 'This looks like a key, an activation ID or a token, which must not be kept. Write the reason without it.',
    unopened: 'Slack did not open the window for your reason. Press again.',
  },
  whoami: {
    you: (person: Safe) => `You are ${person}.`,
    can: {
      viewer: 'look at machines and hosts',
      operator: 'change machines and KMS records',
      approver: 'approve what others ask for',
      'break-glass': 'begin a change without its approver, with a reason',
    } satisfies Record<Right, string>,
    line: (name: string, can: string, answer: string) => `• *${name}* (${can}): ${answer}`,
    yes: (grants: readonly string[]) => `yes, ${grants.join('; ')}`,
    everybody: 'like everybody',
    inGroup: (groups: string) => `through ${groups}`,
    byName: 'by name',
    at: (sites: string) => ` at ${sites}`,
    on: (tags: string) => ` on machines tagged ${tags}`,
    inZones: (zones: string) => ` on the KMS record of ${zones}`,
    except: (answer: string, where: readonly string[]) => `${answer}; but not${where.join(', nor')}`,
    no: 'no',
    noByRule: 'no, a rule denies it',
    noByStanding: 'no, guests only look',
    ask: (answer: string, who: string) => `${answer}; ask ${who}`,
    switchedOff: 'Changes are switched off in this deployment, whatever the rights.',
    unknown: 'I could not look up your rights just now, so I would refuse any change you asked for.',
    unknownScope: (scope: Safe) =>
      `I cannot look up your rights, because my Slack app lacks the scope ${scope}; I would refuse any change you asked for. Whoever runs the deployment has to give it back.`,
    language: 'I answer you in English because that is your Slack language; channels read the configured language.',
  },
};

/** What every language's catalogue of these answers holds. */
export type ChangeAnswers = typeof changeAnswers;
