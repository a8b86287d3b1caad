import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { changeStatusReader, decisionSender } from '../../bot/aws/change-desk.ts';
import { signedFetch } from '../../bot/aws/signed-fetch.ts';
import type { Decision } from '../../bot/domain/change/change-status.ts';
import { failureOf, isTransient, slowDownSeconds } from '../../bot/errors.ts';
import { ENV, network, type Sent } from './support/network.ts';

const calling = (...answer: Parameters<typeof network>) => {
  const { sent, fetch } = network(...answer);
  return { sent, call: signedFetch(ENV, fetch) };
};

const nowhere = signedFetch(ENV, () => Promise.reject(new TypeError('fetch failed')));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** RFC 3986: everything but letters, digits and `-._~`. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

/** Signature version 4, written down from AWS's description of it; paths are encoded once more for signing. */
function expectedSignature({ headers, body }: Sent, host: string, onceEncoded: readonly string[]): string {
  const time = headers['x-amz-date'] ?? '';
  const all: Record<string, string> = { ...headers, host };
  delete all.authorization;
  const names = Object.keys(all).sort();
  const path = `/${onceEncoded.map(encoded).join('/')}`;
  const lines = names.map((name) => `${name}:${all[name]?.trim()}`);
  const canonical = ['POST', path, '', ...lines, '', names.join(';'), sha256(body)].join('\n');
  const scope = `${time.slice(0, 8)}/ap-northeast-1/lambda/aws4_request`;
  const key = ['ap-northeast-1', 'lambda', 'aws4_request'].reduce(
    (signing, part) => hmac(signing, part),
    hmac(`AWS4${ENV.AWS_SECRET_ACCESS_KEY}`, time.slice(0, 8)),
  );
  return hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
}

const DECISION: Decision = { word: 'approve', userId: 'U0KEN00001', attempt: 1, digest: 'd1', atMs: 7 };

describe('decisionSender', () => {
  it.each(['cb+1/x=', "a!b'c(d)e*f", 'plain-123'])(
    'answers the callback %s, signed as AWS reads its path',
    async (id) => {
      const { sent, call } = calling(200, {});

      expect(await decisionSender(call)(id, DECISION)).toEqual({ kind: 'taken' });

      const [request] = sent as [Sent];
      const parts = ['2025-12-01', 'durable-execution-callbacks', encoded(id), 'succeed'];
      expect(request.url.href).toBe(`https://lambda.ap-northeast-1.amazonaws.com/${parts.join('/')}`);
      expect(request.headers['content-type']).toBe('application/octet-stream');
      expect(JSON.parse(request.body)).toEqual(DECISION);
      expect(request.headers.authorization).toContain(
        `Signature=${expectedSignature(request, 'lambda.ap-northeast-1.amazonaws.com', parts)}`,
      );
    },
  );

  it.each([
    [400, 'CallbackTimeoutException', { kind: 'gone' }],
    [404, 'ResourceNotFoundException', { kind: 'gone' }],
    [403, 'AccessDeniedException', { kind: 'missing-right', action: 'lambda:SendDurableExecutionCallbackSuccess' }],
    [429, 'TooManyRequestsException', { kind: 'failed', detail: '429 TooManyRequestsException' }],
    [500, 'ServiceException', { kind: 'failed', detail: '500 ServiceException' }],
  ])('tells %i %s as %j', async (status, type, expected) => {
    const { call } = calling(status, {}, { 'x-amzn-errortype': type });

    expect(await decisionSender(call)('cb-1', DECISION)).toEqual(expected);
  });

  it('is unsure when nobody answers', async () => {
    expect(await decisionSender(nowhere)('cb-1', DECISION)).toEqual({ kind: 'unsure' });
  });
});

describe('changeStatusReader', () => {
  const STATUS = { id: 'c4k7m2q9xd', phase: 'applying', requesterId: 'U0AIKO0001', asked: 'discover all' };
  const item = (text: string) => ({ Item: { pk: { S: 'CHANGES' }, status: { S: text } } });
  const read = (call: ReturnType<typeof signedFetch>) => changeStatusReader(call, 'ledger')('c4k7m2q9xd');

  it('reads one item, as it was last written', async () => {
    const { sent, call } = calling(200, item(JSON.stringify(STATUS)));

    expect(await read(call)).toEqual(STATUS);
    const [request] = sent as [Sent];
    expect(request.url.href).toBe('https://dynamodb.ap-northeast-1.amazonaws.com/');
    expect(request.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.GetItem',
    });
    expect(JSON.parse(request.body)).toEqual({
      TableName: 'ledger',
      Key: { pk: { S: 'CHANGES' }, sk: { S: 'c4k7m2q9xd' } },
      ConsistentRead: true,
    });
  });

  it('reads whose record is changed, and where it may be decided', async () => {
    const awaits = { what: 'approval', attempt: 1, scopes: [{ siteId: 'tokyo', zone: 'corp.example' }] };
    const status = { ...STATUS, domain: 'dev.corp.example', awaits };

    expect(await read(calling(200, item(JSON.stringify(status))).call)).toEqual(status);
  });

  it.each([
    ['no item', {}],
    ['another item', item('{"id":7}')],
  ])('knows nothing of %s', async (_what, body) => {
    expect(await read(calling(200, body).call)).toBeUndefined();
  });

  it('says which right is missing, what passes, and for how long to wait', async () => {
    const failing = (status: number, type: string) =>
      read(calling(status, { __type: `com.amazonaws.dynamodb.v20120810#${type}` }).call).catch((error) => error);

    const failure = { kind: 'missing-right', action: 'dynamodb:GetItem', function: 'slack' };
    expect(failureOf(await failing(400, 'AccessDeniedException'))).toEqual(failure);
    expect(slowDownSeconds(await failing(400, 'ProvisionedThroughputExceededException'))).toBe(1);
    expect(isTransient(await failing(500, 'InternalServerError'))).toBe(true);
    expect(isTransient(await read(nowhere).catch((error) => error))).toBe(true);
  });
});
