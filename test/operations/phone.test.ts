import { describe, expect, it } from 'vitest';
import { confirmationName } from '../../bot/domain/change/phone.ts';
import { OperationFailed } from '../../bot/errors.ts';
import type { ShowInstallationId } from '../../bot/ports.ts';
import { CLIENT_KEY, CONFIRMATION_ID, INSTALLATION_ID, type KeyedMachine, MAK } from '../fakes/keyed-machine.ts';
import type { Kill } from '../fakes/memory-workflow.ts';
import { AIKO, EMMA, endIn, eventsIn, KEN, messageIn, type Presser } from './change-setup.ts';
import { OPERATION, PLACE } from './check-setup.ts';
import { approve, CONTOSO_MAK, caller, type KeyWorld, keyed, keyWorld, leaksIn } from './key-setup.ts';
import { killsOf } from './kills.ts';

const PHONE = { kind: 'phone' } as const;
const WRONG = '024680'.repeat(8);

const offline = (changes: Partial<KeyedMachine> = {}) =>
  keyed(1, { key: MAK, channel: 'VOLUME_MAK', licensed: false, online: false, ...changes });

/** The stage in which the message asks for a call, the newest. */
const phoneStage = (w: KeyWorld) => {
  const stages = w.conversation.messages.flatMap(({ contents }) =>
    contents.flatMap((content) => (content.kind === 'change' ? [content.change.stage] : [])),
  );
  const stage = stages.findLast(({ at }) => at === 'phone');
  if (stage?.at !== 'phone') throw new Error('nobody was asked to call');
  return stage;
};

/** Opens the modal of the call that is waited for. */
const opening = (w: KeyWorld, userId = KEN, attempt = 1): ShowInstallationId => ({
  operation: 'show-installation-id',
  change: w.idFor(OPERATION),
  attempt,
  viewId: 'V1',
  asked: 'phone …',
  place: { ...PLACE, userId },
});

/** Does something while the call is waited for, then nobody calls. */
const meanwhile = (first: () => void): Presser => ({ by: KEN, word: 'cancel', first });

