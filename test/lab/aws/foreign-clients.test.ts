/** Programs that are not ours reach the lab: AWS's own CLI and its SDK for Python, where this machine has them. */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabRecordSet, LabZone } from '../world/types.ts';
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

const hosts = Array.from({ length: 7 }, (_, n): LabRecordSet => {
  return { name: `kms-0${n + 1}.corp.example.`, type: 'A', ttl: 300, values: [`10.0.0.${n + 1}`] };
});

const ZONE: LabZone = {
  id: 'Z0CORP',
  name: 'corp.example',
  site: TOKYO.id,
  private: true,
  vpcs: ['vpc-00000000000000001'],
  hostedBy: 'route53',
  busySeconds: 0,
  recordSets: [
    { name: '*.corp.example.', type: 'A', ttl: 60, values: ['10.0.0.99'] },
    {
      name: '_vlmcs._tcp.corp.example.',
      type: 'SRV',
      ttl: 300,
      values: ['0 100 1688 kms-01.corp.example.', '10 0 1688 kms-02.corp.example.'],
    },
    ...hosts,
  ],
};

const RULE = { id: 'rslvr-rr-0000000000000000a', name: 'to-dc', domain: 'ad.example', servers: ['10.0.0.10'] };

let lab: AccountsUnderTest;

