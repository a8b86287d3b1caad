/** Runs operations that only read: they wait for machines, so they run durably. */
import { conversationWith } from '../bot/aws/bot-token.ts';
import { type DurableFunctionDeps, durableHandler, type Execution } from '../bot/aws/durable-handler.ts';
import { parseObserveEvent } from '../bot/aws/observe-event.ts';
import { type AwsWorldOptions, awsWorld } from '../bot/aws/world.ts';
import { ENVIRONMENT } from '../bot/environment.ts';
import { observe } from '../bot/operations/observe.ts';
import type { ObserveDeps } from '../bot/operations/operation-deps.ts';
import { auditCsv } from '../bot/slack/audit-csv.ts';
import { slackConversation } from '../bot/slack/conversation.ts';
import { configuredLanguage } from '../bot/slack/messages/language.ts';
import { recordsCsv } from '../bot/slack/records-csv.ts';
import { reportCsv } from '../bot/slack/report-csv.ts';

export type ObserveFunctionDeps = DurableFunctionDeps;

const FUNCTION = 'observe';

/** Everything an operation needs but for what belongs to one execution. */
const world = (
  { env, clock }: ObserveFunctionDeps,
  log: AwsWorldOptions['log'],
): Omit<ObserveDeps, keyof Execution> => {
  const { deps, token, slackApi } = awsWorld({ env, clock, functionName: FUNCTION, log });
  const language = configuredLanguage(env[ENVIRONMENT.language]);
  const refused = (event: string, facts: Readonly<Record<string, string>>) => log('warn', event, facts);
  return {
    ...deps,
    conversation: conversationWith(token, (current) =>
      slackConversation({ token: current, language, functionName: FUNCTION, log: refused, ...slackApi }),
    ),
    csv: reportCsv(language),
    auditCsv,
    recordsCsv,
  };
};

/** Makes the handler. Settings are read at the first invocation, so that importing this file needs none. */
export const create = (deps: ObserveFunctionDeps) =>
  durableHandler(
    deps,
    'kms-bot-observe',
    (log) => world(deps, log),
    (made, execution, event) => observe({ ...made, ...execution }, parseObserveEvent(event)),
  );

export const handler = create({ env: process.env, clock: Date.now, random: Math.random });
