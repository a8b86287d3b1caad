import { describe, expect, it } from 'vitest';
import type { Diagnosis, LessLikely, RankedCause } from '../../../bot/domain/diagnosis/diagnosis.ts';
import { diagnoses } from '../../../bot/slack/messages/diagnoses.ts';
import { LANGUAGES, type Language } from '../../../bot/slack/messages/language.ts';
import { render } from '../../../bot/slack/views/render.ts';
import { validateBlocks } from '../../lab/slack/block-kit.ts';
import { DAY_MS, NOW_MS } from '../support/content.ts';
import { CAUSE_SAMPLES, EVERY_CAUSE } from '../support/diagnosed-causes.ts';
import { diagnosisContent, diagnosisOf, fixOf, ranked, UNSEEN } from '../support/diagnoses.ts';
import { EVERY_EVIDENCE, seen } from '../support/evidence-samples.ts';
import { shown } from '../support/shown.ts';
import { BARE_CODE, JARGON, SLIPS, SPACING_SLIPS } from '../support/spacing.ts';

const read = (diagnosis: Diagnosis, language: Language = 'en'): string => shown(diagnosisContent(diagnosis), language);
const first = (diagnosis: Diagnosis, language: Language = 'en'): string =>
  read(diagnosis, language).split('\n')[0] ?? '';

const activated = (missedRenewals: number): Diagnosis['result'] => ({
  ...diagnosisOf({ kind: 'no-key' }).result,
  verdict: {
    state: 'activated',
    by: 'kms',
    channel: 'kms-client',
    missedRenewals,
    expiresAtMs: NOW_MS + 40 * DAY_MS,
  },
});

const kms1 = { name: 'kms1' };
const closed = { kind: 'host-firewall-closed', host: kms1 } as const;

