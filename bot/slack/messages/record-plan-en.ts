/** Plans of records in English. Values are escaped before they come here. */

import type { ZoneAddresses } from '../../domain/records/record-plan.ts';
import { durationEn } from './record-spans.ts';
import type { RecordPlanTexts } from './record-words.ts';

const number = (value: number): string => value.toLocaleString('en');
const machines = (count: number): string => `${number(count)} ${count === 1 ? 'machine' : 'machines'}`;
const values = (count: number): string => `${number(count)} ${count === 1 ? 'value' : 'values'}`;
const are = (count: number, what: string): readonly string[] =>
  count === 0 ? [] : [`${values(count)} ${count === 1 ? 'is' : 'are'} ${what}`];
const andList = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** Addresses named of a host. */
const ADDRESSES = 2;

const addressWords = ({ zone, addresses }: ZoneAddresses): string => {
  if (addresses.length === 0) return `no A or AAAA record in the zone ${zone}`;
  return `${addresses.length === 1 ? 'address' : 'addresses'} ${addresses.slice(0, ADDRESSES).join(', ')}${addresses.length > ADDRESSES ? ' …' : ''}`;
};

export const plan: RecordPlanTexts = {
  where: (name, zone, zoneId, sees) => `${name}  SRV, in zone ${zone} (${zoneId}), ${sees}`,
  public: 'public: everybody sees it',
  private: (vpcs, more) =>
    vpcs.length === 0
      ? 'private, and no network sees it yet'
      : `private, seen by ${andList([...vpcs, ...(more > 0 ? [`${number(more)} more`] : [])])}`,
  whose: { ours: 'ours', 'other-bot': 'another bot’s', foreign: 'not ours' },
  kept: (whose) => `kept, ${whose}`,
  added: 'new',
  adopted: (whose) => `${whose} so far, becomes ours as it is`,
  released: 'ours so far, no longer ours, stays as it is',
  unreadable: 'no readable SRV value',
  host: ({ reached = 0, failed = 0, count, publishes, inZone }) =>
    [
      ...(inZone === undefined ? [] : [addressWords(inZone)]),
      ...(reached + failed === 0
        ? []
        : [
            failed === 0
              ? `${machines(reached)} ${reached === 1 ? 'reaches' : 'reach'} it`
              : reached === 0
                ? `${failed === 1 ? 'the one machine that tried does' : `${failed === 2 ? 'both machines' : `all ${machines(failed)}`} that tried do`} not reach it`
                : `${number(reached)} of ${machines(reached + failed)} reach it`,
          ]),
      ...(count === undefined ? [] : [`count ${number(count)}`]),
      ...(publishes === true ? ['publishes by itself'] : []),
      ...(reached + failed === 0 && inZone !== undefined && inZone.addresses.length > 0
        ? ['not known whether machines reach it']
        : []),
    ].join(', '),
  notes: (parts) => parts.join(', '),
  hostUnknown: 'nothing known of this host yet',
  moreKept: (count) => `… and ${values(count)} more, kept as they are`,
  moreChanged: (count) => `… and ${values(count)} more that ${count === 1 ? 'changes' : 'change'}`,
  changes: ({ added, removed, changed, adopted, released, kept }) => {
    const done = [
      ...are(added, 'added'),
      ...are(changed, added + removed === 0 ? 'given other numbers' : 'changed'),
      ...are(removed, 'removed'),
      ...are(adopted, 'marked as ours'),
      ...are(released, 'no longer marked as ours'),
    ];
    const rest =
      kept === 0
        ? ''
        : kept === 1
          ? '; the other one stays exactly as it is'
          : `; the other ${number(kept)} stay exactly as they are`;
    const forClients =
      added + removed + changed === 0 ? ' Only the mark beside it (a TXT record) changes, clients notice nothing.' : '';
    return `${andList(done)}${rest}.${forClients}`;
  },
  ttl: {
    default: (seconds) =>
      `TTL ${number(seconds)} s, so that a later change reaches every resolver within ${durationEn(seconds)}; those that were told there is no record may keep that for a while.`,
    kept: (seconds) =>
      `Its TTL of ${number(seconds)} s stays, since it holds for all values: resolvers may give the old answer for up to ${durationEn(seconds)}.`,
  },
  clients: {
    none: (domain) => `After that nothing is left: in ${domain} no client finds a KMS host by DNS.`,
    one: 'Clients then find this one host.',
    shared: (hosts) =>
      `Clients then draw one of ${number(hosts)} hosts by weight, and each host counts only those that come to it: its count has to reach the threshold by itself.`,
    standby: (first) => `Clients then ask ${first} first, and the others only where it does not answer.`,
  },
  activatedStay: 'Activated machines stay with the host they have until it no longer answers.',
  publishes: (hosts) =>
    `⚠ ${andList(hosts)} ${hosts.length === 1 ? 'publishes its' : 'publish their'} record by ${hosts.length === 1 ? 'itself' : 'themselves'}, which Route 53 does not take. Unless other DNS servers do, switch that off: \`/kms host … publish off\`.`,
  noAddress: (host, zone) =>
    `⚠ The zone ${zone} has no A or AAAA record for ${host}: machines that are told of this host do not reach it, unless a wildcard or another DNS gives them its address. Check the name, or give it an A record first.`,
  belowZone: (domain, zone) =>
    `${domain} lies inside the zone ${zone}. Where other DNS servers answer for it, such as those of an Active Directory domain, machines do not see this record; I ask some once it is written.`,
  asOf: (when) => `What is known of hosts is as of ${when}.`,
  undo: 'Can be undone for 30 days.',
  undoOfFirst: 'Can be undone for 30 days; as this value is the first one, that takes the whole record away again.',
};
