import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AwaitedDecision, ChangeStatus, DecisionWord } from '../../../bot/domain/change/change-status.ts';
import { type ClickRefusal, type DecisionClick, judgeClick } from '../../../bot/domain/change/decide.ts';
import type { Person, Right, RightsRule } from '../../../bot/domain/rights/rights.ts';

const NOW = 1_800_000_000_000;
const AIKO = 'U0AIKO0001';
const KEN = 'U0KEN00001';

const allow = (right: Right, ...users: string[]): RightsRule => ({
  effect: 'allow',
  right,
  who: { groups: [], users },
});

const RULES: readonly RightsRule[] = [
  allow('operator', AIKO, KEN),
  allow('approver', AIKO, KEN),
  allow('break-glass', AIKO),
];

const awaits = (facts: Partial<AwaitedDecision> = {}): AwaitedDecision => ({
  what: 'approval',
  attempt: 1,
  callbackId: 'callback-1',
  digest: 'd1',
  sinceMs: NOW - 1_000,
  expiresAtMs: NOW + 1_000,
  scopes: [{ siteId: 'tokyo', tags: { Env: 'prod' } }, { siteId: 'osaka' }],
  ...facts,
});

const status = (facts: Partial<ChangeStatus> = {}): ChangeStatus => ({
  id: 'c4k7m2q9xd',
  kind: 'discover',
  asked: 'discover all',
  requesterId: AIKO,
  channelId: 'C0OPS00001',
  siteIds: ['tokyo', 'osaka'],
  startedAtMs: NOW - 2_000,
  updatedAtMs: NOW - 1_000,
  phase: 'waiting-for-approval',
  machines: 12,
  done: 0,
  failed: 0,
  awaits: awaits(),
  ...facts,
});

const { awaits: _, ...unawaited } = status();
const paused = status({ phase: 'paused', decidedBy: KEN, awaits: awaits({ what: 'going-on' }) });
const phoning = status({
  phase: 'waiting-for-confirmation',
  decidedBy: KEN,
  awaits: awaits({ what: 'confirmation' }),
});

const person = (userId: string, facts: Partial<Person> = {}): Person => ({
  userId,
  standing: 'member',
  groups: [],
  ...facts,
});

const click = (facts: Partial<DecisionClick> = {}): DecisionClick => ({
  status: status(),
  person: person(KEN),
  word: 'approve',
  attempt: 1,
  digest: 'd1',
  shared: false,
  ...facts,
});

const judge = (facts: Partial<DecisionClick>, rules = RULES) => judgeClick(click(facts), { rules, nowMs: NOW });

const REASON = 'kms1 is down and renewals are due';

