/** The answer to `/kms help`, in one language. */
import type { Command } from '../command/command.ts';
import {
  BUILT_COMMANDS,
  COMMAND_NAMES,
  COMMANDS,
  type CommandName,
  type CommandRow,
  isBuilt,
  isCommandName,
  type TopicName,
} from '../command/table.ts';
import type { Answers } from '../messages/answers-en.ts';
import type { HelpTexts } from '../messages/help-en.ts';
import { escapeMarkup } from '../mrkdwn.ts';
import { SLMGR_OPTIONS, type SlmgrRow } from './slmgr-options.ts';
import { tools, typed } from './typed.ts';

export interface HelpCatalogue {
  readonly help: HelpTexts;
  readonly answers: Answers;
}

/** A topic where the word is both a topic and a command: the command's usage stands above it. */
export function helpAnswer(about: Extract<Command, { name: 'help' }>['about'], catalogue: HelpCatalogue): string {
  if (about === undefined) return overview(catalogue);
  if (about === 'phone') return [commandHelp(about, catalogue), topicHelp(about, catalogue)].join('\n\n');
  return isCommandName(about) ? commandHelp(about, catalogue) : topicHelp(about, catalogue);
}

function overview({ help }: HelpCatalogue): string {
  const worksToday = BUILT_COMMANDS.map((name) => {
    const { does, example } = help.commands[name];
    const usage: readonly string[] = COMMANDS[name].usage;
    const shown = usage.includes(example) ? '' : help.aside(help.example(typed(example)));
    return `• ${usage.map(typed).join(' · ')}: ${does}${shown}`;
  });
  const later = COMMAND_NAMES.filter((name) => !isBuilt(name));
  return [
    help.headline,
    help.worksToday,
    ...worksToday,
    `${help.later}: ${later.join(' · ')}`,
    help.machines,
    help.topicsAre,
  ].join('\n');
}

function commandHelp(name: CommandName, { help, answers }: HelpCatalogue): string {
  const { usage, right, counterpart, changes }: CommandRow = COMMANDS[name];
  const { does, example, more = [] } = help.commands[name];
  const small = [
    help.rightIs(answers.right[right]),
    ...(changes === undefined ? [] : [help.changesRightIs(answers.right[changes])]),
    ...(counterpart === '' ? [] : [help.counterpartIs(tools(counterpart))]),
    ...(isBuilt(name) ? [] : [help.notBuiltYet]),
  ];
  const form = (line: string): string => `• ${typed(line)}`;
  return [does, ...usage.map(form), help.example([example, ...more].map(typed).join(' · ')), small.join(' · ')].join(
    '\n',
  );
}

const topicHelp = (topic: TopicName, { help }: HelpCatalogue): string =>
  topic === 'slmgr'
    ? [help.slmgrHeadline, ...SLMGR_OPTIONS.map((row) => slmgrLine(row, help))].join('\n')
    : help.topics[topic].map(escapeMarkup).join('\n');

function slmgrLine(row: SlmgrRow, help: HelpTexts): string {
  const options = row.options.map((option) => `\`${option}\``).join(' ');
  if ('whyNot' in row) return `• ${options}: ${help.noCounterpart}${help.aside(help.slmgrWhyNot[row.whyNot])}`;
  const mark = isBuilt(row.command) ? '' : help.aside(help.notBuiltYet);
  return `• ${options}: ${typed(row.usage)}${mark}`;
}
