import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectParameters } from '../../bot/aws/document-parameters.ts';
import { PIECE_BYTES, pack, unpackPieces } from '../../bot/aws/pack.ts';
import { UNPACKED_LIMIT_BYTES, unpack } from '../../bot/aws/unpack.ts';

describe('pack', () => {
  it('is undone by unpackPieces', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(unpackPieces(pack(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('cuts what does not fit one item', () => {
    let seed = 1;
    const noise = Array.from({ length: 80_000 }, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed;
    });

    const pieces = pack(noise);

    expect(pieces.length).toBeGreaterThan(1);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(PIECE_BYTES);
    expect(unpackPieces(pieces)).toEqual(noise);
  });
});

describe('unpack', () => {
  it('gives the text', () => {
    expect(unpack(gzipSync('{"v":1}').toString('base64'))).toBe('{"v":1}');
  });

  it.each([
    ['', 'nothing'],
    ['!!!!', 'not base64'],
    [Buffer.from('plain').toString('base64'), 'not gzip'],
  ])('gives nothing for %j (%s)', (text) => {
    expect(unpack(text)).toBeUndefined();
  });

  it('refuses what would fill the memory', () => {
    expect(unpack(gzipSync('x'.repeat(UNPACKED_LIMIT_BYTES + 1)).toString('base64'))).toBeUndefined();
  });
});

const optionsIn = (parameters: Record<string, string[]>): unknown =>
  JSON.parse(Buffer.from(parameters.Options?.[0] ?? '', 'base64').toString());

describe('inspectParameters', () => {
  it('says who binds, how the start is spread, and which hosts are known', () => {
    const parameters = inspectParameters({ bindFrom: 'all', jitterSeconds: 3 }, ['kms.example.com']);

    expect(optionsIn(parameters)).toEqual({ bind: 'all', jitter: 3, known: ['kms.example.com'] });
  });

  it('fits fifty machines', () => {
    const bindFrom = Array.from({ length: 50 }, (_, n) => `i-${n.toString(16).padStart(17, '0')}`);

    expect(optionsIn(inspectParameters({ bindFrom, jitterSeconds: 60 }, []))).toMatchObject({ bind: bindFrom });
  });

  it('lets fewer machines bind when the known hosts take the room', () => {
    const bindFrom = Array.from({ length: 50 }, (_, n) => `i-${n.toString(16).padStart(17, '0')}`);
    const known = Array.from({ length: 30 }, (_, n) => `kms-${n}.${'x'.repeat(40)}.example`);

    const parameters = inspectParameters({ bindFrom, jitterSeconds: 60 }, known);

    expect(parameters.Options?.[0]?.length).toBeLessThanOrEqual(3000);
    expect(optionsIn(parameters)).toMatchObject({ known });
  });

  it('refuses known hosts that leave no room at all', () => {
    const known = Array.from({ length: 60 }, () => 'x'.repeat(60));

    expect(() => inspectParameters({ bindFrom: [], jitterSeconds: 0 }, known)).toThrow(/known hosts/);
  });
});
