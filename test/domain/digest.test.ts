import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../bot/domain/digest.ts';

describe('canonicalJson', () => {
  it('is the same whatever order the keys came in, and leaves out what is undefined', () => {
    const nodes = [{ name: 'WEB-1', id: 'i-1' }];

    expect(canonicalJson({ b: 1, a: nodes, c: undefined })).toBe('{"a":[{"id":"i-1","name":"WEB-1"}],"b":1}');
  });

  it('reads back as what it was made of', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
