/** Runs operations that change machines: they wait for machines and for people, so they run durably. */
import { conversationWith } from '../bot/aws/bot-token.ts';
import { parseChangeEvent } from '../bot/aws/change-event.ts';
import { changeSettings } from '../bot/aws/change-settings.ts';
import { ssmConfirmations } from '../bot/aws/confirmations.ts';
import { type DurableFunctionDeps, durableHandler, type Execution } from '../bot/aws/durable-handler.ts';
import { dynamoKeyUses } from '../bot/aws/key-uses.ts';
import { route53RecordWriter } from '../bot/aws/record-writer.ts';
import { awsStoredKeys } from '../bot/aws/stored-keys.ts';
import { type AwsWorldOptions, awsWorld } from '../bot/aws/world.ts';
import { groupsOf } from '../bot/domain/rights/rights.ts';
import { ENVIRONMENT } from '../bot/environment.ts';
import { alter } from '../bot/operations/alter.ts';
import type { ChangeDeps } from '../bot/operations/change-deps.ts';
import { slackConversation } from '../bot/slack/conversation.ts';
import { configuredLanguage } from '../bot/slack/messages/language.ts';
import { slackModals } from '../bot/slack/modals.ts';
import { slackPeople } from '../bot/slack/people.ts';
import { planCsv } from '../bot/slack/plan-csv.ts';
import { reportCsv } from '../bot/slack/report-csv.ts';

export type ChangeFunctionDeps = DurableFunctionDeps;

const FUNCTION = 'change';

/** Everything a change needs but for what belongs to one execution. */
const world = ({ env, clock }: ChangeFunctionDeps, log: AwsWorldOptions['log']): Omit<ChangeDeps, keyof Execution> => {
  const { deps, token, slackApi, clientsOf, ledgerDeps } = awsWorld({ env, clock, functionName: FUNCTION, log });
  const { audit } = deps;
  if (audit === undefined) throw new Error(`${ENVIRONMENT.auditTable} is not set`);
  const home = deps.sites.find(({ roleArn }) => roleArn === undefined);
  if (home === undefined) throw new Error(`${ENVIRONMENT.sites} has no site that the function lives in`);
  const language = configuredLanguage(env[ENVIRONMENT.language]);
  const settings = changeSettings(env);
  const slack = { token, apiUrl: slackApi.apiUrl ?? 'https://slack.com/api/', fetch, clock, functionName: FUNCTION };
  const refused = (event: string, facts: Readonly<Record<string, string>>) => log('warn', event, facts);
  return {
    ...deps,
    audit,
    recordWriter: route53RecordWriter({ clientsOf, functionName: FUNCTION }),
    storedKeys: awsStoredKeys({ clientsOf, functionName: FUNCTION }),
    keyUses: dynamoKeyUses(ledgerDeps),
    confirmations: ssmConfirmations({ clientsOf, home, clock, functionName: FUNCTION }),
    modals: slackModals({ ...slack, language }),
    settings,
    people: slackPeople({
      ...slack,
      teamId: env[ENVIRONMENT.teamId] ?? '',
      groups: groupsOf(settings.rules),
      // Whoever left a group a minute ago approves nothing; and there is time to ask.
      rememberMs: 0,
      patienceMs: 10_000,
    }),
    conversation: conversationWith(token, (current) =>
      slackConversation({ token: current, language, functionName: FUNCTION, log: refused, ...slackApi }),
    ),
    csv: reportCsv(language),
    planCsv,
  };
};

/** Makes the handler. Settings are read at the first invocation, so that importing this file needs none. */
export const create = (deps: ChangeFunctionDeps) =>
  durableHandler(
    deps,
    'kms-bot-change',
    (log) => world(deps, log),
    (made, execution, event) => alter({ ...made, ...execution }, parseChangeEvent(event)),
  );

export const handler = create({ env: process.env, clock: Date.now, random: Math.random });
