import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../bot/slack/messages/language.ts';
import { CHANGE_ID, DIGEST, nodeId, outcomes, planned } from '../support/changes.ts';
import { allDone, course, courseEnd, PHONE, phoneStage, progress, REARM, SET_UP } from '../support/course-samples.ts';
import { RETIRE, SETUP } from '../support/key-changes.ts';
import { buttonsOf, shown, shownLines } from '../support/shown.ts';

describe('a course under way', () => {
  it('says how far it has come, what it waits for and since when, and what is to do', () => {
    const told = shownLines(course(SET_UP, progress(SETUP, 5)));

    expect(told[0]).toBe(
      'Changing: make a KMS host of kms1, with the stored key contoso-ws2022; 5 of 9 steps are done, now: restart the KMS service and see it listen',
    );
    expect(told).toContain(
      '▸ restart the KMS service and see it listen: waits until the KMS port answers · since 09:59 UTC',
    );
    expect(told).toContain('○ to do: publish its SRV record · add it to the SRV record in Route 53 · verify');
  });

  it('does not count a step that may not be needed', () => {
    expect(shownLines(course(SET_UP, progress(SETUP, 2)))[0]).toContain('2 of 8 steps are done');
    expect(shown(course(SET_UP, progress(SETUP, 2)))).toContain('activate it by phone, if that fails');
  });

  it('can be cancelled', () => {
    expect(buttonsOf(course(SET_UP, progress(SETUP, 2))).get('cancel-change')?.value).toBe(CHANGE_ID);
  });
});

describe.each(LANGUAGES)('a change that waits for a Confirmation ID, in %s', (language) => {
  it('has a button for whoever calls, with the attempt that is meant', () => {
    const buttons = buttonsOf(phoneStage({ attempt: 2 }), language);

    expect(buttons.get('phone_open')?.value).toBe(`${CHANGE_ID} 2 ${DIGEST}`);
    expect(buttons.get('phone_open')?.text.text.length).toBeLessThanOrEqual(20);
    expect(buttons.get('cancel-change')?.value).toBe(CHANGE_ID);
  });
});

describe('a change that waits for a Confirmation ID', () => {
  it('says who may enter it and until when', () => {
    const told = shownLines(phoneStage());

    expect(told[0]).toBe(
      'kms1 waits for its Confirmation ID until 2026-11-22 14:00 UTC — an operator calls Microsoft and enters it',
    );
    expect(told).toContain('Whoever may change this machine may do it: the requester, or any other operator.');
  });

  it.each([
    [{ code: 'C004F02D' }, 'the Confirmation ID belongs to another Installation ID (0xC004F02D)'],
    [{ why: 'installation-id-changed' }, 'its Installation ID is another one by now'],
    [{}, 'the machine did not say why'],
  ] as const)('says why the one before was not taken: %j', (problem, expected) => {
    const told = shownLines(phoneStage({ problem, attempt: 2 }));

    expect(told[0]).toMatch(/^⚠ The Confirmation ID for kms1 was not taken — an operator enters a new one by/);
    expect(told[1]).toContain(expected);
    expect(told.join('\n')).toContain('attempt 2 of 5');
  });
});

