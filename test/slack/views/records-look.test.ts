import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../bot/slack/messages/language.ts';
import { render } from '../../../bot/slack/views/render.ts';
import { validateBlocks } from '../../lab/slack/block-kit.ts';
import { FRANKFURT, hostile, NODE_ID, NOW_MS, TOKYO } from '../support/content.ts';
import {
  EVERY_RECORD,
  KMS1,
  namedHost,
  OLD,
  record,
  recordsContent,
  suffix,
  UNREAD,
  valueOfRecord,
} from '../support/record-reports.ts';
import { shown } from '../support/shown.ts';
import { JARGON, SLIPS, SPACING_SLIPS } from '../support/spacing.ts';

const lines = (...given: Parameters<typeof recordsContent>): readonly string[] =>
  shown(recordsContent(...given)).split('\n');

const deadHost = valueOfRecord(OLD, [{ kind: 'host-dead', why: 'unreached', machines: 6 }]);

describe('a look at the records', () => {
  it('says that they are right in a line each', () => {
    expect(lines([record('corp.example'), record('lab.example')])).toEqual([
      '✓ All 2 KMS records are right: every host that they name answers',
      '✓ *corp.example*  kms-01.corp.example: answers · count 26 · last client within a day · 29 machines reached it · 31 machines ask there and find it',
      '✓ *lab.example*  kms-01.corp.example: answers · count 26 · last client within a day · 29 machines reached it · 31 machines ask there and find it',
      '`nslookup -type=srv _vlmcs._tcp.corp.example` · machines as of the check of 2026-11-22 09:00 UTC · looked at 2026-11-22 10:00 UTC',
      '[Look again]',
    ]);
  });

  it('begins with the worst fact and who acts, and shows that record value by value', () => {
    const bad = record('corp.example', {
      values: [deadHost, valueOfRecord(KMS1)],
      spread: { kind: 'shared', hosts: 2 },
    });

    expect(lines([bad, record('lab.example')])).toEqual([
      '⚠ The record of corp.example names kms-old.corp.example, which answers none of the 6 machines that tried — the DNS owner acts',
      '*corp.example*  private zone · TTL 300 s · 31 machines ask there and find it · clients spread over 2 hosts, so each counts fewer',
      '• ⚠ `0 100 1688 kms-old.corp.example.`  answers none of the 6 machines that tried · 10.20.0.40 · not mine',
      '• `0 100 1688 kms-01.corp.example.`  answers · count 26 · last client within a day · 29 machines reached it · 10.20.0.40 · not mine',
      'Next: Take it out: `/kms dns adopt corp.example kms-old.corp.example`, then `remove` it.',
      '✓ *lab.example*  kms-01.corp.example: answers · count 26 · last client within a day · 29 machines reached it · 31 machines ask there and find it',
      expect.stringContaining('nslookup'),
      '[Plan record]',
      '[Look again]',
    ]);
  });

  it('has a value that nobody can read in code marks where it is named in a sentence', () => {
    const unread = valueOfRecord('0 0 1688 kms-01', [{ kind: 'unreadable' }]);
    const dead = record('corp.example', { values: [unread, deadHost], concerns: [{ kind: 'no-living-host' }] });

    expect(lines([dead])[0]).toBe(
      '⚠ The record of corp.example names only `0 0 1688 kms-01`, kms-old.corp.example, and no client is served there — the DNS owner acts',
    );
  });

  it('offers a host that answers where a record has none, in the zone that may be written', () => {
    const dead = record('aws.corp.example', { values: [deadHost], concerns: [{ kind: 'no-living-host' }] });
    const told = lines([dead, record('corp.example')]);

    expect(told[0]).toBe(
      '⚠ The record of aws.corp.example names only kms-old.corp.example, and no client is served there — the DNS owner acts',
    );
    expect(told).toContain(
      'Next: Add a host that answers, if machines there can reach it: `/kms dns add aws.corp.example kms-01.corp.example`',
    );
    expect(told.slice(-2)).toEqual(['[Plan record]', '[Look again]']);

    const readOnly = lines([{ ...dead, write: false }, record('corp.example')]);
    expect(readOnly).toContain(
      'Next: Add kms-01.corp.example, which answers, in Route 53, if machines there can reach it.',
    );
    expect(readOnly.slice(-2)).not.toContain('[Plan record]');
  });

  it('takes out a value of its own by one change, and leaves that of another bot to it', () => {
    const of = (ownership: 'ours' | 'other-bot') =>
      lines([record('corp.example', { values: [{ ...deadHost, ownership }, valueOfRecord(KMS1)] })]).find((line) =>
        line.startsWith('Next'),
      );

    expect(of('ours')).toBe('Next: Take it out: `/kms dns remove corp.example kms-old.corp.example`');
    expect(of('other-bot')).toBe('Next: Take the value out of the record in Route 53.');
  });

  it('never shows what nobody looked at as well', () => {
    const {
      alive: _,
      count: __,
      lastContactDays: ___,
      ...unseen
    } = namedHost({ seen: 'unknown', reached: 0, now: { reached: 0, failed: 0 } });
    const open = record('eu.example', { values: [valueOfRecord(KMS1, [], { host: unseen })] });
    const told = lines([record('corp.example'), open]);

    expect(told[0]).toBe('– Nothing wrong is seen in 2 KMS records, but not everything could be looked at in 1');
    expect(told[2]).toBe(
      '– *eu.example*  kms-01.corp.example: nobody has looked at it yet · 31 machines ask there and find it',
    );
  });

  it('does not say of a host that nobody has looked at it where one machine has tried', () => {
    const tried = valueOfRecord(OLD, [{ kind: 'not-reached', machines: 1, reached: 0 }], {
      host: namedHost({ seen: 'unknown', alive: false, reached: 0, now: { reached: 0, failed: 1 } }),
    });
    const [, , ...told] = lines([record('corp.example', { values: [valueOfRecord(KMS1), tried] })]);

    expect(told.join('\n')).toMatch(/did not answer the one machine that tried/);
    expect(told.join('\n')).not.toMatch(/nobody has looked at it/);
  });

  it('says that the fleet was not looked at, and by which command it is', () => {
    const { networks: _, ...unasked } = record('corp.example');
    const { fleetAtMs: __, ...rest } = { fleetAtMs: 0 };
    const content = recordsContent([unasked]);
    if (content.kind !== 'records') throw new Error('no records');
    const { fleetAtMs: ___, ...report } = content.report;
    const told = shown({ ...content, report: { ...report, ...rest } });

    expect(told).toMatch(/^– Nothing wrong is seen/);
    expect(told).toContain('who asks there is not known');
    expect(told).toContain('is not known yet: `/kms check all` looks.');
  });

  it('says whose record is missing, and that nobody misses one elsewhere', () => {
    const missing = record('branch.example', { values: [], concerns: [{ kind: 'no-record' }], networks: [] });
    const { set: _, spread: __, ...bare } = missing;

    expect(lines([bare])[0]).toBe('– branch.example has no KMS record — nobody has to act');
    expect(lines([{ ...bare, networks: [{ machines: 5, found: 0, unanswered: 0, stranded: 5 }] }])[0]).toBe(
      '⚠ branch.example has no KMS record, and 5 machines that ask there find none elsewhere — the DNS owner acts',
    );
  });

  it('says that a record has gone, and claims nothing of machines that nobody asked since', () => {
    const { set: _, spread: __, ...gone } = record('branch.example', { values: [], concerns: [{ kind: 'no-record' }] });
    const found = { machines: 5, found: 5, unanswered: 0, stranded: 0 };

    const overdue = lines([{ ...gone, networks: [{ ...found, isOverdue: true }] }]);
    expect(overdue[0]).toBe(
      '⚠ branch.example has no KMS record any more: machines found one at the latest check — the DNS owner acts',
    );
    expect(overdue[1]).toBe('*branch.example*  private zone · 5 machines ask there');
    expect(lines([{ ...gone, networks: [{ ...found, found: 0, stranded: 2, isGone: true }] }])[0]).toBe(
      '⚠ branch.example has no KMS record any more, and 2 machines that ask there find none elsewhere — the DNS owner acts',
    );
    const written = lines([record('corp.example', { networks: [{ ...found, found: 0, isOverdue: true }] })]);
    expect(written.join('\n')).not.toMatch(/find it|finds it/);
  });

  it('is not told as kept elsewhere where its name is a CNAME', () => {
    const networks = [{ machines: 5, found: 5, unanswered: 0, stranded: 0 }];
    const { set: _, spread: __, ...bare } = record('branch.example', { values: [], networks });

    expect(lines([{ ...bare, concerns: [{ kind: 'untouchable', why: 'cname' }] }])[1]).toContain(
      '5 machines ask there and find it',
    );
    expect(lines([{ ...bare, concerns: [{ kind: 'no-record' }] }])[1]).toContain(
      '5 machines ask there, and are given one by other DNS servers or a cache',
    );
  });

  it('shows which networks find it where they differ, and a machine to diagnose', () => {
    const networks = [
      { vpcId: 'vpc-1', machines: 20, found: 20, unanswered: 0, stranded: 0 },
      {
        vpcId: 'vpc-2',
        machines: 3,
        found: 0,
        unanswered: 0,
        stranded: 3,
        example: { nodeId: NODE_ID, name: 'WEB-01' },
      },
      { machines: 2, found: 2, unanswered: 0, stranded: 0 },
    ];
    const told = lines([
      record('corp.example', { networks, concerns: [{ kind: 'not-found-by-machines', vpcId: 'vpc-2', machines: 3 }] }),
    ]);

    expect(told).toContain('Found by 20 of 20 in vpc-1 · 0 of 3 in vpc-2 · 2 of 2 outside EC2');
    expect(told.slice(-2)).toEqual(['[Diagnose]', '[Look again]']);
  });

  it('tells domains without a zone, and gives the way to the steps for their own servers', () => {
    const told = lines([record('corp.example')], {
      suffixes: [suffix('ad.corp.example', 7), suffix('hr.example', 0, { why: 'not-configured', zoneId: 'Z9' })],
    });

    expect(told[0]).toBe(
      '⚠ 7 machines in ad.corp.example find no KMS record, and no zone that I look at holds it — the DNS owner acts',
    );
    expect(told).toContain(
      '⚠ *ad.corp.example*  in no zone of Route 53 that I know · 7 machines (vpc-1) ask there, none finds one. Next: If the domain is right, `/kms dns add ad.corp.example kms-01.corp.example` gives the steps for its DNS servers; if not, mend the suffix on the machine.',
    );
    expect(told).toContain(
      '– *hr.example*  in zone Z9, which my configuration does not name · 3 machines (vpc-1) ask there, none finds one',
    );
  });

  it('tells hosts that stand in no record', () => {
    const host = {
      name: 'kms-02.corp.example',
      port: 1688,
      nodeId: NODE_ID,
      publishes: false,
      domains: ['corp.example'],
    };
    const told = lines([record('corp.example')], { withoutRecord: [host] });

    expect(told[0]).toBe('⚠ kms-02.corp.example answers as KMS host, and no record names it — the DNS owner acts');
    expect(told).toContain(
      `– *kms-02.corp.example* answers as KMS host and stands in no record that I see. If it is meant to be one: \`/kms dns add corp.example kms-02.corp.example\` If not, give it a client key: \`/kms key ${NODE_ID} gvlk\``,
    );
  });

  it('names what could not be read and which right is missing', () => {
    const told = lines([record('corp.example')], { unread: UNREAD });

    expect(told[0]).toBe(
      '⚠ zone lab.example, zone old.example, the list of zones could not be read — the bot’s owner acts; the other KMS record shows nothing wrong',
    );
    expect(told).toContain(
      'Could not look at: zone lab.example (`route53:GetHostedZone` is missing) · zone old.example (there is no such zone any more: mend `zones` in `infra/config.json`) · forwarding rules of vpc-1 (`route53resolver:ListResolverRules` is missing) · the list of zones (AWS did not answer there) · machines in osaka (the inspection is not deployed there)',
    );
  });

  it('says that no zone is configured, and which zones there are', () => {
    expect(lines([], { unconfigured: true })[0]).toBe(
      '⚠ I look at no DNS zone yet: my configuration names none — the bot’s owner acts',
    );
    expect(lines([], { noSuchZone: { word: 'crop.example', known: ['corp.example', 'eu.example'] } })[0]).toBe(
      '⚠ No zone that I look at holds `crop.example`. I look at corp.example, eu.example.',
    );
  });
});

