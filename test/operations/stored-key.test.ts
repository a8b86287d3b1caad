import { describe, expect, it } from 'vitest';
import { CLIENT_KEY, type KeyedMachine, MAK } from '../fakes/keyed-machine.ts';
import type { Kill } from '../fakes/memory-workflow.ts';
import { changesSent, endIn, eventsIn, KEN } from './change-setup.ts';
import { OPERATION } from './check-setup.ts';
import { approve, CONTOSO_MAK, HOST, type KeyWorld, keyed, keyWorld, leaksIn } from './key-setup.ts';
import { killsOf } from './kills.ts';

const MAK_SPEC = { kind: 'stored-key', key: CONTOSO_MAK.name } as const;

const unlicensed = (n: number, changes: Partial<KeyedMachine> = {}) => keyed(n, { licensed: false, ...changes });

describe('a stored key', () => {
  it('is looked at by each machine, approved, installed and activated, and shows by its end alone', async () => {
    const machines = [unlicensed(1), unlicensed(2)];
    const w = keyWorld(machines);

    await w.change(MAK_SPEC, { on: [1, 2] });

    const end = endIn(w);
    expect(end).toMatchObject({ end: 'done', decidedBy: KEN });
    expect(end.plan?.nodes.map(({ changes }) => changes)).toEqual([
      [{ what: 'key', before: 'VMK7H', after: 'M4K22' }],
      [{ what: 'key', before: 'VMK7H', after: 'M4K22' }],
    ]);
    expect(machines.map(({ key, licensed, runs }) => ({ key, licensed, runs }))).toEqual(
      Array(2).fill({
        key: MAK,
        licensed: true,
        runs: ['probe', 'KmsBot-InstallStoredKey', 'KmsBot-Activate'],
      }),
    );
    expect(end.outcomes).toMatchObject(Array(2).fill({ result: 'done', via: 'instance', activationCode: '00000000' }));
    expect(await leaksIn(w)).toEqual([]);
    // What is searched holds what may be told.
    expect(await w.held()).toContain('M4K22');
    expect(w.journals.join()).toContain(CONTOSO_MAK.from.name);
  });

  it('always needs a second person', async () => {
    const one = unlicensed(1);
    const w = keyWorld([one]);

    await w.change(MAK_SPEC, { pressers: [] });

    expect(endIn(w)).toMatchObject({ end: 'expired', plan: { approval: { why: 'always' } } });
    expect(one.runs).toEqual(['probe']);
  });

  it('is counted once for each machine that was activated with it', async () => {
    const w = keyWorld([unlicensed(1), unlicensed(2, { online: false })]);

    await w.change(MAK_SPEC, { on: [1, 2] });

    expect((await w.keyUses.readKeyUse('tokyo', CONTOSO_MAK.name)).activations).toMatchObject([
      { nodeId: w.fleet.sent[0]?.machines[0]?.node.id, changeId: w.idFor(OPERATION) },
    ]);
  });

  it('leaves a machine alone that may not fetch it, and names the right that is missing', async () => {
    const [one, two] = [unlicensed(1), unlicensed(2)];
    const w = keyWorld([one, two]);
    two.around = { ...two.around, fetch: () => undefined };

    await w.change(MAK_SPEC, { on: [1, 2] });

    expect(endIn(w).plan?.left).toMatchObject([
      {
        name: 'KMS-2',
        left: {
          why: 'key-unreadable',
          need: 'secretsmanager:GetSecretValue',
          who: 'arn:aws:iam::111122223333:role/machines',
        },
      },
    ]);
    expect([one.runs.length, two.runs]).toEqual([3, ['probe']]);
  });

  it('is not fetched by a machine that it is not for', async () => {
    const client = unlicensed(1);
    const w = keyWorld([client]);

    await w.change({ kind: 'stored-key', key: HOST.name });

    expect(endIn(w)).toMatchObject({
      end: 'nothing-to-do',
      plan: { left: [{ left: { why: 'host-key-for-client' } }] },
    });
    expect(client.runs).toEqual([]);
  });

  it('is not fetched where the machine does not answer, and the machine is told as out of reach', async () => {
    const silent = unlicensed(1, {
      trouble: () => ({ afterSeconds: 1, answer: { kind: 'none', why: { kind: 'access-denied' } } }),
    });
    const w = keyWorld([silent]);

    await w.change(MAK_SPEC);

    expect(endIn(w).plan?.left).toMatchObject([{ left: { why: 'out-of-reach', detail: 'access-denied' } }]);
  });

  it('is refused where it is not found, is not switched on, or a look is refused', async () => {
    const w = keyWorld([unlicensed(1)]);
    await w.change({ kind: 'stored-key', key: 'no-such-key' });
    expect(endIn(w).refusal).toEqual({
      kind: 'stored-key',
      name: 'no-such-key',
      siteId: 'tokyo',
      lookup: { kind: 'not-found', known: [CONTOSO_MAK.name, HOST.name] },
    });

    const off = keyWorld([unlicensed(1)], { settings: { keys: false } });
    await off.change(MAK_SPEC);
    expect(endIn(off).refusal).toEqual({ kind: 'keys-off' });
    expect(off.storedKeys.looks).toEqual([]);
  });

  it('is looked up once at each site that machines are meant at, also when the plan is made anew', async () => {
    const w = keyWorld([unlicensed(1)]);

    await w.change(MAK_SPEC);

    expect(w.storedKeys.looks).toEqual([`tokyo ${CONTOSO_MAK.name}`]);
    expect(changesSent(w).filter(([document]) => document === 'KmsBot-InstallStoredKey')).toHaveLength(2);
  });

  it('goes back to the public key that was there before', async () => {
    const one = unlicensed(1);
    const w = keyWorld([one]);
    await w.change(MAK_SPEC);

    await w.change({ kind: 'undo', change: w.idFor(OPERATION) }, { operationId: 'undo-1' });

    expect(endIn(w)).toMatchObject({ end: 'done', plan: { approval: { why: 'always' } } });
    expect(one.key).toBe(CLIENT_KEY);
  });

  it('is void and planned anew where a machine has changed before the approval', async () => {
    const one = unlicensed(1);
    const w = keyWorld([one]);

    await w.change(MAK_SPEC, {
      pressers: [
        {
          ...approve,
          first: () => {
            one.licensed = false;
            one.key = 'BBBBB-BBBBB-BBBBB-BBBBB-BBBB2';
          },
        },
        approve,
      ],
    });

    expect(endIn(w)).toMatchObject({
      end: 'done',
      plan: { nodes: [{ changes: [{ before: 'BBBB2', after: 'M4K22' }] }] },
    });
    expect(await eventsIn(w)).toContain('void');
  });
});

