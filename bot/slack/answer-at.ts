/** Answering an interaction through its `response_url`, a bearer secret that never leaves this function. */
import type { Log } from './log.ts';

const PATIENCE_MS = 1_500;

/** Posts a text that only the person sees. A failure is logged: what was asked for is done all the same. */
export const answerAt =
  (fetch: typeof globalThis.fetch, log: Log) =>
  async (responseUrl: string, text: string): Promise<void> => {
    try {
      const response = await fetch(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
        signal: AbortSignal.timeout(PATIENCE_MS),
        redirect: 'error',
      });
      if (!response.ok) log.warn('Slack refused an answer to a click', { status: response.status });
    } catch {
      log.warn('Slack took no answer to a click in time');
    }
  };
