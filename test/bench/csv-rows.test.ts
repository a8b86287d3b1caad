import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsv } from '../../bot/domain/csv.ts';
import { csvRows } from './csv-rows.ts';

describe('rows of comma-separated values', () => {
  it.each<[string, string, readonly (readonly string[])[]]>([
    [
      'plain cells',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['empty cells', ',b,\r\n', [['', 'b', '']]],
    ['commas, quotes and line ends in quotes', '"a,b","say ""hi""","x\r\ny"\r\n', [['a,b', 'say "hi"', 'x\r\ny']]],
    ['a byte order mark', '\uFEFFa\r\n', [['a']]],
    ['nothing', '', []],
  ])('are read from %s', (_, text, rows) => {
    expect(csvRows(text)).toEqual(rows);
  });

  it('refuse what is none', () => {
    expect(() => csvRows('a"b\r\n')).toThrow('Not comma-separated values');
  });

  it('come back as they were written', () => {
    const cell = fc.string().filter((text) => !/^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20\uFEFF]/.test(text));
    const row = fc.array(cell, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(row, fc.array(row, { maxLength: 5 }), (header, rows) => {
        expect(csvRows(formatCsv(header, rows))).toEqual([header, ...rows]);
      }),
    );
  });
});
