import { describe, expect, it } from 'vitest';
import {
  applying,
  BAD_OUTCOMES,
  CHANGE_ID,
  changeOf,
  DIGEST,
  DISCOVER,
  endOf,
  KEN,
  NO_UNDO,
  nodeId,
  outcomes,
  paused,
  planned,
  planOf,
  WELL,
  waiting,
} from '../support/changes.ts';
import { DAY_MS, NOW_MS } from '../support/content.ts';
import { buttonsOf, shown, shownLines } from '../support/shown.ts';

describe('a change that waits, is paused or under way', () => {
  it('can be cancelled by its id, and by what waits once it is paused', () => {
    const ends = outcomes(planned(DISCOVER, 1), BAD_OUTCOMES[0]);
    const stopped = buttonsOf(changeOf(DISCOVER, paused(planOf(DISCOVER), ends)));

    expect(buttonsOf(changeOf(DISCOVER, waiting(planOf(DISCOVER)))).get('cancel-change')?.value).toBe(CHANGE_ID);
    expect(buttonsOf(changeOf(DISCOVER, applying(planOf(DISCOVER)))).get('cancel-change')?.value).toBe(CHANGE_ID);
    expect(stopped.get('cancel-change')?.value).toBe(`${CHANGE_ID} 1 ${DIGEST}`);
    expect(stopped.get('go-on')?.value).toBe(`${CHANGE_ID} 1 ${DIGEST}`);
    expect(stopped.get('go-on')?.confirm?.text.text).toMatch(/^11 more machines will be changed/);
  });

  it('offers nothing to cancel in its last wave', () => {
    expect(buttonsOf(changeOf(DISCOVER, applying(planOf(DISCOVER), { wave: 3 }))).size).toBe(0);
  });

  it('paused says what got worse, on which machines, and what waits', () => {
    const told = shownLines(
      changeOf(DISCOVER, paused(planOf(DISCOVER), outcomes(planned(DISCOVER, 1), BAD_OUTCOMES[0]))),
    );

    expect(told[0]).toBe(
      '⚠ Paused after wave 1 of 3, a machine did not come out well — an operator decides: let 12 machines find the KMS host by DNS',
    );
    expect(told[1]).toBe('• *1*  did not activate: no KMS host could be reached (0xC004F074) — the requester acts');
    expect(told).toContain(
      '11 machines wait, untouched so far. Without a decision by 2026-11-22 14:00 UTC the change ends here.',
    );
  });
});

