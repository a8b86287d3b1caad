import { describe, expect, it } from 'vitest';
import { FRANKFURT, idOf, machine, prints, world } from './check-setup.ts';
import { byName, CORP_ZONE, client, diagnosisIn, hostLine, kmsHost } from './diagnose-setup.ts';
import { killsOf } from './kills.ts';

/** Hosts in both sites, one of them stopped, so that every branch has its checkpoints. */
const start = () => {
  const w = world([
    client(prints((client().behaviour.answer as { readonly text: string }).text, 9)),
    kmsHost({ siteId: FRANKFURT.id }, prints(hostLine(), 5)),
    machine(3, { name: 'KMS-OLD', presence: { kind: 'not-running', instanceState: 'stopped' } }),
  ]);
  w.recordSets.zones.push(CORP_ZONE);
  return w;
};

const whole = start();
const calm = await whole.ask(byName('web-1'));
const cause = diagnosisIn(whole.last()).first?.cause;

const kills = killsOf(calm.writes);

describe('a diagnosis that is killed', () => {
  it('is tried at every checkpoint, all of them small', () => {
    expect(kills.length).toBeGreaterThan(30);
    expect(calm.largestBytes).toBeLessThan(4_096);
  });

  it.each(kills)('$when write $atWrite ends the same, with each command sent once', async (kill) => {
    const w = start();

    const { result, replays } = await w.ask(byName('web-1'), kill);

    expect(replays).toBe(1);
    expect(result).toEqual(calm.result);
    expect(w.fleet.sent.map(({ siteId, machines }) => [siteId, machines.map(({ node }) => node.id)])).toEqual([
      ['tokyo', [idOf(1)]],
      ['frankfurt', [idOf(2)]],
    ]);
    expect(w.conversation.messages).toHaveLength(1);
    expect(diagnosisIn(w.last()).first?.cause).toEqual(cause);
  });
});
