import { describe, expect, it } from 'vitest';
import { SHOWN_VALUES } from '../../bot/domain/change/plan-csv.ts';
import { Throttled } from '../../bot/ports.ts';
import { AIKO, DANIEL, EMMA, endIn, eventsIn, KEN } from './change-setup.ts';
import { OPERATION } from './check-setup.ts';
import { add, approve, DOMAIN, FOREIGN, KMS1, KMS2, markedBy, planIn, recordWorld, ZONE } from './record-setup.ts';

describe('a value that is added to a record', () => {
  it('is planned, approved by a second person, written beside its mark, followed and told', async () => {
    const w = recordWorld({ state: FOREIGN });

    const { result } = await w.change(add('KMS-02.corp.example'));

    expect(result).toEqual({ ended: 'answered', machines: 0, cause: 'done' });
    const change = w.idFor(OPERATION);
    expect(w.stands().srv).toEqual({ ttlSeconds: 120, values: [KMS1, KMS2] });
    expect(markedBy(w.stands())).toEqual([change]);
    expect(endIn(w)).toMatchObject({
      end: 'done',
      decidedBy: KEN,
      record: { result: 'done', inSync: true },
      undoUntilMs: expect.any(Number),
    });
    expect(await eventsIn(w)).toEqual(['requested', 'planned', 'approved', 'sent', 'result', 'ended']);
  });

  it('takes three calls at most to plan, and two to apply', async () => {
    const w = recordWorld({ state: FOREIGN });

    await w.change(add('kms-02.corp.example'));

    expect(w.recordSets.reads).toEqual([
      'readAddresses ZCORP kms-02.corp.example',
      `readName ZCORP ${DOMAIN}`,
      `readState ZCORP ${DOMAIN}`,
    ]);
    expect(w.recordWriter.calls).toEqual(['write', 'isInSync']);
  });

  it('says in Route 53 which change it is, and for whom', async () => {
    const w = recordWorld();

    await w.change(add('kms-02.corp.example'));

    const [batch] = w.recordWriter.written;
    expect(batch?.comment).toContain(w.idFor(OPERATION));
    expect(batch?.comment).toContain(OPERATION);
    expect(batch?.comment).toContain(AIKO);
  });

  it('is kept in the audit with its zone, its values, the digest and the id that Route 53 gave', async () => {
    const w = recordWorld({ state: FOREIGN });

    await w.change(add('kms-02.corp.example'));

    const record = { zoneId: ZONE.id, domain: DOMAIN, removed: [], added: [KMS2] };
    const entries = w.audit.entries();
    expect(entries.find(({ event }) => event === 'planned')).toMatchObject({ record, digest: expect.any(String) });
    expect(entries.find(({ event }) => event === 'sent')).toMatchObject({ record });
    expect(entries.find(({ event }) => event === 'result')).toMatchObject({ record, detail: 'done C1' });
    expect(entries.at(-1)).toMatchObject({ event: 'ended', detail: 'done' });
  });

  it('is remembered as ours since then', async () => {
    const w = recordWorld({ state: FOREIGN });

    await w.change(add('kms-02.corp.example', { priority: 10 }));

    expect(await w.ledger.readOwnedRecords('tokyo', ZONE.id)).toEqual([
      {
        domain: DOMAIN,
        answer: { priority: 10, weight: 0, port: 1688, target: 'kms-02.corp.example' },
        change: w.idFor(OPERATION),
        atMs: expect.any(Number),
      },
    ]);
  });

  it('stands in jobs with its domain while it waits, and counts as one', async () => {
    const w = recordWorld();

    await w.change(add('kms-02.corp.example'), { pressers: [] });
    expect(await w.changes.readStatus(w.idFor(OPERATION))).toMatchObject({
      kind: 'dns-add',
      domain: DOMAIN,
      siteIds: ['tokyo'],
      end: 'expired',
      done: 0,
    });

    await w.change(add('kms-02.corp.example'), { operationId: 'second' });
    expect(await w.changes.readStatus(w.idFor('second'))).toMatchObject({ domain: DOMAIN, done: 1, failed: 0 });
  });

  it('is nothing where it stands already, and the plan says so', async () => {
    const w = recordWorld({ state: FOREIGN });
    await w.change(add('kms-02.corp.example'));

    await w.change(add('kms-02.corp.example'), { operationId: 'again' });

    expect(endIn(w)).toMatchObject({ end: 'nothing-to-do' });
    expect(planIn(w)).toMatchObject({ edits: [], before: w.stands() });
    expect(w.recordWriter.written).toHaveLength(1);
  });
});

describe("the approvers' card of a record's change", () => {
  it('has every value in a file beside it, where there are more than it shows', async () => {
    const values = Array.from({ length: SHOWN_VALUES }, (_, n) => `0 0 1688 old-${n}.corp.example.`);
    const w = recordWorld({ state: { srv: { ttlSeconds: 300, values } } });

    await w.change(add('kms-02.corp.example'));

    const card = w.conversation.messages.find(({ place }) => place.channelId === 'C-APPROVALS');
    expect(card?.files.map(({ name }) => name)).toEqual([expect.stringContaining(`plan-${w.idFor(OPERATION)}`)]);
  });
});

