import { describe, expect, it } from 'vitest';
import { awsClientConfig } from '../../bot/aws/client-config.ts';
import { translated, translateError } from '../../bot/aws/translate-errors.ts';
import { DEFAULT_SLOW_DOWN_SECONDS, failureOf, isTransient, slowDownSeconds } from '../../bot/errors.ts';

const CALL = { action: 'ssm:SendCommand', functionName: 'observe', siteId: 'tokyo', document: 'KmsBot-Inspect' };
const aws = (name: string, more: Record<string, unknown> = {}) => Object.assign(new Error('text'), { name, ...more });

describe('translateError', () => {
  it.each([
    ['ThrottlingException', {}],
    ['RequestLimitExceeded', {}],
    ['ProvisionedThroughputExceededException', {}],
    ['SomethingNew', { $metadata: { httpStatusCode: 429 } }],
  ])('takes %s for a request to slow down', (name, more) => {
    expect(slowDownSeconds(translateError(aws(name, more), CALL))).toBe(DEFAULT_SLOW_DOWN_SECONDS);
  });

  it('waits a second where the service counts by the second', () => {
    const call = { ...CALL, action: 'route53:ListHostedZones' };

    expect(slowDownSeconds(translateError(aws('Throttling'), call))).toBe(1);
    expect(slowDownSeconds(translateError(aws('PriorRequestNotComplete'), call))).toBe(1);
  });

  it('waits as long as the service asks for', () => {
    const error = aws('Throttling', { $response: { headers: { 'retry-after': '17' } } });

    expect(slowDownSeconds(translateError(error, CALL))).toBe(17);
  });

  it.each(['AccessDeniedException', 'UnauthorizedOperation', 'AccessDenied'])('names the right behind %s', (name) => {
    expect(failureOf(translateError(aws(name), CALL))).toEqual({
      kind: 'missing-right',
      action: 'ssm:SendCommand',
      siteId: 'tokyo',
      function: 'observe',
    });
  });

  it.each(['InvalidDocument', 'InvalidDocumentVersion'])('names the document behind %s', (name) => {
    expect(failureOf(translateError(aws(name), CALL))).toEqual({
      kind: 'document-missing',
      document: 'KmsBot-Inspect',
      siteId: 'tokyo',
    });
  });

  it.each(['AuthFailure', 'OptInRequired', 'UnrecognizedClientException', 'RegionDisabledException'])(
    'takes %s for a site that is closed to us, so that the other sites are read',
    (name) => {
      const { document: _, siteId, ...elsewhere } = CALL;

      expect(failureOf(translateError(aws(name), CALL))).toEqual({ kind: 'site-unreachable', siteId });
      expect(failureOf(translateError(aws(name), elsewhere))).toBeUndefined();
    },
  );

  it.each([
    ['Error', { code: 'ECONNREFUSED' }],
    ['TimeoutError', {}],
    ['InternalServerError', { $metadata: { httpStatusCode: 500 } }],
    ['ExpiredTokenException', {}],
  ])('takes %s %j for one that passes', (name, more) => {
    expect(isTransient(translateError(aws(name, more), CALL))).toBe(true);
  });

  it('leaves alone what says nothing an operation could use', () => {
    const error = aws('ValidationException', { $metadata: { httpStatusCode: 400 } });

    expect(translateError(error, CALL)).toBe(error);
    expect(translateError('text', CALL)).toBe('text');
  });

  it('keeps the error it came from as cause', async () => {
    const error = aws('AccessDeniedException');

    await expect(translated(CALL, () => Promise.reject(error))).rejects.toMatchObject({ cause: error });
  });
});

describe('awsClientConfig', () => {
  it('takes region, endpoint and credentials from the environment given', () => {
    const env = {
      AWS_REGION: 'ap-northeast-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:3000/aws',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 's',
      AWS_SESSION_TOKEN: 't',
    };

    expect(awsClientConfig(env)).toMatchObject({
      region: 'ap-northeast-1',
      endpoint: 'http://127.0.0.1:3000/aws',
      credentials: { accessKeyId: 'a', secretAccessKey: 's', sessionToken: 't' },
      maxAttempts: 1,
    });
  });

  it('leaves endpoint and credentials to the SDK where the environment has none', () => {
    const config = awsClientConfig({ AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'a' });

    expect(Object.keys(config)).not.toContain('endpoint');
    expect(Object.keys(config)).not.toContain('credentials');
  });
});
