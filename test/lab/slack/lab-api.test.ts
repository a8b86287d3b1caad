import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, startFixture } from './fixture.ts';

let lab: Fixture;
beforeAll(async () => {
  lab = await startFixture();
});
afterAll(() => lab.stop());

describe('acting as a person', () => {
  it('answers once Slack has been answered', async () => {
    lab.answer = () => ({ body: { text: 'hello' } });

    const { status, json } = await lab.post('/lab/slash', { user: 'aiko', channel: 'kms-ops', text: 'help' });

    expect(status).toBe(200);
    expect(json).toEqual({ status: 200, ackMs: expect.any(Number), body: { text: 'hello' } });
  });

  it.each([
    ['/lab/slash', { user: 'aiko', channel: 'kms-ops', text: 'x', colour: 1 }, 'unknown field: colour'],
    ['/lab/say', { user: 'aiko', channel: 'kms-ops', text: 'x', thread: '1.1' }, 'unknown field: thread'],
    ['/lab/click', { user: 'aiko', view_id: 'V1', ts: '1.1', action_id: 'x' }, 'unknown field: ts'],
    ['/lab/submit', { user: 'aiko', values: {}, view: 'V1' }, 'unknown field: view'],
    ['/lab/slash', { user: 'aiko', text: 'x' }, 'channel: '],
    ['/lab/click', { user: 'aiko', channel: 'kms-ops', action_id: 'x' }, 'ts: '],
    ['/lab/suggest', { user: 'nobody', action_id: 'x', value: 'x' }, 'nobody is called "nobody"'],
    ['/lab/shortcut', { user: 'aiko', callback_id: 'fly' }, "the app's shortcuts: kms_diagnose"],
    ['/lab/submit', { user: 'aiko', values: {} }, 'no modal is open for aiko'],
  ])('%s refuses %j with the reason', async (path, body, message) => {
    const { status, json } = await lab.post(path, body);

    expect([400, 404]).toContain(status);
    expect(json.message).toContain(message);
  });

  it('refuses a body that is not JSON', async () => {
    const response = await fetch(`${lab.url}/lab/say`, { method: 'POST', body: '{' });

    expect(response.status).toBe(400);
  });

  it('takes people and channels by id, handle or full name', async () => {
    const who = [lab.person('ken'), 'ken', '@ken', 'Ken Mori'];
    const where = [lab.channel('kms-ops'), 'kms-ops', '#kms-ops', 'KMS-OPS'];

    const answers = await Promise.all(
      who.map((user, index) => lab.post('/lab/say', { user, channel: where[index], text: 'hi' })),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});

describe('looking', () => {
  it('shows a message with exactly its fields', async () => {
    await lab.post('/lab/say', { user: 'ken', channel: 'kms-approvals', text: 'seen' });

    const { json } = await lab.get('/lab/messages?channel=kms-approvals&user=aiko');

    expect(json).toEqual([
      {
        ts: expect.stringMatching(/^\d+\.\d{6}$/),
        user: lab.person('ken'),
        text: 'seen',
        blocks: [],
        ephemeral: false,
        edited: false,
        files: [],
      },
    ]);
  });

  it.each([
    ['/lab/messages?channel=kms-ops', 'user: is needed'],
    ['/lab/messages?channel=kms-ops&user=aiko&limit=3', 'unknown field: limit'],
    ['/lab/messages?channel=it-leads&user=emma', 'emma sees no channel "it-leads"'],
    ['/lab/messages?channel=kms-ops&user=rui', 'rui sees no channel "kms-ops"'],
    ['/lab/files/F0NOTHING', 'there is no file F0NOTHING'],
    ['/lab/view?user=ken', 'nothing is open for ken'],
  ])('%s is refused with the reason', async (path, message) => {
    expect((await lab.get(path)).json.message).toContain(message);
  });
});

/** A request with headers that `fetch` does not let anybody set. */
function status(path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${lab.url}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}

describe('who is answered', () => {
  it.each([
    ['its own name', {}, 200],
    ['localhost', { host: 'localhost:3000' }, 200],
    ['a name somebody pointed here', { host: 'lab.attacker.example' }, 403],
    ['a page from elsewhere', { origin: 'https://attacker.example' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['a page of another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['a request from another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ])('%s', async (_who, headers, expected) => {
    expect(await status('/lab/messages?channel=kms-ops&user=ken', headers)).toBe(expected);
  });
});

describe('the page', () => {
  it('holds its script and style, and allows nothing else', async () => {
    const response = await fetch(`${lab.url}/`);
    const html = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';

    expect(response.headers.get('content-type')).toContain('text/html');
    expect(html).toContain('Aiko Tanaka');
    expect(html).not.toMatch(/(?:src|href)=["']?https?:/);
    expect(html).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'sha256-[^']+';/);
    expect(html).not.toContain(lab.workspace.signingSecret);
    expect(html).not.toContain(lab.workspace.botToken);
  });

  it('is told of every change in the channel it shows', async () => {
    const stop = new AbortController();
    const response = await fetch(`${lab.url}/lab/stream?channel=kms-partners&user=ken`, { signal: stop.signal });
    const events = readEvents(response);

    const first = await events.next();
    await lab.post('/lab/say', { user: 'aiko', channel: 'kms-partners', text: 'live' });
    const second = await events.next();
    stop.abort();

    expect(first.value).toMatchObject({ messages: [], modal: null });
    expect(second.value).toMatchObject({ messages: [{ text: 'live' }] });
  });

  it('streams no channel that the person cannot see', async () => {
    expect((await fetch(`${lab.url}/lab/stream?channel=it-leads&user=emma`)).status).toBe(404);
  });
});

async function* readEvents(response: Response): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) yield JSON.parse(part.replace(/^data: /, ''));
  }
}
