/** What the fields of a modal, App Home or message hold, in the form Slack sends it. */
import { elementsOf, isObject, type JsonObject } from './block-kit.ts';
import { lookup } from './lookup.ts';
import type { StateValues } from './types.ts';

/** Element types that hold a value, with the field it is in and the initial field of the element. */
const FIELDS: Readonly<Record<string, readonly [field: string, initial: string, empty: null | readonly []]>> = {
  plain_text_input: ['value', 'initial_value', null],
  email_text_input: ['value', 'initial_value', null],
  url_text_input: ['value', 'initial_value', null],
  number_input: ['value', 'initial_value', null],
  rich_text_input: ['rich_text_value', 'initial_value', null],
  static_select: ['selected_option', 'initial_option', null],
  external_select: ['selected_option', 'initial_option', null],
  radio_buttons: ['selected_option', 'initial_option', null],
  users_select: ['selected_user', 'initial_user', null],
  channels_select: ['selected_channel', 'initial_channel', null],
  conversations_select: ['selected_conversation', 'initial_conversation', null],
  datepicker: ['selected_date', 'initial_date', null],
  timepicker: ['selected_time', 'initial_time', null],
  datetimepicker: ['selected_date_time', 'initial_date_time', null],
  checkboxes: ['selected_options', 'initial_options', []],
  multi_static_select: ['selected_options', 'initial_options', []],
  multi_external_select: ['selected_options', 'initial_options', []],
  multi_users_select: ['selected_users', 'initial_users', []],
  multi_channels_select: ['selected_channels', 'initial_channels', []],
  multi_conversations_select: ['selected_conversations', 'initial_conversations', []],
};

/** Every field of the blocks with what it holds before anybody touches it. */
export function initialValues(blocks: readonly JsonObject[]): StateValues {
  const entries = blocks.map((block): [string, Record<string, JsonObject>] => {
    const fields = elementsOf(block).flatMap((element) => {
      const kind = lookup(FIELDS, String(element.type));
      if (kind === undefined) return [];
      const [field, initial, empty] = kind;
      return [[String(element.action_id), { type: element.type, [field]: element[initial] ?? empty }] as const];
    });
    return [String(block.block_id), Object.fromEntries(fields)];
  });
  return Object.fromEntries(entries.filter(([, fields]) => Object.keys(fields).length > 0));
}

/** Values with one field set anew. */
export function withValue(values: StateValues, blockId: string, actionId: string, value: JsonObject): StateValues {
  return { ...values, [blockId]: { ...values[blockId], [actionId]: value } };
}

/** What a field holds after a person chose or typed `input`, or why they could not. */
export type Filled = { readonly value: JsonObject } | { readonly complaint: string };

/**
 * The state of an element after a person's input: a text, the value of an option, an id, or a list of those; null
 * empties the field. `suggested` are the options the bot last offered for an external select.
 */
export function fill(element: JsonObject, input: unknown, suggested: readonly JsonObject[] = []): Filled {
  const kind = lookup(FIELDS, String(element.type));
  if (kind === undefined) return { complaint: `a ${element.type} holds no value` };
  const [field, , empty] = kind;
  const set = (value: unknown): Filled => ({ value: { type: element.type, [field]: value } });
  if (input === null || input === undefined || input === '') return set(empty);
  if (field === 'selected_option') return chosen([input], element, suggested, ([one]) => set(one));
  if (field === 'selected_options') return chosen(asList(input), element, suggested, (all) => set(all));
  if (empty !== null) return set(asList(input));
  if (field === 'selected_date_time') return set(Number(input));
  if (field === 'rich_text_value') return isObject(input) ? set(input) : { complaint: 'a rich_text object is needed' };
  return typeof input === 'string' ? typedText(element, input, set) : { complaint: 'a text is needed' };
}

function asList(input: unknown): readonly unknown[] {
  return Array.isArray(input) ? input : [input];
}

function chosen(
  wanted: readonly unknown[],
  element: JsonObject,
  suggested: readonly JsonObject[],
  set: (options: readonly JsonObject[]) => Filled,
): Filled {
  const offered = String(element.type).includes('external') ? suggested : optionsOf(element);
  const found = wanted.map((value) => offered.find((option) => option.value === value));
  const missing = wanted.find((_, index) => found[index] === undefined);
  if (missing !== undefined) return { complaint: `there is no option ${JSON.stringify(missing)}` };
  return set(found.filter((option) => option !== undefined));
}

function typedText(element: JsonObject, text: string, set: (value: unknown) => Filled): Filled {
  const least = Number(element.min_length ?? 0);
  const most = Number(element.max_length ?? 3_000);
  if (text.length < least) return { complaint: `at least ${least} characters are needed` };
  if (text.length > most) return { complaint: `at most ${most} characters are allowed` };
  return set(text);
}

/** The options an element offers, those of groups included. */
export function optionsOf(element: JsonObject): JsonObject[] {
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObject) : [];
  const lists = [element.options, ...groups.map((group) => group.options)];
  return lists.flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []));
}

/** Whether a field holds nothing. */
export function isEmpty(value: JsonObject): boolean {
  const { type: _type, ...fields } = value;
  return Object.values(fields).every((entry) => entry === null || entry === '' || isEmptyList(entry));
}

function isEmptyList(entry: unknown): boolean {
  return Array.isArray(entry) && entry.length === 0;
}
