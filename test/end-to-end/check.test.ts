/** `/kms check`, from what a person types to what they read. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asked, ask } from '../lab/ask.ts';
import { createLab, type Lab } from '../lab/lab.ts';
import { type RemoteLab, remoteLab } from '../lab/remote-lab.ts';

interface Node {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly platform: string;
  readonly online: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

let lab: Lab;
let remote: RemoteLab;
let nodes: readonly Node[];

beforeAll(async () => {
  lab = await createLab({ port: 0, seed: 1 });
  remote = remoteLab(lab.url);
  ({ nodes } = await remote.get<{ nodes: readonly Node[] }>('/lab'));
});

afterAll(() => lab.close());

const EMMA = { user: 'emma', channel: 'kms-ops' };

const check = (text: string, by: { readonly user: string; readonly channel: string } = EMMA): Promise<Asked> =>
  ask(remote, { ...by, text: `check ${text}` });

const named = (name: string): Node => {
  const node = nodes.find((known) => known.name === name);
  if (node === undefined) throw new Error(`no ${name}`);
  return node;
};

const inFleet = ({ tags }: Node): boolean => tags.KmsManaged === 'true';

interface Message {
  readonly ts: string;
  readonly files: readonly { readonly id: string; readonly name: string }[];
}

/** The rows of the newest file in the channel: computer name → the cells by column. */
const rowsOfNewestFile = async (): Promise<Map<string, Record<string, string>>> => {
  const messages = await remote.get<readonly Message[]>('/lab/messages?user=emma&channel=kms-ops');
  const [file] = messages.flatMap(({ files }) => files).slice(-1);
  const text = await fetch(`${lab.url}/lab/files/${file?.id}`).then((answer) => answer.text());
  const [head = [], ...rows] = text
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''),
    );
  return new Map(
    rows.map((cells) => [cells[1] ?? '', Object.fromEntries(head.map((name, at) => [name, cells[at] ?? '']))]),
  );
};

