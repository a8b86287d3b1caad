import { describe, expect, it } from 'vitest';
import { hostCases } from '../../powershell/host-cases.ts';
import type { InspectCase } from '../../powershell/plain-case.ts';
import { requestCases } from '../../powershell/request-cases.ts';
import { inspect } from '../world/inspect-model.ts';

const run = (list: readonly InspectCase[], name: string) => {
  const one = list.find((each) => each.name === name);
  if (one === undefined) throw new Error(`no case ${name}`);
  return inspect(one.surface, one.run);
};
const host = (name: string) => run(hostCases(), `host: ${name}`).record;
const requests = (name: string) => run(requestCases(), `requests: ${name}`).record;

describe('the host half of the record', () => {
  it('stands between the other parts and what failed, and only on a host', () => {
    const keys = Object.keys(host('healthy'));

    expect(keys.slice(keys.indexOf('rt'))).toEqual(['rt', 'host', 'fw', 'req', 'pub', 'err']);
    expect(Object.keys(host('nobody can tell')).slice(-2)).toEqual(['rt', 'err']);
  });

  it.each([
    ['its service hangs', { svc: 'timeout', host: 'timeout' }],
    ['publishing log unreadable', { evt: '80070005', pub: '80070005' }],
    ['publishing events without sense', { pub: 'garbled' }],
    ['firewall without rules', { fw: 'missing' }],
    ['network hangs', {}],
  ])('loses nothing else to "%s"', (name, err) => {
    const record = host(name);
    const lost = Object.entries({ host: record.host, fw: record.fw, req: record.req, pub: record.pub });

    expect(record.err).toEqual(err);
    for (const [key, value] of lost) expect(value === null, key).toBe(key in err && record.err[key] !== 'garbled');
  });

  it.each([
    ['unreadable', '80070005'],
    ['hanging', 'timeout'],
  ])('says of a log of requests that is %s: %s', (name, code) => {
    const record = requests(name);

    expect(record).toMatchObject({ req: null, err: { req: code }, host: { n: 50 }, fw: { r: 'dpu' } });
  });

  it.each([
    ['healthy', 'dpu', 'dpu'],
    ['firewall closed', '', 'dpu'],
    ['firewall off', '', ''],
    ['firewall open in two profiles', 'dp', 'dpu'],
    ['firewall with a rule of its own', 'dpu', 'dpu'],
    ['firewall that blocks', 'dp', 'dpu'],
    ['firewall of other ports and directions', '', 'dpu'],
    ['firewall by group policy', 'd', 'dpu'],
    ['firewall where group policy allows no local rules', 'pu', 'dpu'],
    ['firewall switched off by group policy', '', 'u'],
    ['on another port', '', 'dpu'],
  ])('%s: the firewall lets clients in by "%s" and is on by "%s"', (name, open, on) => {
    expect(host(name).fw).toMatchObject({ r: open, on });
  });

  it.each([
    ['nothing listens', { tcp: 'refused' }],
    ['listens in vain', { tcp: 'timeout' }],
    ['listens without answering', { tcp: 'ok', bind: 'silent' }],
    ['another service listens', { tcp: 'ok', bind: 'other' }],
  ])('%s: %j', (name, reach) => {
    expect(host(name).host).toMatchObject(reach);
  });
});

describe('the digest of requests', () => {
  it('is the same whichever way a generation lays out its events', () => {
    const [first, ...others] = ['joined', 'elements', 'shifted', 'all forms in turns'].map(
      (name) => requests(name).req,
    );

    expect(first).toMatchObject({ ok: 1, n: 9, c: 7, w: 5, f: [['C004F042', 2, expect.any(Number)]] });
    for (const other of others) expect(other).toEqual(first);
  });

  it('takes for copies only names whose times overlap', () => {
    const { dup = [] } = requests('copies and renames').req ?? {};
    const names = dup.map(([, machines, some]) => [machines, some]);

    expect(names).toHaveLength(4);
    expect(names[0]?.[0]).toBe(3);
    expect(names).toEqual(
      expect.arrayContaining([
        [3, ['farm-a.corp.example', 'farm-b', 'farm-c']],
        [2, ['left', 'right']],
        [2, ['two', 'three']],
        [2, ['ÄÖÜ-Ａ', '経理-pc']],
      ]),
    );
  });

  it('believes no layout whose CMID is no GUID, and says that something was garbled', () => {
    const record = requests('strange');

    expect(record.req).toMatchObject({
      n: 12,
      c: 2,
      f: [
        ['80070005', 1, expect.any(Number)],
        ['C004F042', 1, expect.any(Number)],
      ],
    });
    expect(record.err).toEqual({ req: 'garbled' });
  });

  it('names at most five copies, the largest first, and eight codes, the most frequent first', () => {
    expect(requests('more copies than are named').req?.dup.map(([, machines]) => machines)).toEqual([9, 8, 7, 6, 5]);
    expect(requests('more codes than are told').req?.f.map(([, events]) => events)).toEqual([10, 9, 8, 7, 6, 5, 4, 3]);
  });

  it('goes back thirty days and no further', () => {
    const { at, req } = requests('older than thirty days');

    expect(req?.s).toBe(at - 30 * 86_400);
    expect(req?.ok).toBe(1);
  });

  it('says how far it got where time did not allow more', () => {
    const { seconds, record } = run(hostCases(), 'host: 43,000 events, slowly');

    expect(record.req).toMatchObject({ ok: 0, n: 34_000 });
    expect(record.req?.s).toBeGreaterThan(record.at - 30 * 86_400);
    expect(seconds).toBeLessThan(30);
  });

  it('counts 10,000 clients by their last contact', () => {
    const { req } = host('43,000 events of 10,000 clients');

    expect(req).toMatchObject({ ok: 1, n: 43_000, c: 9805 });
    expect(req?.d.reduce((sum, clients) => sum + clients, 0)).toBe(9805);
    expect(req?.dup.map(([, machines]) => machines)).toEqual([40, 40, 40, 40, 40]);
  });
});

describe('the longest record, of an adversarial client that is a host of 10,000 clients', () => {
  it('keeps states, assignments, codes and the digest, and drops the names of copies', () => {
    const { line, record } = run(hostCases(), 'host: adversarial, 43,000 events of 10,000 clients');

    expect(line.length + 2).toBeLessThanOrEqual(2400);
    expect(record.prod?.map(({ why }) => why)).toEqual(Array(6).fill('C004F056'));
    for (const { kms } of record.prod ?? []) expect(kms?.[0]).toMatch(/^[0-9a-z]{63}\.[0-9a-z]{63}\.example$/);
    expect(record.svc?.kms?.[0]).toBe(`${'a'.repeat(63)}.corp.example`);
    expect(record.evt?.q.map(([, code]) => code)).toEqual(['C004F074', 'C004F074', 'C004F074']);
    expect(record.req).toMatchObject({ n: 43_000, c: 9805, dup: Array(5).fill([expect.any(String), 40, []]) });
    expect(record.req?.f).toHaveLength(8);
    expect(record.pub).toMatchObject({ no: [expect.any(Number), '8007232D', expect.any(String)] });
    expect(record.cut?.dup).toBe(15);
  });
});
