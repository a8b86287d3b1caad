import { describe, expect, it } from 'vitest';
import { needsFile } from '../../bot/domain/records/records-csv.ts';
import { recordsCsv } from '../../bot/slack/records-csv.ts';
import { KMS1, OLD, record, recordsReport, suffix, valueOfRecord } from './support/record-reports.ts';

const rowsOf = (...given: Parameters<typeof recordsReport>): readonly Readonly<Record<string, string>>[] => {
  const [header = '', ...rows] = recordsCsv(recordsReport(...given))
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n');
  return rows.map((row) => Object.fromEntries(header.split(',').map((name, at) => [name, row.split(',')[at] ?? ''])));
};

describe('records as a file', () => {
  it('have a line a value, with whose it is, what is known of its host, and what is wrong', () => {
    const values = [
      valueOfRecord(KMS1),
      valueOfRecord(OLD, [{ kind: 'target-without-address', by: 'x' }], { addresses: [] }),
    ];

    expect(rowsOf([record('corp.example', { values, concerns: [{ kind: 'no-living-host' }] })])).toMatchObject([
      {
        domain: 'corp.example',
        value: KMS1,
        target: 'kms-01.corp.example',
        port: '1688',
        ownership: 'foreign',
        alive: 'yes',
        count: '26',
      },
      {
        value: OLD,
        alive: '',
        addresses: 'none',
        valueConcerns: 'target-without-address',
        recordConcerns: 'no-living-host',
        machines: '31',
        found: '31',
      },
    ]);
  });

  it('have a line for a domain without a record, and for one without a zone', () => {
    expect(rowsOf([record('lab.example', { values: [] })], { suffixes: [suffix('ad.example', 7)] })).toMatchObject([
      { domain: 'lab.example', value: '', visibility: 'private' },
      { domain: 'ad.example', recordConcerns: 'no-zone', machines: '7', stranded: '7', askingVpcs: 'vpc-1' },
    ]);
  });

  it('leave empty who asks while nobody has looked', () => {
    const { networks: _, ...unasked } = record('corp.example');

    expect(rowsOf([unasked])).toMatchObject([{ machines: '', found: '' }]);
  });

  it('let no value of a record run as a formula', () => {
    expect(rowsOf([record('corp.example', { values: [valueOfRecord('=cmd|x')] })])[0]?.value).toBe("'=cmd|x");
  });

  it('are attached where the message has no room for every value and domain', () => {
    const few = Array.from({ length: 12 }, () => record('corp.example'));

    expect(needsFile(recordsReport(few))).toBe(false);
    expect(needsFile(recordsReport(few, { suffixes: [suffix('x.example', 0)] }))).toBe(true);
  });
});
