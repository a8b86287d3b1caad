import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../bot/slack/messages/language.ts';
import { render } from '../../../bot/slack/views/render.ts';
import { validateBlocks } from '../../lab/slack/block-kit.ts';
import { CHANGE_SAMPLES } from '../support/changes.ts';
import { shown } from '../support/shown.ts';
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
