import { describe, expect, it } from 'vitest';
import type { WriteTrouble } from '../fakes/memory-record-writer.ts';
import type { Kill } from '../fakes/memory-workflow.ts';
import { endIn } from './change-setup.ts';
import { OPERATION } from './check-setup.ts';
import { killsOf } from './kills.ts';
import { add, asker, FOREIGN, lookup, type RecordWorld, recordWorld, seenAsking, ZONE } from './record-setup.ts';

const LOST: WriteTrouble = { kind: 'answer-lost' };

/** A world with two machines that ask in the domain, one of which keeps what it had for a while. */
const world = async (troubles: readonly WriteTrouble[]): Promise<RecordWorld> => {
  let made: RecordWorld | undefined;
  const stands = () => made?.stands().srv?.values ?? [];
  let asked = 0;
  const keeping = () => {
    asked += 1;
    return lookup(asked === 1 ? (FOREIGN.srv?.values ?? []) : stands());
  };
  const machines = [asker(1, () => lookup(stands())), asker(2, keeping)];
  made = recordWorld({ state: FOREIGN, machines });
  made.recordWriter.looksBeforeSync = 2;
  made.recordWriter.troubles.push(...troubles);
  await seenAsking(made, machines, 'vpc-1');
  return made;
};

/** What may not depend on where it died; Route 53's looks and times may. */
const facts = async (w: RecordWorld) => ({
  end: endIn(w).end,
  gives: endIn(w).record?.answers.map(({ gives }) => gives),
  result: endIn(w).record?.result,
  stands: w.stands(),
  batches: w.recordWriter.written.length,
  audit: w.audit.entries().map(({ event, record, userId }) => ({ event, record, userId })),
  owned: (await w.ledger.readOwnedRecords('tokyo', ZONE.id)).map(({ atMs: _, ...record }) => record),
  inspections: w.fleet.sent.length,
  messages: w.conversation.messages.length,
});

const changed = async (troubles: readonly WriteTrouble[], kill?: Kill) => {
  const w = await world(troubles);
  const { writes } = await w.change(add('kms-02.corp.example'), kill === undefined ? {} : { kill });
  return { w, writes, facts: await facts(w) };
};

const calm = await changed([]);
const lost = await changed([LOST]);

describe("a record's change that is killed", () => {
  it('is tried at every operation', () => {
    expect(calm.writes).toBeGreaterThan(40);
    expect(calm.facts).toMatchObject({ end: 'done', batches: 1, gives: ['planned', 'planned'], inspections: 2 });
    expect(calm.w.recordWriter.calls).toEqual(['write', 'isInSync', 'isInSync', 'isInSync']);
  });

  it.each(killsOf(calm.writes))('$when write $atWrite has one effect, and the same account', async (kill) => {
    const { w, facts: found } = await changed([], kill);

    expect(found).toEqual(calm.facts);
    // A batch that was accepted just before it died is found in the set, and is no other's.
    expect(w.recordWriter.calls.filter((call) => call === 'write').length).toBeLessThanOrEqual(2);
    const results = w.audit.entries().filter(({ event }) => event === 'result');
    expect(results.map(({ detail }) => detail)).toEqual([expect.stringMatching(/^done (C1|answer-lost)$/)]);
  });

  it.each(killsOf(lost.writes))('$when write $atWrite after a lost answer has one effect as well', async (kill) => {
    const { facts: found } = await changed([LOST], kill);

    expect(found).toEqual(lost.facts);
  });
});

describe("the undo of a record's change that is killed", () => {
  it('puts back once, wherever it dies', async () => {
    const run = async (kill?: Kill) => {
      const w = await world([]);
      await w.change(add('kms-02.corp.example'));
      const undo = { kind: 'undo', change: w.idFor(OPERATION) } as const;
      const { writes } = await w.change(undo, { operationId: 'undo-1', ...(kill === undefined ? {} : { kill }) });
      const { inspections: _, gives: __, ...found } = await facts(w);
      return { writes, found };
    };
    const { writes, found } = await run();
    expect(found).toMatchObject({ batches: 2, stands: FOREIGN });
    for (const kill of killsOf(writes)) {
      expect((await run(kill)).found, `${kill.when} ${kill.atWrite}`).toEqual(found);
    }
  });
});
