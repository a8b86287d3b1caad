import { describe, expect, it } from 'vitest';
import { spreadOf } from '../../../bot/domain/records/spread.ts';
import { parseSrv } from '../../../bot/domain/records/srv-record.ts';

describe('spreadOf', () => {
  it.each([
    ['no value', [], undefined],
    ['one value', ['0 0 1688 a.x.'], { kind: 'one' }],
    ['one host at two ports', ['0 0 1688 a.x.', '0 0 1689 a.x.'], { kind: 'one' }],
    ['one host at two priorities', ['0 0 1688 a.x.', '5 0 1688 a.x.'], { kind: 'one' }],
    ['two hosts of one priority', ['0 0 1688 a.x.', '0 100 1688 b.x.'], { kind: 'shared', hosts: 2 }],
    ['one host before another', ['10 0 1688 a.x.', '0 0 1688 b.x.'], { kind: 'standby', first: 'b.x' }],
    ['two hosts before a third', ['10 0 1688 a.x.', '0 0 1688 b.x.', '0 0 1688 c.x.'], { kind: 'shared', hosts: 2 }],
  ])('of %s', (_, texts, expected) => {
    expect(spreadOf(texts.flatMap((text) => parseSrv(text) ?? []))).toEqual(expected);
  });
});
