import { InvokeCommand, type InvokeCommandInput } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ACCOUNT, type Harness, REGION, startHarness } from './harness.ts';

const ARN = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:kms-bot-plain`;
const DURABLE = { executionTimeoutSeconds: 60, retentionDays: 1 };

let lab: Harness;

beforeEach(async () => {
  lab = await startHarness();
});

afterEach(() => lab.close());

async function invoke(functionName: string, options: Partial<InvokeCommandInput> = {}) {
  const answer = await lab.client.send(new InvokeCommand({ FunctionName: functionName, ...options }));
  const text = answer.Payload?.transformToString() ?? '';
  return { ...answer, body: text === '' ? undefined : JSON.parse(text) };
}

describe('a plain function', () => {
  it.each([
    ['its name', 'kms-bot-plain'],
    ['name and alias', 'kms-bot-plain:live'],
    ['name and version', 'kms-bot-plain:1'],
    ['a partial ARN', `${ACCOUNT}:function:kms-bot-plain`],
    ['its ARN', ARN],
    ['its qualified ARN', `${ARN}:live`],
    ['$LATEST', `${ARN}:$LATEST`],
  ])('is found by %s', async (_what, functionName) => {
    lab.add('plain', { handler: async (event) => ({ event }) });

    expect((await invoke(functionName, { Payload: Buffer.from('{"a":1}') })).body).toEqual({ event: { a: 1 } });
  });

  it('is found by name and qualifier apart', async () => {
    lab.add('plain', { handler: async () => 'here' });

    expect(await invoke('kms-bot-plain', { Qualifier: 'live' })).toMatchObject({
      body: 'here',
      StatusCode: 200,
      ExecutedVersion: '1',
    });
  });

  it.each([
    ['another alias', 'kms-bot-plain:other', 'ResourceNotFoundException'],
    ['another name', 'kms-bot-nowhere', 'ResourceNotFoundException'],
    ['another account', ARN.replace(ACCOUNT, '999999999999'), 'ResourceNotFoundException'],
    ['another region', ARN.replace(REGION, 'eu-central-1'), 'ResourceNotFoundException'],
    ['a name that is none', 'not a name', 'ValidationException'],
  ])('is not found by %s', async (_what, functionName, error) => {
    lab.add('plain', { handler: async () => 'here' });

    await expect(invoke(functionName)).rejects.toMatchObject({ name: error });
  });

  it('refuses two qualifiers that differ', async () => {
    lab.add('plain', { handler: async () => 'here' });

    await expect(invoke(`${ARN}:live`, { Qualifier: '1' })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });

  it('answers null when it returns nothing, and gets an empty object for no payload', async () => {
    const handler = vi.fn(async () => undefined);
    lab.add('plain', { handler });

    expect((await invoke('kms-bot-plain')).body).toBeNull();
    expect(handler).toHaveBeenCalledWith({}, expect.objectContaining({ functionName: 'kms-bot-plain' }));
  });

  it('reports what its handler threw', async () => {
    lab.add('plain', { handler: () => Promise.reject(new TypeError('broken')) });

    expect(await invoke('kms-bot-plain')).toMatchObject({
      FunctionError: 'Unhandled',
      body: { errorType: 'TypeError', errorMessage: 'broken' },
    });
  });

  it('is told how much time is left', async () => {
    lab.add('plain', {
      timeoutSeconds: 30,
      handler: async (_event, context) =>
        (context as { getRemainingTimeInMillis(): number }).getRemainingTimeInMillis(),
    });
    const { body } = await invoke('kms-bot-plain');

    expect(body).toBeGreaterThan(28_000);
    expect(body).toBeLessThanOrEqual(30_000);
  });

  it('invoked as an event runs later, and again after one and two minutes when it throws', async () => {
    const attempts: { second: number; requestId: string }[] = [];
    const started = lab.clock.now();
    lab.add('plain', {
      handler: async (_event, context) => {
        const { awsRequestId } = context as { awsRequestId: string };
        attempts.push({ second: Math.round((lab.clock.now() - started) / 1000), requestId: awsRequestId });
        throw new Error('again');
      },
    });
    const answer = await invoke('kms-bot-plain', { InvocationType: 'Event' });
    await lab.clock.settle();

    expect(answer).toMatchObject({ StatusCode: 202, body: undefined });
    expect(attempts.map(({ second }) => second)).toEqual([0, 60, 180]);
    expect(new Set(attempts.map(({ requestId }) => requestId)).size).toBe(1);
  });

  it('holds the clock while it runs', async () => {
    let release: () => void = () => {};
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    lab.add('plain', { handler: () => blocked });
    lab.clock.at(lab.clock.now() + 3_600_000, 'world', () => {});
    await invoke('kms-bot-plain', { InvocationType: 'Event' });

    expect(await lab.clock.settle(20)).toBe(false);
    release();
    expect(await lab.clock.settle()).toBe(true);
  });

  it('does nothing on a dry run', async () => {
    const handler = vi.fn();
    lab.add('plain', { handler });

    expect((await invoke('kms-bot-plain', { InvocationType: 'DryRun' })).StatusCode).toBe(204);
    expect(handler).not.toHaveBeenCalled();
  });

  it.each([
    ['Event', 1_048_577],
    ['RequestResponse', 6_291_457],
  ] as const)('refuses a payload that is too large for %s', async (InvocationType, bytes) => {
    lab.add('plain', { handler: async () => 'here' });
    const Payload = Buffer.from(`"${'x'.repeat(bytes - 2)}"`);

    await expect(invoke('kms-bot-plain', { InvocationType, Payload })).rejects.toMatchObject({
      name: 'RequestTooLargeException',
      $metadata: { httpStatusCode: 413 },
    });
    const fits = Payload.subarray(1);
    fits[0] = 0x22;
    expect((await invoke('kms-bot-plain', { InvocationType, Payload: fits })).FunctionError).toBeUndefined();
  });

  it('refuses a payload that is not JSON', async () => {
    lab.add('plain', { handler: async () => 'here' });

    await expect(invoke('kms-bot-plain', { Payload: Buffer.from('{') })).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
  });

  it('takes no durable execution name', async () => {
    lab.add('plain', { handler: async () => 'here' });

    await expect(invoke('kms-bot-plain', { DurableExecutionName: 'op-1' })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });

  it('is called directly as its function URL does', async () => {
    lab.add('plain', { handler: async (event) => ({ statusCode: 200, got: event }) });

    expect(await lab.lambda.invoke('plain', { body: 'x' })).toEqual({ ok: { statusCode: 200, got: { body: 'x' } } });
    await expect(lab.lambda.invoke('nowhere', {})).rejects.toThrow('nowhere');
  });
});

describe('a durable function', () => {
  const add = (durable = DURABLE) =>
    lab.add('observe', { durable, handler: async () => ({ Status: 'SUCCEEDED', Result: '"done"' }) });

  it.each([[{}], [{ InvocationType: 'Event' as const }]])('is not invoked without qualifier (%o)', async (options) => {
    add();

    await expect(invoke('kms-bot-observe', options)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'You cannot invoke a durable function using an unqualified ARN.',
    });
  });

  it('can be waited for', async () => {
    add();

    expect(await invoke('kms-bot-observe:live')).toMatchObject({
      body: 'done',
      DurableExecutionArn: expect.stringContaining(':1/durable-execution/'),
    });
  });

  it('that fails says so', async () => {
    const answer = { Status: 'FAILED', Error: { ErrorType: 'TypeError', ErrorMessage: 'broken' } };
    lab.add('observe', { durable: DURABLE, handler: async () => answer });

    expect(await invoke('kms-bot-observe:live')).toMatchObject({
      FunctionError: 'Unhandled',
      body: { errorType: 'TypeError', errorMessage: 'broken' },
    });
  });

  it('that may run for more than fifteen minutes cannot be waited for', async () => {
    add({ ...DURABLE, executionTimeoutSeconds: 901 });

    await expect(invoke('kms-bot-observe:live')).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it.each(['ein Name', 'x'.repeat(65), ''])('refuses the execution name "%s"', async (DurableExecutionName) => {
    add();

    await expect(
      invoke('kms-bot-observe:live', { InvocationType: 'Event', DurableExecutionName }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('cannot be called by a function URL', async () => {
    add();
    await expect(lab.lambda.invoke('observe', {})).rejects.toThrow('observe');
  });
});

describe('permissions', () => {
  it('are asked for on the ARN with the qualifier that was named', async () => {
    await lab.close();
    lab = await startHarness((action) => action === 'lambda:InvokeFunction');
    lab.add('plain', { handler: async () => 'here' });

    await expect(invoke('kms-bot-plain:live')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('lambda:InvokeFunction'),
      $metadata: { httpStatusCode: 403 },
    });
    await expect(invoke('kms-bot-plain')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(lab.denied.map(({ resource }) => resource)).toEqual([`${ARN}:live`, ARN]);
  });
});

describe('a request that Lambda does not know', () => {
  it.each([
    ['GET', '/2015-03-31/functions'],
    ['POST', '/2025-12-01/durable-executions/%zz/checkpoint'],
    ['PUT', '/2015-03-31/functions/x/invocations'],
  ])('%s %s is refused', async (method, path) => {
    const call = { method, path, query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0) };
    const answer = await lab.lambda.service(call as never);

    expect(answer.status).toBe(404);
    expect(answer.headers['x-amzn-errortype']).toBe('UnknownOperationException');
  });
});
