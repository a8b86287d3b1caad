import { type Stack, Validations } from 'aws-cdk-lib/core';
import type { createBotApp } from './app.ts';
import { confirmations, keyParameters, keySecrets } from './key-access.ts';
import { EVERY_RECORD_CHANGE, EVERY_ZONE } from './site-access.ts';

type BuiltApp = ReturnType<typeof createBotApp>;

/** Findings of cdk-nag where stored keys are switched on. */
const keysOfASite = (site: Site) =>
  [
    [keySecrets(site), 'People give stored keys their names later. The bot reads their tags, machines their values.'],
    [
      keyParameters(site),
      'People give stored keys their names later. The bot reads their tags, machines their values.',
    ],
    [confirmations(site), 'Confirmation IDs are named by the change that waits for them, and gone after a day.'],
  ].map(([resource, reason = '']) => ({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason }));

type Site = Parameters<typeof keySecrets>[0];

/** Findings of cdk-nag that hold for every site: what reading machines, zones and changes of records needs. */
const readingASite = ({ account, region }: Site) => [
  {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'Listing commands, their invocations, machines, zones, forwarding rules, secrets and parameters is for all of them or none.',
  },
  {
    id: `AwsSolutions-IAM5[Resource::${EVERY_ZONE}]`,
    reason: 'Reads only. Which zones concern a machine is known once it has told its DNS suffixes.',
  },
  {
    id: `AwsSolutions-IAM5[Resource::${EVERY_RECORD_CHANGE}]`,
    reason: 'Reads only. Route 53 makes the id of a change of records when it takes the change.',
  },
  ...[`arn:aws:ec2:${region}:${account}:instance/*`, `arn:aws:ssm:${region}:${account}:managed-instance/*`].map(
    (resource) => ({
      id: `AwsSolutions-IAM5[Resource::${resource}]`,
      reason: 'Which machines is decided by the tag condition of the same statement, not by their ids.',
    }),
  ),
];

/**
 * Accepts the findings we have an answer to, each with its reason. A finding that is not here fails the synthesis and
 * the tests.
 */
export const acknowledgeFindings = ({ bot, sites, durable }: BuiltApp): void => {
  for (const stack of [bot, ...sites] as readonly Stack[]) {
    const site = { account: stack.account, region: stack.region, id: stack.stackName };
    Validations.of(stack).acknowledge(...readingASite(site), ...keysOfASite(site));
  }
  Validations.of(bot).acknowledge(
    {
      id: 'AwsSolutions-SMG4',
      reason: "Slack's signing secret and bot token are made by Slack; nothing on AWS's side could rotate them.",
    },
    ...durable.map((logicalId) => ({
      id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>:*]`,
      reason: "A durable function's executions: their ARNs stand below the function's, with the version in between.",
    })),
  );
};
