/** The KMS hosts in English. Values are escaped before they come here. */
import { diagnosis } from './diagnosis-en.ts';
import { concerns } from './hosts-concerns-en.ts';
import type { HostsTexts } from './hosts-words.ts';

const number = (value: number): string => value.toLocaleString('en');
const hosts = (value: number): string => `${number(value)} KMS ${value === 1 ? 'host' : 'hosts'}`;

/** Names that fit a first line. */
const NAMED = 2;

export const hostsTexts: HostsTexts = {
  progress: {
    'looking-up': 'Looking for the KMS hosts',
    asking: 'Asking the KMS hosts',
    'reading-zones': 'Reading the DNS zones of the KMS hosts',
    'slowed-down': 'Asking the KMS hosts; AWS is slowing me down',
  },
  answered: (answered, asked) => `${number(answered)} of ${number(asked)} answered`,
  first: {
    none: 'I know of no KMS host: no machine holds a KMS host key, and no machine names a host — the KMS host’s owner acts',
    noneStep:
      'If there is one, give its machine the fleet’s tag and run `/kms check all`; if not, make one of a server: `/kms host … setup`.',
    well: (names) =>
      names.length === 1
        ? `${names[0] ?? ''}, the only KMS host, is well`
        : names.length === NAMED
          ? `Both KMS hosts are well: ${names.join(' and ')}`
          : `All ${hosts(names.length)} are well`,
    worst: (fact, owner, bad, all) =>
      `${fact} — ${diagnosis.acts(owner)}${bad < 2 ? '' : `; ${number(bad)} of ${hosts(all)} need attention`}`,
    unread: (sites, well) =>
      `${sites} could not be read — the bot’s owner acts${well === 0 ? '' : `; ${well === 1 ? 'the KMS host elsewhere is' : `the ${hosts(well)} elsewhere are`} well`}`,
  },
  concerns,
  count: (count, saturated, machines, complete) => {
    const fleet =
      machines === undefined ? '' : `; ${complete ? '' : 'at least '}${number(machines)} machines in 30 days`;
    return `count ${number(count)}${saturated ? ', the most it keeps' : ''}${fleet}`;
  },
  noCount: 'count not known',
  threshold: (of, needed, met, missedFrom) => {
    const name = { 'client-windows': 'client Windows', server: 'servers', office: 'Office' }[of];
    return `${name} ≥ ${needed} ${met ? `✓${missedFrom === '' ? '' : ` until ${missedFrom} if nothing changes`}` : 'not reached'}`;
  },
  requests: (total, failed, since) =>
    `${total === 0 ? 'no request' : total === 1 ? '1 request' : `${number(total)} requests`} since ${since}${failed === 0 ? '' : `, ${number(failed)} failed`}`,
  failure: (meaning, events) => `${number(events)} × ${meaning}`,
  listening: {
    answers: (port) => `answers on port ${port}`,
    listens: (port) => `listens on port ${port}`,
    no: (port) => `does not listen on port ${port}`,
    unknown: (port) => `port ${port} not looked at`,
  },
  firewall: { open: 'firewall open', closed: 'firewall closed', unknown: 'firewall not looked at' },
  publishing: {
    on: (at) => (at === '' ? 'publishes itself in DNS' : `published itself in DNS ${at}`),
    off: () => 'does not publish itself in DNS',
  },
  key: (group) => `key ${group}`,
  officeKeys: (keys, activated) =>
    `${keys === 1 ? 'a key' : `${number(keys)} keys`} for Office${activated === keys ? '' : activated === 0 ? ', not activated' : `, ${number(activated)} activated`}`,
  byClients: (reached, failed, isNode) => {
    const whose = isNode ? 'by its clients' : 'no agent; by its clients';
    if (reached > 0)
      return `${whose}: ${number(reached)} reached it${failed === 0 ? '' : `, ${number(failed)} could not`}`;
    const nobody = failed === 0 ? 'no client asks it' : `no client reached it; ${number(failed)} tried`;
    return isNode ? nobody : `no agent; ${nobody}`;
  },
  remembered: (when) => `could not be asked now; as of ${when}`,
  next: ({ fact, step }) => `${fact}. ${step}`,
  step: ({ step }) => `Next: ${step}`,
  moreConcerns: (count) => `${number(count)} more: look again once these are mended`,
  moreHosts: (count, bad) =>
    `${number(count)} more KMS ${count === 1 ? 'host' : 'hosts'}${bad === 0 ? `, ${count === 1 ? 'which is' : 'all'} well` : `, ${number(bad)} of them with something to mend`}`,
  unreadSite: (site, why) => `${site} could not be read: ${why}`,
  unreadWhy: {
    'missing-right': 'a right is missing there',
    'site-unreachable': 'AWS did not answer there',
    'document-missing': 'the inspection is not deployed there',
  },
  buttons: { lookAgain: 'Look again' },
  small: { slmgr: '`slmgr /dlv` on each', looked: (when) => `looked at ${when}` },
};
