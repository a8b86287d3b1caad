/** Runs operations that only read: they wait for machines, so they run durably. */

import { DurableExecutionApiClient, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { dynamoAudit, sha256 } from '../bot/aws/audit.ts';
import { botToken, conversationWith } from '../bot/aws/bot-token.ts';
import { dynamoChanges } from '../bot/aws/changes.ts';
import { awsClientConfig, type Env, engineClientConfig } from '../bot/aws/client-config.ts';
import { durableWorkflow } from '../bot/aws/durable-workflow.ts';
import { executionName } from '../bot/aws/execution-name.ts';
import { dynamoLedger } from '../bot/aws/ledger.ts';
import { ssmManagedNodes } from '../bot/aws/managed-nodes.ts';
import { parseObserveEvent } from '../bot/aws/observe-event.ts';
import { type ObserveSettings, observeSettings } from '../bot/aws/observe-settings.ts';
import { route53RecordSets } from '../bot/aws/record-sets.ts';
import { ssmRunCommand } from '../bot/aws/run-command.ts';
import { signedFetch } from '../bot/aws/signed-fetch.ts';
import { siteClients } from '../bot/aws/sites.ts';
import { readSlackSecret } from '../bot/aws/slack-secret.ts';
import { unpack } from '../bot/aws/unpack.ts';
import { ENVIRONMENT } from '../bot/environment.ts';
import { observe } from '../bot/operations/observe.ts';
import type { Log, OperationDeps } from '../bot/operations/operation-deps.ts';
import type { Clock } from '../bot/ports.ts';
import { auditCsv } from '../bot/slack/audit-csv.ts';
import { slackConversation } from '../bot/slack/conversation.ts';
import { configuredLanguage } from '../bot/slack/messages/language.ts';
import { reportCsv } from '../bot/slack/report-csv.ts';

export interface ObserveFunctionDeps {
  readonly env: Env;
  readonly clock: Clock;
  /** 0 ≤ x < 1. No operation draws from it yet. */
  readonly random: () => number;
  /** Talks to the durable engine; made from the environment when absent. */
  readonly client?: LambdaClient;
}

const FUNCTION = 'observe';

/** What is kept in tables. */
const tables = (
  { env, clock }: ObserveFunctionDeps,
  { ledgerTable, auditTable }: ObserveSettings,
  log: Log,
): Pick<OperationDeps, 'ledger' | 'changes' | 'audit'> => {
  const call = { dynamodb: new DynamoDBClient(awsClientConfig(env)), clock, functionName: FUNCTION };
  const ledger = { ...call, table: ledgerTable };
  return {
    ledger: dynamoLedger(ledger),
    changes: dynamoChanges(ledger),
    ...(auditTable === undefined ? {} : { audit: dynamoAudit({ table: { ...call, table: auditTable }, ledger, log }) }),
  };
};

/** Everything an operation needs but for what belongs to one execution. */
const adapters = (deps: ObserveFunctionDeps, log: Log): Omit<OperationDeps, 'workflow' | 'operationId' | 'log'> => {
  const { env, clock } = deps;
  const settings = observeSettings(env);
  const { sites, fleetTag, document, knownHosts, slackSecret, slackApiUrl } = settings;
  const language = configuredLanguage(env[ENVIRONMENT.language]);
  const clientsOf = siteClients({ env, clock, functionName: FUNCTION });
  const token = botToken(() => readSlackSecret(signedFetch(env, fetch), slackSecret), clock, FUNCTION);
  const refused = (event: string, facts: Readonly<Record<string, string>>) => log('warn', event, facts);
  const api = slackApiUrl === undefined ? {} : { apiUrl: slackApiUrl };
  return {
    functionName: FUNCTION,
    sites,
    fleetTag,
    knownHosts,
    clock,
    unpack,
    nodes: ssmManagedNodes({ clientsOf, fleetTag, functionName: FUNCTION }),
    runCommand: ssmRunCommand({ clientsOf, fleetTag, document, knownHosts, functionName: FUNCTION }),
    recordSets: route53RecordSets({ clientsOf, clock, functionName: FUNCTION }),
    ...tables(deps, settings, log),
    conversation: conversationWith(token, (current) =>
      slackConversation({ token: current, language, log: refused, ...api }),
    ),
    csv: reportCsv(language),
    auditCsv,
    digest: sha256,
  };
};

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const LOG_LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'SILENT'] as const;

const loggerFor = (env: Env): Logger => {
  const logLevel = LOG_LEVELS.find((level) => level === env.POWERTOOLS_LOG_LEVEL) ?? 'INFO';
  return new Logger({ serviceName: 'kms-bot-observe', logLevel });
};

/** Makes the handler. Settings are read at the first invocation, so that importing this file needs none. */
export function create(deps: ObserveFunctionDeps) {
  const logger = loggerFor(deps.env);
  const world = once(() => adapters(deps, (level, event, facts) => logger[level](event, { facts })));
  const client = deps.client ?? new LambdaClient(engineClientConfig(deps.env));
  return withDurableExecution(
    async (event: unknown, context) => {
      context.configureLogger({ customLogger: logger });
      const operationId = executionName(context.executionContext.durableExecutionArn);
      const log: Log = (level, what, facts) => context.logger[level](what, { operation: operationId, ...facts });
      return observe({ ...world(), operationId, log, workflow: durableWorkflow(context) }, parseObserveEvent(event));
    },
    { durableExecutionClient: new DurableExecutionApiClient(client) },
  );
}

export const handler = create({ env: process.env, clock: Date.now, random: Math.random });
