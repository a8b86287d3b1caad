/** The KMS records in English. Values are escaped before they come here. */
import { diagnosis } from './diagnosis-en.ts';
import { recordProblems, valueProblems } from './records-concerns-en.ts';
import type { RecordsTexts } from './records-words.ts';

const number = (value: number): string => value.toLocaleString('en');
const machines = (value: number): string => `${number(value)} ${value === 1 ? 'machine' : 'machines'}`;
const records = (value: number): string => `${number(value)} KMS ${value === 1 ? 'record' : 'records'}`;
const list = (names: readonly string[], more: number): string =>
  more > 0 ? `${names.join(', ')} and ${number(more)} more` : names.join(', ');
const finding = (networks: string, found: number, count: number): string =>
  `${machines(count)} (${networks}) ${count === 1 ? 'asks' : 'ask'} there${found === 0 && count === 1 ? ' ' : ', '}${found === 0 ? (count === 1 ? 'and finds none' : 'none finds one') : `${number(found)} ${found === 1 ? 'finds' : 'find'} one`}`;

export const recordsTexts: RecordsTexts = {
  progress: {
    'looking-up': 'Looking for the zones and KMS hosts',
    asking: 'Asking KMS hosts, and machines that look from their networks',
    'reading-zones': 'Reading the KMS records',
    'slowed-down': 'Looking at the KMS records; AWS is slowing me down',
  },
  answered: (answered, asked) => `${number(answered)} of ${number(asked)} answered`,
  first: {
    unconfigured: `I look at no DNS zone yet: my configuration names none — the bot’s owner acts`,
    unconfiguredStep:
      'Name the zones that clients ask in under `zones` in `infra/config.json` (id, name, site), and deploy. Until then `nslookup` shows a record, as below.',
    noSuchZone: (word, known, more) => `No zone that I look at holds ${word}. I look at ${list(known, more)}.`,
    worst: (fact, owner, bad, all) =>
      `${fact} — ${diagnosis.acts(owner)}${all < 2 || bad < 2 ? '' : `; ${number(bad)} of ${records(all)} need attention`}`,
    unread: (names, more, read) =>
      `${list(names, more)} could not be read — the bot’s owner acts${read === 0 ? '' : `; the other ${read === 1 ? 'KMS record shows' : `${records(read)} show`} nothing wrong`}`,
    noRecord: (domain, count) =>
      `${machines(count)} in ${domain} ${count === 1 ? 'finds' : 'find'} no KMS record, and no zone that I look at holds it — ${diagnosis.acts('dns')}`,
    unrecorded: (host) => `${host} answers as KMS host, and no record names it — ${diagnosis.acts('dns')}`,
    well: (count, domain) =>
      count === 1
        ? `The KMS record of ${domain} is right: every host that it names answers`
        : `All ${records(count)} are right: every host that they name answers`,
    open: (count, unknown) =>
      `Nothing wrong is seen in ${records(count)}, but not everything could be looked at in ${count === 1 ? 'it' : number(unknown)}`,
  },
  records: recordProblems,
  untouchable: {
    routed: 'its answers are routed (weighted, by latency, by health …)',
    alias: 'it is an alias for another record',
    cname: 'its name is a CNAME for another one',
  },
  values: valueProblems,
  valueFact: (domain, host, clause) => `The record of ${domain} names ${host}, which ${clause}`,
  unreadableFact: (domain) => `The record of ${domain} has a value that no client can read`,
  zone: { private: 'private zone', public: 'public zone' },
  keptBy: (service) => `kept by ${service}`,
  readOnly: 'I may only read it',
  ttl: (seconds) => `TTL ${number(seconds)} s`,
  asking: (count, found) =>
    found === count || count === 1
      ? `${machines(count)} ${count === 1 ? 'asks' : 'ask'} there${count > 1 ? ' and find it' : found === 1 ? ' and finds it' : ' and does not find it'}`
      : `${number(found)} of ${machines(count)} that ask there ${found === 1 ? 'finds' : 'find'} it`,
  askingInVain: (count, found) =>
    `${machines(count)} ${count === 1 ? 'asks' : 'ask'} there${found === 0 ? '' : `, ${found === count ? 'and' : number(found)} ${found === 1 ? 'is' : 'are'} given one by other DNS servers or a cache`}`,
  notAsked: 'no machine asks there',
  askingUnknown: 'who asks there is not known',
  spread: (spread) =>
    spread.kind === 'shared'
      ? `clients spread over ${number(spread.hosts)} hosts, so each counts fewer`
      : spread.kind === 'standby'
        ? 'clients ask the lowest priority first, the others only when it is silent'
        : '',
  ownership: { ours: 'mine', 'other-bot': 'another bot’s', foreign: 'not mine' },
  alive: 'answers',
  seen: {
    asked: '',
    remembered: 'could not be asked now',
    'by-clients': 'no agent',
    configured: 'no agent; nobody looked yet',
    unknown: 'nobody has looked at it yet',
  },
  count: (count) => `count ${number(count)}`,
  reached: (count) => `${machines(count)} reached it`,
  contact: (days) =>
    days === 0
      ? 'last client within a day'
      : days === 1
        ? 'last client a day ago'
        : `last client ${number(days)} days ago`,
  moreValues: (count, bad) =>
    `• ${number(count)} more ${count === 1 ? 'value' : 'values'}${bad === 0 ? '' : `, ${number(bad)} with something to mend`}`,
  networks: (parts) => `Found by ${parts.join(' · ')}`,
  network: (vpcId, found, count, unanswered) =>
    `${number(found)} of ${number(count)} ${vpcId === '' ? 'outside EC2' : `in ${vpcId}`}${unanswered === 0 ? '' : ` (${number(unanswered)} got no answer)`}`,
  outsideEc2: 'outside EC2',
  noRecordHere: 'no record',
  next: (step) => `Next: ${step}`,
  moreProblems: (count) => `${number(count)} more: look again once this is mended`,
  moreRecords: (count, bad) =>
    `${number(count)} more ${count === 1 ? 'record' : 'records'}${bad === 0 ? ', nothing to mend' : `, ${number(bad)} with something to mend`}`,
  unrecorded: (host, publishes, command, clientKey) =>
    [
      `*${host}* answers as KMS host and stands in no record that I see${publishes ? '; it publishes itself, perhaps in a DNS that I do not see' : ''}.`,
      ...(command === '' ? [] : [`If it is meant to be one: ${command}`]),
      ...(clientKey === '' ? [] : [`If not, give it a client key: ${clientKey}`]),
    ].join(' '),
  moreUnrecorded: (count) => `${number(count)} more KMS ${count === 1 ? 'host stands' : 'hosts stand'} in no record`,
  suffix: {
    'no-zone': (domain, networks, found, count) =>
      `*${domain}*  in no zone of Route 53 that I know · ${finding(networks, found, count)}`,
    'not-configured': (domain, networks, found, count, zoneId) =>
      `*${domain}*  in zone ${zoneId}, which my configuration does not name · ${finding(networks, found, count)}`,
    unread: (domain, networks, found, count) => `*${domain}*  zone not known · ${finding(networks, found, count)}`,
  },
  withStep: (line, step) => `${line}. ${step}`,
  suffixStep: (domain, host) =>
    `If the domain is right, \`/kms dns add ${domain} ${host}\` gives the steps for its DNS servers; if not, mend the suffix on the machine.`,
  moreSuffixes: (count) => `${number(count)} more ${count === 1 ? 'domain' : 'domains'} that machines ask in`,
  unreadHeading: 'Could not look at:',
  unread: {
    zone: (name) => `zone ${name}`,
    network: (name) => `forwarding rules of ${name}`,
    list: () => 'the list of zones',
    hosts: (name) => `machines in ${name}`,
  },
  unreadWhy: {
    'missing-right': (action) => `${action} is missing`,
    'not-in-route53': () => 'there is no such zone any more: mend `zones` in `infra/config.json`',
    unreachable: () => 'AWS did not answer there',
    'document-missing': () => 'the inspection is not deployed there',
  },
  more: (count) => `${number(count)} more`,
  noFleet: 'Which machines ask where, and what they find, is not known yet: `/kms check all` looks.',
  inFile: 'All values are in the file in this thread.',
  buttons: {
    plan: 'Plan record',
    notNow: 'Not now',
    lookAgain: 'Look again',
    diagnose: 'Diagnose',
  },
  confirmPlan: (command) => `${command}: I read the record first and show what would change. Then an approver decides.`,
  small: {
    nslookup: (domain) => `\`nslookup -type=srv _vlmcs._tcp.${domain}\``,
    fleet: (when) => `machines as of the check of ${when}`,
    looked: (when) => `looked at ${when}`,
  },
};
