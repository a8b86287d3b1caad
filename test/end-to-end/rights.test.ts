/** One right after the other is taken away, and whoever asked is told by name which one is missing. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../lab/ask.ts';
import type { Lab } from '../lab/lab.ts';
import { remoteLab } from '../lab/remote-lab.ts';
import { muted } from './support/muted.ts';
import { EMMA, type Observed, observe } from './support/outcome.ts';
import { ALL_EXPIRED_MS, DNS_RIGHTS, holderCalled, listOf, statementsOf, takeAway, without } from './support/rights.ts';
import { startSmallLab } from './support/small-lab.ts';

let lab: Lab;

beforeAll(async () => {
  muted();
  lab = await startSmallLab();
});

afterAll(() => lab.close());

let putBack: () => void = () => {};
afterEach(() => {
  putBack();
  lab.faults.clear();
});

const cut = (name: string, sid: string, action: string): void => {
  putBack = takeAway(lab, name, sid, action);
};

const checkWithout = async (name: string, sid: string, action: string): Promise<Observed> => {
  await lab.clock.advance(ALL_EXPIRED_MS);
  cut(name, sid, action);
  return observe(lab, 'check all');
};

/** Rights without which one site cannot be asked: the message names site and right, and answers for the other site. */
const ONE_SITE = [
  ['observe', 'SendTheInspection', 'ssm:SendCommand', 'tokyo'],
  ['observe', 'ToMachinesOfTheFleet', 'ssm:SendCommand', 'tokyo'],
  ['observe', 'ReadMachinesAndAnswers', 'ssm:ListCommandInvocations', 'tokyo'],
  ['observe', 'ReadMachinesAndAnswers', 'ssm:DescribeInstanceInformation', 'tokyo'],
  ['observe', 'ReadMachinesAndAnswers', 'ec2:DescribeInstances', 'tokyo'],
  ['observe', 'EnterMemberSites', 'sts:AssumeRole', 'frankfurt'],
  ['frankfurt', 'SendTheInspection', 'ssm:SendCommand', 'frankfurt'],
  ['frankfurt', 'ToMachinesOfTheFleet', 'ssm:SendCommand', 'frankfurt'],
  ['frankfurt', 'ReadMachinesAndAnswers', 'ssm:ListCommandInvocations', 'frankfurt'],
  ['frankfurt', 'ReadMachinesAndAnswers', 'ssm:DescribeInstanceInformation', 'frankfurt'],
  ['frankfurt', 'ReadMachinesAndAnswers', 'ec2:DescribeInstances', 'frankfurt'],
] as const;

/** Rights without which there is no answer at all: the message says so. */
const WHOLE_CHECK = [
  ['observe', 'KeepTheLedger', 'dynamodb:GetItem'],
  ['observe', 'KeepTheLedger', 'dynamodb:Query'],
  ['observe', 'KeepTheLedger', 'dynamodb:PutItem'],
  ['observe', 'KeepTheLedger', 'dynamodb:BatchWriteItem'],
] as const;

/** Rights without which observe cannot speak in Slack, or not run at all: its execution fails, naming them. */
const SPEECHLESS = [
  ['observe', 'ReadTheSlackSecret', 'secretsmanager:GetSecretValue'],
  ['observe', 'RememberOwnProgress', 'lambda:CheckpointDurableExecution'],
] as const;

/** Looked at when a command may have been sent and nobody heard. */
const AFTER_A_LOST_ANSWER = [
  ['observe', 'ReadMachinesAndAnswers', 'ssm:ListCommands', 'tokyo', '111122223333'],
  ['frankfurt', 'ReadMachinesAndAnswers', 'ssm:ListCommands', 'frankfurt', '444455556666'],
] as const;

/** Rights of the Slack function: the acknowledgement names them. */
const AT_ONCE = [['slack', 'HandWorkOn', 'lambda:InvokeFunction']] as const;
const AT_THE_START = [['slack', 'ReadTheSlackSecret', 'secretsmanager:GetSecretValue']] as const;

/**
 * Rights that nothing in the lab needs: Lambda writes the logs itself, and an execution's state comes in pages only
 * beyond what one invocation is given.
 */
const UNUSED_HERE = [
  ['observe', 'WriteOwnLog', 'logs:CreateLogStream'],
  ['observe', 'WriteOwnLog', 'logs:PutLogEvents'],
  ['slack', 'WriteOwnLog', 'logs:CreateLogStream'],
  ['slack', 'WriteOwnLog', 'logs:PutLogEvents'],
  ['observe', 'RememberOwnProgress', 'lambda:GetDurableExecutionState'],
] as const;

/** Rights that no check and no diagnosis needs; `change-rights.test.ts` shows what they allow and what they do not. */
const FOR_CHANGES = [
  ['observe', 'ReadTheAudit', 'dynamodb:GetItem'],
  ['observe', 'ReadTheAudit', 'dynamodb:Query'],
  ['slack', 'HandChangesOn', 'lambda:InvokeFunction'],
  ['slack', 'AnswerWhatChangesWaitFor', 'lambda:SendDurableExecutionCallbackSuccess'],
  ['slack', 'SeeWhereChangesStand', 'dynamodb:GetItem'],
  ['slack', 'KeepConfirmations', 'ssm:PutParameter'],
] as const;

