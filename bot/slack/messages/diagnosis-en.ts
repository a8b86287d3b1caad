/** Diagnoses in English. Values are escaped before they come here. */
import { card } from './card-en.ts';
import { causes } from './diagnosis-causes-en.ts';
import { evidence } from './diagnosis-evidence-en.ts';
import type { DiagnosisTexts } from './diagnosis-words.ts';
import { inTable } from './wording.ts';

const owner: DiagnosisTexts['owner'] = {
  machine: 'the machine’s owner',
  'kms-host': 'the KMS host’s owner',
  dns: 'the DNS owner',
  network: 'the network’s owner',
  licensing: 'the licence owner',
  'aws-account': 'the AWS account’s owner',
  nobody: 'nobody has to act',
};
const missedRenewals = (count: number): string =>
  count === 1 ? '1 renewal' : `${count.toLocaleString('en')} renewals`;
const until = (date: string): string => (date === '' ? '' : ` until ${date}`);
const items = (count: number): string => `${count.toLocaleString('en')} more`;

export const diagnosis: DiagnosisTexts = {
  progress: {
    'looking-up': (name) => (name === '' ? 'Looking for the machine' : `Looking for ${name}`),
    asking: (name) => `Diagnosing ${name || 'the machine'}: asking it and its KMS hosts`,
    'reading-zones': (name) => `Diagnosing ${name || 'the machine'}: reading its DNS zones`,
    'slowed-down': (name) => `Diagnosing ${name || 'the machine'}; AWS is slowing me down`,
  },
  answered: (answered, asked) => `${answered} of ${asked} answered`,
  first: {
    cannotActivate: (name, cause, acts) => `${name} cannot activate${cause} — ${acts}`,
    renewalsFail: (name, date, missed, cause, acts) =>
      missed > 0
        ? `${name} is activated${until(date)}, but has missed ${missedRenewals(missed)}${cause} — ${acts}${date === '' ? '' : ' before then'}`
        : `${name} is activated${until(date)}, but its next renewal will fail${cause} — ${acts}${date === '' ? '' : ' before then'}`,
    worksNow: (name, host, date, missed) =>
      `${name} ${date === '' ? 'is not activated yet' : `is activated${until(date)}${missed === 0 ? '' : `, but has missed ${missedRenewals(missed)}`}`}; ${host} answers it now, and it tries again by itself within 2 hours — ${owner.nobody}`,
    notDiagnosed: (name, cause, acts) => `${name} could not be diagnosed${cause} — ${acts}`,
    noClient: (name, cause, acts) => `${name} is no KMS client${cause} — ${acts}`,
    hostItself: (name, cause, acts) => `${name} is a KMS host that is itself not activated${cause} — ${acts}`,
    office: (name, cause, acts) => `Office on ${name} cannot activate${cause} — ${acts}`,
    codeOnly: (name, cause, acts) => `${name} cannot activate, and only its code says why${cause} — ${acts}`,
    officeOnly: (name, date, cause, acts) =>
      `${name} is activated${until(date)}, but its Office is not${cause} — ${acts}`,
    well: (name, date) => `${name} is activated${until(date)}, and nothing is in the way of its next renewal.`,
  },
  because: {
    sure: (clause) => `: ${clause}`,
    likely: (clause) => `, most likely because ${clause}`,
    possible: (clause) => `, possibly because ${clause}`,
  },
  causes,
  owner,
  acts: (who) => (who === 'nobody' ? owner.nobody : `${owner[who]} acts`),
  why: (confidence, asked) => `*Why I think so (${confidence})*  looked at ${asked}`,
  confidence: { sure: 'sure', likely: 'likely', possible: 'possible, not proven' },
  evidence,
  seenAt: (sentence, place, when) =>
    `${sentence} (${[place === '' ? '' : `seen by ${place}`, when].filter((part) => part !== '').join(', ')})`,
  ownClock: (when) => `${when} by its own clock`,
  whatToDo: '*What to do*',
  byCommand: (command) => `From here: ${command}`,
  byHand: (command) => `By hand: ${command}`,
  refused: {
    byol: 'Do not point it to Amazon’s activation servers: it brings its own licence, which they are not for.',
    'licence-included':
      'Do not point it to a KMS host of your own: AWS includes its licence, so Amazon’s servers activate it.',
  },
  secondFault: (clause) => `*Wrong as well*  ${clause}; it shows once the first is mended`,
  lessLikelyHeading: '*Less likely*',
  lessLikely: (clause, reason) => `${clause} (${reason})`,
  lessLikelyWhy: {
    'other-explains-it': 'what I saw follows from the cause above',
    contradicted: 'what I saw speaks against it',
    'not-proven': 'nothing but the symptom speaks for it',
    'second-fault': 'holds as well',
  },
  unseenHeading: '*Could not look at*',
  unseen: {
    probe: ({ where, probe, why }) => `${card.probes[probe]} of ${where} (${inTable(card.failed, why)})`,
    dropped: ({ where, what }) => `${inTable(card.dropped, what)} of ${where} (left out for size)`,
    'host-not-asked': ({ host, why }) => `${host} itself (${notAsked[why]})`,
    'zone-not-read': ({ zone, why, action }) =>
      `the zone ${zone} (${zoneNotRead[why]}${action === undefined ? '' : `: \`${action}\``})`,
    'security-groups': () => 'security groups and network ACLs (I do not read them)',
  },
  more: items,
  exits: (first, others, isRepairFirst) =>
    isRepairFirst
      ? `*If that cannot be done*  ${others.join(', or ')}`
      : `*Ways out*  most likely ${first}; else ${others.join(', or ')}`,
  exit: {
    repair: 'do the repair above',
    'set-up-host': 'set up another KMS host (`/kms host … setup`) and let it count enough machines',
    mak: 'use a MAK that is stored as a secret: `/kms key`, without internet then `/kms phone`',
  },
  office: {
    heading: '*Office*',
    well: 'activated',
    failing: (cause, acts) => `not activated${cause} — ${acts}`,
  },
  listed: (list) => list.join('; '),
  buttons: {
    diagnoseAgain: 'Diagnose again',
    showHosts: 'Show hosts',
    fix: {
      activate: 'Activate now',
      discover: 'Back to discovery',
      'point-amazon': 'Point to Amazon',
      point: 'Assign KMS host',
      'set-type': 'Allow every kind',
      'set-lookup': 'Clear lookup domain',
      set: 'Change setting',
      key: 'Install setup key',
      test: 'Test the route',
      record: 'Plan record',
      phone: 'Activate by phone',
      rearm: 'Reset grace period',
      firewall: 'Open firewall',
      'restart-service': 'Restart KMS service',
      publish: 'Publish record',
    },
    notNow: 'Not now',
  },
  confirmFix: (machine, command) =>
    `On ${machine}: ${command}. I look at the machine first, and ask an approver where one is needed.`,
  confirmApproved: (machine, command) =>
    `On ${machine}: ${command}. I look at the machine first, and an approver is always asked.`,
  confirmRecord: (command) =>
    `${command}. The record is read first and shown value by value, and an approver is always asked.`,
  small: { slmgr: '`slmgr /dlv` · `nslookup -type=srv _vlmcs._tcp`', diagnosed: (when) => `diagnosed ${when}` },
};

const notAsked = {
  offline: 'its agent is offline',
  'no-agent': 'it has no agent of Systems Manager',
  'not-in-fleet': 'it is not one of the fleet’s machines',
  'no-answer': 'it gave no answer',
};

const zoneNotRead = {
  'missing-right': 'a right is missing',
  'not-in-route53': 'it is not in Route 53',
  unreachable: 'AWS did not answer',
};
