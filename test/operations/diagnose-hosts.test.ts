import { describe, expect, it } from 'vitest';
import { ALL, FRANKFURT, idOf, line, machine, prints, staysSilent } from './check-setup.ts';
import { byName, client, diagnosisIn, hostLine, kmsHost, sentTo, worldWithZone } from './diagnose-setup.ts';

describe('the hosts asked along', () => {
  const isKnown = { name: 'LICENCES', tags: { KmsManaged: 'true', KmsRole: 'host' } };

  it('are those that the tag marks', async () => {
    const w = worldWithZone([client(), kmsHost(isKnown)]);

    await w.ask(byName('web-1'));

    expect(sentTo(w)).toEqual([['tokyo', [idOf(1), idOf(2)]]]);
  });

  it('are those that the last check of the fleet saw with a host key', async () => {
    const w = worldWithZone([client(), kmsHost({ name: 'LICENCES' }, prints(hostLine({ name: 'LICENCES' })))]);
    await w.run(ALL);
    w.time.advance(60_000);

    await w.ask(byName('web-1'), undefined, 'op-2');

    expect(sentTo(w).at(-1)).toEqual(['tokyo', [idOf(2), idOf(1)].sort()]);
  });

  it("are those of another site that the machine's last record names, with one command there", async () => {
    const abroad = kmsHost({ siteId: FRANKFURT.id, name: 'kms1.corp.example' });
    const w = worldWithZone([client(), abroad, machine(3, isKnown, prints(hostLine({ name: 'LICENCES' })))]);
    await w.run(ALL);
    w.time.advance(60_000);

    await w.ask(byName('web-1'), undefined, 'op-2');

    expect(sentTo(w).slice(2)).toEqual([
      ['tokyo', [idOf(1), idOf(3)]],
      ['frankfurt', [idOf(2)]],
    ]);
  });

  it('are those of another site when its own has none', async () => {
    const w = worldWithZone([client(), kmsHost({ siteId: FRANKFURT.id })]);

    await w.ask(byName('web-1'));

    expect(sentTo(w)).toEqual([
      ['tokyo', [idOf(1)]],
      ['frankfurt', [idOf(2)]],
    ]);
  });

  it('do not hold the answer up when they are off, nor fail the command', async () => {
    const off = kmsHost({ presence: { kind: 'not-running', instanceState: 'stopped' } });
    const w = worldWithZone([client(), off]);

    const { seconds } = await w.ask(byName('web-1'));

    expect(sentTo(w)).toEqual([['tokyo', [idOf(1)]]]);
    expect(seconds).toBeLessThan(20);
    expect(diagnosisIn(w.last()).state).toBe('failing');
  });

  it('are not waited for long when their agents have just gone silent', async () => {
    const gone = kmsHost({}, staysSilent({ kind: 'delivery-timed-out' }, 300));
    const w = worldWithZone([client(), gone]);
    const { answers } = w.fleet.runCommand;
    w.deps.runCommand.answers = async (...args) => {
      const page = await answers(...args);
      const undelivered = page.answers.map((answer) =>
        answer.kind === 'pending' ? { ...answer, undelivered: true as const } : answer,
      );
      return { ...page, answers: undelivered };
    };

    const { seconds } = await w.ask(byName('web-1'));

    expect(seconds).toBeLessThan(45);
    expect(diagnosisIn(w.last()).unseen).toContainEqual(expect.objectContaining({ kind: 'host-not-asked' }));
  });

  it('are forgotten where only their name spoke for them and they hold no host key', async () => {
    const other = machine(2, { name: 'KMS-DOCS' }, prints(line({ name: 'KMS-DOCS' })));
    const w = worldWithZone([client(), other]);

    await w.ask(byName('web-1'));

    expect(sentTo(w)).toEqual([['tokyo', [idOf(1), idOf(2)]]]);
    expect(JSON.stringify(diagnosisIn(w.last()))).not.toContain('KMS-DOCS');
  });
});
