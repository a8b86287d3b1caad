/** Several machines bear the name that was given: each with its id, and a button that diagnoses it. */
import type { Content, NamesakeNode } from '../../ports.ts';
import { ACTIONS } from '../ids.ts';
import type { Language } from '../messages/language.ts';
import { type WhichNodeTexts, whichNodeTexts } from '../messages/which-node.ts';
import { code, words } from '../mrkdwn.ts';
import { button, type Rendered, section } from './blocks.ts';

/** More namesakes than these are only counted. */
const SHOWN = 10;

/** Asks which of the machines is meant. */
export function whichNodeView(content: Extract<Content, { kind: 'which-node' }>, language: Language): Rendered {
  const say = whichNodeTexts[language];
  const first = `⚠ ${say.first(content.nodes.length, code(content.word, 80))}`;
  const shown = content.nodes.slice(0, SHOWN);
  const hidden = content.nodes.length - shown.length;
  const lines = shown.map((node) => `• ${lineOf(node, say)}`);
  const more = hidden > 0 ? [say.more(hidden)] : [];
  return {
    text: [first, ...lines, ...more].join('\n'),
    blocks: [
      section(first),
      ...shown.map((node, index) => section(lines[index] ?? '', diagnoseButton(node, index, say))),
      ...more.map((text) => section(text)),
    ],
  };
}

const lineOf = ({ name, id, siteId, presence }: NamesakeNode, say: WhichNodeTexts): string =>
  `${say.machine(words(name, 60), code(id), words(siteId, 20))} · ${say.states[presence.kind]}`;

const diagnoseButton = ({ id, name, siteId }: NamesakeNode, index: number, say: WhichNodeTexts) =>
  button({
    action: ACTIONS.diagnose,
    index,
    label: say.button,
    accessibleLabel: say.buttonLabel(id),
    value: `diagnose ${id} site:${siteId}`,
    about: name,
  });
