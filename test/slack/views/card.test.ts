import { describe, expect, it } from 'vitest';
import type { NodeCard } from '../../../bot/domain/card.ts';
import type { Content } from '../../../bot/ports.ts';
import { DAY_MS, NODE_ID, NOW_MS, recordOf } from '../support/content.ts';
import { shown } from '../support/shown.ts';

describe('a card', () => {
  const card = (parts: Partial<NodeCard> = {}): Content => ({
    kind: 'node-card',
    asked: 'check fileserver-07',
    card: {
      result: {
        nodeId: NODE_ID,
        siteId: 'tokyo',
        name: 'fileserver-07',
        verdict: {
          state: 'in-grace',
          channel: 'kms-client',
          grace: 'initial',
          endsAtMs: NOW_MS + 6 * DAY_MS + 4 * 3_600_000,
          reason: '0x4004F00C',
        },
        cause: { key: 'x', kind: 'target-no-answer', subject: 'kms1.corp.example' },
        next: { kind: 'diagnose', nodeId: NODE_ID },
        os: 'Windows Server 2022 Standard',
      },
      node: {
        id: NODE_ID,
        siteId: 'tokyo',
        name: 'fileserver-07',
        platform: 'windows',
        presence: { kind: 'online' },
        inFleet: true,
        tags: {},
        usageOperation: 'RunInstances:0800',
        agentVersion: '3.3.40.0',
      },
      record: recordOf(),
      checkedAtMs: NOW_MS,
      ...parts,
    },
  });

  it('shows everything of the licence and the network that matters', () => {
    expect(shown(card())).toBe(
      [
        '⚠ fileserver-07 is not activated yet; its grace period ends 2026-11-28 14:00 UTC. The KMS host kms1.corp.example does not answer (the network’s owner acts).',
        'Next: Open TCP port 1688 from the machine to the host, and see that the host runs.',
        '*State*  in grace · 6 d 4 h left · Windows Server 2022 Standard',
        '*Key*  …VMK7H (KMS client key)',
        '*KMS host*  none known yet, looks in DNS',
        '*Last attempt*  2026-11-22 09:00 UTC at kms1.corp.example:1688: the KMS host or DNS did not answer in time (0x800705B4)',
        '*DNS says*  corp.example: kms1.corp.example (0/100) · aws.corp.example: no such name',
        '*Reached*  kms1.corp.example: 10.20.0.40, no answer',
        '*Network*  10.20.4.17 · DNS 10.20.0.2 (answers) · suffixes corp.example, aws.corp.example',
        '*Service*  1,001 rearms left · CMID 3f2504e0-4f89-11d3-9a0c-0305e82c3301',
        `*Machine*  ${NODE_ID} · site tokyo · domain member · own licence (BYOL) · VPC vpc-0123456789abcdef0 · image ami-0123456789abcdef0 · agent 3.3.40.0`,
        '`slmgr /dlv` · `ipconfig /all` · checked 2026-11-22 10:00 UTC',
        '[Diagnose]',
        '[Activate now]',
        '[Check again]',
      ].join('\n'),
    );
  });

  it('names the reason and who acts in Japanese', () => {
    expect(shown(card(), 'ja')).toMatch(
      /^⚠ fileserver-07 はまだライセンス認証されていません。猶予期間は .* までです。KMS ホスト kms1\.corp\.example が応答しません（対応: .*の管理者）。/,
    );
  });

  it('of a KMS host does not ask where it looks for one', () => {
    const base = card();
    if (base.kind !== 'node-card') throw new Error('not a card');
    const { cause: _, ...result } = base.card.result;
    const verdict = { state: 'not-a-kms-client', channel: 'kms-host', licensed: true } as const;
    const text = shown(card({ result: { ...result, verdict, next: { kind: 'none' } } }));

    expect(text).toMatch(/^✓ fileserver-07 is activated as a KMS host\n/);
    expect(text).not.toMatch(/\*KMS host\*|\*Last attempt\*/);
  });

  const activated = (missedRenewals: number): NodeCard['result']['verdict'] => ({
    state: 'activated',
    by: 'kms',
    channel: 'kms-client',
    expiresAtMs: NOW_MS + 40 * DAY_MS,
    missedRenewals,
  });
  const PRODUCT = {
    id: '9bd77860-9b31-4b7b-96ad-2564017315bf',
    app: 'w',
    fam: 'ServerStandard',
    ch: 'VOLUME_KMSCLIENT',
    key: 'VMK7H',
    st: 1,
    why: '4004F040',
    min: 250_000,
    vt: 2,
    ve: 0,
  };

  it.each([
    [
      { kind: 'renewals-missed', detail: 'target-refused', subject: 'kms1' },
      'kms1 refuses the connection: its KMS service does not run there (the KMS host’s owner acts).',
    ],
    [{ kind: 'renewals-missed', subject: 'kms1' }, 'It renews with kms1.'],
  ] as const)('says once that renewals were missed, and why', (parts, why) => {
    const base = card();
    if (base.kind !== 'node-card') throw new Error('not a card');
    const result = { ...base.card.result, verdict: activated(3), cause: { key: 'x', ...parts } };

    expect(shown(card({ result })).split('\n')[0]).toBe(
      `⚠ fileserver-07 is activated, but has missed 3 renewals; without one it ends 2027-01-01. ${why}`,
    );
  });

  it.each([
    [
      'its only host refuses',
      { tgt: [{ n: 'kms1.corp.example', p: 1688, by: 's', ip: ['10.20.0.40'], tcp: 'refused' }] },
      'kms1.corp.example refuses the connection: its KMS service does not run there (the KMS host’s owner acts).',
    ],
    [
      'its clock is hours off',
      { clk: [18_720, '169.254.169.123'], tgt: [] },
      'Clock more than 4 hours off (the machine’s owner acts).',
    ],
  ])('of an activated machine warns when %s', (_, parts, why) => {
    const base = card();
    if (base.kind !== 'node-card') throw new Error('not a card');
    const { cause: _cause, ...rest } = base.card.result;
    const result = { ...rest, verdict: activated(0), next: { kind: 'none' } as const };
    const text = shown(card({ result, record: recordOf({ prod: [PRODUCT], ...parts }) }));

    expect(text.split('\n')[0]).toBe(
      `⚠ fileserver-07 is activated until 2027-01-01. The next renewal will fail. ${why}`,
    );
    expect(text).toMatch(/\nNext: ./);
    expect(text).toContain('[Diagnose]');
  });

  it('tells Amazon’s servers from other hosts', () => {
    const base = card();
    if (base.kind !== 'node-card') throw new Error('not a card');
    const cause = { key: 'x', kind: 'assigned-host-dead', subject: '169.254.169.250' } as const;
    const text = shown(card({ result: { ...base.card.result, cause } }));

    expect(text).toContain('Amazon’s activation server 169.254.169.250 does not answer');
    expect(text).toContain('Next: Restore the machine’s routes');
  });

  it('says what could not be looked at, and why', () => {
    const record = recordOf({ evt: null, srv: null, err: { evt: 'timeout', srv: '80070005' }, cut: { tgt: 3 } });

    expect(shown(card({ record }))).toContain(
      '*Could not look at*  SRV records (access was denied (0x80070005)) · event log (took too long) · 3 more KMS hosts left out for size',
    );
  });

  it('puts the inspection’s own words into plain ones, and expects no instance metadata outside EC2', () => {
    const base = card();
    if (base.kind !== 'node-card') throw new Error('not a card');
    const record = recordOf({
      net: null,
      dns: null,
      aws: null,
      err: { net: '80041010', dns: 'no-net', aws: 'timeout' },
    });

    expect(shown(card({ record }))).toContain('instance metadata (took too long)');
    expect(shown(card({ record }))).toContain('DNS servers (the network settings could not be read)');
    expect(shown(card({ record }), 'ja')).toContain('ネットワーク設定を読み取れませんでした');
    const hybrid = { ...base.card.result, nodeId: 'mi-0a1b2c3d4e5f60718' };
    expect(shown(card({ record, result: hybrid }))).not.toContain('instance metadata');
  });

  it('counts a single rearm as one', () => {
    const svc = { ver: '10.0.20348.1', cmid: '3f2504e0-4f89-11d3-9a0c-0305e82c3301', host: 0, cache: 1, rearm: 1 };

    expect(shown(card({ record: recordOf({ svc }) }))).toContain('1 rearm left');
  });

  it('shows what was last known of a machine that could not be asked', () => {
    const base = card();
    if (base.kind !== 'node-card') throw new Error('not a card');
    const { record: _, ...without } = base.card;
    const result = {
      ...base.card.result,
      verdict: { state: 'not-asked', why: { kind: 'offline', lastSeenMs: NOW_MS - DAY_MS } },
      cause: { key: 'offline', kind: 'offline' },
      next: { kind: 'start-agent' },
    } as const;
    const lastKnown = {
      result: {
        ...base.card.result,
        verdict: { state: 'activated', by: 'kms', channel: 'kms-client', missedRenewals: 0 },
      },
      atMs: NOW_MS - 2 * DAY_MS,
    } as const;
    const text = shown({ kind: 'node-card', asked: 'check x', card: { ...without, result, lastKnown } });

    expect(text).toMatch(
      /^⚠ fileserver-07 could not be asked. The agent is offline, last seen 2026-11-21 10:00 UTC\.\nNext: /,
    );
    expect(text).not.toContain('slmgr');
    expect(text).toContain('*Last known*  activated, 2026-11-20 10:00 UTC');
  });
});
