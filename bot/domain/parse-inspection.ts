/**
 * Reads an inspection record from its JSON.
 *
 * The version is looked at first: nothing of a newer major version is believed. A part that is not as agreed costs
 * that part only, since the rest of the record still tells something about the machine.
 */
import { type Decoded, type Decoder, isObject, listOf, text, wholeNumber } from './decode.ts';
import { hresultFromDigits } from './hresult.ts';
import { unixSeconds } from './inspection-fields.ts';
import { clientEvents, clockOffset, dnsServer, kmsTarget, linkLocalRoute, srvLookup } from './inspection-findings.ts';
import { firewallRule, hostRole, isHostProduct, publishingEvents, requestDigest } from './inspection-host.ts';
import {
  instanceIdentity,
  licenceProduct,
  licensingRegistry,
  licensingService,
  networkSettings,
  operatingSystem,
  serviceState,
} from './inspection-parts.ts';
import {
  DROPPED_KEYS,
  type InspectionRecord,
  type Probe,
  type ProbeFailure,
  type ProbeKey,
} from './inspection-record.ts';

/** The version of the format this reads. */
export const READABLE_VERSION = 1;

/** A record, or why there is none. */
export type ParsedInspection =
  | { readonly ok: true; readonly record: InspectionRecord }
  | { readonly ok: false; readonly kind: 'newer-version'; readonly version: number }
  | { readonly ok: false; readonly kind: 'malformed'; readonly at: string; readonly why: string };

type Json = Readonly<Record<string, unknown>>;

/** Reads a record, or says where it stopped being one. Never throws. */
export function parseInspection(json: unknown): ParsedInspection {
  if (!isObject(json)) return malformed({ at: '', why: 'is not an object' });
  const version = wholeNumber(1, 0xffff)(json.v, 'v');
  if (!version.ok) return malformed(version);
  if (version.value > READABLE_VERSION) return { ok: false, kind: 'newer-version', version: version.value };
  const at = unixSeconds(json.at, 'at');
  if (!at.ok) return malformed(at);
  const name = text(json.name, 'name');
  if (!name.ok) return malformed(name);
  return { ok: true, record: recordOf(json, at.value, name.value) };
}

const malformed = (refusal: { at: string; why: string }): ParsedInspection => ({
  ok: false,
  kind: 'malformed',
  at: refusal.at,
  why: refusal.why,
});

function recordOf(json: Json, atMs: number, computerName: string): InspectionRecord {
  const probe = <T>(key: ProbeKey, decoder: Decoder<T>): Probe<T> => readProbe(json, key, decoder);
  const service = probe('svc', licensingService);
  const products = probe('prod', listOf(licenceProduct));
  const holdsKey = holdsHostKey(service, products);
  const ofHost = <T>(key: ProbeKey, decoder: Decoder<T>): Probe<T | undefined> =>
    hostPart(json, key, holdsKey, probe(key, decoder));
  return {
    version: READABLE_VERSION,
    atMs,
    computerName,
    os: probe('os', operatingSystem),
    aws: orNothing(json, 'aws', probe('aws', instanceIdentity)),
    service,
    products,
    sppsvc: probe('spp', serviceState),
    registry: probe('reg', licensingRegistry),
    network: probe('net', networkSettings),
    dnsServers: probe('dns', listOf(dnsServer)),
    srvLookups: probe('srv', listOf(srvLookup(targetNames(json.tgt)))),
    targets: probe('tgt', listOf(kmsTarget)),
    clock: orNothing(json, 'clk', probe('clk', clockOffset)),
    events: probe('evt', clientEvents),
    routes: probe('rt', listOf(linkLocalRoute)),
    hostRole: ofHost('host', hostRole),
    firewall: ofHost('fw', firewallRule),
    requestDigest: ofHost('req', requestDigest),
    publishing: ofHost('pub', publishingEvents),
    dropped: droppedOf(json.cut),
  };
}

function readProbe<T>(json: Json, key: ProbeKey, decoder: Decoder<T>): Probe<T> {
  const value = Object.hasOwn(json, key) ? json[key] : undefined;
  if (value === null || value === undefined) return { read: false, why: failureOf(json.err, key) };
  const read: Decoded<T> = decoder(value, key);
  if (read.ok) return { read: true, value: read.value };
  return { read: false, why: { kind: 'malformed', at: read.at, why: read.why } };
}

/** For probes whose `null` without an error is an answer: there is no such thing on this machine. */
function orNothing<T>(json: Json, key: ProbeKey, probe: Probe<T>): Probe<T | undefined> {
  const nothing = json[key] === null && !probe.read && probe.why.kind === 'unsaid';
  return nothing ? { read: true, value: undefined } : probe;
}

/** Whether the machine holds a KMS host key, by whatever of the two was read; undefined when neither was. */
function holdsHostKey(
  service: InspectionRecord['service'],
  products: InspectionRecord['products'],
): boolean | undefined {
  if (!service.read && !products.read) return undefined;
  return (service.read && service.value.isKmsHost) || (products.read && products.value.some(isHostProduct));
}

/** An absent key is the answer of a machine without a KMS host key, and no answer of any other. */
function hostPart<T>(json: Json, key: ProbeKey, holdsKey: boolean | undefined, probe: Probe<T>): Probe<T | undefined> {
  const isAbsent = !Object.hasOwn(json, key) && !probe.read && probe.why.kind === 'unsaid';
  return isAbsent && holdsKey === false ? { read: true, value: undefined } : probe;
}

function failureOf(errors: unknown, key: ProbeKey): ProbeFailure {
  const error = isObject(errors) && Object.hasOwn(errors, key) ? errors[key] : undefined;
  if (typeof error !== 'string') return { kind: 'unsaid' };
  if (error === 'timeout' || error === 'missing') return { kind: error };
  const code = hresultFromDigits(error);
  if (code !== undefined) return { kind: 'code', code };
  if (/^[A-Za-z0-9_.-]{1,40}$/.test(error)) return { kind: 'other', word: error };
  return { kind: 'malformed', at: `err.${key}`, why: 'is not a short word' };
}

/** Names of the targets as they stand, for the SRV answers that refer to them; an unreadable one has no name. */
function targetNames(targets: unknown): readonly (string | undefined)[] {
  if (!Array.isArray(targets)) return [];
  return targets.map((target: unknown) => {
    const name = text(isObject(target) ? target.n : undefined, 'n');
    return name.ok ? name.value : undefined;
  });
}

function droppedOf(cut: unknown): InspectionRecord['dropped'] {
  if (!isObject(cut)) return {};
  const counts = DROPPED_KEYS.flatMap((key) => {
    const count = wholeNumber(1, 0xffff)(Object.hasOwn(cut, key) ? cut[key] : undefined, key);
    return count.ok ? [[key, count.value] as const] : [];
  });
  return Object.fromEntries(counts);
}
