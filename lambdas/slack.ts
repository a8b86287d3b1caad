/** Answers Slack within its three seconds, and hands on whatever takes longer. */
import { changeStatusReader, decisionSender } from '../bot/aws/change-desk.ts';
import { confirmationWriter } from '../bot/aws/confirmation-writer.ts';
import { handOff } from '../bot/aws/hand-off.ts';
import { type AwsCall, signedFetch } from '../bot/aws/signed-fetch.ts';
import { readSlackSecret } from '../bot/aws/slack-secret.ts';
import { ENVIRONMENT } from '../bot/environment.ts';
import type { Clock } from '../bot/ports.ts';
import { createFront } from '../bot/slack/front.ts';
import { jsonLog, type Log } from '../bot/slack/log.ts';
import { configuredLanguage } from '../bot/slack/messages/language.ts';
import { readRightsRules } from '../bot/slack/rights-rules.ts';
import { secretKeeper } from '../bot/slack/secret-keeper.ts';

export interface SlackFunctionDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

/** Without these nothing can be answered. */
const NEEDED = [
  ENVIRONMENT.slackSecret,
  ENVIRONMENT.teamId,
  ENVIRONMENT.botId,
  ENVIRONMENT.botUserId,
  ENVIRONMENT.observeFunction,
] as const;

/** Resolves once what was begun has left for the network. */
const requestsHaveLeft = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

/** Makes the handler. Fetching the secret begins at once, and Bolt is evaluated while it is on its way. */
export function create({ env, clock }: SlackFunctionDeps) {
  const { fetch } = globalThis;
  const log = jsonLog();
  const rules = readRightsRules(env[ENVIRONMENT.rights]);
  const missing = NEEDED.filter((name) => !env[name]);
  if (rules === undefined) return unconfigured([...missing, ENVIRONMENT.rights], log);
  if (missing.length > 0) return unconfigured(missing, log);
  const call = signedFetch(env, fetch);
  const language = configuredLanguage(env[ENVIRONMENT.language]);
  const deps = {
    teamId: env[ENVIRONMENT.teamId] ?? '',
    botId: env[ENVIRONMENT.botId] ?? '',
    botUserId: env[ENVIRONMENT.botUserId] ?? '',
    apiUrl: (env[ENVIRONMENT.slackApiUrl] || 'https://slack.com/api').replace(/\/*$/, '/'),
    language,
    handOn: handOff(call, env[ENVIRONMENT.observeFunction] ?? ''),
    ...changeDesk(env, call, clock),
    rules,
    fetch,
    clock,
    log,
  };
  const app = requestsHaveLeft().then(() => import('../bot/slack/create-app.ts'));
  return createFront({
    secrets: secretKeeper(() => readSlackSecret(call, env[ENVIRONMENT.slackSecret] ?? ''), clock),
    createHandler: async (secret) => (await app).createApp(secret, deps),
    language,
    log,
    wallClock: Date.now,
  });
}

/** Nothing where changes are not deployed. */
const changeDesk = (env: SlackFunctionDeps['env'], call: AwsCall, clock: Clock) => {
  const { [ENVIRONMENT.changeFunction]: changeFunction, [ENVIRONMENT.ledgerTable]: table } = env;
  if (!changeFunction || !table) return {};
  return {
    changes: {
      handOn: handOff(call, changeFunction),
      status: changeStatusReader(call, table),
      decide: decisionSender(call),
      confirm: confirmationWriter(call, clock),
    },
  };
};

/** Says what is missing or cannot be read in the log, once for a request, and nothing to whoever asked. */
const unconfigured =
  (missing: readonly string[], log: Log): ReturnType<typeof createFront> =>
  () => {
    log.error('The function is not configured', { missing: missing.join(', ') });
    return Promise.resolve({ statusCode: 503, body: '' });
  };

export const handler = create({ env: process.env, clock: Date.now });
