/** Blocks as DOM nodes. What is not known is shown as its JSON, so that nothing is hidden. */

import { lookup } from '../lookup.ts';
import { el, link, mrkdwnNodes, richNodes, textNodes } from './text.js';

const BLOCKS = {
  header: (block, context) => el('div', 'header', ...textNodes(block.text, context)),
  section,
  context: (block, context) =>
    el('div', 'context', ...list(block.elements).flatMap((one) => [elementNode(one, block, context), ' '])),
  actions: (block, context) =>
    el('div', 'actions', ...list(block.elements).map((one) => elementNode(one, block, context))),
  divider: () => el('hr'),
  image: (block) => picture(block),
  rich_text: (block, context) => el('div', 'text', ...list(block.elements).map((part) => richPart(part, context))),
  table,
  data_table: table,
  markdown: (block) => el('div', 'text', block.text),
  alert: (block, context) => el('div', 'error', ...textNodes(block.text, context)),
  container: (block, context) =>
    el('section', '', ...textNodes(block.title, context), ...blockNodes(block.child_blocks, context)),
};

/** Blocks, one below the other. `context.use(block, element, value)` is called when something is clicked or chosen. */
export function blockNodes(blocks, context) {
  return list(blocks).map((block) => (lookup(BLOCKS, block.type) ?? unknown)(block, context));
}

function unknown(block) {
  return el('details', '', el('summary', '', `${block.type} block`), el('pre', '', JSON.stringify(block, null, 2)));
}

function list(value) {
  return Array.isArray(value) ? value : [];
}

function section(block, context) {
  const fields = list(block.fields).map((field) => el('div', 'text', ...textNodes(field, context)));
  return el(
    'div',
    'section',
    el('div', 'text', ...textNodes(block.text, context)),
    fields.length > 0 ? el('div', 'fields', ...fields) : undefined,
    block.accessory ? el('div', 'actions', elementNode(block.accessory, block, context)) : undefined,
  );
}

/** Pictures kept in the workspace are shown, others named: the page loads nothing from elsewhere. */
function picture(block) {
  if (!block.slack_file?.id) return el('p', 'quiet', `[image: ${block.alt_text}]`);
  const image = el('img');
  image.src = `/lab/files/${encodeURIComponent(block.slack_file.id)}`;
  image.alt = block.alt_text;
  return image;
}

function elementNode(element, block, context) {
  switch (element.type) {
    case 'mrkdwn':
    case 'plain_text':
      return el('span', '', ...textNodes(element, context));
    case 'image':
      return picture(element);
    case 'button':
      return button(element, block, context);
    case 'overflow':
    case 'static_select':
    case 'radio_buttons':
      return menu(element, block, context);
    default:
      return el('span', 'quiet', `[${element.type}]`);
  }
}

function button(element, block, context) {
  const node = el('button', element.style ?? '', element.text.text);
  node.type = 'button';
  if (element.accessibility_label) node.setAttribute('aria-label', element.accessibility_label);
  node.addEventListener('click', () => {
    if (confirmed(element.confirm)) context.use(block, element, element.value);
  });
  return element.url ? el('span', '', node, ' ', link(element.url, '↗')) : node;
}

function confirmed(dialog) {
  if (!dialog) return true;
  const words = [dialog.title?.text, dialog.text.text].filter(Boolean);
  return window.confirm(words.join('\n\n'));
}

function menu(element, block, context) {
  const options = element.options ?? list(element.option_groups).flatMap((group) => group.options);
  const select = el('select', '', ...options.map(optionNode));
  const name = element.placeholder?.text ?? (element.type === 'overflow' ? '⋯ More' : 'Choose');
  const none = el('option', '', name);
  none.value = '';
  none.selected = element.initial_option === undefined;
  select.prepend(none);
  select.setAttribute('aria-label', name);
  select.value = element.initial_option?.value ?? '';
  select.addEventListener('change', () => {
    if (select.value !== '' && confirmed(element.confirm)) context.use(block, element, select.value);
  });
  return select;
}

/** One option of a menu. */
export function optionNode(option) {
  const node = el('option', '', option.text.text);
  node.value = option.value;
  return node;
}

function table(block, context) {
  const rows = list(block.rows).map((row, index) =>
    el('tr', '', ...list(row).map((cell) => el(index === 0 ? 'th' : 'td', '', ...cellNodes(cell, context)))),
  );
  const caption = block.caption ? el('caption', '', block.caption) : undefined;
  return el('div', 'table', el('table', '', caption, el('tbody', '', ...rows)));
}

function cellNodes(cell, context) {
  if (cell.type !== 'rich_text') return [String(cell.text ?? cell.value ?? '')];
  return list(cell.elements).map((part) => richPart(part, context));
}

function richPart(part, context) {
  switch (part.type) {
    case 'rich_text_list': {
      const items = list(part.elements).map((item) => el('li', '', ...richNodes(item.elements, context)));
      return el(part.style === 'ordered' ? 'ol' : 'ul', 'plain', ...items);
    }
    case 'rich_text_quote':
      return el('blockquote', '', ...richNodes(part.elements, context));
    case 'rich_text_preformatted':
      return el('pre', '', ...richNodes(part.elements, context));
    default:
      return el('div', '', ...richNodes(part.elements, context));
  }
}

/** What a message says: its blocks, or its text when it has none. */
export function messageNodes(message, context) {
  if (message.blocks.length > 0) return blockNodes(message.blocks, context);
  return [el('div', 'text', ...mrkdwnNodes(message.text, context))];
}
