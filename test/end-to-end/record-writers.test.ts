/** The bot, a second bot and a script of somebody else write into one set at once, and nobody loses anything. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordRequest } from '../../bot/domain/records/record-plan.ts';
import type { Lab } from '../lab/lab.ts';
import { remoteLab } from '../lab/remote-lab.ts';
import {
  auditOf,
  cardWith,
  changeId,
  labForAll,
  newest,
  ONE_MINUTE_MS,
  OPS,
  press,
  pressOnly,
  type,
} from './support/changes.ts';
import { type ForeignScript, foreignScript, hasPython } from './support/foreign-script.ts';
import { BATCH, srvIn, txtIn, writeForeign } from './support/records.ts';
import { SECOND_OWNER, type SecondBot, secondBot } from './support/second-bot.ts';

const DOMAIN = 'lab.example';

let lab: Lab;
let second: SecondBot;

labForAll((started) => {
  lab = started;
  second = secondBot(lab, DOMAIN);
});

const endOf = async (id: string): Promise<string | undefined> =>
  (await auditOf(lab)).find(({ event, change }) => event === 'ended' && change === id)?.detail;

/** Approvals that one plan after the other may take while others write. */
const MOST_APPROVALS = 6;

/** Has a change approved until it is over: whoever comes second is shown a new plan. Gives how it ended. */
const approvedToItsEnd = async (id: string): Promise<string | undefined> => {
  for (let times = 0; times < MOST_APPROVALS && (await endOf(id)) === undefined; times += 1) {
    await press(lab, 'ken', 'approve');
  }
  return endOf(id);
};

/** Plans at once; what is given carries the plan out, asking anew where others were always first. */
const planBot = async (text: string): Promise<() => Promise<void>> => {
  await type(lab, 'aiko', text);
  const id = changeId(lab);
  return async () => {
    if ((await approvedToItsEnd(id)) !== 'done') await (await planBot(text))();
  };
};

interface Round {
  readonly bot: string;
  readonly second: RecordRequest;
  readonly script: readonly (readonly ['add' | 'remove', string])[];
}

const host = (name: string): string => `${name}.corp.example`;
const value = (priority: number, name: string): string => `${priority} 0 1688 ${host(name)}.`;
const add = (name: string, priority: number): RecordRequest => ({
  kind: 'add',
  target: host(name),
  port: 1688,
  priority,
  weight: 0,
});

const ROUNDS: readonly Round[] = [
  {
    bot: `dns add ${DOMAIN} ${host('bot-1')} 20 0`,
    second: add('second-1', 30),
    script: [
      ['add', value(40, 'script-1')],
      ['add', value(41, 'script-2')],
    ],
  },
  {
    bot: `dns add ${DOMAIN} ${host('bot-1')} 21 0`,
    second: add('second-2', 31),
    script: [
      ['remove', value(40, 'script-1')],
      ['add', value(42, 'script-3')],
    ],
  },
  {
    bot: `dns add ${DOMAIN} ${host('bot-2')} 22 0`,
    second: { kind: 'remove', target: host('second-1') },
    script: [
      ['add', value(43, 'script-4')],
      ['remove', value(41, 'script-2')],
    ],
  },
  {
    bot: `dns remove ${DOMAIN} ${host('bot-1')}`,
    second: add('second-2', 32),
    script: [['add', value(44, 'script-5')]],
  },
];

const LEFT = [
  '0 0 1688 kms-lab.lab.example.',
  value(22, 'bot-2'),
  value(32, 'second-2'),
  ...[value(42, 'script-3'), value(43, 'script-4'), value(44, 'script-5')],
];

