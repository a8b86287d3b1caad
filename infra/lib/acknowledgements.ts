import { type Stack, Validations } from 'aws-cdk-lib/core';
import type { createBotApp } from './app.ts';
import { EVERY_RECORD_CHANGE, EVERY_ZONE } from './site-access.ts';

type BuiltApp = ReturnType<typeof createBotApp>;

/** Findings of cdk-nag that hold for every site: what reading machines, zones and changes of records needs. */
const readingASite = (account: string, region: string) => [
  {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Listing commands, their invocations, machines, zones and forwarding rules is for all of them or none.',
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
    Validations.of(stack).acknowledge(...readingASite(stack.account, stack.region));
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
