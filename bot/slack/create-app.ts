/** The Bolt app of one secret. */
import { App, AwsLambdaReceiver, type Logger, LogLevel } from '@slack/bolt';
import type { Clock } from '../ports.ts';
import { answerAt } from './answer-at.ts';
import type { SignedHandler } from './front.ts';
import type { HandOn, ListenerDeps } from './listeners/context.ts';
import { registerListeners } from './listeners/index.ts';
import type { Log } from './log.ts';
import { slackLookups } from './lookups.ts';
import type { Language } from './messages/language.ts';
import type { SlackSecret } from './secret-keeper.ts';

export interface AppDeps {
  readonly teamId: string;
  readonly botId: string;
  readonly botUserId: string;
  /** Base of Slack's Web API, with a trailing slash. */
  readonly apiUrl: string;
  readonly language: Language;
  readonly handOn: HandOn;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly log: Log;
}

/** Makes the app and returns its handler. Nothing is asked of Slack to make it. */
export function createApp(secret: SlackSecret, deps: AppDeps): SignedHandler {
  const logger = boltLogger(deps.log);
  const receiver = new AwsLambdaReceiver({ signingSecret: secret.signingSecret, logger });
  const { botId, botUserId, teamId } = deps;
  const app = new App({
    receiver,
    logger,
    authorize: () => Promise.resolve({ botToken: secret.botToken, botId, botUserId, teamId }),
    convoStore: false,
    clientOptions: { slackApiUrl: deps.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  });
  registerListeners(app, listenerDeps(secret, deps));
  const handler = receiver.toHandler();
  return async (event) => {
    const answer = await handler(event as Parameters<typeof handler>[0], {});
    const {
      statusCode,
      headers = {},
      body,
    } = answer as { statusCode: number; headers?: Record<string, string>; body: string };
    return { statusCode, headers, body };
  };
}

const listenerDeps = (secret: SlackSecret, deps: AppDeps): ListenerDeps => ({
  teamId: deps.teamId,
  botUserId: deps.botUserId,
  language: deps.language,
  handOn: deps.handOn,
  lookups: slackLookups({ token: secret.botToken, apiUrl: deps.apiUrl, fetch: deps.fetch, clock: deps.clock }),
  answerAt: answerAt(deps.fetch, deps.log),
  log: deps.log,
});

/** Bolt's own log, from warnings on: below that it writes whole requests. */
const boltLogger = (log: Log): Logger => ({
  debug: () => undefined,
  info: () => undefined,
  warn: (...parts) => log.warn(parts.map(String).join(' ')),
  error: (...parts) => log.error(parts.map(String).join(' ')),
  setLevel: () => undefined,
  getLevel: () => LogLevel.WARN,
  setName: () => undefined,
});