describe('activation by telephone', () => {
  it('reads the Installation ID, waits for a call, deposits what it gave, and looks whether it is activated', async () => {
    const one = offline();
    const w = keyWorld([one]);

    await w.change(PHONE, { pressers: [approve, caller(w)] });

    expect(endIn(w)).toMatchObject({
      end: 'done',
      decidedBy: KEN,
      steps: [
        { step: 'phone', state: 'done' },
        { step: 'verify', state: 'done', outcome: { activated: true } },
      ],
      outcomes: [{ result: 'done' }],
    });
    expect(one).toMatchObject({ licensed: true, runs: ['KmsBot-ReadInstallationId', 'KmsBot-DepositConfirmationId'] });
    expect(w.confirmations.names()).toEqual([]);
    expect(await eventsIn(w)).toEqual([
      ...['requested', 'planned', 'approved', 'sent', 'result', 'resumed', 'sent', 'result', 'ended'],
    ]);
    expect(await leaksIn(w)).toEqual([]);
  });

  it('shows jobs and clicks what it waits for, and its message when that ends', async () => {
    const w = keyWorld([offline()]);
    const seen: unknown[] = [];

    await w.change(PHONE, {
      pressers: [approve, { by: KEN, word: 'cancel', first: () => seen.push(phoneStage(w)) }],
    });

    expect(seen).toMatchObject([{ attempt: 1, steps: [{ step: 'phone', state: 'waiting' }, { state: 'to-do' }] }]);
    expect(phoneStage(w).expiresAtMs).toBeGreaterThan(w.time.now() + 7 * 3_600_000);
    expect(endIn(w)).toMatchObject({ end: 'cancelled', decidedBy: KEN });
  });

  it('asks once more where the Confirmation ID is wrong, saying why', async () => {
    const one = offline();
    const w = keyWorld([one]);

    await w.change(PHONE, { pressers: [approve, caller(w, WRONG), caller(w)] });

    expect(phoneStage(w)).toMatchObject({ attempt: 2, problem: { code: 'C004F04D' } });
    expect(endIn(w).end).toBe('done');
    expect(one.licensed).toBe(true);
    expect(w.confirmations.names()).toEqual([]);
    expect(await w.held()).not.toContain(WRONG);
  });

  it('reads anew where the Installation ID is another one by then', async () => {
    const one = offline();
    const w = keyWorld([one]);
    const moving: Presser = {
      ...caller(w),
      first: () => {
        caller(w).first?.();
        one.installationId = '7654321'.repeat(9);
      },
    };

    await w.change(PHONE, { pressers: [approve, moving, caller(w)] });

    expect(phoneStage(w)).toMatchObject({ attempt: 2, problem: { why: 'installation-id-changed' } });
    expect(endIn(w).end).toBe('done');
  });

  it('gives up after five Confirmation IDs', async () => {
    const w = keyWorld([offline()]);

    await w.change(PHONE, { pressers: [approve, ...Array.from({ length: 6 }, () => caller(w, WRONG))] });

    expect(phoneStage(w).attempt).toBe(5);
    expect(endIn(w)).toMatchObject({ end: 'failed', outcomes: [{ result: 'failed', code: 'C004F04D' }] });
    expect(w.confirmations.names()).toEqual([]);
  });

  it('expires where nobody calls, and takes away what somebody typed too late', async () => {
    const w = keyWorld([offline()]);
    w.confirmations.put(confirmationName(w.idFor(OPERATION), 1), CONFIRMATION_ID);

    await w.change(PHONE, { pressers: [approve] });

    expect(endIn(w)).toMatchObject({ end: 'expired', steps: [{ step: 'phone' }, { step: 'verify', state: 'to-do' }] });
    expect(await eventsIn(w)).toContain('expired');
    expect(w.confirmations.names()).toEqual([]);
  });

  it('asks once more where what was typed is gone before the machine fetched it', async () => {
    const w = keyWorld([offline()]);

    await w.change(PHONE, { pressers: [approve, { by: KEN, word: 'confirmation' }, caller(w)] });

    expect(phoneStage(w)).toMatchObject({ attempt: 2, problem: { why: 'secret-unreadable' } });
    expect(endIn(w).end).toBe('done');
  });

  it('counts no click of somebody without the right', async () => {
    const w = keyWorld([offline()]);

    await w.change(PHONE, { pressers: [approve, caller(w, CONFIRMATION_ID, EMMA)] });

    expect(endIn(w).end).toBe('expired');
    expect(await eventsIn(w)).toContain('denied');
    expect(w.confirmations.names()).toEqual([]);
  });

  it('lets whoever asked call as well', async () => {
    const w = keyWorld([offline()]);

    await w.change(PHONE, { pressers: [approve, caller(w, CONFIRMATION_ID, AIKO)] });

    expect(endIn(w)).toMatchObject({ end: 'done', decidedBy: KEN });
  });

  it('counts for the stored key that was installed before, and that is still there', async () => {
    const one = offline({ key: CLIENT_KEY, channel: 'VOLUME_KMSCLIENT' });
    const w = keyWorld([one]);
    await w.change({ kind: 'stored-key', key: CONTOSO_MAK.name }, { operationId: 'key-1' });
    expect(endIn(w).outcomes).toMatchObject([{ result: 'done', activationCode: '80072EE7' }]);
    expect(await w.changes.listStatuses()).toMatchObject([{ end: 'done', done: 1, notActivated: 1 }]);
    const uses = async () => (await w.keyUses.readKeyUse('tokyo', CONTOSO_MAK.name)).activations;
    expect(await uses()).toEqual([]);

    await w.change(PHONE, { pressers: [approve, caller(w)] });

    expect(await uses()).toMatchObject([{ changeId: w.idFor(OPERATION) }]);
  });

  it('is not begun where telephone is not switched on, or nothing is activated so', async () => {
    const off = keyWorld([offline()], { settings: { keys: false } });
    await off.change(PHONE);
    expect(endIn(off).refusal).toEqual({ kind: 'keys-off' });

    const client = keyWorld([keyed(1, { licensed: false })]);
    await client.change(PHONE);
    expect(endIn(client)).toMatchObject({ end: 'nothing-to-do', plan: { left: [{ left: { why: 'no-phone' } }] } });
  });
});

