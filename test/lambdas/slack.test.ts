import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HttpAnswer, HttpEvent } from '../../bot/slack/guard.ts';
import { create } from '../../lambdas/slack.ts';
import { AIKO, BOT, CHANNEL, type Outside, startOutside, TEAM } from '../slack/support/outside.ts';
import { click, slash } from '../slack/support/signed-request.ts';

let outside: Outside;
let nowMs: number;
let handler: (event: HttpEvent) => Promise<HttpAnswer>;
let logged: string[];

beforeEach(async () => {
  outside = await startOutside();
  nowMs = Date.parse('2026-11-22T00:00:00Z');
  logged = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
  handler = create({ env: outside.env, clock: () => nowMs });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await outside.close();
});

const said = ({ statusCode, body }: HttpAnswer): string => {
  expect(statusCode).toBe(200);
  const answer = JSON.parse(body) as { response_type: string; text: string };
  expect(answer.response_type).toBe('ephemeral');
  expect(answer.text.length).toBeLessThanOrEqual(3_900);
  return answer.text;
};

const ask = async (text: string, fields?: Record<string, string>): Promise<string> =>
  said(await handler(slash(text, fields)));

/** What was handed on, oldest first. */
const requests = (): unknown[] => [...outside.executions.values()].map((payload) => JSON.parse(payload));

describe('a check', () => {
  it('is handed on and acknowledged with what was understood and where the answer appears', async () => {
    expect(await ask('check tag:Env=prod')).toBe('Checking machines tagged `Env=prod`. The answer appears here.');

    const [[name, payload] = []] = [...outside.executions];
    expect(name).toMatch(/^check-[0-9a-f]{40}$/);
    expect(JSON.parse(payload ?? '')).toEqual({
      operation: 'check',
      selection: { selectors: [{ kind: 'tag', key: 'Env', value: 'prod' }] },
      asked: 'check tag:Env=prod',
      place: { teamId: TEAM, channelId: CHANNEL, userId: AIKO },
    });
  });

  it('does nothing twice when the same request is delivered twice', async () => {
    const request = slash('check all');
    const first = await handler(request);
    const second = await handler(request);

    expect(second).toEqual(first);
    expect(outside.executions.size).toBe(1);
  });

  it('counts as handed on when the name is already taken', async () => {
    await ask('check all');

    expect(await ask('check web-03')).toContain('Checking web-03.');
    expect(outside.executions.size).toBe(1);
  });

  it('is another one for another trigger', async () => {
    await ask('check all');
    await ask('check all', { trigger_id: '2.2.2' });

    expect(outside.executions.size).toBe(2);
  });

  it('answers in the language of the person', async () => {
    outside.state.locale = 'ja-JP';

    expect(await ask('check tag:Env=prod')).toBe(
      'タグ `Env=prod` のマシンを確認しています。結果はここに表示されます。',
    );
  });

  it.each<[string, Outside['state']['channel'], RegExp]>([
    ['is no member', { id: CHANNEL, is_member: false }, new RegExp(`direct message; invite <@${BOT}>`)],
    ['cannot see the channel', 'channel_not_found', /direct message/],
    ['is in an archived channel', { id: CHANNEL, is_member: true, is_archived: true }, /direct message/],
    ['is written to directly', { id: CHANNEL, is_im: true }, /appears here\.$/],
  ])('says where the answer appears when the bot %s', async (_, channel, expected) => {
    outside.state.channel = channel;

    expect(await ask('check all')).toMatch(expected);
  });

  it('says neither place when Slack does not answer in time, and is started all the same', async () => {
    outside.state.silent = ['slack'];

    expect(await ask('check all')).toMatch(/appears here, or as a direct message/);
    expect(outside.executions.size).toBe(1);
  });

  it('asks Slack about a person and a channel once', async () => {
    await ask('check all');
    await ask('check all', { trigger_id: '2.2.2' });

    expect(outside.calls.filter((call) => call.includes('.info'))).toHaveLength(2);
  });

  it.each([
    [403, 'AccessDeniedException', /may not call `lambda:InvokeFunction`/],
    [404, 'ResourceNotFoundException', /does not exist/],
    [429, 'TooManyRequestsException', /slowing me down/],
    [500, 'ServiceException', /answered with an error/],
  ])('says why it was not started when AWS answers %i %s', async (status, type, expected) => {
    outside.state.refusals = { invoke: { status, type } };

    const text = await ask('check all');

    expect(text).toMatch(expected);
    expect(text).not.toContain('Checking');
  });

  it('says that it may have been started when AWS does not answer', async () => {
    outside.state.silent = ['invoke'];

    expect(await ask('check all')).toMatch(/did not confirm in time/);
  });

  it('keeps the response URL to itself', async () => {
    await ask('check all');

    expect([...outside.executions.values()].join()).not.toContain('hooks.slack.com');
  });
});

