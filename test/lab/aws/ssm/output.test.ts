import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullOutput, listedOutput } from './output.ts';

const TITLE = '\n----------ERROR-------\n';

describe('listedOutput', () => {
  it.each([
    ['nothing', '', '', ''],
    ['standard output alone', 'out', '', 'out'],
    ['errors alone', '', 'err', `${TITLE}err`],
    ['both', 'out', 'err', `out${TITLE}err`],
  ])('shows %s', (_, stdout, stderr, expected) => {
    expect(listedOutput({ stdout, stderr })).toBe(expected);
  });

  it('cuts long output at 2,500 bytes, marker included', () => {
    const cut = listedOutput({ stdout: 'x'.repeat(3000), stderr: '' });

    expect(cut).toHaveLength(2500);
    expect(cut.endsWith('x\n---Output truncated---')).toBe(true);
  });

  it('leaves output of exactly 2,500 bytes whole', () => {
    expect(listedOutput({ stdout: 'x'.repeat(2500), stderr: '' })).toBe('x'.repeat(2500));
  });

  it('keeps a short error whole and cuts the output before it', () => {
    const cut = listedOutput({ stdout: 'x'.repeat(3000), stderr: 'short' });

    expect(cut.endsWith(`\n---Output truncated---${TITLE}short`)).toBe(true);
    expect(cut).toHaveLength(2500);
  });

  it('shares the room between two long streams', () => {
    const cut = listedOutput({ stdout: 'o'.repeat(200), stderr: 'e'.repeat(200) }, 100);

    expect(cut).toBe(`${'o'.repeat(15)}\n---Output truncated---${TITLE}${'e'.repeat(15)}\n---Error truncated----`);
  });

  it('never exceeds its capacity by more than one broken character a stream', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '日', '😀'), maxLength: 400 });
    fc.assert(
      fc.property(text, text, (stdout, stderr) => {
        // A character cut in the middle becomes U+FFFD, which is at most two bytes longer than what was left of it.
        expect(Buffer.byteLength(listedOutput({ stdout, stderr }, 300))).toBeLessThanOrEqual(300 + 4);
      }),
    );
  });
});

describe('fullOutput', () => {
  it('cuts each stream at its own limit', () => {
    const { stdout, stderr } = fullOutput({ stdout: 'o'.repeat(30_000), stderr: 'e'.repeat(9000) });

    expect([stdout.length, stderr.length]).toEqual([24_000, 8000]);
    expect(stdout.endsWith('o--output truncated--')).toBe(true);
  });
});
