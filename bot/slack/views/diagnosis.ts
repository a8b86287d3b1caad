/** The message of a diagnosis. */
import type { Content } from '../../ports.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { words } from '../mrkdwn.ts';
import { type Rendered, section } from './blocks.ts';

type Shown = Extract<Content, { kind: 'diagnosis-progress' | 'diagnosis' }>;

export function diagnosisView(content: Shown, _say: CheckTexts): Rendered {
  const text = words(content.asked);
  return { text, blocks: [section(text)] };
}
