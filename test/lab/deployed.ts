/** The functions of the deployment, put to work in the lab: the production exports, their own roles, their own environment. */

import { ENVIRONMENT } from '../../bot/environment.ts';
import { create as createChange } from '../../lambdas/change.ts';
import { create as createObserve } from '../../lambdas/observe.ts';
import { create as createSlack } from '../../lambdas/slack.ts';
import type { Lambda } from './aws/lambda/lambda.ts';
import type { LabFunction, Principal } from './aws/types.ts';
import { startRemoteFunction } from './functions/remote.ts';
import type { DeployedFunction } from './synthesised.ts';

export interface DeployOptions {
  readonly functions: readonly DeployedFunction[];
  readonly principals: ReadonlyMap<string, Principal>;
  readonly region: string;
  /** Where AWS and Slack are. */
  readonly baseUrl: string;
  readonly lambda: Lambda;
  readonly now: () => number;
  readonly random: () => number;
  /** Path of observe's built bundle, to run it in a process of its own. */
  readonly observeBundle?: string;
}

/** The bot's functions. */
export type FunctionKey = 'slack' | 'observe' | 'change';

/** Which of the bot's functions this is, by what it is told in its environment. */
export const keyOf = ({ environment }: DeployedFunction): FunctionKey => {
  if (environment[ENVIRONMENT.observeFunction] !== undefined) return 'slack';
  return environment[ENVIRONMENT.changes] === undefined ? 'observe' : 'change';
};

const environmentOf = (fn: DeployedFunction, principal: Principal, options: DeployOptions): Record<string, string> => ({
  ...fn.environment,
  [ENVIRONMENT.slackApiUrl]: `${options.baseUrl}/api/`,
  AWS_ENDPOINT_URL: `${options.baseUrl}/aws`,
  AWS_REGION: options.region,
  AWS_ACCESS_KEY_ID: principal.accessKeyId,
  AWS_SECRET_ACCESS_KEY: principal.secretAccessKey,
  AWS_LAMBDA_FUNCTION_NAME: fn.name,
  POWERTOOLS_LOG_LEVEL: process.env.POWERTOOLS_LOG_LEVEL ?? 'SILENT',
});

type Handler = LabFunction['handler'];

const handlerOf = async (
  key: FunctionKey,
  env: Record<string, string>,
  options: DeployOptions,
): Promise<{ handler: Handler; maxRssMb?: () => Promise<number>; close: () => void }> => {
  const deps = { env, clock: options.now, random: options.random };
  if (key === 'slack') return { handler: createSlack(deps) as unknown as Handler, close: () => {} };
  if (key === 'change') return { handler: createChange(deps) as unknown as Handler, close: () => {} };
  if (options.observeBundle === undefined)
    return { handler: createObserve(deps) as unknown as Handler, close: () => {} };
  return startRemoteFunction({ bundle: options.observeBundle, env, now: options.now });
};

/** Registers every function with Lambda; the returned one ends what was started for them. */
export const deployFunctions = async (options: DeployOptions) => {
  const started = await Promise.all(
    options.functions.map(async (fn) => {
      const principal = options.principals.get(fn.arn);
      if (principal === undefined) throw new Error(`${fn.name} has no principal`);
      const key = keyOf(fn);
      const running = await handlerOf(key, environmentOf(fn, principal, options), options);
      options.lambda.register({
        key,
        name: fn.name,
        arn: fn.arn,
        alias: 'live',
        principal,
        timeoutSeconds: fn.timeoutSeconds,
        memoryMb: fn.memoryMb,
        handler: running.handler,
        ...(fn.durable === undefined ? {} : { durable: fn.durable }),
      });
      return running;
    }),
  );
  return {
    observeRssMb: async () => {
      const remote = started.find(({ maxRssMb }) => maxRssMb !== undefined);
      return remote?.maxRssMb?.();
    },
    close: () => {
      for (const { close } of started) close();
    },
  };
};
