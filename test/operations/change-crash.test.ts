import { describe, expect, it } from 'vitest';
import type { Kill } from '../fakes/memory-workflow.ts';
import {
  byIds,
  changeRequest,
  changesSent,
  changeWorld,
  clients,
  endIn,
  eventsIn,
  everyone,
  KEN,
} from './change-setup.ts';

const DISCOVER = { kind: 'discover' } as const;
const approve = { by: KEN, word: 'approve' } as const;

const whole = async () => {
  const w = changeWorld(clients(12));
  const { writes, result } = await w.run(changeRequest(DISCOVER, everyone), { pressers: [approve] });
  return { writes, result, sent: changesSent(w), events: await eventsIn(w), outcomes: endIn(w).outcomes };
};

const calm = await whole();

const kills: Kill[] = Array.from({ length: calm.writes }, (_, index) => index + 1).flatMap((atWrite) => [
  { atWrite, when: 'before' },
  { atWrite, when: 'after' },
]);

describe('an approved change that is killed', () => {
  it('is tried at every operation', () => {
    expect(kills.length).toBeGreaterThan(150);
  });

  it.each(kills)(
    '$when write $atWrite has one effect on each machine, one card, and the same account',
    async (kill) => {
      const machines = clients(12);
      const w = changeWorld(machines);

      const { result } = await w.run(changeRequest(DISCOVER, everyone), { pressers: [approve, approve], kill });

      expect(result).toEqual(calm.result);
      expect(machines.map(({ runs }) => runs)).toEqual(Array(12).fill(['KmsBot-AssignHost', 'KmsBot-Activate']));
      expect(changesSent(w)).toEqual(calm.sent);
      expect(await eventsIn(w)).toEqual(calm.events);
      expect(endIn(w).outcomes.map(({ nodeId, result: ended }) => [nodeId, ended])).toEqual(
        calm.outcomes.map(({ nodeId, result: ended }) => [nodeId, ended]),
      );
      expect(w.conversation.messages).toHaveLength(2);
    },
  );
});

describe('the undo of a change that is killed', () => {
  it('puts back once, wherever it dies', async () => {
    const run = async (kill?: Kill) => {
      const machines = clients(2);
      const w = changeWorld(machines);
      await w.run(changeRequest(DISCOVER, byIds(1, 2)));
      const undo = changeRequest({ kind: 'undo', change: w.idFor('op-0123456789abcdef') }, { selectors: [] });
      const { writes } = await w.run(undo, { operationId: 'undo-1', ...(kill === undefined ? {} : { kill }) });
      return { writes, runs: machines.map(({ runs }) => runs), end: endIn(w).end };
    };
    const { writes, ...expected } = await run();
    for (let atWrite = 1; atWrite <= writes; atWrite += 1) {
      expect(await run({ atWrite, when: 'before' }), `at ${atWrite}`).toMatchObject(expected);
    }
  });
});
