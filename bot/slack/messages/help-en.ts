/** Help in English. Loaded when somebody asks for it. */
import type { CommandName } from '../command/table.ts';
import { type HelpTopics, topics } from './help-topics-en.ts';

export interface CommandHelp {
  /** One sentence: what it does. */
  readonly does: string;
  /** Behind `/kms `. */
  readonly example: string;
  /** One for each further form. */
  readonly more?: readonly string[];
}

export interface HelpTexts {
  readonly headline: string;
  readonly worksToday: string;
  readonly later: string;
  readonly machines: string;
  readonly topicsAre: string;
  readonly example: (command: string) => string;
  readonly rightIs: (right: string) => string;
  /** For the forms that change something, where they take another right. */
  readonly changesRightIs: (right: string) => string;
  readonly counterpartIs: (counterpart: string) => string;
  readonly notBuiltYet: string;
  readonly noCounterpart: string;
  /** Something said in passing, behind what it is about. */
  readonly aside: (text: string) => string;
  readonly commands: Readonly<Record<CommandName, CommandHelp>>;
  readonly topics: HelpTopics;
  readonly slmgrHeadline: string;
  /** Why an option has no command here, by the first option of its row. */
  readonly slmgrWhyNot: Readonly<Record<'/upk' | '/rilc' | '/ad-activation-online' | '/rearm-sku', string>>;
}

export const help: HelpTexts = {
  headline:
    'I answer for Windows volume activation: what is wrong, why, and how to put it right. A change is planned first, and shown before and after.',
  worksToday: '*Works today*',
  later: '*Understood, not built yet*',
  machines: '*Machines* are named by id, computer name, `tag:Key=Value` or `all`; `site:tokyo` narrows.',
  topicsAre:
    '*Topics*: `/kms help` discovery · caching · threshold · MAK · phone · routing · publishing · setup · versions · ADBA · office · amazon · slmgr',
  example: (command) => `e.g. ${command}`,
  rightIs: (right) => `For ${right}`,
  changesRightIs: (right) => `changes: ${right}`,
  counterpartIs: (counterpart) => `by hand: ${counterpart}`,
  notBuiltYet: 'not built yet',
  noCounterpart: 'no command here',
  aside: (text) => ` (${text})`,
  commands: {
    check: {
      does: 'The activation state of machines, worst first and grouped by cause; of one machine, its card.',
      example: 'check tag:Env=prod',
    },
    diagnose: {
      does: 'Asks a machine, its KMS hosts and DNS at once, and names one cause: its evidence, what else it could be, and the repair.',
      example: 'diagnose fileserver-07',
    },
    hosts: {
      does: 'Every KMS host: its count against the thresholds, requests and failures, whether it listens and publishes.',
      example: 'hosts',
    },
    error: { does: 'What a result code means, who has to act and what to do.', example: 'error 0xC004F074' },
    activate: { does: 'Activates machines now.', example: 'activate fileserver-07' },
    point: { does: 'Assigns a KMS host by hand.', example: 'point tag:Env=prod kms1.corp.example' },
    discover: { does: 'Goes back to finding the KMS host by DNS.', example: 'discover tag:Env=prod' },
    set: {
      does: 'The other switches of a KMS client: kind of activation, lookup domain, host caching, resolver cache.',
      example: 'set web-03 lookup corp.example',
    },
    key: {
      does: 'Installs a key: the public setup key of the edition (gvlk), or one that is kept as a secret, by its name.',
      example: 'key web-03 gvlk',
      more: ['key tag:Env=dmz contoso-mak'],
    },
    phone: {
      does: 'Activates a MAK or a KMS host without internet: Installation ID out, Confirmation ID in.',
      example: 'phone dmz-01',
    },
    rearm: {
      does: 'Resets the grace period and the client machine ID, in force after a restart; shows how many resets are left.',
      example: 'rearm web-03',
      more: ['rearm web-03 restart'],
    },
    test: {
      does: 'Tries a KMS host from a machine, by name, then by address, and puts everything back.',
      example: 'test web-03 kms1.corp.example',
    },
    host: {
      does: 'Makes a KMS host of a machine, changes one, or retires it once its clients renew elsewhere.',
      example: 'host kms1 setup contoso-ws2022',
      more: [
        'host kms1 publish on',
        'host kms1 domains corp.example "lab.example,10,50"',
        'host kms1 domains none',
        'host kms1 port 1688',
        'host kms1 intervals 120 10080',
        'host kms1 priority normal',
        'host kms1 firewall on',
        'host kms1 restart',
        'host kms-old retire',
      ],
    },
    dns: {
      does: 'KMS records in Route 53 against living hosts; adding, removing or taking over a value, as a plan that an approver agrees to.',
      example: 'dns corp.example',
      more: [
        'dns add corp.example kms1.corp.example',
        'dns add Z0123456789ABC kms2.corp.example:1690 10 100',
        'dns remove corp.example kms-old.corp.example',
        'dns adopt corp.example kms1.corp.example',
      ],
    },
    undo: { does: 'Takes a change back: its plan the other way round, for 30 days.', example: 'undo c4k7m2q9xd' },
    jobs: { does: 'Changes that are running: waiting for whom, since when.', example: 'jobs' },
    report: { does: 'The threshold report, now or on a schedule.', example: 'report weekly monday 09:00' },
    incidents: { does: 'Open incidents.', example: 'incidents' },
    mute: { does: 'Quiets one incident, with an end and a reason.', example: 'mute inc-3 4h moving kms1' },
    audit: { does: 'Who asked, approved and did what.', example: 'audit fileserver-07 7d' },
    whoami: { does: 'Your rights, and why.', example: 'whoami' },
    doctor: { does: 'Every permission, scope and zone probed, the missing one named.', example: 'doctor' },
    help: { does: 'This, or more about one command or topic.', example: 'help discovery' },
  },
  topics,
  slmgrHeadline: 'The options of `slmgr`, and what they are called here:',
  slmgrWhyNot: {
    '/upk': 'a key is replaced by `/kms key`, never removed first',
    '/rilc': 'repairs of the licence store stay on the machine',
    '/ad-activation-online': 'Active Directory-based activation is not KMS',
    '/rearm-sku': 'only Windows as a whole is rearmed',
  },
};