const installed = async (kill?: Kill) => {
  const machines = [unlicensed(1), unlicensed(2)];
  const w = keyWorld(machines);
  const options = { on: [1, 2], pressers: [approve, approve] };
  const { writes } = await w.change(MAK_SPEC, kill === undefined ? options : { ...options, kill });
  return { w, writes, facts: await factsOf(w, machines) };
};

const factsOf = async (w: KeyWorld, machines: readonly KeyedMachine[]) => ({
  end: endIn(w).end,
  runs: machines.map(({ runs }) => runs.filter((run) => run !== 'probe')),
  events: await eventsIn(w),
  uses: (await w.keyUses.readKeyUse('tokyo', CONTOSO_MAK.name)).activations.map(({ nodeId }) => nodeId),
  messages: w.conversation.messages.length,
  outcomes: endIn(w).outcomes.map(({ result, activationCode }) => [result, activationCode]),
});

const calm = await installed();

describe('the installation of a stored key that is killed', () => {
  it('is tried at every operation', () => {
    expect(calm.writes).toBeGreaterThan(80);
  });

  it.each(killsOf(calm.writes))('$when write $atWrite installs once, counts once, and tells the same', async (kill) => {
    const { w, facts } = await installed(kill);

    expect(facts).toEqual(calm.facts);
    expect(await leaksIn(w)).toEqual([]);
  });
});