const markedBy = (owner: RegExp): readonly string[] =>
  txtIn(lab, DOMAIN).flatMap((text) => (owner.test(text) ? (/srv=(.*)"$/.exec(text)?.slice(1) ?? []) : []));

const OF_SECOND = new RegExp(`owner=${SECOND_OWNER} `);
const OF_BOT = new RegExp(`owner=(?!${SECOND_OWNER})[0-9a-f]{12} `);

/** Batches that a principal of this name sent, by whether Route 53 took them. */
const batchesOf = (who: string) => {
  const all = lab.wire.read().exchanges.filter(({ operation, from }) => operation === BATCH && from.endsWith(who));
  const taken = all.filter(({ status }) => status === 200).length;
  return { taken, refused: all.length - taken };
};

/** All have looked before anybody writes; then they write at once. Gives the batches of the second bot that were taken. */
const playRound = async (round: Round, script: ForeignScript): Promise<number> => {
  await lab.clock.advance(ONE_MINUTE_MS);
  const planned = await second.plan(round.second);
  const carryOut = await planBot(round.bot);
  const [bySecond] = await Promise.all([
    second.apply(round.second, planned),
    carryOut(),
    (async () => {
      for (const [what, text] of round.script) await script.write(what, text);
    })(),
  ]);
  return bySecond;
};

/** Entries of the audit about one change each, by what they say happened. */
const changesIn = async (since: number) => {
  const entries = (await auditOf(lab)).slice(since);
  const ids = new Set(entries.flatMap(({ change }) => change ?? []));
  return [...ids].map((id) => {
    const events = entries.filter(({ change }) => change === id);
    const times = (event: string) => events.filter((entry) => entry.event === event).length;
    return { void: times('void'), approved: times('approved'), written: times('result'), ended: times('ended') };
  });
};

const verified = async (): Promise<string> => {
  await type(lab, 'emma', 'audit verify');
  return newest(lab, OPS, 'emma');
};

describe.skipIf(!hasPython())('three who write into one set at once', () => {
  it('keep every value of each other, and the marks of both bots: each change has one effect and one end', async () => {
    const since = (await auditOf(lab)).length;
    const script = await foreignScript(lab, DOMAIN);
    let bySecond = 0;
    lab.wire.clear();
    try {
      for (const round of ROUNDS) bySecond += await playRound(round, script);
    } finally {
      script.close();
    }

    expect([...srvIn(lab, DOMAIN)].sort()).toEqual([...LEFT].sort());
    expect(markedBy(OF_BOT)).toEqual([value(22, 'bot-2')]);
    expect(markedBy(OF_SECOND)).toEqual([value(32, 'second-2')]);
    const byScript = ROUNDS.flatMap((round) => round.script).length;
    expect(bySecond).toBe(ROUNDS.length);
    expect(batchesOf('role/kms-bot-change').taken).toBe(ROUNDS.length);
    const administrators = batchesOf('user/lab-administrator');
    expect(administrators.taken).toBe(bySecond + byScript);
    // They did meet: writers were refused for the sake of one who came first, and plans of the bot were made anew.
    expect(administrators.refused).toBeGreaterThan(0);
    const changes = await changesIn(since);
    expect(changes.some((change) => change.void > 0)).toBe(true);
    for (const change of changes) {
      expect(change).toEqual({ void: change.void, approved: change.void + 1, written: 1, ended: 1 });
    }
    expect(await verified()).toContain('✓ The audit is complete and unaltered');
  }, 120_000);
});

describe('a value that a second bot answers for', () => {
  const OTHERS = value(50, 'shared');

  const standing = () => ({ srv: srvIn(lab, DOMAIN), txt: txtIn(lab, DOMAIN) });

  beforeAll(async () => {
    const request = add('shared', 50);
    expect(await second.apply(request, await second.plan(request))).toBe(1);
  });

  it.each([
    ['removed', `dns remove ${DOMAIN} ${host('shared')}`],
    ['given other numbers', `dns add ${DOMAIN} ${host('shared')} 51 0`],
  ])('is not %s: the bot names whose it is, and what takes it over', async (_, text) => {
    const before = standing();

    await type(lab, 'aiko', text);

    expect(newest(lab)).toContain('belongs to another deployment of this bot');
    expect(newest(lab)).toContain(`dns adopt ${DOMAIN} ${host('shared')}`);
    expect(standing()).toEqual(before);
  });

  it('is taken over by a change of its own, stays as it is, and then the second bot leaves it alone', async () => {
    await type(lab, 'aiko', `dns adopt ${DOMAIN} ${host('shared')}`);
    expect(markedBy(OF_SECOND)).toContain(OTHERS);
    await press(lab, 'ken', 'approve');

    expect(srvIn(lab, DOMAIN)).toContain(OTHERS);
    expect(markedBy(OF_BOT)).toContain(OTHERS);
    expect(markedBy(OF_SECOND)).not.toContain(OTHERS);
    expect(await second.plan({ kind: 'remove', target: host('shared') })).toMatchObject({
      kind: 'refused',
      refusal: { kind: 'not-ours', ownership: 'other-bot' },
    });
  });
});

describe('a set that somebody writes into while Route 53 has the bot wait', () => {
  const THEIRS = value(60, 'meanwhile');

  it('is left as they wrote it: nothing is written, and the message and the audit say so', async () => {
    await type(lab, 'aiko', `dns add ${DOMAIN} ${host('bot-3')} 25 0`);
    const id = changeId(lab);
    lab.wire.clear();
    lab.faults.add({
      fault: 'aws-throttled',
      service: 'route53',
      operation: 'ChangeResourceRecordSets',
      principal: 'kms-bot-change',
    });
    await pressOnly(lab, 'ken', 'approve', cardWith(lab, 'approve'));
    while (batchesOf('role/kms-bot-change').refused === 0) await lab.clock.advance(1000);
    await writeForeign(lab, DOMAIN, THEIRS);
    lab.faults.clear();
    await remoteLab(lab.url).settle();

    expect(srvIn(lab, DOMAIN)).toContain(THEIRS);
    expect(srvIn(lab, DOMAIN).join()).not.toContain(host('bot-3'));
    expect(batchesOf('role/kms-bot-change').taken).toBe(0);
    expect(newest(lab)).toMatch(/Nothing was written: somebody else changed the KMS record of lab\.example/);
    expect(await endOf(id)).toBe('failed: moved');
  });
});
