import { describe, expect, it } from 'vitest';
import type { ChangeFunctionRequest } from '../../bot/ports.ts';
import {
  AIKO,
  byIds,
  changeRequest,
  changesSent,
  changeWorld,
  clients,
  DANIEL,
  EMMA,
  endIn,
  eventsIn,
  everyone,
  KEN,
  messageIn,
  RETIRED,
} from './change-setup.ts';
import { idOf, OPERATION, prints, staysSilent } from './check-setup.ts';

const DISCOVER = { kind: 'discover' } as const;
const approve = { by: KEN, word: 'approve' } as const;

describe('a change of a few machines', () => {
  it('is looked at, applied, activated, looked at again, and told, all by the person alone', async () => {
    const machines = clients(3);
    const w = changeWorld(machines);

    await w.run(changeRequest(DISCOVER, byIds(1, 2, 3)));

    expect(machines.map(({ kms, activated }) => [kms, activated])).toEqual(Array(3).fill([null, true]));
    expect(endIn(w)).toMatchObject({ end: 'done', undoUntilMs: expect.any(Number) });
    expect(
      endIn(w).outcomes.map(({ result, activated, activationCode }) => [result, activated, activationCode]),
    ).toEqual(Array(3).fill(['done', true, '00000000']));
    expect(endIn(w).outcomes[0]?.reach).toEqual({
      host: 'kms1.corp.example',
      byName: true,
      byAddress: true,
      address: '10.20.0.40',
    });
    expect(await eventsIn(w)).toEqual([
      'requested',
      'planned',
      ...['sent', 'result', 'sent', 'result', 'sent', 'result'],
      'ended',
    ]);
    expect(w.conversation.messages).toHaveLength(1);
  });

  it('goes out in waves: one machine, then five in a hundred, then the rest', async () => {
    const w = changeWorld(clients(10));

    await w.run(changeRequest(DISCOVER, byIds(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)));

    expect(changesSent(w)).toEqual([
      ['KmsBot-AssignHost', 1],
      ['KmsBot-Activate', 1],
      ['KmsBot-AssignHost', 1],
      ['KmsBot-Activate', 1],
      ['KmsBot-AssignHost', 8],
      ['KmsBot-Activate', 8],
    ]);
  });

  it('is nothing where nothing is to be done, and says of whom', async () => {
    const w = changeWorld(clients(1));
    await w.run(changeRequest(DISCOVER, byIds(1)));

    await w.run(changeRequest(DISCOVER, byIds(1)), { operationId: 'again' });

    expect(endIn(w)).toMatchObject({ end: 'nothing-to-do', plan: { left: [{ left: { why: 'already-so' } }] } });
  });
});

