import { describe, expect, it } from 'vitest';
import { formatMark } from '../../bot/domain/records/marks.ts';
import { OperationFailed, Transient } from '../../bot/errors.ts';
import { Throttled } from '../../bot/ports.ts';
import { DANIEL, endIn, eventsIn } from './change-setup.ts';
import { OPERATION } from './check-setup.ts';
import { add, DOMAIN, FOREIGN, KMS1, KMS2, markedBy, recordWorld, ZONE } from './record-setup.ts';

const ADD = add('kms-02.corp.example');
const resultIn = (w: ReturnType<typeof recordWorld>) => w.audit.entries().find(({ event }) => event === 'result');

describe('a write whose answer is lost', () => {
  it('is found in the set, and not made twice', async () => {
    const w = recordWorld({ state: FOREIGN });
    w.recordWriter.troubles.push({ kind: 'answer-lost' });

    await w.change(ADD);

    expect(w.recordWriter.calls).toEqual(['write']);
    expect(w.stands().srv?.values).toEqual([KMS1, KMS2]);
    expect(endIn(w)).toMatchObject({ end: 'done', record: { result: 'done', answerLost: true } });
    expect(endIn(w).record).not.toHaveProperty('inSync');
    expect(resultIn(w)?.detail).toBe('done answer-lost');
  });

  it('is given the minute that name servers normally take, since nothing can be asked about it', async () => {
    const calm = recordWorld();
    const w = recordWorld();
    w.recordWriter.troubles.push({ kind: 'answer-lost' });

    await calm.change(ADD);
    await w.change(ADD);

    expect(w.time.now() - calm.time.now()).toBeGreaterThanOrEqual(55_000);
  });

  it('is found where somebody has joined the set since', async () => {
    const w = recordWorld({ state: FOREIGN });
    w.recordWriter.troubles.push({ kind: 'answer-lost' });
    const { readState } = w.recordSets;
    let reads = 0;
    w.recordSets.readState = async (...asked) => {
      reads += 1;
      const now = w.stands();
      if (reads === 2)
        w.put({ ...now, srv: { ttlSeconds: 120, values: [...(now.srv?.values ?? []), '9 0 1688 x.y.'] } });
      return readState(...asked);
    };

    await w.change(ADD);

    expect(endIn(w)).toMatchObject({ end: 'done', record: { answerLost: true } });
    expect(w.stands().srv?.values).toEqual([KMS1, KMS2, '9 0 1688 x.y.']);
  });

  it('is made again where it did not arrive', async () => {
    const w = recordWorld({ state: FOREIGN });
    w.recordWriter.troubles.push({ kind: 'thrown', error: new Transient('route53', 'ECONNRESET') });

    await w.change(ADD);

    expect(w.recordWriter.calls).toEqual(['write', 'write', 'isInSync']);
    expect(endIn(w)).toMatchObject({ end: 'done', record: { result: 'done', inSync: true } });
  });

  it('is given up after six times, with nothing written, and can be asked for again', async () => {
    const w = recordWorld({ state: FOREIGN });
    const error = new Transient('route53', 'ECONNRESET');
    w.recordWriter.troubles.push(...Array(6).fill({ kind: 'thrown', error }));

    const { result } = await w.change(ADD);

    expect(result).toEqual({ ended: 'failed', failure: 'site-unreachable' });
    expect(w.recordWriter.calls).toEqual(Array(6).fill('write'));
    expect(w.stands()).toEqual(FOREIGN);
    expect((await eventsIn(w)).slice(-2)).toEqual(['sent', 'ended']);

    await w.change(ADD, { operationId: 'again' });
    expect(endIn(w)).toMatchObject({ end: 'done' });
  });
});

describe('a set that somebody else writes at the same moment', () => {
  it('is left as they made it', async () => {
    const w = recordWorld({ state: FOREIGN });
    const theirs = { srv: { ttlSeconds: 60, values: [KMS1, '7 0 1688 theirs.corp.example.'] } };
    w.recordWriter.troubles.push({ kind: 'overtaken', by: () => w.put(theirs) });

    await w.change(ADD);

    expect(w.stands()).toEqual(theirs);
    expect(w.recordWriter.written).toEqual([]);
    expect(endIn(w)).toMatchObject({ end: 'failed', record: { result: 'moved', answers: [] } });
    expect(endIn(w)).not.toHaveProperty('undoUntilMs');
    expect(resultIn(w)?.detail).toBe('moved');
    expect(w.audit.entries().at(-1)?.detail).toBe('failed: moved');
    expect(await w.ledger.readOwnedRecords('tokyo', ZONE.id)).toEqual([]);
    expect(await w.changes.readStatus(w.idFor(OPERATION))).toMatchObject({ done: 0, failed: 1 });
  });

  it('is left as another change of ours made it, which is told by its id', async () => {
    const w = recordWorld({ state: FOREIGN });
    const answer = { priority: 0, weight: 0, port: 1688, target: 'kms-03.corp.example' };
    const mark = formatMark({ owner: w.deps.owner, change: 'cother', answer });
    const ours = {
      srv: { ttlSeconds: 120, values: [KMS1, '0 0 1688 kms-03.corp.example.'] },
      txt: { ttlSeconds: 120, values: [mark] },
    };
    w.recordWriter.troubles.push({ kind: 'overtaken', by: () => w.put(ours) });

    await w.change(ADD);

    expect(w.stands()).toEqual(ours);
    expect(endIn(w)).toMatchObject({ end: 'failed', record: { result: 'moved', by: 'cother', answers: [] } });
  });
});

