import { describe, expect, it } from 'vitest';
import type { Content } from '../../../bot/ports.ts';
import { render } from '../../../bot/slack/views/render.ts';
import {
  AIKO,
  APPROVERS,
  CARD_STATES,
  CHANGE_ID,
  card,
  changeOf,
  DIGEST,
  DISCOVER,
  nodeId,
  planned,
  planOf,
  waiting,
} from '../support/changes.ts';
import { buttonsOf, shown, shownLines } from '../support/shown.ts';

const MANY = { why: 'many', limit: 10 } as const;

describe('the approval card', () => {
  const waits = card(planOf(DISCOVER, undefined, { approval: MANY }));

  it('says what is wanted by whom, value by value, in which waves, what undoes it, why and until when', () => {
    expect(shownLines(waits)).toEqual([
      `<!subteam^${APPROVERS}> Approval wanted by <@${AIKO}>: let 12 machines find the KMS host by DNS`,
      'web-01, web-02, web-03, web-04, web-05 … (12 machines)',
      '      Assigned host:  −  kms-old.corp.example:1688   +  none, found by DNS',
      'The whole plan is in the file in this thread.',
      '12 machines in 3 waves (1, then 1, then 10), each only if the one before made nothing worse. Activates afterwards. Can be undone for 30 days.',
      'Needs an approver: more than 10 machines.',
      'Expires 2026-11-22 14:00 UTC.',
      `change \`${CHANGE_ID}\` · \`slmgr /ckms\``,
      '[Approve]',
      '[Reject]',
      '[Break glass…]',
    ]);
  });

  it('calls the approvers once while it waits, and never afterwards, on no message but the card', () => {
    const calls = (content: Content): number =>
      JSON.stringify(render(content, 'en').blocks).split(`<!subteam^${APPROVERS}>`).length - 1;

    expect(calls(waits)).toBe(1);
    for (const state of CARD_STATES.filter(({ kind }) => kind !== 'waiting'))
      expect(calls(card(planOf(DISCOVER), { state }))).toBe(0);
    expect(calls(changeOf(DISCOVER, waiting(planOf(DISCOVER))))).toBe(0);
  });

  it('calls nobody by an id that is none', () => {
    const text = shown(card(planOf(DISCOVER), { approverGroupId: 'S1> <!channel', requesterId: '<!here>' }));

    expect(text).toMatch(/^Approval wanted: let 12 machines/);
  });

  it('has buttons that name change, attempt and plan while it waits, and none afterwards', () => {
    const value = `${CHANGE_ID} 1 ${DIGEST}`;
    const buttons = buttonsOf(waits);

    expect([...buttons].map(([action, each]) => [action, each.value])).toEqual([
      ['approve', value],
      ['reject', value],
      ['break-glass', value],
    ]);
    expect(buttons.get('approve')?.confirm?.text.text).toMatch(/^I will let 12 machines find the KMS host by DNS\./);
    for (const state of CARD_STATES.filter(({ kind }) => kind !== 'waiting'))
      expect(buttonsOf(card(planOf(DISCOVER), { state })).size).toBe(0);
  });

  it('of a world that moved says that this is a new plan', () => {
    const again = card(planOf(DISCOVER), { again: true, attempt: 2 });

    expect(shownLines(again)[1]).toMatch(/^The machines changed after the last approval/);
    expect(buttonsOf(again).get('approve')?.value).toBe(`${CHANGE_ID} 2 ${DIGEST}`);
  });

  it('tells machines apart whose values differ, and names those left alone with why', () => {
    const other = planned(DISCOVER, 1, {
      name: 'erp-01',
      changes: [{ what: 'assignment', before: '127.0.0.2', after: null }],
      inverse: { none: 'unknown-key' },
    });
    const left = [{ nodeId: nodeId(99), siteId: 'tokyo', name: 'db-01', left: { why: 'host-key' } as const }];
    const text = shown(card(planOf(DISCOVER, [...planned(DISCOVER, 2), ...other], { left })));

    expect(text).toContain('erp-01\n      Assigned host:  −  127.0.0.2   +  none, found by DNS');
    expect(text).toContain('*Left alone*  1 machine\n• *1*  A KMS host itself: db-01');
    expect(text).toContain('Can be undone for 30 days, but not on 1 machine: the key there now is not a public one');
  });
});
