import { describe, expect, it } from 'vitest';
import { formatMark } from '../../bot/domain/records/marks.ts';
import type { NameState } from '../../bot/domain/records/record-set.ts';
import { AT_SECONDS, wireRecord } from '../domain/sample-record.ts';
import { CLIENT_KEY, HOST_KEY, type KeyedMachine } from '../fakes/keyed-machine.ts';
import type { FleetMachine } from '../fakes/memory-fleet.ts';
import type { Kill } from '../fakes/memory-workflow.ts';
import { byIds, DANIEL, endIn, eventsIn, messageIn } from './change-setup.ts';
import { line, machine, OPERATION, OWNER, prints, request } from './check-setup.ts';
import { standsInZone, zoneWorld } from './host-zone-setup.ts';
import { type KeyWorld, keyed, keyWorld } from './key-setup.ts';
import { killsOf } from './kills.ts';
import { DOMAIN } from './record-setup.ts';

const RETIRE = { kind: 'host-retire' } as const;
const DAY_MS = 24 * 3_600_000;

const { svc: service } = wireRecord();
if (service === null) throw new Error('the sample tells its service');

const host = (n: number, changes: Partial<KeyedMachine> = {}) =>
  keyed(n, { key: HOST_KEY, channel: 'VOLUME_KMS_WS22', letsIn: 'dp', clients: [10, 10, 10, 10, 10, 10], ...changes });

const OURS = { priority: 0, weight: 0, port: 1688, target: 'kms-1.corp.example' };
const VALUE = '0 0 1688 kms-1.corp.example.';
const OTHER = '0 0 1688 kms-2.corp.example.';

const marked = (values: readonly string[]): NameState => ({
  srv: { ttlSeconds: 60, values },
  txt: { ttlSeconds: 60, values: [formatMark({ owner: OWNER, change: 'cfirst', answer: OURS })] },
});

/** Two hosts whose records stand in the zone: the first is ours to change. */
const world = (
  one: KeyedMachine,
  two: KeyedMachine,
  others: readonly FleetMachine[] = [],
  state = marked([VALUE, OTHER]),
) => zoneWorld([one, two], state, others);

/** Its clients go elsewhere after so many days. */
const leftAfter = (days: number, w: () => KeyWorld) => {
  const begunMs = AT_SECONDS * 1000;
  return {
    get clients() {
      return w().time.now() - begunMs > days * DAY_MS ? [0, 0, 4, 10] : [10, 10, 10, 10, 10, 10];
    },
  };
};

const statesIn = (w: KeyWorld) => endIn(w).steps?.map(({ step, state }) => `${step} ${state}`);

/** A host whose clients have left after so many days, its world, and the other host. */
const retiring = (days: number, changes: Partial<KeyedMachine> = {}, others: readonly FleetMachine[] = []) => {
  const one = host(1, changes);
  const w = world(one, host(2), others);
  Object.defineProperties(one, Object.getOwnPropertyDescriptors(leftAfter(days, () => w)));
  return { one, w };
};