describe('the modal of an activation by telephone', () => {
  /** Opens it while the call is waited for. */
  const opened = async (w: KeyWorld, request = opening(w)) => {
    const given: unknown[] = [];
    let show = Promise.resolve();
    await w.change(PHONE, {
      pressers: [
        approve,
        meanwhile(() => {
          show = w.run(request, { operationId: 'show-1' }).then(({ result }) => void given.push(result));
        }),
      ],
      waitFor: () => show,
    });
    return given;
  };

  it('shows the Installation ID in its groups, and nothing keeps it', async () => {
    const w = keyWorld([offline()]);

    const given = await opened(w);

    expect(given).toEqual([{ ended: 'answered', machines: 0, cause: 'shown' }]);
    expect(w.modals.shown).toMatchObject([
      {
        viewId: 'V1',
        modal: {
          kind: 'ready',
          attempt: 1,
          machine: 'KMS-1',
          groups: Array(9).fill('1234567'),
          whereToCall: '0120-000-000',
        },
      },
    ]);
    expect(w.modals.shown.map(({ modal }) => (modal.kind === 'ready' ? modal.groups.join('') : ''))).toEqual([
      INSTALLATION_ID,
    ]);
    expect(await leaksIn(w)).toEqual([]);
  });

  it('shows nothing to somebody without the right, and the audit has it', async () => {
    const w = keyWorld([offline()]);

    await opened(w, opening(w, EMMA));

    expect(w.modals.shown).toEqual([
      { viewId: 'V1', modal: { kind: 'unavailable', change: w.idFor(OPERATION), why: 'no-right' } },
    ]);
    expect(w.audit.entries().filter(({ event }) => event === 'denied')).toMatchObject([
      { userId: EMMA, detail: 'no-right', change: w.idFor(OPERATION) },
    ]);
  });

  it('says that it failed, and a message names the right that is missing', async () => {
    const w = keyWorld([offline()]);
    await w.change(PHONE);
    const missing = { kind: 'missing-right', action: 'dynamodb:GetItem', function: 'change' } as const;
    w.changes.readStatus = async () => {
      throw new OperationFailed(missing);
    };

    const { result } = await w.run(opening(w), { operationId: 'show-1' });

    expect(result).toEqual({ ended: 'failed', failure: 'missing-right' });
    expect(w.modals.shown.at(-1)?.modal).toMatchObject({ kind: 'unavailable', why: 'failed' });
    expect(w.conversation.messages.at(-1)?.contents.at(-1)).toMatchObject({ kind: 'failure', failure: missing });
  });

  it('says that it has ended once nobody waits any more, or another call is waited for', async () => {
    const w = keyWorld([offline()]);
    await w.change(PHONE);
    await w.run(opening(w), { operationId: 'show-1' });
    expect(w.modals.shown.at(-1)?.modal).toMatchObject({ kind: 'unavailable', why: 'ended' });

    const later = keyWorld([offline()]);
    await opened(later, opening(later, KEN, 2));
    expect(later.modals.shown.at(-1)?.modal).toMatchObject({ kind: 'unavailable', why: 'ended' });
  });

  it('has the machine read anew where the output is not there any more', async () => {
    const one = offline();
    const w = keyWorld([one]);
    const answers = w.deps.runCommand.answers;
    let forgotten = '';
    Object.assign(w.deps.runCommand, {
      answers: async (...asked: Parameters<typeof answers>) =>
        asked[1] === forgotten ? { answers: [] } : answers(...asked),
    });
    const request = opening(w);
    let show = Promise.resolve();

    await w.change(PHONE, {
      pressers: [
        approve,
        meanwhile(() => {
          forgotten = w.fleet.sent.find(({ change }) => change?.document === 'KmsBot-ReadInstallationId')?.id ?? '';
          show = w.run(request, { operationId: 'show-1' }).then(() => undefined);
        }),
      ],
      waitFor: () => show,
    });

    expect(w.modals.shown.at(-1)?.modal).toMatchObject({ kind: 'ready', groups: Array(9).fill('1234567') });
    expect(one.runs).toEqual(['KmsBot-ReadInstallationId', 'KmsBot-ReadInstallationId']);
    expect(w.audit.entries().filter(({ detail }) => detail === 'read-again')).toMatchObject([
      { event: 'sent', userId: KEN, nodes: [{ name: 'KMS-1' }] },
    ]);
    expect(await leaksIn(w)).toEqual([]);
  });

  it('does not show another Installation ID than the one that was read for the call', async () => {
    const one = offline();
    const w = keyWorld([one]);
    const answers = w.deps.runCommand.answers;
    let forgotten = '';
    Object.assign(w.deps.runCommand, {
      answers: async (...asked: Parameters<typeof answers>) =>
        asked[1] === forgotten ? { answers: [] } : answers(...asked),
    });
    let show = Promise.resolve();

    await w.change(PHONE, {
      pressers: [
        approve,
        meanwhile(() => {
          one.installationId = '7654321'.repeat(9);
          forgotten = w.fleet.sent.find(({ change }) => change?.document === 'KmsBot-ReadInstallationId')?.id ?? '';
          show = w.run(opening(w), { operationId: 'show-1' }).then(() => undefined);
        }),
      ],
      waitFor: () => show,
    });

    expect(w.modals.shown.at(-1)?.modal).toMatchObject({ kind: 'unavailable', why: 'not-read' });
  });
});

const called = async (kill?: Kill) => {
  const one = offline();
  const w = keyWorld([one]);
  const pressers = [approve, caller(w, WRONG), caller(w)];
  const { writes } = await w.change(PHONE, kill === undefined ? { pressers } : { pressers, kill });
  const { at } = messageIn(w).stage;
  const steps = endIn(w).steps?.map(({ step, state }) => `${step} ${state}`);
  const facts = { at, end: endIn(w).end, steps, events: await eventsIn(w), left: w.confirmations.names() };
  const deposits = one.runs.filter((run) => run === 'KmsBot-DepositConfirmationId').length;
  return { w, writes, facts: { ...facts, deposits, licensed: one.licensed } };
};

const calm = await called();

describe('an activation by telephone that is killed', () => {
  it('is tried at every operation', () => {
    expect(calm.writes).toBeGreaterThan(60);
    expect(calm.facts).toMatchObject({ end: 'done', deposits: 2, left: [] });
  });

  it.each(killsOf(calm.writes))('$when write $atWrite deposits each once and leaves nothing behind', async (kill) => {
    const { w, facts } = await called(kill);

    expect(facts).toEqual(calm.facts);
    expect(await leaksIn(w)).toEqual([]);
    expect(await w.held()).not.toContain(WRONG);
  });
});
