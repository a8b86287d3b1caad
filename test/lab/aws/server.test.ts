import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import { GetCommandInvocationCommand, ListCommandsCommand, SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AccountsUnderTest,
  ADMINISTRATOR,
  functionPrincipal,
  nodeId,
  startAccounts,
  TOKYO,
  testNode,
} from './accounts-under-test.ts';
import { NodeHash } from './wire/node-hash.ts';

let lab: AccountsUnderTest;

beforeEach(async () => {
  lab = await startAccounts({ nodes: [testNode(nodeId(1))], principals: [ADMINISTRATOR, functionPrincipal()] });
});

afterEach(() => lab.close());

interface Raw {
  readonly service?: string;
  readonly target?: string;
  readonly body?: string;
  readonly date?: Date;
  readonly secret?: string;
  readonly accessKeyId?: string;
  readonly change?: (headers: Record<string, string>) => void;
  readonly sentBody?: string;
}

/** One request signed by hand, changed after signing where a test says so. */
async function raw({
  service = 'ssm',
  target = 'AmazonSSM.ListCommands',
  body = '{}',
  ...rest
}: Raw = {}): Promise<{ status: number; headers: Headers; text: string }> {
  const url = new URL(`${lab.url}/`);
  const signer = new SignatureV4({
    service,
    region: TOKYO.region,
    sha256: NodeHash,
    credentials: {
      accessKeyId: rest.accessKeyId ?? ADMINISTRATOR.accessKeyId,
      secretAccessKey: rest.secret ?? ADMINISTRATOR.secretAccessKey,
    },
  });
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname: url.hostname,
      port: Number(url.port),
      path: url.pathname,
      headers: { host: url.host, 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' },
      body,
    },
    { signingDate: rest.date ?? new Date() },
  );
  const headers = { ...signed.headers };
  rest.change?.(headers);
  const answer = await fetch(url, { method: 'POST', headers, body: rest.sentBody ?? body });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);

