import type { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { ssmRunCommand } from '../../bot/aws/run-command.ts';
import { TOKYO } from '../lab/aws/accounts-under-test.ts';

const fleetTag = { key: 'KmsManaged', value: 'true' };

/** What was sent for a command to these tags. */
const sentTo = async (tags: readonly { readonly key: string; readonly value: string }[]) => {
  const inputs: Readonly<Record<string, unknown>>[] = [];
  const send = async ({ input }: { readonly input: Readonly<Record<string, unknown>> }) => {
    inputs.push(input);
    return { Command: { CommandId: 'c' } };
  };
  const runCommand = ssmRunCommand({
    clientsOf: () => Promise.resolve({ ssm: { send } as unknown as SSMClient, ec2: {} as never }),
    fleetTag,
    document: { name: 'KmsBot-Inspect', version: '$DEFAULT' },
    knownHosts: [],
    functionName: 'observe',
  });
  await runCommand.inspect({
    site: TOKYO,
    target: { kind: 'tags', tags },
    reference: 'r',
    sinceMs: 0,
    mayHaveBeenSent: false,
    options: { bindFrom: 'all', jitterSeconds: 0 },
    expectedNodes: 1,
  });
  return inputs[0]?.Targets;
};

describe('a command by tag', () => {
  it('always asks for the fleet’s tag too', async () => {
    expect(await sentTo([{ key: 'Env', value: 'prod' }])).toEqual([
      { Key: 'tag:KmsManaged', Values: ['true'] },
      { Key: 'tag:Env', Values: ['prod'] },
    ]);
  });

  it('names the fleet’s tag once when that is the tag asked for', async () => {
    expect(await sentTo([fleetTag])).toEqual([{ Key: 'tag:KmsManaged', Values: ['true'] }]);
  });
});
