/** `/kms diagnose` and `/kms hosts`, from what a person types to what they read, and what went over the wire. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Asked, ask } from '../lab/ask.ts';
import type { Lab } from '../lab/lab.ts';
import { remoteLab } from '../lab/remote-lab.ts';
import { muted } from './support/muted.ts';
import { EMMA, observe } from './support/outcome.ts';
import { ALL_EXPIRED_MS, DNS_RIGHTS, takeAway } from './support/rights.ts';
import { startSmallLab } from './support/small-lab.ts';

const TOKYO = '111122223333';
const FRANKFURT = '444455556666';

let lab: Lab;
let putBack: () => void = () => {};

beforeAll(async () => {
  muted();
  lab = await startSmallLab({}, ['app-03', 'report-01', 'eu-fw-01']);
});

afterAll(() => lab.close());

afterEach(() => {
  putBack();
  putBack = () => {};
  lab.faults.clear();
});

const type = (text: string): Promise<Asked> => ask(remoteLab(lab.url), { ...EMMA, text });

const idOf = (name: string): string => {
  const node = lab.world.state.nodes.find((known) => known.name === name);
  if (node === undefined) throw new Error(`no ${name}`);
  return node.id;
};

const firstLine = (text = ''): string => text.split('\n')[0] ?? '';

/** Calls of AWS that only look; everything that Systems Manager, EC2, STS and DNS are asked must be among them. */
const LOOKING =
  /^(?:ssm:(?:Describe|List|Get)|ec2:Describe|route53:(?:List|Get)|route53resolver:(?:List|Get)|sts:Assume)/;

const callsOfAws = (): readonly string[] =>
  lab.wire
    .read()
    .exchanges.map(({ operation }) => operation)
    .filter((operation) => /^(?:ssm|ec2|route53|route53resolver|sts):/.test(operation));

/** Everything said to AWS that is not a look, but for the inspection itself. */
const changing = (): readonly string[] =>
  callsOfAws().filter((operation) => !LOOKING.test(operation) && operation !== 'ssm:SendCommand');

