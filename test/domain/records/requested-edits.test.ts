/** What becomes of a set, in the notation of zone files: who asks for what, and what stands there before and after. */
import { describe, expect, it } from 'vitest';
import { BROKEN, K1, K2, K2_HEAVY, ODD, planFor, refusalOf, SPF } from './plan-words.ts';
import { lines, mark, OURS } from './zone-file.ts';

describe('add', () => {
  it.each<[what: string, command: string, before: readonly string[], after: readonly string[]]>([
    ['makes a first set, with a mark', 'add kms-01.corp.example', [], [`300 SRV ${K1} ; ours`]],
    ['makes it beside text of others', 'add kms-01.corp.example', [SPF], [`300 SRV ${K1} ; ours`, SPF]],
    [
      'joins values of others, which stay as they are',
      'add kms-02.corp.example 0 100',
      ['60 SRV 0 0 1688 KMS-01.corp.example', '60 SRV 0 0 0 .', '60 SRV 10.0.0.1', '900 TXT "x"'],
      [
        '60 SRV 0 0 1688 KMS-01.corp.example',
        '60 SRV 0 0 0 .',
        '60 SRV 10.0.0.1',
        `60 SRV ${K2_HEAVY} ; ours`,
        '900 TXT "x"',
      ],
    ],
    [
      'takes a host at another port for another value',
      'add kms-01.corp.example:1689',
      [`300 SRV ${K1}`],
      [`300 SRV ${K1}`, '300 SRV 0 0 1689 kms-01.corp.example. ; ours'],
    ],
    [
      'gives a host of ours other numbers, where it stands',
      'add kms-02.corp.example 5 50',
      [`300 SRV ${K2} ; ours`, `300 SRV ${K1}`],
      ['300 SRV 5 50 1688 kms-02.corp.example. ; ours', `300 SRV ${K1}`],
    ],
    [
      'keeps the number that is not given',
      'add kms-02.corp.example 5',
      [`300 SRV ${K2_HEAVY} ; ours`],
      ['300 SRV 5 100 1688 kms-02.corp.example. ; ours'],
    ],
    [
      'has nothing to do for what is ours already',
      'add kms-01.corp.example 0 0',
      [`300 SRV ${K1} ; ours`],
      [`300 SRV ${K1} ; ours`],
    ],
    [
      'has nothing to do for what is there of others',
      'add kms-01.corp.example 0 0',
      [`300 SRV ${K1}`],
      [`300 SRV ${K1}`],
    ],
    [
      'has nothing to do for what is there in other spelling',
      'add kms-02.corp.example',
      [`300 SRV ${ODD}`],
      [`300 SRV ${ODD}`],
    ],
    [
      'has nothing to do where no numbers are asked for',
      'add kms-02.corp.example',
      [`300 SRV ${K2_HEAVY}`],
      [`300 SRV ${K2_HEAVY}`],
    ],
    [
      'replaces a mark of ours whose value has gone',
      'add kms-02.corp.example',
      [`300 SRV ${K1}`, `300 TXT ${K2} ; ours`],
      [`300 SRV ${K1}`, `300 SRV ${K2} ; ours`],
    ],
  ])('%s', (_, command, before, after) => {
    expect(lines(planFor(command, before).after)).toEqual(after);
  });

  it('writes who and which change into the mark', () => {
    const plan = planFor('add kms-02.corp.example', [`300 SRV ${K1}`]);
    expect(plan.after.txt?.values).toEqual([mark(K2, OURS, 'cnow')]);
  });

  it('gives a mark the TTL of its record', () => {
    expect(planFor('add kms-02.corp.example', [`60 SRV ${K1}`]).after.txt?.ttlSeconds).toBe(60);
  });

  it.each([
    ['has a foreign host with other numbers', 'add kms-02.corp.example 5', [`300 SRV ${K2}`], 'foreign', K2],
    [
      'has another bot’s host with other numbers',
      'add kms-02.corp.example 5',
      [`300 SRV ${K2} ; other bot`],
      'other-bot',
      K2,
    ],
    [
      'has another bot’s mark for it without its value',
      'add kms-02.corp.example',
      [`300 SRV ${K1}`, `300 TXT ${K2} ; other bot`],
      'other-bot',
      K2,
    ],
  ])('is refused where the set %s', (_, command, before, ownership, text) => {
    expect(refusalOf(command, before)).toEqual({ kind: 'not-ours', text, ownership });
  });

  it('is refused where two values of ours name the host', () => {
    const before = [`300 SRV ${K2} ; ours`, `300 SRV ${K2_HEAVY} ; ours`];
    expect(refusalOf('add kms-02.corp.example 5', before)).toEqual({ kind: 'several-values', texts: [K2, K2_HEAVY] });
  });

  it.each([
    ['add KMS02', 'single-label'],
    ['add 10.0.0.1', 'address'],
    ['add .', 'root'],
    ['add *.corp.example', 'not-a-name'],
  ])('refuses the target of %j: %s', (command, why) => {
    expect(refusalOf(command, [])).toEqual({ kind: 'bad-target', host: command.slice(4), why });
  });

  it('is refused in a full set', () => {
    const full = Array.from({ length: 400 }, (_, index) => `300 SRV 0 0 1688 kms-${index}.x.`);
    expect(refusalOf('add kms-new.x', full)).toEqual({
      kind: 'set-full',
      domain: 'corp.example',
      limit: 400,
      of: 'set',
    });
    expect(planFor('add kms-new.x', full.slice(1)).after.srv?.values).toHaveLength(400);
  });

  it('is refused where one transaction would be too long', () => {
    const long = Array.from({ length: 200 }, (_, index) => `300 SRV 0 0 1688 ${'long.'.repeat(15)}kms-${index}.x.`);
    expect(refusalOf('add kms-new.x', long)).toMatchObject({ limit: 32_000, of: 'batch-characters' });
    const many = Array.from({ length: 399 }, (_, index) => [`300 SRV 0 0 1 a${index}.x.`, `300 TXT "${index}"`]);
    expect(refusalOf('add kms-new.x', many.flat())).toMatchObject({ limit: 1_000, of: 'batch-values' });
  });
});