describe('a change of many machines', () => {
  it('waits for another person, whose card is shown where approvers are, and then applies', async () => {
    const machines = clients(12);
    const w = changeWorld(machines);

    await w.run(changeRequest(DISCOVER, everyone), { pressers: [approve] });

    const card = w.conversation.messages.find(({ place }) => place.channelId === 'C-APPROVALS');
    expect(card?.contents.map((content) => content.kind === 'approval' && content.card.state)).toEqual([
      { kind: 'waiting' },
      { kind: 'approved', by: KEN, atMs: expect.any(Number) },
    ]);
    expect(machines.every(({ kms }) => kms === null)).toBe(true);
    expect(endIn(w)).toMatchObject({ end: 'done', decidedBy: KEN });
    expect((await eventsIn(w)).slice(0, 3)).toEqual(['requested', 'planned', 'approved']);
  });

  it.each([
    ['rejected by an approver', [{ by: KEN, word: 'reject' } as const], 'rejected'],
    ['taken back by the person who asked', [{ by: AIKO, word: 'cancel' } as const], 'cancelled'],
    ['left lying', [], 'expired'],
  ])('does nothing when it is %s', async (_, pressers, end) => {
    const machines = clients(12);
    const w = changeWorld(machines);

    await w.run(changeRequest(DISCOVER, everyone), { pressers: [...pressers] });

    expect(changesSent(w)).toEqual([]);
    expect(machines[0]?.kms).toEqual(RETIRED);
    expect(endIn(w)).toMatchObject({ end });
  });

  it('is judged again by whoever decided, and goes on waiting when that does not count', async () => {
    const w = changeWorld(clients(12));

    await w.run(changeRequest(DISCOVER, everyone, KEN), {
      pressers: [
        { by: KEN, word: 'approve' },
        { by: EMMA, word: 'approve' },
        { by: AIKO, word: 'approve' },
        { by: DANIEL, word: 'approve' },
      ],
    });

    expect(endIn(w)).toMatchObject({ end: 'done', decidedBy: DANIEL });
    const denied = w.audit.entries().filter(({ event }) => event === 'denied');
    expect(denied.map(({ userId, detail }) => [userId, detail])).toEqual([
      [KEN, 'self-approval'],
      [EMMA, 'no-right'],
      [AIKO, 'no-right'],
    ]);
  });

  it('does not count the approval of somebody who has left meanwhile', async () => {
    const w = changeWorld(clients(12));
    const leave = () => w.people.change(KEN, { standing: 'gone', groups: [] });

    await w.run(changeRequest(DISCOVER, everyone), { pressers: [{ ...approve, first: leave }] });

    expect(endIn(w)).toMatchObject({ end: 'expired' });
    expect(changesSent(w)).toEqual([]);
  });

  it('is void when the world has moved, and is asked for anew with what is there now', async () => {
    const machines = clients(12);
    const w = changeWorld(machines);
    const move = () => {
      const [first] = machines;
      if (first !== undefined) first.kms = ['kms2.corp.example', 1688];
    };

    await w.run(changeRequest(DISCOVER, everyone), { pressers: [{ ...approve, first: move }, approve] });

    const cards = w.conversation.messages.flatMap(({ contents }) => contents.filter(({ kind }) => kind === 'approval'));
    expect(
      cards.map((content) => content.kind === 'approval' && [content.card.attempt, content.card.state.kind]),
    ).toEqual([
      [1, 'waiting'],
      [1, 'approved'],
      [1, 'void'],
      [2, 'waiting'],
      [2, 'approved'],
    ]);
    expect(endIn(w)).toMatchObject({ end: 'done' });
    expect(endIn(w).plan?.nodes[0]?.changes).toEqual([
      { what: 'assignment', before: 'kms2.corp.example:1688', after: null },
    ]);
    expect(await eventsIn(w)).toContain('void');
  });

  it('is applied without its approver by breaking the glass, and everybody reads why', async () => {
    const w = changeWorld(clients(12));
    const reason = 'INC-42: production is down';

    await w.run(changeRequest(DISCOVER, everyone), { pressers: [{ by: DANIEL, word: 'break-glass', reason }] });

    const notices = w.conversation.messages.flatMap(({ place, contents }) =>
      contents.flatMap((content) =>
        content.kind === 'glass-broken' ? [[place.channelId, content.notice.reason]] : [],
      ),
    );
    expect(notices).toEqual([
      ['C-APPROVALS', reason],
      ['C1', reason],
    ]);
    expect(w.audit.entries().find(({ event }) => event === 'broke-glass')).toMatchObject({ userId: DANIEL, reason });
    expect(endIn(w).end).toBe('done');
  });

  it('is held back after the first machine when that got worse, and goes on only when somebody says so', async () => {
    const machines = clients(12);
    const [first] = machines;
    if (first === undefined) throw new Error('there is a first');
    first.trouble = ({ document }) =>
      document === 'KmsBot-AssignHost' ? staysSilent({ kind: 'failed', exitCode: 29 }) : undefined;
    const w = changeWorld(machines);

    await w.run(changeRequest(DISCOVER, everyone), { pressers: [approve, { by: AIKO, word: 'go-on' }] });

    const paused = w.conversation.messages.flatMap(({ contents }) =>
      contents.filter((content) => content.kind === 'change' && content.change.stage.at === 'paused'),
    );
    expect(paused).toHaveLength(1);
    expect(endIn(w)).toMatchObject({ end: 'partly' });
    expect(endIn(w).outcomes[0]).toMatchObject({ result: 'no-answer', detail: 'exit 29' });
    expect(machines.slice(1).every(({ kms }) => kms === null)).toBe(true);
    expect(await eventsIn(w)).toContain('resumed');
  });

  it('names those whose turn never came when it is stopped', async () => {
    const machines = clients(12);
    const [first] = machines;
    if (first !== undefined) first.trouble = () => staysSilent({ kind: 'undeliverable' });
    const w = changeWorld(machines);

    await w.run(changeRequest(DISCOVER, everyone), { pressers: [approve] });

    expect(endIn(w)).toMatchObject({ end: 'stopped' });
    expect(endIn(w).outcomes.filter(({ result }) => result === 'not-sent')).toHaveLength(11);
    expect(machines.slice(1).every(({ runs }) => runs.length === 0)).toBe(true);
  });

  it('stops before its next wave when somebody cancels it', async () => {
    const machines = clients(3);
    const w = changeWorld(machines);
    const [first] = machines;
    if (first === undefined) throw new Error('there is a first');
    const id = w.idFor(OPERATION);
    first.trouble = () => {
      void w.changes.requestCancel(id, AIKO);
      return undefined;
    };

    await w.run(changeRequest(DISCOVER, byIds(1, 2, 3)));

    expect(endIn(w)).toMatchObject({ end: 'cancelled', decidedBy: AIKO });
    expect(machines.map(({ kms }) => kms)).toEqual([null, RETIRED, RETIRED]);
  });
});

