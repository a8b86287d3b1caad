/** What each change is, in English: to be done, and done. Values are escaped before they come here. */
import type { SpecTexts } from './change-words.ts';

const KIND = { auto: 'any kind', kms: 'KMS only', ad: 'Active Directory only' } as const;
const on = (machines: string): string => (machines === '' ? '' : ` on ${machines}`);

/** Behind “to”. */
export const todo: SpecTexts = {
  activate: (of) => `activate ${of.machines}`,
  point: (of) => `point ${of.machines} to ${of.host}`,
  'point-amazon': (of) => `point ${of.machines} to Amazon’s activation servers`,
  discover: (of) => `let ${of.machines} find the KMS host by DNS`,
  'activation-type': (of) => `set the activation type of ${of.machines} to ${KIND[of.to]}`,
  lookup: (of) =>
    of.domain === ''
      ? `clear the lookup domain of ${of.machines}`
      : `set the lookup domain of ${of.machines} to ${of.domain}`,
  caching: (of) => `switch host caching ${of.on ? 'on' : 'off'} for ${of.machines}`,
  'flush-dns': (of) => `empty the DNS cache of ${of.machines}`,
  'client-key': (of) => `install the KMS client setup key (GVLK) on ${of.machines}`,
  'stored-key': (of) => `install the stored key ${of.key} on ${of.machines}`,
  phone: (of) => `activate ${of.machines} by phone`,
  rearm: (of) => `reset the grace period of ${of.machines}${of.restart ? ' and restart it' : ''}`,
  restart: (of) => `restart ${of.machines}`,
  test: (of) => `test the way from ${of.machines} to ${of.host}`,
  undo: (of) => `undo change ${of.change}${on(of.machines)}`,
  'host-setup': (of) => `make a KMS host of ${of.machines}, with the stored key ${of.key}`,
  'host-publish': (of) =>
    of.on ? `let ${of.machines} publish its SRV record` : `stop ${of.machines} from publishing its SRV record`,
  'host-domains': (of) =>
    of.domains === ''
      ? `let ${of.machines} publish in its own domain only`
      : `let ${of.machines} also publish in ${of.domains}`,
  'host-port': (of) => `let the KMS of ${of.machines} listen on port ${of.port}`,
  'host-intervals': (of) =>
    `have clients of ${of.machines} try every ${of.activation} minutes and renew every ${of.renewal}`,
  'host-priority': (of) => `run the KMS of ${of.machines} with ${of.low ? 'low' : 'normal'} priority`,
  'host-firewall': (of) => `let KMS clients through the firewall of ${of.machines}`,
  'host-restart': (of) => `restart the KMS service of ${of.machines}`,
  'host-retire': (of) => `retire the KMS host ${of.machines}`,
  'dns-add': (of) =>
    of.renumbered ? `change the numbers of ${of.host} in ${of.record}` : `add ${of.host} to ${of.record}`,
  'dns-remove': (of) => `remove ${of.host} from ${of.record}`,
  'dns-adopt': (of) => `take over ${of.host} in ${of.record}`,
};

export const did: SpecTexts = {
  activate: (of) => `Activated ${of.machines}`,
  point: (of) => `Pointed ${of.machines} to ${of.host}`,
  'point-amazon': (of) => `Pointed ${of.machines} to Amazon’s activation servers`,
  discover: (of) => `Cleared the assigned host of ${of.machines}`,
  'activation-type': (of) => `Set the activation type of ${of.machines} to ${KIND[of.to]}`,
  lookup: (of) =>
    of.domain === ''
      ? `Cleared the lookup domain of ${of.machines}`
      : `Set the lookup domain of ${of.machines} to ${of.domain}`,
  caching: (of) => `Switched host caching ${of.on ? 'on' : 'off'} for ${of.machines}`,
  'flush-dns': (of) => `Emptied the DNS cache of ${of.machines}`,
  'client-key': (of) => `Installed the KMS client setup key (GVLK) on ${of.machines}`,
  'stored-key': (of) => `Installed the stored key ${of.key} on ${of.machines}`,
  phone: (of) => `Activated ${of.machines} by phone`,
  rearm: (of) => `Reset the grace period of ${of.machines}${of.restart ? ' and restarted it' : ''}`,
  restart: (of) => `Restarted ${of.machines}`,
  test: (of) => `Tested the way from ${of.machines} to ${of.host}`,
  undo: (of) => `Undid change ${of.change}${on(of.machines)}`,
  'host-setup': (of) => `Made a KMS host of ${of.machines}`,
  'host-publish': (of) =>
    of.on ? `Let ${of.machines} publish its SRV record` : `Stopped ${of.machines} from publishing its SRV record`,
  'host-domains': (of) =>
    of.domains === ''
      ? `Told ${of.machines} to publish in its own domain only`
      : `Told ${of.machines} to publish in ${of.domains} too`,
  'host-port': (of) => `Set the port of ${of.machines} to ${of.port}`,
  'host-intervals': (of) => `Set the intervals of ${of.machines} to ${of.activation} and ${of.renewal} minutes`,
  'host-priority': (of) => `Set the priority of the KMS of ${of.machines} to ${of.low ? 'low' : 'normal'}`,
  'host-firewall': (of) => `Opened the firewall of ${of.machines} to KMS clients`,
  'host-restart': (of) => `Restarted the KMS service of ${of.machines}`,
  'host-retire': (of) => `Retired the KMS host ${of.machines}`,
  'dns-add': (of) =>
    of.renumbered ? `Changed the numbers of ${of.host} in ${of.record}` : `Added ${of.host} to ${of.record}`,
  'dns-remove': (of) => `Removed ${of.host} from ${of.record}`,
  'dns-adopt': (of) => `Took over ${of.host} in ${of.record}`,
};
