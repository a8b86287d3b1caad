/**
 * Judges blocks and views as Slack does, before anything is shown.
 *
 * Slack, "Block Kit reference" and "blocks.validate". Stricter than Slack nowhere by intention; where its documents
 * disagree with one another the narrower reading holds, so that what passes here passes there.
 */
import { BLOCKS, type Surface } from './block-kit/blocks.ts';
import { plainText } from './block-kit/composition.ts';
import { boolean, byType, isObject, list, object, type Problem, type Rule, string } from './block-kit/rules.ts';
import { charactersIn, checkWhole, elementsOf } from './block-kit/whole.ts';
import { BLOCK_LIMITS } from './block-limits.ts';

export type { Surface } from './block-kit/blocks.ts';
export type { JsonObject, Problem } from './block-kit/rules.ts';
export { isObject } from './block-kit/rules.ts';
export { elementsOf } from './block-kit/whole.ts';

const RULES: Readonly<Record<Surface, Rule>> = {
  message: list(byType(BLOCKS.message), BLOCK_LIMITS.message.blocks, 0),
  modal: list(byType(BLOCKS.modal), BLOCK_LIMITS.view.blocks, 0),
  home: list(byType(BLOCKS.home), BLOCK_LIMITS.view.blocks, 0),
};

/** What is wrong with a list of blocks; empty when Slack would show it. */
export function blockProblems(blocks: unknown, surface: Surface): Problem[] {
  const problems: Problem[] = [];
  RULES[surface](blocks, '/blocks', problems);
  return Array.isArray(blocks) ? [...problems, ...checkWhole(blocks)] : problems;
}

/** What is wrong with a list of blocks, in Slack's words; empty when Slack would show it. */
export function validateBlocks(blocks: unknown, surface: Surface = 'message'): string[] {
  return blockProblems(blocks, surface).map(sayProblem);
}

/** One line as in Slack's `errors`: the complaint and where it is. */
export function sayProblem(problem: Problem): string {
  return `${problem.message} [json-pointer:${problem.pointer}]`;
}

/** Characters that count against the limit of a message's blocks. */
export function blockCharacters(blocks: readonly unknown[]): number {
  return charactersIn(blocks);
}

const type: Rule = () => {};
const shared = {
  private_metadata: string(BLOCK_LIMITS.view.privateMetadata),
  callback_id: string(BLOCK_LIMITS.view.callbackId),
  external_id: string(BLOCK_LIMITS.view.externalId),
};

const VIEW: Rule = byType({
  modal: object({
    required: { type, title: plainText(BLOCK_LIMITS.view.title), blocks: RULES.modal },
    optional: {
      ...shared,
      submit: plainText(BLOCK_LIMITS.view.submit),
      close: plainText(BLOCK_LIMITS.view.close),
      clear_on_close: boolean,
      notify_on_close: boolean,
      submit_disabled: boolean,
    },
  }),
  home: object({ required: { type, blocks: RULES.home }, optional: shared }),
});

/** What is wrong with a modal or App Home; empty when Slack would open it. */
export function viewProblems(view: unknown): Problem[] {
  const problems: Problem[] = [];
  VIEW(view, '', problems);
  if (!isObject(view) || !Array.isArray(view.blocks)) return problems;
  return [...problems, ...checkWhole(view.blocks), ...missingSubmit(view, view.blocks)];
}

/** What is wrong with a view, in Slack's words. */
export function validateView(view: unknown): string[] {
  return viewProblems(view).map(sayProblem);
}

function missingSubmit(view: Readonly<Record<string, unknown>>, blocks: readonly unknown[]): Problem[] {
  const asks = blocks.some((block) => isObject(block) && block.type === 'input');
  if (view.type !== 'modal' || !asks || view.submit !== undefined) return [];
  return [{ pointer: '/submit', message: 'missing required field: submit' }];
}

/** Files that image blocks and elements show, with their places. */
export function slackFilesIn(blocks: readonly unknown[]): { readonly pointer: string; readonly file: unknown }[] {
  return blocks.flatMap((block, index) => {
    if (!isObject(block)) return [];
    const pictures = [block, ...elementsOf(block)].filter((entry) => entry.slack_file !== undefined);
    return pictures.map((entry) => ({ pointer: `/blocks/${index}/slack_file`, file: entry.slack_file }));
  });
}
