import { describe, expect, it } from 'vitest';
import {
  ALL,
  FRANKFURT,
  idOf,
  line,
  machine,
  machines,
  named,
  prints,
  reportIn,
  staysSilent,
  world,
} from './check-setup.ts';

describe('a check of many machines', () => {
  it('counts every machine once and ends in one edited message', async () => {
    const w = world([
      ...machines(3),
      machine(4, { presence: { kind: 'offline', lastSeenMs: 5 } }, staysSilent({ kind: 'delivery-timed-out' }, 60)),
      machine(5, { platform: 'linux' }, staysSilent({ kind: 'invalid-platform' }, 0)),
      machine(6, { siteId: FRANKFURT.id }),
    ]);

    const { result } = await w.run(ALL);

    expect(result).toEqual({ ended: 'answered', machines: 6 });
    expect(w.conversation.messages).toHaveLength(1);
    expect(reportIn(w.last()).totals).toMatchObject({ machines: 6, activated: 4, notAsked: 2 });
    expect(reportIn(w.last()).sites.map((site) => site.id)).toEqual(['tokyo', 'frankfurt']);
  });

  it('goes by tag with one command a site', async () => {
    const w = world([...machines(60), machine(100, { siteId: FRANKFURT.id })]);

    await w.run(ALL);

    expect(w.fleet.sent.map((command) => [command.siteId, command.target])).toEqual([
      ['tokyo', { kind: 'tags', tags: [] }],
      ['frankfurt', { kind: 'tags', tags: [] }],
    ]);
  });

  it('goes by ids in fifties when machines are named', async () => {
    const w = world(machines(120));

    await w.run(named(...Array.from({ length: 120 }, (_, n) => `WEB-${n + 1}`)));

    const targets = w.fleet.sent.map(({ target }) => (target.kind === 'nodes' ? target.nodeIds.length : 0));
    expect(targets).toEqual([50, 50, 20]);
    expect(new Set(w.fleet.sent.map((command) => command.reference)).size).toBe(3);
  });

  it('does not wait for machines that are offline', async () => {
    const offline = machine(
      900,
      { presence: { kind: 'offline', lastSeenMs: 5 } },
      staysSilent({ kind: 'delivery-timed-out' }, 60),
    );
    const w = world([...machines(80), offline]);

    const { seconds } = await w.run(ALL);

    expect(seconds).toBeLessThan(30);
    expect(reportIn(w.last()).groups.find((group) => group.cause.kind === 'offline')?.total).toBe(1);
  });

  it.each([
    ['ran into its own time limit', staysSilent({ kind: 'execution-timed-out' })],
    ['refused the caller', staysSilent({ kind: 'access-denied' })],
    ['failed', staysSilent({ kind: 'failed', exitCode: 3 })],
    ['has a status nobody knows', staysSilent({ kind: 'other', status: 'Rebooting' })],
    ['printed nothing', prints('')],
    ['printed what is not ours', prints('Hello')],
    ['printed half a record', prints(line().slice(0, 200))],
  ])('accounts for a machine that %s', async (_, behaviour) => {
    const w = world([...machines(6), machine(7, {}, behaviour)]);

    await w.run(ALL);

    const { totals, groups } = reportIn(w.last());
    expect(totals.machines).toBe(7);
    expect(totals.activated).toBe(6);
    expect(groups).toHaveLength(1);
  });

  it('names machines still running when its own deadline passes', async () => {
    const w = world([...machines(6), machine(7, {}, prints(line(), Number.POSITIVE_INFINITY))]);

    const { seconds } = await w.run(ALL);

    expect(seconds).toBeLessThan(240);
    expect(reportIn(w.last())).toMatchObject({ timedOut: true, totals: { machines: 7, activated: 6, notAsked: 1 } });
  });

  it('accounts for a machine the command never reached', async () => {
    const w = world([...machines(6), machine(7)]);
    const answers = w.fleet.runCommand.answers;
    Object.assign(w.deps, {
      runCommand: {
        ...w.fleet.runCommand,
        answers: async (...args: Parameters<typeof answers>) => {
          const page = await answers(...args);
          return { ...page, answers: page.answers.filter((answer) => answer.nodeId !== idOf(7)) };
        },
      },
    });

    await w.run(ALL);

    expect(reportIn(w.last()).groups[0]).toMatchObject({
      cause: { kind: 'no-answer', subject: 'no-invocation' },
      total: 1,
    });
  });

  it('takes in a machine that was tagged after the inventory', async () => {
    const w = world([...machines(6), machine(7, {}, prints(line({ name: 'NEW-1' })), { unlisted: true })]);

    await w.run(ALL);

    expect(reportIn(w.last()).totals.activated).toBe(7);
    expect(w.ledger.latest.get(`tokyo/${idOf(7)}`)?.result.name).toBe('NEW-1');
  });

  it('accounts for an offline machine whose tags only Systems Manager knows, without waiting for it', async () => {
    const presence = { kind: 'offline', lastSeenMs: 5 } as const;
    const silent = staysSilent({ kind: 'delivery-timed-out' }, 300);
    const hybrid = machine(7, { id: `mi-${'0'.repeat(16)}7`, name: 'HYBRID-1', presence }, silent);
    const w = world([...machines(60, (n) => machine(n, { tags: { KmsManaged: 'true', Env: 'prod' } })), hybrid]);
    const { inspect } = w.fleet.runCommand;
    w.deps.runCommand.inspect = async (asked) => {
      Object.assign(hybrid.node, { tags: { Env: 'prod' } });
      return inspect(asked);
    };

    const { seconds } = await w.run({ selectors: [{ kind: 'tag', key: 'Env', value: 'prod' }] });

    expect(seconds).toBeLessThan(40);
    expect(reportIn(w.last()).totals).toMatchObject({ machines: 61, activated: 60, notAsked: 1 });
    expect(reportIn(w.last()).groups[0]?.examples).toEqual([{ nodeId: hybrid.node.id, name: 'HYBRID-1' }]);
  });

  it('believes a record of a machine that the inventory took for offline', async () => {
    const w = world([...machines(6), machine(7, { presence: { kind: 'offline', lastSeenMs: 5 } })]);

    await w.run(ALL);

    expect(reportIn(w.last()).totals).toMatchObject({ activated: 7, notAsked: 0 });
  });

  it('attaches the rows as a file when they are more than a handful', async () => {
    const few = world(machines(5));
    const many = world(machines(6));

    await few.run(ALL);
    await many.run(ALL);

    expect(few.conversation.messages[0]?.files).toHaveLength(0);
    expect(many.conversation.messages[0]?.files[0]?.text.split('\n')).toHaveLength(6);
  });

  it("keeps each machine's record in the ledger", async () => {
    const w = world([machine(1), machine(2, {}, prints('rubbish'))]);

    await w.run(ALL);

    expect([...w.ledger.latest.keys()]).toEqual([`tokyo/${idOf(1)}`]);
    expect(w.ledger.latest.get(`tokyo/${idOf(1)}`)?.record?.computerName).toBe('WEB-1');
  });

  it('says what it could not find, with the nearest names', async () => {
    const w = world(machines(3));

    await w.run(named('WEB-1', 'WEB-2', 'WBE-3'));

    expect(reportIn(w.last()).unmatched).toEqual([{ word: 'WBE-3', nearest: expect.arrayContaining(['WEB-3']) }]);
  });

  it('answers with the nearest names when nothing was found', async () => {
    const w = world(machines(3));

    await w.run(named('WBE-3'));

    expect(w.last()).toMatchObject({ kind: 'no-such-node', unmatched: [{ word: 'WBE-3' }] });
    expect(w.fleet.sent).toHaveLength(0);
  });

  it('refuses a site that does not exist', async () => {
    const w = world(machines(3));

    await w.run({ ...ALL, site: 'tokio' });

    expect(w.last()).toMatchObject({
      kind: 'no-such-node',
      unmatched: [{ word: 'site:tokio', nearest: ['site:tokyo', 'site:frankfurt'] }],
    });
  });
});

