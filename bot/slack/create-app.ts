/** The Bolt app of one secret. */
import { App, AwsLambdaReceiver, type Logger, LogLevel } from '@slack/bolt';
import { groupsOf, type RightsRule } from '../domain/rights/rights.ts';
import type { Clock, ObserveRequest } from '../ports.ts';
import { answerAt } from './answer-at.ts';
import type { SignedHandler } from './front.ts';
import type { ChangeDesk, HandOn, ListenerDeps } from './listeners/context.ts';
import { registerListeners } from './listeners/index.ts';
import type { Log } from './log.ts';
import { slackLookups } from './lookups.ts';
import type { Language } from './messages/language.ts';
import { slackPeople } from './people.ts';
import type { SlackSecret } from './secret-keeper.ts';
import { objectOf, webApi } from './web-api.ts';

export interface AppDeps {
  readonly teamId: string;
  readonly botId: string;
  readonly botUserId: string;
  /** Base of Slack's Web API, with a trailing slash. */
  readonly apiUrl: string;
  readonly language: Language;
  readonly handOn: HandOn<ObserveRequest>;
  /** Absent where changes are not deployed. */
  readonly changes?: ChangeDesk;
  readonly rules: readonly RightsRule[];
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

/** Slack waits three seconds for the whole answer, of which people may take this much. */
const PEOPLE_PATIENCE_MS = 1_000;

/** The function that acts judges again, and remembers for a shorter time. */
const MEMBERS_REMEMBERED_MS = 5 * 60_000;

const VIEW_PATIENCE_MS = 1_500;

const FUNCTION = 'slack';

const listenerDeps = (secret: SlackSecret, deps: AppDeps): ListenerDeps => {
  const { teamId, botUserId, language, handOn, changes, rules, apiUrl, fetch, clock, log } = deps;
  const slack = { token: secret.botToken, apiUrl, fetch, clock };
  const call = webApi({ ...slack, functionName: FUNCTION, patienceMs: VIEW_PATIENCE_MS });
  return {
    teamId,
    botUserId,
    language,
    handOn,
    ...(changes === undefined ? {} : { changes }),
    rules,
    people: slackPeople({
      ...slack,
      teamId,
      groups: groupsOf(rules),
      functionName: FUNCTION,
      patienceMs: PEOPLE_PATIENCE_MS,
      rememberMs: MEMBERS_REMEMBERED_MS,
    }),
    openView: async (triggerId, view) => {
      const opened = await call('views.open', { trigger_id: triggerId, view: JSON.stringify(view) });
      return String(objectOf(opened.view)?.id ?? '');
    },
    updateView: async (viewId, view) => {
      await call('views.update', { view_id: viewId, view: JSON.stringify(view) });
    },
    lookups: slackLookups(slack),
    answerAt: answerAt(fetch, log),
    clock,
    log,
  };
};

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