describe.each(LANGUAGES)('records in %s', (language) => {
  it.each(EVERY_RECORD.map((story) => [story.concerns[0]?.kind ?? story.values[0]?.concerns[0]?.kind, story] as const))(
    'have a sentence and a step for %s',
    (_, story) => {
      for (const told of [story, { ...story, write: false }]) {
        const text = shown(recordsContent([told, record('lab.example')]), language);
        expect(text).not.toMatch(SLIPS);
        expect(text).not.toMatch(JARGON);
        if (language === 'ja') expect(text).not.toMatch(SPACING_SLIPS);
      }
    },
  );

  it('say what is beside them and what is under way', () => {
    const host = { name: 'kms-02.corp.example', port: 1700, publishes: true, domains: [] };
    const all = recordsContent([record('corp.example')], {
      unread: UNREAD,
      suffixes: [
        suffix('ad.corp.example', 7),
        suffix('x.example', 0, { why: 'unread' }),
        suffix('hr.example', 0, { why: 'not-configured', zoneId: 'Z9' }),
      ],
      withoutRecord: [host],
      sites: [TOKYO, FRANKFURT],
    });
    const progress = (['looking-up', 'asking', 'reading-zones', 'slowed-down'] as const).map((phase) => ({
      kind: 'records-progress' as const,
      asked: 'dns',
      progress: { phase, asked: 3, answered: 1, startedAtMs: NOW_MS },
    }));
    for (const content of [
      all,
      recordsContent([]),
      recordsContent([], { unconfigured: true }),
      recordsContent([], { noSuchZone: { word: 'x', known: ['a.example'] } }),
      ...progress,
    ]) {
      const text = shown(content, language);
      expect(text).not.toMatch(SLIPS);
      expect(text).not.toMatch(JARGON);
      if (language === 'ja') expect(text).not.toMatch(SPACING_SLIPS);
    }
  });

  it('keep Slack’s limits with fifty zones of four hundred values, whatever these say, and keep their buttons', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(...EVERY_RECORD), (text, story) => {
        const values = Array.from({ length: 400 }, () => ({ ...deadHost, text }));
        const records = Array.from({ length: 50 }, () => ({
          ...story,
          values,
          place: { ...story.place, domain: text },
        }));
        const content = recordsContent(records, { unread: UNREAD, suffixes: records.map(() => suffix(text, 3)) });
        const { blocks } = render(content, language);
        expect(validateBlocks(blocks, 'message')).toEqual([]);
        expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(13_000);
        expect(blocks.at(-1)?.type).toBe('actions');
      }),
      { numRuns: 20 },
    );
  });
});
