import type { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { ssmRunCommand } from '../../bot/aws/run-command.ts';
import type { CommandTarget } from '../../bot/ports.ts';
import { TOKYO } from '../lab/aws/accounts-under-test.ts';

const fleetTag = { key: 'KmsManaged', value: 'true' };

/** What was sent for a command to this target. */
const sentFor = async (target: CommandTarget) => {
  const inputs: Readonly<Record<string, unknown>>[] = [];
  const send = async ({ input }: { readonly input: Readonly<Record<string, unknown>> }) => {
    inputs.push(input);
    return { Command: { CommandId: 'c' } };
  };
  const runCommand = ssmRunCommand({
    clientsOf: () =>
      Promise.resolve({
        ssm: { send } as unknown as SSMClient,
        ec2: {} as never,
        route53: {} as never,
        signed: {} as never,
      }),
    fleetTag,
    document: { name: 'KmsBot-Inspect', version: '$DEFAULT' },
    knownHosts: [],
    functionName: 'observe',
  });
  await runCommand.inspect({
    site: TOKYO,
    target,
    reference: 'r',
    sinceMs: 0,
    mayHaveBeenSent: false,
    options: { bindFrom: 'all', jitterSeconds: 0 },
    expectedNodes: 1,
  });
  return inputs[0];
};

const sentTo = async (tags: readonly { readonly key: string; readonly value: string }[]) =>
  (await sentFor({ kind: 'tags', tags }))?.Targets;

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

describe('a command by id', () => {
  it('names each machine once, as a target, which no machine that is gone can refuse', async () => {
    const sent = await sentFor({ kind: 'nodes', nodeIds: ['i-1', 'i-2', 'i-1'] });

    expect(sent?.Targets).toEqual([{ Key: 'InstanceIds', Values: ['i-1', 'i-2'] }]);
    expect(sent).not.toHaveProperty('InstanceIds');
    expect(sent).toMatchObject({ MaxConcurrency: '100%', MaxErrors: '100%', Comment: 'r' });
  });
});