describe('remove', () => {
  it.each<[what: string, command: string, before: readonly string[], after: readonly string[]]>([
    [
      'takes our value and our mark, nothing else',
      'remove kms-01.corp.example',
      [`300 SRV ${K1} ; ours`, `300 SRV ${K2}`, BROKEN, SPF],
      [`300 SRV ${K2}`, BROKEN, SPF],
    ],
    [
      'takes the TXT set away with the last mark',
      'remove kms-01.corp.example',
      [`300 SRV ${K1} ; ours`, `300 SRV ${K2}`],
      [`300 SRV ${K2}`],
    ],
    [
      'tells values of one host apart by numbers',
      'remove kms-02.corp.example:1688 0 100',
      [`300 SRV ${K2} ; ours`, `300 SRV ${K2_HEAVY} ; ours`],
      [`300 SRV ${K2} ; ours`],
    ],
    [
      'takes a value that was taken over in odd spelling',
      'remove kms-02.corp.example',
      [`300 SRV ${K1}`, `300 SRV ${ODD} ; ours`],
      [`300 SRV ${K1}`],
    ],
  ])('%s', (_, command, before, after) => {
    expect(lines(planFor(command, before).after)).toEqual(after);
  });

  it.each([
    ['nobody’s', [`300 SRV ${K1} ; ours`, `300 SRV ${K2}`], 'foreign'],
    ['another bot’s', [`300 SRV ${K1} ; ours`, `300 SRV ${K2} ; other bot`], 'other-bot'],
    ['claimed by another bot too', [`300 SRV ${K1} ; ours`, `300 SRV ${K2} ; ours, other bot`], 'other-bot'],
  ])('is refused where the value is %s', (_, before, ownership) => {
    expect(refusalOf('remove kms-02.corp.example', before)).toEqual({ kind: 'not-ours', text: K2, ownership });
  });

  it('is refused where the broken value of a host is meant', () => {
    const text = '0 0 0 kms-02.corp.example.';
    expect(refusalOf('remove kms-02.corp.example', [`300 SRV ${K1} ; ours`, `300 SRV ${text}`])).toEqual({
      kind: 'not-ours',
      text,
      ownership: 'foreign',
    });
  });

  it('is refused for the last value, also of a set that we made', () => {
    const created = planFor('add kms-01.corp.example', []);
    expect(refusalOf('remove kms-01.corp.example', created.after)).toEqual({
      kind: 'would-be-empty',
      domain: 'corp.example',
      text: K1,
    });
  });

  it('is refused where there is no such value, with what is there', () => {
    expect(refusalOf('remove kms-02.corp.example 5', [`300 SRV ${K1}`, `300 SRV ${K2}`])).toEqual({
      kind: 'no-such-value',
      domain: 'corp.example',
      target: 'kms-02.corp.example',
      texts: [K1, K2],
    });
    expect(refusalOf('remove kms-02.corp.example', [])).toMatchObject({ kind: 'no-such-value', texts: [] });
  });

  it.each([
    ['ours', [`300 SRV ${K2} ; ours`, `300 SRV ${K2_HEAVY} ; ours`], [K2, K2_HEAVY]],
    ['ours and foreign', [`300 SRV ${K2} ; ours`, `300 SRV ${K2_HEAVY}`], [K2, K2_HEAVY]],
    ['the same in two spellings', [`300 SRV ${K2} ; ours`, `300 SRV ${ODD}`], [K2, ODD]],
  ])('asks which of several values is meant: %s', (_, before, texts) => {
    expect(refusalOf('remove kms-02.corp.example', before)).toEqual({ kind: 'several-values', texts });
  });
});

