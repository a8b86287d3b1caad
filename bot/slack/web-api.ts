/** Slack's Web API by `fetch`, for the function that has no client of Slack's. */
import { DEFAULT_SLOW_DOWN_SECONDS, Transient } from '../errors.ts';
import { Throttled } from '../ports.ts';
import { errorOf } from './refusal-codes.ts';

export interface WebApiOptions {
  readonly token: string | (() => Promise<string>);
  /** Base of Slack's Web API, with a trailing slash. */
  readonly apiUrl: string;
  readonly fetch: typeof globalThis.fetch;
  /** The function that asks, for whoever has to give a right back. */
  readonly functionName: string;
  readonly patienceMs: number;
}

export type WebApiAnswer = Readonly<Record<string, unknown>>;

/**
 * Calls a method.
 *
 * @throws Throttled, Transient, OperationFailed, or an error that names Slack's code. `expected` codes are no errors:
 * the answer comes back as it is.
 */
export type WebApiCall = (
  method: string,
  fields: Readonly<Record<string, string>>,
  expected?: readonly string[],
) => Promise<WebApiAnswer>;

export const webApi =
  (options: WebApiOptions): WebApiCall =>
  async (method, fields, expected = []) => {
    const response = await send(options, method, fields);
    if (response.status === 429) throw new Throttled('Slack', secondsIn(response.headers.get('retry-after')));
    const answer = response.ok ? objectOf(response.body) : undefined;
    if (answer === undefined) throw new Transient('Slack', `${method}: status ${response.status}`);
    if (answer.ok === true) return answer;
    const code = typeof answer.error === 'string' ? answer.error : 'without an error';
    if (expected.includes(code)) return answer;
    throw errorOf({ method, code, needed: answer.needed, functionName: options.functionName });
  };

interface Received {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

async function send(options: WebApiOptions, method: string, fields: Readonly<Record<string, string>>) {
  const { token, apiUrl, fetch, patienceMs } = options;
  const signal = AbortSignal.timeout(patienceMs);
  const once = async (): Promise<Received> => {
    const bearer = typeof token === 'string' ? token : await token();
    const response = await fetch(new URL(method, apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}` },
      body: new URLSearchParams(fields),
      signal,
      redirect: 'error',
    });
    const { ok, status, headers } = response;
    return { ok, status, headers, body: await response.json().catch(() => undefined) };
  };
  try {
    return await againUnless(signal, once);
  } catch (cause) {
    throw new Transient('Slack', `${method}: no answer`, { cause });
  }
}

/** Connections kept from the last request are often dead after the function was frozen: once more while there is time. */
async function againUnless<T>(signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (signal.aborted) throw error;
    return attempt();
  }
}

const secondsIn = (header: string | null): number => {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : DEFAULT_SLOW_DOWN_SECONDS;
};

/** An object's fields; undefined for anything else. */
export const objectOf = (value: unknown): WebApiAnswer | undefined =>
  typeof value === 'object' && value !== null ? (value as WebApiAnswer) : undefined;
