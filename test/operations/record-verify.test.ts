import { describe, expect, it } from 'vitest';
import { Transient } from '../../bot/errors.ts';
import type { FleetMachine } from '../fakes/memory-fleet.ts';
import { endIn } from './change-setup.ts';
import { idOf, line, machine, prints, staysSilent } from './check-setup.ts';
import { add, asker, FOREIGN, KMS1, KMS2, lookup, type RecordWorld, recordWorld, seenAsking } from './record-setup.ts';

const ADD = add('kms-02.corp.example');

/** A world whose machines are given a resolver each; `late` ones keep what they had for so many seconds. */
const worldOf = (
  make: (stands: () => readonly string[], nowMs: () => number) => readonly FleetMachine[],
  state = FOREIGN,
) => {
  let made: RecordWorld | undefined;
  const stands = () => made?.stands().srv?.values ?? [];
  const machines = make(stands, () => made?.time.now() ?? 0);
  made = recordWorld({ state, machines });
  return { w: made, machines };
};

const answersIn = (w: RecordWorld) => (endIn(w).record?.answers ?? []).map(({ nodeId, gives }) => [nodeId, gives]);

describe("machines' own resolvers after a change", () => {
  it('are asked where the machines are known to ask in the domain, at most five', async () => {
    const { w, machines } = worldOf((stands) => [1, 2, 3, 4, 5, 6, 7].map((n) => asker(n, () => lookup(stands()))));
    await seenAsking(w, machines, 'vpc-1');

    await w.change(ADD);

    expect(answersIn(w)).toEqual([1, 2, 3, 4, 5].map((n) => [idOf(n), 'planned']));
    expect(endIn(w).record?.answers[0]).toMatchObject({ siteId: 'tokyo', name: 'WEB-1', values: [KMS1, KMS2] });
    expect(endIn(w).record).not.toHaveProperty('unasked');
    expect(w.fleet.sent).toHaveLength(1);
  });

  it("are asked of machines in the zone's networks where nobody is known to ask there", async () => {
    const elsewhere = { ...machine(3), node: { ...machine(3).node, vpcId: 'vpc-other' } };
    const { w } = worldOf((stands) => [
      asker(1, () => lookup(stands())),
      asker(2, () => lookup(stands(), 'other.example')),
      elsewhere,
    ]);

    await w.change(ADD);

    expect(answersIn(w)).toEqual([[idOf(1), 'planned']]);
  });

  it('are asked of machines in other networks where only these ask there', async () => {
    const { w, machines } = worldOf(() => [asker(1, () => lookup([KMS1, KMS2]))]);
    await seenAsking(w, machines, 'vpc-other');

    await w.change(ADD);

    expect(answersIn(w)).toEqual([[idOf(1), 'planned']]);
  });

  it('are asked again once what they keep from before must be gone', async () => {
    const { w, machines } = worldOf((stands) => {
      let asked = 0;
      const keeping = () => {
        asked += 1;
        return lookup(asked > 1 ? stands() : [KMS1]);
      };
      return [asker(1, () => lookup(stands())), asker(2, keeping)];
    });
    await seenAsking(w, machines, 'vpc-1');
    const startedAtMs = w.time.now();

    await w.change(ADD);

    expect(answersIn(w)).toEqual([
      [idOf(1), 'planned'],
      [idOf(2), 'planned'],
    ]);
    expect(w.fleet.sent.map(({ target }) => target)).toEqual([
      { kind: 'nodes', nodeIds: [idOf(1), idOf(2)] },
      { kind: 'nodes', nodeIds: [idOf(2)] },
    ]);
    // The record was kept for 120 seconds at most.
    expect(w.time.now() - startedAtMs).toBeGreaterThanOrEqual(130_000);
    expect(w.time.now() - startedAtMs).toBeLessThan(200_000);
  });

  it('are asked twice at most: one that still gives what was before is told so', async () => {
    const { w, machines } = worldOf(() => [asker(1, () => lookup([KMS1]))]);
    await seenAsking(w, machines, 'vpc-1');

    await w.change(ADD);

    expect(answersIn(w)).toEqual([[idOf(1), 'before']]);
    expect(w.fleet.sent).toHaveLength(2);
    expect(endIn(w).record?.answers[0]).toMatchObject({ outlived: true });
  });

  it.each<[string, number, 'in-sync' | 'not-followed', string | undefined]>([
    ['its record had a longer TTL', 3600, 'in-sync', KMS1],
    ['not every name server is known to have the new one', 120, 'not-followed', KMS1],
    ['the machine says nothing the second time', 120, 'in-sync', undefined],
  ])('may give what was before from a cache, where %s', async (_, ttlSeconds, sync, second) => {
    let asked = 0;
    const gives = () => {
      asked += 1;
      return asked > 1 && second === undefined ? lookup([], 'other.example') : lookup([KMS1]);
    };
    const { w, machines } = worldOf(() => [asker(1, gives)], { srv: { ttlSeconds, values: [KMS1] } });
    await seenAsking(w, machines, 'vpc-1');
    if (sync === 'not-followed') w.recordWriter.looksBeforeSync = 1_000;

    await w.change(ADD);

    expect(answersIn(w)).toEqual([[idOf(1), 'before']]);
    expect(asked).toBeGreaterThanOrEqual(2);
    expect(endIn(w).record?.answers[0]).not.toHaveProperty('outlived');
  });

  it('may keep that there was no record, and are asked again', async () => {
    const { w, machines } = worldOf((stands) => {
      let asked = 0;
      const keeping = () => {
        asked += 1;
        return lookup(asked > 1 ? stands() : []);
      };
      return [asker(1, keeping)];
    }, {});
    await seenAsking(w, machines, 'vpc-1');

    await w.change(add('kms-01.corp.example'));

    expect(answersIn(w)).toEqual([[idOf(1), 'planned']]);
  });

  it('show meanwhile that they are asked, and until when one keeps what it had', async () => {
    const { w, machines } = worldOf(() => [asker(1, () => lookup([KMS1]))]);
    await seenAsking(w, machines, 'vpc-1');

    await w.change(ADD);

    const stages = w.conversation.messages[0]?.contents.flatMap((content) =>
      content.kind === 'change' && content.change.stage.at === 'writing-record' ? [content.change.stage] : [],
    );
    expect(stages).toContainEqual(expect.objectContaining({ step: 'ask' }));
    expect(stages).toContainEqual(expect.objectContaining({ step: 'ask', cachedSeconds: 130 }));
    const looking = w.conversation.messages[0]?.contents.filter(
      (content) => content.kind === 'change' && content.change.stage.at === 'looking',
    );
    expect(looking).toHaveLength(1);
  });
});

