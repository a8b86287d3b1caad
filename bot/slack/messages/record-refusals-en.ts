/** Why no change of a record is planned, in English. Values are escaped before they come here. */
import { waysElsewhere } from './fix-names-en.ts';
import type { RecordRefusalTexts } from './record-words.ts';

const number = (value: number): string => value.toLocaleString('en');
const owner = 'the bot’s owner acts';

export const refusals: RecordRefusalTexts = {
  sentence: {
    'zone-not-configured': ({ domain, ids }) =>
      ids === ''
        ? `Not planned: none of the zones that my configuration names is ${domain} or holds it — ${owner}`
        : `Not planned: the zone of ${domain} is in Route 53 (${ids}), but my configuration does not name it, and I touch no other — ${owner}`,
    'zone-elsewhere': ({ domain }) =>
      `Not planned: ${domain} is in no zone of Route 53 that I know. Whoever keeps its DNS writes the record — the DNS owner acts`,
    'zone-ambiguous': ({ domain, ids }) =>
      `Not planned: several zones hold ${domain} (${ids}), for different networks. Say which one you mean by its id`,
    'zone-read-only': ({ zone, zoneId }) =>
      `Not planned: I may read the zone ${zone} (${zoneId}), but not write in it — ${owner}`,
    'zone-gone': ({ zone, zoneId }) =>
      `Not planned: Route 53 no longer has the zone ${zone} (${zoneId}) that my configuration names — ${owner}`,
    'zone-renamed': ({ zone, zoneId, other }) =>
      `Not planned: the zone ${zoneId} is called ${other} in Route 53, and ${zone} in my configuration — ${owner}`,
    'zone-kept-by-service': ({ zone, other }) =>
      `Not planned: the zone ${zone} is kept by ${other}, and Route 53 lets nobody else write in it — the DNS owner acts`,
    'would-be-empty': ({ domain, value }) =>
      `Not planned: ${value} is the last value of the KMS record of ${domain}. Without it no client there would find a KMS host by DNS`,
    'no-such-value': ({ domain, host }) => `Not planned: the KMS record of ${domain} has no such value for ${host}`,
    'several-values': () =>
      'Not planned: several values of the record fit. Say which one you mean by its port and numbers',
    'unreadable-value': ({ value }) =>
      `Not planned: ${value} is no SRV value that I can read, so I do not make it mine — the DNS owner acts`,
    'changed-since': ({ domain }) =>
      `Not undone: the KMS record of ${domain} is no longer as that change left it, and an undo would take somebody’s later change away`,
  },
  inDirectory: ({ domain, zone, other }, machines) =>
    `Not planned: ${number(machines)} ${machines === 1 ? 'machine is a member' : 'machines are members'} of the Active Directory domain ${other}, whose own DNS servers answer for ${domain}: a record in the Route 53 zone ${zone} would not be seen — the DNS owner acts`,
  untouchable: {
    routed: ({ domain }) =>
      `Not planned: the KMS record of ${domain} has a routing policy of Route 53 (weighted, by latency, by health …), which I would destroy — the DNS owner acts`,
    alias: ({ domain }) =>
      `Not planned: the KMS record of ${domain} is an alias for another record, so it has no values of its own — the DNS owner acts`,
    cname: ({ domain }) =>
      `Not planned: at the name of the KMS record of ${domain} stands a CNAME, beside which nothing else can be — the DNS owner acts`,
  },
  badTarget: {
    address: ({ host }) => `Not planned: ${host} is an address, and an SRV record can only name a host by its DNS name`,
    'single-label': ({ host }) =>
      `Not planned: ${host} is a short name (NetBIOS), and an SRV record needs the full one: clients add no suffix to it`,
    root: () =>
      'Not planned: a single dot as host says that there is no KMS host at all, and clients would look no further',
    'not-a-name': ({ host }) => `Not planned: ${host} cannot be a DNS name`,
    'too-long': ({ host }) => `Not planned: ${host} is longer than a DNS name can be (253 characters)`,
    service: ({ host }) =>
      `Not planned: ${host} is the name of a service and of no host, since one of its labels begins with an underscore`,
    reserved: ({ host }) =>
      `Not planned: ${host} is a reserved name, which leads each machine to itself or nowhere, and never to a KMS host`,
  },
  notOurs: {
    foreign: ({ value }) =>
      `Not planned: ${value} bears no mark of ours, so I take it for somebody else’s and leave it as it is`,
    'other-bot': ({ value }) =>
      `Not planned: ${value} belongs to another deployment of this bot, whose mark stands beside it, so I leave it as it is`,
  },
  setFull: {
    set: ({ domain, limit }) =>
      `Not planned: the KMS record of ${domain} would have more than ${number(limit)} values, and Route 53 takes no more`,
    'batch-values': ({ domain, limit }) =>
      `Not planned: to change the KMS record of ${domain}, more than ${number(limit)} values would have to be written at once, and Route 53 takes no more`,
    'batch-characters': ({ domain, limit }) =>
      `Not planned: to change the KMS record of ${domain}, more than ${number(limit)} characters would have to be written at once, and Route 53 takes no more`,
  },
  next: {
    'zone-not-configured': ({ command }) =>
      command === ''
        ? 'The zones that I know: `/kms dns`'
        : `To add to \`zones\` in \`infra/config.json\`, with the zone’s own name and site, and then deploy: ${command}`,
    'zone-read-only': ({ command }) => `In its line of \`zones\` in \`infra/config.json\`, then deploy: ${command}`,
    'zone-gone': () =>
      'Correct or remove its line in `zones` in `infra/config.json`, then deploy. The others: `/kms dns`',
    'zone-renamed': ({ command }) => `In its line of \`zones\` in \`infra/config.json\`, then deploy: ${command}`,
    'zone-kept-by-service': () => 'Use another domain that the machines look in: `/kms dns` shows them.',
    untouchable: ({ command }) =>
      `In the Route 53 console, make it a simple record set of type SRV; then ask again. What stands there: ${command}`,
    'bad-target': ({ command }) => `For example: ${command}, with \`:port\` if it is not 1688.`,
    'would-be-empty': ({ command }) => `Add the other host first, then remove this one: ${command}`,
    'no-such-value': ({ command }) => `Whose each is, and what is known of its host: ${command}`,
    'unreadable-value': () =>
      'Correct it in the Route 53 console: priority, weight, port and host, such as `0 100 1688 kms1.corp.example.`',
    'set-full': ({ command }) => `Remove a host that is gone first. Which those are: ${command}`,
    'changed-since': ({ command }) => `See what is there, and change it by \`/kms dns add\` or \`remove\`: ${command}`,
  },
  nextNotOurs: {
    foreign: ({ command }) =>
      command === ''
        ? '`/kms dns adopt` takes it over, as a change of its own; then ask again.'
        : `To take it over first, as a change of its own: ${command}; then ask again.`,
    'other-bot': ({ command }) =>
      `Ask for the change there. Only where that deployment is gone: ${command === '' ? 'take it over first' : `take it over first, ${command}`}, or have its mark (the TXT record of the same name) removed by hand.`,
  },
  elsewhere: waysElsewhere,
  publishesNow: {
    itself: (host) =>
      `*Who publishes now*  ${host} itself (\`DisableDnsPublishing\` is 0): where the zone takes its updates, nobody has to write the record.`,
    person: (host) =>
      `*Who publishes now*  a person: ${host} does not publish (\`DisableDnsPublishing\` is 1), so the record is as it was written by hand.`,
    unknown: (host) =>
      `*Who publishes now*  not known: \`slmgr /dlv\` on ${host} tells whether its DNS publishing is on.`,
  },
  chooseFrom: '*Choose*',
  standsThere: '*Stands there*',
};
