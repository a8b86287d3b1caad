/** What every workflow keeps: replay, retries, polls, and errors that survive. */
import { describe, expect, it } from 'vitest';
import { failureOf, isTransient, OperationFailed, Transient } from '../../bot/errors.ts';
import { Throttled, type Workflow } from '../../bot/ports.ts';

/** Somebody's answer to a decision: `callbackId` is read once the program waits for it. */
export interface Reply {
  readonly callbackId: () => string;
  readonly text: string;
}

/** Runs a program to its end and gives what it gave or threw. Without a reply, what is asked of people expires. */
export type RunProgram = <T>(
  program: (workflow: Workflow) => Promise<T>,
  reply?: Reply,
) => Promise<{ readonly result: T; readonly seconds: number }>;

export const workflowContract = (kind: string, run: RunProgram): void => {
  describe(`a workflow ${kind}`, () => {
    it('runs each step once and gives its result again on replay', async () => {
      let ran = 0;
      const { result } = await run(async (workflow) => {
        const first = await workflow.step('first', async () => {
          ran += 1;
          return { n: ran };
        });
        await workflow.wait('a while', 60);
        const second = await workflow.step('second', async () => first.n + 1);
        await workflow.wait('another while', 60);
        return [first, second];
      });

      expect(result).toEqual([{ n: 1 }, 2]);
      expect(ran).toBe(1);
    });

    it('tries a throttled step again after the time asked for', async () => {
      let tries = 0;
      const { result, seconds } = await run((workflow) =>
        workflow.step('throttled', async () => {
          tries += 1;
          if (tries < 3) throw new Throttled('ssm', 10);
          return tries;
        }),
      );

      expect(result).toBe(3);
      expect(seconds).toBeGreaterThanOrEqual(30);
      expect(seconds).toBeLessThan(40);
    });

    it('gives up on a failure that does not pass, and says which', async () => {
      let tries = 0;
      const { result } = await run(async (workflow) => {
        try {
          await workflow.step('down', async () => {
            tries += 1;
            throw new Transient('ssm', 'ECONNREFUSED');
          });
          return 'reached';
        } catch (error) {
          return isTransient(error) ? 'transient' : 'lost';
        }
      });

      expect(result).toBe('transient');
      expect(tries).toBe(4);
    });

    it.each(['step', 'poll'] as const)('carries the failure of a %s over a replay', async (operation) => {
      const failure = {
        kind: 'missing-right',
        action: 'ssm:SendCommand',
        siteId: 'tokyo',
        function: 'observe',
      } as const;
      let tries = 0;
      const fail = async (): Promise<never> => {
        tries += 1;
        throw new OperationFailed(failure);
      };
      const { result } = await run(async (workflow) => {
        try {
          if (operation === 'step') await workflow.step('denied', fail);
          else await workflow.poll('denied', {}, fail);
          return undefined;
        } catch (error) {
          await workflow.wait('after', 5);
          return failureOf(error);
        }
      });

      expect(result).toEqual(failure);
      expect(tries).toBe(1);
    });

    it('polls until enough, keeping the newest state', async () => {
      const { result, seconds } = await run(async (workflow) => {
        const last = await workflow.poll('count', { n: 0 }, async ({ n }) =>
          n === 4 ? { state: { n } } : { state: { n: n + 1 }, againInSeconds: 10 },
        );
        return workflow.step('after', async () => last.n);
      });

      expect(result).toBe(4);
      expect(seconds).toBeGreaterThanOrEqual(40);
    });

    it('keeps the state of a poll that is throttled or cannot be reached for a while', async () => {
      const troubles: Error[] = [new Throttled('ssm', 5), new Transient('ssm', 'ECONNRESET'), new Throttled('ssm', 5)];
      const { result } = await run((workflow) =>
        workflow.poll('troubled', { n: 0 }, async ({ n }) => {
          const trouble = n === 1 ? troubles.shift() : undefined;
          if (trouble !== undefined) throw trouble;
          return n === 3 ? { state: { n } } : { state: { n: n + 1 }, againInSeconds: 1 };
        }),
      );

      expect(result).toEqual({ n: 3 });
      expect(troubles).toHaveLength(0);
    });

    it('waits for an answer and gives it as it was sent', async () => {
      let callbackId = '';
      let asked = 0;
      const text = '{"word":"approve","by":"U1 – 承認"}';
      const ask = async (id: string) => {
        asked += 1;
        if (asked === 1) throw new Throttled('slack', 2);
        callbackId = id;
      };
      const { result } = await run(
        async (workflow) => {
          const decided = await workflow.decision('approval', ask, 3600);
          await workflow.wait('afterwards', 60);
          return [decided, await workflow.step('after', async () => 'went on')];
        },
        { callbackId: () => callbackId, text },
      );

      expect(result).toEqual([{ kind: 'answered', text }, 'went on']);
      expect(asked).toBe(2);
    });

    it('goes on without an answer when the time for it is over, and can ask again', async () => {
      const { result, seconds } = await run(async (workflow) => {
        const first = await workflow.decision('approval', async () => {}, 4 * 3600);
        await workflow.wait('afterwards', 60);
        const second = await workflow.decision('approval', async () => {}, 3600);
        return [first, second];
      });

      expect(result).toEqual([{ kind: 'expired' }, { kind: 'expired' }]);
      expect(seconds).toBeGreaterThanOrEqual(5 * 3600);
    });
  });
};
