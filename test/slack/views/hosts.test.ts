import { describe, expect, it } from 'vitest';
import type { HostStory } from '../../../bot/domain/hosts/host-story.ts';
import { LANGUAGES } from '../../../bot/slack/messages/language.ts';
import { render } from '../../../bot/slack/views/render.ts';
import { validateBlocks } from '../../lab/slack/block-kit.ts';
import { DAY_MS, FRANKFURT, NOW_MS, TOKYO } from '../support/content.ts';
import { EVERY_CONCERN, host, hostsContent } from '../support/hosts.ts';
import { shown } from '../support/shown.ts';
import { BARE_CODE, JARGON, SLIPS, SPACING_SLIPS } from '../support/spacing.ts';

const lines = (...given: Parameters<typeof hostsContent>): readonly string[] =>
  shown(hostsContent(...given)).split('\n');

/** A host without an agent, known by what its clients saw. */
const onPremises: HostStory = {
  name: 'kms-hq',
  seen: 'by-clients',
  seenAtMs: NOW_MS,
  saturated: false,
  thresholds: [],
  port: 1688,
  clients: { reached: 12, failed: 2 },
  concerns: [],
};

describe('a look at the KMS hosts', () => {
  it('says that they are well, and of each count, thresholds and how it lets itself be found', () => {
    const kms2 = host('kms2', {
      count: 27,
      saturated: false,
      thresholds: [{ of: 'client-windows', needed: 25, met: true, missedFromMs: Date.parse('2026-12-09T00:00:00Z') }],
    });

    expect(lines([host('kms1'), kms2])).toEqual([
      '✓ Both KMS hosts are well: kms1 and kms2',
      '*kms1*  count 50, the most it keeps; 61 machines in 30 days · client Windows ≥ 25 ✓ · servers ≥ 5 ✓',
      '118 requests since 2026-11-21 10:00 UTC · answers on port 1688 · firewall open · published itself in DNS 2026-11-21 · key Windows Server 2022',
      '*kms2*  count 27; 61 machines in 30 days · client Windows ≥ 25 ✓ until 2026-12-09 if nothing changes',
      '118 requests since 2026-11-21 10:00 UTC · answers on port 1688 · firewall open · published itself in DNS 2026-11-21 · key Windows Server 2022',
      '`slmgr /dlv` on each · looked at 2026-11-22 10:00 UTC',
      '[Look again]',
    ]);
    expect(shown(hostsContent([host('kms1'), kms2]), 'ja')).toMatch(/^✓ KMS ホストは 2 台とも正常です（kms1、kms2）\n/);
  });

  it('begins with the worst host and who acts, and gives each concern one next step', () => {
    const bad = host('kms1', {
      firewall: 'closed',
      concerns: [{ kind: 'firewall-closed' }, { kind: 'clock-off', seconds: 20_000 }],
    });
    const told = lines([bad, host('kms2', { concerns: [{ kind: 'idle', sinceMs: NOW_MS }] })]);

    expect(told[0]).toBe(
      '⚠ The firewall on kms1 drops the requests of its clients — the KMS host’s owner acts; 2 of 2 KMS hosts need attention',
    );
    expect(told[3]).toMatch(
      /^Next: Turn its rule on, for domain and private networks only: `\/kms host … firewall on`\. · The clock of kms1 is 5 h 33 min fast\. /,
    );
    expect(told).toContain('[Show machine]');
  });

  it('tells of a host without an agent by what its clients saw, and says so', () => {
    expect(lines([onPremises])[1]).toBe('*kms-hq*  no agent; by its clients: 12 reached it, 2 could not');
  });

  it('says once that machines cannot reach a host without an agent', () => {
    const clients = { reached: 0, failed: 2 };
    const old: HostStory = { ...onPremises, clients, concerns: [{ kind: 'nobody-reaches', machines: 2 }] };
    const hq: HostStory = { ...onPremises, concerns: [{ kind: 'clients-cannot-reach', machines: 2 }] };
    const told = lines([hq, { ...old, name: 'kms-old' }]);

    expect(told[0]).toBe('⚠ 2 machines cannot reach kms-hq — the network’s owner acts');
    expect(told.slice(3, 5)).toEqual([
      '*kms-old*  no agent; no client reached it; 2 tried',
      'Next: If that host is retired, clear it on the machines that ask it: `/kms discover`; if not, `/kms diagnose` of one of them.',
    ]);
  });

  it('says once that a host is itself not activated', () => {
    const { digest } = host('kms1');
    if (digest === undefined) throw new Error('no digest');
    const failures = [{ code: '0xC004F041', events: 17, newestMs: NOW_MS }] as const;
    const told = lines([host('kms1', { digest: { ...digest, failures }, concerns: [{ kind: 'not-activated' }] })]);

    expect(told[0]).toBe('⚠ The KMS host kms1 is itself not activated (0xC004F041) — the KMS host’s owner acts');
    expect(told.join('\n').match(/not activated/g)).toHaveLength(1);
  });

  it('does not count names that are no hosts among the hosts that need attention', () => {
    const name: HostStory = { ...onPremises, name: 'kms-old', concerns: [{ kind: 'nobody-reaches', machines: 2 }] };
    const bad = ['kms1', 'kms2'].map((each) => host(each, { concerns: [{ kind: 'firewall-closed' }] }));

    expect(lines([...bad, host('kms3'), name])[0]).toMatch(/; 2 of 3 KMS hosts need attention$/);
    expect(lines([name])[0]).toBe('⚠ 2 machines ask kms-old, which no machine has reached — the machine’s owner acts');
  });

  it('says as of when it knows a host that could not be asked now', () => {
    const before = host('kms1', { seen: 'remembered', seenAtMs: NOW_MS - DAY_MS });

    expect(lines([before])[2]).toMatch(/^could not be asked now; as of 2026-11-21 10:00 UTC · /);
  });

  it('gives the most frequent failure with its meaning', () => {
    const { digest } = host('kms1');
    if (digest === undefined) throw new Error('no digest');
    const failing = { ...digest, failures: [{ code: '0xC004F042', events: 17, newestMs: NOW_MS }] as const };

    expect(lines([host('kms1', { digest: failing })])[2]).toContain(
      '17 × the KMS host cannot activate this version of Windows (0xC004F042)',
    );
  });

  it('never calls it well where a site could not be read', () => {
    const unread = [{ siteId: 'frankfurt', why: 'ssm:SendCommand' }];
    const told = lines([host('kms1')], { unread, sites: [TOKYO, FRANKFURT] });

    expect(told[0]).toBe('⚠ frankfurt could not be read — the bot’s owner acts; the KMS host elsewhere is well');
    expect(told).toContain('frankfurt could not be read: a right is missing there: `ssm:SendCommand`');
  });

  it('says what to do where there is no host', () => {
    expect(lines([])[0]).toMatch(/^⚠ I know of no KMS host/);
    expect(lines([])[1]).toContain('/kms host … setup');
  });

  it('under way says how many have answered', () => {
    const progress = { phase: 'asking', asked: 3, answered: 1, startedAtMs: NOW_MS } as const;

    expect(shown({ kind: 'hosts-progress', asked: 'hosts', progress })).toMatch(
      /^Asking the KMS hosts .* 1 of 3 answered/,
    );
  });
});

