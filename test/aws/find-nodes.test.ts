import type { EC2Client } from '@aws-sdk/client-ec2';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { ssmManagedNodes } from '../../bot/aws/managed-nodes.ts';
import { TOKYO } from '../lab/aws/accounts-under-test.ts';

const fleetTag = { key: 'KmsManaged', value: 'true' };
const ID = 'i-0000000000000000a';
const HYBRID = `mi-${'0'.repeat(16)}8`;

type Send = (command: { readonly input: Readonly<Record<string, unknown>> }) => Promise<unknown>;

const nodesWith = (ec2: Send, ssm: Send) =>
  ssmManagedNodes({
    clientsOf: () =>
      Promise.resolve({
        ec2: { send: ec2 } as unknown as EC2Client,
        ssm: { send: ssm } as unknown as SSMClient,
        route53: {} as never,
        signed: {} as never,
      }),
    fleetTag,
    functionName: 'observe',
  });

const refusing = (name: string): Error => Object.assign(new Error('refused'), { name });

describe('looking for machines', () => {
  it('goes on behind a page of EC2 that is empty though it names a next one', async () => {
    const pages: Readonly<Record<string, object>> = {
      first: { Reservations: [], NextToken: 'second' },
      second: { Reservations: [{ Instances: [{ InstanceId: ID, State: { Name: 'running' } }] }] },
    };
    const nodes = nodesWith(
      async ({ input }) => pages[String(input.NextToken ?? 'first')],
      async () => ({ InstanceInformationList: [] }),
    );

    expect(await nodes.find(TOKYO, [ID])).toMatchObject([{ id: ID, presence: { kind: 'no-agent' } }]);
  });

  it.each(['InvalidInstanceId', 'InvalidInstanceInformationFilterValue'])(
    'finds the others when Systems Manager answers %s for one id',
    async (name) => {
      const nodes = nodesWith(
        async () => ({ Reservations: [] }),
        async ({ input }) => {
          const [{ Values: ids }] = input.Filters as [{ readonly Values: readonly string[] }];
          if (ids.includes('mi-00000000')) throw refusing(name);
          return { InstanceInformationList: ids.map((id) => ({ InstanceId: id, PingStatus: 'Online' })) };
        },
      );

      expect(await nodes.find(TOKYO, ['mi-00000000', HYBRID])).toMatchObject([{ id: HYBRID }]);
    },
  );
});
