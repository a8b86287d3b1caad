/** One run of the document in simulated time: probes start together and share a deadline. */
import type { CimInstance, DnsAnswer, DnsRecordType, Outcome, Surface } from '../world/surface.ts';
import { dnsCode, errorCode } from './codes.ts';
import { CIM_QUESTIONS, type CimQuestion } from './questions.ts';

/** Milliseconds each phase may take, and all but the metadata together. */
export const LIMITS = {
  meta: 3000,
  local: 15_000,
  net: 12_000,
  name: 8000,
  reach: 15_000,
  all: 50_000,
  requests: 20_000,
} as const;

/** What a probe gives, and how long it takes to. */
export type Probe<T> = { readonly ms: number } & ({ readonly value: T } | { readonly error: string });
/** What came of it within its deadline. */
export type Received<T> = { readonly value: T } | { readonly error: string };

/** A stopwatch that only probes move. */
export interface Stopwatch {
  elapsed(): number;
  /** Milliseconds a phase starting now has, at most `limit`. */
  allowance(limit: number): number;
  /** Waits for probes that started together; those that take longer than `allowance` time out. */
  receive<T>(probes: readonly Probe<T>[], allowance: number): Received<T>[];
  /** Ends a phase: the time of its slowest probe has passed. */
  pass(probes: readonly Probe<unknown>[], allowance: number): void;
  /** Starts a probe beside the phases; its result may be waited for later. */
  start<T>(probe: Probe<T>, limit: number): Running<T>;
  /** Waits for a probe that was started, until its own deadline. */
  await<T>(running: Running<T>): Received<T>;
}

/** A probe under way: when it is done, and until when it is waited for. */
export interface Running<T> {
  readonly probe: Probe<T>;
  readonly doneAt: number;
  readonly deadline: number;
}

/** Starts at zero; `total` bounds every allowance. */
export const createStopwatch = (total: number): Stopwatch => {
  let elapsed = 0;
  return {
    elapsed: () => elapsed,
    allowance: (limit) => Math.max(0, Math.min(limit, total - elapsed)),
    receive: (probes, allowance) => probes.map((probe) => (probe.ms > allowance ? { error: 'timeout' } : strip(probe))),
    pass: (probes, allowance) => {
      elapsed += Math.max(0, ...probes.map((probe) => Math.min(probe.ms, allowance)));
    },
    start: (probe, limit) => ({ probe, doneAt: elapsed + probe.ms, deadline: Math.min(elapsed + limit, total) }),
    await({ probe, doneAt, deadline }) {
      const until = Math.max(elapsed, deadline);
      elapsed = Math.max(elapsed, Math.min(doneAt, until));
      return doneAt > until ? { error: 'timeout' } : strip(probe);
    },
  };
};

const strip = <T>(probe: Probe<T>): Received<T> => ('value' in probe ? { value: probe.value } : { error: probe.error });

const fromOutcome = <T>(outcome: Outcome<T>): Probe<T> =>
  'ok' in outcome
    ? { value: outcome.ok, ms: 0 }
    : { error: errorCode(outcome.error.hresult), ms: outcome.error.afterMs ?? 0 };

/** Milliseconds after which CIM gives up by itself, unless told otherwise. */
const CIM_TIMEOUT_MS = 12_000;
/** WBEM_E_INVALID_QUERY, what WMI says to a property that the class lacks. */
export const INVALID_QUERY = '80041017';

/** Whether a query that names these properties is answered at all. */
export const hasAll = (rows: readonly CimInstance[], properties: readonly string[]): boolean =>
  rows.length === 0 || properties.every((property) => rows.some((row) => property in row));

/** Asks one class as the document does: properties named, WHERE applied, older Windows without the newer properties. */
export const askCim = (
  surface: Surface,
  question: CimQuestion,
  timeoutMs = CIM_TIMEOUT_MS,
): Probe<readonly CimInstance[]> => {
  const probe = fromOutcome(surface.cim(question.className));
  if (probe.ms > timeoutMs) return { error: 'timeout', ms: timeoutMs };
  if (!('value' in probe)) return probe;
  const { where, newer = [] } = question;
  if (where && !hasAll(probe.value, [where.property])) return { error: INVALID_QUERY, ms: 0 };
  const rows = where ? probe.value.filter(where.holds) : probe.value;
  if (!hasAll(rows, question.properties)) return { error: INVALID_QUERY, ms: 0 };
  const named = hasAll(rows, newer) ? [...question.properties, ...newer] : question.properties;
  return { value: rows.map((row) => Object.fromEntries(named.map((name) => [name, row[name] ?? null]))), ms: probe.ms };
};

/** Every class the document asks, by the document's name of the query. */
export const askAllCim = (surface: Surface): Record<keyof typeof CIM_QUESTIONS, Probe<readonly CimInstance[]>> => {
  const ask = (key: keyof typeof CIM_QUESTIONS) => askCim(surface, CIM_QUESTIONS[key]);
  return {
    os: ask('os'),
    computer: ask('computer'),
    svc: ask('svc'),
    prod: ask('prod'),
    spp: ask('spp'),
    net: ask('net'),
    rt: ask('rt'),
  };
};

/** Wraps an outcome of the surface as a probe. */
export const askOutcome = fromOutcome;

const askOne = (surface: Surface, name: string, type: DnsRecordType, server?: string): Probe<readonly DnsAnswer[]> => {
  const outcome = server === undefined ? surface.dns(name, type) : surface.dns(name, type, server);
  return 'answers' in outcome
    ? { value: outcome.answers, ms: 0 }
    : { error: dnsCode(outcome.win32), ms: outcome.afterMs ?? 0 };
};

/** SRV answers through the machine's resolver or one server. */
export const askSrv = (surface: Surface, name: string, server?: string): Probe<readonly DnsAnswer[]> =>
  askOne(surface, name, 'SRV', server);

/** Both address types at once: an error only where neither has an answer, and then the first's. */
export const askAddresses = (surface: Surface, name: string): Probe<readonly DnsAnswer[]> => {
  const v4 = askOne(surface, name, 'A');
  const v6 = askOne(surface, name, 'AAAA');
  const ms = Math.max(v4.ms, v6.ms);
  const answers = [...('value' in v4 ? v4.value : []), ...('value' in v6 ? v6.value : [])];
  if (answers.length === 0 && 'error' in v4) return { error: v4.error, ms };
  return { value: answers, ms };
};