describe("a host's retirement", () => {
  it('takes its record out, its publishing off, waits until its clients renew elsewhere, and makes a client of it', async () => {
    const { one, w } = retiring(3, { list: ['lab.example'] });

    await w.change(RETIRE);

    expect(statesIn(w)).toEqual(['drain done', 'unpublish done', 'watch done', 'convert done', 'verify done']);
    expect(endIn(w)).toMatchObject({ end: 'done', plan: { nodes: [{ inverse: { none: 'host-retired' } }] } });
    expect(standsInZone(w).srv?.values).toEqual([OTHER]);
    expect(one).toMatchObject({ key: CLIENT_KEY, publishing: false, list: null });
    expect(endIn(w).steps?.[2]?.facts).toMatchObject({ lastDay: '0', why: 'quiet' });
    expect(w.time.now() - AT_SECONDS * 1000).toBeGreaterThan(3 * DAY_MS);
  });

  it('is shown to jobs as watching, and never as given up by its execution', async () => {
    const { w } = retiring(2);
    const seen = new Map<string, number>();
    const write = w.changes.writeStatus;
    let lastMs = w.time.now();
    Object.assign(w.changes, {
      writeStatus: async (status: Parameters<typeof write>[0]) => {
        if (status.phase === 'watching')
          seen.set(status.phase, Math.max(seen.get('watching') ?? 0, w.time.now() - lastMs));
        lastMs = w.time.now();
        await write(status);
      },
    });

    await w.change(RETIRE);

    expect(seen.get('watching')).toBeGreaterThan(0);
    expect(seen.get('watching')).toBeLessThan(6 * 3_600_000);
  });

  it('waits no longer than eight days', async () => {
    const { one, w } = retiring(100);

    await w.change(RETIRE);

    expect(endIn(w).steps?.[2]?.facts).toMatchObject({ lastDay: '10', why: 'time-is-up' });
    expect(one.key).toBe(CLIENT_KEY);
    expect(w.time.now() - AT_SECONDS * 1000).toBeLessThan(9 * DAY_MS);
  });

  it('is stopped while it waits, and stays a host', async () => {
    const { one, w } = retiring(100);
    const inspect = w.deps.runCommand.inspect;
    let looks = 0;
    Object.assign(w.deps.runCommand, {
      inspect: async (asked: Parameters<typeof inspect>[0]) => {
        looks += 1;
        if (messageIn(w).stage.at === 'course' && looks > 6) await w.changes.requestCancel(w.idFor(OPERATION), DANIEL);
        return inspect(asked);
      },
    });

    await w.change(RETIRE);

    expect(endIn(w)).toMatchObject({ end: 'cancelled', decidedBy: DANIEL });
    expect(statesIn(w)?.slice(0, 2)).toEqual(['drain done', 'unpublish done']);
    expect(one.key).toBe(HOST_KEY);
  });

  it('warns of values of others and of machines that name it by hand, and leaves both as they are', async () => {
    const pinned: FleetMachine = {
      node: machine(5).node,
      behaviour: prints(line({ svc: { ...service, kms: ['KMS-1.corp.example', 1688] } })),
    };
    const one = host(1, { clients: [0, 0, 1] });
    const w = world(one, host(2), [pinned], { srv: { ttlSeconds: 60, values: [VALUE, OTHER] } });
    await w.ask(request(byIds(5)), undefined, 'check-1');

    await w.change(RETIRE);

    const warnings = endIn(w).plan?.nodes[0]?.warnings;
    expect(warnings).toContainEqual({ why: 'pinned-clients', names: ['WEB-5'], machines: 1 });

    expect(warnings).toContainEqual({
      why: 'foreign-record',
      domain: DOMAIN,
      value: VALUE,
    });
    expect(endIn(w).steps?.[0]).toMatchObject({ step: 'drain', state: 'same', facts: { why: 'named-by-others' } });
    expect(standsInZone(w).srv?.values).toEqual([VALUE, OTHER]);
  });

  it('stays a host while a record of somebody else leads clients there', async () => {
    const one = host(1, { clients: [0, 0, 1] });
    const w = world(one, host(2), [], { srv: { ttlSeconds: 60, values: [VALUE, OTHER] } });

    await w.change(RETIRE);

    expect(statesIn(w)).toEqual(['drain same', 'unpublish done', 'watch failed', 'convert to-do', 'verify to-do']);
    expect(endIn(w)).toMatchObject({ end: 'partly', steps: [{}, {}, { facts: { why: 'named-by-others' } }, {}, {}] });
    expect(one.key).toBe(HOST_KEY);
  });

  it('is left alone where there is no other host', async () => {
    const one = host(1);
    const w = keyWorld([one]);

    await w.change(RETIRE);

    expect(endIn(w)).toMatchObject({ end: 'nothing-to-do', plan: { left: [{ left: { why: 'no-other-host' } }] } });
  });

  it('fails at its records where clients would find none any more', async () => {
    const one = host(1);
    const w = world(one, host(2), [], marked([VALUE]));

    await w.change(RETIRE);

    expect(endIn(w)).toMatchObject({ end: 'failed', outcomes: [{ result: 'failed', detail: 'drain' }] });
    expect(endIn(w).steps?.[0]?.facts).toEqual({ [DOMAIN]: expect.any(String), why: 'would-be-empty' });
    expect(one.runs).toEqual([]);
  });
});

const retired = async (kill?: Kill) => {
  const { one, w } = retiring(1);
  const { writes } = await w.change(RETIRE, kill === undefined ? {} : { kill });
  const { key, publishing, runs } = one;
  const batches = w.recordWriter.written.length;
  const facts = { end: endIn(w).end, states: statesIn(w), events: await eventsIn(w), stands: standsInZone(w), batches };
  return { writes, facts: { ...facts, key, publishing, runs, messages: w.conversation.messages.length } };
};

const calm = await retired();

describe("a host's retirement that is killed", () => {
  it('is tried at every operation', () => {
    expect(calm.writes).toBeGreaterThan(120);
    expect(calm.facts).toMatchObject({ end: 'done', batches: 1, messages: 2 });
  });

  it.each(killsOf(calm.writes))('$when write $atWrite does every step once, and tells the same', async (kill) => {
    expect((await retired(kill)).facts).toEqual(calm.facts);
  });
});
