/** What the lab refuses, and what can be broken in it on purpose. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../lab/lab.ts';
import { plainHttp, plainJson } from './support/plain-http.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await createLab({ port: 0, seed: 1 });
});

afterAll(() => lab.close());

const call = (method: string, path: string, body?: unknown) => plainJson(lab.url, method, path, body);
const get = async <T>(path: string): Promise<T> => {
  const { status, json } = await call('GET', path);
  expect(status).toBe(200);
  return json as T;
};

describe('what the lab refuses', () => {
  const typo = { tyop: 1 };
  it.each([
    ['POST', '/lab/slash', { user: 'emma', channel: 'kms-ops', text: 'help', ...typo }],
    ['POST', '/lab/say', { user: 'emma', channel: 'kms-ops', text: 'hello', ...typo }],
    ['POST', '/lab/click', { user: 'emma', channel: 'kms-ops', ts: '1.2', action_id: 'a', ...typo }],
    ['POST', '/lab/click', { user: 'emma', view_id: 'V1', action_id: 'a', ...typo }],
    ['POST', '/lab/submit', { user: 'emma', values: {}, ...typo }],
    ['POST', '/lab/suggest', { user: 'emma', action_id: 'a', value: 'b', ...typo }],
    ['POST', '/lab/shortcut', { user: 'emma', callback_id: 'a', ...typo }],
    ['POST', '/lab/settle', typo],
    ['POST', '/lab/clock', { advance: 'PT1S', ...typo }],
    ['POST', '/lab/call', { installationId: '0', ...typo }],
    ['PUT', '/lab/nodes/web-01', typo],
    ['PUT', '/lab/nodes/web-01', { windows: { products: [typo] } }],
    ['POST', '/lab/faults', { fault: 'port-blocked', target: 'kms-01', ...typo }],
    ['POST', '/lab/faults', { fault: 'aws-throttled', target: 'ssm', ...typo }],
    ['POST', '/lab/faults', { fault: 'slack-429', retryAfterSeconds: 1, ...typo }],
    ['POST', '/lab/faults', { fault: 'slack-duplicate-events', ...typo }],
    ['POST', '/lab/faults', { fault: 'crash', function: 'observe', afterCheckpoint: 1, ...typo }],
  ])('includes an unknown field of %s %s, by its name', async (method, path, body) => {
    const { status, json } = await call(method, path, body);

    expect(status).toBe(400);
    expect(json.error).toEqual(expect.any(String));
    expect(json.message).toContain('tyop');
  });

  it('has done nothing when it refused', async () => {
    expect((await get<{ active: unknown[] }>('/lab/faults')).active).toEqual([]);
  });

  it.each([
    ['GET', '/lab/messages?user=emma&channel=kms-ops&tyop=1', 400, /tyop/],
    ['GET', '/lab/messages?user=emma', 400, /channel/],
    ['GET', '/lab/messages?user=emma&channel=nowhere', 404, /nowhere/],
    ['GET', '/lab/messages?user=nobody&channel=kms-ops', 404, /nobody.*aiko/],
    ['GET', '/lab/nodes/no-such-machine', 404, /no-such-machine/],
    ['GET', '/lab/nodes/%E0%A4%A', 400, /%E0/],
    ['GET', '/lab/files/F404', 404, /F404/],
    ['GET', '/lab/nothing', 404, /\/lab\/nothing/],
    ['DELETE', '/lab/nodes/web-01', 404, /DELETE/],
    ['POST', '/lab', 404, /POST/],
  ])('is said of %s %s', async (method, path, status, sentence) => {
    const answer = await call(method, path);

    expect(answer.status).toBe(status);
    expect(answer.json.message).toMatch(sentence);
  });

  it.each([
    [{}, /^installationId: the digits/],
    [{ installationId: 7 }, /^installationId: the digits/],
    [{ installationId: '12345' }, /^installationId: an Installation ID has 54 or 63 digits/],
    [{ installationId: `${'0'.repeat(62)}1` }, /^installationId: group 9 .*misheard/],
  ])('is said of the call %j', async (body, sentence) => {
    const { status, json } = await call('POST', '/lab/call', body);

    expect(status).toBe(400);
    expect(json.message).toMatch(sentence);
  });

  it.each(['{', '[]', '"text"', 'null'])('includes %s as a body', async (body) => {
    for (const path of ['/lab/settle', '/lab/faults', '/lab/slash']) {
      expect((await plainHttp(lab.url, path, { method: 'POST', body })).status).toBe(400);
    }
  });

  it.each([
    ['Host', { host: 'lab.attacker.example' }],
    ['Origin', { origin: 'http://attacker.example' }],
    ['Origin of another port', { origin: 'http://127.0.0.1:1' }],
    ['Origin of a file', { origin: 'null' }],
    ['site, as a browser says', { 'sec-fetch-site': 'cross-site' }],
  ])('includes every path under a foreign %s', async (_, headers: Record<string, string>) => {
    for (const path of [
      '/',
      '/lab',
      '/healthz',
      '/lab/nodes/web-01',
      '/lab/wire',
      '/api/auth.test',
      '/aws',
      '/nothing',
    ]) {
      expect((await plainHttp(lab.url, path, { headers })).status).toBe(403);
    }
  });
});

describe('faults', () => {
  beforeEach(() => call('DELETE', '/lab/faults'));

  interface Entry {
    readonly fault: string;
    readonly description: string;
    readonly target: string;
    readonly parameters: readonly { name: string; type: string; description: string }[];
  }

  it('are told with their targets and parameters, all in one shape', async () => {
    const { vocabulary } = await get<{ vocabulary: readonly Entry[] }>('/lab/faults');

    const names = vocabulary.map(({ fault }) => fault);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        'host-service-stopped',
        'port-blocked',
        'record-lost',
        'aws-throttled',
        'slack-429',
        'crash',
      ]),
    );
    for (const { description, target, parameters } of vocabulary) {
      expect(description).not.toBe('');
      expect(target).not.toBe('');
      for (const parameter of parameters) {
        expect(parameter).toMatchObject({ name: expect.any(String), description: expect.any(String) });
        expect(['string', 'number', 'boolean']).toContain(parameter.type);
      }
    }
  });

  it('change the world when they are added, and are mended all at once', async () => {
    const before = await get('/lab/nodes/kms-01');
    const added = await call('POST', '/lab/faults', { fault: 'host-service-stopped', target: 'kms-01' });
    await call('POST', '/lab/faults', { fault: 'slack-429', target: 'chat.update', retryAfterSeconds: 3 });

    expect(added.status).toBe(200);
    expect(await get('/lab/nodes/kms-01')).toMatchObject({ windows: { service: { state: 'Stopped' } } });
    expect((await get<{ active: unknown[] }>('/lab/faults')).active).toMatchObject([
      { fault: 'host-service-stopped', target: 'kms-01' },
      { fault: 'slack-429', method: 'chat.update', retryAfterSeconds: 3 },
    ]);

    expect((await call('DELETE', '/lab/faults')).status).toBe(200);
    expect((await get<{ active: unknown[] }>('/lab/faults')).active).toEqual([]);
    expect(await get('/lab/nodes/kms-01')).toEqual(before);
  });

  it.each([
    [{ fault: 'no-such-fault' }, /no-such-fault.*aws-throttled/],
    [{}, /fault/],
    [{ fault: 'node-offline', target: 'nobody' }, /target.*nobody/],
    [{ fault: 'aws-throttled' }, /service/],
    [{ fault: 'aws-throttled', target: 'sms' }, /service.*ssm/],
    [{ fault: 'aws-throttled', target: 'ssm', rate: 'often' }, /rate.*number/],
    [{ fault: 'crash', target: 'observe' }, /afterCheckpoint/],
    [{ fault: 'crash', target: 'watch', afterCheckpoint: 1 }, /slack, observe/],
    [{ fault: 'slack-slow' }, /ms/],
  ])('that cannot be are refused with what there is: %j', async (request, sentence) => {
    const { status, json } = await call('POST', '/lab/faults', request);

    expect(status).toBe(400);
    expect(json.message).toMatch(sentence);
  });
});
