/** The frame of a durable function: its log, and one execution's workflow and name. */
import { DurableExecutionApiClient, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { Logger } from '@aws-lambda-powertools/logger';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { withoutSecretsIn } from '../domain/mask-secrets.ts';
import { withoutSecrets } from '../errors.ts';
import type { Clock, Workflow } from '../ports.ts';
import { type Env, engineClientConfig } from './client-config.ts';
import { durableWorkflow } from './durable-workflow.ts';
import { executionName } from './execution-name.ts';

/** What a durable function is made from; the lab replaces nothing else. */
export interface DurableFunctionDeps {
  readonly env: Env;
  readonly clock: Clock;
  /** 0 ≤ x < 1. No operation draws from it yet. */
  readonly random: () => number;
  /** Talks to the durable engine; made from the environment when absent. */
  readonly client?: LambdaClient;
}

type Facts = Readonly<Record<string, string | number | boolean>>;
type WriteLog = (level: 'info' | 'warn' | 'error', event: string, facts: Facts) => void;

/** What belongs to one execution. */
export interface Execution {
  readonly operationId: string;
  readonly workflow: Workflow;
  readonly log: WriteLog;
}

const LOG_LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'SILENT'] as const;

const loggerFor = (env: Env, serviceName: string): Logger => {
  const logLevel = LOG_LEVELS.find((level) => level === env.POWERTOOLS_LOG_LEVEL) ?? 'INFO';
  return new Logger({ serviceName, logLevel });
};

/** As facts are logged. */
const safe = (facts: Facts): Facts => withoutSecretsIn(facts) as Facts;

/**
 * Makes the handler. `world` is made at the first invocation, so that importing an entry point needs no settings, and
 * kept for the life of the process.
 */
export const durableHandler = <W>(
  deps: DurableFunctionDeps,
  serviceName: string,
  makeWorld: (log: WriteLog) => W,
  run: (world: W, execution: Execution, event: unknown) => Promise<unknown>,
) => {
  const logger = loggerFor(deps.env, serviceName);
  let world: { readonly made: W } | undefined;
  const client = deps.client ?? new LambdaClient(engineClientConfig(deps.env));
  return withDurableExecution(
    async (event: unknown, context) => {
      context.configureLogger({ customLogger: logger });
      world ??= { made: makeWorld((level, what, facts) => logger[level](what, { facts: safe(facts) })) };
      const operationId = executionName(context.executionContext.durableExecutionArn);
      const log: WriteLog = (level, what, facts) =>
        context.logger[level](what, { operation: operationId, ...safe(facts) });
      try {
        return await run(world.made, { operationId, log, workflow: durableWorkflow(context) }, event);
      } catch (error) {
        throw withoutSecrets(error);
      }
    },
    { durableExecutionClient: new DurableExecutionApiClient(client) },
  );
};
