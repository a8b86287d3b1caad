import { describe, expect, it } from 'vitest';
import { auditContract, type DeathOfAppend, verified } from '../contracts/audit-contract.ts';
import { entry, someEntries } from '../domain/audit/sample-audit.ts';
import { memoryAudit } from '../fakes/memory-audit.ts';
import { startAudit, startedAudit, TABLE } from './audit-setup.ts';

auditContract('in memory', async () => {
  const audit = memoryAudit();
  const die = (where: DeathOfAppend) => {
    audit.troubles.push({ when: where === 'before-head' ? 'last' : 'first', error: new Error('died') });
  };
  return { audit, die, close: async () => {} };
});

auditContract('over DynamoDB', startAudit);

describe('an audit over DynamoDB', () => {
  it('writes to its table only where nothing is', async () => {
    const { puts, close } = await startedAudit();

    const own = puts.map(({ input }) => input).filter((input) => input.TableName === TABLE);

    expect(own.length).toBeGreaterThanOrEqual(6);
    expect(new Set(own.map((input) => input.ConditionExpression))).toEqual(new Set(['attribute_not_exists(pk)']));
    await close();
  });

  it('keeps every entry once though every fifth put dies, whoever makes it', async () => {
    const { audit, dieAtEvery, close } = await startAudit();
    const entries = someEntries(8);
    dieAtEvery(5);

    const untilTaken = async (each: (typeof entries)[number]): Promise<number> => {
      const head = await audit.append(each).catch(() => undefined);
      return head?.seq ?? untilTaken(each);
    };
    const places = await Promise.all([...entries, ...entries].map(untilTaken));

    dieAtEvery(Number.POSITIVE_INFINITY);
    expect((await audit.page(1)).map((link) => link.entry.id).sort()).toEqual(entries.map(({ id }) => id));
    expect(places.slice(0, 8)).toEqual(places.slice(8));
    expect(await verified(audit)).toMatchObject({ kind: 'sound', entries: 8 });
    await close();
  });

  it('writes every head down in the log', async () => {
    const { audit, logged, close } = await startedAudit();

    const heads = (await audit.page(1)).map(({ seq, hash }) => ['info', 'audit head', { seq, hash }]);

    expect(logged).toEqual(heads);
    await close();
  });

  it.each([1, 2])('shows that entry %i was removed', async (seq) => {
    const { audit, remove, close } = await startedAudit();

    await remove(seq);

    expect(await verified(audit)).toMatchObject({ kind: 'broken', atSeq: seq, why: 'missing' });
    await close();
  });

  it('shows for ever that the last entry was removed, whatever is added afterwards', async () => {
    const { audit, remove, logged, close } = await startedAudit();

    await remove(3);

    expect(await verified(audit)).toMatchObject({ kind: 'broken', atSeq: 3, why: 'cut-off' });
    for (const id of ['e4', 'e5']) await audit.append(entry({ id }));
    expect(await verified(audit)).toMatchObject({ kind: 'broken', atSeq: 3, why: 'missing' });
    expect((await audit.read(0, 10)).map((link) => link.entry.id)).toEqual(['e5', 'e4', 'e2', 'e1']);
    expect(logged.filter(([level]) => level === 'error').map(([, event]) => event)).toEqual([
      'audit does not hold',
      'audit does not hold',
    ]);
    await close();
  });

  it.each([
    ['another text', (json: string) => json.replace('"U1"', '"U2"')],
    ['a member more', (json: string) => json.replace('{', '{"added":true,')],
    ['no JSON', () => 'nothing'],
    ['no object', () => 'null'],
  ])('shows that an entry has %s', async (_, alter) => {
    const { audit, put, item, close } = await startedAudit();
    const before = await item(2);

    await put(2, { ...before, entry: alter(before.entry) });

    expect(await verified(audit)).toEqual({ kind: 'broken', atSeq: 2, why: 'altered', entries: 1 });
    await close();
  });

  it('shows that the end was made anew, also when more is added behind it', async () => {
    const { audit, put, close } = await startedAudit();
    const forger = memoryAudit();
    for (const each of [...someEntries(2), entry({ id: 'forged' })]) await forger.append(each);
    const [, , forged] = forger.links;

    await put(3, { previous: forged?.previous ?? '', hash: forged?.hash ?? '', entry: JSON.stringify(forged?.entry) });
    await audit.append(entry({ id: 'e4' }));

    expect(await verified(audit)).toMatchObject({ kind: 'broken', atSeq: 3, why: 'cut-off' });
    await close();
  });

  it('leaves out of what it reads, and notes, an entry that is none', async () => {
    const { audit, put, item, logged, close } = await startedAudit();

    await put(2, { ...(await item(2)), entry: '{"id":"e2","atMs":"now","event":"dance"}' });

    expect((await audit.read(0, 10)).map((link) => link.entry.id)).toEqual(['e3', 'e1']);
    expect(logged).toContainEqual(['error', 'audit entry unreadable', { seq: 2 }]);
    await close();
  });

  it('names the right that is missing', async () => {
    const { audit, role, close } = await startAudit();
    role.policies = [];

    const appending = audit.append(entry());

    await expect(appending).rejects.toMatchObject({
      name: 'OperationFailed',
      message: expect.stringContaining('dynamodb:GetItem'),
    });
    await close();
  });

  it('asks for time when its table is throttled', async () => {
    const { audit, lab, close } = await startAudit();
    lab.faults.push({ id: '1', fault: 'aws-throttled', service: 'dynamodb' });

    await expect(audit.append(entry())).rejects.toMatchObject({ name: 'Throttled' });
    await close();
  });
});
