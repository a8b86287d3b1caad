/** Programs that are not ours reach the lab: AWS's own CLI and its SDK for Python, where this machine has them. */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AccountsUnderTest,
  ADMINISTRATOR,
  nodeId,
  startAccounts,
  TOKYO,
  testNode,
} from './accounts-under-test.ts';

const run = promisify(execFile);

function isThere(command: string, ...probe: string[]): boolean {
  try {
    execFileSync(command, probe, { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

let lab: AccountsUnderTest;

beforeAll(async () => {
  lab = await startAccounts({
    throttle: {},
    nodes: Array.from({ length: 12 }, (_, number) => testNode(nodeId(number + 1))),
  });
});

afterAll(() => lab.close());

const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  AWS_ENDPOINT_URL: lab.url,
  AWS_REGION: TOKYO.region,
  AWS_DEFAULT_REGION: TOKYO.region,
  AWS_ACCESS_KEY_ID: ADMINISTRATOR.accessKeyId,
  AWS_SECRET_ACCESS_KEY: ADMINISTRATOR.secretAccessKey,
  AWS_MAX_ATTEMPTS: '1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
});

describe.skipIf(!isThere('aws', '--version'))('the AWS CLI', () => {
  const cli = async (...args: string[]): Promise<{ out: string; error: string }> => {
    try {
      const { stdout } = await run('aws', args, { env: environment(), timeout: 30_000 });
      return { out: stdout, error: '' };
    } catch (failure) {
      return {
        out: '',
        error: failure instanceof Error && 'stderr' in failure ? String(failure.stderr) : String(failure),
      };
    }
  };

  it('lists the managed nodes, page by page', async () => {
    const listed = await cli('ssm', 'describe-instance-information', '--output', 'json');

    expect(listed.error).toBe('');
    expect(JSON.parse(listed.out).InstanceInformationList).toHaveLength(12);
  });

  it('sends a command and reads what came of it', async () => {
    const sent = await cli(
      'ssm',
      'send-command',
      '--document-name',
      'KmsBot-Inspect',
      '--instance-ids',
      nodeId(1),
      '--output',
      'json',
    );
    const { CommandId } = JSON.parse(sent.out).Command;
    await lab.clock.settle();
    const read = await cli(
      'ssm',
      'get-command-invocation',
      '--command-id',
      CommandId,
      '--instance-id',
      nodeId(1),
      '--output',
      'json',
    );

    expect(JSON.parse(read.out)).toMatchObject({ Status: 'Success', StandardOutputContent: 'KMSBOT1 {}\r\n' });
  });

  it('is refused an unknown document as AWS refuses it', async () => {
    const sent = await cli('ssm', 'send-command', '--document-name', 'Nobody-Wrote', '--instance-ids', nodeId(1));

    expect(sent.error).toContain('(InvalidDocument)');
  });
});

const PYTHON = `
import boto3, json, sys
from botocore.exceptions import ClientError
ssm = boto3.client('ssm')
def code(**arguments):
    try:
        ssm.send_command(**arguments)
        return 'sent'
    except ClientError as error:
        return error.response['Error']['Code']
node, doc = sys.argv[1], 'KmsBot-Inspect'
print(json.dumps({
    'nodes': sum(len(p['InstanceInformationList']) for p in ssm.get_paginator('describe_instance_information').paginate(PaginationConfig={'PageSize': 5})),
    'sent': code(DocumentName=doc, InstanceIds=[node]),
    'fiftyOne': code(DocumentName=doc, InstanceIds=['i-%017x' % n for n in range(51)]),
    'unknownDocument': code(DocumentName='Nobody-Wrote', InstanceIds=[node]),
    'unknownNode': code(DocumentName=doc, InstanceIds=['i-' + 'f' * 17]),
    'instances': sum(len(r['Instances']) for r in boto3.client('ec2').describe_instances()['Reservations']),
    'account': boto3.client('sts').get_caller_identity()['Account'],
    'zones': len(boto3.client('route53').list_hosted_zones()['HostedZones']),
}))
`;

describe.skipIf(!isThere('python3', '-c', 'import boto3'))('the SDK for Python', () => {
  it('lists, sends and is refused as by AWS', async () => {
    const { stdout } = await run('python3', ['-c', PYTHON, nodeId(1)], { env: environment(), timeout: 30_000 });

    expect(JSON.parse(stdout)).toEqual({
      nodes: 12,
      sent: 'sent',
      fiftyOne: 'ValidationException',
      unknownDocument: 'InvalidDocument',
      unknownNode: 'InvalidInstanceId',
      instances: 12,
      account: TOKYO.account,
      zones: 0,
    });
  });
});
