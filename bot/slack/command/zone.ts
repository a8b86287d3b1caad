/** How the zone and the host of a record are named, and what may be done there. */
import { nearestWords } from '../../domain/nearest.ts';
import { asciiName } from '../../domain/records/dns-name.ts';
import { bad, type DnsChange, type HostAddress, missing, type Parsed } from './command.ts';
import { parseDomain, parseHost } from './values.ts';
import type { Word } from './words.ts';

export const DNS_ACTIONS = ['add', 'remove', 'adopt'] as const;

/** What people say elsewhere. */
const ALSO_SAID: Readonly<Record<string, DnsChange['action']>> = {
  create: 'add',
  new: 'add',
  delete: 'remove',
  del: 'remove',
  rm: 'remove',
  drop: 'remove',
  take: 'adopt',
  own: 'adopt',
};

/** What may be done to a record; undefined for any other word. */
export const dnsAction = ({ text, quoted }: Word): DnsChange['action'] | undefined =>
  quoted ? undefined : DNS_ACTIONS.find((action) => action === text.toLowerCase());

/** Actions that a word may have meant, nearest first. */
export function nearestActions(word: string): readonly string[] {
  const also = Object.hasOwn(ALSO_SAID, word.toLowerCase()) ? ALSO_SAID[word.toLowerCase()] : undefined;
  return also === undefined ? nearestWords(word, DNS_ACTIONS) : [also];
}

/** Whether the word would be taken for an action, or a slip of one, where a zone may stand. */
export const isLikeDnsAction = (word: string): boolean => !word.includes('.') && nearestActions(word).length > 0;

/** Route 53: `Z`, then at most 31 letters and digits. A digit tells it from a domain of one label. */
const ZONE_ID = /^(?:\/?hostedzone\/)?(Z(?=[A-Z]*\d)[A-Z0-9]{4,31})$/i;

/** A domain in any script, with or without the record's own labels before it, or the id of a zone in any case. */
export function parseZone(word: Word | undefined): Parsed<string> {
  if (word === undefined) return missing('zone');
  const id = ZONE_ID.exec(word.text)?.[1];
  if (id !== undefined) return { ok: true, value: id.toUpperCase() };
  const text = asciiName(word.text).replace(/^_vlmcs\._tcp\./, '');
  const domain = parseDomain({ ...word, text }, 'zone');
  return domain.ok ? domain : bad('zone', word.text);
}

/** A host as a record names it, typed in any script. */
export function parseRecordHost(word: Word | undefined): Parsed<HostAddress> {
  if (word === undefined) return missing('host');
  const [, name = '', port = ''] = /^(.*?)(:\d+)?$/s.exec(word.text) ?? [];
  const host = parseHost({ ...word, text: asciiName(name) + port });
  return host.ok || host.problem.kind !== 'bad' ? host : bad(host.problem.what, word.text);
}
