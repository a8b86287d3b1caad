import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Fixture, startFixture } from './fixture.ts';
import { createFakeDocument, type FakeNode, findAll } from './page/fake-dom.ts';

let lab: Fixture;
let html: string;
beforeAll(async () => {
  lab = await startFixture();
  html = await (await fetch(`${lab.url}/`)).text();
});
afterAll(() => lab.stop());

interface Browser {
  byId(id: string): FakeNode;
  /** What the page asked of the server: path and body. */
  readonly asked: [path: string, body: Record<string, unknown>][];
  readonly streams: string[];
  show(snapshot: object): void;
}

/** Runs the page's own script. */
function open(confirmed = true): Browser {
  const { document, byId } = createFakeDocument();
  const asked: Browser['asked'] = [];
  const streams: string[] = [];
  let stream: { onmessage?: (event: { data: string }) => void } = {};
  byId('workspace').textContent = /id="workspace">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
  byId('person').value = lab.person('aiko');
  byId('channel').value = lab.channel('kms-ops');
  const context = createContext({
    document,
    URLSearchParams,
    window: { confirm: () => confirmed },
    localStorage: { getItem: () => null, setItem: () => {} },
    fetch: async (path: string, init: { body: string }) => {
      asked.push([path, JSON.parse(init.body)]);
      return { ok: true, json: async () => ({}) };
    },
    EventSource: function EventSource(this: typeof stream, url: string) {
      streams.push(url);
      stream = this;
    },
  });
  runInContext(/<script>(.*)<\/script>\s*<\/body>/s.exec(html)?.[1] ?? '', context);
  return { byId, asked, streams, show: (snapshot) => stream.onmessage?.({ data: JSON.stringify(snapshot) }) };
}

let page: Browser;
beforeEach(() => {
  page = open();
});

const plain = (text: string) => ({ type: 'plain_text', text });
const message = (ts: string, extra: object = {}) => ({
  ts,
  user: lab.workspace.botUserId,
  text: '',
  blocks: [],
  ephemeral: false,
  edited: false,
  files: [],
  ...extra,
});
const snapshot = (...messages: object[]) => ({ now: Date.UTC(2026, 10, 22), messages, modal: null });
const lines = () => page.byId('messages').children.map((node) => node.textContent);

describe('the page', () => {
  it('offers the people of the workspace and follows one in one channel', () => {
    expect(page.byId('person').textContent).toContain('Ken Mori (viewer, operator, approver)');
    expect(page.byId('channel').textContent).toContain('#kms-ops');
    expect(page.streams[0]).toContain(`/lab/stream?user=${lab.person('aiko')}`);
  });

  it('shows hostile text as text', () => {
    page.show(
      snapshot(message('1.000001', { text: '&lt;img src=x onerror=alert(1)&gt; <javascript:alert(1)|click>' })),
    );

    const images = findAll(page.byId('messages'), (node) => node.tag === 'img' || node.tag === 'a');
    expect(lines()[0]).toContain('<img src=x onerror=alert(1)> click');
    expect(images).toEqual([]);
  });

  it('shows every kind of block the bot sends, and the JSON of others', () => {
    const blocks = [
      { type: 'header', text: plain('Head') },
      { type: 'section', text: { type: 'mrkdwn', text: '*2* of 3' }, fields: [plain('f1')] },
      { type: 'context', elements: [plain('small print')] },
      { type: 'divider' },
      { type: 'table', rows: [[{ type: 'raw_text', text: 'cell' }]] },
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_list', style: 'bullet', elements: [{ elements: [{ type: 'text', text: 'item' }] }] },
        ],
      },
      { type: 'image', image_url: 'https://img.example/a.png', alt_text: 'a chart' },
      { type: 'hologram', secret: 'nothing hidden' },
    ];

    page.show(snapshot(message('1.000001', { blocks })));

    for (const text of ['Head', '2 of 3', 'f1', 'small print', 'cell', 'item', '[image: a chart]', 'nothing hidden']) {
      expect(lines()[0]).toContain(text);
    }
  });

  it('puts replies below their parent and says what was edited', () => {
    const reply = message('3.000001', { thread_ts: '1.000001', text: 'reply' });

    page.show(
      snapshot(message('1.000001', { text: 'root', edited: true }), message('2.000001', { text: 'next' }), reply),
    );

    expect(lines().map((line) => /root|reply|next/.exec(line)?.[0])).toEqual(['root', 'reply', 'next']);
    expect(lines()[0]).toContain('edited');
  });

  it('draws anew only what changed', () => {
    page.show(snapshot(message('1.000001', { text: 'stays' }), message('2.000001', { text: 'before' })));
    const [kept] = page.byId('messages').children;

    page.show(snapshot(message('1.000001', { text: 'stays' }), message('2.000001', { text: 'after' })));

    expect(page.byId('messages').children[0]).toBe(kept);
    expect(lines()[1]).toContain('after');
    expect(lines()).toHaveLength(2);
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('asks before it clicks where the button says so (answer %s)', (answer, clicks) => {
    page = open(answer);
    const button = {
      type: 'button',
      text: plain('Fix record'),
      action_id: 'fix',
      value: 'p1',
      confirm: { text: plain('Sure?') },
    };
    page.show(snapshot(message('1.000001', { blocks: [{ type: 'actions', block_id: 'b', elements: [button] }] })));

    findAll(page.byId('messages'), (node) => node.tag === 'button')[0]?.fire('click');

    expect(page.asked).toHaveLength(clicks);
    if (clicks > 0)
      expect(page.asked[0]).toMatchObject([
        '/lab/click',
        { ts: '1.000001', block_id: 'b', action_id: 'fix', value: 'p1' },
      ]);
  });

  it('sends what was typed', () => {
    page.byId('text').value = '/kms check all';

    page.byId('composer').fire('submit');

    expect(page.asked).toEqual([
      ['/lab/say', { user: lab.person('aiko'), channel: lab.channel('kms-ops'), text: '/kms check all' }],
    ]);
    expect(page.byId('text').value).toBe('');
  });

  it('opens a modal and submits what is in it', () => {
    const element = { type: 'plain_text_input', action_id: 'a' };
    const modal = {
      id: 'V1',
      hash: '1',
      title: plain('Diagnose'),
      submit: plain('Go'),
      errors: {},
      state: { values: { b: { a: { type: 'plain_text_input', value: 'web-03' } } } },
      blocks: [{ type: 'input', block_id: 'b', label: plain('Machine'), element }],
    };

    page.show({ ...snapshot(), modal });
    findAll(page.byId('modal'), (node) => node.tag === 'form')[0]?.fire('submit');

    expect(page.byId('modal').textContent).toContain('Diagnose');
    expect(page.asked).toEqual([['/lab/submit', { user: lab.person('aiko'), values: { b: { a: 'web-03' } } }]]);
  });
});
