import {
  CancelCommandCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  type ListCommandInvocationsCommandOutput,
  ListCommandsCommand,
  SendCommandCommand,
  type SendCommandCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type AccountsSetup,
  type AccountsUnderTest,
  ADMINISTRATOR,
  FRANKFURT,
  functionPrincipal,
  nodeId,
  startAccounts,
  TOKYO,
  testNode,
} from '../accounts-under-test.ts';
import type { Principal } from '../types.ts';

let lab: AccountsUnderTest;
let ssm: SSMClient;

async function start(setup: AccountsSetup = {}, principal: Principal = ADMINISTRATOR): Promise<void> {
  lab = await startAccounts({ throttle: {}, principals: [ADMINISTRATOR, principal], ...setup });
  ssm = new SSMClient(lab.client(principal));
}

afterEach(() => lab.close());

const fleet = (count: number) => Array.from({ length: count }, (_, index) => testNode(nodeId(index + 1)));
const offline = { registered: true, online: false, version: '3.3.1', lastPingMs: 5000 };
const BY_TAG = { Targets: [{ Key: 'tag:KmsManaged', Values: ['true'] }] };

async function send(input: Partial<SendCommandCommandInput>): Promise<string> {
  const sent = await ssm.send(new SendCommandCommand({ DocumentName: 'KmsBot-Inspect', ...input }));
  return sent.Command?.CommandId ?? '';
}

