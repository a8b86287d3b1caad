// A function in a process of its own, as Lambda runs it: loads the built bundle, answers invocations. Used where a
// figure must be the function's alone (memory), never where state is shared with the lab. Plain JavaScript, so that
// nothing that translates TypeScript is in the process; the messages are those of messages.ts.
import { InvokeStore } from '@aws/lambda-invoke-store';

const [, , bundlePath] = process.argv;
if (bundlePath === undefined) throw new Error('usage: process.mjs <bundle>');

let skewMs = 0;
const clock = () => Date.now() + skewMs;
const { create } = await import(bundlePath);
const handler = create({ env: process.env, clock, random: Math.random });
const store = await InvokeStore.getInstanceAsync();
const { X_RAY_TRACE_ID, REQUEST_ID } = store.constructor.PROTECTED_KEYS;

// Below one second the durable SDK never waits inside an invocation; the lab's clock could not follow it there.
const REMAINING_MS = 900;

const tell = (message) => process.send?.(message);

const invoke = async ({ id, event, context, traceId, nowMs }) => {
  skewMs = nowMs - Date.now();
  const scope = { [X_RAY_TRACE_ID]: traceId, [REQUEST_ID]: context.awsRequestId };
  try {
    const run = () => handler(event, { ...context, getRemainingTimeInMillis: () => REMAINING_MS });
    tell({ kind: 'result', id, value: (await store.run(scope, run)) ?? null });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    tell({ kind: 'error', id, name, message });
  }
};

process.on('message', (message) => {
  if (message.kind === 'invoke') void invoke(message);
  else tell({ kind: 'usage', id: message.id, maxRssMb: process.resourceUsage().maxRSS / 1024 });
});
process.on('disconnect', () => process.exit(0));
tell({ kind: 'ready' });
