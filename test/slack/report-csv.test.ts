import { describe, expect, it } from 'vitest';
import type { NodeResult } from '../../bot/domain/check-report.ts';
import { reportCsv } from '../../bot/slack/report-csv.ts';
import { NODE_ID, NOW_MS } from './support/content.ts';

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
      '\uFEFFComputer,Node id,Site,Windows,State,Key,Cause,Code,Ends (UTC),Last seen (UTC),Missed renewals,Next step,Who acts',
    );
    expect(row).toBe(
      `web-03,${NODE_ID},tokyo,Windows Server 2022 Datacenter,not activated,kms-client,` +
        'Wrong key for the edition: it belongs to Windows Server 2022 <Standard>,0xC004F074,,,,' +
        'Install the KMS client setup key of its edition (…6VM33): /kms key … gvlk.,the machine’s owner',
    );
  });

  it('gives the step of the row’s own cause, as the message does', () => {
    const silent = {
      ...RESULT,
      cause: { key: 'y', kind: 'target-no-answer', subject: 'kms1.corp.example' },
      next: { kind: 'diagnose', nodeId: NODE_ID },
    } as const;

    expect(reportCsv('en')([silent])).toMatch(
      /"Open TCP port 1688 from the machine to the host, and see that the host runs\.",the .*owner/,
    );
    expect(reportCsv('ja')([silent])).toMatch(/TCP 1688 番ポートを開き.*,.*の管理者/);
  });

  it('names the command for the row’s own machine where its cause has no step of its own', () => {
    const { cause: _, ...plain } = RESULT;
    const csv = reportCsv('en')([{ ...plain, next: { kind: 'diagnose', nodeId: NODE_ID } }]);

    expect(csv).toContain(`/kms check ${NODE_ID}`);
    expect(csv).not.toContain('Look at one of them');
  });

  it('says when a machine that is offline was seen last', () => {
    const offline = {
      ...RESULT,
      verdict: { state: 'not-asked', why: { kind: 'offline', lastSeenMs: NOW_MS } },
      cause: { key: 'offline', kind: 'offline' },
      next: { kind: 'start-agent' },
    } as const;

    expect(reportCsv('en')([offline])).toContain('The agent is offline,,,2026-11-22T10:00:00Z,,');
  });

  it('is in Japanese where the channel is', () => {
    expect(reportCsv('ja')([RESULT])).toContain('エディションに合わないキーです（Windows Server 2022 <Standard> 用）');
  });

  it('keeps keys and invisible characters out', () => {
    const csv = reportCsv('en')([{ ...RESULT, name: 'VK7JG-NPHTM-C97JM-9MPGT-3V66T\u202E' }]);

    expect(csv).not.toMatch(/NPHTM|\u202E/);
  });
});
