import { describe, expect, it } from 'vitest';
import { OperationFailed, Transient } from '../../bot/errors.ts';
import { Throttled } from '../../bot/ports.ts';
import { ALL, FRANKFURT, line, machine, machines, prints, reportIn, staysSilent, TOKYO, world } from './check-setup.ts';

const denied = (action: string) =>
  new OperationFailed({ kind: 'missing-right', action, siteId: TOKYO.id, function: 'observe' });

describe('when a service fails', () => {
  it('names the right that is missing', async () => {
    const w = world(machines(3));
    w.fleet.interfere = ({ operation }) => {
      if (operation === 'send') throw denied('ssm:SendCommand');
    };

    const { result } = await w.run(ALL);

    expect(result).toMatchObject({ ended: 'answered', machines: 0 });
    expect(w.last()).toMatchObject({ kind: 'failure', failure: { kind: 'missing-right', action: 'ssm:SendCommand' } });
  });

  it('names the right to send when every machine was refused', async () => {
    const refused = staysSilent({ kind: 'access-denied' });
    const whole = world(machines(7, (n) => machine(n, {}, refused)));
    const one = world([...machines(7, (n) => machine(n, {}, refused)), machine(9, { siteId: FRANKFURT.id })]);

    await whole.run(ALL);
    await one.run(ALL);

    expect(whole.last()).toMatchObject({
      kind: 'failure',
      failure: { kind: 'missing-right', action: 'ssm:SendCommand' },
    });
    expect(reportIn(one.last())).toMatchObject({
      totals: { activated: 1, notAsked: 7 },
      troubles: [{ siteId: 'tokyo', kind: 'missing-right', what: 'ssm:SendCommand' }],
    });
  });

  it('says so even when the ledger refuses everything', async () => {
    const w = world(machines(3));
    w.deps.ledger.recall = async () => {
      throw denied('dynamodb:GetItem');
    };

    const { result } = await w.run(ALL);

    expect(result).toEqual({ ended: 'failed', failure: 'missing-right' });
    expect(w.last()).toMatchObject({ kind: 'failure', failure: { action: 'dynamodb:GetItem' } });
  });

  it('does not say that a machine was never asked when only its answer could not be read', async () => {
    const w = world([...machines(3), machine(9, { siteId: FRANKFURT.id })]);
    w.fleet.interfere = ({ operation, site }) => {
      if (operation === 'answers' && site.id === TOKYO.id) throw denied('ssm:ListCommandInvocations');
    };

    await w.run(ALL);

    expect(reportIn(w.last())).toMatchObject({
      totals: { activated: 1, notAsked: 3 },
      groups: [{ cause: { kind: 'no-answer', subject: 'not-read' }, total: 3 }],
    });
  });

  it('goes on at the other sites when one cannot be reached', async () => {
    const w = world([...machines(3), machine(9, { siteId: FRANKFURT.id })]);
    w.fleet.interfere = ({ operation, site }) => {
      if (operation === 'page' && site.id === FRANKFURT.id) throw new Transient('ssm', 'ECONNREFUSED');
    };

    await w.run(ALL);

    expect(reportIn(w.last())).toMatchObject({
      totals: { activated: 3 },
      troubles: [{ siteId: 'frankfurt', kind: 'site-unreachable' }],
    });
  });

  it('waits as long as it is told to and says so', async () => {
    const w = world(machines(60));
    w.fleet.interfere = ({ operation, nth }) => {
      if (operation === 'answers' && nth === 2) throw new Throttled('ssm', 20);
    };

    const { seconds } = await w.run(ALL);

    expect(seconds).toBeGreaterThan(20);
    expect(w.conversation.messages[0]?.contents).toContainEqual(
      expect.objectContaining({
        progress: expect.objectContaining({ phase: 'slowed-down', waitingSeconds: expect.any(Number) }),
      }),
    );
    expect(reportIn(w.last()).totals.activated).toBe(60);
  });

  it('sends again, once, after a throttled attempt', async () => {
    const w = world(machines(3));
    w.fleet.interfere = ({ operation, nth }) => {
      if (operation === 'send' && nth <= 2) throw new Throttled('ssm', 5);
    };

    await w.run(ALL);

    expect(w.fleet.sent).toHaveLength(1);
    expect(w.fleet.calls.list).toBeUndefined();
  });

  it('looks for the command when the answer to sending was lost', async () => {
    const w = world(machines(3));
    const { inspect } = w.fleet.runCommand;
    let lost = false;
    Object.assign(w.deps, {
      runCommand: {
        ...w.fleet.runCommand,
        inspect: async (...args: Parameters<typeof inspect>) => {
          const answer = await inspect(...args);
          if (lost) return answer;
          lost = true;
          throw new Transient('ssm', 'ECONNRESET');
        },
      },
    });

    await w.run(ALL);

    expect(w.fleet.sent).toHaveLength(1);
    expect(reportIn(w.last()).totals.activated).toBe(3);
  });

  it('finishes although Slack fails or slows down on the way', async () => {
    const w = world(machines(60));
    const { open } = w.conversation;
    Object.assign(w.deps.conversation, {
      open: async (...args: Parameters<typeof open>) => {
        const ref = await open(...args);
        w.conversation.troubles.push(new Error('internal_error'), 40, new Transient('slack', 'ECONNRESET'), 3);
        return ref;
      },
    });

    await w.run(ALL);

    expect(reportIn(w.last()).totals.activated).toBe(60);
  });

  it('tells a reference when it fails for a reason of its own, and fails', async () => {
    const w = world(machines(3));
    w.deps.ledger.readParts = async () => {
      throw new Error('the table is gone');
    };

    await expect(w.run(ALL)).rejects.toThrow();

    expect(w.last()).toMatchObject({ kind: 'failure', failure: { kind: 'internal', reference: w.deps.operationId } });
  });
});

describe('progress', () => {
  it('shows what is known so far, never more often than every three seconds', async () => {
    const w = world(machines(300, (n) => machine(n, {}, prints(line(), 2 + (n % 40)))));

    await w.run(ALL);

    const [message] = w.conversation.messages;
    const gaps = message?.editedAtMs.slice(1).map((at, index) => at - (message.editedAtMs[index] ?? 0)) ?? [];
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3000);
    expect(message?.contents).toContainEqual(
      expect.objectContaining({
        progress: expect.objectContaining({ phase: 'waiting', total: 300, soFar: expect.anything() }),
      }),
    );
  });
});