describe('a diagnosis', () => {
  it('says first what is wrong and who acts, then why, what to do, what else, and the ways out', () => {
    const diagnosis = diagnosisOf(closed, {
      first: ranked(closed, { evidence: seen('srv-found', 'resolves', 'host-firewall') }),
      fix: fixOf('open-host-firewall', { values: { host: 'kms1', port: '1688' }, command: 'host kms1 firewall on' }),
      runnersUp: [{ ...ranked({ kind: 'path-blocked', host: kms1, address: '' }), lessLikely: 'not-proven' }],
      unseen: [{ kind: 'security-groups' }],
    });
    const lines = read(diagnosis).split('\n');

    expect(lines.slice(0, 5)).toEqual([
      '⚠ fileserver-07 cannot activate: the firewall on kms1 drops port 1688 — the KMS host’s owner acts',
      '*Why I think so (sure)*  looked at 2026-11-22 10:00 UTC',
      ' 1. DNS names kms1.corp.example:1688 as KMS host for corp.example',
      ' 2. kms1.corp.example resolves to 10.20.0.40',
      ' 3. On kms1 the firewall rule “Key Management Service (TCP-In)” is off',
    ]);
    expect(lines.slice(-7)).toEqual([
      '*Less likely*  something between it and kms1 drops port 1688 (nothing but the symptom speaks for it)',
      '*Could not look at*  security groups and network ACLs (I do not read them)',
      '*If that cannot be done*  set up another KMS host (`/kms host … setup`) and let it count enough machines, or use a MAK that is stored as a secret: `/kms key`, without internet then `/kms phone`',
      '`slmgr /dlv` · `nslookup -type=srv _vlmcs._tcp` · diagnosed 2026-11-22 10:00 UTC',
      '[Open firewall]',
      '[Diagnose again]',
      '[Show machine]',
    ]);
  });

  it('is as sure in its first line as its evidence is', () => {
    expect(first(diagnosisOf(closed, { confidence: 'likely' }))).toContain('cannot activate, most likely because the');
    expect(first(diagnosisOf(closed, { confidence: 'possible' }))).toContain('cannot activate, possibly because the');
    expect(first(diagnosisOf(closed, { confidence: 'likely' }), 'ja')).toContain('おそらく、kms1 の');
    expect(first(diagnosisOf(closed, { confidence: 'possible' }), 'ja')).toContain('考えられる原因: kms1 の');
  });

  it('of missed renewals says until when somebody has to act', () => {
    const late = diagnosisOf(closed, { state: 'warning', result: activated(3) });

    expect(first(late)).toBe(
      '⚠ fileserver-07 is activated until 2027-01-01, but has missed 3 renewals: the firewall on kms1 drops port 1688 — the KMS host’s owner acts before then',
    );
    expect(first(late, 'ja')).toBe(
      '⚠ fileserver-07 は 2027-01-01 まで認証済みですが、更新に 3 回失敗しています。kms1 のファイアウォールが 1688 番ポートを遮断しています（対応: KMS ホストの管理者）',
    );
    expect(first(diagnosisOf(closed, { state: 'warning', result: activated(0) }))).toContain(
      'its next renewal will fail',
    );
  });

  it('of a well machine is one line and the small print', () => {
    const { first: _, ...well } = diagnosisOf(closed, { state: 'well', result: activated(0), exits: [] });

    expect(read(well)).toBe(
      '✓ fileserver-07 is activated until 2027-01-01, and nothing is in the way of its next renewal.\n' +
        '`slmgr /dlv` · `nslookup -type=srv _vlmcs._tcp` · diagnosed 2026-11-22 10:00 UTC',
    );
    expect(read(well, 'ja').split('\n')).toHaveLength(2);
  });

  it('puts the likely way out first', () => {
    const mak = diagnosisOf({ kind: 'host-silent', host: kms1 }, { exits: ['mak', 'repair', 'set-up-host'] });

    expect(read(mak)).toContain(
      '*Ways out*  most likely use a MAK that is stored as a secret: `/kms key`, without internet then `/kms phone`; else do the repair',
    );
  });

  it('points to no command that does not work yet, but to what does the same by hand', () => {
    const fix = fixOf('none', { command: 'mute inc-3 4h later', slmgr: 'slmgr /ckms' });
    const again = fixOf('none', { command: 'diagnose i-0a1b2c3d4e5f60718', slmgr: 'slmgr /ckms' });

    expect(read(diagnosisOf(closed, { fix }))).toContain('By hand: `slmgr /ckms`');
    expect(read(diagnosisOf(closed, { fix }))).not.toContain('/kms mute');
    expect(read(diagnosisOf(closed, { fix: again }))).toContain('From here: `/kms diagnose i-0a1b2c3d4e5f60718`');
  });

  it('says what must not be done, and why', () => {
    const refused = { what: '169.254.169.250', why: 'byol' } as const;
    const text = read(diagnosisOf(closed, { fix: fixOf('clear-assignment', { refused }) }));

    expect(text).toContain('Do not point it to Amazon’s activation servers: it brings its own licence');
  });

  it('offers no other KMS host to a machine that only Amazon’s servers may activate', () => {
    const refused = { what: 'own-host', why: 'licence-included' } as const;
    const text = read(diagnosisOf(closed, { fix: fixOf('add-amazon-routes', { refused }) }));

    expect(read(diagnosisOf(closed))).toContain('another KMS host');
    expect(text).not.toContain('another KMS host');
    expect(text).toContain('use a MAK');
  });

  it('leaves out that a host is silent where the cause explains it', () => {
    const silent = ranked({ kind: 'host-silent', host: kms1 });
    const told = (lessLikely: 'other-explains-it' | 'not-proven') =>
      read(diagnosisOf(closed, { runnersUp: [{ ...silent, lessLikely }] }));

    expect(told('other-explains-it')).not.toContain('does not answer on port');
    expect(told('not-proven')).toContain('does not answer on port');
  });

  it('says of a time ahead of ours whose clock it is by', () => {
    const evidence = seen('tcp').map((line) => ({ ...line, atMs: NOW_MS + 5 * 3_600_000 }));

    expect(read(diagnosisOf(closed, { first: ranked(closed, { evidence }) }))).toContain(
      '2026-11-22 15:00 UTC by its own clock)',
    );
  });

  it('judges Office in a group of its own', () => {
    const office = {
      state: 'failing',
      first: ranked({ kind: 'office', of: 'no-office-host-key' }),
      fix: fixOf('office-host-key'),
    } as const;
    const { first: _, ...well } = diagnosisOf(closed, { state: 'well', result: activated(0), exits: [], office });

    expect(first(well)).toBe(
      '⚠ fileserver-07 is activated until 2027-01-01, but its Office is not: the KMS host has no key for this Office — the KMS host’s owner acts',
    );
    expect(first(well, 'ja')).toMatch(/^⚠ fileserver-07 の Windows は .* まで認証済みですが、Office は/);
    expect(read(diagnosisOf(closed, { office }))).toContain(
      '*Office*  not activated: the KMS host has no key for this Office — the KMS host’s owner acts\n',
    );
  });

  it('tells where and when something was seen that was not seen at the machine just now', () => {
    const evidence = seen('host-count', 'others-fail', 'request-event');
    const text = read(diagnosisOf(closed, { first: ranked(closed, { evidence }) }));

    expect(text).toContain(' 1. kms1 has counted 4 machines; 5 are needed (2026-11-22 08:00 UTC)');
    expect(text).toContain(' 2. 2 machines could not reach kms1.corp.example either (2026-11-22 08:00 UTC)');
    expect(text).toMatch(
      / 3\. Its latest request to kms1\.corp\.example:1688 ended with: .*\(0x800705B4\) \(2026-11-22 09:00 UTC\)/,
    );
  });

  it('lists a second fault apart from what is less likely', () => {
    const second = {
      ...ranked({ kind: 'clock-off', where: 'client', seconds: 20_000 }),
      lessLikely: 'second-fault' as const,
    };
    const text = read(diagnosisOf(closed, { runnersUp: [second] }));

    expect(text).toContain('*Wrong as well*  its clock is 5 h 33 min fast; it shows once the first is mended');
    expect(text).not.toContain('*Less likely*');
  });

  it('under way says what it waits for', () => {
    const progress = { phase: 'asking', name: 'web-03', asked: 3, answered: 1, startedAtMs: NOW_MS } as const;

    expect(shown({ kind: 'diagnosis-progress', asked: 'diagnose web-03', progress })).toBe(
      'Diagnosing web-03: asking it and its KMS hosts ▓▓▓░░░░░░░ 1 of 3 answered\nwaiting for 2 · started 10:00 UTC',
    );
    expect(shown({ kind: 'diagnosis-progress', asked: 'diagnose web-03', progress }, 'ja')).toMatch(
      /^web-03 を診断しています/,
    );
  });
});

