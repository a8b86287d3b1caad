import { describe, expect, it } from 'vitest';
import type { NodeResult } from '../../bot/domain/check-report.ts';
import { REPORT_COLUMNS, type ReportWords, reportCsv } from '../../bot/domain/report-csv.ts';

const words: ReportWords = {
  headers: Object.fromEntries(REPORT_COLUMNS.map((column) => [column, `[${column}]`])) as ReportWords['headers'],
  state: ({ state }) => state,
  cause: ({ kind, subject }) => `${kind} ${subject ?? ''}`.trim(),
  next: ({ kind }) => kind,
  actor: ({ kind }) => `owner of ${kind}`,
};

const lines = (result: Partial<NodeResult>) =>
  reportCsv(
    [
      {
        nodeId: 'i-1',
        siteId: 'tokyo',
        name: 'web-01',
        verdict: { state: 'unknown', missing: ['prod'] },
        next: { kind: 'check-again' },
        ...result,
      },
    ],
    words,
  ).split('\r\n');

describe('reportCsv', () => {
  it('begins with the headers it is given', () => {
    expect(lines({})[0]).toBe(REPORT_COLUMNS.map((column) => `[${column}]`).join(','));
  });

  it.each<[Partial<NodeResult>, string]>([
    [
      {
        os: 'Windows Server 2022 Standard',
        verdict: {
          state: 'activated',
          by: 'kms',
          channel: 'kms-client',
          expiresAtMs: 1_800_000_000_000,
          missedRenewals: 2,
        },
        cause: { key: 'k', kind: 'renewals-missed', subject: 'kms1' },
        next: { kind: 'diagnose', nodeId: 'i-1' },
      },
      'web-01,i-1,tokyo,Windows Server 2022 Standard,activated,kms-client,renewals-missed kms1,,2027-01-15T08:00:00Z,,2,diagnose,owner of renewals-missed',
    ],
    [
      { verdict: { state: 'notification', channel: 'kms-client', reason: '0xC004F074' } },
      'web-01,i-1,tokyo,,notification,kms-client,,0xC004F074,,,,check-again,',
    ],
    [{ name: '=cmd|calc' }, "'=cmd|calc,i-1,tokyo,,unknown,,,,,,,check-again,"],
    [
      { verdict: { state: 'in-grace', channel: 'kms-client', grace: 'initial', endsAtMs: 9e15, reason: '0x4004F00C' } },
      'web-01,i-1,tokyo,,in-grace,kms-client,,0x4004F00C,,,,check-again,',
    ],
    [
      {
        verdict: { state: 'not-asked', why: { kind: 'offline', lastSeenMs: 1_800_000_000_000 } },
        cause: { key: 'offline', kind: 'offline' },
        next: { kind: 'start-agent' },
      },
      'web-01,i-1,tokyo,,not-asked,,offline,,,2027-01-15T08:00:00Z,,start-agent,owner of offline',
    ],
  ])('writes a machine as one line', (result, line) => {
    expect(lines(result)).toEqual([expect.any(String), line, '']);
  });
});
