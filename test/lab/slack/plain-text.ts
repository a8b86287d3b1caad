/** Shows a message as plain text, for terminals: what a person would read in Slack, as far as letters can. */
import { isObject, type JsonObject } from './block-kit.ts';
import { lookup } from './lookup.ts';
import { plainMrkdwn, plainRichElements, plainTextObject, type Reader } from './text/inline.ts';
import { plainChart, plainTable } from './text/tables.ts';
import { displayWidth, padTo, stripControls } from './text/width.ts';

export type { Reader } from './text/inline.ts';

/** What is needed of a message to show it. */
export interface PlainMessage {
  readonly text: string;
  readonly blocks: readonly unknown[];
  readonly files?: readonly { readonly name: string; readonly size: number }[];
}

/** A message for one reader: its blocks, or its text when it has none, and its files. */
export function renderMessage(message: PlainMessage, reader: Reader): string {
  const body = message.blocks.length > 0 ? renderBlocks(message.blocks, reader) : plainMrkdwn(message.text, reader);
  const files = (message.files ?? []).map((file) => `[file: ${stripControls(file.name)}, ${file.size} bytes]`);
  return [body, ...files].filter((part) => part !== '').join('\n');
}

/** Blocks for one reader, one below the other. */
export function renderBlocks(blocks: readonly unknown[], reader: Reader): string {
  return blocks.flatMap((block) => (isObject(block) ? renderBlock(block, reader) : [])).join('\n');
}

type Render = (block: JsonObject, reader: Reader) => readonly string[];

const BLOCKS: Readonly<Record<string, Render>> = {
  header: (block, reader) => [plainTextObject(block.text, reader)],
  section: renderSection,
  context: (block, reader) => [
    listOf(block.elements)
      .map((element) => (element.type === 'image' ? `[${element.alt_text}]` : plainTextObject(element, reader)))
      .join(' '),
  ],
  actions: (block, reader) => [
    listOf(block.elements)
      .map((element) => renderElement(element, reader))
      .join(' '),
  ],
  divider: () => ['─'.repeat(40)],
  image: (block, reader) => [
    ...lines(plainTextObject(block.title, reader)),
    `[image: ${stripControls(String(block.alt_text))}]`,
  ],
  input: (block, reader) => [
    plainTextObject(block.label, reader),
    ...(isObject(block.element) ? [renderElement(block.element, reader)] : []),
    ...lines(plainTextObject(block.hint, reader)),
  ],
  rich_text: (block, reader) => listOf(block.elements).flatMap((part) => renderRichPart(part, reader)),
  table: plainTable,
  data_table: plainTable,
  data_visualization: (block) => plainChart(block),
  markdown: (block) => [stripControls(String(block.text))],
  alert: (block, reader) => [`! ${plainTextObject(block.text, reader)}`],
  card: (block, reader) => [
    ...[block.title, block.subtitle, block.body].flatMap((text) => lines(plainTextObject(text, reader))),
    ...lines(
      listOf(block.actions)
        .map((element) => renderElement(element, reader))
        .join(' '),
    ),
  ],
  container: (block, reader) => [
    ...lines(plainTextObject(block.title, reader)),
    ...listOf(block.child_blocks).flatMap((child) => renderBlock(child, reader).map((line) => `  ${line}`)),
  ],
  plan: (block, reader) => [
    stripControls(String(block.title)),
    ...listOf(block.tasks).flatMap((task) => renderBlock(task, reader)),
  ],
  task_card: (block) => [stripControls(`${block.status}: ${block.title}`)],
  video: (block, reader) => [`[video: ${plainTextObject(block.title, reader)}]`],
};

function renderBlock(block: JsonObject, reader: Reader): readonly string[] {
  const render = lookup(BLOCKS, String(block.type));
  return render === undefined ? [`[${stripControls(String(block.type))} block, not shown]`] : render(block, reader);
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function lines(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

function renderSection(block: JsonObject, reader: Reader): string[] {
  const text = lines(plainTextObject(block.text, reader));
  const fields = listOf(block.fields).map((field) => lines(plainTextObject(field, reader)));
  const body = [...text, ...sideBySide(fields)];
  if (!isObject(block.accessory)) return body;
  const beside = renderElement(block.accessory, reader);
  return [`${body[0] ?? ''}  ${beside}`.trimStart(), ...body.slice(1)];
}

/** Fields stand in two columns, as Slack shows them. */
function sideBySide(fields: readonly (readonly string[])[]): string[] {
  const width =
    Math.max(
      0,
      ...fields
        .filter((_, index) => index % 2 === 0)
        .flat()
        .map(displayWidth),
    ) + 3;
  const rows: string[] = [];
  for (let index = 0; index < fields.length; index += 2) {
    const left = fields[index] ?? [];
    const right = fields[index + 1] ?? [];
    for (let line = 0; line < Math.max(left.length, right.length); line += 1) {
      rows.push((padTo(left[line] ?? '', width) + (right[line] ?? '')).trimEnd());
    }
  }
  return rows;
}

/** An interactive element: a button by its label, a menu by its placeholder or choice. */
function renderElement(element: JsonObject, reader: Reader): string {
  if (element.type === 'image') return `[image: ${stripControls(String(element.alt_text))}]`;
  if (element.type === 'button' || element.type === 'workflow_button' || element.type === 'icon_button') {
    return `[${plainTextObject(element.text, reader)}]`;
  }
  if (element.type === 'overflow') {
    return `[⋯ ${listOf(element.options)
      .map((option) => plainTextObject(option.text, reader))
      .join(' | ')}]`;
  }
  const initial = isObject(element.initial_option) ? plainTextObject(element.initial_option.text, reader) : '';
  const shown = initial || plainTextObject(element.placeholder, reader) || String(element.type).replaceAll('_', ' ');
  return `[${shown} ▾]`;
}

const BULLETS = ['•', '◦', '▪'];

function renderRichPart(part: JsonObject, reader: Reader): string[] {
  const { elements } = part;
  switch (part.type) {
    case 'rich_text_list':
      return renderRichList(part, reader);
    case 'rich_text_quote':
      return lines(plainRichElements(elements, reader)).map((line) => `> ${line}`);
    case 'rich_text_preformatted':
      return lines(plainRichElements(elements, reader)).map((line) => `    ${line}`);
    default:
      return lines(plainRichElements(elements, reader).replace(/\n$/, ''));
  }
}

function renderRichList(part: JsonObject, reader: Reader): string[] {
  const indent = typeof part.indent === 'number' ? part.indent : 0;
  const first = typeof part.offset === 'number' ? part.offset + 1 : 1;
  return listOf(part.elements).map((item, index) => {
    const bullet = part.style === 'ordered' ? `${first + index}.` : BULLETS[indent % BULLETS.length];
    return `${'  '.repeat(indent)}${bullet} ${plainRichElements(item.elements, reader)}`;
  });
}
