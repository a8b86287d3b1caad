/** Shapes of Block Kit's interactive elements. */
import { BLOCK_LIMITS } from '../block-limits.ts';
import {
  actionId,
  confirm,
  eitherOptionsOrGroups,
  initialOptionOffered,
  option,
  optionGroup,
  plainText,
} from './composition.ts';
import { richText } from './rich-text.ts';
import { all, boolean, type Fields, integer, list, object, oneOf, pattern, type Rule, string, url } from './rules.ts';

const type: Rule = () => {};
const id = pattern(/^[A-Z][A-Z0-9]+$/, 'id');
const ids = list(id, 100, 0);
const placeholder = plainText(BLOCK_LIMITS.placeholder);
const style = oneOf('primary', 'danger');

function field(fields: Fields): Rule {
  return object({ required: { type, ...fields.required }, optional: { action_id: actionId, ...fields.optional } });
}

/** A field whose action can be asked for twice. */
function element(fields: Fields): Rule {
  return field({ ...fields, optional: { confirm, ...fields.optional } });
}

const { text: buttonText, value: buttonValue, url: buttonUrl, accessibilityLabel } = BLOCK_LIMITS.button;

/** A button. */
export const button: Rule = element({
  required: { text: plainText(buttonText) },
  optional: {
    value: string(buttonValue),
    url: url(buttonUrl),
    style,
    accessibility_label: string(accessibilityLabel, 1),
  },
});

const workflowButton: Rule = element({
  required: {
    text: plainText(buttonText),
    workflow: object({
      required: {
        trigger: object({ required: { url: url(3_000) }, optional: { customizable_input_parameters: () => {} } }),
      },
    }),
  },
  optional: { style, accessibility_label: string(accessibilityLabel, 1) },
});

const offered = {
  options: list(option('select'), BLOCK_LIMITS.options),
  option_groups: list(optionGroup, BLOCK_LIMITS.optionGroups),
};
const several = { max_selected_items: integer(1, 1_000) };
const common = { placeholder, focus_on_load: boolean };
const minQuery = { min_query_length: integer(0, 100) };

const filter = object({
  optional: {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 4),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
});
const conversationsSelect = { ...common, filter, default_to_current_conversation: boolean };

const selects: Readonly<Record<string, Rule>> = {
  static_select: all(
    element({ optional: { ...common, ...offered, initial_option: option('select') } }),
    eitherOptionsOrGroups,
    initialOptionOffered,
  ),
  external_select: element({ optional: { ...common, ...minQuery, initial_option: option('select') } }),
  users_select: element({ optional: { ...common, initial_user: id } }),
  channels_select: element({ optional: { ...common, initial_channel: id, response_url_enabled: boolean } }),
  conversations_select: element({
    optional: { ...conversationsSelect, initial_conversation: id, response_url_enabled: boolean },
  }),
};

const someOptions = list(option('select'), BLOCK_LIMITS.options);
const multiSelects: Readonly<Record<string, Rule>> = {
  multi_static_select: all(
    element({ optional: { ...common, ...offered, ...several, initial_options: someOptions } }),
    eitherOptionsOrGroups,
  ),
  multi_external_select: element({
    optional: { ...common, ...minQuery, ...several, initial_options: someOptions },
  }),
  multi_users_select: element({ optional: { ...common, ...several, initial_users: ids } }),
  multi_channels_select: element({ optional: { ...common, ...several, initial_channels: ids } }),
  multi_conversations_select: element({
    optional: { ...conversationsSelect, ...several, initial_conversations: ids },
  }),
};

const choices = list(option('choice'), BLOCK_LIMITS.checkboxes);
const date = pattern(/^\d{4}-\d{2}-\d{2}$/, 'date');
const time = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'time');

const pickers: Readonly<Record<string, Rule>> = {
  overflow: element({ required: { options: list(option('overflow'), BLOCK_LIMITS.overflow) } }),
  checkboxes: element({
    required: { options: choices },
    optional: { initial_options: choices, focus_on_load: boolean },
  }),
  radio_buttons: all(
    element({ required: { options: choices }, optional: { initial_option: option('choice'), focus_on_load: boolean } }),
    initialOptionOffered,
  ),
  datepicker: element({ optional: { ...common, initial_date: date } }),
  timepicker: element({ optional: { ...common, initial_time: time, timezone: string(100, 1) } }),
  datetimepicker: element({
    optional: { focus_on_load: boolean, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
  }),
};

const dispatch = {
  dispatch_action_config: object({
    optional: { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2) },
  }),
};
const typed = { ...common, ...dispatch };
const long = BLOCK_LIMITS.plainTextInput;

const typedInputs: Readonly<Record<string, Rule>> = {
  plain_text_input: field({
    optional: {
      ...typed,
      initial_value: string(long),
      multiline: boolean,
      min_length: integer(0, long),
      max_length: integer(1, long),
    },
  }),
  email_text_input: field({ optional: { ...typed, initial_value: string(long) } }),
  url_text_input: field({ optional: { ...typed, initial_value: string(long) } }),
  number_input: field({
    required: { is_decimal_allowed: boolean },
    optional: { ...typed, initial_value: string(long), min_value: string(long), max_value: string(long) },
  }),
  rich_text_input: field({
    optional: { ...typed, initial_value: richText, min_lines: integer(1, 100), max_lines: integer(1, 100) },
  }),
};

const fileInput: Rule = field({
  optional: { filetypes: list(string(100, 1), 100), max_files: integer(1, BLOCK_LIMITS.fileInput) },
});

/** What an `actions` block may hold, by type. */
export const actionElements: Readonly<Record<string, Rule>> = {
  button,
  workflow_button: workflowButton,
  ...selects,
  ...multiSelects,
  ...pickers,
  rich_text_input: typedInputs.rich_text_input as Rule,
};

/** What may stand beside a section's text, pictures apart. */
export const accessoryElements: Readonly<Record<string, Rule>> = {
  button,
  workflow_button: workflowButton,
  ...selects,
  ...multiSelects,
  ...pickers,
};

const { overflow: _menu, ...inputPickers } = pickers;

/** What an `input` block may hold, by type. */
export const inputElements: Readonly<Record<string, Rule>> = {
  ...typedInputs,
  ...selects,
  ...multiSelects,
  ...inputPickers,
  file_input: fileInput,
};

const feedback = object({
  required: { text: plainText(buttonText), value: string(buttonValue, 1) },
  optional: { accessibility_label: string(accessibilityLabel, 1) },
});

/** What a `context_actions` block may hold, by type. */
export const contextActionElements: Readonly<Record<string, Rule>> = {
  feedback_buttons: field({ required: { positive_button: feedback, negative_button: feedback } }),
  icon_button: element({
    required: { icon: string(100, 1), text: plainText(buttonText) },
    optional: {
      value: string(buttonValue),
      accessibility_label: string(accessibilityLabel, 1),
      visible_to_user_ids: list(id, 10, 0),
    },
  }),
};
