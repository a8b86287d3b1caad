/** What takes back a change, and what is no longer as it left it. */
import { describe, expect, it } from 'vitest';
import type { RecordPlan } from '../../../bot/domain/records/record-plan.ts';
import type { NameState } from '../../../bot/domain/records/record-set.ts';
import { K1, K2, K2_HEAVY, ODD, planFor, refusalOf, SPF, undoOf } from './plan-words.ts';
import { lines, mark, OURS, state } from './zone-file.ts';

describe('undo', () => {
  const BEFORE = [`60 SRV ${K1}`, '900 TXT "x"'];

  it.each<[what: string, command: string, before: readonly string[]]>([
    ['the first value of a set, and the set with it', 'add kms-01.corp.example', []],
    ['the first value beside text of others', 'add kms-01.corp.example', [SPF]],
    ['a value among others', 'add kms-02.corp.example', BEFORE],
    ['a value over an old mark of ours', 'add kms-02.corp.example', [`60 SRV ${K1}`, `60 TXT ${K2} ; ours`]],
    ['a removal, with the mark as it was', 'remove kms-02.corp.example', [`60 SRV ${K1}`, `60 SRV ${K2} ; ours`]],
    ['a removal of an odd spelling', 'remove kms-02.corp.example', [`60 SRV ${K1}`, `60 SRV ${ODD} ; ours`]],
    [
      'a removal with a TXT set of its own TTL',
      'remove kms-02.corp.example',
      [`60 SRV ${K1}`, `60 SRV ${K2}`, `900 TXT ${K2} ; ours`],
    ],
    ['other numbers', 'add kms-02.corp.example 5 50', [`60 SRV ${ODD} ; ours`, `60 SRV ${K1}`]],
    ['the takeover of a foreign value', 'adopt kms-01.corp.example', BEFORE],
    ['the takeover of another bot’s value', 'adopt kms-02.corp.example', [`60 SRV ${K2} ; other bot`]],
    ['the takeover of a value that two claimed', 'adopt kms-02.corp.example', [`60 SRV ${K2} ; ours, other bot`]],
  ])('takes back %s, and can be undone itself', (_, command, before) => {
    const plan = planFor(command, before);
    const undone = planFor(undoOf(plan), plan.after);
    expect(lines(undone.after).toSorted()).toEqual(lines(state(...before)).toSorted());
    expect(undone.after.txt?.values.toSorted()).toEqual(state(...before).txt?.values.toSorted());
    const redone = planFor(undoOf(undone), undone.after);
    expect(lines(redone.after).toSorted()).toEqual(lines(plan.after).toSorted());
    expect(planFor(undoOf(plan), undone.after).edits).toEqual([]);
  });

  const created = planFor('add kms-01.corp.example', []);
  const joined = planFor('add kms-01.corp.example', [`300 SRV ${K2}`]);

  it('leaves values that joined the set that we made', () => {
    const now = state(`300 SRV ${K2}`, `300 SRV ${K1} ; ours`, SPF);
    const marked = { ...now, txt: { ttlSeconds: 300, values: [mark(K1, OURS, 'cnow'), '"v=spf1 -all"'] } };
    expect(lines(planFor(undoOf(created), marked).after)).toEqual([`300 SRV ${K2}`, SPF]);
  });

  it('leaves text of others where the set goes', () => {
    const now: NameState = { ...created.after, txt: { ttlSeconds: 300, values: ['"x"', mark(K1, OURS, 'cnow')] } };
    expect(lines(planFor(undoOf(created), now).after)).toEqual(['300 TXT "x"']);
  });

  it('is refused where the others have gone from a set that we did not make', () => {
    expect(refusalOf(undoOf(joined), created.after)).toEqual({
      kind: 'would-be-empty',
      domain: 'corp.example',
      text: K1,
    });
  });

  it('makes a set again with the TTL that it had', () => {
    const slow: NameState = {
      srv: { ...created.after.srv, ttlSeconds: 60, values: [K1] },
      txt: { ttlSeconds: 900, values: [mark(K1, OURS, 'cnow')] },
    };
    const undone = planFor(undoOf(created), slow);
    const redone = planFor(undoOf(undone), undone.after);
    expect(redone.after).toEqual(slow);
    expect(redone.ttl).toEqual({ seconds: 60, why: 'kept' });
  });

  const removed = planFor('remove kms-02.corp.example', [`300 SRV ${K1}`, `300 SRV ${K2} ; ours`]);
  const changed = planFor('add kms-02.corp.example 0 100', [`300 SRV ${K1}`, `300 SRV ${K2} ; ours`]);
  const adopted = planFor('adopt kms-02.corp.example', [`300 SRV ${K2}`]);
  const added = planFor('add kms-02.corp.example', [`300 SRV ${K1}`]);
  const later = (value: string, text: string): NameState => ({
    srv: { ttlSeconds: 300, values: [K1, value] },
    txt: { ttlSeconds: 300, values: [mark(text, OURS, 'clater')] },
  });

  it.each<[what: string, plan: RecordPlan, now: NameState, texts: readonly string[]]>([
    ['an added value was taken over by another bot', added, state(`300 SRV ${K1}`, `300 SRV ${K2} ; other bot`), [K2]],
    ['an added value lost its mark', added, state(`300 SRV ${K1}`, `300 SRV ${K2}`), [K2]],
    ['an added value was removed, and added anew later', added, later(K2, K2), [K2]],
    [
      'an added value has other numbers since',
      added,
      planFor('add kms-02.corp.example 0 100', added.after).after,
      [K2_HEAVY],
    ],
    [
      'an added value has gone without its mark',
      added,
      { ...state(`300 SRV ${K1}`), txt: added.after.txt ?? { ttlSeconds: 0, values: [] } },
      [],
    ],
    ['somebody put the removed value back', removed, state(`300 SRV ${K1}`, `300 SRV ${K2}`), [K2]],
    ['another bot claims the removed value', removed, state(`300 SRV ${K1}`, `300 TXT ${K2} ; other bot`), []],
    [
      'changed numbers were changed again',
      changed,
      planFor('add kms-02.corp.example 5 5', changed.after).after,
      ['5 5 1688 kms-02.corp.example.'],
    ],
    [
      'the numbers of before are there of others',
      changed,
      { ...changed.after, srv: { ttlSeconds: 300, values: [K2, K2_HEAVY] } },
      [K2, K2_HEAVY],
    ],
    ['a value taken over has gone', adopted, state(`300 SRV ${K1}`), []],
    [
      'a value taken over was taken over by another bot',
      planFor('adopt kms-02.corp.example', [`300 SRV ${K2} ; other bot`], 'eeeeeeeeeeee'),
      state(`300 SRV ${K2} ; ours`),
      [K2],
    ],
  ])('is refused where %s', (_, plan, now, texts) => {
    expect(refusalOf(undoOf(plan), now)).toEqual({ kind: 'changed-since', domain: 'corp.example', texts });
  });

  it('is refused where another bot gave up what we took over from it: whose it should be again cannot be told', () => {
    const taken = planFor('adopt kms-02.corp.example', [`300 SRV ${K2} ; other bot`]);
    expect(refusalOf(undoOf(taken), [`300 SRV ${K2}`])).toMatchObject({ kind: 'changed-since', texts: [K2] });
  });

  it('is refused where what we gave back stands there in a second spelling since', () => {
    const given = planFor(undoOf(adopted), adopted.after);
    expect(refusalOf(undoOf(given), [`300 SRV ${K2}`, `300 SRV ${ODD}`])).toMatchObject({
      kind: 'changed-since',
      texts: [K2, ODD],
    });
  });

  it('is refused as a whole where one of its edits no longer fits', () => {
    const edits = [...added.inverse, ...adopted.inverse];
    expect(refusalOf({ kind: 'undo', edits, createdSet: false }, added.after)).toMatchObject({ kind: 'changed-since' });
  });

  it('skips an edit that is undone already', () => {
    const both = planFor('add kms-03.corp.example', added.after);
    const edits = [...added.inverse, ...both.inverse];
    const now = planFor(undoOf(added), both.after).after;
    const undone = planFor({ kind: 'undo', edits, createdSet: false }, now);
    expect(undone.edits.map((edit) => edit.kind)).toEqual(['remove']);
    expect(lines(undone.after)).toEqual([`300 SRV ${K1}`]);
  });
});
