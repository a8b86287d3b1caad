/** Values of record sets, as Route 53 writes them, in the shape that goes into a DNS message. */
import type { Answer } from 'dns-packet';

/** One answer as the world gives it. */
export interface ZoneRecord {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly value: string;
}

/** The record for a DNS message; undefined for a value that is none of its type, or a type that is not served. */
export function toAnswer(record: ZoneRecord): Answer | undefined {
  const { name, ttl, value } = record;
  switch (record.type) {
    case 'A':
      return { type: 'A', name, ttl, data: value };
    case 'AAAA':
      return { type: 'AAAA', name, ttl, data: value };
    case 'CNAME':
      return { type: 'CNAME', name, ttl, data: value };
    case 'NS':
      return { type: 'NS', name, ttl, data: value };
    case 'TXT':
      return { type: 'TXT', name, ttl, data: characterStrings(value) };
    case 'SRV':
      return srv(record);
    case 'SOA':
      return soa(record);
    default:
      return undefined;
  }
}

function srv({ name, ttl, value }: ZoneRecord): Answer | undefined {
  const [priority, weight, port, target] = value.split(/\s+/);
  if (target === undefined) return undefined;
  const data = { priority: Number(priority), weight: Number(weight), port: Number(port), target };
  return [data.priority, data.weight, data.port].every(isUint16) ? { type: 'SRV', name, ttl, data } : undefined;
}

function isUint16(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0xffff;
}

function soa({ name, ttl, value }: ZoneRecord): Answer | undefined {
  const [mname, rname, ...numbers] = value.split(/\s+/);
  const [serial, refresh, retry, expire, minimum] = numbers.map(Number);
  if (mname === undefined || rname === undefined || minimum === undefined) return undefined;
  return { type: 'SOA', name, ttl, data: { mname, rname, serial, refresh, retry, expire, minimum } };
}

/** Quoted strings with backslash escapes, octal ones included; text without quotes is one string. */
export function characterStrings(value: string): string[] {
  const quoted = value.match(/"(?:[^"\\]|\\.)*"/gs);
  if (quoted === null) return [value];
  return quoted.map((text) => text.slice(1, -1).replace(/\\([0-7]{3}|.)/gs, unescaped));
}

function unescaped(_whole: string, code: string): string {
  return code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : code;
}