describe('a quick answer', () => {
  it.each([
    ['', /A change is planned first/],
    ['help check', /activation state of machines/],
    ['help discovery', /looks for its host in this order/],
    ['help slmgr', /`\/ckms`: `\/kms discover &lt;nodes&gt;`$/m],
    ['chekc all', /I do not know the command `chekc`. Did you mean `\/kms check`\?/],
    ['/ato', /Did you mean `\/kms activate`/],
    ['check', /needs machines: ids/],
    ['dns corp.example', /Looking at the KMS record of corp\.example\./],
    ['report', /understood, but not built yet.*\nBy hand: `slmgr \/dlv`/],
    ['dns delete corp.example kms1', /cannot read `delete` as what to do with the record.* Did you mean `remove`\?/],
    ['diagnose', /needs one machine|needs a machine/],
    ['hosts web-03', /does not take|web-03/],
    [
      'error -1073418124',
      /^No KMS host could be reached \(0xC004F074, SL_E_VL_BINDING_SERVICE_UNAVAILABLE\)\.\nWho acts:/,
    ],
    ['error 0x80070533', /do not know the code `0x80070533`.*\nIt wraps the Windows error 1331/],
    ['error F074', /Did you mean `0xC004F074`\?/],
    ['whoami', new RegExp(`You are <@${AIKO}>`)],
    ['check <!channel>', /Checking @channel\./],
  ])('to “%s” is the acknowledgement itself', async (text, expected) => {
    expect(await ask(text)).toMatch(expected);
  });

  it('is in Japanese for those who read Japanese', async () => {
    outside.state.locale = 'ja-JP';

    expect(await ask('chekc all')).toContain('`chekc` というコマンドはありません。`/kms check` のことですか。');
  });

  it('to a product key repeats and logs nothing of it', async () => {
    const key = 'VK7JG-NPHTM-C97JM-9MPGT-3V66T';

    const text = await ask(`key web-03 ${key}`);

    expect(text).toContain('looks like a product key');
    for (const part of key.split('-')) expect(text + logged.join()).not.toContain(part);
  });

  it('escapes what it repeats', async () => {
    expect(await ask('<!here>`&lt;b&gt; x')).not.toMatch(/<!|<b>/);
  });

  it('starts nothing', async () => {
    await ask('help');

    expect(outside.executions.size).toBe(0);
  });
});

