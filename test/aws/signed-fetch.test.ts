import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { handOff } from '../../bot/aws/hand-off.ts';
import { NoAwsAnswer, signedFetch } from '../../bot/aws/signed-fetch.ts';
import { readSlackSecret } from '../../bot/aws/slack-secret.ts';
import { ENV, network, type Sent } from './support/network.ts';

const REQUEST = { service: 'lambda', path: '/x', headers: {}, body: '{}', timeoutMs: 1_000 } as const;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Signature version 4, written down from AWS's description of it; paths are encoded once more for signing. */
function expectedSignature({ url, headers, body }: Sent, service: string): string {
  const time = headers['x-amz-date'] ?? '';
  const day = time.slice(0, 8);
  const all: Record<string, string> = { ...headers, host: url.host };
  delete all.authorization;
  const names = Object.keys(all).sort();
  const path = url.pathname.split('/').map(encodeURIComponent).join('/');
  const canonical = [
    'POST',
    path,
    '',
    ...names.map((name) => `${name}:${all[name]?.trim()}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const scope = `${day}/ap-northeast-1/${service}/aws4_request`;
  const key = ['ap-northeast-1', service, 'aws4_request'].reduce(
    (signing, part) => hmac(signing, part),
    hmac(`AWS4${ENV.AWS_SECRET_ACCESS_KEY}`, day),
  );
  return hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
}

describe('signedFetch', () => {
  it('signs as AWS describes it, an ARN in the path included', async () => {
    const { sent, fetch } = network(202, {});
    const arn = 'arn:aws:lambda:ap-northeast-1:111122223333:function:kms-bot-observe:live';

    await handOff(signedFetch(ENV, fetch), arn)({ name: 'check-1', payload: { a: 'ä' } });

    const [request] = sent as [Sent];
    expect(request.url.href).toBe(
      `https://lambda.ap-northeast-1.amazonaws.com/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`,
    );
    expect(request.headers).toMatchObject({
      'x-amz-invocation-type': 'Event',
      'x-amz-durable-execution-name': 'check-1',
    });
    expect(request.headers.authorization).toContain(`Signature=${expectedSignature(request, 'lambda')}`);
  });

  it('sends the session token of temporary credentials, signed', async () => {
    const { sent, fetch } = network(200, {});

    await signedFetch({ ...ENV, AWS_SESSION_TOKEN: 'token' }, fetch)(REQUEST);

    const [request] = sent as [Sent];
    expect(request.headers['x-amz-security-token']).toBe('token');
    expect(request.headers.authorization).toContain('x-amz-security-token');
  });

  it.each([
    [
      'the service’s own endpoint first',
      { AWS_ENDPOINT_URL_LAMBDA: 'http://a:1/l/', AWS_ENDPOINT_URL: 'http://b:2' },
      'http://a:1/l/x',
    ],
    ['the endpoint of all services next', { AWS_ENDPOINT_URL: 'http://b:2/aws' }, 'http://b:2/aws/x'],
    ['the region’s endpoint else', {}, 'https://lambda.ap-northeast-1.amazonaws.com/x'],
    ['China’s domain in China', { AWS_REGION: 'cn-north-1' }, 'https://lambda.cn-north-1.amazonaws.com.cn/x'],
  ])('asks %s', async (_, env, expected) => {
    const { sent, fetch } = network(200, {});

    await signedFetch({ ...ENV, ...env }, fetch)(REQUEST);

    expect(sent[0]?.url.href).toBe(expected);
  });

  it.each(['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])('names %s when it is not set', async (name) => {
    const { fetch } = network(200, {});

    await expect(signedFetch({ ...ENV, [name]: undefined }, fetch)(REQUEST)).rejects.toThrow(`${name} is not set`);
  });

  it('tells that nobody answered', async () => {
    const fetch = (() => Promise.reject(new TypeError('fetch failed'))) as typeof globalThis.fetch;

    await expect(signedFetch(ENV, fetch)(REQUEST)).rejects.toBeInstanceOf(NoAwsAnswer);
  });

  it('tries once more when a connection kept from before turns out dead', async () => {
    const { sent, fetch } = network(202, {});
    let calls = 0;
    const onceDead = ((...request: Parameters<typeof fetch>) => {
      calls += 1;
      return calls === 1 ? Promise.reject(new TypeError('fetch failed')) : fetch(...request);
    }) as typeof globalThis.fetch;

    expect(await handOff(signedFetch(ENV, onceDead), 'arn')({ name: 'check-1', payload: {} })).toEqual({
      kind: 'started',
    });
    expect(calls).toBe(2);
    expect(sent[0]?.headers).toMatchObject({ 'x-amz-durable-execution-name': 'check-1' });
  });

  it('does not try again when the time is over', async () => {
    let calls = 0;
    const hanging = ((_: URL, { signal }: { signal: AbortSignal }) => {
      calls += 1;
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    }) as unknown as typeof globalThis.fetch;

    await expect(signedFetch(ENV, hanging)({ ...REQUEST, timeoutMs: 5 })).rejects.toBeInstanceOf(NoAwsAnswer);
    expect(calls).toBe(1);
  });

  it.each([
    ['a header', {}, { 'x-amzn-errortype': 'AccessDeniedException:http://internal/' }],
    ['the body', { __type: 'com.amazonaws.x#AccessDeniedException' }, {}],
  ])('finds the type of an error in %s', async (_, body, headers) => {
    const { fetch } = network(400, body, headers);

    expect(await signedFetch(ENV, fetch)(REQUEST)).toMatchObject({ status: 400, errorType: 'AccessDeniedException' });
  });
});

describe('readSlackSecret', () => {
  const read = (status: number, body: unknown) =>
    readSlackSecret(signedFetch(ENV, network(status, body).fetch), 'slack');

  it('gives both values', async () => {
    const secret = { signingSecret: 's', botToken: 'xoxb-1' };

    expect(await read(200, { SecretString: JSON.stringify(secret) })).toEqual({ ok: true, secret });
  });

  it.each([
    [{ SecretString: JSON.stringify({ signingSecret: 's', botToken: '' }) }],
    [{ SecretString: 'xoxb-plain' }],
    [{ SecretBinary: 'AA==' }],
  ])('refuses %j, and repeats nothing of it', async (body) => {
    const answer = await read(200, body);

    expect(answer).toMatchObject({ ok: false });
    expect(JSON.stringify(answer)).not.toContain('xoxb');
  });

  it('names the right that is missing', async () => {
    expect(await read(400, { __type: 'AccessDeniedException' })).toMatchObject({
      ok: false,
      action: 'secretsmanager:GetSecretValue',
    });
  });
});