describe('signatures', () => {
  it('accepts a request signed by hand and names it', async () => {
    const answer = await raw();

    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { Commands: [] }]);
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each<[string, Raw, number, string]>([
    ['another secret', { secret: 'other' }, 400, 'InvalidSignatureException'],
    ['a body changed after signing', { sentBody: '{"MaxResults":1}' }, 400, 'InvalidSignatureException'],
    ['an unknown access key', { accessKeyId: 'AKIANOBODY0000000000' }, 400, 'UnrecognizedClientException'],
    [
      'a token that was never given',
      {
        change: (h) => {
          h['x-amz-security-token'] = 'made up';
        },
      },
      400,
      'UnrecognizedClientException',
    ],
    [
      'no signature',
      {
        change: (h) => {
          delete h.authorization;
        },
      },
      400,
      'MissingAuthenticationTokenException',
    ],
    [
      'half a signature',
      {
        change: (h) => {
          h.authorization = 'AWS4-HMAC-SHA256 Credential=x';
        },
      },
      400,
      'IncompleteSignatureException',
    ],
    ['a date six minutes old', { date: minutes(-6) }, 400, 'InvalidSignatureException'],
    ['a date six minutes ahead', { date: minutes(6) }, 400, 'InvalidSignatureException'],
  ])('refuses %s', async (_, request, status, code) => {
    const answer = await raw(request);

    expect([answer.status, JSON.parse(answer.text).__type]).toEqual([status, code]);
  });

  it('accepts a date four minutes old', async () => {
    expect((await raw({ date: minutes(-4) })).status).toBe(200);
  });

  it('words the refusal in the protocol of the service', async () => {
    const wrong = lab.client({ ...ADMINISTRATOR, secretAccessKey: 'wrong' });

    await expect(new STSClient(wrong).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(new EC2Client(wrong).send(new DescribeInstancesCommand({}))).rejects.toMatchObject({
      name: 'AuthFailure',
      $metadata: { httpStatusCode: 401 },
    });
    await expect(new Route53Client(wrong).send(new ListHostedZonesCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    await expect(new SSMClient(wrong).send(new ListCommandsCommand({}))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
  });
});

describe('operations that do not exist', () => {
  it.each<[string, Raw]>([
    ['an operation the service does not have', { target: 'AmazonSSM.MakeCoffee' }],
    ['a name out of the object prototype', { target: 'AmazonSSM.toString' }],
    ['the target of another service', { target: 'DynamoDB_20120810.ListTables' }],
  ])('refuses %s', async (_, request) => {
    const answer = await raw(request);

    expect([answer.status, JSON.parse(answer.text).__type]).toEqual([400, 'UnknownOperationException']);
  });

  it('refuses an unknown action of a query service', async () => {
    const answer = await raw({ service: 'sts', body: 'Action=MakeCoffee&Version=2011-06-15' });

    expect(answer.status).toBe(400);
    expect(answer.text).toContain('<Code>InvalidAction</Code>');
  });

  it('names a service that the lab does not have', async () => {
    const answer = await raw({ service: 'polly' });

    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text).message).toBe('The lab has no service "polly".');
    expect(lab.errors).toEqual([]);
  });
});

describe('bodies', () => {
  it.each([
    ['no JSON', '{'],
    ['a value of the wrong type', '{"MaxResults":"ten"}'],
  ])('refuses %s', async (_, body) => {
    expect(JSON.parse((await raw({ body })).text).__type).toBe('SerializationException');
  });
});

describe('faults', () => {
  const list = () => new SSMClient(lab.client()).send(new ListCommandsCommand({}));
  const send = () =>
    new SSMClient(lab.client()).send(
      new SendCommandCommand({ DocumentName: 'KmsBot-Inspect', InstanceIds: [nodeId(1)] }),
    );

  it.each([
    ['aws-throttled', 'ThrottlingException'],
    ['aws-denied', 'AccessDeniedException'],
    ['aws-error', 'InternalServerError'],
    ['aws-unavailable', 'ServiceUnavailableException'],
  ])('%s answers %s', async (fault, name) => {
    lab.faults.push({ id: '1', fault, service: 'ssm' });

    await expect(list()).rejects.toMatchObject({ name });
  });

  it('hits only the operation it names, as often as it says', async () => {
    lab.faults.push({ id: '1', fault: 'aws-throttled', service: 'ssm', operation: 'SendCommand', times: 1 });

    await list();
    await expect(send()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(send()).resolves.toBeDefined();
  });

  it('drops the connection before the effect', async () => {
    lab.faults.push({ id: '1', fault: 'aws-dropped', service: 'ssm', operation: 'SendCommand' });

    await expect(send()).rejects.toThrow();
    await lab.clock.advance(10_000);
    expect(lab.ran).toEqual([]);
  });

  it('loses the answer after the effect', async () => {
    lab.faults.push({ id: '1', fault: 'aws-answer-lost', service: 'ssm', operation: 'SendCommand' });

    await expect(send()).rejects.toThrow();
    await lab.clock.advance(10_000);
    expect(lab.ran).toEqual([nodeId(1)]);
  });
});

describe('throttling', () => {
  it('lets a burst through, then as many as time brings back', async () => {
    await lab.close();
    lab = await startAccounts({ throttle: { ssm: { ratePerSecond: 1, burst: 2 } } });
    const list = () => new SSMClient(lab.client()).send(new ListCommandsCommand({}));

    await list();
    await list();
    await expect(list()).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
    await lab.clock.advance(1000);
    await expect(list()).resolves.toBeDefined();
  });
});

describe('the record of calls', () => {
  it('says who called what, and how it ended', async () => {
    await new SSMClient(lab.client()).send(new ListCommandsCommand({}));
    await new SSMClient(lab.client(functionPrincipal())).send(new ListCommandsCommand({})).catch(() => {});

    expect(lab.exchanges.map(({ from, to, operation, status }) => ({ from, to, operation, status }))).toEqual([
      { from: ADMINISTRATOR.arn, to: 'ssm', operation: 'ssm:ListCommands', status: 200 },
      { from: functionPrincipal().arn, to: 'ssm', operation: 'ssm:ListCommands', status: 400 },
    ]);
  });
});

describe('permissions', () => {
  it('denies in the words of AWS', async () => {
    const client = new SSMClient(lab.client(functionPrincipal()));

    await expect(
      client.send(new GetCommandInvocationCommand({ CommandId: 'x'.repeat(36), InstanceId: nodeId(1) })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${functionPrincipal().arn} is not authorized to perform: ssm:GetCommandInvocation on resource: arn:aws:ssm:${TOKYO.region}:${TOKYO.account}:* because no identity-based policy allows the ssm:GetCommandInvocation action`,
    });
  });

  it('answers a policy that cannot be evaluated with an error of the lab, not with a pass', async () => {
    await lab.close();
    const caller = functionPrincipal({
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { Odd: { 'aws:SourceIp': '1' } },
    });
    lab = await startAccounts({ principals: [caller] });

    await expect(new SSMClient(lab.client(caller)).send(new ListCommandsCommand({}))).rejects.toMatchObject({
      name: 'InternalServerError',
      message: expect.stringContaining('"Odd"'),
    });
    expect(lab.errors).toHaveLength(1);
  });
});

describe('an invocation that has died', () => {
  it('has no effect any more, and its calls are recorded under its function', async () => {
    await lab.close();
    const dead = new Set<string | undefined>();
    lab = await startAccounts({
      nodes: [testNode(nodeId(1))],
      isDead: (trace) => dead.has(trace),
      callerOf: (trace) => (trace === 'Self=1' ? 'observe' : undefined),
    });
    const client = new SSMClient(lab.client());
    client.middlewareStack.add(
      (next) => (args) => {
        Object.assign((args.request as { headers: Record<string, string> }).headers, { 'x-amzn-trace-id': 'Self=1' });
        return next(args);
      },
      { step: 'build' },
    );
    const send = () =>
      client.send(new SendCommandCommand({ DocumentName: 'KmsBot-Inspect', InstanceIds: [nodeId(1)] }));

    await send();
    dead.add('Self=1');
    await expect(send()).rejects.toThrow();
    await lab.clock.settle();

    expect(lab.ran).toEqual([nodeId(1)]);
    expect(lab.exchanges.map(({ from, status }) => [from, status])).toEqual([
      ['observe', 200],
      ['observe', 0],
    ]);
  });
});