describe('a record change that is not approved', () => {
  it.each([
    ['rejected', [{ by: KEN, word: 'reject' } as const], 'rejected'],
    ['taken back by whoever asked', [{ by: AIKO, word: 'cancel' } as const], 'cancelled'],
    ['left lying', [], 'expired'],
  ])('writes nothing: %s', async (_, pressers, end) => {
    const w = recordWorld({ state: FOREIGN });

    await w.change(add('kms-02.corp.example'), { pressers: [...pressers] });

    expect(w.recordWriter.calls).toEqual([]);
    expect(endIn(w)).toMatchObject({ end });
    expect(endIn(w)).not.toHaveProperty('record');
  });

  it('does not count the approval of whoever asked, nor of somebody without the right', async () => {
    const w = recordWorld();

    await w.change(add('kms-02.corp.example'), {
      pressers: [
        { by: AIKO, word: 'approve' },
        { by: EMMA, word: 'approve' },
        { by: DANIEL, word: 'approve' },
      ],
    });

    expect(endIn(w)).toMatchObject({ end: 'done', decidedBy: DANIEL });
    const denied = w.audit.entries().filter(({ event }) => event === 'denied');
    expect(denied.map(({ userId, detail }) => [userId, detail])).toEqual([
      [AIKO, 'self-approval'],
      [EMMA, 'no-right'],
    ]);
  });

  it('may be begun without its approver by whoever may break the glass', async () => {
    const w = recordWorld();

    await w.change(add('kms-02.corp.example'), {
      pressers: [{ by: DANIEL, word: 'break-glass', reason: 'clients have no host since noon' }],
    });

    expect(endIn(w)).toMatchObject({ end: 'done', decidedBy: DANIEL });
    expect(await eventsIn(w)).toContain('broke-glass');
  });
});

describe('a record that moves between plan and approval', () => {
  it('voids the plan; the new one keeps what has come meanwhile', async () => {
    const w = recordWorld({ state: FOREIGN });
    const join = () => w.put({ srv: { ttlSeconds: 120, values: [KMS1, '5 0 1688 kms-03.corp.example.'] } });

    await w.change(add('kms-02.corp.example'), { pressers: [{ ...approve, first: join }, approve] });

    expect(w.stands().srv?.values).toEqual([KMS1, '5 0 1688 kms-03.corp.example.', KMS2]);
    expect(await eventsIn(w)).toEqual([
      ...['requested', 'planned', 'approved', 'void'],
      ...['planned', 'approved', 'sent', 'result', 'ended'],
    ]);
    const cards = w.conversation.messages.flatMap(({ contents }) => contents.filter(({ kind }) => kind === 'approval'));
    expect(cards.map((card) => card.kind === 'approval' && [card.card.attempt, card.card.state.kind])).toEqual([
      [1, 'waiting'],
      [1, 'approved'],
      [1, 'void'],
      [2, 'waiting'],
      [2, 'approved'],
    ]);
    expect(w.recordWriter.calls).toEqual(['write', 'isInSync']);
  });

  it('is left alone where nothing is left to do', async () => {
    const w = recordWorld({ state: FOREIGN });
    const addedByHand = () => w.put({ srv: { ttlSeconds: 120, values: [KMS1, KMS2] } });

    await w.change(add('kms-02.corp.example'), { pressers: [{ ...approve, first: addedByHand }] });

    expect(endIn(w)).toMatchObject({ end: 'nothing-to-do' });
    expect(w.recordWriter.calls).toEqual([]);
  });

  it('is refused where there can be no plan any more', async () => {
    const w = recordWorld({ state: FOREIGN });
    const routed = () => w.put({ ...FOREIGN, untouchable: 'routed' });

    await w.change(add('kms-02.corp.example'), { pressers: [{ ...approve, first: routed }] });

    const refusal = { kind: 'untouchable', domain: DOMAIN, why: 'routed' };
    expect(endIn(w)).toMatchObject({ end: 'refused', refusal: { kind: 'record', refusal } });
    expect((await eventsIn(w)).slice(-3)).toEqual(['approved', 'void', 'ended']);
    expect(w.audit.entries().at(-1)?.detail).toBe('refused untouchable');
  });

  it('is given up when it goes on moving', async () => {
    const w = recordWorld({ state: FOREIGN });
    let turn = 0;
    const move = () => {
      turn += 1;
      w.put({ srv: { ttlSeconds: 120, values: [`${turn} 0 1688 kms-03.corp.example.`] } });
    };

    await w.change(add('kms-02.corp.example'), { pressers: Array(5).fill({ ...approve, first: move }) });

    expect(endIn(w)).toMatchObject({ end: 'refused', refusal: { kind: 'keeps-moving' } });
    expect(w.recordWriter.calls).toEqual([]);
  });
});

describe('a record change that somebody wants to stop', () => {
  it('writes nothing where it was said before writing', async () => {
    const w = recordWorld();
    const stop = () => void w.changes.requestCancel(w.idFor(OPERATION), DANIEL);

    await w.change(add('kms-02.corp.example'), { pressers: [{ ...approve, first: stop }] });

    expect(endIn(w)).toMatchObject({ end: 'cancelled', decidedBy: DANIEL });
    expect(w.recordWriter.calls).toEqual([]);
    expect(await eventsIn(w)).toEqual(['requested', 'planned', 'approved', 'cancelled', 'ended']);
  });
});

describe("the message of a record's change", () => {
  it('shows the plan while it waits, then how far writing is', async () => {
    const w = recordWorld({ state: FOREIGN });
    w.recordWriter.troubles.push({ kind: 'thrown', error: new Throttled('route53', 7) });

    await w.change(add('kms-02.corp.example'));

    const stages = w.conversation.messages[0]?.contents.flatMap((content) =>
      content.kind === 'change' ? [content.change.stage] : [],
    );
    const shown = stages?.map((stage) => (stage.at === 'writing-record' ? stage.step : stage.at));
    expect(shown).toEqual(['looking', 'waiting', 'write', 'sync', 'ended']);
    expect(stages?.find(({ at }) => at === 'writing-record')).toMatchObject({ decidedBy: KEN, waitingSeconds: 4 });
  });
});
