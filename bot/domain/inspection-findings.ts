/** Readers of the parts of an inspection record that tell what probing and the event log gave. */
import {
  type Decoder,
  finiteNumber,
  listOf,
  mapped,
  objectOf,
  optional,
  orNull,
  type Refined,
  refined,
  refused,
  text,
  tupleOf,
  wholeNumber,
} from './decode.ts';
import type { Hresult } from './hresult.ts';
import {
  boolean,
  hexNumber,
  hresult,
  networkFailure,
  port,
  texts,
  uint32,
  unixSeconds,
  wordAmong,
} from './inspection-fields.ts';
import { present } from './inspection-parts.ts';
import type {
  ClientEvents,
  ClockOffset,
  DnsServer,
  KmsTarget,
  LinkLocalRoute,
  NetworkFailure,
  Port,
  SrvAnswer,
  SrvLookup,
  TargetOrigin,
} from './inspection-record.ts';

const queryResult: Decoder<DnsServer['query']> = (json, at) =>
  json === 'ok' ? { ok: true, value: 'answers' } : networkFailure(json, at);

export const dnsServer: Decoder<DnsServer> = mapped(objectOf({ ip: text, q: queryResult, ping: boolean }), (wire) => ({
  address: wire.ip,
  query: wire.q,
  ping: wire.ping,
}));

const uint16 = wholeNumber(0, 65_535);

/** An SRV answer's target: its place in the list of targets, or the name itself. */
const targetName =
  (names: readonly (string | undefined)[]): Decoder<string> =>
  (json, at) => {
    if (typeof json !== 'number') return text(json, at);
    const name = names[json];
    return name === undefined ? refused(at, 'names a target that is not in the list') : { ok: true, value: name };
  };

const srvAnswer = (names: readonly (string | undefined)[]): Decoder<SrvAnswer> =>
  mapped(
    tupleOf<[number, number, Port, string]>(uint16, uint16, port, targetName(names)),
    ([priority, weight, number, target]) => ({ priority, weight, port: number, target }),
  );

/** One domain's SRV lookup; `names` are those of the record's targets, which answers refer to by their place. */
export const srvLookup = (names: readonly (string | undefined)[]): Decoder<SrvLookup> =>
  refined(objectOf({ d: text, a: optional(listOf(srvAnswer(names))), e: optional(networkFailure) }), lookupOf);

function lookupOf(wire: {
  readonly d: string;
  readonly a: readonly SrvAnswer[] | undefined;
  readonly e: NetworkFailure | undefined;
}): Refined<SrvLookup> {
  if (wire.a !== undefined && wire.a.length > 0)
    return { value: { domain: wire.d, outcome: { found: true, answers: wire.a } } };
  const why = wire.e ?? (wire.a === undefined ? undefined : 'nodata');
  if (why === undefined) return { why: 'has neither answers nor an error' };
  return { value: { domain: wire.d, outcome: { found: false, why } } };
}

const ORIGINS: Readonly<Record<string, TargetOrigin>> = { s: 'srv', a: 'assigned', d: 'discovered', z: 'amazon' };

/** Letters this version does not know are left out. */
const origins = mapped(text, (letters) =>
  [...letters].flatMap((letter) => (Object.hasOwn(ORIGINS, letter) ? [ORIGINS[letter] as TargetOrigin] : [])),
);

function resolution(ip: readonly string[] | undefined, e: NetworkFailure | undefined): KmsTarget['resolution'] {
  if (ip !== undefined && ip.length > 0) return { ok: true, addresses: ip };
  if (e !== undefined) return { ok: false, why: e };
  return ip === undefined ? { ok: 'unsaid' } : { ok: false, why: 'nodata' };
}

/** A KMS host found or assigned, and what probing it gave. */
export const kmsTarget: Decoder<KmsTarget> = mapped(
  objectOf({
    n: text,
    p: port,
    by: origins,
    ip: optional(texts),
    e: optional(networkFailure),
    tcp: optional(wordAmong('ok', 'timeout', 'refused', 'unreachable')),
    bind: optional(wordAmong('ok', 'rejected', 'busy', 'closed', 'silent', 'other')),
    skip: optional(text),
  }),
  (wire) => ({
    host: wire.n,
    port: wire.p,
    origins: wire.by,
    resolution: resolution(wire.ip, wire.e),
    skipped: wire.skip !== undefined,
    ...present({ tcp: wire.tcp, bind: wire.bind }),
  }),
);

/** The machine's clock against a time server. */
export const clockOffset: Decoder<ClockOffset> = mapped(
  tupleOf<[number, string]>(finiteNumber, text),
  ([seconds, server]) => ({ seconds, server }),
);

const requestEvent = mapped(tupleOf<[number, Hresult, string]>(unixSeconds, hresult, text), ([atMs, code, host]) => ({
  atMs,
  code,
  host,
}));

const responseEvent = mapped(
  tupleOf<[number, Hresult, number, boolean, number]>(unixSeconds, hresult, hexNumber, boolean, uint32),
  ([atMs, code, statusFlags, activated, count]) => ({ atMs, code, statusFlags, activated, count }),
);

/** The newest attempt, as the event log tells it. */
export const clientEvents: Decoder<ClientEvents> = mapped(
  objectOf({ q: listOf(requestEvent), r: orNull(responseEvent) }),
  (wire) => ({ requests: wire.q, ...present({ response: wire.r }) }),
);

/** A route to a link-local address. */
export const linkLocalRoute: Decoder<LinkLocalRoute> = mapped(
  tupleOf<[string, string, number, number]>(text, text, uint32, uint32),
  ([destination, nextHop, interfaceIndex, metric]) => ({ destination, nextHop, interfaceIndex, metric }),
);
