/** Checks in English: progress, report, causes, next steps, failures. Values are escaped before they come here. */
import type { ActivationChannel, NoAnswer, UnreadableOutput, Verdict } from '../../domain/check-report.ts';

const number = (value: number): string => value.toLocaleString('en');
const count = (value: number, one: string, many: string): string => `${number(value)} ${value === 1 ? one : many}`;
const machines = (value: number): string => count(value, 'machine', 'machines');
const are = (value: number): string => (value === 1 ? 'is' : 'are');
const have = (value: number): string => (value === 1 ? 'has' : 'have');

/** A cause's parts; the subject is escaped already, and empty when there is none. */
export interface CauseParts {
  readonly subject: string;
  readonly detail: string;
  /** The code in parentheses with its meaning before it; empty when there is none. */
  readonly codeMeaning: string;
}

const noAnswer: Readonly<Record<NoAnswer['kind'], (detail: string) => string>> = {
  'delivery-timed-out': () => 'The command was not picked up in time: the agent is busy or offline',
  'execution-timed-out': () => 'The inspection did not finish in time',
  undeliverable: () => 'The command could not be delivered: the agent does not answer',
  terminated: () => 'The inspection was stopped on the machine',
  'access-denied': () => 'AWS refused the command for this machine',
  'invalid-platform': () => 'The inspection does not run on this platform',
  cancelled: () => 'The command was cancelled',
  failed: (exitCode) => `The inspection failed${exitCode === '' ? '' : ` with exit code ${exitCode}`}`,
  'still-running': () => 'The inspection was still running when the check ended',
  'no-invocation': () => 'AWS never sent the command to this machine',
  'not-read': () => 'Asked, but the answer could not be read',
  other: (status) => `AWS reports a state I do not know${status === '' ? '' : `: ${status}`}`,
};

const unreadable: Readonly<Record<UnreadableOutput['kind'], string>> = {
  empty: 'The inspection answered nothing',
  truncated: 'The inspection’s answer arrived cut off',
  'not-ours': 'Something else than the inspection answered',
  garbled: 'The inspection’s answer cannot be read',
  'newer-version': 'The inspection is newer than this bot',
};

const channels: Readonly<Record<ActivationChannel, string>> = {
  'kms-client': 'KMS client key',
  'kms-host': 'KMS host key',
  mak: 'MAK',
  retail: 'retail key',
  oem: 'manufacturer’s key',
  avma: 'key for virtual machines on Hyper-V',
  evaluation: 'evaluation licence',
  none: 'no key',
  unknown: 'key of an unknown kind',
};

/** A host that cannot be one of ours, and why. */
const notOurs = (host: string, why: string): string =>
  why === 'loopback'
    ? `Asks itself (${host}) instead of a KMS host`
    : why === 'public-address'
      ? `Asks ${host}, an internet address that is none of our KMS hosts`
      : `Asks ${host}, which is none of our KMS hosts`;

