/** A lab as seen over its HTTP interface (design contract `/lab`): what the command line tools use. */

export interface LabMessage {
  readonly ts: string;
  readonly thread_ts?: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Record<string, unknown>[];
  readonly ephemeral: boolean;
  readonly edited: boolean;
  readonly files: readonly { readonly id: string; readonly name: string; readonly size: number }[];
}

export interface LabDescription {
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly locale: string;
    readonly rights: readonly string[];
  }[];
  readonly nodes: readonly {
    readonly id: string;
    readonly name: string;
    readonly online: boolean;
    readonly platform: string;
  }[];
  readonly now: string;
}

export interface Acknowledged {
  readonly status: number;
  readonly ackMs: number;
  readonly body: unknown;
}

export interface RemoteLab {
  describe(): Promise<LabDescription>;
  slash(request: { user: string; channel: string; text: string }): Promise<Acknowledged>;
  settle(timeoutMs?: number): Promise<{ readonly settled: boolean; readonly now: string }>;
  /** What the person sees, oldest first. */
  messages(channel: string, user: string): Promise<readonly LabMessage[]>;
  get<T>(path: string): Promise<T>;
  call<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T>;
}

/** Talks to the lab at this address; a refusal becomes an error with the lab's own sentence. */
export const remoteLab = (base: string): RemoteLab => {
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${base}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const value: unknown = text === '' ? {} : JSON.parse(text);
    if (!response.ok) throw new Error((value as { message?: string }).message ?? `${path}: ${response.status}`);
    return value as T;
  };
  return {
    describe: () => ask('GET', '/lab'),
    slash: (request) => ask('POST', '/lab/slash', request),
    settle: (timeoutMs = 60_000) => ask('POST', '/lab/settle', { timeoutMs }),
    messages: (channel, user) => ask('GET', `/lab/messages?${new URLSearchParams({ channel, user })}`),
    get: (path) => ask('GET', path),
    call: (method, path, body) => ask(method, path, body),
  };
};
