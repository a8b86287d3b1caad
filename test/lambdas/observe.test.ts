import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { create } from '../../lambdas/observe.ts';
import { createLab, type Lab } from '../lab/lab.ts';

interface Seen {
  readonly text: string;
  readonly files: readonly unknown[];
  readonly ephemeral: boolean;
}

let lab: Lab;
let channel = '';
beforeAll(async () => {
  // The durable SDK writes every checkpoint that was refused to the console.
  vi.spyOn(console, 'error').mockImplementation(() => {});
  lab = await createLab({ port: 0, seed: 1 } as Parameters<typeof createLab>[0]);
  const about = (await ask('GET', '/lab')) as { channels: { id: string }[] };
  channel = about.channels[0]?.id ?? '';
});
afterAll(() => lab.close());
afterEach(() => ask('DELETE', '/lab/faults'));

const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return (await fetch(`${lab.url}${path}`, { method, ...init })).json();
};

/** The messages of this channel that everybody sees. */
const messages = async (): Promise<readonly Seen[]> => {
  const all = (await ask('GET', `/lab/messages?channel=${channel}&user=aiko`)) as Seen[];
  return all.filter((message) => !message.ephemeral);
};

/** Types a command, lets time run until it is answered, and gives what it brought. */
const type = async (text: string) => {
  const before = (await messages()).length;
  await ask('DELETE', '/lab/wire');
  await ask('POST', '/lab/slash', { user: 'aiko', channel, text });
  await ask('POST', '/lab/settle', { timeoutMs: 30_000 });
  const { counts } = (await ask('GET', '/lab/wire')) as { counts: Record<string, number> };
  return { shown: (await messages()).slice(before), counts };
};

describe('the observe function', () => {
  it('answers a check of one site with one message, its rows in a file', async () => {
    const { shown, counts } = await type('check site:frankfurt');

    expect(shown.map((message) => message.files.length)).toEqual([0, 1]);
    expect(shown[0]?.text).toMatch(/^⚠ 1 of 11 machines is not activated/);
    expect(counts['ssm:SendCommand']).toBe(1);
  });

  it.each([8, 11, 14])('ends the same when it dies at checkpoint %i', async (afterCheckpoint) => {
    const { shown: whole } = await type('check site:frankfurt');
    await ask('POST', '/lab/faults', { fault: 'crash', function: 'observe', afterCheckpoint });

    const { shown, counts } = await type('check site:frankfurt');

    expect(shown[0]?.text.split('\n')[0]).toBe(whole[0]?.text.split('\n')[0]);
    expect(shown).toHaveLength(2);
    expect(counts['ssm:SendCommand']).toBe(1);
  });

  it('finds its command again when the answer to sending it was lost', async () => {
    await ask('POST', '/lab/faults', { fault: 'aws-answer-lost', service: 'ssm', operation: 'SendCommand', times: 1 });

    const { shown, counts } = await type('check site:frankfurt');

    expect(counts['ssm:SendCommand']).toBe(1);
    expect(shown[0]?.text).toMatch(/^⚠ 1 of 11/);
  });

  it.each([
    ['SendTheInspection', 'ssm:SendCommand'],
    ['ToMachinesOfTheFleet', 'ssm:SendCommand'],
    ['ReadMachinesAndAnswers', 'ec2:DescribeInstances'],
    ['KeepTheLedger', 'dynamodb:GetItem'],
  ])('names the right when the statement %s is gone', async (sid, right) => {
    const observe = lab.principals.get('observe');
    if (observe === undefined || observe.policies === 'administrator') throw new Error('observe has a role');
    const { policies } = observe;
    observe.policies = policies.map((policy) => ({
      ...policy,
      Statement: [policy.Statement].flat().filter((statement) => statement.Sid !== sid),
    }));

    const { shown } = await type('check site:tokyo web-01 web-02');
    observe.policies = policies;

    expect(shown).toHaveLength(1);
    expect(shown[0]?.text).toContain(`\`${right}\``);
    expect(shown[0]?.text).toContain('observe');
  });
});

describe('create', () => {
  it('needs no settings until it is invoked', () => {
    expect(create({ env: {}, clock: Date.now, random: Math.random })).toBeTypeOf('function');
  });
});