const causes = {
  'never-reached-host': () => 'Never reached a KMS host so far',
  'no-srv-record': ({ subject }: CauseParts) =>
    `DNS has no KMS record${subject === '' ? '' : ` in ${subject}`}: the record is missing, or the machine’s DNS suffix is wrong`,
  'target-unresolved': ({ subject }: CauseParts) =>
    `DNS names ${subject || 'a KMS host'} as KMS host, but that name has no address`,
  'target-no-answer': ({ subject }: CauseParts) => `The KMS host ${subject} does not answer`,
  'target-refused': ({ subject }: CauseParts) =>
    `${subject} refuses the connection: its KMS service does not run there`,
  'target-not-kms': ({ subject }: CauseParts) => `${subject || 'The machine asked'} answers, but is not a KMS host`,
  'assigned-host-dead': ({ subject }: CauseParts) => `Assigned by hand to ${subject}, which does not answer`,
  'assigned-unresolved': ({ subject }: CauseParts) => `Assigned by hand to ${subject}, which has no address`,
  'assigned-wrong-port': ({ subject }: CauseParts) =>
    `Assigned by hand to ${subject}, which is the wrong port; the same host answers on port 1688`,
  'assigned-not-kms': ({ subject }: CauseParts) =>
    `Assigned by hand to ${subject || 'a host'}, which answers, but is not a KMS host`,
  'lookup-domain-empty': ({ subject }: CauseParts) =>
    `Told by hand to look only in ${subject}, where DNS has no KMS record`,
  'clock-skew': () => 'Clock more than 4 hours off',
  'count-too-low': ({ subject }: CauseParts) =>
    `${subject || 'The KMS host'} has not counted enough machines yet to activate any`,
  'host-not-activated': ({ subject }: CauseParts) => `The KMS host ${subject} is itself not activated`,
  'host-too-old': ({ subject }: CauseParts) => `${subject || 'The KMS host'} cannot activate this version of Windows`,
  'wrong-key': ({ subject }: CauseParts) =>
    `Wrong key for the edition${subject === '' ? '' : `: it belongs to ${subject}`}`,
  'no-key': () => 'No product key is installed',
  'evaluation-edition': () => 'Evaluation edition, cannot use KMS',
  'other-channel': ({ subject }: CauseParts) =>
    `Holds a ${channels[subject as keyof typeof channels] ?? subject}, so it never asks a KMS host`,
  'dns-server-silent': ({ subject }: CauseParts) =>
    subject === '' ? 'No DNS server answers' : `The DNS server ${subject} does not answer`,
  'no-dns-server': ({ codeMeaning }: CauseParts) =>
    codeMeaning === ''
      ? 'The machine has no DNS server'
      : `${codeMeaning.charAt(0).toUpperCase()}${codeMeaning.slice(1)}`,
  'not-tried-since': ({ subject }: CauseParts) =>
    `Last tried with another host; it now asks ${subject || 'one'}, which answers, and has not tried since`,
  'kms-disabled': () => 'KMS is switched off on the machine: another kind of activation is required',
  'renewals-missed': ({ subject }: CauseParts) =>
    `Activated, but the last renewals failed${subject === '' ? '' : ` with ${subject}`}`,
  'dead-srv-target': ({ subject }: CauseParts) => `The KMS record points to ${subject}, which answers nobody`,
  'retired-assignment': ({ subject }: CauseParts) => `Assigned by hand to ${subject}, which answers nobody any more`,
  'path-blocked': ({ subject }: CauseParts) =>
    `Something on the way to ${subject || 'the KMS host'} drops the connection: it answers other machines`,
  'zone-missing': ({ subject, detail }: CauseParts) =>
    `DNS has no KMS record in ${subject || 'their domain'}${detail === '' ? '' : `; others find one in ${detail}`}`,
  'duplicate-cmid': ({ subject }: CauseParts) =>
    `Clones${subject === '' ? '' : ` of the image ${subject}`} share one client ID (CMID), so the KMS host counts them as one`,
  'unknown-host': ({ subject, detail }: CauseParts) => notOurs(subject, detail),
  'status-reason': ({ codeMeaning }: CauseParts) =>
    codeMeaning === '' ? 'Windows gives no reason' : `Windows says: ${codeMeaning}`,
  'probe-failed': ({ codeMeaning }: CauseParts) =>
    `Windows did not tell its licence state${codeMeaning === '' ? '' : `: ${codeMeaning}`}`,
  unreadable: ({ subject }: CauseParts) => unreadable[subject as keyof typeof unreadable] ?? unreadable.garbled,
  'no-answer': ({ subject, detail }: CauseParts) =>
    (noAnswer[subject as keyof typeof noAnswer] ?? noAnswer.other)(detail || subject),
  offline: () => 'The agent is offline',
  'not-running': ({ subject }: CauseParts) => `The instance is ${subject || 'not running'}`,
  'no-agent': () => 'No Systems Manager agent has ever reported in',
  untagged: () => 'The tag that marks the fleet is missing',
  'not-windows': () => 'Not a Windows machine',
};

const state: Readonly<Record<Verdict['state'], string>> = {
  activated: 'activated',
  'in-grace': 'in grace',
  notification: 'not activated',
  unlicensed: 'not activated',
  'not-a-kms-client': 'not a KMS client',
  unknown: 'unknown',
  unreadable: 'unknown',
  'no-answer': 'no answer',
  'not-asked': 'not asked',
};