beforeAll(async () => {
  lab = await startAccounts({
    throttle: {},
    nodes: Array.from({ length: 12 }, (_, number) => testNode(nodeId(number + 1))),
    zones: [ZONE],
  });
  const [vpc] = lab.world.state.vpcs;
  if (vpc !== undefined) vpc.resolverRules = [RULE];
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

  it('reads one record set as administrators do', async () => {
    const args = '--hosted-zone-id Z0CORP --start-record-name _vlmcs._tcp.corp.example --start-record-type SRV'.split(
      ' ',
    );
    const read = await cli('route53', 'list-resource-record-sets', ...args, '--max-items', '1', '--output', 'json');

    expect(read.error).toBe('');
    expect(JSON.parse(read.out).ResourceRecordSets).toEqual([
      {
        Name: '_vlmcs._tcp.corp.example.',
        Type: 'SRV',
        TTL: 300,
        ResourceRecords: [{ Value: '0 100 1688 kms-01.corp.example.' }, { Value: '10 0 1688 kms-02.corp.example.' }],
      },
    ]);
  });

  it('reads which networks see a zone, and is told of one that is not there', async () => {
    const read = await cli('route53', 'get-hosted-zone', '--id', '/hostedzone/Z0CORP', '--output', 'json');
    const missing = await cli('route53', 'get-hosted-zone', '--id', 'Z404');

    expect(JSON.parse(read.out).VPCs).toEqual([{ VPCRegion: TOKYO.region, VPCId: 'vpc-00000000000000001' }]);
    expect(missing.error).toContain('(NoSuchHostedZone)');
  });

  it('changes a record set, waits until it is INSYNC, and is told what was wrong', async () => {
    const batch = (action: string, value: string) =>
      JSON.stringify({
        Comment: 'by hand',
        Changes: [
          {
            Action: action,
            ResourceRecordSet: {
              Name: 'cli.corp.example',
              Type: 'TXT',
              TTL: 60,
              ResourceRecords: [{ Value: value }],
            },
          },
        ],
      });
    const change = (action: string, value: string) =>
      cli(
        'route53',
        'change-resource-record-sets',
        '--hosted-zone-id',
        'Z0CORP',
        '--change-batch',
        batch(action, value),
      );
    const sent = await change('CREATE', '"<a> & b"');
    expect(sent.error).toBe('');
    const { Id, Status, Comment } = JSON.parse(sent.out).ChangeInfo;
    expect([Status, Comment]).toEqual(['PENDING', 'by hand']);

    await lab.clock.settle();
    expect((await cli('route53', 'wait', 'resource-record-sets-changed', '--id', Id)).error).toBe('');
    expect(JSON.parse((await cli('route53', 'get-change', '--id', Id)).out).ChangeInfo.Status).toBe('INSYNC');
    expect((await change('DELETE', '"other"')).error).toContain(
      "(InvalidChangeBatch) when calling the ChangeResourceRecordSets operation: [Tried to delete resource record set [name='cli.corp.example.', type='TXT'] but the values provided do not match the current values]",
    );
    expect((await change('DELETE', '"<a> & b"')).error).toBe('');
  });

  it('stores a key as administrators do, with its tags, and finds it without its value', async () => {
    const name = '/kms-bot/keys/contoso-host';
    const args = ['--name', name, '--type', 'SecureString', '--value', 'made-up'];
    const tags = ['--tags', 'Key=kind,Value=host', 'Key=group,Value=2025'];
    expect((await cli('ssm', 'put-parameter', ...args, ...tags)).error).toBe('');
    const again = await cli('ssm', 'put-parameter', ...args);
    const filter = 'Key=Name,Option=BeginsWith,Values=/kms-bot/keys/';
    const listed = await cli('ssm', 'describe-parameters', '--parameter-filters', filter, '--output', 'json');
    const resource = ['--resource-type', 'Parameter', '--resource-id', name];
    const tagged = await cli('ssm', 'list-tags-for-resource', ...resource, '--output', 'json');

    expect(again.error).toContain('(ParameterAlreadyExists)');
    expect(JSON.parse(listed.out).Parameters).toMatchObject([{ Name: name, Type: 'SecureString', Tier: 'Standard' }]);
    expect(listed.out).not.toContain('made-up');
    expect(JSON.parse(tagged.out).TagList).toEqual([
      { Key: 'kind', Value: 'host' },
      { Key: 'group', Value: '2025' },
    ]);
    expect((await cli('ssm', 'delete-parameter', '--name', name)).error).toBe('');
    expect((await cli('ssm', 'get-parameter', '--name', name)).error).toContain('(ParameterNotFound)');
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

const PYTHON_DNS = `
import boto3, json
from botocore.exceptions import ClientError
dns, resolver = boto3.client('route53'), boto3.client('route53resolver')
def code(call):
    try:
        call()
        return 'no error'
    except ClientError as error:
        return error.response['Error']['Code']
sets = dns.get_paginator('list_resource_record_sets').paginate(HostedZoneId='Z0CORP', PaginationConfig={'PageSize': 2})
rules = resolver.get_paginator('list_resolver_rules').paginate(PaginationConfig={'PageSize': 1})
held = resolver.list_resolver_rule_associations(Filters=[{'Name': 'VPCId', 'Values': ['vpc-00000000000000001']}])
print(json.dumps({
    'zones': [(z['Id'], z['Name'], z['Config']['PrivateZone']) for z in dns.list_hosted_zones()['HostedZones']],
    'vpcs': [v['VPCId'] for v in dns.get_hosted_zone(Id='Z0CORP')['VPCs']],
    'names': [s['Name'] for page in sets for s in page['ResourceRecordSets']],
    'noZone': code(lambda: dns.list_resource_record_sets(HostedZoneId='Z404')),
    'typeAlone': code(lambda: dns.list_resource_record_sets(HostedZoneId='Z0CORP', StartRecordType='SRV')),
    'rules': [(r['DomainName'], r['RuleType']) for page in rules for r in page['ResolverRules']],
    'held': [a['ResolverRuleId'] for a in held['ResolverRuleAssociations']],
}))
`;

const PYTHON_CHANGES = `
import boto3, json
from botocore.exceptions import ClientError
dns = boto3.client('route53')
def change(*changes):
    try:
        return dns.change_resource_record_sets(HostedZoneId='Z0CORP', ChangeBatch={'Comment': 'from Python', 'Changes': [
            {'Action': action, 'ResourceRecordSet': {'Name': 'python.corp.example', 'Type': 'SRV', 'TTL': 60, 'ResourceRecords': [{'Value': v} for v in values]}}
            for action, values in changes]})['ChangeInfo']
    except ClientError as error:
        return error.response['Error']
a, b = '0 0 1688 a.corp.example.', '0 0 1688 b.corp.example.'
made = change(('CREATE', [a, b]))
print(json.dumps({
    'made': [made['Status'], made['Comment'], dns.get_change(Id=made['Id'])['ChangeInfo']['Status']],
    'again': change(('CREATE', [a])),
    'exchanged': change(('DELETE', [b, a]), ('CREATE', [a]))['Status'],
    'stale': change(('DELETE', [a, b])),
    'now': [r['Value'] for s in dns.list_resource_record_sets(HostedZoneId='Z0CORP', StartRecordName='python.corp.example', StartRecordType='SRV', MaxItems='1')['ResourceRecordSets'] for r in s['ResourceRecords']],
    'deleted': change(('DELETE', [a]))['Status'],
}))
`;

const PYTHON_SECRETS = `
import boto3, json, datetime
from botocore.exceptions import ClientError
secrets, ssm = boto3.client('secretsmanager'), boto3.client('ssm')
def code(call):
    try:
        call()
        return 'no error'
    except ClientError as error:
        return error.response['Error']['Code']
tags = [{'Key': 'kind', 'Value': 'mak'}]
made = secrets.create_secret(Name='kms-bot/keys/contoso', SecretString='made-up', Tags=tags)
secrets.tag_resource(SecretId='kms-bot/keys/contoso', Tags=[{'Key': 'group', 'Value': '2022'}])
described = secrets.describe_secret(SecretId=made['ARN'])
listed = [s['Name'] for page in secrets.get_paginator('list_secrets').paginate(Filters=[{'Key': 'name', 'Values': ['kms-bot/keys/']}], PaginationConfig={'PageSize': 1}) for s in page['SecretList']]
name = '/kms-bot/confirmation/c1-1'
def put(**more):
    return ssm.put_parameter(Name=name, Value='made-up', Type='SecureString', Tier='Advanced', Policies=json.dumps([{'Type': 'Expiration', 'Version': '1.0', 'Attributes': {'Timestamp': '2038-01-01T00:00:00.000Z'}}]), **more)
print(json.dumps({
    'tags': described['Tags'],
    'value': secrets.get_secret_value(SecretId='kms-bot/keys/contoso')['SecretString'],
    'listed': listed,
    'again': code(lambda: secrets.create_secret(Name='kms-bot/keys/contoso', SecretString='x')),
    'unknown': code(lambda: secrets.describe_secret(SecretId='kms-bot/keys/nobody')),
    'tier': put()['Tier'],
    'twice': code(lambda: put(Overwrite=False)),
    'policies': [p['PolicyType'] for d in ssm.describe_parameters(ParameterFilters=[{'Key': 'Name', 'Values': [name]}])['Parameters'] for p in d['Policies']],
    'hidden': ssm.get_parameter(Name=name)['Parameter']['Value'] != 'made-up',
    'read': ssm.get_parameter(Name=name, WithDecryption=True)['Parameter']['Value'],
    'noTags': code(lambda: ssm.list_tags_for_resource(ResourceType='Parameter', ResourceId='/not/there')),
    'deleted': [code(lambda: ssm.delete_parameter(Name=name)) for _ in range(2)],
}))
`;

describe.skipIf(!isThere('python3', '-c', 'import boto3'))('the SDK for Python', () => {
  it('changes a record set, and is told what is wrong as by AWS', async () => {
    const { stdout } = await run('python3', ['-c', PYTHON_CHANGES], { env: environment(), timeout: 30_000 });
    const set = "resource record set [name='python.corp.example.', type='SRV']";

    expect(JSON.parse(stdout)).toEqual({
      made: ['PENDING', 'from Python', 'PENDING'],
      again: {
        Type: 'Sender',
        Code: 'InvalidChangeBatch',
        Message: `[Tried to create ${set} but it already exists]`,
      },
      exchanged: 'PENDING',
      stale: {
        Type: 'Sender',
        Code: 'InvalidChangeBatch',
        Message: `[Tried to delete ${set} but the values provided do not match the current values]`,
      },
      now: ['0 0 1688 a.corp.example.'],
      deleted: 'PENDING',
    });
  });

  it('stores secrets and parameters, and is told of them as by AWS', async () => {
    const { stdout } = await run('python3', ['-c', PYTHON_SECRETS], { env: environment(), timeout: 30_000 });

    expect(JSON.parse(stdout)).toEqual({
      tags: [
        { Key: 'kind', Value: 'mak' },
        { Key: 'group', Value: '2022' },
      ],
      value: 'made-up',
      listed: ['kms-bot/keys/contoso'],
      again: 'ResourceExistsException',
      unknown: 'ResourceNotFoundException',
      tier: 'Advanced',
      twice: 'ParameterAlreadyExists',
      policies: ['Expiration'],
      hidden: true,
      read: 'made-up',
      noTags: 'InvalidResourceId',
      deleted: ['no error', 'ParameterNotFound'],
    });
  });

  it('reads zones, record sets and forwarding rules', async () => {
    const { stdout } = await run('python3', ['-c', PYTHON_DNS], { env: environment(), timeout: 30_000 });

    expect(JSON.parse(stdout)).toEqual({
      zones: [['/hostedzone/Z0CORP', 'corp.example.', true]],
      vpcs: ['vpc-00000000000000001'],
      names: ['\\052.corp.example.', '_vlmcs._tcp.corp.example.', ...hosts.map(({ name }) => name)],
      noZone: 'NoSuchHostedZone',
      typeAlone: 'InvalidInput',
      rules: [
        ['.', 'RECURSIVE'],
        ['ad.example.', 'FORWARD'],
      ],
      held: [RULE.id, 'rslvr-autodefined-rr-internet-resolver'],
    });
  });

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
      zones: 1,
    });
  });
});
