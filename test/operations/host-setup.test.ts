import { describe, expect, it } from 'vitest';
import { readMark } from '../../bot/domain/records/marks.ts';
import type { NameState } from '../../bot/domain/records/record-set.ts';
import { HOST_KEY, type KeyedMachine } from '../fakes/keyed-machine.ts';
import type { Kill } from '../fakes/memory-workflow.ts';
import { AIKO, DANIEL, endIn, eventsIn, type Presser } from './change-setup.ts';
import { OPERATION } from './check-setup.ts';
import { standsInZone, zoneWorld } from './host-zone-setup.ts';
import { approve, caller, HOST, type KeyWorld, keyed, keyWorld, leaksIn } from './key-setup.ts';
import { killsOf } from './kills.ts';
import { DOMAIN } from './record-setup.ts';

const SETUP = { kind: 'host-setup', key: HOST.name } as const;

const plain = (changes: Partial<KeyedMachine> = {}) => keyed(1, { licensed: false, clients: [3, 2], ...changes });

/** A world whose zone is the machine's own domain. */
const inZone = (one: KeyedMachine, state: NameState = {}) => zoneWorld([one], state);

const statesIn = (w: KeyWorld) => endIn(w).steps?.map(({ step, state }) => `${step} ${state}`);

describe("a host's set-up", () => {
  it('goes from a plain machine to a host that publishes itself, under one approval', async () => {
    const one = plain({ publishing: false });
    const w = keyWorld([one]);

    await w.change(SETUP);

    expect(statesIn(w)).toEqual([
      'role done',
      'key done',
      'activate done',
      'phone not-needed',
      'firewall done',
      'listen done',
      'publish done',
      'verify done',
    ]);
    expect(endIn(w)).toMatchObject({ end: 'done', plan: { nodes: [{ inverse: { none: 'host-setup' } }] } });
    expect(endIn(w).steps?.at(-1)?.facts).toMatchObject({ port: '1688', count: '5', needed: '5' });
    expect(one).toMatchObject({ key: HOST_KEY, licensed: true, role: true, letsIn: 'dp', publishing: true });
    expect(w.conversation.messages).toHaveLength(2);
    expect((await w.keyUses.readKeyUse('tokyo', HOST.name)).activations).toHaveLength(1);
    expect(await leaksIn(w)).toEqual([]);
  });

  it.each([true, false])('fails at publishing where DNS refuses it, on already: %s', async (publishing) => {
    const one = plain({ publishing, publishes: '80072331' });
    const w = keyWorld([one]);

    await w.change(SETUP);

    expect(endIn(w)).toMatchObject({ end: 'partly', outcomes: [{ result: 'failed', detail: 'publish' }] });
    expect(endIn(w).steps?.[6]).toMatchObject({
      step: 'publish',
      state: 'failed',
      outcome: { published: [{ domain: DOMAIN, code: '80072331' }] },
    });
  });

  it('is activated by telephone where there is no internet, and counted once', async () => {
    const one = plain({ online: false });
    const w = keyWorld([one]);

    await w.change(SETUP, { pressers: [approve, caller(w)] });

    expect(statesIn(w)?.slice(2, 4)).toEqual(['activate failed', 'phone done']);
    expect(endIn(w)).toMatchObject({ end: 'done', outcomes: [{ result: 'done' }] });
    expect((await w.keyUses.readKeyUse('tokyo', HOST.name)).activations).toHaveLength(1);
    expect(await leaksIn(w)).toEqual([]);
  });

  it('has its record in Route 53 where that keeps its domain, and does not publish itself', async () => {
    const one = plain();
    const w = inZone(one);

    await w.change(SETUP);

    expect(statesIn(w)?.slice(6)).toEqual(['listen done', 'record done', 'verify done']);
    expect(one.publishing).toBe(false);
    expect(standsInZone(w).srv?.values).toEqual(['0 0 1688 kms-1.corp.example.']);
    const { change } = endIn(w).steps?.find(({ step }) => step === 'record')?.facts ?? {};
    expect((standsInZone(w).txt?.values ?? []).map((value) => readMark(value)?.change)).toEqual([change]);
    expect(await w.changes.readStatus(change ?? '')).toMatchObject({ phase: 'ended', end: 'done', kind: 'dns-add' });
    expect(
      w.audit
        .entries()
        .filter((entry) => entry.change === change)
        .map(({ event }) => event),
    ).toEqual([...['requested', 'planned', 'approved', 'sent', 'result', 'ended']]);
  });

  it('leaves a record that can be taken back by itself', async () => {
    const w = inZone(plain());
    await w.change(SETUP);
    const { change = '' } = endIn(w).steps?.find(({ step }) => step === 'record')?.facts ?? {};

    await w.change({ kind: 'undo', change }, { operationId: 'undo-1' });

    expect(endIn(w).end).toBe('done');
    expect(standsInZone(w).srv).toBeUndefined();
  });

  it("leaves somebody else's value that says the same as it is", async () => {
    const state = { srv: { ttlSeconds: 60, values: ['0 0 1688 kms-1.corp.example.'] } };
    const w = inZone(plain(), state);

    await w.change(SETUP);

    expect([endIn(w).end, statesIn(w)?.at(-2)]).toEqual(['done', 'record same']);
    expect(standsInZone(w)).toEqual(state);
  });

  it('fails at its record where Route 53 does not take it, and says what is done', async () => {
    const w = inZone(plain());
    w.recordWriter.troubles.push({ kind: 'refused', why: 'limit', detail: 'too many' });

    await w.change(SETUP);

    expect(endIn(w)).toMatchObject({ end: 'partly', outcomes: [{ result: 'failed', detail: 'record' }] });
    expect(statesIn(w)?.slice(5)).toEqual(['unpublish done', 'listen done', 'record failed', 'verify to-do']);
    const { change = '', ...facts } = endIn(w).steps?.[7]?.facts ?? {};
    expect(facts).toEqual({ domain: DOMAIN, why: 'limit' });
    expect(await w.changes.readStatus(change)).toMatchObject({ phase: 'ended', end: 'failed' });
  });

  it('fails at its record where whoever asked has no right there any more', async () => {
    const one = plain();
    const w = inZone(one);
    one.trouble = ({ options }) => {
      if ('set' in options && options.set === 'publish') w.people.change(AIKO, { standing: 'gone' });
      return undefined;
    };

    await w.change(SETUP);

    expect(endIn(w).steps?.[7]).toMatchObject({ step: 'record', state: 'failed', facts: { why: 'no-right' } });
    expect(standsInZone(w)).toEqual({});
  });

  it('ends at the step that fails, and finds what was done when it is asked for again', async () => {
    const one = plain();
    const w = keyWorld([one]);
    let refuses = true;
    one.trouble = ({ document }) =>
      refuses && document === 'KmsBot-SetHost'
        ? { afterSeconds: 1, answer: { kind: 'none', why: { kind: 'execution-timed-out' } } }
        : undefined;
    await w.change(SETUP);
    expect(endIn(w)).toMatchObject({ end: 'partly', outcomes: [{ detail: 'firewall' }] });
    expect(statesIn(w)?.slice(4)).toEqual(['firewall failed', 'listen to-do', 'publish to-do', 'verify to-do']);

    refuses = false;
    await w.change(SETUP, { operationId: 'again-1' });

    expect(endIn(w).end).toBe('done');
    expect(statesIn(w)).toEqual([
      'role same',
      'key same',
      'activate same',
      'phone not-needed',
      'firewall done',
      'listen done',
      'publish same',
      'verify done',
    ]);
    expect((await w.keyUses.readKeyUse('tokyo', HOST.name)).activations).toHaveLength(1);
  });

  it('stops between two steps where somebody wants it to, and names those that are done', async () => {
    const one = plain();
    const w = keyWorld([one]);
    one.trouble = ({ document }) => {
      if (document === 'KmsBot-Activate') void w.changes.requestCancel(w.idFor(OPERATION), DANIEL);
      return undefined;
    };

    await w.change(SETUP);

    expect(endIn(w)).toMatchObject({ end: 'cancelled', decidedBy: DANIEL });
    expect(statesIn(w)?.slice(0, 5)).toEqual([
      'role done',
      'key done',
      'activate done',
      'phone not-needed',
      'firewall to-do',
    ]);
  });

  it('waits half an hour for the role', async () => {
    const one = plain();
    const w = keyWorld([one]);
    one.trouble = ({ document }) => {
      if (document !== 'KmsBot-InstallHostRole') return undefined;
      const answer = { kind: 'none', why: { kind: 'execution-timed-out' } } as const;
      return { afterSeconds: 29 * 60, answer };
    };
    const begunMs = w.time.now();

    await w.change(SETUP);

    expect(endIn(w)).toMatchObject({ end: 'failed', outcomes: [{ result: 'no-answer', detail: 'role' }] });
    expect(w.time.now() - begunMs).toBeGreaterThan(29 * 60_000);
  });
});

