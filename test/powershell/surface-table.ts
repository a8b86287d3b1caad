/** The questions a document may ask one machine, with their answers, as the shims of the PowerShell host read them. */
import { propertiesAsked } from '../lab/inspect/questions.ts';
import type { BindOutcome, CimInstance, DnsOutcome, Outcome, Surface, TcpOutcome } from '../lab/world/surface.ts';
import { type EventAnswer, eventAnswer, eventsOfAnswer } from './packed-events.ts';

interface Failure {
  readonly error: string;
  readonly afterMs?: number;
}

/** Everything that was asked; a question that is not here is refused. */
export interface SurfaceTable {
  readonly clockMs: number;
  readonly env: Record<string, string>;
  readonly cim: Record<string, { readonly rows: readonly unknown[] } | Failure>;
  /** Null for a key that does not exist. */
  readonly registry: Record<string, unknown>;
  readonly events: Record<string, EventAnswer | Failure>;
  readonly eventMs?: number;
  readonly dns: Record<string, DnsOutcome>;
  readonly ping: Record<string, boolean>;
  readonly tcp: Record<string, TcpOutcome>;
  readonly bind: Record<string, BindOutcome>;
  readonly ntp: Record<string, number | null>;
  imds?: { readonly identity: unknown } | Failure;
  /** Commands that this Windows lacks. */
  without?: readonly string[];
  /** Culture of the process. */
  culture?: string;
}

const failure = <T>(outcome: Outcome<T>): Failure | undefined =>
  'ok' in outcome
    ? undefined
    : {
        error: outcome.error.hresult,
        ...(outcome.error.afterMs === undefined ? {} : { afterMs: outcome.error.afterMs }),
      };

const emptyTable = ({ clockMs, eventMs }: Surface, nodeId: string): SurfaceTable => ({
  clockMs,
  ...(eventMs === undefined ? {} : { eventMs }),
  env: nodeId === '' ? {} : { AWS_SSM_INSTANCE_ID: nodeId },
  cim: {},
  registry: {},
  events: {},
  dns: {},
  ping: {},
  tcp: {},
  bind: {},
  ntp: {},
});

// What no query names is left out: then a query that does name it finds no such property, and fails.
const asked = (className: string, row: CimInstance): CimInstance => {
  const names = propertiesAsked(className);
  if (names.length === 0) return row;
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));
};

/** A surface that answers as the given one and writes down every question with its answer. */
export const recordSurface = (inner: Surface, nodeId = ''): { surface: Surface; table: SurfaceTable } => {
  const table = emptyTable(inner, nodeId);
  const keep = <T>(into: Record<string, T>, key: string, value: T): void => {
    into[key] = value;
  };
  const surface: Surface = {
    clockMs: inner.clockMs,
    ...(inner.eventMs === undefined ? {} : { eventMs: inner.eventMs }),
    cim(className) {
      const answer = inner.cim(className);
      keep(
        table.cim,
        className,
        failure(answer) ?? {
          rows: 'ok' in answer ? answer.ok.map((row) => asked(className, row)) : [],
        },
      );
      return answer;
    },
    registry(path) {
      const answer = inner.registry(path);
      keep(table.registry, path, answer === 'missing' ? null : answer);
      return answer;
    },
    events(log, ids, max) {
      const answer = inner.events(log, ids, max);
      const events = 'ok' in answer ? answer.ok : [];
      keep(table.events, `${log}|${ids.join(',')}|${max}`, failure(answer) ?? eventAnswer(events));
      return answer;
    },
    dns(name, type, server) {
      const answer = server === undefined ? inner.dns(name, type) : inner.dns(name, type, server);
      keep(table.dns, `${name}|${type}|${server ?? ''}`, answer);
      return answer;
    },
    ping(address) {
      const answer = inner.ping(address);
      keep(table.ping, address, answer);
      return answer;
    },
    tcp(address, port) {
      const answer = inner.tcp(address, port);
      keep(table.tcp, `${address}|${port}`, answer);
      return answer;
    },
    bind(address, port) {
      const answer = inner.bind(address, port);
      keep(table.bind, `${address}|${port}`, answer);
      return answer;
    },
    ntp(server) {
      const answer = inner.ntp(server);
      keep(table.ntp, server, answer ?? null);
      return answer;
    },
    imds() {
      const answer = inner.imds();
      table.imds = failure(answer) ?? { identity: 'ok' in answer ? answer.ok : null };
      return answer;
    },
  };
  return { surface, table };
};

const refuse = (question: string): never => {
  throw new Error(`not in the table: ${question}`);
};

const replayed = <T>(answer: unknown, read: (answer: never) => T): Outcome<T> => {
  const failed = answer as Failure;
  if (typeof failed.error !== 'string') return { ok: read(answer as never) };
  const { error: hresult, afterMs } = failed;
  return { error: afterMs === undefined ? { hresult } : { hresult, afterMs } };
};

/** The machine of a table. A question that is not in it throws. */
export const replaySurface = (table: SurfaceTable): Surface => {
  const get = <T>(
    kind: 'cim' | 'registry' | 'events' | 'dns' | 'ping' | 'tcp' | 'bind' | 'ntp',
    question: string,
  ): T => {
    const answers: Readonly<Record<string, unknown>> = table[kind];
    return question in answers ? (answers[question] as T) : refuse(`${kind} ${question}`);
  };
  return {
    clockMs: table.clockMs,
    ...(table.eventMs === undefined ? {} : { eventMs: table.eventMs }),
    cim: (className) => replayed(get('cim', className), ({ rows }: { rows: readonly CimInstance[] }) => rows),
    registry: (path) => get<ReturnType<Surface['registry']> | null>('registry', path) ?? 'missing',
    events: (log, ids, max) => replayed(get('events', `${log}|${ids.join(',')}|${max}`), eventsOfAnswer),
    dns: (name, type, server) => get('dns', `${name}|${type}|${server ?? ''}`),
    ping: (address) => get('ping', address),
    tcp: (address, port) => get('tcp', `${address}|${port}`),
    bind: (address, port) => get('bind', `${address}|${port}`),
    ntp: (server) => get<number | null>('ntp', server) ?? undefined,
    imds: () => replayed(table.imds ?? refuse('imds'), ({ identity }: { identity: Identity }) => identity),
  };
};

type Identity = Extract<ReturnType<Surface['imds']>, { ok: unknown }>['ok'];