describe('the undo of a change', () => {
  const undo = (change: string): ChangeFunctionRequest => changeRequest({ kind: 'undo', change }, { selectors: [] });

  it('puts back what was there, machine by machine, and only once', async () => {
    const machines = clients(3);
    const w = changeWorld(machines);
    await w.run(changeRequest(DISCOVER, byIds(1, 2, 3)));
    const id = messageIn(w).id;

    await w.run(undo(id), { operationId: 'undo-1' });

    expect(endIn(w)).toMatchObject({ end: 'done' });
    expect(machines.map(({ kms }) => kms)).toEqual([RETIRED, RETIRED, RETIRED]);
    await w.run(undo(id), { operationId: 'undo-2' });
    expect(endIn(w)).toMatchObject({ end: 'refused', refusal: { kind: 'not-undoable', why: 'undone' } });
  });

  it('leaves alone a machine that was changed since', async () => {
    const machines = clients(2);
    const w = changeWorld(machines);
    await w.run(changeRequest(DISCOVER, byIds(1, 2)));
    const [first] = machines;
    if (first !== undefined) first.kms = ['kms2.corp.example', 1688];

    await w.run(undo(messageIn(w).id), { operationId: 'undo-1' });

    expect(endIn(w).plan?.left).toMatchObject([{ nodeId: idOf(1), left: { why: 'changed-since' } }]);
    expect(machines.map(({ kms }) => kms)).toEqual([['kms2.corp.example', 1688], RETIRED]);
  });

  it.each([['there is no such change', 'cnosuch', { kind: 'no-such-change', word: 'cnosuch' }]])(
    'is refused when %s',
    async (_, id, refusal) => {
      const w = changeWorld(clients(1));

      await w.run(undo(id));

      expect(endIn(w)).toMatchObject({ end: 'refused', refusal });
    },
  );

  it('is refused for an activation, which nothing takes back, and after thirty days', async () => {
    const w = changeWorld(clients(1).map((one) => Object.assign(one, { kms: null })));
    await w.run(changeRequest({ kind: 'activate' }, byIds(1)));
    await w.run(undo(messageIn(w).id), { operationId: 'undo-1' });
    expect(endIn(w)).toMatchObject({ refusal: { kind: 'not-undoable', why: 'no-undo' } });

    const other = changeWorld(clients(1));
    await other.run(changeRequest(DISCOVER, byIds(1)));
    const { id } = messageIn(other);
    other.time.advance(31 * 24 * 3_600_000);
    await other.run(undo(id), { operationId: 'undo-1' });
    expect(endIn(other).end).toBe('refused');
  });
});