async function invocations(
  CommandId: string,
): Promise<NonNullable<ListCommandInvocationsCommandOutput['CommandInvocations']>> {
  const all = [];
  let NextToken: string | undefined;
  do {
    const page = await ssm.send(new ListCommandInvocationsCommand({ CommandId, Details: true, NextToken }));
    all.push(...(page.CommandInvocations ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return all;
}

async function command(CommandId: string) {
  const listed = await ssm.send(new ListCommandsCommand({ CommandId }));
  return listed.Commands?.[0];
}

const details = async (id: string) =>
  Object.fromEntries((await invocations(id)).map((one) => [one.InstanceId, one.StatusDetails]));

describe('SendCommand refuses the whole call for', () => {
  const node = nodeId(1);

  it.each<[string, Partial<SendCommandCommandInput>, string]>([
    ['an unknown document', { InstanceIds: [node], DocumentName: 'Nobody-Wrote' }, 'InvalidDocument'],
    ['an unknown version', { InstanceIds: [node], DocumentVersion: '7' }, 'InvalidDocumentVersion'],
    [
      'another content than the hash says',
      { InstanceIds: [node], DocumentHash: 'abc', DocumentHashType: 'Sha256' },
      'InvalidDocument',
    ],
    ['an unknown node', { InstanceIds: [node, nodeId(99)] }, 'InvalidInstanceId'],
    ['a node that is offline', { InstanceIds: [node, nodeId(2)] }, 'InvalidInstanceId'],
    ['a node of another site', { InstanceIds: [nodeId(3)] }, 'InvalidInstanceId'],
    ['a node twice', { InstanceIds: [node, node] }, 'DuplicateInstanceId'],
    ['fifty-one nodes', { InstanceIds: Array.from({ length: 51 }, (_, n) => nodeId(n)) }, 'ValidationException'],
    ['a malformed id', { InstanceIds: ['i-1'] }, 'ValidationException'],
    ['nodes and targets at once', { InstanceIds: [node], ...BY_TAG }, 'ValidationException'],
    ['neither nodes nor targets', {}, 'ValidationException'],
    [
      'fifty-one nodes as a target',
      { Targets: [{ Key: 'InstanceIds', Values: Array.from({ length: 51 }, (_, n) => nodeId(n)) }] },
      'ValidationException',
    ],
    ['every node by asterisk', { Targets: [{ Key: 'InstanceIds', Values: ['*'] }] }, 'InvalidInstanceId'],
    ['a target key it does not know', { Targets: [{ Key: 'Name', Values: ['x'] }] }, 'InvalidTarget'],
    [
      'six targets',
      { Targets: Array.from({ length: 6 }, () => ({ Key: 'tag:A', Values: ['b'] })) },
      'ValidationException',
    ],
    ['a delivery timeout below thirty seconds', { InstanceIds: [node], TimeoutSeconds: 29 }, 'ValidationException'],
    ['a comment of 101 characters', { InstanceIds: [node], Comment: 'x'.repeat(101) }, 'ValidationException'],
    ['a concurrency of nothing', { InstanceIds: [node], MaxConcurrency: '0' }, 'ValidationException'],
    ['a concurrency above all', { InstanceIds: [node], MaxConcurrency: '101%' }, 'ValidationException'],
    ['an error count that is no number', { InstanceIds: [node], MaxErrors: 'few' }, 'ValidationException'],
    [
      'a parameter that breaks its pattern',
      { InstanceIds: [node], Parameters: { Mode: ['a; rm'] } },
      'InvalidParameters',
    ],
    ['two values of one string', { InstanceIds: [node], Parameters: { Mode: ['a', 'b'] } }, 'InvalidParameters'],
    ['a parameter nobody declared', { InstanceIds: [node], Parameters: { Other: ['a'] } }, 'InvalidParameters'],
    [
      'too many values of a list',
      { InstanceIds: [node], Parameters: { Nodes: ['1', '2', '3', '4'] } },
      'InvalidParameters',
    ],
  ])('%s', async (_, input, name) => {
    await start({
      nodes: [testNode(node), testNode(nodeId(2), { agent: offline }), testNode(nodeId(3), { site: FRANKFURT.id })],
    });

    await expect(send(input)).rejects.toMatchObject({ name });
    await lab.clock.advance(60_000);
    expect(lab.ran).toEqual([]);
  });

  it('fifty-one nodes in the words of AWS', async () => {
    await start();
    const ids = Array.from({ length: 51 }, (_, number) => nodeId(number));

    await expect(send({ InstanceIds: ids })).rejects.toThrow(
      `1 validation error detected: Value '[${ids.join(', ')}]' at 'instanceIds' failed to satisfy constraint: Member must have length less than or equal to 50`,
    );
  });

  it('an unreachable node, named with the account', async () => {
    await start();

    await expect(send({ InstanceIds: [nodeId(9)] })).rejects.toThrow(
      `Instances [[${nodeId(9)}]] not in a valid state for account ${TOKYO.account}`,
    );
  });

  it('a Linux node of a document for Windows', async () => {
    await start({ nodes: [testNode(nodeId(1), { platform: 'linux' })] });
    lab.accounts.ssm.registerDocument({
      ...TOKYO,
      name: 'OnlyWindows',
      content: { schemaVersion: '2.2', mainSteps: [{ action: 'aws:runPowerShellScript', name: 'only', inputs: {} }] },
      platformTypes: ['Windows'],
    });

    await expect(send({ DocumentName: 'OnlyWindows', InstanceIds: [nodeId(1)] })).rejects.toMatchObject({
      name: 'UnsupportedPlatformType',
    });
    const id = await send({ DocumentName: 'OnlyWindows', ...BY_TAG });
    await lab.clock.settle();
    expect(await details(id)).toEqual({ [nodeId(1)]: 'InvalidPlatform' });
    expect(await command(id)).toMatchObject({ Status: 'Failed', CompletedCount: 1, ErrorCount: 0 });
  });
});

describe('a command', () => {
  it('is not seen at first, then goes its way to the output', async () => {
    await start({ nodes: fleet(1) });

    const sent = await ssm.send(
      new SendCommandCommand({
        DocumentName: 'KmsBot-Inspect',
        InstanceIds: [nodeId(1)],
        Comment: 'op-1',
        TimeoutSeconds: 60,
      }),
    );
    const CommandId = sent.Command?.CommandId ?? '';
    const one = { CommandId, InstanceId: nodeId(1) };

    expect(sent.Command).toMatchObject({
      Status: 'Pending',
      TargetCount: 0,
      Comment: 'op-1',
      MaxConcurrency: '50',
      MaxErrors: '0',
    });
    expect((sent.Command?.ExpiresAfter?.getTime() ?? 0) - (sent.Command?.RequestedDateTime?.getTime() ?? 0)).toBe(
      180_000,
    );
    expect(await invocations(CommandId)).toEqual([]);
    await expect(ssm.send(new GetCommandInvocationCommand(one))).rejects.toMatchObject({
      name: 'InvocationDoesNotExist',
    });
    expect((await ssm.send(new ListCommandsCommand({}))).Commands).toEqual([]);
    await lab.clock.advance(2500);
    expect(await command(CommandId)).toMatchObject({ Status: 'InProgress', TargetCount: 1, CompletedCount: 0 });
    await lab.clock.settle();
    expect(await command(CommandId)).toMatchObject({
      Status: 'Success',
      StatusDetails: 'Success',
      CompletedCount: 1,
      ErrorCount: 0,
    });
    expect((await invocations(CommandId))[0]).toMatchObject({
      Status: 'Success',
      CommandPlugins: [{ Name: 'inspect', ResponseCode: 0, Output: 'KMSBOT1 {}\r\n' }],
    });
    expect(await ssm.send(new GetCommandInvocationCommand(one))).toMatchObject({
      PluginName: 'inspect',
      ResponseCode: 0,
      StandardOutputContent: 'KMSBOT1 {}\r\n',
      ExecutionElapsedTime: expect.stringMatching(/^PT\d+(\.\d+)?S$/),
    });
  });

  it('hands the parameters on with their defaults', async () => {
    const seen: unknown[] = [];
    await start({
      nodes: fleet(1),
      run: (_, parameters) => {
        seen.push(parameters);
        return { seconds: 1, exitCode: 0, stdout: '', stderr: '' };
      },
    });

    await send({ InstanceIds: [nodeId(1)], Parameters: { Nodes: ['a', 'b'] } });
    await lab.clock.settle();

    expect(seen).toEqual([{ Mode: ['all'], Nodes: ['a', 'b'] }]);
  });

  it.each([
    [20, 'Failed', 'Failed', '\n----------ERROR-------\nfailed to run commands: exit status 20'],
    [168, 'Success', 'Success', 'code 168'],
  ])('whose script ends with %i has %s', async (exitCode, Status, StatusDetails, output) => {
    await start({ nodes: fleet(1), run: () => ({ seconds: 1, exitCode, stdout: 'x', stderr: '' }) });

    const id = await send({ InstanceIds: [nodeId(1)] });
    await lab.clock.settle();

    const [one] = await invocations(id);
    expect(one).toMatchObject({ Status, StatusDetails, CommandPlugins: [{ ResponseCode: exitCode }] });
    expect(one?.CommandPlugins?.[0]?.Output).toContain(output);
  });

  it('whose script takes longer than its step may is ended with ExecutionTimedOut', async () => {
    await start({ nodes: fleet(1), run: () => ({ seconds: 121, exitCode: 0, stdout: 'late', stderr: '' }) });

    const id = await send({ InstanceIds: [nodeId(1)] });
    await lab.clock.settle();

    expect((await invocations(id))[0]).toMatchObject({
      Status: 'TimedOut',
      StatusDetails: 'ExecutionTimedOut',
      CommandPlugins: [{ ResponseCode: -1, Output: '' }],
    });
    expect(await command(id)).toMatchObject({ Status: 'Failed', ErrorCount: 1 });
  });

  it('whose runner breaks is a failed step, not a broken lab', async () => {
    await start({
      nodes: fleet(1),
      run: () => {
        throw new Error('no shell');
      },
    });

    const id = await send({ InstanceIds: [nodeId(1)] });
    await lab.clock.settle();

    expect((await invocations(id))[0]?.CommandPlugins?.[0]?.Output).toContain('no shell');
  });

  it('that a target expression matches nobody with says so', async () => {
    await start({ nodes: fleet(1) });

    const id = await send({ Targets: [{ Key: 'tag:KmsManaged', Values: ['no'] }] });
    await lab.clock.settle();

    expect(await command(id)).toMatchObject({ StatusDetails: 'NoInstancesInTag', TargetCount: 0 });
  });

  it('unites targets by and, values by or', async () => {
    await start({
      nodes: [
        testNode(nodeId(1), { tags: { KmsManaged: 'true', Env: 'prod' } }),
        testNode(nodeId(2), { tags: { KmsManaged: 'true', Env: 'test' } }),
        testNode(nodeId(3), { tags: { KmsManaged: 'true', Env: 'dev' } }),
        testNode(nodeId(4), { tags: { Env: 'prod' } }),
      ],
    });

    const id = await send({
      Targets: [
        { Key: 'tag:Env', Values: ['prod', 'test'] },
        { Key: 'tag-key', Values: ['KmsManaged'] },
      ],
    });
    await lab.clock.settle();

    expect(Object.keys(await details(id))).toEqual([nodeId(1), nodeId(2)]);
  });

  it('skips the step on another platform and calls it success', async () => {
    await start({ nodes: [testNode(nodeId(1), { platform: 'linux' })] });

    const id = await send(BY_TAG);
    await lab.clock.settle();

    expect((await invocations(id))[0]).toMatchObject({
      Status: 'Success',
      CommandPlugins: [
        {
          Output: `Step execution skipped due to unsatisfied preconditions: '"StringEquals": [platformType, Windows]'. Step name: inspect`,
        },
      ],
    });
    expect(lab.ran).toEqual([]);
  });
});

describe('nodes that cannot be reached', () => {
  it('do not keep a command from being a success', async () => {
    await start({
      nodes: [
        testNode(nodeId(1)),
        testNode(nodeId(2), { agent: offline }),
        testNode(nodeId(3), { instanceState: 'stopped', agent: offline }),
        testNode(nodeId(4), { agent: { ...offline, registered: false } }),
      ],
    });

    const id = await send({ ...BY_TAG, TimeoutSeconds: 60, MaxErrors: '100%' });
    await lab.clock.advance(30_000);
    expect(await details(id)).toEqual({
      [nodeId(1)]: 'Success',
      [nodeId(2)]: 'InProgress',
      [nodeId(3)]: 'Undeliverable',
    });
    await lab.clock.settle();

    expect(await details(id)).toEqual({
      [nodeId(1)]: 'Success',
      [nodeId(2)]: 'DeliveryTimedOut',
      [nodeId(3)]: 'Undeliverable',
    });
    expect(await command(id)).toMatchObject({
      Status: 'Success',
      TargetCount: 3,
      CompletedCount: 3,
      ErrorCount: 0,
      DeliveryTimedOutCount: 1,
    });
  });

  it('run the command when they come back in time', async () => {
    const node = testNode(nodeId(1), { agent: { ...offline } });
    await start({ nodes: [node] });

    const id = await send({ ...BY_TAG, TimeoutSeconds: 60 });
    await lab.clock.advance(30_000);
    node.agent.online = true;
    await lab.clock.settle();

    expect(await details(id)).toEqual({ [nodeId(1)]: 'Success' });
  });

  it('that go away while they run never report', async () => {
    const node = testNode(nodeId(1));
    await start({
      nodes: [node],
      run: () => {
        node.agent.online = false;
        return { seconds: 5, exitCode: 0, stdout: 'lost', stderr: '' };
      },
    });

    const id = await send({ ...BY_TAG, TimeoutSeconds: 60 });
    await lab.clock.settle();

    expect(await details(id)).toEqual({ [nodeId(1)]: 'ExecutionTimedOut' });
  });

  it('that nobody knows are undeliverable when they are a target', async () => {
    await start();

    const id = await send({ Targets: [{ Key: 'InstanceIds', Values: [nodeId(7)] }] });
    await lab.clock.settle();

    expect(await details(id)).toEqual({ [nodeId(7)]: 'Undeliverable' });
    expect(await command(id)).toMatchObject({ Status: 'Failed' });
  });

  it('do not keep the others from being asked by id', async () => {
    await start({
      nodes: [
        testNode(nodeId(1)),
        testNode(nodeId(2), { agent: { ...offline } }),
        testNode(nodeId(3), { instanceState: 'stopped' }),
      ],
    });

    const Values = [nodeId(1), nodeId(2), nodeId(3), nodeId(7)];
    const id = await send({ Targets: [{ Key: 'InstanceIds', Values }], TimeoutSeconds: 60, MaxErrors: '100%' });
    await lab.clock.settle();

    expect(await details(id)).toEqual({
      [nodeId(1)]: 'Success',
      [nodeId(2)]: 'DeliveryTimedOut',
      [nodeId(3)]: 'Undeliverable',
      [nodeId(7)]: 'Undeliverable',
    });
    expect(await command(id)).toMatchObject({ Status: 'Success', TargetCount: 4, CompletedCount: 4, ErrorCount: 0 });
  });
});

describe('MaxConcurrency and MaxErrors', () => {
  it('never run more nodes at a time than allowed', async () => {
    let running = 0;
    let most = 0;
    await start({
      nodes: fleet(30),
      run: () => {
        running += 1;
        most = Math.max(most, running);
        lab.clock.at(lab.clock.now() + 9000, 'world', () => {
          running -= 1;
        });
        return { seconds: 10, exitCode: 0, stdout: '', stderr: '' };
      },
    });

    const id = await send({ ...BY_TAG, MaxConcurrency: '20%' });
    await lab.clock.settle();

    expect(most).toBe(6);
    expect(await command(id)).toMatchObject({ Status: 'Success', CompletedCount: 30 });
  });

  it('stop at the first failure by default and terminate what was not tried', async () => {
    await start({ nodes: fleet(20), run: () => ({ seconds: 1, exitCode: 1, stdout: '', stderr: '' }) });

    const id = await send({ ...BY_TAG, MaxConcurrency: '4' });
    await lab.clock.settle();

    const states = Object.values(await details(id));
    expect(states.filter((state) => state === 'Terminated').length).toBe(20 - lab.ran.length);
    expect(lab.ran.length).toBeLessThanOrEqual(5);
    expect(await command(id)).toMatchObject({ Status: 'Failed', CompletedCount: 20, ErrorCount: lab.ran.length });
  });

  it('tolerate as many failures as they say', async () => {
    await start({
      nodes: fleet(20),
      run: (id) => ({ seconds: 1, exitCode: id === nodeId(3) ? 1 : 0, stdout: '', stderr: '' }),
    });

    const id = await send({ ...BY_TAG, MaxErrors: '10%' });
    await lab.clock.settle();

    expect(await command(id)).toMatchObject({ Status: 'Success', CompletedCount: 20, ErrorCount: 1 });
  });
});

describe('permissions', () => {
  const reads = { Effect: 'Allow', Action: 'ssm:List*', Resource: '*' } as const;
  const document = {
    Effect: 'Allow',
    Action: 'ssm:SendCommand',
    Resource: `arn:aws:ssm:${TOKYO.region}:${TOKYO.account}:document/KmsBot-*`,
  } as const;
  const tagged = (key: string) =>
    ({
      Effect: 'Allow',
      Action: 'ssm:SendCommand',
      Resource: [`arn:aws:ec2:*:${TOKYO.account}:instance/*`, `arn:aws:ssm:*:${TOKYO.account}:managed-instance/*`],
      Condition: { StringEquals: { [key]: 'true' } },
    }) as const;
  const nodes = () => [
    testNode(nodeId(1), { tags: { KmsManaged: 'true', Env: 'prod' } }),
    testNode(nodeId(2), { tags: { Env: 'prod' } }),
    testNode(`mi-${'a'.repeat(17)}`, { tags: { KmsManaged: 'true', Env: 'prod' } }),
  ];

  it.each(['aws:ResourceTag/KmsManaged', 'ssm:resourceTag/KmsManaged'])(
    'by %s reach tagged nodes only',
    async (key) => {
      await start({ nodes: nodes() }, functionPrincipal(reads, document, tagged(key)));

      const id = await send({ Targets: [{ Key: 'tag:Env', Values: ['prod'] }] });
      await lab.clock.settle();

      expect(await details(id)).toEqual({
        [nodeId(1)]: 'Success',
        [nodeId(2)]: 'AccessDenied',
        [`mi-${'a'.repeat(17)}`]: 'Success',
      });
    },
  );

  it('by tag deny an id that nobody has, since it carries no tag', async () => {
    await start({ nodes: nodes() }, functionPrincipal(reads, document, tagged('aws:ResourceTag/KmsManaged')));

    const id = await send({ Targets: [{ Key: 'InstanceIds', Values: [nodeId(1), nodeId(7)] }] });
    await lab.clock.settle();

    expect(await details(id)).toEqual({ [nodeId(1)]: 'Success', [nodeId(7)]: 'AccessDenied' });
  });

  it('refuse the call when an untagged node is named', async () => {
    await start({ nodes: nodes() }, functionPrincipal(reads, document, tagged('aws:ResourceTag/KmsManaged')));

    await expect(send({ InstanceIds: [nodeId(1), nodeId(2)] })).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`instance/${nodeId(2)}`),
    });
    expect(lab.ran).toEqual([]);
  });

  it('refuse a document that is not allowed', async () => {
    await start({ nodes: nodes() }, functionPrincipal(reads, document, tagged('aws:ResourceTag/KmsManaged')));

    await expect(send({ DocumentName: 'AWS-RunPowerShellScript', ...BY_TAG })).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('document/AWS-RunPowerShellScript'),
    });
  });

  it('follow the role when a statement is taken out of it', async () => {
    const caller = functionPrincipal(reads, document, tagged('aws:ResourceTag/KmsManaged'));
    await start({ nodes: nodes() }, caller);
    await send({ InstanceIds: [nodeId(1)] });

    caller.policies = [{ Version: '2012-10-17', Statement: [reads] }];

    await expect(send({ InstanceIds: [nodeId(1)] })).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('listings', () => {
  it('page through every invocation once', async () => {
    await start({ nodes: fleet(120) });
    const id = await send({ ...BY_TAG, MaxConcurrency: '100%' });
    await lab.clock.settle();

    const all = await invocations(id);

    expect(all).toHaveLength(120);
    expect(new Set(all.map((one) => one.InstanceId)).size).toBe(120);
    expect(lab.exchanges.filter(({ operation }) => operation === 'ssm:ListCommandInvocations')).toHaveLength(3);
  });

  it.each<[string, { MaxResults?: number; NextToken?: string }, string]>([
    ['fifty-one at a time', { MaxResults: 51 }, 'ValidationException'],
    ['none at a time', { MaxResults: 0 }, 'ValidationException'],
    ['a token nobody gave', { NextToken: 'abc' }, 'InvalidNextToken'],
  ])('refuse %s', async (_, input, name) => {
    await start();

    await expect(ssm.send(new ListCommandInvocationsCommand(input))).rejects.toMatchObject({ name });
    await expect(ssm.send(new ListCommandsCommand(input))).rejects.toMatchObject({ name });
  });

  it('refuse the token of another question', async () => {
    await start({ nodes: fleet(2) });
    const CommandId = await send(BY_TAG);
    await lab.clock.settle();
    const page = await ssm.send(new ListCommandInvocationsCommand({ CommandId, MaxResults: 1 }));

    await expect(
      ssm.send(
        new ListCommandInvocationsCommand({ CommandId, MaxResults: 1, Details: true, NextToken: page.NextToken }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });

  it('filter commands by time, document and stage, newest first', async () => {
    await start({ nodes: fleet(1) });
    const first = await send({ ...BY_TAG, Comment: 'first' });
    await lab.clock.advance(60_000);
    const between = new Date(lab.clock.now()).toISOString();
    const second = await send({ ...BY_TAG, Comment: 'second' });
    await lab.clock.advance(2000);
    const list = async (key: 'InvokedAfter' | 'DocumentName' | 'ExecutionStage' | 'Status', value: string) =>
      (await ssm.send(new ListCommandsCommand({ Filters: [{ key, value }] }))).Commands?.map((one) => one.CommandId);

    expect(await list('DocumentName', 'KmsBot-Inspect')).toEqual([second, first]);
    expect(await list('DocumentName', 'Other')).toEqual([]);
    expect(await list('InvokedAfter', between)).toEqual([second]);
    expect(await list('ExecutionStage', 'Complete')).toEqual([first]);
    expect(await list('Status', 'InProgress')).toEqual([second]);
  });

  it('keep accounts and regions apart', async () => {
    await start({ nodes: fleet(1) });
    await send(BY_TAG);
    await lab.clock.settle();

    const elsewhere = new SSMClient(lab.client(ADMINISTRATOR, FRANKFURT.region));

    expect((await elsewhere.send(new ListCommandsCommand({}))).Commands).toEqual([]);
  });
});

describe('CancelCommand', () => {
  it('ends what has not begun and what runs', async () => {
    await start({ nodes: fleet(30), run: () => ({ seconds: 60, exitCode: 0, stdout: '', stderr: '' }) });
    const CommandId = await send({ ...BY_TAG, MaxConcurrency: '10' });
    await lab.clock.advance(10_000);

    await ssm.send(new CancelCommandCommand({ CommandId }));
    expect(await command(CommandId)).toMatchObject({ Status: 'Cancelling' });
    await lab.clock.advance(2000);

    expect(new Set(Object.values(await details(CommandId)))).toEqual(new Set(['Cancelled']));
    expect(await command(CommandId)).toMatchObject({ Status: 'Cancelled', CompletedCount: 30 });
    await lab.clock.settle();
    expect(lab.ran).toHaveLength(10);
  });

  it('of one node leaves the others alone', async () => {
    await start({ nodes: fleet(2) });
    const CommandId = await send(BY_TAG);

    await ssm.send(new CancelCommandCommand({ CommandId, InstanceIds: [nodeId(2)] }));
    await lab.clock.settle();

    expect(await details(CommandId)).toEqual({ [nodeId(1)]: 'Success', [nodeId(2)]: 'Cancelled' });
  });

  it('refuses a command it does not know', async () => {
    await start();

    await expect(ssm.send(new CancelCommandCommand({ CommandId: '0'.repeat(36) }))).rejects.toMatchObject({
      name: 'InvalidCommandId',
    });
  });
});

describe('ten thousand nodes', () => {
  it('are accounted for in few rounds of the clock', async () => {
    await start({ nodes: fleet(10_000) });
    const startedMs = lab.clock.now();

    const id = await send({ ...BY_TAG, MaxConcurrency: '100%', MaxErrors: '100%', TimeoutSeconds: 600 });
    await lab.clock.settle();

    expect(await command(id)).toMatchObject({ Status: 'Success', TargetCount: 10_000, CompletedCount: 10_000 });
    expect(lab.clock.now() - startedMs).toBeLessThan(60_000);
    expect(lab.ran).toHaveLength(10_000);
  });
});