describe('a change whose record nobody could be asked about', () => {
  it('is done all the same, where no machine is in the networks of the zone', async () => {
    const { w } = worldOf(() => []);

    await w.change(ADD);

    expect(endIn(w)).toMatchObject({ end: 'done', record: { answers: [], unasked: 'no-machine' } });
  });

  it('is done all the same, where the zone is public and no machine asks there', async () => {
    const w = recordWorld({ state: FOREIGN, facts: { private: false, vpcIds: [] }, machines: [machine(1)] });

    await w.change(ADD);

    expect(endIn(w)).toMatchObject({ end: 'done', record: { answers: [], unasked: 'public-zone' } });
    expect(w.fleet.calls).toEqual({});
  });

  it('is asked about in a public zone too where machines ask there', async () => {
    const machines = [asker(1, () => lookup([KMS1, KMS2]))];
    const w = recordWorld({ state: FOREIGN, facts: { private: false, vpcIds: [] }, machines });
    await seenAsking(w, machines);

    await w.change(ADD);

    expect(answersIn(w)).toEqual([[idOf(1), 'planned']]);
  });

  it.each([
    ['they stay silent', [machine(1, { vpcId: 'vpc-1' }, staysSilent({ kind: 'execution-timed-out' }))], 'no-answer'],
    [
      'they ask in other domains',
      [machine(1, { vpcId: 'vpc-1' }, prints(line({ srv: [lookup([KMS1], 'other.example')] })))],
      'no-machine',
    ],
    [
      'they are off',
      [machine(1, { vpcId: 'vpc-1', presence: { kind: 'not-running', instanceState: 'stopped' } })],
      'no-machine',
    ],
  ])('is done all the same, where %s', async (_, machines, unasked) => {
    const w = recordWorld({ state: FOREIGN, machines });

    await w.change(ADD);

    expect(endIn(w)).toMatchObject({ end: 'done', record: { answers: [], unasked } });
  });

  it('is done all the same, where the site cannot be reached any more', async () => {
    const { w } = worldOf((stands) => [asker(1, () => lookup(stands()))]);
    w.fleet.interfere = () => {
      throw new Transient('ssm', 'ECONNREFUSED');
    };

    await w.change(ADD);

    expect(endIn(w)).toMatchObject({ end: 'done', record: { inSync: true, answers: [], unasked: 'no-answer' } });
  });
});