describe('a diagnosis, and a look at the hosts', () => {
  it.each([
    ['diagnose web-03', 'Diagnosing web-03. The answer appears here.'],
    ['diagnose web-03 site:tokyo', 'Diagnosing web-03 in tokyo. The answer appears here.'],
    ['hosts', 'Asking every KMS host. The answer appears here.'],
    ['hosts site:tokyo', 'Asking the KMS hosts in tokyo. The answer appears here.'],
  ])('asked for as “%s” is handed on and acknowledged', async (text, expected) => {
    expect(await ask(text)).toBe(expected);
    expect(requests()).toMatchObject([{ operation: text.split(' ')[0], asked: text }]);
  });

  it.each([
    ['diagnose web-03', 'web-03 を診断しています。結果はここに表示されます。'],
    ['hosts', 'すべての KMS ホストに問い合わせています。結果はここに表示されます。'],
  ])('asked for as “%s” is acknowledged in the language of the person', async (text, expected) => {
    outside.state.locale = 'ja-JP';

    expect(await ask(text)).toBe(expected);
  });

  it('says which of them was not started', async () => {
    outside.state.refusals = { invoke: { status: 429, type: 'TooManyRequestsException' } };

    expect(await ask('diagnose web-03')).toMatch(/^The diagnosis was not started/);
    expect(await ask('hosts')).toMatch(/^The look at the KMS hosts was not started/);
  });
});

describe('a button', () => {
  const press = async (actionId: string, value: string, fields?: object) => {
    const answer = await handler(click(actionId, value, `${outside.url}/response/1`, fields));
    expect(answer).toMatchObject({ statusCode: 200, body: '' });
    const [response] = outside.responses as { text: string; replace_original: boolean }[];
    expect(response?.replace_original).toBe(false);
    return response?.text ?? '';
  };

  it('checks again what its message was about', async () => {
    expect(await press('check-again', 'check tag:"Team=R&D 1"')).toContain(
      'Checking machines tagged `Team=R&amp;D 1`.',
    );
    expect([...outside.executions.values()][0]).toContain('R&D 1');
  });

  it('shows one machine', async () => {
    expect(await press('show-machine:2', 'check web-03')).toContain('Checking web-03.');
  });

  it('names the machine that its value has by id', async () => {
    expect(await press('show-machine:0', 'check i-0a1b2c3d4e5f60718\nweb-03 <!here>')).toContain(
      'Checking web-03 &lt;!here&gt;.',
    );
    expect([...outside.executions.values()][0]).toContain('i-0a1b2c3d4e5f60718');
  });

  it('diagnoses the machine that its value has by id, naming it as people know it', async () => {
    expect(await press('diagnose:3', 'diagnose i-0a1b2c3d4e5f60718 site:tokyo\nweb-03')).toContain(
      'Diagnosing web-03. ',
    );
    expect(requests()).toEqual([
      expect.objectContaining({
        operation: 'diagnose',
        selection: { selectors: [{ kind: 'id', id: 'i-0a1b2c3d4e5f60718' }], site: 'tokyo' },
        asked: 'diagnose i-0a1b2c3d4e5f60718 site:tokyo',
      }),
    ]);
  });

  it('diagnoses again what its message was about', async () => {
    expect(await press('check-again', 'diagnose "my server"')).toContain('Diagnosing my server.');
  });

  it('asks the KMS hosts', async () => {
    expect(await press('show-hosts', 'hosts')).toContain('Asking every KMS host.');
    expect(requests()).toEqual([expect.objectContaining({ operation: 'hosts', asked: 'hosts' })]);
  });

  it.each([
    ['dns', 'Looking at the KMS records of every zone.', {}],
    ['dns corp.example', 'Looking at the KMS record of corp.example.', { zone: 'corp.example' }],
  ])('looks again at records by `%s`', async (command, understood, where) => {
    expect(await press('check-again', command)).toContain(understood);
    expect(requests()).toEqual([expect.objectContaining({ operation: 'dns', asked: command, ...where })]);
  });

  it('of a message that nobody knows any more says so', async () => {
    expect(await press('some-old-button', 'x')).toContain('older message');
  });

  it('with a value that is no check starts nothing', async () => {
    expect(await press('check-again', 'activate all')).toContain('older message');
    expect(outside.executions.size).toBe(0);
  });

  it('pressed by a guest of another workspace starts nothing', async () => {
    expect(await press('check-again', 'check all', { user: { id: 'U0GUEST', team_id: 'T0OTHER' } })).toContain(
      'another workspace',
    );
    expect(outside.executions.size).toBe(0);
  });
});
