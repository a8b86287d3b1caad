import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../bot/domain/diagnosis/diagnose.ts';
import { diagnoses } from '../../../bot/slack/messages/diagnoses.ts';
import { LANGUAGES } from '../../../bot/slack/messages/language.ts';
import { render } from '../../../bot/slack/views/render.ts';
import { factsFrom } from '../../lab/scenarios/facts.ts';
import { SCENARIOS } from '../../lab/scenarios/named/all.ts';
import { validateBlocks } from '../../lab/slack/block-kit.ts';
import { diagnosisContent } from '../support/diagnoses.ts';
import { shown } from '../support/shown.ts';
import { BARE_CODE, JARGON, SLIPS, SPACING_SLIPS } from '../support/spacing.ts';

/** Names without their domain, as most companies' are. */
const short = (line: string): string => line.replace(/\.(?:ad\.)?corp\.example/g, '');

describe('the diagnosis of every named scenario', () => {
  const told = SCENARIOS.map(({ id, build }) => {
    const { world, nodeId } = build();
    return { id, diagnosis: diagnose(factsFrom(world, nodeId)) };
  });

  it.each(LANGUAGES)('reads well in %s: what is wrong and who acts first, no code alone, no jargon', (language) => {
    const owners = Object.values(diagnoses[language].texts.owner);
    for (const { id, diagnosis } of told) {
      const content = diagnosisContent(diagnosis);
      const text = shown(content, language);
      const [first = ''] = text.split('\n');
      const prose = text.replace(/`[^`]*`/g, '`x`');

      expect(validateBlocks(render(content, language).blocks, 'message'), id).toEqual([]);
      expect(first.startsWith('✓') || owners.some((owner) => first.includes(owner)), `${id}: ${first}`).toBe(true);
      expect(short(first).length, first).toBeLessThanOrEqual(diagnosis.state === 'failing' ? 160 : 180);
      expect(text, id).not.toMatch(SLIPS);
      expect(text, id).not.toMatch(BARE_CODE);
      expect(prose, id).not.toMatch(JARGON);
      if (language === 'ja') expect(prose, id).not.toMatch(SPACING_SLIPS);
    }
  });
});