describe.each(LANGUAGES)('every diagnosis in %s', (language) => {
  const { owner } = diagnoses[language].texts;
  const WHYS: readonly LessLikely[] = ['other-explains-it', 'contradicted', 'not-proven', 'second-fault'];

  it.each(EVERY_CAUSE.map((cause, index) => [cause.kind, cause, index] as const))(
    'names %s, who acts, and no code without its meaning',
    (_, cause, index) => {
      const standing = {
        confidence: (['sure', 'likely', 'possible'] as const)[index % 3] ?? 'sure',
        owner: 'dns' as const,
      };
      const runnersUp = [{ ...ranked(cause), lessLikely: WHYS[index % 4] ?? 'not-proven' }];
      for (const result of [diagnosisOf(cause).result, activated(3), activated(0)]) {
        const diagnosis = diagnosisOf(cause, { ...standing, result, runnersUp, unseen: UNSEEN });
        const { blocks, text } = render(diagnosisContent(diagnosis), language);
        const prose = read(diagnosis, language);

        expect(validateBlocks(blocks, 'message')).toEqual([]);
        expect(text.split('\n')[0]).toContain(cause.kind === 'works-now' ? owner.nobody : owner.dns);
        expect(prose).not.toMatch(SLIPS);
        expect(prose).not.toMatch(BARE_CODE);
        expect(prose.replace(/`[^`]*`/g, '')).not.toMatch(JARGON);
        if (language === 'ja') expect(prose.replace(/`[^`]*`/g, '`x`')).not.toMatch(SPACING_SLIPS);
      }
    },
  );

  it.each(EVERY_EVIDENCE.map((line) => [line.kind, line.words.join(' '), line] as const))(
    'has a sentence for %s %s',
    (_, __, line) => {
      const text = read(diagnosisOf(closed, { first: ranked(closed, { evidence: [line] }) }), language);

      expect(text).toMatch(/^ 1\. ./m);
      expect(text).not.toMatch(SLIPS);
      expect(text).not.toMatch(BARE_CODE);
      expect(text.replace(/`[^`]*`/g, '')).not.toMatch(JARGON);
      if (language === 'ja') expect(text.replace(/`[^`]*`/g, '`x`')).not.toMatch(SPACING_SLIPS);
    },
  );

  it('keeps its first line within 150 characters in typical cases', () => {
    const shorten = (text: string): string => text.replace(/\.corp\.example/g, '');
    const long = Object.values(CAUSE_SAMPLES)
      .map((samples) => shorten(first(diagnosisOf(samples[0] ?? closed), language)))
      .filter((line) => line.length > 150);

    expect(long).toEqual([]);
  });

  it('has at most three buttons', () => {
    const { blocks } = render(diagnosisContent(diagnosisOf(closed)), language);
    const buttons = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));

    expect(buttons).toHaveLength(3);
  });
});

it('a cause’s owner is nobody only where nobody has to act', () => {
  const standing: Partial<RankedCause> = { owner: 'nobody' };
  const works = { kind: 'works-now', host: 'kms1' } as const;

  expect(first(diagnosisOf(works, { first: ranked(works, standing) }))).toBe(
    '⚠ fileserver-07 is not activated yet; kms1 answers it now, and it tries again by itself within 2 hours — nobody has to act',
  );
  expect(first(diagnosisOf(works, { first: ranked(works, standing) }), 'ja')).toContain('（対応: 不要）');
});
