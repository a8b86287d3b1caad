/** The newest attempt, as the machine's events tell it. */
import type { Hresult } from '../hresult.ts';
import type { InspectionRecord, OperatingSystem, RequestEvent, ResponseEvent } from '../inspection-record.ts';
import { currentResponse, isFailure } from '../judge-facts.ts';
import { refusedForCount } from '../rules-of-the-answers.ts';
import { eventsInTrueTime } from '../true-time.ts';
import { endpointOf } from './host-words.ts';

/** What was asked, and how it ended. */
export interface Attempt {
  /** Newest first. */
  readonly requests: readonly RequestEvent[];
  readonly response?: ResponseEvent;
  /** The host that answered it, where one did. */
  readonly answeredBy?: { readonly host: string; readonly port: number };
  /** What that host, or the client on its answer, refused with; absent when it was honoured or nobody answered. */
  readonly refusal?: Hresult;
  /** When it ended; by the machine's own clock where nobody told how far that is off. */
  readonly atMs: number;
}

/** A host's own answers: the clock, activation, generation and count codes. */
const IS_ANSWER = /^0x[C4]004F(06C|041|042|015|038)$/;

const TOO_FEW: Hresult = '0xC004F038';

/** The newest attempt; undefined where the log was not read, or holds none. */
export function attemptOf(record: InspectionRecord, kind: OperatingSystem['kind'] | undefined): Attempt | undefined {
  if (!record.events.read) return undefined;
  const events = eventsInTrueTime(record, record.events.value);
  const { requests } = events;
  const response = currentResponse(events);
  const newest = requests[0];
  if (newest === undefined && response === undefined) return undefined;
  const refusal = refusalOf(response, kind) ?? requests.find(({ code }) => IS_ANSWER.test(code))?.code;
  const answering = requests.find(({ code }) => !isFailure(code) || IS_ANSWER.test(code));
  return {
    requests,
    atMs: response?.atMs ?? newest?.atMs ?? 0,
    ...(response === undefined ? {} : { response }),
    ...(refusal === undefined ? {} : { refusal }),
    ...(answering === undefined ? {} : { answeredBy: endpointOf(answering.host) }),
  };
}

function refusalOf(
  response: ResponseEvent | undefined,
  kind: OperatingSystem['kind'] | undefined,
): Hresult | undefined {
  if (response === undefined || response.activated) return undefined;
  if (isFailure(response.code)) return response.code;
  return refusedForCount(response, kind) ? TOO_FEW : undefined;
}
