import { describe, expect, it } from 'vitest';
import { formatMark, marksIn } from '../../../bot/domain/records/marks.ts';
import { planRecords } from '../../../bot/domain/records/plan-records.ts';
import type { RecordPlan } from '../../../bot/domain/records/record-plan.ts';
import { asked, BROKEN, K1, K2, K2_HEAVY, planFor, refusalOf, undoOf } from './plan-words.ts';
import { lines, OTHER, OURS, PLACE, state } from './zone-file.ts';

describe('a plan', () => {
  it.each(['routed', 'alias', 'cname'] as const)('is refused where the name is untouchable: %s', (why) => {
    const expected = { kind: 'untouchable', domain: 'corp.example', why };
    expect(refusalOf('add kms-01.corp.example', { untouchable: why })).toEqual(expected);
    expect(refusalOf({ kind: 'undo', edits: [], createdSet: false }, { untouchable: why })).toEqual(expected);
  });

  it('tells every value in the order clients try them, and what becomes of it', () => {
    const before = [BROKEN, `300 SRV 9 0 1688 kms-03.x. ; other bot`, `300 SRV ${K1}`, `300 SRV ${K2} ; ours`];
    const { lines: told } = planFor('add kms-02.corp.example 0 100', before);
    expect(told.map(({ what, text, to, ownership }) => [what, ownership, text, to])).toEqual([
      ['kept', 'foreign', K1, undefined],
      ['changed', 'ours', K2, K2_HEAVY],
      ['kept', 'other-bot', '9 0 1688 kms-03.x.', undefined],
      ['kept', 'foreign', '0 0 0 .', undefined],
    ]);
  });

  it.each([
    ['add kms-03.x', 'added', 'ours', '0 0 1688 kms-03.x.'],
    ['remove kms-01.corp.example', 'removed', 'ours', K1],
    ['adopt kms-02.corp.example', 'adopted', 'foreign', K2],
  ])('of %j tells the value as %s', (command, what, ownership, text) => {
    const told = planFor(command, [`300 SRV ${K1} ; ours`, `300 SRV ${K2}`]).lines.filter(
      (line) => line.what !== 'kept',
    );
    expect(told).toMatchObject([{ what, ownership, text }]);
  });

  it('of an undone takeover tells the value as released', () => {
    const plan = planFor('adopt kms-02.corp.example', [`300 SRV ${K2}`]);
    expect(planFor(undoOf(plan), plan.after).lines).toMatchObject([{ what: 'released', ownership: 'ours', text: K2 }]);
  });

  it('says what is known of each host', () => {
    const hostNote = ({ target }: { readonly target: string }) =>
      target === 'kms-02.corp.example' ? { reached: 3 } : undefined;
    const given = { place: PLACE, state: state(`300 SRV ${K1}`, BROKEN), owner: OURS, change: 'cnow', hostNote };
    const made = planRecords(asked('add kms-02.corp.example'), given);
    expect(made.kind === 'plan' && made.plan.lines.map(({ host }) => host)).toEqual([
      undefined,
      { reached: 3 },
      undefined,
    ]);
  });

  it.each<[string, string, readonly string[], RecordPlan['ttl'], boolean]>([
    ['a set that it makes', 'add kms-01.corp.example', [], { seconds: 300, why: 'default' }, true],
    ['a set that is there', 'add kms-02.corp.example', [`60 SRV ${K1}`], { seconds: 60, why: 'kept' }, false],
  ])('says the TTL of %s', (_, command, before, ttl, createsSet) => {
    expect(planFor(command, before)).toMatchObject({ ttl, createsSet });
  });

  it('keeps marks of two deployments of the bot apart', () => {
    const first = planFor('add kms-01.corp.example', []);
    const second = planFor('add kms-02.corp.example', first.after, OTHER);
    expect(lines(second.after)).toEqual([`300 SRV ${K1} ; ours`, `300 SRV ${K2} ; other bot`]);
    expect(refusalOf('remove kms-01.corp.example', second.after, OTHER)).toMatchObject({ kind: 'not-ours' });
    expect(marksIn(second.after).map(formatMark)).toEqual(second.after.txt?.values);
  });
});
