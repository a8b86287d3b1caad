/** The modal that is open for the person, as a dialog. */
import { blockNodes, optionNode } from './blocks.js';
import { el, textNodes } from './text.js';

/** Shows, changes or closes the dialog. `actions` says what submitting, closing and clicking do. */
export function showModal(dialog, view, context, actions) {
  if (!view) {
    if (dialog.open) dialog.close();
    delete dialog.dataset.hash;
    return;
  }
  const shown = `${view.hash} ${JSON.stringify(view.errors)}`;
  if (dialog.dataset.hash === shown) return;
  dialog.dataset.hash = shown;
  dialog.replaceChildren(modalForm(view, context, actions));
  dialog.oncancel = (event) => {
    event.preventDefault();
    actions.close();
  };
  if (!dialog.open) dialog.showModal();
}

function modalForm(view, context, actions) {
  const title = el('h2', '', view.title?.text ?? '');
  title.id = 'modal-title';
  const inputs = [];
  const body = view.blocks.map((block) =>
    block.type === 'input' ? inputNode(block, view, context, inputs, actions) : blockNodes([block], context)[0],
  );
  const trouble = view.errors[''] ? el('p', 'error', view.errors['']) : undefined;
  const form = el('form', '', title, trouble, ...body, buttons(view, actions));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    actions.submit(Object.fromEntries(inputs.map((read) => read())));
  });
  return form;
}

function buttons(view, actions) {
  const close = el('button', '', view.close?.text ?? 'Close');
  close.type = 'button';
  close.addEventListener('click', () => actions.close());
  const submit = view.submit ? el('button', 'primary', view.submit.text) : undefined;
  return el('div', 'actions', submit, close);
}

/** One input with its label, hint and what was found wrong with it. */
function inputNode(block, view, context, inputs, actions) {
  const { element } = block;
  const held = view.state.values[block.block_id]?.[element.action_id] ?? {};
  const { field, read } = control(element, held, actions);
  inputs.push(() => [block.block_id, { [element.action_id]: read() }]);
  const label = el('label', '', ...textNodes(block.label, context), block.optional ? ' (optional)' : '', field);
  const hint = block.hint ? el('p', 'quiet', ...textNodes(block.hint, context)) : undefined;
  const error = view.errors[block.block_id] ? el('p', 'error', view.errors[block.block_id]) : undefined;
  return el('div', '', label, hint, error);
}

function control(element, held, actions) {
  if (element.type === 'checkboxes' || element.type === 'multi_static_select') return many(element, held);
  if (element.options || element.option_groups) return one(element, held);
  if (element.type === 'external_select') return external(element, held, actions);
  return typed(element, held);
}

function options(element) {
  return element.options ?? element.option_groups.flatMap((group) => group.options);
}

function one(element, held) {
  const field = el('select', '', el('option', '', ''), ...options(element).map(optionNode));
  field.value = held.selected_option?.value ?? '';
  return { field, read: () => field.value || null };
}

function many(element, held) {
  const field = el('select', '', ...options(element).map(optionNode));
  field.multiple = true;
  const chosen = (held.selected_options ?? []).map((option) => option.value);
  for (const option of field.options) option.selected = chosen.includes(option.value);
  return { field, read: () => [...field.selectedOptions].map((option) => option.value) };
}

/** Typing asks the bot for options; the newest answer fills the list. */
function external(element, held, actions) {
  const query = el('input');
  query.placeholder = element.placeholder?.text ?? 'Type to search';
  const select = el('select');
  if (held.selected_option) select.append(optionNode(held.selected_option));
  query.addEventListener('input', async () => {
    const found = await actions.suggest(element.action_id, query.value);
    if (found) select.replaceChildren(...found.map(optionNode));
  });
  return { field: el('div', 'row', query, select), read: () => select.value || null };
}

const TYPES = { datepicker: 'date', timepicker: 'time', email_text_input: 'email', url_text_input: 'url' };

function typed(element, held) {
  const field = el(element.multiline ? 'textarea' : 'input');
  if (TYPES[element.type]) field.type = TYPES[element.type];
  field.value = held.value ?? held.selected_date ?? held.selected_time ?? '';
  field.placeholder = element.placeholder?.text ?? '';
  return { field, read: () => field.value || null };
}
