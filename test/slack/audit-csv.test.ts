import { describe, expect, it } from 'vitest';
import { auditCsv } from '../../bot/slack/audit-csv.ts';
import { chainOf, entry } from '../domain/audit/sample-audit.ts';

describe('the file of an audit', () => {
  it('is read as UTF-8 by spreadsheets, and runs nothing in them', () => {
    const nodes = [{ id: 'i-1', name: '\u202E=cmd|"/c calc"!A1' }];

    const csv = auditCsv(chainOf([entry({ asked: '\u200B=SUM(A1)', nodes })]));

    expect(csv.startsWith('\uFEFFseq,time,')).toBe(true);
    expect(csv).toContain(',\'=SUM(A1),"\'=cmd|""/c calc""!A1 (i-1)",');
  });

  it('shows no product key, though somebody wrote one for a reason', () => {
    const csv = auditCsv(chainOf([entry({ reason: 'use AAAAA-BBBBB-CCCCC-DDDDD-EEEEE\nnow' })]));

    expect(csv).toContain('use •••••-EEEEE now');
    expect(csv).not.toContain('AAAAA');
  });
});
