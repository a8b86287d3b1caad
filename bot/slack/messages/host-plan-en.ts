/** Plans of KMS hosts in English: their values, their steps, and what people should know before they agree. */
import type { PlanTexts } from './change-plan-words.ts';
import { below } from './key-plan-en.ts';

const number = (value: number): string => value.toLocaleString('en');
const times = (count: number): string => (count === 1 ? 'once' : `${number(count)} times`);

/** Minutes, and what they come to where that is a whole number of hours or days. */
const minutes = (count: number): string => {
  if (count % 1440 === 0) return `${number(count)} min (${count === 1440 ? '1 day' : `${number(count / 1440)} days`})`;
  return `${number(count)} min${count % 60 === 0 ? ` (${number(count / 60)} h)` : ''}`;
};

export const hostPlan: Pick<
  PlanTexts,
  'serviceRestarts' | 'machineRestarts' | 'minutes' | 'profiles' | 'and' | 'steps' | 'warning' | 'warnings'
> = {
  serviceRestarts: 'KMS service (`sppsvc`): restarted; clients get no answer for some seconds',
  machineRestarts: 'Machine: restarted, a minute after the command',
  minutes,
  profiles: { domain: 'domain', private: 'private', public: 'public' },
  and: ' and ',
  steps: (steps) => `*Steps*  ${steps.map((step, at) => `${at + 1}. ${step}`).join('  ')}`,
  warning: (text) => `*Note*  ${text}`,
  warnings: {
    'client-host-activates': (group) =>
      `A KMS host on client Windows with a key of ${group} activates client Windows only, that version and earlier ones: no server. Servers that its record leads there are refused (0xC004F042).`,
    'key-use': ({ hosts, ofHosts, here, ofHere, before }) =>
      `Through me this host key was activated on ${number(hosts)} of ${number(ofHosts)} hosts, ${here === 0 ? 'never' : `${times(here)} of ${number(ofHere)}`} on this one${before === 0 ? '' : `; ${number(before)} activations before are counted as well`}.`,
    'mak-use':
      'Each machine takes one activation out of the contract’s pool. An undo puts the key before back, and no activation into the pool.',
    'ends-activation': {
      microsoft:
        'It is permanently activated now, and the reset ends that: it has to be activated with Microsoft again, which may take another activation of its key.',
      kms: 'It is activated now. After the restart it stands in its grace period until it has asked its KMS host, by itself within 2 hours.',
    },
    'last-rearm': 'This is its last rearm: afterwards only a new installation resets the grace period.',
    'firewall-port': (port) =>
      `Windows’ own firewall rule is for port 1688 only; port ${port} needs one of its own, which \`/kms host … firewall on\` makes.`,
    'no-address': (host, zone, addresses) =>
      `The zone ${zone} has no address of ${host}, so clients that are told of it do not reach it: the DNS owner adds an A record${addresses === '' ? '' : ` with ${addresses}`}.`,
    'not-publishing': 'Its publishing is off: it publishes in these domains only after `/kms host … publish on`.',
    'record-names-old-port': ({ domain, port, adopt, add, remove }) =>
      `The record of ${domain} sends clients to port ${port} of this host until it is changed: ${add}, then ${adopt === '' ? remove : `${adopt} and ${remove}`}.`,
    'low-priority': 'With low priority a busy machine may leave KMS clients without an answer.',
    threshold: (parts) => `Afterwards ${parts.host === '' ? 'another host' : parts.host} has ${below(parts)}.`,
    'pinned-clients': (names, count) =>
      `${count === 1 ? 'One machine names' : `${number(count)} machines name`} this host by hand and will find no other: ${names}. \`/kms discover\` sends them back to DNS.`,
    'restart-interrupts': 'The restart ends whatever runs there and signs everybody off.',
    'foreign-record': (domain, value) =>
      `The record of ${domain} holds ${value}, which is not mine: the DNS owner removes it, or \`/kms dns adopt\` hands it to me first. As long as it stands, the host stays one.`,
  },
};