export const report = {
  number,
  channels,
  causes,
  state,
  notActivatedState: 'not activated, and not by KMS',
  licensedOtherwise: (channel: string) => `activated by other means (${channel})`,
  /** Between two sentences. */
  gap: ' ',
  fullStop: '.',
  actor: (who: string) => ` (${who} acts)`,
  progress: {
    'looking-up': (asked: string, found: number) =>
      `Looking up the machines for ${asked}${found === 0 ? '' : `; ${number(found)} found so far`}`,
    sending: (asked: string, total: number) => `Asking ${machines(total)} for ${asked}`,
    waiting: (asked: string) => `Checking ${asked}`,
    reading: (asked: string) => `Reading the answers for ${asked}`,
    'slowed-down': (asked: string) => `Checking ${asked}; AWS is slowing me down`,
  },
  doneOf: (done: number, total: number) => `${number(done)} of ${number(total)}`,
  waitingFor: (left: number) => `waiting for ${number(left)}`,
  goingOnIn: (seconds: number) => `going on in ${number(seconds)} s`,
  started: (when: string) => `started ${when}`,
  nothingYet: 'no answers yet',
  counts: {
    activated: (value: number) => `${number(value)} activated`,
    late: (value: number, expiry: string) =>
      `${number(value)} missed the last renewals${expiry === '' ? '' : `, first expiry ${expiry}`}`,
    inGrace: (value: number) => `${number(value)} in grace`,
    notActivated: (value: number) => `${number(value)} not activated`,
    notKmsClient: (value: number) => `${number(value)} not using KMS`,
    unknown: (value: number) => `${number(value)} unknown`,
    notAsked: (value: number) => `${number(value)} could not be asked`,
  },
  headline: {
    allWell: (value: number, renewal: string) =>
      `${value === 1 ? 'The machine is' : `All ${machines(value)} are`} activated${renewal === '' ? '' : `; the next renewal falls due ${renewal}`}.`,
    allWellBut: (value: number, others: number) =>
      `All ${number(value)} KMS clients are activated; ${machines(others)} ${are(others)} activated by other means.`,
    noneUsesKms: (all: number) =>
      `${all === 1 ? 'The machine is' : `All ${machines(all)} are`} activated, but not by KMS.`,
    notActivated: (bad: number, all: number) => `${number(bad)} of ${machines(all)} ${are(bad)} not activated`,
    inGrace: (bad: number, all: number, ends: string) =>
      `${number(bad)} of ${machines(all)} ${are(bad)} not activated yet${ends === '' ? '' : `; the first grace period ends ${ends}`}`,
    unknown: (bad: number, all: number) => `The state of ${number(bad)} of ${machines(all)} is unknown`,
    late: (bad: number, expiry: string) =>
      `${machines(bad)} ${have(bad)} missed the last renewals${expiry === '' ? '' : `; the first loses its activation ${expiry}`}`,
    /** Activated, but pointed at hosts that cannot be ours. */
    askStrangers: (bad: number) =>
      `${machines(bad)} ${are(bad)} activated, but ${bad === 1 ? 'asks a host that is' : 'ask hosts that are'} none of our KMS hosts`,
    othersNotActivated: (bad: number) =>
      `${machines(bad)} ${are(bad)} not ${bad === 1 ? 'a KMS client' : 'KMS clients'}, and not activated`,
    /** The activated, those activated by other means, and those not asked. */
    someNotAsked: (activated: number, others: number, not: number) =>
      `${
        others === 0
          ? `${machines(activated)} ${are(activated)} activated`
          : activated === 0
            ? `${machines(others)} ${are(others)} activated by other means`
            : `${count(activated, 'KMS client', 'KMS clients')} ${are(activated)} activated, and ${machines(others)} by other means`
      }; ${number(not)} could not be asked`,
    noneAsked: (all: number) =>
      all === 1 ? 'The machine could not be asked' : `None of the ${machines(all)} could be asked`,
    sitesMissing: (sites: string) => `${sites} could not be checked (the bot’s owner acts)`,
    nothing: 'No machine fits',
    sameCause: (value: number) => `; ${number(value)} of them ${have(value)} one cause`,
    stopped: 'The check stopped at its time limit; what is still missing counts as not asked.',
  },
  moreWords: (value: number) => `and ${number(value)} more`,
  names: (named: string, left: number) => (left > 0 ? `${named} and ${number(left)} more` : named),
  moreCauses: (causesLeft: number, machinesLeft: number, notActivated: number) =>
    `${count(causesLeft, 'more cause', 'more causes')} with ${machines(machinesLeft)}${notActivated === 0 ? '' : notActivated === machinesLeft ? ' (none of them activated)' : ` (${number(notActivated)} of them not activated)`}: in the CSV`,
  lastSeen: (when: string) => `last seen ${when}`,
  expires: (when: string) => `expires ${when}`,
  graceEnds: (when: string) => `grace ends ${when}`,
  next: {
    none: '',
    diagnose: 'Find the cause: `/kms diagnose` of one of them.',
    'check-again': 'Check again.',
    'start-agent': 'Start the SSM agent on it.',
    tag: 'Give it the fleet’s tag (`KmsManaged=true` by default).',
    'start-instance': 'Start the instance.',
    'install-gvlk': (tail: string) =>
      `Install the KMS client setup key of its edition${tail === '' ? '' : ` (…${tail})`}: \`/kms key … gvlk\`.`,
    'convert-edition': 'Convert the edition: `DISM /Set-Edition`, which is not possible on a domain controller.',
    'sync-clock': 'Set the clock: `w32tm /resync`.',
    'explain-code': (command: string) => `Look it up: ${command}.`,
  },
  /** Why the renewals fail: a cause’s sentence. */
  renewalsFailed: (why: string) => `Activated, but the last renewals failed: ${why}`,
  /** Link-local servers of Amazon for Windows with the licence included. */
  amazonSilent: (subject: string) => `Amazon’s activation server ${subject} does not answer`,
  /** Next steps of causes that no result code stands for. */
  act: {
    'target-unresolved': 'Give that name an address in DNS, or correct the SRV record.',
    'assigned-wrong-port':
      'Assign it without the port: `slmgr /skms` with the host’s name; or clear it: `slmgr /ckms`.',
    'lookup-domain-empty':
      'Correct that domain: `slmgr /skms-domain`; or clear it, and the machine looks in its own: `slmgr /ckms-domain`.',
    'not-tried-since': 'Wait: it tries again within 2 hours by itself; at once by `slmgr /ato`.',
    'kms-disabled': 'Allow KMS again: `slmgr /act-type 2`, or 0 for any kind.',
    amazonSilent:
      'Restore the machine’s routes to 169.254.169.250 and .251: EC2Launch v1 by `Add-Routes`, v2 at its next start.',
    'renewals-missed': 'See that the host runs and that TCP port 1688 to it is open, before the activation ends.',
    'dead-srv-target':
      'Correct the SRV record `_vlmcs._tcp` so that it names a KMS host that runs, or start that host.',
    'retired-assignment': 'Clear the assignment: `slmgr /ckms`; then they find their KMS host by DNS.',
    'path-blocked': 'Open TCP port 1688 from these machines to the host: security groups, network ACLs, firewalls.',
    'zone-missing': 'Publish the SRV record `_vlmcs._tcp` in that domain too, or correct the machines’ DNS suffix.',
    'duplicate-cmid':
      'Give each its own: `/kms rearm … restart`, then `/kms activate`; and rebuild the image by `sysprep /generalize`.',
    'unknown-host': 'Clear it: `slmgr /ckms`; then the machine finds the KMS host by DNS.',
  },
  trouble: {
    'missing-right': (site: string, what: string) => `${site} could not be asked: the right ${what} is missing there`,
    'document-missing': (site: string, what: string) =>
      `${site} could not be asked: the document ${what} is not deployed there`,
    'site-unreachable': (site: string) => `${site} could not be reached`,
  },
  unmatched: (word: string) => `No machine matches ${word}.`,
  /** A site that does not exist, and those that do. */
  noSuchSite: (site: string, known: string) => `There is no site ${site}${known === '' ? '' : `; known: ${known}`}.`,
  didYouMean: (names: string) => `Did you mean ${names}?`,
  or: ' or ',
  /** Between two who may have to act. */
  orActor: ' or ',
  noSuchNode: (words: string) => `No machine matches ${words}`,
  noSuchNodeHint:
    'I know machines by id, by computer name and by tag. A machine that has never run the SSM agent in one of my sites is not known to me.',
  small: {
    csv: 'CSV in the thread',
    slmgrEach: '`slmgr /dlv` on each',
    checked: (when: string) => `checked ${when}`,
    sites: (names: string) => `sites ${names}`,
  },
  buttons: { checkAgain: 'Check again', showMachine: 'Show machine', diagnose: 'Diagnose' },
  diagnoseLabel: (name: string) => `Diagnose ${name}`,
  showMachineLabel: (name: string) => `Show machine ${name}`,
  failure: {
    'missing-right': (action: string, fn: string, site: string) =>
      `This could not be carried out: ${action} is missing from the ${fn} role${site === '' ? '' : ` for ${site}`}. Whoever runs the deployment has to give that right back; then ask again.`,
    'document-missing': (document: string, site: string) =>
      `This could not be carried out: the document ${document} does not exist in ${site}. Whoever runs the deployment has to deploy it there; then ask again.`,
    'site-unreachable': (site: string) =>
      `This could not be carried out: AWS in ${site} did not answer. Ask again in a few minutes.`,
    internal: (reference: string) =>
      `This ended with an error on my side. Ask again; if it happens twice, the log has the details under ${reference}.`,
  },
  changeStopped: (id: string) =>
    `Change ${id} stopped there, and may have reached machines: \`/kms audit 1d\` names them, \`/kms check\` shows how they are.`,
  recordStopped: (id: string, command: string) =>
    `Change ${id} stopped there. What stands in the record now: ${command}; what was sent: \`/kms audit 1d\`.`,
  undoStopped: (id: string) => `Change ${id} stopped there, and may have had an effect: \`/kms audit 1d\` says where.`,
  csv: {
    name: 'Computer',
    nodeId: 'Node id',
    site: 'Site',
    os: 'Windows',
    state: 'State',
    channel: 'Key',
    cause: 'Cause',
    code: 'Code',
    expires: 'Ends (UTC)',
    lastSeen: 'Last seen (UTC)',
    missedRenewals: 'Missed renewals',
    next: 'Next step',
    actor: 'Who acts',
  },
};

/** What every language's catalogue of checks holds. */
export type ReportTexts = typeof report;