describe('the end of a course', () => {
  it('of a new host says what it counts, and what the first clients have to do', () => {
    const told = shown(courseEnd(SET_UP, allDone(SETUP)));

    expect(told).toMatch(/^✓ kms1 is a KMS host now\.\n/);
    expect(told).toContain('– activate it by phone: not needed');
    expect(told).toContain('count 3: Windows clients are activated from 25 on, servers from 5 on\n');
    expect(told).toContain('told that it is too low (0xC004F038), which is as it should be');
  });

  it('by phone says that it is for good, and that there is no way back', () => {
    const nodes = planned(PHONE, 1);
    const steps = allDone([{ step: 'phone' }, { step: 'verify' }]);
    const told = shown(courseEnd(PHONE, steps, { outcomes: outcomes(nodes) }));

    expect(told).toMatch(/^✓ kms1 is permanently activated, by phone\.\n/);
    expect(told).toContain('Cannot be undone: an activation is not taken back.');
  });

  it('of a rearm without a restart offers the restart', () => {
    const restart = buttonsOf(courseEnd(REARM, allDone([{ step: 'rearm' }]))).get('restart-machine');

    expect(restart?.value).toBe(`restart ${nodeId(1)}\nkms1`);
    expect(restart?.confirm?.text.text).toMatch(/^kms1 restarts, .* An approver is asked first\.$/);
  });

  it('waits for nothing any more', () => {
    const steps = [{ step: 'phone', state: 'waiting' } as const, { step: 'verify', state: 'to-do' } as const];
    const told = shown(courseEnd(PHONE, steps, { end: 'expired', outcomes: [] }));

    expect(told).toContain('○ to do: activate it by phone · verify');
    expect(told).not.toContain('▸');
  });

  it('of a host that a record of somebody else still names asks its DNS owner', () => {
    const steps = progress(RETIRE, 2, { state: 'failed', facts: { why: 'named-by-others' } });

    expect(shownLines(courseEnd({ kind: 'host-retire' }, steps, { end: 'partly' }))[0]).toMatch(
      /a record that is not mine still leads clients there; its DNS owner removes it — the DNS owner acts$/,
    );
  });

  it('of a rearm without a restart says that nothing is reset as yet', () => {
    expect(shown(courseEnd(REARM, allDone([{ step: 'rearm' }])))).toMatch(
      /^✓ kms1 is rearmed; its grace period is reset once it restarts/,
    );
  });

  it('of a restart says what activates a machine that came back without its activation', () => {
    const steps = (activated: string) =>
      allDone([{ step: 'restart' }, { step: 'return' }, { step: 'verify', facts: { activated } }]);
    const told = (activated: string) => shown(courseEnd({ kind: 'restart' }, steps(activated)));

    expect(told('no')).toContain('at once, and for a MAK: `/kms activate kms1`');
    expect(told('yes')).not.toContain('/kms activate');
  });

  it('of a rearm with its restart offers none', () => {
    const steps = allDone([{ step: 'rearm' }, { step: 'restart' }, { step: 'return' }, { step: 'verify' }]);

    expect(buttonsOf(courseEnd({ kind: 'rearm', restart: true }, steps)).has('restart-machine')).toBe(false);
  });

  it('that failed says which step, why, who acts, and how to go on', () => {
    const [outcome] = outcomes(planned(SET_UP, 1), {
      result: 'refused',
      why: 'secret-unreadable',
      need: 'secretsmanager:GetSecretValue',
    });
    const content = courseEnd(SET_UP, progress(SETUP, 1, { state: 'failed', ...(outcome && { outcome }) }), {
      end: 'partly',
    });
    const told = shownLines(content);

    expect(told[0]).toBe(
      '⚠ Not finished: make a KMS host of kms1, with the stored key contoso-ws2022; 1 of 8 steps is done, “install the key” failed: its role lacks `secretsmanager:GetSecretValue` on this key; add the policy `KmsBotNodeSecrets-tokyo` to it — the machine’s owner acts',
    );
    expect(told).toContain(
      'To go on: `/kms host kms1 setup contoso-ws2022` takes it up where it stopped; what is done stays as it is.',
    );
    expect(buttonsOf(content).get('diagnose')?.value).toBe(`diagnose ${nodeId(1)}\nweb-01`);
  });

  it('of a record that DNS refused lets the DNS owner act', () => {
    const [outcome] = outcomes(planned(SET_UP, 1), { published: [{ domain: 'corp.example', code: '80072338' }] });
    const steps = progress(SETUP, 6, { state: 'failed', ...(outcome && { outcome }) });

    expect(shownLines(courseEnd(SET_UP, steps, { end: 'partly' }))[0]).toMatch(
      /“publish its SRV record” failed: .*\(0x80072338\) — the DNS owner acts$/,
    );
  });
});
