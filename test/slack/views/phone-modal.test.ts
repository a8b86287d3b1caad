import { describe, expect, it } from 'vitest';
import type { PhoneModal } from '../../../bot/domain/change/phone.ts';
import { phoneCatalogue } from '../../../bot/slack/messages/catalogue.ts';
import { LANGUAGES } from '../../../bot/slack/messages/language.ts';
import { phoneClosed, phoneWindowView } from '../../../bot/slack/views/phone-modal.ts';
import { viewProblems } from '../../lab/slack/block-kit.ts';
import { SLIPS, SPACING_SLIPS } from '../support/spacing.ts';

interface View {
  readonly title: { readonly text: string };
  readonly submit?: { readonly text: string };
  readonly close: { readonly text: string };
  readonly callback_id?: string;
  readonly private_metadata?: string;
  readonly blocks: readonly {
    readonly type: string;
    readonly block_id?: string;
    readonly optional?: boolean;
    readonly text?: { readonly type: string; readonly text: string };
  }[];
}

/** Nine groups of seven, nobody's. */
const GROUPS = Array.from({ length: 9 }, (_, at) => String(1_111_111 * (at + 1)));

const READY = {
  kind: 'ready',
  change: 'c4k7m2q9xd',
  attempt: 2,
  digest: 'a1b2c3d4e5f6a7b8',
  machine: 'kms1 <!channel>',
  groups: GROUPS,
  whereToCall: 'Tokyo: 0120-000-000 (9–17)\nContract: <ask Aiko> & co',
  expiresAtMs: Date.parse('2026-11-23T00:00:00Z'),
} as const satisfies PhoneModal;

const MODALS: readonly PhoneModal[] = [
  { kind: 'loading', change: 'c4k7m2q9xd' },
  READY,
  { ...READY, whereToCall: '  ' },
  { ...READY, whereToCall: 'x'.repeat(5_000), machine: 'x'.repeat(300), groups: GROUPS.map((group) => group.slice(1)) },
  ...(['ended', 'no-right', 'not-read', 'failed'] as const).map(
    (why) => ({ kind: 'unavailable', change: 'c4k7m2q9xd', why }) as const,
  ),
];

const textsOf = ({ title, submit, close, blocks }: View): readonly string[] => [
  title.text,
  submit?.text ?? '',
  close.text,
  ...blocks.flatMap(({ text }) => text?.text ?? []),
];

/** Every sentence of a catalogue, its places filled in. */
const wordsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [String((value as (...args: unknown[]) => unknown)('web-03', '`c4`'))];
  return Object.values(value as object).flatMap(wordsOf);
};

describe.each(LANGUAGES)('the window of an activation by phone in %s', async (language) => {
  const say = await phoneCatalogue(language);
  const view = (modal: PhoneModal) => phoneWindowView(modal, say) as View;

  it('is one that Slack takes, whatever it shows', () => {
    for (const modal of MODALS) expect(viewProblems(view(modal) as never), JSON.stringify(modal)).toEqual([]);
    expect(viewProblems(phoneClosed(say.taken, say) as never)).toEqual([]);
  });

  it('has no slips', () => {
    for (const text of [...wordsOf(say), ...MODALS.slice(0, 1).flatMap((modal) => textsOf(view(modal)))]) {
      expect(text).not.toMatch(SLIPS);
      if (language === 'ja') expect(text).not.toMatch(SPACING_SLIPS);
    }
  });

  it('fits its title and buttons', () => {
    for (const text of [say.title, say.submit, say.close]) expect(text.length).toBeLessThanOrEqual(24);
  });

  it('has the Installation ID in groups, and one field for each group of the Confirmation ID', () => {
    const { blocks, callback_id, submit } = view(READY);
    const shown = blocks.flatMap(({ text }) => text?.text ?? []).join('\n');

    for (const group of GROUPS) expect(shown).toContain(group);
    expect(callback_id).toBe('phone_confirmation');
    expect(submit?.text).toBe(say.submit);
    expect(blocks.filter(({ type }) => type === 'input').map(({ block_id, optional }) => [block_id, optional])).toEqual(
      [['cid-1', false], ...[2, 3, 4, 5, 6, 7, 8].map((at) => [`cid-${at}`, true])],
    );
  });

  it('carries unseen which attempt it is about, and no digit of the Installation ID', () => {
    const { private_metadata = '' } = view(READY);

    expect(JSON.parse(private_metadata)).toEqual({ change: 'c4k7m2q9xd', attempt: 2, digest: 'a1b2c3d4e5f6a7b8' });
    for (const group of GROUPS) expect(private_metadata).not.toContain(group);
  });

  it('shows the configured numbers as they stand, and lets nothing in a name act', () => {
    const { blocks } = view(READY);

    expect(blocks).toContainEqual({ type: 'section', text: expect.objectContaining({ type: 'plain_text' }) });
    expect(JSON.stringify(blocks)).toContain('Tokyo: 0120-000-000 (9–17)\\nContract: <ask Aiko> & co');
    expect(JSON.stringify(blocks)).not.toContain('<!channel>');
  });

  it('names where Windows has the numbers when none are configured', () => {
    const shown = textsOf(view({ ...READY, whereToCall: '' })).join('\n');

    expect(shown).toContain('`slui 4`');
    expect(shown).toContain('phone.inf');
  });

  it('has nothing to submit while it loads, and when there is nothing to submit', () => {
    for (const modal of MODALS.filter(({ kind }) => kind !== 'ready')) {
      const { submit, blocks } = view(modal);
      expect(submit).toBeUndefined();
      expect(blocks.every(({ type }) => type === 'section')).toBe(true);
    }
  });
});
