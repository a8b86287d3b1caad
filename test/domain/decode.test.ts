import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  either,
  flag,
  listOf,
  mapped,
  objectOf,
  optional,
  orNull,
  text,
  tupleOf,
  wholeNumber,
} from '../../bot/domain/decode.ts';

const port = wholeNumber(0, 65_535);
const host = objectOf({ name: text, port, alias: optional(text), note: orNull(text) });

describe('a reader of an object', () => {
  it('answers with the keys it names and leaves out the others', () => {
    expect(host({ name: 'kms1', port: 1688, note: null, extra: 1 }, '')).toEqual({
      ok: true,
      value: { name: 'kms1', port: 1688, alias: undefined, note: undefined },
    });
  });

  it.each([
    [undefined, '', 'is not an object'],
    [[], '', 'is not an object'],
    [{ port: 1, note: null }, 'name', 'is not a text'],
    [{ name: 'a', port: 1.5, note: null }, 'port', 'is not a whole number'],
    [{ name: 'a', port: 70_000, note: null }, 'port', 'is not within 0 and 65535'],
    [{ name: 'a', port: 1 }, 'note', 'is not a text'],
    [{ name: 'x'.repeat(2000), port: 1, note: null }, 'name', 'is longer than 1024 characters'],
  ])('refuses %j at %j', (json, at, why) => {
    expect(host(json, '')).toEqual({ ok: false, at, why });
  });

  it('does not take what an object only inherits for its own', () => {
    expect(objectOf({ toString: text })({}, '')).toMatchObject({ ok: false, at: 'toString' });
  });
});

describe('paths', () => {
  it('lead to the place that is wrong', () => {
    const nested = objectOf({ list: listOf(objectOf({ pair: tupleOf<[string, number]>(text, port) })) });

    expect(nested({ list: [{ pair: ['a', 1] }, { pair: ['b', 'c'] }] }, 'rec')).toEqual({
      ok: false,
      at: 'rec.list[1].pair[1]',
      why: 'is not a whole number',
    });
  });
});

describe('small readers', () => {
  it.each([
    [flag, 1, true],
    [flag, 0, false],
    [either(text, port), 7, 7],
    [either(text, port), 'a', 'a'],
    [mapped(port, (value) => value * 2), 4, 8],
    [tupleOf<[string]>(text), ['a', 'more'], ['a']],
    [listOf(port), [], []],
  ])('accept', (decoder, json, value) => {
    expect(decoder(json, '')).toEqual({ ok: true, value });
  });

  it.each([
    [flag, true],
    [flag, 2],
    [text, 1],
    [text, null],
    [port, '1'],
    [port, Number.NaN],
    [listOf(port), { length: 0 }],
    [tupleOf<[string, string]>(text, text), ['a']],
  ])('refuse', (decoder, json) => {
    expect(decoder(json, '')).toMatchObject({ ok: false });
  });

  it('give back what they accept', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 50 }), fc.nat(65_535))), (pairs) => {
        expect(listOf(tupleOf<[string, number]>(text, port))(pairs, '')).toEqual({ ok: true, value: pairs });
      }),
    );
  });
});
