/** Shapes of rich text: sections, lists, quotes and preformatted text. */
import { BLOCK_LIMITS } from '../block-limits.ts';
import { boolean, byType, type Fields, integer, list, number, object, oneOf, type Rule, string } from './rules.ts';

const type: Rule = () => {};
const MANY = 1_000;
const LONG = 12_000;

const style = object({
  optional: { bold: boolean, italic: boolean, strike: boolean, code: boolean, underline: boolean },
});

function piece(fields: Fields): Rule {
  return object({ required: { type, ...fields.required }, optional: { style, ...fields.optional } });
}

const text = piece({ required: { text: string(LONG, 1) } });
const link = piece({ required: { url: string(3_000, 1) }, optional: { text: string(LONG), unsafe: boolean } });

const inline = byType({
  text,
  link,
  emoji: piece({ required: { name: string(100, 1) }, optional: { unicode: string(100), url: string(3_000) } }),
  user: piece({ required: { user_id: string(50, 1) } }),
  usergroup: piece({ required: { usergroup_id: string(50, 1) } }),
  channel: piece({ required: { channel_id: string(50, 1) } }),
  team: piece({ required: { team_id: string(50, 1) } }),
  broadcast: piece({ required: { range: oneOf('here', 'channel', 'everyone') } }),
  color: piece({ required: { value: string(50, 1) } }),
  date: piece({
    required: { timestamp: number, format: string(200, 1) },
    optional: { url: string(3_000), fallback: string(LONG) },
  }),
});

const border = { border: integer(0, 1) };
const section = object({ required: { type, elements: list(inline, MANY, 0) } });

const part = byType({
  rich_text_section: section,
  rich_text_list: object({
    required: {
      type,
      style: oneOf('bullet', 'ordered'),
      elements: list(byType({ rich_text_section: section }), MANY),
    },
    optional: { ...border, indent: integer(0, BLOCK_LIMITS.richText.indent), offset: integer(0, MANY) },
  }),
  rich_text_quote: object({ required: { type, elements: list(inline, MANY, 0) }, optional: border }),
  rich_text_preformatted: object({
    required: { type, elements: list(byType({ text, link }), MANY, 0) },
    optional: { ...border, language: string(50) },
  }),
});

/** The fields of a `rich_text` object, `block_id` included. */
export const richText: Rule = byType({
  rich_text: object({
    required: { type, elements: list(part, MANY, 0) },
    optional: { block_id: string(BLOCK_LIMITS.blockId) },
  }),
});