const setUp = async (world: (one: KeyedMachine) => KeyWorld, one: KeyedMachine, kill?: Kill) => {
  const w = world(one);
  const pressers: Presser[] = [approve, caller(w)];
  const { writes } = await w.change(SETUP, kill === undefined ? { pressers } : { pressers, kill });
  const uses = (await w.keyUses.readKeyUse('tokyo', HOST.name)).activations.length;
  const { key, licensed, letsIn, publishing, runs } = one;
  const facts = { end: endIn(w).end, states: statesIn(w), events: await eventsIn(w), uses, stands: standsInZone(w) };
  const ran = runs.filter((run) => run !== 'probe' && run !== 'KmsBot-ReadInstallationId');
  return { w, writes, facts: { ...facts, key, licensed, letsIn, publishing, ran, left: w.confirmations.names() } };
};

const byPhone = () => plain({ online: false });
const calm = await setUp(inZone, byPhone());

describe("a host's set-up that is killed", () => {
  it('is tried at every operation', () => {
    expect(calm.writes).toBeGreaterThan(150);
    expect(calm.facts).toMatchObject({ end: 'done', uses: 1, left: [] });
  });

  it.each(killsOf(calm.writes))('$when write $atWrite does every step once, and tells the same', async (kill) => {
    const { w, facts } = await setUp(inZone, byPhone(), kill);

    expect(facts).toEqual(calm.facts);
    expect(await leaksIn(w)).toEqual([]);
  });
});
