/** Reads what a message is to say (text, blocks, metadata) and refuses what Slack refuses. */
import { type Answer, type Arguments, fail, jsonArg, textArg } from './api/answer.ts';
import type { Problem } from './block-kit.ts';
import { blockCharacters, blockProblems, isObject, type JsonObject, sayProblem, slackFilesIn } from './block-kit.ts';
import { BLOCK_LIMITS } from './block-limits.ts';
import type { WorkspaceState } from './state.ts';

export interface Content {
  readonly text: string;
  readonly blocks: readonly unknown[];
  readonly metadata?: JsonObject;
  /** Text was cut at Slack's limit. */
  readonly truncated: boolean;
}

type Refusal = Answer & { readonly ok: false };

/** Whether something read is a refusal. */
export function isRefusal<T extends object>(value: T | Refusal): value is Refusal {
  return 'ok' in value && value.ok === false;
}

const limits = BLOCK_LIMITS.message;

/** What a new message says; text beyond 40,000 characters is cut, as Slack does. */
export function readContent(state: WorkspaceState, args: Arguments): Content | Refusal {
  const blocks = readBlocks(state, args);
  if (isRefusal(blocks)) return blocks;
  const metadata = readMetadata(args);
  if (isRefusal(metadata)) return metadata;
  const text = textArg(args, 'text') ?? '';
  if (text === '' && blocks.list.length === 0) return fail('no_text');
  return {
    text: text.slice(0, limits.text),
    blocks: blocks.list,
    truncated: text.length > limits.text,
    ...(metadata.value === undefined ? {} : { metadata: metadata.value }),
  };
}

function readBlocks(state: WorkspaceState, args: Arguments): { readonly list: readonly unknown[] } | Refusal {
  if (args.attachments !== undefined && args.attachments !== '[]') return fail('lab_does_not_model_attachments');
  const markdown = textArg(args, 'markdown_text');
  if (markdown !== undefined) return markdownOnly(args, markdown);
  const parsed = jsonArg(args, 'blocks');
  if (parsed === 'garbled') return fail('invalid_blocks_format');
  if (parsed.value === undefined || parsed.value === null) return { list: [] };
  if (!Array.isArray(parsed.value)) return fail('invalid_blocks_format');
  return judgeBlocks(state, parsed.value);
}

function markdownOnly(args: Arguments, markdown: string): { readonly list: readonly unknown[] } | Refusal {
  if (args.text !== undefined || args.blocks !== undefined) return fail('markdown_text_conflict');
  if (markdown.length > limits.markdownText) return fail('msg_too_long');
  return { list: [{ type: 'markdown', text: markdown }] };
}

function judgeBlocks(
  state: WorkspaceState,
  blocks: readonly unknown[],
): { readonly list: readonly unknown[] } | Refusal {
  const problems = [...blockProblems(blocks, 'message'), ...missingFiles(state, blocks)];
  if (problems.length > 0) return invalidBlocks(problems);
  if (blockCharacters(blocks) > limits.blockCharacters) return fail('msg_blocks_too_long');
  return { list: blocks };
}

/** Slack's answer to blocks it does not show. */
export function invalidBlocks(problems: readonly Problem[]): Refusal {
  const errors = problems.map(sayProblem);
  const messages = errors.map((error) => `[ERROR] ${error}`);
  return fail('invalid_blocks', { errors, response_metadata: { messages } });
}

const PICTURES = ['image/png', 'image/jpeg', 'image/gif'];

/** A picture kept in Slack can be shown once Slack has looked at it, not before. */
function missingFiles(state: WorkspaceState, blocks: readonly unknown[]): Problem[] {
  return slackFilesIn(blocks).flatMap(({ pointer, file }) => {
    const id = isObject(file) && typeof file.id === 'string' ? file.id : undefined;
    const known = id === undefined ? undefined : state.files.get(id);
    const shown = known !== undefined && PICTURES.includes(known.mimetype);
    return shown ? [] : [{ pointer, message: 'invalid slack file' }];
  });
}

function readMetadata(args: Arguments): { readonly value: JsonObject | undefined } | Refusal {
  const parsed = jsonArg(args, 'metadata');
  if (parsed === 'garbled') return fail('invalid_metadata_format');
  if (parsed.value === undefined || parsed.value === null) return { value: undefined };
  const { value } = parsed;
  if (!isObject(value)) return fail('invalid_metadata_format');
  if (Object.keys(value).length === 0) return { value };
  if (typeof value.event_type !== 'string' || !isObject(value.event_payload)) return fail('invalid_metadata_schema');
  if (Buffer.byteLength(JSON.stringify(value)) > limits.metadataBytes) return fail('metadata_too_large');
  return { value };
}
