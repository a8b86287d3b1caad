/** The message of a look at the KMS hosts. */
import type { Content } from '../../ports.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { words } from '../mrkdwn.ts';
import { type Rendered, section } from './blocks.ts';

type Shown = Extract<Content, { kind: 'hosts-progress' | 'hosts' }>;

export function hostsView(content: Shown, _say: CheckTexts): Rendered {
  const text = words(content.asked);
  return { text, blocks: [section(text)] };
}
