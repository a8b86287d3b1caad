/** Programs that are not ours reach the whole lab: SDKs and tools for AWS in other languages, and DNS resolvers. */
import { execFile, execFileSync } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../lab/lab.ts';

const run = promisify(execFile);

const isThere = (command: string, ...probe: string[]): boolean => {
  try {
    execFileSync(command, probe, { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
};

interface Description {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly ports: { readonly dns: number; readonly dnsByVpc: Readonly<Record<string, number>> };
  readonly nodes: readonly { id: string; name: string; site: string; online: boolean }[];
  readonly zones: readonly { id: string; name: string; vpcs: readonly string[] }[];
  readonly kmsHosts: readonly { name: string; port: number }[];
}

let lab: Lab;
let seen: Description;

beforeAll(async () => {
  lab = await createLab({ port: 0, seed: 1 });
  seen = (await fetch(`${lab.url}/lab`).then((answer) => answer.json())) as Description;
});

afterAll(() => lab.close());

const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  AWS_ENDPOINT_URL: `${lab.url}/aws`,
  AWS_DEFAULT_REGION: seen.region,
  AWS_ACCESS_KEY_ID: seen.accessKeyId,
  AWS_SECRET_ACCESS_KEY: seen.secretAccessKey,
  AWS_MAX_ATTEMPTS: '1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
  ...more,
});

const PYTHON = `
import boto3, json, sys, time, urllib.request
from botocore.exceptions import ClientError
url, node = sys.argv[1], sys.argv[2]
ssm = boto3.client('ssm')
options = {'Options': [sys.argv[3]]}
def code(call):
    try:
        call()
        return 'no error'
    except ClientError as error:
        return error.response['Error']['Code']
pages = [p['InstanceInformationList'] for p in ssm.get_paginator('describe_instance_information').paginate(PaginationConfig={'PageSize': 10})]
sent = ssm.send_command(DocumentName='KmsBot-Inspect', InstanceIds=[node], Parameters=options, Comment='by boto3')['Command']
early = ssm.list_command_invocations(CommandId=sent['CommandId'])['CommandInvocations']
urllib.request.urlopen(urllib.request.Request(url + '/lab/settle', method='POST')).read()
read = ssm.get_command_invocation(CommandId=sent['CommandId'], InstanceId=node)
key, secret = sys.argv[4], sys.argv[5]
def client(key, secret): return boto3.client('ssm', aws_access_key_id=key, aws_secret_access_key=secret)
print(json.dumps({
    'pageSizes': [len(page) for page in pages],
    'ids': [n['InstanceId'] for page in pages for n in page],
    'sentStatus': sent['Status'],
    'early': [i['Status'] for i in early],
    'error': read['StandardErrorContent'], 'status': read['Status'], 'output': read['StandardOutputContent'],
    'fiftyOne': code(lambda: ssm.send_command(DocumentName='KmsBot-Inspect', InstanceIds=['i-%017x' % n for n in range(51)])),
    'pageOf51': code(lambda: ssm.describe_instance_information(MaxResults=51)),
    'unknownDocument': code(lambda: ssm.send_command(DocumentName='Nobody-Wrote', InstanceIds=[node])),
    'unknownParameter': code(lambda: ssm.send_command(DocumentName='KmsBot-Inspect', InstanceIds=[node], Parameters={'Nothing': ['x']})),
    'unknownNode': code(lambda: ssm.send_command(DocumentName='KmsBot-Inspect', InstanceIds=['i-' + 'f' * 17], Parameters=options)),
    'unknownCommand': code(lambda: ssm.get_command_invocation(CommandId='0' * 8 + '-0000-0000-0000-' + '0' * 12, InstanceId=node)),
    'wrongSecret': code(lambda: client(key, '0' * 40).describe_instance_information()),
    'wrongKey': code(lambda: client('AKIA' + 'A' * 16, secret).describe_instance_information()),
    'elsewhere': len(boto3.client('ssm', region_name='us-east-1').describe_instance_information()['InstanceInformationList']),
    'account': boto3.client('sts').get_caller_identity()['Account'],
    'zones': sorted(z['Name'] for p in boto3.client('route53').get_paginator('list_hosted_zones').paginate() for z in p['HostedZones']),
    'instances': sum(len(r['Instances']) for p in boto3.client('ec2').get_paginator('describe_instances').paginate() for r in p['Reservations']),
}))
`;

/** What the inspection is told by nobody in particular. */
const OPTIONS = Buffer.from(JSON.stringify({ bind: 'all', jitter: 0, known: [] })).toString('base64');

describe.skipIf(!isThere('python3', '-c', 'import boto3'))('the AWS SDK for Python', () => {
  it('lists by pages, sends, reads, and meets the errors of AWS', async () => {
    const node = seen.nodes.find(({ name }) => name === 'web-01')?.id ?? '';
    const { stdout } = await run(
      'python3',
      ['-c', PYTHON, lab.url, node, OPTIONS, seen.accessKeyId, seen.secretAccessKey],
      {
        env: environment(),
        timeout: 60_000,
      },
    );
    const { ids, pageSizes, zones, output, ...rest } = JSON.parse(stdout) as {
      ids: string[];
      pageSizes: number[];
      zones: string[];
      output: string;
    };
    const here = seen.nodes.filter(({ site }) => site === 'tokyo').map(({ id }) => id);

    expect(here).toEqual(expect.arrayContaining(ids));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(40);
    expect(pageSizes.length).toBeGreaterThanOrEqual(ids.length / 10);
    expect(Math.max(...pageSizes)).toBeLessThanOrEqual(10);
    expect(output).toMatch(/^KMSBOT1Z? /);
    expect(zones).toEqual(expect.arrayContaining(['corp.example.', 'shop.example.']));
    expect(rest).toEqual({
      sentStatus: 'Pending',
      early: expect.any(Array),
      error: '',
      status: 'Success',
      fiftyOne: 'ValidationException',
      pageOf51: 'ValidationException',
      unknownDocument: 'InvalidDocument',
      unknownParameter: 'InvalidParameters',
      unknownNode: 'InvalidInstanceId',
      unknownCommand: 'InvocationDoesNotExist',
      wrongSecret: 'InvalidSignatureException',
      wrongKey: 'UnrecognizedClientException',
      elsewhere: 0,
      account: '111122223333',
      instances: expect.any(Number),
    });
  }, 60_000);
});

describe.skipIf(!isThere('aws', '--version'))('the AWS CLI', () => {
  it('lists the managed nodes and reads who it is', async () => {
    const cli = async (...args: string[]) => JSON.parse((await run('aws', args, { env: environment() })).stdout);
    const { InstanceInformationList } = await cli('ssm', 'describe-instance-information', '--output', 'json');
    const { Arn } = await cli('sts', 'get-caller-identity', '--output', 'json');

    expect(InstanceInformationList.length).toBeGreaterThanOrEqual(40);
    expect(Arn).toContain('administrator');
  }, 60_000);
});

describe('a resolver asking the DNS port of the lab', () => {
  const resolverAt = (port: number): Resolver => {
    const resolver = new Resolver({ timeout: 2_000, tries: 1 });
    resolver.setServers([`127.0.0.1:${port}`]);
    return resolver;
  };

  it('gets the KMS records of a zone and the addresses of their targets', async () => {
    const resolver = resolverAt(seen.ports.dns);
    const records = await resolver.resolveSrv('_vlmcs._tcp.corp.example');

    expect(records.length).toBeGreaterThan(0);
    for (const { name, port } of records) {
      expect(port).toBe(1688);
      expect(name).toMatch(/\.example$/);
    }
    expect(await resolver.resolve4('kms-01.corp.example')).toEqual(['10.20.1.10']);
  });

  it('is told that a name does not exist', async () => {
    const resolver = resolverAt(seen.ports.dns);

    await expect(resolver.resolveSrv('_vlmcs._tcp.nowhere.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('sees in a network only the zones of that network', async () => {
    const { vpcs = [] } = seen.zones.find(({ name }) => name === 'lab.example') ?? {};
    const [inside = ''] = vpcs;
    const outside = Object.keys(seen.ports.dnsByVpc).find((vpc) => !vpcs.includes(vpc)) ?? '';

    const ask = (vpc: string) => resolverAt(seen.ports.dnsByVpc[vpc] ?? 0).resolveSrv('_vlmcs._tcp.lab.example');
    expect(await ask(inside)).not.toEqual([]);
    await expect(ask(outside)).rejects.toThrow();
  });

  it('hears of a lost record at once, and of its return', async () => {
    const ask = () => resolverAt(seen.ports.dns).resolveSrv('_vlmcs._tcp.corp.example');
    const before = await ask();
    const body = JSON.stringify({ fault: 'record-lost', target: 'corp.example' });
    await fetch(`${lab.url}/lab/faults`, { method: 'POST', body });

    await expect(ask()).rejects.toMatchObject({ code: expect.stringMatching(/ENOTFOUND|ENODATA/) });
    await fetch(`${lab.url}/lab/faults`, { method: 'DELETE' });
    expect((await ask()).map(({ name }) => name).sort()).toEqual(before.map(({ name }) => name).sort());
  });

  it.skipIf(!isThere('nslookup', '-version'))('may be nslookup', async () => {
    const args = ['-type=srv', `-port=${seen.ports.dns}`, '_vlmcs._tcp.corp.example', '127.0.0.1'];
    const { stdout } = await run('nslookup', args, { timeout: 10_000 });

    expect(stdout).toMatch(/service = \d+ \d+ 1688 kms-01\.corp\.example\./);
  });

  it.skipIf(!isThere('dig', '-v'))('may be dig, over TCP', async () => {
    const args = ['@127.0.0.1', '-p', String(seen.ports.dns), '+tcp', '+short', 'SRV', '_vlmcs._tcp.corp.example'];
    const { stdout } = await run('dig', args, { timeout: 10_000 });

    expect(stdout).toMatch(/^\d+ \d+ 1688 kms-01\.corp\.example\.$/m);
  });
});

describe.skipIf(!isThere('aws', '--version') || !isThere('dig', '-v'))('a record set changed by the AWS CLI', () => {
  const NAME = '_vlmcs._tcp.branch.example';

  const dig = async (port: number): Promise<string> => {
    const args = ['@127.0.0.1', '-p', String(port), '+short', 'SRV', NAME];
    return (await run('dig', args, { timeout: 10_000 })).stdout.trim();
  };

  it('is what resolvers hear once it is INSYNC', async () => {
    const zone = seen.zones.find(({ name }) => name === 'branch.example');
    const slow = JSON.stringify({ fault: 'route53-slow', target: 'branch.example', seconds: 900 });
    await fetch(`${lab.url}/lab/faults`, { method: 'POST', body: slow });
    const record = { Name: NAME, Type: 'SRV', TTL: 300, ResourceRecords: [{ Value: '0 0 1688 kms-01.corp.example.' }] };
    const batch = JSON.stringify({ Changes: [{ Action: 'CREATE', ResourceRecordSet: record }] });
    const args = ['--hosted-zone-id', zone?.id ?? '', '--change-batch', batch];
    await run('aws', ['route53', 'change-resource-record-sets', ...args], { env: environment() });
    expect(await dig(seen.ports.dns)).toBe('');

    await fetch(`${lab.url}/lab/settle`, { method: 'POST' });

    expect(await dig(seen.ports.dns)).toBe('0 0 1688 kms-01.corp.example.');
    expect(await dig(seen.ports.dnsByVpc[zone?.vpcs[0] ?? ''] ?? 0)).toBe('0 0 1688 kms-01.corp.example.');
    expect(lab.wire.read().counts['route53:ChangeResourceRecordSets']).toBe(1);
    await fetch(`${lab.url}/lab/faults`, { method: 'DELETE' });
  }, 60_000);
});

describe('a KMS host of the lab', () => {
  const connects = (port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });

  it('takes connections on its loopback port', async () => {
    expect(await connects(seen.kmsHosts.find(({ name }) => name === 'kms-01')?.port ?? 0)).toBe(true);
  });
});
