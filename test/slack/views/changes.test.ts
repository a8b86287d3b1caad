import { describe, expect, it } from 'vitest';
import type { Content } from '../../../bot/ports.ts';
import { LANGUAGES } from '../../../bot/slack/messages/language.ts';
import { render } from '../../../bot/slack/views/render.ts';
import { validateBlocks } from '../../lab/slack/block-kit.ts';
import { awaits, jobsContent, status } from '../support/audits.ts';
import { CHANGE_SAMPLES } from '../support/change-samples.ts';
import {
  AIKO,
  BAD_OUTCOMES,
  CHANGE_ID,
  card,
  changeOf,
  DISCOVER,
  ended,
  LEFT,
  nodeId,
  outcomes,
  paused,
  planned,
  planOf,
  WELL,
  waiting,
} from '../support/changes.ts';
import { buttonsOf, shown, shownLines } from '../support/shown.ts';
import { BARE_CODE, JARGON, SLIPS, SPACING_SLIPS } from '../support/spacing.ts';

/** Mentions of people and groups are ours. */
const withoutMentions = (text: string): string => text.replace(/<@U\w+>|<!subteam\^S\w+>/g, 'Aiko');

describe.each(LANGUAGES)('every message about changes in %s', (language) => {
  it.each(CHANGE_SAMPLES)('reads well: %s', (_, content) => {
    const { blocks, text } = render(content, language);
    const told = withoutMentions(shown(content, language));
    const prose = told.replace(/`[^`]*`/g, '`x`');

    expect(validateBlocks(blocks, 'message')).toEqual([]);
    expect(text.length).toBeLessThanOrEqual(3_900);
    expect(told).not.toMatch(SLIPS);
    expect(told).not.toMatch(BARE_CODE);
    expect(prose).not.toMatch(JARGON);
    if (language === 'ja') expect(prose).not.toMatch(SPACING_SLIPS);
  });
});

describe.each(LANGUAGES)('five hundred machines in %s', (language) => {
  const each = planned(DISCOVER, 500).map((node, at) => ({
    ...node,
    changes: [{ what: 'assignment', before: `kms-${at}.corp.example`, after: null } as const],
  }));
  const left = Array.from({ length: 500 }, (_, at) => ({
    nodeId: nodeId(at + 1_000),
    siteId: 'tokyo',
    name: `db-${at}`,
    left: LEFT[at % LEFT.length] ?? { why: 'unreadable' as const },
  }));
  const plan = planOf(DISCOVER, each, { left, approval: { why: 'all' } });
  const ends = each.flatMap((node, at) =>
    outcomes([node], { ...(BAD_OUTCOMES[at % BAD_OUTCOMES.length] ?? WELL), couldDiscover: true }),
  );

  it.each<[string, Content]>([
    ['as a card', card(plan)],
    ['waiting', changeOf(DISCOVER, waiting(plan))],
    ['paused', changeOf(DISCOVER, paused(plan, ends))],
    ['ended', changeOf(DISCOVER, ended({ plan, outcomes: ends, end: 'partly' }))],
    ['under way many times', jobsContent(Array.from({ length: 200 }, () => status()))],
  ])('fit one message %s', (_, content) => {
    const { blocks, text } = render(content, language);

    expect(validateBlocks(blocks, 'message')).toEqual([]);
    expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(12_000);
    expect(text.length).toBeLessThanOrEqual(3_900);
    expect(blocks.at(-1)?.type).toMatch(/^(?:actions|context)$/);
  });
});

describe('jobs', () => {
  it('say of a change that is done when it left a machine without its activation', () => {
    const ended = { phase: 'ended', end: 'done', machines: 1, done: 1 } as const;

    expect(shown(jobsContent([status({ ...ended, notActivated: 1 })]))).toContain(
      'done · 1 of 1 machine done, ⚠ 1 not activated · by',
    );
    expect(shown(jobsContent([status(ended)]))).not.toContain('not activated');
  });

  it('say what, by whom, since when, how far, and who decides until when, each with its own cancel button', () => {
    const content = jobsContent([
      status({ phase: 'waiting-for-approval', awaits: awaits('approval'), done: 0 }),
      status({ phase: 'ended', end: 'partly', done: 9, failed: 3 }),
    ]);

    expect(shownLines(content)).toEqual([
      '1 change under way, waiting for a person',
      `• \`${CHANGE_ID}\`  \`/kms discover tag:Env=prod\``,
      `      waits for an approver until 2026-11-22 14:00 UTC · 0 of 12 machines done · by <@${AIKO}> since 2026-11-22 09:50 UTC`,
      `[Cancel ${CHANGE_ID}]`,
      `• \`${CHANGE_ID}\`  \`/kms discover tag:Env=prod\``,
      `      partly done · 9 of 12 machines done, 3 not · by <@${AIKO}> since 2026-11-22 09:50 UTC · ended 10:00 UTC`,
      'newest first · undo: `/kms undo` with the id',
    ]);
    expect(buttonsOf(content).get('cancel-change')?.value).toBe(CHANGE_ID);
  });

  it('never show what a decision is answered through', () => {
    for (const [, content] of CHANGE_SAMPLES)
      expect(JSON.stringify(render(content, 'en'))).not.toContain('callback-that-nobody-sees');
  });
});
