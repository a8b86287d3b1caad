/** The row of a card that shows the other half of a machine that is a KMS host. */
import type { NodeCard } from '../../domain/card.ts';
import { storyOfNode } from '../../domain/hosts/story-of-node.ts';
import type { CheckTexts } from '../messages/reports.ts';
import type { Row } from './card-rows.ts';
import { countWords, hostSpeech, serviceWords } from './host-lines.ts';

/** The other half of a machine that is a KMS host; nothing for the rest. */
export function hostRoleRow({ node, record, checkedAtMs: nowMs }: NodeCard, say: CheckTexts): Row {
  if (record === undefined || !record.hostRole.read || record.hostRole.value === undefined) return ['hostRole', []];
  const facts = { node, record, recordAtMs: nowMs, askedNow: true };
  const story = storyOfNode({ facts, clients: undefined, nowMs });
  const speech = hostSpeech(say);
  const { total, failed } = record.hostRole.value.requests;
  return ['hostRole', [countWords(story, speech), say.card.requestsSoFar(total, failed), serviceWords(story, speech)]];
}
