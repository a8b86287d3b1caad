import { describe, expect, it } from 'vitest';
import { CAUSES, DAY_MS, FRANKFURT, type finished, NODE_ID, NOW_MS, TOKYO, TOTALS } from '../support/content.ts';
import { group, report, shown } from '../support/shown.ts';

/** Latin words touching Japanese, and a space within Japanese other than between words in katakana. */
const SPACING_SLIPS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}][A-Za-z`]|[A-Za-z`][\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー] \p{sc=Hiragana}/u;

describe('a report', () => {
  it('is one line and the small print when all is well', () => {
    const totals = { ...TOTALS, machines: 412, activated: 412 };
    const content = report({ totals, nextRenewalMs: Date.parse('2026-12-03T00:00:00Z') });

    expect(shown(content)).toBe(
      '✓ All 412 machines are activated; the next renewal falls due 2026-12-03.\n' +
        'CSV in the thread · `slmgr /dlv` on each · checked 2026-11-22 10:00 UTC',
    );
    expect(shown(content, 'ja')).toContain('✓ 412 台すべてライセンス認証されています。次の更新は 2026-12-03 です。');
  });

  it('does not call machines well whose activation comes from a host that is not ours', () => {
    const content = report({
      totals: { ...TOTALS, machines: 412, activated: 412 },
      groups: [
        group({
          state: 'activated',
          cause: { key: 'a', kind: 'unknown-host', subject: '127.0.0.2', detail: 'loopback' },
          total: 3,
          next: { kind: 'diagnose', nodeId: NODE_ID },
        }),
      ],
    });

    expect(shown(content)).toMatch(
      /^⚠ 3 machines are activated, but ask hosts that are none of our KMS hosts\n• \*3\* {2}Asks itself \(127\.0\.0\.2\)/,
    );
    expect(shown(content, 'ja')).toMatch(
      /^⚠ 3 台は認証済みですが、自社の KMS ホストではない相手に問い合わせています。/,
    );
  });

  it('begins with the worst fact, then the causes, worst first, then the rest in numbers', () => {
    const content = report({
      totals: {
        ...TOTALS,
        machines: 412,
        activated: 388,
        activatedLate: 12,
        inGrace: 5,
        notActivated: 16,
        notAsked: 3,
      },
      nextExpiryMs: Date.parse('2026-12-14T00:00:00Z'),
      groups: [
        group({
          cause: { key: 'a', kind: 'assigned-host-dead', subject: 'kms-old.corp.example' },
          total: 9,
          examples: ['web-03', 'web-04', 'web-11', 'web-12', 'web-13', 'web-14'].map((name) => ({
            nodeId: NODE_ID,
            name,
          })),
          next: { kind: 'diagnose', nodeId: NODE_ID },
        }),
        group({
          cause: { key: 'b', kind: 'wrong-key', subject: 'Windows Server 2022 Standard' },
          total: 4,
          next: { kind: 'install-gvlk', gvlk: 'WX4NM-KYWYW-QJJR4-XV3QB-6VM33' },
        }),
        group({ cause: { key: 'c', kind: 'clock-skew' }, total: 2, next: { kind: 'sync-clock' } }),
        group({
          cause: { key: 'd', kind: 'offline' },
          state: 'not-asked',
          total: 3,
          next: { kind: 'start-agent' },
          lastSeenMs: NOW_MS - DAY_MS,
        }),
      ],
    });

    expect(shown(content)).toBe(
      [
        '⚠ 16 of 412 machines are not activated; 9 of them have one cause',
        '• *9*  Assigned by hand to kms-old.corp.example, which does not answer (the machine’s owner acts)',
        '      web-03, web-04, web-11, web-12, web-13 and 4 more · Correct the assigned host (`slmgr /skms`), or clear it (`slmgr /ckms`).',
        '[Diagnose]',
        '• *4*  Wrong key for the edition: it belongs to Windows Server 2022 Standard (the machine’s owner acts)',
        '      web-03 and 3 more · Install the KMS client setup key of its edition (…6VM33): `/kms key … gvlk`.',
        '• *2*  Clock more than 4 hours off (the machine’s owner acts)',
        '      web-03 and 1 more · Set the clock: `w32tm /resync`.',
        '• *3*  The agent is offline',
        '      web-03 and 2 more · last seen 2026-11-21 10:00 UTC · Start the SSM agent on it.',
        '388 activated (12 missed the last renewals, first expiry 2026-12-14) · 5 in grace · 16 not activated · 3 could not be asked',
        'CSV in the thread · `slmgr /dlv` on each · checked 2026-11-22 10:00 UTC',
        '[Check again]',
      ].join('\n'),
    );
  });

  it('counts and names the same in Japanese', () => {
    const content = report({
      totals: { ...TOTALS, machines: 412, activated: 396, notActivated: 16 },
      groups: [group({ cause: { key: 'a', kind: 'no-srv-record', subject: 'corp.example' }, total: 9 })],
    });

    expect(shown(content, 'ja')).toContain(
      '⚠ 412 台中 16 台がライセンス認証されていません。うち 9 台は同じ原因です。\n' +
        '• *9*  corp.example の DNS に KMS の SRV レコードがありません',
    );
  });

  it.each<[string, Parameters<typeof finished>[0], RegExp]>([
    [
      'is in grace',
      { totals: { ...TOTALS, machines: 9, inGrace: 2, activated: 7 } },
      /^⚠ 2 of 9 machines are not activated yet/,
    ],
    [
      'is unknown',
      { totals: { ...TOTALS, machines: 9, unknown: 1, activated: 8 } },
      /^⚠ The state of 1 of 9 machines is unknown/,
    ],
    [
      'misses its renewals',
      { totals: { ...TOTALS, machines: 9, activated: 9, activatedLate: 3 }, nextExpiryMs: NOW_MS },
      /^⚠ 3 machines have missed the last renewals; the first loses its activation 2026-11-22/,
    ],
    [
      'could not be asked',
      { totals: { ...TOTALS, machines: 9, activated: 8, notAsked: 1 } },
      /^⚠ 8 machines are activated; 1 could not/,
    ],
    [
      'was not asked at all',
      { totals: { ...TOTALS, machines: 9, notAsked: 9 } },
      /^⚠ None of the 9 machines could be asked/,
    ],
    [
      'is activated otherwise',
      { totals: { ...TOTALS, machines: 9, activated: 7, notKmsClient: 2 } },
      /^✓ All 7 KMS clients/,
    ],
    [
      'uses no KMS',
      { totals: { ...TOTALS, machines: 2, notKmsClient: 2 } },
      /^✓ All 2 machines are activated, but not by KMS/,
    ],
    ['does not exist', {}, /^⚠ No machine fits/],
  ])('begins with what is worst when something %s', (_, parts, expected) => {
    expect(shown(report(parts))).toMatch(expected);
  });

  it('says what it could not see even when the rest is well', () => {
    const text = shown(
      report({
        totals: { ...TOTALS, machines: 9, activated: 9 },
        sites: [TOKYO, FRANKFURT],
        timedOut: true,
        troubles: [{ siteId: 'frankfurt', kind: 'missing-right', what: 'ssm:SendCommand' }],
        unmatched: [{ word: 'wbe-03', nearest: ['web-03'] }],
      }),
    );

    expect(text).toContain('stopped at its time limit');
    expect(text).toContain('frankfurt could not be asked: the right `ssm:SendCommand` is missing there');
    expect(text).toContain('No machine matches `wbe-03`. Did you mean web-03?');
    expect(text).toContain('sites tokyo, frankfurt');
  });

  it('never begins with all being well while a site could not be checked', () => {
    const text = shown(
      report({
        totals: { ...TOTALS, machines: 1, activated: 1 },
        troubles: [{ siteId: 'tokyo', kind: 'missing-right', what: 'ec2:DescribeInstances' }],
      }),
    );

    expect(text).toMatch(/^⚠ tokyo could not be checked/);
    expect(text).toContain('`ec2:DescribeInstances`');
  });

  it('names the causes it leaves out by their number', () => {
    const groups = Array.from({ length: 9 }, (_, index) =>
      group({
        cause: { key: `${index}`, kind: 'no-key' },
        total: 2,
        state: index === 8 ? 'not-asked' : 'notification',
      }),
    );

    expect(shown(report({ totals: { ...TOTALS, machines: 18, notActivated: 18 }, groups }))).toContain(
      '2 more causes with 4 machines (2 of them not activated): in the CSV',
    );
  });

  it('names the sites there are when one is asked for that does not exist', () => {
    const content = {
      kind: 'no-such-node',
      asked: 'check site:paris',
      unmatched: [{ word: 'site:paris', nearest: ['site:tokyo', 'site:frankfurt'] }],
    } as const;

    expect(shown(content)).toMatch(/^⚠ There is no site paris; known: tokyo, frankfurt\./);
    expect(shown(content, 'ja')).toMatch(/^⚠ paris というサイトはありません。指定できるサイト: tokyo, frankfurt/);
  });

  it('tells the activated from those activated by other means', () => {
    const totals = { ...TOTALS, machines: 4, activated: 1, notKmsClient: 2, notAsked: 1 };

    expect(shown(report({ totals }))).toMatch(
      /^⚠ 1 KMS client is activated, and 2 machines by other means; 1 could not be asked/,
    );
    expect(shown(report({ totals }), 'ja')).toMatch(/^⚠ KMS クライアント 1 台は.*ほかの 2 台は KMS 以外で/);
  });

  it('counts one machine as one', () => {
    const groups = [group({ state: 'not-a-kms-client', cause: { key: 'o', kind: 'other-channel', subject: 'mak' } })];

    expect(shown(report({ totals: { ...TOTALS, machines: 1, notKmsClient: 1 }, groups }))).toMatch(
      /^⚠ 1 machine is not a KMS client, and not activated/,
    );
  });

  it.each([
    ...CAUSES,
    ...['mak', 'retail', 'kms-host', 'none'].map((subject) => ({
      key: subject,
      kind: 'other-channel' as const,
      subject,
    })),
  ])('keeps half a space between Latin words and Japanese in $key', (cause) => {
    const groups = [group({ cause, next: { kind: 'diagnose', nodeId: NODE_ID } })];
    const text = shown(report({ totals: { ...TOTALS, machines: 9, notActivated: 9 }, groups }), 'ja');

    expect(text).not.toMatch(SPACING_SLIPS);
  });

  it('names the tag of the fleet where it is missing', () => {
    const groups = [group({ cause: { key: 'u', kind: 'untagged' }, state: 'not-asked', next: { kind: 'tag' } })];
    const content = report({ totals: { ...TOTALS, machines: 1, notAsked: 1 }, groups });

    expect(shown(content)).toContain('Give it the fleet’s tag (`KmsManaged=true` by default).');
    expect(shown(content, 'ja')).toContain('`KmsManaged=true`');
  });

  it('lets the only machine of a cause be shown', () => {
    const groups = [
      group({ cause: { key: 'k', kind: 'no-key' } }),
      group({ cause: { key: 'w', kind: 'no-key' }, total: 2 }),
    ];

    expect(
      shown(report({ totals: { ...TOTALS, machines: 3, notActivated: 3 }, groups })).match(/Show machine/g),
    ).toHaveLength(1);
  });

  it('never has more than three buttons', () => {
    const groups = Array.from({ length: 9 }, () => group({ next: { kind: 'diagnose', nodeId: NODE_ID } }));
    const text = shown(report({ totals: { ...TOTALS, machines: 9, notActivated: 9 }, groups }));

    expect(text.match(/^\[/gm)).toHaveLength(3);
  });

  it('carries no button for a command that is too long for one', () => {
    const content = report({ totals: { ...TOTALS, machines: 9, notActivated: 9 } }, `check ${'x'.repeat(2_000)}`);

    expect(shown(content)).not.toContain('[Check again]');
  });
});
