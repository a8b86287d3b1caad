/** A function of the lab that runs in a process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { InvokeStore } from '@aws/lambda-invoke-store';
import type { FromFunction, ToFunction } from './messages.ts';

export interface RemoteFunction {
  readonly handler: (event: unknown, context: unknown) => Promise<unknown>;
  /** The most memory the function's process has had resident, MB. */
  readonly maxRssMb: () => Promise<number>;
  readonly close: () => void;
}

/** What can cross over: a context's functions stay behind, the process has its own. */
const serialisable = (context: unknown): Record<string, unknown> =>
  JSON.parse(JSON.stringify(context ?? {})) as Record<string, unknown>;

const traceOfThisInvocation = async (): Promise<{ readonly traceId?: string }> => {
  const traceId = (await InvokeStore.getInstanceAsync()).getXRayTraceId();
  return traceId === undefined ? {} : { traceId };
};

interface Waiter {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

const answer = (message: Exclude<FromFunction, { kind: 'ready' }>, waiter: Waiter | undefined): void => {
  if (message.kind === 'error') waiter?.reject(Object.assign(new Error(message.message), { name: message.name }));
  else waiter?.resolve((message.kind === 'result' ? message.value : message.maxRssMb) as never);
};

/** Questions to the process and the answers to them; when it ends, whoever waits hears of it. */
const conversationWith = (child: ChildProcess) => {
  const waiting = new Map<number, Waiter>();
  let last = 0;
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message: FromFunction) => {
      if (message.kind === 'ready') return resolve();
      answer(message, waiting.get(message.id));
      waiting.delete(message.id);
    });
    child.once('exit', (code, signal) => {
      const error = new Error(`The function's process ended with ${code ?? signal}`);
      reject(error);
      for (const waiter of waiting.values()) waiter.reject(error);
      waiting.clear();
    });
  });
  const ask = <T>(make: (id: number) => ToFunction): Promise<T> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      child.send(make(last), (error) => (error === null ? undefined : reject(error)));
    });
  return { ready, ask };
};

/**
 * Starts a process that runs a built bundle with this environment and nothing else of the lab's.
 *
 * @throws when the process ends before it is ready.
 */
export const startRemoteFunction = async (options: {
  readonly bundle: string;
  readonly env: Readonly<Record<string, string>>;
  readonly now: () => number;
}): Promise<RemoteFunction> => {
  const child = fork(fileURLToPath(new URL('./process.mjs', import.meta.url)), [options.bundle], {
    // With a concurrency of its own, the SDK keeps a trace for each invocation rather than one for the process.
    env: {
      PATH: process.env.PATH ?? '',
      AWS_LAMBDA_MAX_CONCURRENCY: '1000',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...options.env,
    },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { ready, ask } = conversationWith(child);
  await ready;
  return {
    handler: async (event, context) => {
      const trace = await traceOfThisInvocation();
      return ask((id) => ({
        kind: 'invoke',
        id,
        event,
        context: serialisable(context),
        ...trace,
        nowMs: options.now(),
      }));
    },
    maxRssMb: () => ask((id) => ({ kind: 'usage', id })),
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
};