describe('a check of one machine', () => {
  it('ends with its card and record', async () => {
    const w = world(machines(3));

    await w.run(named('web-2'));

    expect(w.last()).toMatchObject({
      kind: 'node-card',
      card: { result: { verdict: { state: 'activated' } }, node: { id: idOf(2) }, record: { computerName: 'WEB-2' } },
    });
  });

  it('binds from a single machine and starts at once', async () => {
    const w = world(machines(3));

    await w.run(named('web-2'));

    expect(w.fleet.sent[0]).toMatchObject({ bindFrom: 'all', jitterSeconds: 0 });
  });

  it.each([
    ['untagged', { inFleet: false, tags: {} }, 'untagged'],
    ['stopped', { presence: { kind: 'not-running', instanceState: 'stopped' } }, 'not-running'],
    ['without an agent', { presence: { kind: 'no-agent' } }, 'no-agent'],
    ['not Windows', { platform: 'linux' }, 'not-windows'],
  ] as const)('says why a machine that is %s cannot be asked', async (_, changes, why) => {
    const w = world([machine(1), machine(8, changes, undefined, { beyondTheFleet: true })]);

    await w.run(named('WEB-8'));

    expect(w.last()).toMatchObject({
      kind: 'node-card',
      card: { result: { verdict: { state: 'not-asked', why: { kind: why } } } },
    });
    expect(w.fleet.sent).toHaveLength(0);
  });

  it('shows what was known last when it cannot be asked now', async () => {
    const one = machine(1);
    const w = world([one]);
    await w.run(named('WEB-1'));
    const checkedAtMs = w.ledger.latest.get(`tokyo/${idOf(1)}`)?.atMs;
    Object.assign(one.node, { presence: { kind: 'offline', lastSeenMs: 5 } });

    await w.run(named('WEB-1'), undefined, 'op-later');

    expect(w.last()).toMatchObject({
      card: { lastKnown: { atMs: checkedAtMs, result: { verdict: { state: 'activated' } } } },
    });
  });

  it('looks at a named machine afresh although the inventory is young', async () => {
    const one = machine(1, { presence: { kind: 'offline', lastSeenMs: 5 } });
    const w = world([one]);
    await w.run(ALL);
    Object.assign(one.node, { presence: { kind: 'online' } });

    await w.run(named('WEB-1'), undefined, 'op-later');

    expect(w.last()).toMatchObject({ card: { result: { verdict: { state: 'activated' } } } });
    expect(w.fleet.calls.page).toBe(2);
  });
});
