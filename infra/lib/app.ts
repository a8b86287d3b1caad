import type { Code } from 'aws-cdk-lib/aws-lambda';
import { App, type AppProps } from 'aws-cdk-lib/core';
import { BotStack, type FunctionName } from './bot-stack.ts';
import type { BotConfig } from './config.ts';
import { MemberSiteStack } from './member-site-stack.ts';

export interface BotAppOptions {
  readonly config: BotConfig;
  readonly code: (name: FunctionName) => Code;
  readonly app?: AppProps;
}

/** The whole deployment: the home site, and a small stack for each further site. */
export const createBotApp = ({ config, code, app: props }: BotAppOptions) => {
  const app = new App({ analyticsReporting: false, treeMetadata: false, ...props });
  const [home, ...members] = config.sites;
  if (home === undefined) throw new Error('sites: at least one is needed');
  const bot = new BotStack(app, 'KmsBot', { config, code, env: { account: home.account, region: home.region } });
  const sites = members.map(
    (site) =>
      new MemberSiteStack(app, `KmsBot-Site-${site.id}`, {
        site,
        homeAccount: home.account,
        fleetTag: config.fleetTag,
        ...(config.changes === undefined ? {} : { changes: config.changes }),
        zones: config.zones,
        env: { account: site.account, region: site.region },
      }),
  );
  // IAM refuses a trust policy that names a role which does not exist yet.
  for (const site of sites) site.addStackDependency(bot);
  return { app, bot, sites, durable: bot.durableLogicalIds };
};
