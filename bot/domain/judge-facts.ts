/** What the rules that name a cause look at: an inspection record, sorted by what it proves. */
import type { ActivationChannel } from './check-report.ts';
import type { Hresult } from './hresult.ts';
import type {
  ClientEvents,
  InspectionRecord,
  LicenceProduct,
  OperatingSystem,
  ResponseEvent,
} from './inspection-record.ts';
import { type KmsPath, kmsPath } from './kms-path.ts';
import { channelOf } from './licence.ts';

/** A record and what follows from it. */
export interface Facts {
  readonly record: InspectionRecord;
  /** The Windows product that counts; absent when none has a key. */
  readonly product?: LicenceProduct;
  readonly channel: ActivationChannel;
  readonly os?: OperatingSystem;
  readonly path: KmsPath;
  /** Failures the event log tells of the newest attempt, newest first. */
  readonly eventFailures: readonly EventFailure[];
  /** The answer to the newest attempt; absent when there is none, or only one to an earlier attempt. */
  readonly response?: ResponseEvent;
  /** The host of the newest attempt. */
  readonly lastHost?: string;
}

/** A failure the event log tells, and the host it was about. */
export interface EventFailure {
  readonly code: Hresult;
  /** Without the port; absent when the event does not tell. */
  readonly host?: string;
}

/** Sorts a record by what it proves. */
export function factsOf(record: InspectionRecord, product: LicenceProduct | undefined): Facts {
  const events = record.events.read ? record.events.value : undefined;
  const response = currentResponse(events);
  const newest = events?.requests[0];
  return {
    record,
    channel: product === undefined ? 'none' : channelOf(product.channelToken),
    path: kmsPath(record, product),
    eventFailures: failuresOf(events, response),
    ...(product === undefined ? {} : { product }),
    ...(record.os.read ? { os: record.os.value } : {}),
    ...(response === undefined ? {} : { response }),
    ...(newest === undefined ? {} : { lastHost: hostOf(newest.host) }),
  };
}

/** A response older than the newest request answered an earlier attempt and proves nothing about this one. */
export function currentResponse(events: ClientEvents | undefined): ResponseEvent | undefined {
  const newest = events?.requests[0];
  if (events?.response === undefined || newest === undefined) return events?.response;
  return events.response.atMs >= newest.atMs ? events.response : undefined;
}

function failuresOf(events: ClientEvents | undefined, response: ResponseEvent | undefined): readonly EventFailure[] {
  const requests = (events?.requests ?? []).map(({ code, host }) => ({ code, host: hostOf(host) }));
  const answer = response === undefined ? [] : [{ code: response.code, ...namedHost(requests[0]?.host) }];
  return [...answer, ...requests].filter((failure) => isFailure(failure.code));
}

const namedHost = (host: string | undefined) => (host === undefined ? {} : { host });

/** Information codes explain nothing, but for the one that a host of another generation answers. */
export const isFailure = (code: Hresult): boolean => /^0x[89A-F]/.test(code) || code === '0x4004F042';

/** The host of `host:port`; IPv6 addresses without their brackets. */
export const hostOf = (hostAndPort: string): string =>
  hostAndPort
    .replace(/:\d{1,5}$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