describe('a check of all', () => {
  let asked: Asked;
  beforeAll(async () => {
    asked = await check('all');
  });

  it('is acknowledged, settles, and ends in one message with its file', () => {
    expect(asked).toMatchObject({ understood: true, settled: true, answers: { length: 2 } });
    expect(asked.acknowledgement).toMatch(/^Checking all machines\. The answer appears here/);
    expect(asked.answers[1]).toMatch(/\[file: kms-check-\d{4}-\d\d-\d\d\.csv/);
  });

  it('accounts for every machine of the fleet in both sites, and for no other', async () => {
    const rows = await rowsOfNewestFile();

    expect([...rows.keys()].sort()).toEqual(
      nodes
        .filter(inFleet)
        .map(({ id }) => id)
        .sort(),
    );
    expect(asked.answers[0]).toContain(`of ${rows.size} machines`);
  });

  it('counts in its summary what the file lists', async () => {
    const states = [...(await rowsOfNewestFile()).values()].map(({ State }) => State);
    const [summary = ''] = /^\d+ activated.*$/m.exec(asked.answers[0] ?? '') ?? [];
    const counts = summary.split(' · ').map((part) => Number.parseInt(part, 10));
    const count = (label: string) => Number(new RegExp(`(\\d+) ${label}`).exec(summary)?.[1] ?? 0);

    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(states.length);
    expect(count('activated')).toBe(states.filter((state) => state === 'activated').length);
    expect(count('in grace')).toBe(states.filter((state) => state === 'in grace').length);
  });

  it('sends no more than the budget of calls to Systems Manager', async () => {
    await remote.call('DELETE', '/lab/wire');
    await check('all');
    const { counts } = await remote.get<{ counts: Record<string, number> }>('/lab/wire');
    const calls = Object.entries(counts).filter(([name]) => name.startsWith('ssm:'));

    expect(calls.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(20 + nodes.length / 50);
    expect(counts['ssm:SendCommand']).toBe(2);
    expect(counts['slack:chat.postMessage']).toBe(1);
  });
});

describe('a check by tag, site or both', () => {
  it.each<[string, (node: Node) => boolean, RegExp]>([
    ['tag:Env=prod', (node) => inFleet(node) && node.tags.Env === 'prod', /Checking machines tagged Env=prod\./],
    [
      'site:frankfurt all',
      (node) => inFleet(node) && node.site === 'frankfurt',
      /Checking all machines in frankfurt\./,
    ],
    [
      'tag:Role=web site:tokyo',
      (node) => inFleet(node) && node.tags.Role === 'web' && node.site === 'tokyo',
      /in tokyo\./,
    ],
  ])('%s means exactly those machines', async (text, isMeant, acknowledgement) => {
    const asked = await check(text);
    const rows = await rowsOfNewestFile();
    const meant = nodes.filter(isMeant).map(({ id }) => id);

    expect(asked.acknowledgement).toMatch(acknowledgement);
    expect([...rows.keys()]).toEqual(expect.arrayContaining(meant));
    // Machines with the tag that carry no fleet tag are meant too, and said not to be asked.
    for (const id of [...rows.keys()].filter((id) => !meant.includes(id))) {
      expect(inFleet(nodes.find((node) => node.id === id) as Node)).toBe(false);
      expect(rows.get(id)?.State).toBe('not asked');
    }
  });
});

describe('a check of one machine', () => {
  it.each(['web-01', 'WEB-01', 'web-01.corp.example'])('named %s is its card', async (word) => {
    const { answers } = await check(word);

    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatch(/^✓? ?web-01 is activated/);
    expect(answers[0]).toContain(named('web-01').id);
    expect(answers[0]).toContain('slmgr /dlv');
  });

  it('by its id is the same', async () => {
    expect((await check(named('erp-01').id)).answers[0]).toMatch(/erp-01/);
  });

  it('of the other site is found without naming the site', async () => {
    expect((await check('eu-web-01')).answers[0]).toMatch(/eu-web-01 is activated/);
  });

  it('with a Japanese name is found by it', async () => {
    expect((await check('経理-01')).answers[0]).toMatch(/経理-01/);
  });
});

describe('machines that cannot be asked', () => {
  it('are all accounted for in one sentence each, the typo with what was meant', async () => {
    const { answers, settled } = await check('batch-03 legacy-02 nat-01 app-09 scan-02 web-1 web-01');

    expect(settled).toBe(true);
    const [text = ''] = answers;
    for (const [name, sentence] of [
      ['batch-03', /instance is stopped/i],
      ['app-09', /agent is offline/i],
      ['legacy-02', /tag that marks the fleet is missing/i],
      ['nat-01', /Not a Windows machine/i],
      ['scan-02', /agent has ever reported/i],
    ] as const) {
      expect(text).toContain(name);
      expect(text).toMatch(sentence);
    }
    expect(text).toMatch(/No machine matches web-1\. Did you mean web-01/);
  });

  it.each([
    ['batch-03', /batch-03.*instance is stopped/s],
    ['app-09', /app-09.*offline/s],
    ['legacy-02', /legacy-02.*tag/s],
    ['nat-01', /nat-01.*Windows/s],
    ['scan-02', /scan-02.*agent/s],
    ['no-such-machine', /^No machine matches no-such-machine/],
    ['tag:Env=porduction', /No machine matches tag:Env=porduction/],
    ['site:london all', /There is no site london; known: tokyo, frankfurt/],
  ])('%s alone is answered with the reason', async (word, sentence) => {
    const { answers, settled } = await check(word);

    expect(settled).toBe(true);
    expect(answers[0]?.replace(/^\S /, '')).toMatch(sentence);
  });
});

describe('where and in which language the answer appears', () => {
  it('is the person’s direct messages where the bot is no member, and the acknowledgement says so', async () => {
    const before = (await remote.messages('random', 'emma')).filter(({ ephemeral }) => !ephemeral).length;
    const { acknowledgement, answers } = await check('web-01', { user: 'emma', channel: 'random' });

    expect(acknowledgement).toMatch(/not a member of this channel.*direct message/);
    expect(answers[0]).toMatch(/web-01 is activated/);
    const direct = await remote.messages('dm', 'emma');
    expect(direct.at(-1)?.text).toContain('web-01');
    expect((await remote.messages('random', 'emma')).filter(({ ephemeral }) => !ephemeral)).toHaveLength(before);
  });

  it('is a private channel that the bot cannot see answered in direct messages, too', async () => {
    const { acknowledgement, answers } = await check('web-01', { user: 'aiko', channel: 'it-leads' });

    expect(acknowledgement).toMatch(/ダイレクト メッセージ/);
    expect(answers).toHaveLength(1);
  });

  it('is Japanese for the acknowledgement of a person who reads Japanese', async () => {
    const { acknowledgement } = await check('tag:Env=prod', { user: 'aiko', channel: 'kms-ops' });

    expect(acknowledgement).toBe('タグ Env=prod のマシンを確認しています。結果はここに表示されます。');
  });
});