describe('adopt', () => {
  it.each<[what: string, before: readonly string[], after: readonly string[]]>([
    [
      'marks a foreign value and leaves it as it is',
      [`300 SRV ${K1}`, `60 TXT "x"`, `300 SRV ${ODD}`],
      [`300 SRV ${K1}`, `300 SRV ${ODD} ; ours`, '60 TXT "x"'],
    ],
    [
      'replaces another bot’s mark',
      [`300 SRV ${K2} ; other bot`, `300 SRV ${K1} ; other bot`],
      [`300 SRV ${K2} ; ours`, `300 SRV ${K1} ; other bot`],
    ],
    ['ends a quarrel of two marks', [`300 SRV ${K2} ; ours, other bot`], [`300 SRV ${K2} ; ours`]],
    ['has nothing to do for what is ours', [`300 SRV ${K2} ; ours`], [`300 SRV ${K2} ; ours`]],
  ])('%s', (_, before, after) => {
    expect(lines(planFor('adopt kms-02.corp.example', before).after)).toEqual(after);
  });

  it('writes no SRV set', () => {
    const plan = planFor('adopt kms-02.corp.example', [`300 SRV ${K2}`]);
    expect(plan.after.srv).toEqual(plan.before.srv);
  });

  it('is refused for a value that cannot be read', () => {
    const text = '0 0 0 kms-02.corp.example.';
    expect(refusalOf('adopt kms-02.corp.example', [`300 SRV ${text}`])).toEqual({ kind: 'unreadable-value', text });
  });

  it('is refused where the value stands there in two spellings: none of them is meant', () => {
    expect(refusalOf('adopt kms-02.corp.example', [`300 SRV ${K2}`, `300 SRV ${ODD}`])).toEqual({
      kind: 'several-values',
      texts: [K2, ODD],
    });
  });
});
