/** Readers of the host half of an inspection record. */
import {
  type Decoder,
  listOf,
  mapped,
  objectOf,
  optional,
  orNull,
  refined,
  text,
  tupleOf,
  wholeNumber,
} from './decode.ts';
import type {
  DuplicateCmid,
  FirewallRule,
  HostRole,
  PublishingEvents,
  RequestCounters,
  RequestDigest,
} from './host-record.ts';
import type { Hresult } from './hresult.ts';
import { boolean, guid, hresult, port, texts, UINT32, uint32, unixSeconds, wordAmong } from './inspection-fields.ts';
import { present } from './inspection-parts.ts';
import type { Guid, LicenceProduct } from './inspection-record.ts';

/** Whether a product is a KMS host key: its channel is a KMS channel other than the client's. */
export const isHostProduct = ({ channelToken }: Pick<LicenceProduct, 'channelToken'>): boolean =>
  channelToken.startsWith('VOLUME_KMS') && !channelToken.startsWith('VOLUME_KMSCLIENT');

/** A number of a host that counts from nothing: 4294967295 stands for never. */
const counter = mapped(uint32, (value) => (value === UINT32 ? 0 : value));

const counters: Decoder<RequestCounters> = mapped(
  tupleOf<[number, number, number, number, number, number, number, number]>(
    ...([counter, counter, counter, counter] as const),
    ...([counter, counter, counter, counter] as const),
  ),
  ([total, failed, ...byStatus]) => ({ total, failed, byStatus }),
);

/** `host` of the record. */
export const hostRole: Decoder<HostRole> = mapped(
  objectOf({
    n: uint32,
    need: counter,
    rq: counters,
    iv: tupleOf<[number, number]>(uint32, uint32),
    p: port,
    pub: boolean,
    low: boolean,
    tcp: optional(wordAmong('ok', 'timeout', 'refused', 'unreachable')),
    bind: optional(wordAmong('ok', 'rejected', 'busy', 'closed', 'silent', 'other')),
  }),
  (wire) => ({
    requiredCount: wire.need,
    requests: wire.rq,
    activationIntervalMinutes: wire.iv[0],
    renewalIntervalMinutes: wire.iv[1],
    listeningPort: wire.p,
    publishing: wire.pub,
    lowPriority: wire.low,
    listening: { tcp: wire.tcp ?? { word: 'unsaid' }, ...present({ bind: wire.bind }) },
    ...present({ count: wire.n === UINT32 ? undefined : wire.n }),
  }),
);

const PROFILES = { d: 'domain', p: 'private', u: 'public' } as const;
type Profile = (typeof PROFILES)[keyof typeof PROFILES];

const isLetter = (letter: string): letter is keyof typeof PROFILES => Object.hasOwn(PROFILES, letter);

/** Letters this version does not know are left out. */
const profiles: Decoder<readonly Profile[]> = mapped(text, (letters) =>
  [...letters].filter(isLetter).map((letter) => PROFILES[letter]),
);

/** `fw` of the record. */
export const firewallRule: Decoder<FirewallRule> = mapped(
  objectOf({ r: profiles, on: profiles, a: optional(profiles) }),
  (wire) => ({
    enabled: wire.r.length > 0,
    profiles: wire.r.length === Object.keys(PROFILES).length ? [] : wire.r,
    firewallOn: wire.on,
    ...present({ active: wire.a?.[0] }),
  }),
);

const eventCount = wholeNumber(0, Number.MAX_SAFE_INTEGER);

const failure = mapped(
  tupleOf<[Hresult, number, number]>(hresult, eventCount, unixSeconds),
  ([code, events, newestMs]) => ({ code, events, newestMs }),
);

const duplicate: Decoder<DuplicateCmid> = mapped(
  tupleOf<[Guid, number, readonly string[]]>(guid, eventCount, texts),
  ([cmid, machines, names]) => ({ cmid, machines, names }),
);

const LONGEST_HISTOGRAM = 30;
const histogram = refined(listOf(eventCount), (days) =>
  days.length > LONGEST_HISTOGRAM ? { why: 'has more than thirty days' } : { value: days },
);

/** `req` of the record. */
export const requestDigest: Decoder<RequestDigest> = mapped(
  objectOf({
    s: unixSeconds,
    ok: boolean,
    n: eventCount,
    c: eventCount,
    w: eventCount,
    d: histogram,
    f: listOf(failure),
    dup: listOf(duplicate),
  }),
  (wire) => ({
    sinceMs: wire.s,
    complete: wire.ok,
    events: wire.n,
    clients: wire.c,
    clientWindows: wire.w,
    byDay: wire.d,
    failures: wire.f,
    duplicates: wire.dup,
  }),
);

const success = mapped(tupleOf<[number, string]>(unixSeconds, text), ([atMs, domain]) => ({ atMs, domain }));

const failedPublishing = mapped(
  tupleOf<[number, Hresult, string]>(unixSeconds, hresult, text),
  ([atMs, code, domain]) => ({ atMs, code, domain }),
);

/** `pub` of the record. */
export const publishingEvents: Decoder<PublishingEvents> = mapped(
  objectOf({ ok: orNull(success), no: orNull(failedPublishing) }),
  (wire) => present({ success: wire.ok, failure: wire.no }),
);