it('the tables below name every action of every statement of every role', () => {
  const held = ['observe', 'slack', 'frankfurt'].flatMap((name) =>
    statementsOf(holderCalled(lab, name)).flatMap(({ Sid, Action }) =>
      listOf(Action).map((action) => [name, Sid, action].join()),
    ),
  );
  const tables = [
    ONE_SITE,
    WHOLE_CHECK,
    SPEECHLESS,
    AFTER_A_LOST_ANSWER,
    AT_ONCE,
    AT_THE_START,
    DNS_RIGHTS,
    UNUSED_HERE,
    FOR_CHANGES,
  ];
  const named = tables.flatMap((table) => table.map((row) => row.slice(0, 3).join()));

  expect(named.sort()).toEqual(held.sort());
});

describe('a check', () => {
  it.each(ONE_SITE)(
    'without %s’s %s %s names it and %s, and answers for the other site',
    async (name, sid, action, site) => {
      const { answer, asked } = await checkWithout(name, sid, action);

      expect(asked.settled).toBe(true);
      expect(answer).toContain(`${site} could not be asked: the right ${action} is missing there`);
      expect(answer).toMatch(/\d activated/);
    },
  );

  it.each(ONE_SITE)('of one machine without %s’s %s %s names it', async (name, sid, action, site) => {
    await lab.clock.advance(ALL_EXPIRED_MS);
    cut(name, sid, action);
    const { answer, asked } = await observe(lab, `check ${site === 'tokyo' ? 'web-01' : 'eu-web-01'}`);

    expect(asked.settled).toBe(true);
    expect(answer).toContain(action);
    expect(answer).not.toMatch(/✓/);
  });

  it.each(WHOLE_CHECK)('without %s’s %s %s says that it could not be carried out', async (name, sid, action) => {
    const { answer, asked } = await checkWithout(name, sid, action);

    expect(asked.settled).toBe(true);
    expect(answer).toContain(`could not be carried out: ${action} is missing from the ${name} role`);
  });

  it.each(SPEECHLESS)('without %s’s %s %s ends as a failed execution that names it', async (name, sid, action) => {
    const { asked } = await checkWithout(name, sid, action);
    const execution = lab.lambda.executions().at(-1);

    expect(asked.settled).toBe(true);
    expect(execution?.status).toBe('FAILED');
    expect(execution?.error?.ErrorMessage).toContain(action);
  });

  it.each(AFTER_A_LOST_ANSWER)(
    'without %s’s %s %s names it when a command’s answer got lost',
    async (name, sid, action, site, account) => {
      lab.faults.add({ fault: 'aws-answer-lost', target: 'ssm', operation: 'SendCommand', account, times: 1 });
      const { answer } = await checkWithout(name, sid, action);

      expect(answer).toContain(`${site} could not be asked: the right ${action} is missing there`);
    },
  );

  it.each(AT_ONCE)('without %s’s %s %s is refused at once with its name', async (name, sid, action) => {
    const { asked } = await checkWithout(name, sid, action);

    expect(asked.acknowledgement).toContain(action);
    expect(asked.answers).toEqual([]);
  });

  it.each(UNUSED_HERE)('without %s’s %s %s is as ever', async (name, sid, action) => {
    expect((await checkWithout(name, sid, action)).answer).toMatch(/of 6 machines is not activated/);
  });

  it('is whole again once the rights are back', async () => {
    await lab.clock.advance(ALL_EXPIRED_MS);

    expect((await observe(lab, 'check all')).answer).not.toMatch(/could not be asked: the right/);
  });
});

/** A network without a rule of its own is not asked what its rules are. */
const giveEveryNetworkARule = (): void => {
  for (const vpc of lab.world.state.vpcs) {
    vpc.resolverRules = [{ id: 'rslvr-rr-0000000000000000a', name: 'a', domain: 'a.invalid', servers: ['10.0.0.9'] }];
  }
};

const diagnosisOf = async (machine: string): Promise<string> => {
  giveEveryNetworkARule();
  lab.faults.add({ fault: 'host-assigned', target: machine, host: 'kms-gone.eu.example' });
  return (await observe(lab, `diagnose ${machine}`)).answer;
};

describe('a diagnosis', () => {
  it.each(DNS_RIGHTS)('without %s’s %s %s names it, and the cause all the same', async (name, sid, action) => {
    await lab.clock.advance(ALL_EXPIRED_MS);
    cut(name, sid, action);

    const answer = await diagnosisOf(name === 'observe' ? 'erp-01' : 'eu-web-01');

    expect(answer).toContain(action);
    expect(answer).toMatch(/is assigned by hand to kms-gone\.eu\.example/);
  });

  it.each(['erp-01', 'eu-web-01'])('of %s with every right misses none', async (machine) => {
    await lab.clock.advance(ALL_EXPIRED_MS);

    expect(await diagnosisOf(machine)).not.toMatch(/route53|the right/);
  });
});

describe('a Slack function that starts', () => {
  it.each(AT_THE_START)('without %s’s %s %s says so to whoever types a command', async (name, sid, action) => {
    const fresh = await startSmallLab();
    try {
      const principal = fresh.principals.get(name);
      if (principal === undefined || principal.policies === 'administrator') throw new Error('no role to cut');
      principal.policies = without(principal.policies, sid, action);
      const { acknowledgement, answers } = await ask(remoteLab(fresh.url), { ...EMMA, text: 'check all' });

      expect(acknowledgement).toContain(action);
      expect(answers).toEqual([]);
    } finally {
      await fresh.close();
    }
  });
});