describe('a batch that Route 53 does not take', () => {
  it('is told in its words', async () => {
    const w = recordWorld({ state: FOREIGN });
    w.recordWriter.troubles.push({ kind: 'refused', why: 'value', detail: 'FATAL problem: DomainLabelTooLong' });

    await w.change(ADD);

    const record = { result: 'failed', why: 'value', detail: 'FATAL problem: DomainLabelTooLong', answers: [] };
    expect(endIn(w)).toMatchObject({ end: 'failed', record });
    expect(resultIn(w)?.detail).toBe('refused FATAL problem: DomainLabelTooLong');
    expect(w.stands()).toEqual(FOREIGN);
  });

  it('names the right that is missing', async () => {
    const w = recordWorld({ state: FOREIGN });
    const failure = {
      kind: 'missing-right',
      action: 'route53:ChangeResourceRecordSets',
      siteId: 'tokyo',
      function: 'change',
    } as const;
    w.recordWriter.troubles.push({ kind: 'thrown', error: new OperationFailed(failure) });

    const { result } = await w.change(ADD);

    expect(result).toEqual({ ended: 'failed', failure: 'missing-right' });
    const message = w.conversation.messages[0]?.contents.at(-1);
    expect(message).toMatchObject({ kind: 'failure', failure, change: w.idFor(OPERATION), spec: ADD });
  });
});

describe('Route 53 asking for time', () => {
  it('is waited out while planning and before applying', async () => {
    const w = recordWorld({ state: FOREIGN });
    w.recordSets.troubles.push(new Throttled('route53', 5), new Throttled('route53', 5));

    await w.change(ADD, { pressers: [] });
    expect(endIn(w)).toMatchObject({ end: 'expired' });

    const again = recordWorld({ state: FOREIGN });
    const slow = () => again.recordSets.troubles.push(new Throttled('route53', 5));
    await again.change(ADD, { pressers: [{ by: DANIEL, word: 'approve', first: slow }] });
    expect(endIn(again)).toMatchObject({ end: 'done' });
  });

  it('is waited out while the zone is busy with another change, longer each time', async () => {
    const w = recordWorld({ state: FOREIGN });
    const busy = { kind: 'thrown', error: new Throttled('route53', 4) } as const;
    w.recordWriter.troubles.push(busy, busy, busy);
    const at: number[] = [];
    const { write } = w.recordWriter;
    w.recordWriter.write = (request) => {
      at.push(w.time.now() / 1000);
      return write(request);
    };

    await w.change(ADD);

    expect(w.recordWriter.calls).toEqual(['write', 'write', 'write', 'write', 'isInSync']);
    expect(at.slice(1).map((seconds, index) => seconds - (at[index] ?? 0))).toEqual([4, 8, 16]);
    expect(endIn(w)).toMatchObject({ end: 'done' });
  });

  it('leaves time to stop the change: nothing is written any more', async () => {
    const w = recordWorld({ state: FOREIGN });
    const error = new Throttled('route53', 4);
    w.recordWriter.write = async () => {
      w.recordWriter.calls.push('write');
      await w.changes.requestCancel(w.idFor(OPERATION), DANIEL);
      throw error;
    };

    await w.change(ADD);

    expect(endIn(w)).toMatchObject({ end: 'cancelled', decidedBy: DANIEL });
    expect(w.recordWriter.calls).toEqual(['write']);
    expect(await eventsIn(w)).toEqual(['requested', 'planned', 'approved', 'sent', 'cancelled', 'ended']);
  });
});

describe('name servers that are late', () => {
  it('are looked at every five seconds at most', async () => {
    const w = recordWorld();
    w.recordWriter.looksBeforeSync = 4;
    const at: number[] = [];
    const { isInSync, write } = w.recordWriter;
    w.recordWriter.write = (request) => {
      at.push(w.time.now());
      return write(request);
    };
    w.recordWriter.isInSync = (...asked) => {
      at.push(w.time.now());
      return isInSync(...asked);
    };

    await w.change(add('kms-01.corp.example'));

    const pauses = at.slice(1).map((ms, index) => ms - (at[index] ?? 0));
    expect(pauses).toHaveLength(5);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(5_000);
    expect(endIn(w)).toMatchObject({ end: 'done', record: { inSync: true } });
  });

  it('are told to be late after five minutes, and the change is done all the same', async () => {
    const w = recordWorld();
    w.recordWriter.looksBeforeSync = 1_000;

    await w.change(add('kms-01.corp.example'));

    expect(endIn(w)).toMatchObject({ end: 'done', record: { result: 'done', inSync: false } });
    const looks = w.recordWriter.calls.filter((call) => call === 'isInSync').length;
    expect(looks).toBeGreaterThan(30);
    expect(looks).toBeLessThanOrEqual(61);
  });

  it('are not followed without the right to, and the change is done all the same', async () => {
    const w = recordWorld();
    const failure = {
      kind: 'missing-right',
      action: 'route53:GetChange',
      siteId: 'tokyo',
      function: 'change',
    } as const;
    w.recordWriter.syncTroubles.push(new Throttled('route53', 2), new OperationFailed(failure));

    await w.change(add('kms-01.corp.example'));

    expect(endIn(w)).toMatchObject({ end: 'done', record: { inSync: false, missingRight: 'route53:GetChange' } });
    expect(w.stands().srv?.values).toEqual([KMS1]);
    expect(markedBy(w.stands())).toEqual([w.idFor(OPERATION)]);
    expect(w.logged).toContain('name servers not followed');
    expect((await w.changes.readStatus(w.idFor(OPERATION)))?.domain).toBe(DOMAIN);
  });
});
