import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsv } from '../../bot/domain/csv.ts';

/** A reader of RFC 4180, kept apart from the writer. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe('formatCsv', () => {
  it('ends every line with CR LF, the last included', () => {
    expect(formatCsv(['a', 'b'], [['1', '2']])).toBe('a,b\r\n1,2\r\n');
  });

  it.each([
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['＝1+1', "'＝1+1"],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
    ['web-01', 'web-01'],
    ['', ''],
  ])('writes %j as %s', (value, expected) => {
    expect(formatCsv([], [[value]])).toBe(`\r\n${expected}\r\n`);
  });

  it('gives back what was written, but for the apostrophe before formulas', () => {
    const cell = fc.string().filter((text) => !/^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text));
    const row = fc.array(cell, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(row, fc.array(row), (headers, rows) => {
        expect(parseCsv(formatCsv(headers, rows))).toEqual([headers, ...rows]);
      }),
    );
  });

  it('never lets a cell begin like a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (values) => {
        const [row = []] = parseCsv(formatCsv(values, []));
        expect(row.filter((value) => /^[=+\-@\t\r\n]/.test(value))).toEqual([]);
      }),
    );
  });
});
