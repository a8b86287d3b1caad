import { describe, expect, it } from 'vitest';
import type { Person, RightsRule } from '../../bot/domain/rights/rights.ts';
import { whoamiAnswer } from '../../bot/slack/answers/whoami-answer.ts';
import { changeCatalogue } from '../../bot/slack/messages/catalogue.ts';
import { LANGUAGES, type Language } from '../../bot/slack/messages/language.ts';
import { code, mention, mentionGroup } from '../../bot/slack/mrkdwn.ts';
import { reasonModal, reasonTaken } from '../../bot/slack/views/reason-modal.ts';
import { SPACING_SLIPS } from './support/spacing.ts';

/** What no sentence may hold: gaps, raw markup, dangling values. Mentions are meant. */
const SLIPS = /undefined|\[object|NaN|<(?!@U|!subteam)|\(\)|（）| {2,}|。。|\.\.|、、|！/;

/** Every text of a catalogue, those with places filled in. */
const textsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return textsOf((value as (...args: unknown[]) => unknown)(...SAMPLES));
  return Object.values(value as object).flatMap(textsOf);
};
const SAMPLES = [code('kms1.corp.example'), code('web-03'), code('x')];

/** Joins lists, which samples are none of. */
const LISTS = new Set(['and', 'yes', 'except', 'gap']);

const everyText = async (language: Language): Promise<readonly string[]> => {
  const { whoami, ...rest } = await changeCatalogue(language);
  const told = (table: object) =>
    Object.entries(table)
      .filter(([name]) => !LISTS.has(name))
      .flatMap(([, value]) => textsOf(value));
  return [...told(rest), ...told(whoami)];
};

const allow = (right: RightsRule['right'], facts: Partial<RightsRule> = {}): RightsRule => ({
  effect: 'allow',
  right,
  who: { groups: ['S0OPS00001'], users: ['U0AIKO0001'] },
  ...facts,
});

const PEOPLE: readonly Person[] = (['member', 'guest', 'foreign', 'gone'] as const).flatMap((standing) => [
  { userId: 'U0AIKO0001', standing, groups: ['S0OPS00001'] },
  { userId: 'U0DAVE0001', standing, groups: ['S0OPS00001'] },
  { userId: 'U0EMMA0001', standing, groups: [] },
]);

const RULES: readonly RightsRule[] = [
  allow('viewer', { who: 'everyone' }),
  allow('operator', { sites: ['tokyo', 'osaka'], tags: [{ key: 'Env', value: 'dev <x>' }] }),
  allow('operator'),
  allow('operator', { sites: ['tokyo'], zones: ['corp.example', 'x <y>'] }),
  { ...allow('operator', { zones: ['lab.example'] }), effect: 'deny' },
  { ...allow('operator', { tags: [{ key: 'Tier', value: '0' }] }), effect: 'deny' },
  allow('approver'),
  { ...allow('approver', { who: { groups: [], users: ['U0DAVE0001'] } }), effect: 'deny' },
];

describe.each(LANGUAGES)('answers about changes in %s', (language) => {
  it('have no slips', async () => {
    const texts = await everyText(language);
    expect(texts.length).toBeGreaterThan(60);
    for (const text of texts) {
      expect(text).not.toMatch(SLIPS);
      if (language === 'ja') expect(text).not.toMatch(SPACING_SLIPS);
    }
  });

  it('explain everybody’s rights without slips', async () => {
    const say = await changeCatalogue(language);
    for (const found of [...PEOPLE, { error: new Error('no answer') }]) {
      const text = whoamiAnswer({ userId: 'U0AIKO0001', found, rules: RULES, changesOn: true }, say);
      expect(text).not.toMatch(SLIPS);
      if (language === 'ja') expect(text).not.toMatch(SPACING_SLIPS);
    }
  });

  it('fill a window within Slack’s limits', async () => {
    const say = await changeCatalogue(language);
    const { title, submit, close, done, label } = say.modal;
    for (const text of [title, submit, close, done]) expect(text.length).toBeLessThanOrEqual(24);
    expect(label.length).toBeLessThanOrEqual(2_000);
    expect(JSON.stringify(reasonModal('c4k7m2q9xd', 'C0OPS00001 c4k7m2q9xd 1 d1', say)).length).toBeLessThan(3_000);
    expect(JSON.stringify(reasonTaken(say.taken['break-glass'], say))).not.toContain('submit');
  });
});

it('an unknown id is mentioned as nobody', () => {
  expect([mention('x'), mentionGroup('<!channel>'), mentionGroup('S0OPS00001')]).toEqual([
    '',
    '',
    '<!subteam^S0OPS00001>',
  ]);
});