describe('judgeClick', () => {
  it.each<[string, Partial<DecisionClick>]>([
    ['an approver approves', { word: 'approve' }],
    ['an approver rejects', { word: 'reject' }],
    ['an approver rejects a change of their own', { word: 'reject', person: person(AIKO) }],
    ['the requester breaks the glass', { word: 'break-glass', person: person(AIKO), reason: REASON }],
    ['an operator lets a paused change go on', { word: 'go-on', status: paused }],
    ['an operator cancels', { word: 'cancel' }],
    ['the requester cancels', { word: 'cancel', person: person(AIKO) }],
    ['the requester cancels a paused change', { word: 'cancel', person: person(AIKO), status: paused }],
    ['the requester gives the Confirmation ID', { word: 'confirmation', person: person(AIKO), status: phoning }],
    ['another operator gives the Confirmation ID', { word: 'confirmation', status: phoning }],
    ['an operator ends the wait for a Confirmation ID', { word: 'cancel', status: phoning }],
  ])('counts when %s', (_what, facts) => {
    const { word, person: who, reason } = click(facts);

    expect(judge(facts)).toEqual({
      ok: true,
      callbackId: 'callback-1',
      decision: {
        word,
        userId: who.userId,
        attempt: 1,
        digest: 'd1',
        atMs: NOW,
        ...(reason === undefined ? {} : { reason }),
      },
    });
  });

  it('lets the requester cancel without any right', () => {
    expect(judge({ word: 'cancel', person: person(AIKO) }, []).ok).toBe(true);
  });

  it.each<[ClickRefusal['why'], string, Partial<DecisionClick>]>([
    ['no-such-change', 'the change is not known', { status: undefined }],
    ['ended', 'the change has ended', { status: status({ phase: 'ended' }) }],
    [
      'already-decided',
      'the change has ended as somebody wanted',
      { status: status({ phase: 'ended', decidedBy: KEN }) },
    ],
    ['expired', 'the change has ended in silence', { status: status({ phase: 'ended', end: 'expired' }) }],
    ['already-decided', 'nothing is waited for', { status: { ...unawaited, phase: 'applying' } }],
    ['already-decided', 'a paused change is approved', { status: paused }],
    ['stale', 'a change that waits for an approval is to go on', { word: 'go-on' }],
    ['stale', 'a Confirmation ID comes before the approval', { word: 'confirmation' }],
    ['stale', 'a Confirmation ID comes to a paused change', { word: 'confirmation', status: paused }],
    ['stale', 'what waits for a Confirmation ID is to go on', { word: 'go-on', status: phoning }],
    ['already-decided', 'what waits for a Confirmation ID is approved', { status: phoning }],
    ['already-decided', 'what waits for a Confirmation ID is rejected', { word: 'reject', status: phoning }],
    ['stale', 'the Installation ID was read anew since', { word: 'confirmation', status: phoning, digest: 'd0' }],
    [
      'no-right',
      'a viewer gives a Confirmation ID',
      { word: 'confirmation', status: phoning, person: person('U0DAVE0001') },
    ],
    ['stale', 'the card is of an earlier plan', { attempt: 2 }],
    ['stale', 'the card has another digest', { digest: 'd0' }],
    ['expired', 'the time is over', { status: status({ awaits: awaits({ expiresAtMs: NOW }) }) }],
    ['shared-channel', 'others read along', { shared: true }],
    ['self-approval', 'the requester approves', { person: person(AIKO) }],
    ['no-right', 'somebody without the right approves', { person: person('U0DAVE0001') }],
    ['no-right', 'somebody without the right rejects', { word: 'reject', person: person('U0DAVE0001') }],
    ['no-right', 'somebody without the right cancels', { word: 'cancel', person: person('U0DAVE0001') }],
    ['no-right', 'an approver breaks the glass', { word: 'break-glass', reason: REASON }],
    ['no-right', 'nobody knows where', { status: status({ awaits: awaits({ scopes: [] }) }) }],
    ['guest', 'a guest approves', { person: person(KEN, { standing: 'guest' }) }],
    ['guest', 'a guest cancels what they asked for', { word: 'cancel', person: person(AIKO, { standing: 'guest' }) }],
    ['foreign', 'somebody of another workspace approves', { person: person(KEN, { standing: 'foreign' }) }],
    ['gone', 'an account that was closed approves', { person: person(KEN, { standing: 'gone' }) }],
    ['no-reason', 'the glass is broken silently', { word: 'break-glass', person: person(AIKO) }],
    ['no-reason', 'the reason is blank', { word: 'break-glass', person: person(AIKO), reason: ' '.repeat(20) }],
    ['no-reason', 'the reason is a word', { word: 'break-glass', person: person(AIKO), reason: 'urgent' }],
    ['no-reason', 'the reason is a novel', { word: 'break-glass', person: person(AIKO), reason: 'x'.repeat(301) }],
  ])('refuses as %s when %s', (why, _what, facts) => {
    expect(judge(facts)).toMatchObject({ ok: false, why });
  });

  it('names the right that is missing', () => {
    const refused = judge({ word: 'go-on', status: paused, person: person('U0DAVE0001') });

    expect(refused).toEqual({ ok: false, why: 'no-right', right: 'operator' });
  });

  it('names who decided before', () => {
    expect(judge({ status: paused })).toEqual({ ok: false, why: 'already-decided', by: KEN });
  });

  it('asks for the right at every place of the plan', () => {
    const rules: RightsRule[] = [{ ...allow('approver', KEN), sites: ['tokyo'] }];

    expect(judge({}, rules)).toMatchObject({ ok: false, why: 'no-right' });
    expect(judge({ status: status({ awaits: awaits({ scopes: [{ siteId: 'tokyo' }] }) }) }, rules).ok).toBe(true);
  });
});

