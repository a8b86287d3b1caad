/** What the durable functions have in common: the sites they read, and the engine that they keep their progress with. */
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../bot/environment.ts';
import type { BotConfig } from '../config.ts';
import { INSPECT_DOCUMENT, ownerOf, roleArn } from '../names.ts';
import { inspectionStatements } from '../site-access.ts';
import { configuredZones } from '../zones-config.ts';
import type { NodeFunction } from './node-function.ts';

/** Names the role that a function takes over in a member site. */
type RoleOfSite = (siteId: string) => string;

/** The home site, and those that are entered through a role. */
const sitesOf = ({ sites }: BotConfig) => {
  const [home, ...members] = sites;
  if (home === undefined) throw new Error('sites: at least one is needed');
  return { home, members };
};

/** What a function is told of the sites and their zones; the home site needs no role. */
export const siteEnvironment = (config: BotConfig, role: RoleOfSite): Record<string, string> => {
  const { home, members } = sitesOf(config);
  const sites = [home, ...members.map((site) => ({ ...site, roleArn: roleArn(site, role(site.id)) }))];
  return {
    [ENVIRONMENT.sites]: JSON.stringify(sites),
    [ENVIRONMENT.fleetTag]: `${config.fleetTag.key}=${config.fleetTag.value}`,
    [ENVIRONMENT.inspectDocument]: INSPECT_DOCUMENT,
    [ENVIRONMENT.knownHosts]: JSON.stringify(config.knownHosts),
    [ENVIRONMENT.zones]: JSON.stringify(configuredZones(config.zones)),
    [ENVIRONMENT.owner]: ownerOf(home),
  };
};

/** Lets a function read the home site, and enter the others through their role. */
export const allowSites = (runner: NodeFunction, config: BotConfig, role: RoleOfSite): void => {
  const { home, members } = sitesOf(config);
  for (const statement of inspectionStatements(home, config.fleetTag)) runner.role.addToPolicy(statement);
  if (members.length === 0) return;
  runner.role.addToPolicy(
    new PolicyStatement({
      sid: 'EnterMemberSites',
      actions: ['sts:AssumeRole'],
      resources: members.map((site) => roleArn(site, role(site.id))),
    }),
  );
};

/**
 * The durable engine's two calls. A policy of its own, because the role's default policy must not name the function:
 * the function waits for that policy, and CloudFormation refuses the circle.
 */
export const allowCheckpoints = (scope: Construct, runner: NodeFunction): void => {
  const arn = runner.function.functionArn;
  new Policy(scope, 'Checkpoints', {
    roles: [runner.role],
    statements: [
      new PolicyStatement({
        sid: 'RememberOwnProgress',
        actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
        resources: [arn, `${arn}:*`],
      }),
    ],
  });
};
