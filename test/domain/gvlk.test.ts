import { describe, expect, it } from 'vitest';
import { classifyTail, GVLKS, gvlkName, selectGvlk, tailOf } from '../../bot/domain/gvlk.ts';

const server = (build: number, edition: string) => ({ build, edition, kind: 'server' }) as const;
const client = (build: number, edition: string) => ({ build, edition, kind: 'workstation' }) as const;

describe('the table of setup keys', () => {
  it('holds keys of five groups with exactly one N, each once', () => {
    for (const { key } of GVLKS) {
      expect(key).toMatch(/^[BCDFGHJKMNPQRTVWXY2346789]{5}(-[BCDFGHJKMNPQRTVWXY2346789]{5}){4}$/);
      expect(key.replace(/[^N]/g, '')).toBe('N');
    }
    expect(new Set(GVLKS.map(({ key }) => tailOf(key))).size).toBe(GVLKS.length);
  });

  it('has one key at most for each build and edition', () => {
    for (const gvlk of GVLKS) {
      const kind = gvlk.on === 'client' ? 'workstation' : 'server';
      const choice = selectGvlk({ build: gvlk.builds[0], edition: gvlk.edition, kind });
      expect(choice).toEqual({ kind: 'found', gvlk });
    }
  });
});

describe('selectGvlk', () => {
  it.each([
    [server(20_348, 'ServerStandard'), 'VMK7H'],
    [server(20_348, 'ServerDatacenter'), '6VM33'],
    [server(26_100, 'ServerTurbine'), '8MCRC'],
    [server(17_763, 'ServerSolution'), 'YY726'],
    [server(17_763, 'ServerDatacenterACor'), 'CWH2D'],
    [server(9600, 'ServerStandard'), 'MDVJX'],
    [{ build: 14_393, edition: 'ServerDatacenter', kind: 'domain-controller' } as const, '8XDDG'],
    [client(22_631, 'Professional'), 'T83GX'],
    [client(19_045, 'EnterpriseN'), 'KHJW4'],
    [client(22_631, 'Education'), 'VCFB2'],
    [client(10_240, 'EnterpriseS'), '76DF9'],
    [client(14_393, 'EnterpriseS'), 'QJ4BJ'],
    [client(19_044, 'EnterpriseS'), 'J462D'],
    [client(26_100, 'IoTEnterpriseS'), 'PDQGT'],
  ])('finds for %j the key ending in %s', (os, tail) => {
    const choice = selectGvlk(os);

    expect(choice.kind === 'found' && tailOf(choice.gvlk.key)).toBe(tail);
  });

  it.each([
    [server(20_348, 'ServerStandardEval'), 'evaluation'],
    [client(22_631, 'Core'), 'not-volume'],
    [client(22_631, 'CoreSingleLanguage'), 'not-volume'],
    [server(27_000, 'ServerStandard'), 'unknown'],
    [server(20_348, 'ServerSomethingNew'), 'unknown'],
    [client(9600, 'Professional'), 'unknown'],
  ])('has no key for %j', (os, kind) => {
    expect(selectGvlk(os)).toEqual({ kind });
  });
});

describe('classifyTail', () => {
  it.each([
    ['VMK7H', server(20_348, 'ServerStandard'), { kind: 'right' }],
    ['vmk7h', server(20_348, 'ServerStandard'), { kind: 'right' }],
    [
      'VMK7H',
      server(20_348, 'ServerDatacenter'),
      { kind: 'other-edition', editionName: 'Windows Server 2022 Standard' },
    ],
    ['J464C', server(20_348, 'ServerStandard'), { kind: 'other-edition', editionName: 'Windows Server 2019 Standard' }],
    ['2YT43', client(22_631, 'Professional'), { kind: 'other-edition', editionName: 'Windows 10/11 Enterprise' }],
    ['VMK7H', server(27_000, 'ServerStandard'), { kind: 'undecided' }],
    ['ABCDE', server(20_348, 'ServerStandard'), { kind: 'not-gvlk' }],
    ['', server(20_348, 'ServerStandard'), { kind: 'not-gvlk' }],
  ])('sees what %s is on %j', (tail, os, expected) => {
    expect(classifyTail(tail, os)).toMatchObject(expected);
  });
});

describe('gvlkName', () => {
  it.each([
    ['J462D', 'Windows 10/11 Enterprise LTSC'],
    ['7CG2H', 'Windows 10/11 Enterprise N LTSC'],
    ['QJ4BJ', 'Windows 10 Enterprise LTSB 2016'],
    ['KHMXV', 'Windows Server 2022 Datacenter: Azure Edition'],
  ])('names the key ending in %s', (tail, name) => {
    const gvlk = GVLKS.find(({ key }) => tailOf(key) === tail);

    expect(gvlk && gvlkName(gvlk)).toBe(name);
  });
});