describe('a diagnosis', () => {
  it('is acknowledged, settles, and ends in one message that names the cause', async () => {
    const { acknowledgement, answers, settled } = await type('diagnose erp-01');

    expect(acknowledgement).toMatch(/^Diagnosing erp-01\. The answer appears here/);
    expect(settled).toBe(true);
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatch(/erp-01 cannot activate: .*kms-old\.corp\.example/);
  });

  it('asks the machine and its KMS host with one command, and changes nothing', async () => {
    const { sent, succeeded } = await observe(lab, 'diagnose erp-01');

    expect(sent).toEqual({ [TOKYO]: 1 });
    expect(succeeded['ssm:SendCommand']).toBe(1);
    expect(changing()).toEqual([]);
    expect(callsOfAws()).toContain('route53:ListResourceRecordSets');
  });

  it('sends one command a site where the host is in another site, and none beyond', async () => {
    const remote = remoteLab(lab.url);
    const path = `/lab/nodes/${idOf('eu-web-01')}`;
    const whole = await remote.get(path);
    await remote.call('PUT', path, { windows: { kmsHost: 'kms-01.corp.example', kmsPort: 1688 } });
    await type('check eu-web-01');
    const { sent, asked } = await observe(lab, 'diagnose eu-web-01');
    await remote.call('PUT', path, whole);

    expect(sent).toEqual({ [TOKYO]: 1, [FRANKFURT]: 1 });
    expect(changing()).toEqual([]);
    expect(asked.answers).toHaveLength(1);
  });

  it('tells the host’s side of it, which the machine cannot see', async () => {
    await type('diagnose report-01');
    const { sent, asked } = await observe(lab, 'diagnose report-01');

    expect(sent).toEqual({ [TOKYO]: 1 });
    expect(asked.answers[0]).toMatch(/the firewall on app-03\.corp\.example drops port 1688/);
  });

  it('stands with a KMS host that has just gone offline, which fails no command and is told', async () => {
    await type('diagnose report-01');
    lab.faults.add({ fault: 'node-offline', target: idOf('app-03') });
    const { sent, asked } = await observe(lab, 'diagnose report-01');

    expect(sent).toEqual({ [TOKYO]: 1 });
    expect(asked.settled).toBe(true);
    expect(asked.answers).toHaveLength(1);
    expect(asked.answers[0]).toMatch(/app-03/);
    expect(asked.answers[0]).toMatch(/offline/);
  });

  it('of a machine that is well says so', async () => {
    const { answers } = await type('diagnose web-01');

    expect(answers[0]).not.toMatch(/cannot activate/);
  });

  it.each([
    ['app-09', /offline/],
    ['nat-01', /does not run Windows/],
  ])('of %s, which cannot be asked, sends nothing and says why', async (name, why) => {
    const { sent, asked } = await observe(lab, `diagnose ${name}`);

    expect(sent).toEqual({});
    expect(asked.answers[0]).toMatch(why);
  });

  it('of a name that nobody bears brings the nearest', async () => {
    const { sent, asked } = await observe(lab, 'diagnose erp-02');

    expect(sent).toEqual({});
    expect(asked.answers[0]).toContain('erp-01');
  });

  it('of a name that two machines bear asks which, and the button diagnoses that one', async () => {
    const remote = remoteLab(lab.url);
    const double = 'i-0d0b1e0d0b1e0d0b1';
    await remote.call('PUT', `/lab/nodes/${double}`, {
      name: 'erp-01',
      site: 'frankfurt',
      tags: { Name: 'erp-01', KmsManaged: 'true' },
    });
    await lab.clock.advance(ALL_EXPIRED_MS);
    const { sent, asked } = await observe(lab, 'diagnose erp-01');

    expect(sent).toEqual({});
    expect(asked.answers[0]).toContain(idOf('erp-01'));
    expect(asked.answers[0]).toContain(double);

    const [message] = (await remote.messages(EMMA.channel, EMMA.user)).slice(-1);
    lab.wire.clear();
    await remote.call('POST', '/lab/click', { ...EMMA, ts: message?.ts, action_id: 'diagnose:1' });
    await remote.settle();
    const [answer] = (await remote.messages(EMMA.channel, EMMA.user)).filter(({ ephemeral }) => !ephemeral).slice(-1);
    lab.world.state.nodes.splice(
      lab.world.state.nodes.findIndex(({ id }) => id === double),
      1,
    );
    expect(answer?.ts).not.toBe(message?.ts);
    expect(answer?.text).toContain('erp-01');
  });

  it('is asked again by the button of its message', async () => {
    const remote = remoteLab(lab.url);
    await lab.clock.advance(ALL_EXPIRED_MS);
    await type('diagnose erp-01');
    const [message] = (await remote.messages(EMMA.channel, EMMA.user)).slice(-1);
    await remote.call('POST', '/lab/click', { ...EMMA, ts: message?.ts, action_id: 'diagnose' });
    await remote.settle();

    const after = (await remote.messages(EMMA.channel, EMMA.user)).filter(({ ephemeral }) => !ephemeral);
    expect(after.at(-1)?.ts).not.toBe(message?.ts);
    expect(firstLine(after.at(-1)?.text)).toBe(firstLine(message?.text));
  });
});

/** No network of these machines has a forwarding rule. */
const ONLY_WHERE_RULES_ARE = 'route53resolver:ListResolverRules';

describe('a diagnosis without a right to read DNS', () => {
  it.each(DNS_RIGHTS)('%s’s %s %s stands, and names it where it was needed', async (holder, sid, action) => {
    await lab.clock.advance(ALL_EXPIRED_MS);
    putBack = takeAway(lab, holder, sid, action);
    const { asked, sent } = await observe(lab, `diagnose ${holder === 'observe' ? 'erp-01' : 'eu-fw-01'}`);

    expect(asked.settled).toBe(true);
    expect(sent[holder === 'observe' ? TOKYO : FRANKFURT]).toBe(1);
    expect(asked.answers[0]).not.toMatch(/could not be carried out/);
    expect(callsOfAws().includes(action)).toBe(action !== ONLY_WHERE_RULES_ARE);
    if (action !== ONLY_WHERE_RULES_ARE) expect(asked.answers[0]).toContain(action);
  });
});

describe('a look at the hosts', () => {
  it('asks every host once and changes nothing', async () => {
    const { sent, asked } = await observe(lab, 'hosts');

    expect(asked.acknowledgement).toMatch(/^Asking every KMS host\. The answer appears here/);
    expect(sent).toEqual({ [TOKYO]: 1 });
    expect(changing()).toEqual([]);
    expect(asked.answers[0]).toContain('kms-01');
  });

  it('of one site asks there alone', async () => {
    const { sent } = await observe(lab, 'hosts site:frankfurt');

    expect(sent).toEqual({});
  });

  it('of a site that does not exist names those that do', async () => {
    const { answers } = await type('hosts site:osaka');

    expect(answers[0]).toMatch(/osaka.*tokyo/);
  });
});
