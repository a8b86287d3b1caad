/** Messages as people see them, and reports to show. */
import type { Button } from '@slack/types';
import type { CauseGroup } from '../../../bot/domain/check-report.ts';
import type { Content } from '../../../bot/ports.ts';
import { render } from '../../../bot/slack/views/render.ts';
import { finished, NODE_ID } from './content.ts';

/** What a person reads: blocks as text, dates as their fallback. */
export const shown = (content: Content, language: 'en' | 'ja' = 'en'): string =>
  render(content, language)
    .blocks.flatMap((block) => {
      if (block.type === 'section')
        return [block.text?.text ?? '', ...(block.accessory ? [label(block.accessory)] : [])];
      if (block.type === 'context') return block.elements.map((element) => ('text' in element ? element.text : ''));
      return block.type === 'actions' ? block.elements.map(label) : [];
    })
    .join('\n')
    .replace(/<!date\^\d+\^[^|]*\|([^>]*)>/g, '$1');

/** The same, line by line. */
export const shownLines = (content: Content, language: 'en' | 'ja' = 'en'): readonly string[] =>
  shown(content, language).split('\n');

/** Buttons of a message by their action, with what a click would carry. */
export function buttonsOf(content: Content, language: 'en' | 'ja' = 'en'): ReadonlyMap<string, Button> {
  const elements = render(content, language).blocks.flatMap((block): readonly { readonly type: string }[] => {
    if (block.type === 'actions') return block.elements;
    return block.type === 'section' && block.accessory !== undefined ? [block.accessory] : [];
  });
  const buttons = elements.filter((each): each is Button => each.type === 'button');
  return new Map(buttons.map((each) => [each.action_id ?? '', each]));
}

const label = (element: unknown): string => `[${(element as { text?: { text?: string } }).text?.text ?? ''}]`;

/** A finished check, with what a test cares about on top. */
export const report = (parts: Parameters<typeof finished>[0], asked = 'check tag:Env=prod'): Content => ({
  kind: 'check-report',
  asked,
  report: finished(parts),
});

/** One cause of one machine. */
export const group = (parts: Partial<CauseGroup>): CauseGroup => ({
  cause: { key: 'x', kind: 'clock-skew' },
  state: 'notification',
  total: 1,
  examples: [{ nodeId: NODE_ID, name: 'web-03' }],
  next: { kind: 'none' },
  ...parts,
});