describe.each(LANGUAGES)('the KMS hosts in %s', (language) => {
  it.each(EVERY_CONCERN.map((concern) => [concern.kind, concern] as const))(
    'have a sentence and a step for %s',
    (_, concern) => {
      const content = hostsContent([host('kms1', { concerns: [concern] }), onPremises]);
      const text = shown(content, language);
      const prose = text.replace(/`[^`]*`/g, '`x`');

      expect(validateBlocks(render(content, language).blocks, 'message')).toEqual([]);
      expect(text.split('\n')[0]?.length).toBeLessThanOrEqual(190);
      expect(text.split('\n')[0]).toMatch(language === 'ja' ? /（対応: |。対応: / : /— .* acts$/);
      expect(text).not.toMatch(SLIPS);
      expect(text).not.toMatch(BARE_CODE);
      expect(prose).not.toMatch(JARGON);
      if (language === 'ja') expect(prose).not.toMatch(SPACING_SLIPS);
    },
  );

  it('fit a message for thirty hosts, the rest counted', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      host(`kms-${index}`, { concerns: EVERY_CONCERN.slice(6, 9) }),
    );
    const { blocks, text } = render(hostsContent(many), language);

    expect(validateBlocks(blocks, 'message')).toEqual([]);
    expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(12_000);
    expect(text.length).toBeLessThanOrEqual(3_900);
    expect(shown(hostsContent(many), language)).toMatch(
      language === 'ja' ? /ほか \d+ 台の KMS ホスト/ : /\d+ more KMS hosts/,
    );
  });

  it('give a host that is well one line where there are many', () => {
    const many = Array.from({ length: 30 }, (_, index) => host(`kms-${index}`));

    expect(
      shown(hostsContent(many), language)
        .split('\n')
        .filter((line) => line.startsWith('*kms-')),
    ).toHaveLength(30);
  });
});
