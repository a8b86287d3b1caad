/** Answers one DNS message out of the simulated zones. */
import {
  type Answer,
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  type OptAnswer,
  type Packet,
  type Question,
} from 'dns-packet';
import type { World } from '../world/types.ts';
import { toAnswer, type ZoneRecord } from './records.ts';

/** The zones, as one network sees them. */
export type Resolve = (name: string, type: string) => ReturnType<World['resolve']>;

const RCODE = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;
type Rcode = keyof typeof RCODE;

const RECURSION_DESIRED = 1 << 8;
/** Stub resolvers turn away from a server that does not offer it, whether they need it or not. */
const RECURSION_AVAILABLE = 1 << 7;
const TRUNCATED = 1 << 9;
const PLAIN_UDP_BYTES = 512;
const MOST_UDP_BYTES = 4096;
const MOST_TCP_BYTES = 65_535;

/** The answer's sections before they are fitted into a message. */
interface Sections {
  readonly rcode: Rcode;
  readonly answers: Answer[];
  readonly authorities: Answer[];
  readonly additionals: Answer[];
}

/**
 * The message to send back; undefined for bytes that are no query. Over UDP what does not fit is cut: additional records
 * silently, answers with the truncation flag, so that the client comes back over TCP.
 */
export function answerMessage(bytes: Buffer, transport: 'udp' | 'tcp', resolve: Resolve): Buffer | undefined {
  const query = read(bytes);
  if (query === undefined || query.type !== 'query') return undefined;
  const opt = query.additionals?.find((record): record is OptAnswer => record.type === 'OPT');
  const sections = sectionsFor(query, resolve);
  return fitted(query, sections, opt, transport === 'tcp' ? MOST_TCP_BYTES : udpLimit(opt));
}

function read(bytes: Buffer): (Packet & { opcode?: string }) | undefined {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}

function udpLimit(opt: OptAnswer | undefined): number {
  return Math.min(MOST_UDP_BYTES, Math.max(PLAIN_UDP_BYTES, opt?.udpPayloadSize ?? 0));
}

function sectionsFor(query: Packet & { opcode?: string }, resolve: Resolve): Sections {
  const [question, ...others] = query.questions ?? [];
  if (query.opcode !== undefined && query.opcode !== 'QUERY') return empty('NOTIMP');
  if (question === undefined || others.length > 0) return empty('FORMERR');
  if (question.class !== undefined && question.class !== 'IN' && question.class !== 'ANY') return empty('REFUSED');
  try {
    return lookUp(question, resolve);
  } catch {
    return empty('SERVFAIL');
  }
}

function empty(rcode: Rcode): Sections {
  return { rcode, answers: [], authorities: [], additionals: [] };
}

function lookUp(question: Question, resolve: Resolve): Sections {
  const { answers, rcode } = resolve(question.name, question.type);
  if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') return empty(rcode);
  const found = answers.flatMap((record) => toAnswer(record) ?? []);
  const authorities = found.length === 0 ? startOfAuthority(question.name, resolve) : [];
  return { rcode, answers: found, authorities, additionals: addressesOf(answers, resolve) };
}

/** The SOA of the zone that a name lies in, which makes a negative answer complete; none for names of nobody. */
function startOfAuthority(name: string, resolve: Resolve): Answer[] {
  const labels = name.split('.').filter((label) => label !== '');
  for (let skip = 0; skip < labels.length; skip += 1) {
    const soa = resolve(labels.slice(skip).join('.'), 'SOA').answers.find((record) => record.type === 'SOA');
    if (soa !== undefined) return [soa].flatMap((record) => toAnswer(record) ?? []);
  }
  return [];
}

/** Addresses of the hosts that SRV and NS records name, each host once. */
function addressesOf(records: readonly ZoneRecord[], resolve: Resolve): Answer[] {
  const hosts = records
    .filter(({ type }) => type === 'SRV' || type === 'NS')
    .map(({ value }) => value.split(/\s+/).at(-1) ?? '');
  return [...new Set(hosts)].flatMap((host) =>
    ['A', 'AAAA'].flatMap((type) => resolve(host, type).answers.flatMap((record) => toAnswer(record) ?? [])),
  );
}

function fitted(query: Packet, sections: Sections, opt: OptAnswer | undefined, limit: number): Buffer {
  const whole = message(query, sections, opt, 0);
  if (whole.length <= limit) return whole;
  const bare = message(query, { ...sections, additionals: [] }, opt, 0);
  if (bare.length <= limit) return bare;
  return message(query, empty(sections.rcode), opt, TRUNCATED);
}

function message(query: Packet, sections: Sections, opt: OptAnswer | undefined, truncated: number): Buffer {
  const asked = (query.flags ?? 0) & RECURSION_DESIRED;
  const flags = AUTHORITATIVE_ANSWER | RECURSION_AVAILABLE | truncated | asked | RCODE[sections.rcode];
  const echo: Answer[] = opt === undefined ? [] : [{ ...opt, udpPayloadSize: MOST_UDP_BYTES, options: [] }];
  return encode({
    type: 'response',
    flags,
    ...(query.id !== undefined && { id: query.id }),
    questions: query.questions ?? [],
    answers: sections.answers,
    authorities: sections.authorities,
    additionals: [...sections.additionals, ...echo],
  });
}
