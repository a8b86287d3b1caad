import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NoAnswer } from '../../bot/domain/check-report.ts';
import type { WireRecord } from '../../bot/domain/inspection-wire.ts';
import { judge } from '../../bot/domain/judge.ts';
import type { NotAskable } from '../../bot/domain/nodes.ts';
import { diagnose, judgeWire, notActivated, os, request } from './sample-judging.ts';
import { failing, managedNode, NOW_MS, wireProduct, wireRecord, wireTarget } from './sample-record.ts';

describe('judge of a machine that is well', () => {
  it('says by what it is activated, and until when', () => {
    const { seen, ...result } = judgeWire();

    expect(seen).toMatchObject({ host: 'kms1.corp.example:1688', reached: true });
    expect(result).toEqual({
      nodeId: 'i-0123456789abcdef0',
      siteId: 'tokyo',
      name: 'FILESERVER-07',
      os: 'Windows Server 2022 Standard',
      verdict: {
        state: 'activated',
        by: 'kms',
        channel: 'kms-client',
        expiresAtMs: NOW_MS + 258_000 * 60_000,
        missedRenewals: 0,
      },
      next: { kind: 'none' },
    });
  });

  it.each([
    [
      { vt: 1, min: 100_000 },
      { state: 'activated', by: 'active-directory', missedRenewals: 0 },
    ],
    [
      { ch: 'VOLUME_MAK', min: 0, vt: 0 },
      { state: 'not-a-kms-client', channel: 'mak', licensed: true },
    ],
    [
      { ch: 'RETAIL', min: 0, vt: 0 },
      { state: 'not-a-kms-client', channel: 'retail', licensed: true },
    ],
    [
      { ch: 'OEM_DM', min: 0, vt: 0 },
      { state: 'not-a-kms-client', channel: 'oem', licensed: true },
    ],
    [
      { ch: 'VOLUME_KMS_WS22', min: 0 },
      { state: 'not-a-kms-client', channel: 'kms-host', licensed: true },
    ],
    [{ min: 249_000 }, { state: 'activated', missedRenewals: 1 }],
  ])('finds nothing wrong with %j', (changes, verdict) => {
    const result = judgeWire({ prod: [wireProduct(changes)] });

    expect(result.verdict).toMatchObject(verdict);
    expect(result.cause).toBeUndefined();
    expect(result.next).toEqual({ kind: 'none' });
  });

  it('does not look at a dead host while the activation is fresh', () => {
    expect(judgeWire({ tgt: [wireTarget({ tcp: 'timeout' })] }).cause).toBeUndefined();
  });
});

describe('judge of an activated machine that misses its renewals', () => {
  const late = (changes: Partial<WireRecord>) => judgeWire({ prod: [wireProduct({ min: 239_000 })], ...changes });

  it('warns from the second on and names the host it renews with', () => {
    const result = late({ evt: { q: [request('80070005')], r: null } });

    expect(result.verdict).toMatchObject({ state: 'activated', missedRenewals: 2 });
    expect(result.cause).toEqual({
      key: 'renewals-missed|kms1.corp.example',
      kind: 'renewals-missed',
      subject: 'kms1.corp.example',
      code: '0x80070005',
    });
    expect(result.next).toEqual(diagnose);
  });

  it.each<[string, Partial<WireRecord>, object, object]>([
    [
      'a host that does not answer',
      { tgt: [wireTarget({ tcp: 'timeout' })] },
      { subject: 'kms1.corp.example', detail: 'target-no-answer' },
      diagnose,
    ],
    ['a wrong clock', { clk: [20_000, 't'] }, { detail: 'clock-skew' }, { kind: 'sync-clock' }],
    [
      'a lost record',
      { srv: [{ d: 'corp.example', e: 'nxdomain' }], tgt: [] },
      { subject: 'corp.example', detail: 'no-srv-record' },
      diagnose,
    ],
    ['nothing that shows', { evt: { q: [], r: null } }, { subject: 'kms1.corp.example' }, diagnose],
  ])('explains it by %s', (_what, changes, cause, next) => {
    const { key: _key, ...found } = late(changes).cause ?? { key: '' };

    expect(found).toEqual({ kind: 'renewals-missed', ...cause });
    expect(late(changes).next).toEqual(next);
  });
});

describe('judge of a machine that is not activated', () => {
  it.each([
    [2, 'initial'],
    [3, 'out-of-tolerance'],
    [4, 'non-genuine'],
    [6, 'extended'],
  ])('tells status %d as grace "%s" with its end', (st, grace) => {
    expect(judgeWire({ prod: [failing({ st, min: 60 })] }).verdict).toEqual({
      state: 'in-grace',
      channel: 'kms-client',
      grace,
      endsAtMs: NOW_MS + 3_600_000,
      reason: '0xC004F074',
    });
  });

  it.each([
    [0, 'unlicensed'],
    [5, 'notification'],
  ])('tells status %d as %s with the reason', (st, state) => {
    expect(judgeWire({ prod: [failing({ st })] }).verdict).toEqual({
      state,
      channel: 'kms-client',
      reason: '0xC004F074',
    });
  });
});
describe('the next action', () => {
  it.each<[string, Partial<WireRecord>, object]>([
    ['no key', { prod: [] }, { kind: 'install-gvlk', gvlk: 'VDYBN-27WPP-V4HQT-9VMD4-VMK7H' }],
    ['no key on an unread edition', { prod: [], os: null }, { kind: 'install-gvlk' }],
    [
      'the key of another edition',
      notActivated({ os: os({ ed: 'ServerDatacenter' }) }),
      {
        kind: 'install-gvlk',
        gvlk: 'WX4NM-KYWYW-QJJR4-XV3QB-6VM33',
      },
    ],
    ['an evaluation edition', { prod: [wireProduct({ ch: 'TIMEBASED_EVAL' })] }, { kind: 'convert-edition' }],
    [
      'a MAK that failed',
      notActivated({ prod: [failing({ ch: 'VOLUME_MAK', why: 'C004C020' })] }),
      {
        kind: 'explain-code',
        code: '0xC004C020',
      },
    ],
    ['a wrong clock', notActivated({ clk: [20_000, 't'] }), { kind: 'sync-clock' }],
    ['a dead target', notActivated({ tgt: [wireTarget({ tcp: 'timeout' })] }), diagnose],
  ])('fits %s', (_what, changes, next) => {
    expect(judgeWire(changes).next).toEqual(next);
  });
});

