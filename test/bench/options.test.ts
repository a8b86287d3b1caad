import { describe, expect, it } from 'vitest';
import { PARTS, readBenchOptions } from './options.ts';

describe('the options of the benchmarks', () => {
  it.each([
    [[], { json: false, parts: PARTS }],
    [['--json'], { json: true, parts: PARTS }],
    [['--only', 'coldAck'], { json: false, parts: ['coldAck'] }],
    [['--only', 'ssmCalls,fleet10000', '--json'], { json: true, parts: ['ssmCalls', 'fleet10000'] }],
  ])('are read from %j', (args, options) => {
    expect(readBenchOptions(args)).toEqual(options);
  });

  it('refuse a part that does not exist and name those that do', () => {
    expect(() => readBenchOptions(['--only', 'warmAck'])).toThrow(
      '--only: there is no "warmAck"; there are coldAck, ssmCalls, fleet10000',
    );
  });
});