describe('a change that is refused', () => {
  it('by rights as they are now, whatever the click was allowed', async () => {
    const w = changeWorld(clients(1));

    await w.run(changeRequest(DISCOVER, byIds(1), EMMA));

    expect(endIn(w)).toMatchObject({
      end: 'refused',
      refusal: { kind: 'no-right', right: 'operator', why: 'no-rule' },
    });
    expect(w.fleet.sent).toEqual([]);
  });

  it('machine by machine, where a rule is for some only and denies others', async () => {
    const machines = clients(2);
    const rules = [
      { effect: 'allow', right: 'operator', who: { groups: ['S-OPS'], users: [] } },
      { effect: 'deny', right: 'operator', who: 'everyone', tags: [{ key: 'Tier', value: '0' }] },
    ] as const;
    const [first] = machines;
    if (first !== undefined) Object.assign(first.machine.node, { tags: { KmsManaged: 'true', Tier: '0' } });
    const w = changeWorld(machines, { rules });

    await w.run(changeRequest(DISCOVER, byIds(1, 2)));

    expect(endIn(w).plan?.left).toMatchObject([{ nodeId: idOf(1), left: { why: 'no-right' } }]);
    expect(machines.map(({ kms }) => kms)).toEqual([RETIRED, null]);
  });

  it('in a channel that is shared with another workspace', async () => {
    const w = changeWorld(clients(1));
    w.people.shared.add('C1');

    await w.run(changeRequest(DISCOVER, byIds(1)));

    expect(endIn(w)).toMatchObject({ refusal: { kind: 'shared-channel' } });
  });

  it('for more machines than one change may go to', async () => {
    const w = changeWorld(clients(4), { maxNodes: 3 });

    await w.run(changeRequest(DISCOVER, everyone));

    expect(endIn(w)).toMatchObject({ refusal: { kind: 'too-many', machines: 4, limit: 3 } });
    expect(w.fleet.sent).toEqual([]);
  });

  it('when a routing test names several machines', async () => {
    const w = changeWorld(clients(2));

    await w.run(changeRequest({ kind: 'test', host: { host: 'kms1.corp.example', port: 0 } }, byIds(1, 2)));

    expect(endIn(w)).toMatchObject({ refusal: { kind: 'not-one', machines: 2 } });
  });

  it.each([
    ['whoever asked for it', AIKO, AIKO],
    ['somebody who may operate', KEN, KEN],
    ['nobody else', EMMA, undefined],
  ])('a change under way is stopped by %s', async (_, userId, by) => {
    const w = changeWorld(clients(1));
    await w.run(changeRequest(DISCOVER, byIds(1)));
    const change = messageIn(w).id;
    const { place } = changeRequest(DISCOVER, byIds(1), userId);

    await w.run({ operation: 'cancel', change, asked: 'jobs', place }, { operationId: 'cancel-1' });

    expect(await w.changes.cancelRequestedBy(change)).toBe(by);
    expect((await eventsIn(w)).includes('denied')).toBe(by === undefined);
  });

  it('and was only noted: a denial is kept once, and nothing else happens', async () => {
    const w = changeWorld(clients(1));
    const { place } = changeRequest(DISCOVER, byIds(1));
    const note = { operation: 'denied', asked: 'discover …', place, why: 'no-rule' } as const;

    await w.run(note);
    await w.run(note);

    expect(w.audit.entries()).toMatchObject([{ event: 'denied', userId: AIKO, detail: 'no-rule' }]);
    expect(w.conversation.messages).toEqual([]);
  });
});

describe('a machine that fails half way', () => {
  it('keeps its place in the account, with what its document said', async () => {
    const machines = clients(2);
    const [, second] = machines;
    if (second === undefined) throw new Error('there is a second');
    second.trouble = ({ document, operation }) =>
      document === 'KmsBot-AssignHost'
        ? prints(
            `KMSBOT1 ${JSON.stringify({ v: 1, at: 1_794_000_100, name: 'WEB', op: operation, doc: document, res: 'failed', step: 'SetKeyManagementServicePort', code: '80041001', back: 1, before: { svc: null, prod: null }, after: { svc: null, prod: null } })}\r\n`,
          )
        : undefined;
    const w = changeWorld(machines);

    await w.run(changeRequest(DISCOVER, byIds(1, 2)));

    expect(endIn(w)).toMatchObject({ end: 'partly' });
    expect(endIn(w).outcomes[1]).toMatchObject({
      result: 'failed',
      step: 'SetKeyManagementServicePort',
      code: '80041001',
      restored: true,
    });
  });
});