describe('judge of a machine that told too little', () => {
  it.each([
    [
      '800706BA',
      { key: 'probe-failed|prod|0x800706BA', kind: 'probe-failed', subject: 'prod', code: '0x800706BA' },
      'explain-code',
    ],
    ['timeout', { key: 'probe-failed|prod', kind: 'probe-failed', subject: 'prod' }, 'check-again'],
  ])('is unknown when the licence could not be read: %s', (error, cause, next) => {
    const result = judgeWire({ prod: null, err: { prod: error } });

    expect(result.verdict).toEqual({ state: 'unknown', missing: ['prod'] });
    expect(result.cause).toEqual(cause);
    expect(result.next.kind).toBe(next);
    expect(result.os).toBe('Windows Server 2022 Standard');
  });

  it('is unknown when nothing tells which of two products counts', () => {
    expect(judgeWire({ prod: [failing({ st: 5 }), failing({ st: 2 })] }).verdict.state).toBe('unknown');
  });

  it('is unreadable when there is no record', () => {
    const evidence = { kind: 'output', reading: { kind: 'unreadable', why: { kind: 'truncated' } } } as const;

    expect(judge({ node: managedNode(), evidence, nowMs: NOW_MS })).toMatchObject({
      verdict: { state: 'unreadable', why: { kind: 'truncated' } },
      cause: { key: 'unreadable|truncated', kind: 'unreadable', subject: 'truncated' },
      next: { kind: 'check-again' },
    });
  });
});

describe('judge of a machine that did not answer', () => {
  it.each<[NoAnswer, string, string]>([
    [{ kind: 'delivery-timed-out' }, 'no-answer|delivery-timed-out', 'start-agent'],
    [{ kind: 'undeliverable' }, 'no-answer|undeliverable', 'start-agent'],
    [{ kind: 'execution-timed-out' }, 'no-answer|execution-timed-out', 'check-again'],
    [{ kind: 'terminated' }, 'no-answer|terminated', 'check-again'],
    [{ kind: 'access-denied' }, 'no-answer|access-denied', 'tag'],
    [{ kind: 'invalid-platform' }, 'no-answer|invalid-platform', 'none'],
    [{ kind: 'cancelled' }, 'no-answer|cancelled', 'check-again'],
    [{ kind: 'failed', exitCode: 3 }, 'no-answer|failed||3', 'check-again'],
    [{ kind: 'still-running' }, 'no-answer|still-running', 'check-again'],
    [{ kind: 'no-invocation' }, 'no-answer|no-invocation', 'check-again'],
    [{ kind: 'other', status: 'Novel' }, 'no-answer|other||Novel', 'check-again'],
  ])('tells %j', (why, key, next) => {
    const result = judge({ node: managedNode(), evidence: { kind: 'no-answer', why }, nowMs: NOW_MS });

    expect(result).toMatchObject({
      verdict: { state: 'no-answer', why },
      cause: { key, kind: 'no-answer' },
      next: { kind: next },
    });
  });

  it.each<[NotAskable, string, string]>([
    [{ kind: 'offline', lastSeenMs: 5 }, 'offline', 'start-agent'],
    [{ kind: 'not-running', instanceState: 'stopped' }, 'not-running|stopped', 'start-instance'],
    [{ kind: 'no-agent' }, 'no-agent', 'start-agent'],
    [{ kind: 'untagged' }, 'untagged', 'tag'],
    [{ kind: 'not-windows', platform: 'linux' }, 'not-windows|linux', 'none'],
  ])('tells that it was not asked: %j', (why, key, next) => {
    const result = judge({ node: managedNode(), evidence: { kind: 'not-asked', why }, nowMs: NOW_MS });

    expect(result).toMatchObject({
      verdict: { state: 'not-asked', why },
      cause: { key, kind: why.kind },
      next: { kind: next },
    });
  });
});

describe('judge of anything', () => {
  it('gives every record a verdict, and every machine that is not well a cause and a next step', () => {
    const keys = Object.keys(wireRecord()).filter((key) => !['v', 'at', 'name'].includes(key));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()), (junk) => {
        const { verdict, cause, next } = judgeWire(junk as Partial<WireRecord>);
        const isWell =
          (verdict.state === 'activated' && verdict.missedRenewals < 2) ||
          (verdict.state === 'not-a-kms-client' && verdict.licensed && verdict.channel !== 'evaluation');
        expect(cause === undefined).toBe(isWell);
        expect(next.kind === 'none').toBe(isWell);
      }),
    );
  });

  it('never calls the symptom the reason while the event log holds an inner code', () => {
    fc.assert(
      fc.property(fc.constantFrom('C004F06C', 'C004F042', 'C004F038', '800706BA', 'C004F035', '80070005'), (code) => {
        const { cause } = judgeWire(notActivated({ evt: { q: [request('C004F074'), request(code)], r: null } }));
        expect(cause?.code).toBe(`0x${code}`);
      }),
    );
  });
});
