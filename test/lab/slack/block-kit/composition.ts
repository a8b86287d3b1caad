/** Shapes of Block Kit's composition objects: texts, options, confirmation dialogs, pictures. */
import { BLOCK_LIMITS } from '../block-limits.ts';
import { all, boolean, byType, choice, list, object, oneOf, pattern, type Rule, string, that, url } from './rules.ts';

const type: Rule = () => {};

/** A `plain_text` object. */
export function plainText(max: number): Rule {
  return byType({ plain_text: plainTextBody(max) });
}

/** A `plain_text` or `mrkdwn` object. */
export function anyText(max: number): Rule {
  return byType({ plain_text: plainTextBody(max), mrkdwn: mrkdwnBody(max) });
}

/** A `mrkdwn` object. */
export function mrkdwn(max: number): Rule {
  return byType({ mrkdwn: mrkdwnBody(max) });
}

function plainTextBody(max: number): Rule {
  return object({ required: { type, text: string(max, 1) }, optional: { emoji: boolean } });
}

function mrkdwnBody(max: number): Rule {
  return object({ required: { type, text: string(max, 1) }, optional: { verbatim: boolean } });
}

/** What an `action_id` may be. */
export const actionId: Rule = string(BLOCK_LIMITS.actionId, 1);

/** The dialog that asks once more before an action is sent. */
export const confirm: Rule = object({
  required: { text: anyText(BLOCK_LIMITS.confirm.text) },
  optional: {
    title: plainText(BLOCK_LIMITS.confirm.title),
    confirm: plainText(BLOCK_LIMITS.confirm.confirm),
    deny: plainText(BLOCK_LIMITS.confirm.deny),
    style: oneOf('primary', 'danger'),
  },
});

/** One option; radio buttons and checkboxes may carry mrkdwn, only overflow menus a link. */
export function option(kind: 'select' | 'choice' | 'overflow'): Rule {
  const { text, description, value, url: urlMax } = BLOCK_LIMITS.option;
  const words = kind === 'choice' ? anyText : plainText;
  return object({
    required: { text: words(text), value: string(value, 1) },
    optional: {
      description: words(description),
      ...(kind === 'overflow' ? { url: url(urlMax) } : {}),
    },
  });
}

/** A labelled group of options. */
export const optionGroup: Rule = object({
  required: { label: plainText(BLOCK_LIMITS.optionGroupLabel), options: list(option('select'), BLOCK_LIMITS.options) },
});

/** A picture: by address or by a file kept in Slack, never both. */
export function picture(fields: Readonly<Record<string, Rule>> = {}): Rule {
  const { url: urlMax, altText } = BLOCK_LIMITS.image;
  return all(
    object({
      required: { type, alt_text: string(altText, 1) },
      optional: { image_url: url(urlMax), slack_file: slackFile, ...fields },
    }),
    choice(['image_url', 'slack_file']),
  );
}

const slackFile: Rule = all(
  object({ optional: { id: pattern(/^F[A-Z0-9]{8,}$/, 'file id'), url: url(BLOCK_LIMITS.image.url) } }),
  choice(['id', 'url']),
);

/** Options directly or in groups, one of the two. */
export const eitherOptionsOrGroups: Rule = choice(['options', 'option_groups']);

/** An initial option has to be among those offered. */
export const initialOptionOffered: Rule = that((value) => {
  const element = value as { options?: unknown; initial_option?: { value?: unknown } } | null;
  if (!Array.isArray(element?.options) || element.initial_option === undefined) return undefined;
  const offered = element.options.some((entry) => entry?.value === element.initial_option?.value);
  return offered ? undefined : 'initial_option must be one of the options';
});
