import { describe, expect, it } from 'vitest';
import { OperationFailed, Transient } from '../../bot/errors.ts';
import type { Content, JobsRequest } from '../../bot/ports.ts';
import { changeStatus } from '../contracts/changes-contract.ts';
import { PLACE, world } from './check-setup.ts';
import { killsOf } from './kills.ts';

const REQUEST: JobsRequest = { operation: 'jobs', asked: 'jobs', place: PLACE };
const MINUTE_MS = 60_000;

/** A world with changes that started and were last told of so many minutes ago. */
const withChanges = async () => {
  const w = world([]);
  const ago = (minutes: number) => w.time.now() - minutes * MINUTE_MS;
  const ended = { phase: 'ended', end: 'done' } as const;
  for (const change of [
    changeStatus({ id: 'crunning', startedAtMs: ago(200), updatedAtMs: ago(190) }),
    changeStatus({ id: 'cwaiting', startedAtMs: ago(30), updatedAtMs: ago(29), phase: 'waiting-for-approval' }),
    changeStatus({ id: 'cpaused', startedAtMs: ago(100), updatedAtMs: ago(90), phase: 'paused' }),
    changeStatus({ id: 'cjustended', startedAtMs: ago(300), updatedAtMs: ago(59), ...ended }),
    changeStatus({ id: 'clongended', startedAtMs: ago(80), updatedAtMs: ago(61), ...ended }),
    changeStatus({ id: 'cended', startedAtMs: ago(5), updatedAtMs: ago(1), ...ended }),
  ]) {
    await w.deps.changes.writeStatus(change);
  }
  return w;
};

const idsIn = (content: Content | undefined): string[] => {
  if (content?.kind !== 'jobs') throw new Error(`no jobs: ${JSON.stringify(content)}`);
  return content.jobs.map(({ id }) => id);
};

describe('jobs', () => {
  it('are the changes under way, newest first, and then those that ended within the hour', async () => {
    const w = await withChanges();
    const askedAtMs = w.time.now();

    const { result } = await w.ask(REQUEST);

    expect(result).toEqual({ ended: 'answered', machines: 0 });
    expect(w.last()).toMatchObject({ kind: 'jobs', asked: 'jobs', nowMs: askedAtMs });
    expect(idsIn(w.last())).toEqual(['cwaiting', 'cpaused', 'crunning', 'cended', 'cjustended']);
    expect(w.conversation.messages.map(({ contents }) => contents.length)).toEqual([1]);
  });

  it('are also those that wait for a call, or for clients to renew elsewhere', async () => {
    const w = world([]);
    const startedAtMs = w.time.now() - 20 * 60 * MINUTE_MS;
    const updatedAtMs = w.time.now() - 19 * 60 * MINUTE_MS;
    const awaits = {
      what: 'confirmation',
      attempt: 1,
      callbackId: 'callback-1',
      digest: 'd',
      sinceMs: startedAtMs,
    } as const;
    const waiting = { ...awaits, expiresAtMs: w.time.now() + MINUTE_MS, scopes: [] };
    for (const change of [
      changeStatus({ id: 'ccalling', startedAtMs, updatedAtMs, phase: 'waiting-for-confirmation', awaits: waiting }),
      changeStatus({ id: 'cwatching', startedAtMs: startedAtMs + 1, updatedAtMs: w.time.now(), phase: 'watching' }),
    ]) {
      await w.deps.changes.writeStatus(change);
    }

    await w.ask(REQUEST);

    expect(w.last()).toMatchObject({ jobs: [{ phase: 'watching' }, { phase: 'waiting-for-confirmation' }] });
  });

  it('are none where nothing was changed', async () => {
    const w = world([]);

    await w.ask(REQUEST);

    expect(idsIn(w.last())).toEqual([]);
  });

  it('are told after what passes by itself has passed', async () => {
    const w = await withChanges();
    const { listStatuses } = w.deps.changes;
    let failures = 2;
    Object.assign(w.deps.changes, {
      listStatuses: async () => {
        failures -= 1;
        if (failures >= 0) throw new Transient('dynamodb', 'timeout');
        return listStatuses();
      },
    });

    await w.ask(REQUEST);

    expect(idsIn(w.last())).toHaveLength(5);
    expect(w.conversation.messages).toHaveLength(1);
  });

  it('name the right that is missing', async () => {
    const w = await withChanges();
    const failure = { kind: 'missing-right', action: 'dynamodb:Query', function: 'observe' } as const;
    Object.assign(w.deps.changes, { listStatuses: () => Promise.reject(new OperationFailed(failure)) });

    const { result } = await w.ask(REQUEST);

    expect(result).toEqual({ ended: 'failed', failure: 'missing-right' });
    expect(w.last()).toEqual({ kind: 'failure', asked: 'jobs', failure });
  });
});

describe('jobs that are killed', async () => {
  const calm = await (await withChanges()).ask(REQUEST);

  it.each(killsOf(calm.writes))('$when write $atWrite are told the same, once', async (kill) => {
    const w = await withChanges();

    const { result, replays } = await w.ask(REQUEST, kill);

    expect(replays).toBe(1);
    expect(result).toEqual(calm.result);
    expect(idsIn(w.last())).toHaveLength(5);
  });
});
