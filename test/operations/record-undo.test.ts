import { describe, expect, it } from 'vitest';
import { AIKO, endIn, eventsIn } from './change-setup.ts';
import { OPERATION } from './check-setup.ts';
import { add, approve, DOMAIN, FOREIGN, KMS1, KMS2, markedBy, recordWorld, ZONE } from './record-setup.ts';

const SIX_HOURS_MS = 6 * 60 * 60_000;

describe("the undo of a record's change", () => {
  it('takes the value and its mark away, once a second person approves', async () => {
    const w = recordWorld({ state: FOREIGN });
    await w.change(add('kms-02.corp.example'));

    await w.undo('undo-0');
    expect(w.stands()).toEqual(FOREIGN);
    expect(endIn(w)).toMatchObject({ end: 'done', undoUntilMs: expect.any(Number) });
    expect(await w.changes.readStatus(w.idFor(OPERATION))).toMatchObject({ undoneBy: w.idFor('undo-0') });
    expect(await w.ledger.readOwnedRecords('tokyo', ZONE.id)).toEqual([]);

    await w.undo('undo-again');
    expect(endIn(w)).toMatchObject({ end: 'refused', refusal: { kind: 'not-undoable', why: 'undone' } });
  });

  it('waits for a second person, and writes nothing without one', async () => {
    const w = recordWorld({ state: FOREIGN });
    await w.change(add('kms-02.corp.example'));

    await w.undo('undo-0', [{ by: AIKO, word: 'approve' }]);

    expect(endIn(w)).toMatchObject({ end: 'expired' });
    expect(w.stands().srv?.values).toEqual([KMS1, KMS2]);
    expect((await w.changes.readStatus(w.idFor(OPERATION)))?.undoneBy).toBeUndefined();
  });

  it('takes the first record of a domain away whole', async () => {
    const w = recordWorld();
    await w.change(add('kms-01.corp.example'));
    expect(w.stands().srv?.values).toEqual([KMS1]);

    await w.undo();

    expect(w.stands()).toEqual({});
    expect(endIn(w)).toMatchObject({ end: 'done' });
  });

  it('leaves what somebody else has added since', async () => {
    const w = recordWorld();
    await w.change(add('kms-01.corp.example'));
    const now = w.stands();
    w.put({ ...now, srv: { ttlSeconds: 300, values: [KMS1, KMS2] } });

    await w.undo();

    expect(w.stands()).toEqual({ srv: { ttlSeconds: 300, values: [KMS2] } });
  });

  it('is refused where the value has been changed since', async () => {
    const w = recordWorld({ state: FOREIGN });
    await w.change(add('kms-02.corp.example'));
    await w.change(add('kms-02.corp.example', { priority: 10 }), { operationId: 'later' });

    await w.undo();

    expect(endIn(w)).toMatchObject({ end: 'refused', refusal: { kind: 'record', refusal: { kind: 'changed-since' } } });
    expect(w.recordWriter.written).toHaveLength(2);
  });

  it('puts a removed value back as it was, mark and all', async () => {
    const w = recordWorld({ state: FOREIGN });
    await w.change(add('kms-02.corp.example'), { operationId: 'first' });
    const before = w.stands();
    await w.change(add('kms-02.corp.example', { kind: 'dns-remove' }));
    expect(w.stands().srv?.values).toEqual([KMS1]);

    await w.undo();

    expect(w.stands().srv).toEqual(before.srv);
    expect(markedBy(w.stands())).toEqual(markedBy(before));
  });

  it('can itself be taken back', async () => {
    const w = recordWorld({ state: FOREIGN });
    await w.change(add('kms-02.corp.example'));
    const added = w.stands();
    await w.undo('undo-0');

    await w.change({ kind: 'undo', change: w.idFor('undo-0') }, { operationId: 'undo-1' });

    expect(w.stands().srv).toEqual(added.srv);
    expect(markedBy(w.stands())).toHaveLength(1);
  });

  it('is refused where the zone is no longer configured, or only to be read', async () => {
    const w = recordWorld({ state: FOREIGN });
    await w.change(add('kms-02.corp.example'));

    Object.assign(w.deps, { zones: [{ ...ZONE, write: false }] });
    await w.undo('undo-0');
    expect(endIn(w).refusal).toMatchObject({ refusal: { kind: 'zone-read-only' } });

    Object.assign(w.deps, { zones: [] });
    await w.undo('undo-1');
    expect(endIn(w).refusal).toEqual({
      kind: 'record',
      refusal: { kind: 'zone-not-configured', domain: DOMAIN, inRoute53: [ZONE.id] },
    });
  });

  it.each([
    ['moved', 'no-undo', true],
    ['was not approved', 'no-undo', false],
  ])('is refused where the change %s', async (_, why, approved) => {
    const w = recordWorld({ state: FOREIGN });
    w.recordWriter.troubles.push({ kind: 'overtaken', by: () => w.put({}) });
    await w.change(add('kms-02.corp.example'), { pressers: approved ? [approve] : [] });

    await w.undo();

    expect(endIn(w)).toMatchObject({ end: 'refused', refusal: { kind: 'not-undoable', why } });
  });
});

describe('the undo of a change that nobody knows the end of', () => {
  it('takes back what was written before the execution died', async () => {
    const w = recordWorld({ state: FOREIGN });
    await w.change(add('kms-02.corp.example'));
    const status = await w.changes.readStatus(w.idFor(OPERATION));
    if (status === undefined) throw new Error('no status');
    const { end: _, undoUntilMs: __, ...dead } = status;
    await w.changes.writeStatus({ ...dead, phase: 'applying' });
    w.time.advance(SIX_HOURS_MS + 1);

    await w.undo();

    expect(endIn(w)).toMatchObject({ end: 'done' });
    expect(w.stands()).toEqual(FOREIGN);
  });

  it('finds nothing to do where nothing was written', async () => {
    const w = recordWorld({ state: FOREIGN });
    await w.change(add('kms-02.corp.example'), { pressers: [] });
    const status = await w.changes.readStatus(w.idFor(OPERATION));
    if (status === undefined) throw new Error('no status');
    await w.changes.writeStatus({ ...status, phase: 'applying' });
    w.time.advance(SIX_HOURS_MS + 1);

    await w.undo();

    expect(endIn(w)).toMatchObject({ end: 'nothing-to-do' });
    expect(w.recordWriter.calls).toEqual([]);
  });

  it('takes back what was written before the change stopped with an error', async () => {
    const w = recordWorld({ state: FOREIGN });
    const { writeRecordOutcome } = w.changes;
    w.deps.changes.writeRecordOutcome = async () => {
      throw new Error('the table is gone');
    };
    await expect(w.change(add('kms-02.corp.example'))).rejects.toThrow();
    w.deps.changes.writeRecordOutcome = writeRecordOutcome;
    expect(w.stands().srv?.values).toEqual([KMS1, KMS2]);
    expect((await eventsIn(w)).slice(-3)).toEqual(['sent', 'result', 'ended']);

    await w.undo();

    expect(endIn(w)).toMatchObject({ end: 'done' });
    expect(w.stands()).toEqual(FOREIGN);
  });
});