describe('the end of a change', () => {
  const nodes = planned(DISCOVER, 12);
  const undoUntilMs = NOW_MS + 30 * DAY_MS;

  it('of machines that are well is the fact, the proof and the way back', () => {
    const content = endOf(DISCOVER, nodes, outcomes(nodes, WELL), { decidedBy: KEN, undoUntilMs });

    expect(shownLines(content)).toEqual([
      '✓ Cleared the assigned host of 12 machines; all 12 are activated.',
      '*Seen afterwards*  12 machines find kms1.corp.example, and 10.20.0.40 answers',
      'Can be undone until 2026-12-22.',
      `decided by <@${KEN}> · change \`${CHANGE_ID}\` · \`slmgr /ckms\` · started 09:58 UTC · ended 2026-11-22 10:00 UTC`,
      '[Undo]',
    ]);
    const undo = buttonsOf(content).get('undo-change');
    expect(undo?.value).toBe(`undo ${CHANGE_ID}`);
    expect(undo?.confirm?.text.text).toContain('Cleared the assigned host of 12 machines');
  });

  it('begins with the worst, what its code means and who acts, and offers a diagnosis of the first machine', () => {
    const failed = outcomes(nodes.slice(9), { activationCode: 'C004F074', activated: false });
    const content = endOf(DISCOVER, nodes, [...outcomes(nodes.slice(0, 9), WELL), ...failed]);

    expect(shownLines(content)[0]).toBe(
      '⚠ Cleared the assigned host of 12 machines, but 3 of 12 did not activate: no KMS host could be reached (0xC004F074) — the requester acts',
    );
    expect(buttonsOf(content).get('diagnose')?.value).toBe(`diagnose ${nodeId(10)}\nweb-10`);
  });

  it('of a failure half way says whether the state before is back, and what it was', () => {
    const one = nodes.slice(0, 1);
    const failed = { result: 'failed', step: 'SetKeyManagementServicePort', code: '80070005' } as const;

    expect(shownLines(endOf(DISCOVER, one, outcomes(one, { ...failed, restored: true })))[0]).toContain(
      'access was denied (0x80070005); everything there is as it was',
    );
    expect(shownLines(endOf(DISCOVER, one, outcomes(one, { ...failed, restored: false })))[0]).toContain(
      'this could NOT be put back: Assigned host kms-old.corp.example:1688',
    );
  });

  it('never calls unknown what it does not know', () => {
    const one = nodes.slice(0, 1);
    const silent = outcomes(one, { result: 'no-answer', detail: 'execution-timed-out' });

    expect(shownLines(endOf(DISCOVER, one, silent, { end: 'failed' }))[0]).toBe(
      '⚠ It is not known whether this worked: let web-01 find the KMS host by DNS (it did not finish in time) — the machine’s owner acts',
    );
  });

  it.each([
    ['before', /^⚠ Could not let web-01 .*: it did not finish in time/, 'it as it was: nothing was changed'],
    ['planned', /^⚠ Done, as a second look shows, though no answer came/, 'Not activated yet: `/kms activate web-01`'],
    ['otherwise', /^⚠ It is not known whether/, '(Assigned host kms-old.corp.example:1688) nor as wanted'],
    [undefined, /^⚠ It is not known whether/, 'Before the change: Assigned host kms-old.corp.example:1688'],
  ] as const)('of a document without an end says that a second look found the machine %s', (stands, first, then) => {
    const seen = stands === undefined ? {} : { stands, activated: false };
    const one = outcomes(nodes.slice(0, 1), { result: 'no-answer', detail: 'execution-timed-out', ...seen });
    const told = shownLines(endOf(DISCOVER, nodes.slice(0, 1), one, { end: 'failed' }));

    expect(told[0]).toMatch(first);
    expect(told.join('\n')).toContain(then);
  });

  it('does not call well what no longer finds its KMS host', () => {
    const lost = outcomes(nodes.slice(9), { ...WELL, reach: { host: 'kms1', byName: false } });

    expect(shownLines(endOf(DISCOVER, nodes, [...outcomes(nodes.slice(0, 9), WELL), ...lost]))[0]).toBe(
      '⚠ Cleared the assigned host of 12 machines, but 3 of 12 do not reach the KMS host now — the DNS owner acts',
    );
  });

  it('offers to clear the assignments of machines that DNS would serve', () => {
    const spec = { kind: 'point', to: { host: 'kms1.corp.example', port: 0 } } as const;
    const two = planned(spec, 2);
    const content = endOf(spec, two, outcomes(two, { ...WELL, couldDiscover: true }), { undoUntilMs });
    const fix = buttonsOf(content).get('fix');

    expect(shown(content)).toContain('2 machines keep an assigned host though DNS names one that answers');
    expect(fix?.value).toBe(`discover ${nodeId(1)} ${nodeId(2)}`);
    expect(fix?.confirm?.text.text).toMatch(/^The assigned host of 2 machines is cleared/);
  });

  it.each(NO_UNDO)('without a way back says why: %s', (none) => {
    const one = planned(DISCOVER, 1, { inverse: { none } });

    expect(shown(endOf(DISCOVER, one, outcomes(one, WELL)))).toMatch(/Cannot be undone: |Leaves nothing behind/);
  });

  it('of a routing test says what it proved, each attempt, and that everything is back', () => {
    const spec = { kind: 'test', host: { host: 'kms1.corp.example', port: 0 } } as const;
    const one = planned(spec, 1);
    const test = [
      { by: 'name', target: 'kms1.corp.example:1688', code: 'C004F074' },
      { by: 'address', target: '10.20.0.40:1688', code: '00000000' },
    ] as const;

    expect(shownLines(endOf(spec, one, outcomes(one, { test, restored: true }))).slice(0, 4)).toEqual([
      'web-01 activates by the address of kms1.corp.example, but not by its name: name resolution is wrong — the DNS owner acts',
      'By name, kms1.corp.example:1688: no KMS host could be reached (0xC004F074)',
      'By address, 10.20.0.40:1688: activated',
      'The machine’s own settings are back as they were.',
    ]);
  });
});
