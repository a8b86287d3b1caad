import { describe, expect, it } from 'vitest';
import { FRANKFURT, idOf, machine, machines, prints, staysSilent, world } from './check-setup.ts';
import {
  byName,
  client,
  counters,
  diagnoseRequest,
  diagnosisIn,
  hostLine,
  kmsHost,
  sentTo,
  unanswered,
  worldWithZone,
} from './diagnose-setup.ts';

describe('a diagnosis', () => {
  it('asks the machine and its KMS host with one command, and ends in one edited message', async () => {
    const w = worldWithZone([client(), kmsHost(), ...machines(6, (n) => machine(n + 10))]);

    const { result } = await w.ask(byName('web-1'));

    expect(result).toMatchObject({ ended: 'answered', machines: 1 });
    expect(sentTo(w)).toEqual([['tokyo', [idOf(1), idOf(2)]]]);
    expect(w.conversation.messages).toHaveLength(1);
    expect(diagnosisIn(w.last())).toMatchObject({ nodeId: idOf(1), siteId: 'tokyo', name: 'WEB-1', state: 'failing' });
  });

  it('sees the host from its own side: it answers itself, so something in between drops it', async () => {
    const host = prints(hostLine({ host: counters(100, 0), fw: { r: 'dpu', on: 'dpu', a: 'd' } }));
    const w = worldWithZone([client(), kmsHost({}, host)]);

    await w.ask(byName('web-1'));

    expect(diagnosisIn(w.last()).first?.cause).toMatchObject({ kind: 'path-blocked', host: { nodeId: idOf(2) } });
    expect(diagnosisIn(w.last()).unseen).not.toContainEqual(expect.objectContaining({ kind: 'host-not-asked' }));
  });

  it('keeps what the machine and its host said', async () => {
    const w = worldWithZone([client(), kmsHost()]);

    await w.ask(byName('web-1'));

    expect(w.ledger.latest.get(`tokyo/${idOf(1)}`)?.result.verdict.state).toBe('notification');
    expect(w.ledger.latest.get(`tokyo/${idOf(2)}`)?.record?.computerName).toBe('KMS1');
  });

  it('reads the zones of its domains and targets, seen from its network', async () => {
    const w = worldWithZone([client(), kmsHost()]);

    await w.ask(byName('web-1'));

    expect(w.recordSets.asked).toEqual([
      { siteId: 'tokyo', wanted: { domains: ['corp.example'], targets: ['kms1.corp.example'], vpcId: 'vpc-1' } },
    ]);
  });

  it('shows what it does on the way', async () => {
    const w = worldWithZone([client(prints(unanswered(), 9)), kmsHost()]);

    await w.ask(byName('web-1'));

    const shown = w.conversation.messages[0]?.contents ?? [];
    const phases = shown.flatMap((content) => (content.kind === 'diagnosis-progress' ? [content.progress.phase] : []));
    expect(phases[0]).toBe('looking-up');
    expect(phases).toContain('asking');
    expect(shown.at(-2)).toMatchObject({ kind: 'diagnosis-progress', progress: { name: 'WEB-1' } });
  });

  it('is quick when the machine is', async () => {
    const { seconds } = await worldWithZone([client(), kmsHost()]).ask(byName('web-1'));

    expect(seconds).toBeLessThan(20);
  });

  it('takes a machine by its id, of either site', async () => {
    const w = world([client(undefined, { siteId: FRANKFURT.id })]);

    await w.ask(diagnoseRequest({ kind: 'id', id: idOf(1) }));

    expect(diagnosisIn(w.last())).toMatchObject({ siteId: 'frankfurt' });
    expect(sentTo(w)).toEqual([['frankfurt', [idOf(1)]]]);
  });
});

describe('a diagnosis of a machine that cannot be asked', () => {
  it.each([
    ['offline', { presence: { kind: 'offline', lastSeenMs: 5 } }],
    ['not-running', { presence: { kind: 'not-running', instanceState: 'stopped' } }],
    ['no-agent', { presence: { kind: 'no-agent' } }],
    ['untagged', { inFleet: false, tags: {} }],
    ['not-windows', { platform: 'linux' }],
  ])('says at once that it is %s, and sends nothing', async (why, changes) => {
    const w = worldWithZone([client(undefined, changes), kmsHost()]);

    const { seconds } = await w.ask(byName('web-1'));

    expect(diagnosisIn(w.last()).first?.cause).toMatchObject({ kind: 'not-asked', why: { kind: why } });
    expect(w.fleet.sent).toEqual([]);
    expect(seconds).toBeLessThan(10);
  });

  it.each([
    ['refused us', { kind: 'access-denied' }, 'failure'],
    ['ran into its time limit', { kind: 'execution-timed-out' }, 'diagnosis'],
    ['failed', { kind: 'failed', exitCode: 3 }, 'diagnosis'],
  ] as const)('is told when it %s', async (_, why, kind) => {
    const w = worldWithZone([client(staysSilent(why)), kmsHost()]);

    await w.ask(byName('web-1'));

    expect(w.last()?.kind).toBe(kind);
  });

  it('is told when it printed what is no record', async () => {
    const w = worldWithZone([client(prints('Hello')), kmsHost()]);

    await w.ask(byName('web-1'));

    expect(diagnosisIn(w.last()).state).toBe('unknown');
  });
});

describe('a name that is not one machine', () => {
  it('brings the nearest names when nobody bears it', async () => {
    const w = world([client(), kmsHost()]);

    await w.ask(byName('web-2'));

    expect(w.last()).toMatchObject({ kind: 'no-such-node', unmatched: [{ word: 'web-2', nearest: ['WEB-1'] }] });
    expect(w.fleet.sent).toEqual([]);
  });

  it('brings every machine with its id when several bear it', async () => {
    const w = world([client(), client(undefined, { id: idOf(9), siteId: FRANKFURT.id })]);

    await w.ask(byName('web-1'));

    expect(w.last()).toMatchObject({
      kind: 'which-node',
      nodes: [
        { id: idOf(1), siteId: 'tokyo' },
        { id: idOf(9), siteId: 'frankfurt' },
      ],
    });
    expect(w.fleet.sent).toEqual([]);
  });

  it('is one machine where the site tells which', async () => {
    const w = world([client(), client(undefined, { id: idOf(9), siteId: FRANKFURT.id })]);

    await w.ask(byName('web-1', 'frankfurt'));

    expect(diagnosisIn(w.last()).nodeId).toBe(idOf(9));
  });
});
