import { describe, expect, it } from 'vitest';
import type { NodeResult } from '../../bot/domain/check-report.ts';
import { reportCsv } from '../../bot/slack/report-csv.ts';
import { NODE_ID } from './support/content.ts';

const RESULT: NodeResult = {
  nodeId: NODE_ID,
  siteId: 'tokyo',
  name: 'web-03',
  verdict: { state: 'notification', channel: 'kms-client', reason: '0xC004F074' },
  cause: { key: 'x', kind: 'wrong-key', subject: 'Windows Server 2022 <Standard>' },
  next: { kind: 'install-gvlk', gvlk: 'WX4NM-KYWYW-QJJR4-XV3QB-6VM33' },
  os: 'Windows Server 2022 Datacenter',
};

describe('reportCsv', () => {
  it('has the words of the report, without its markup', () => {
    const [header, row] = reportCsv('en')([RESULT]).split('\r\n');

    expect(header).toBe(
      '\uFEFFComputer,Node id,Site,Windows,State,Key,Cause,Code,Ends (UTC),Missed renewals,Next step',
    );
    expect(row).toBe(
      `web-03,${NODE_ID},tokyo,Windows Server 2022 Datacenter,not activated,kms-client,` +
        'Wrong key for the edition: it belongs to Windows Server 2022 <Standard>,0xC004F074,,,' +
        'Install the KMS client setup key of its edition (…6VM33): slmgr /ipk.',
    );
  });

  it('is in Japanese where the channel is', () => {
    expect(reportCsv('ja')([RESULT])).toContain('エディションに合わないキーです（Windows Server 2022 <Standard> 用）');
  });

  it('keeps keys and invisible characters out', () => {
    const csv = reportCsv('en')([{ ...RESULT, name: 'VK7JG-NPHTM-C97JM-9MPGT-3V66T\u202E' }]);

    expect(csv).not.toMatch(/NPHTM|\u202E/);
  });
});