const words = fc.constantFrom<DecisionWord>('approve', 'reject', 'break-glass', 'go-on', 'cancel', 'confirmation');
const people = fc.record<Person>({
  userId: fc.constantFrom(AIKO, KEN, 'U0DAVE0001'),
  standing: fc.constantFrom('member', 'guest', 'foreign', 'gone'),
  groups: fc.subarray(['S0OPS00001']),
});
const rules = fc.array(
  fc.record<RightsRule>(
    {
      effect: fc.constantFrom('allow', 'deny'),
      right: fc.constantFrom('viewer', 'operator', 'approver', 'break-glass'),
      who: fc.constantFrom<RightsRule['who']>(
        'everyone',
        { groups: ['S0OPS00001'], users: [] },
        { groups: [], users: [AIKO, KEN] },
      ),
      sites: fc.subarray(['tokyo', 'osaka']),
      tags: fc.constant([{ key: 'Env', value: 'prod' }]),
    },
    { requiredKeys: ['effect', 'right', 'who'] },
  ),
  { maxLength: 8 },
);
const statuses = fc.constantFrom(status(), paused, phoning, status({ phase: 'ended' }), { ...unawaited });
const clicks = fc.record<DecisionClick>({
  status: statuses,
  person: people,
  word: words,
  attempt: fc.integer({ min: 1, max: 2 }),
  digest: fc.constantFrom('d1', 'd2'),
  shared: fc.boolean(),
  reason: fc.constantFrom(REASON, 'short'),
});

const ANSWERS: Readonly<Record<AwaitedDecision['what'], readonly DecisionWord[]>> = {
  approval: ['approve', 'reject', 'break-glass'],
  'going-on': ['go-on'],
  confirmation: ['confirmation'],
};

describe('every click', () => {
  const laws = (law: (given: DecisionClick, by: readonly RightsRule[]) => void) =>
    fc.assert(fc.property(clicks, rules, law));

  it('is never an approval by who asked for the change', () => {
    laws((given, by) => {
      const judged = judgeClick({ ...given, word: 'approve', person: person(AIKO) }, { rules: by, nowMs: NOW });
      expect(judged.ok).toBe(false);
    });
  });

  it('counts only for the decision that is waited for, of the plan that was seen', () => {
    laws((given, by) => {
      const judged = judgeClick(given, { rules: by, nowMs: NOW });
      if (!judged.ok) return;
      const { what, attempt, digest } = given.status?.awaits ?? awaits();
      expect([given.attempt, given.digest]).toEqual([attempt, digest]);
      expect([...ANSWERS[what], 'cancel']).toContain(given.word);
    });
  });

  it('never counts where one place of the plan is denied, but for who takes back their own', () => {
    const rights = { approve: 'approver', reject: 'approver', 'break-glass': 'break-glass' } as const;
    laws((given, by) => {
      const word = given.word in rights ? (given.word as keyof typeof rights) : 'approve';
      const deny: RightsRule = { effect: 'deny', right: rights[word], who: 'everyone', sites: ['osaka'] };
      expect(judgeClick({ ...given, word }, { rules: [...by, deny], nowMs: NOW }).ok).toBe(false);
    });
  });

  it('never counts from anybody but a member, nor where others read along', () => {
    laws((given, by) => {
      const judged = judgeClick(given, { rules: by, nowMs: NOW });
      if (given.shared || given.person.standing !== 'member') expect(judged.ok).toBe(false);
    });
  });
});
