/**
 * Lines of `DnsDomainPublishList`: the domains beside its own that a KMS host publishes in.
 *
 * Windows Vista and Server 2008 know bare domains alone; since Windows 7 and Server 2008 R2 a line is
 * `domain, priority, weight`, where priority and weight may be left out and are 0 then.
 *
 * Microsoft, "Guidelines for troubleshooting DNS-related activation issues".
 */
import type { PublishDomain } from '../change/change-spec.ts';
import { parseTarget } from '../records/dns-name.ts';

/** What a line says, or what is wrong with it: the domain, a number, or a field too many. */
export type ParsedLine =
  | { readonly ok: true; readonly domain: PublishDomain }
  | { readonly ok: false; readonly why: 'domain' | 'number' | 'fields' };

/** Greatest priority and weight of an SRV record. */
const MOST = 65_535;

const numberIn = (field: string): number | undefined => {
  const value = /^[0-9]{1,5}$/.test(field) ? Number(field) : Number.NaN;
  return value <= MOST ? value : undefined;
};

const refused = (why: 'domain' | 'number' | 'fields'): ParsedLine => ({ ok: false, why });

/** Commas of East Asian keyboards among them. */
const COMMAS = /[,\uff0c\u3001]/;

/** Reads one line, in either form, with blanks wherever people put them. */
export const parsePublishLine = (line: string): ParsedLine => {
  const [name = '', ...rest] = line.split(COMMAS).map((field) => field.trim());
  if (rest.length > 2) return refused('fields');
  const domain = domainIn(name);
  if (domain === undefined) return refused('domain');
  const numbers = rest.map(numberIn);
  if (numbers.includes(undefined)) return refused('number');
  const [priority, weight] = numbers;
  return {
    ok: true,
    domain: { domain, ...(priority === undefined ? {} : { priority }), ...(weight === undefined ? {} : { weight }) },
  };
};

/** Lower-case, ASCII, without trailing dot; a single label is no domain that clients have as their suffix. */
const domainIn = (name: string): string | undefined => {
  const read = parseTarget(name);
  return read.ok ? read.target : undefined;
};

/** The line as it is written: bare where neither number was given, so that a host of 2008 reads it too. */
export const publishLine = ({ domain, priority, weight }: PublishDomain): string => {
  if (priority === undefined && weight === undefined) return domain;
  return `${domain}, ${priority ?? 0}, ${weight ?? 0}`;
};

/** The most lines that the bot writes: each is a record that a host renews daily. */
export const MOST_DOMAINS = 20;

/** What stands against a list of domains; undefined where nothing does. */
export const listObjection = (
  domains: readonly PublishDomain[],
):
  | { readonly why: 'too-many'; readonly most: number }
  | { readonly why: 'twice'; readonly domain: string }
  | undefined => {
  if (domains.length > MOST_DOMAINS) return { why: 'too-many', most: MOST_DOMAINS };
  const twice = domains.find(({ domain }, at) => domains.findIndex((each) => each.domain === domain) < at);
  return twice === undefined ? undefined : { why: 'twice', domain: twice.domain };
};

/** What lines mean, whatever their form: two lists that say the same are equal. */
export const meaningOf = (lines: readonly string[]): readonly string[] => lines.map(lineMeaning);

const lineMeaning = (line: string): string => {
  const read = parsePublishLine(line);
  if (!read.ok) return line.trim();
  const { domain, priority = 0, weight = 0 } = read.domain;
  return `${domain} ${priority} ${weight}`;
};
