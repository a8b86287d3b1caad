/** What a person reads when a command was not understood, or is not built yet. */
import type { Problem, Refusal } from '../command/command.ts';
import { BUILT_COMMANDS, COMMANDS, type CommandName, isCommandName } from '../command/table.ts';
import type { Answers } from '../messages/answers-en.ts';
import { code } from '../mrkdwn.ts';
import { tools, typed } from './typed.ts';

/** What was understood, why it cannot be done, and what would work. */
export function refusalAnswer(refusal: Refusal, say: Answers): string {
  switch (refusal.kind) {
    case 'unknown-command':
      return unknownCommand(refusal.word, refusal.nearest, say);
    case 'problem':
      return [problem(refusal.command, refusal.problem, say), usage(refusal.command, say)].join('\n');
    case 'secret':
      return say.secret[refusal.looksLike] + (refusal.forPhone ? say.gap + say.phoneTakesNoId : '');
    case 'unclosed-quote':
      return say.unclosedQuote;
    case 'too-long':
      return say.tooLong(refusal.limit);
  }
}

/** For a command that is understood but not built. */
export function notBuiltAnswer(name: CommandName, say: Answers): string {
  const { counterpart } = COMMANDS[name];
  return [
    say.notBuilt(typed(name)),
    ...(counterpart === '' ? [] : [say.byHand(tools(counterpart))]),
    say.worksToday(BUILT_COMMANDS.flatMap((built) => COMMANDS[built].usage.map(typed))),
  ].join('\n');
}

function unknownCommand(word: string, nearest: readonly CommandName[], say: Answers): string {
  const unknown = say.unknownCommand(code(word, 40));
  if (nearest.length === 0) return unknown + say.gap + say.seeHelp;
  const [first] = nearest;
  const suggestion = say.didYouMean(say.or(nearest.map(typed)));
  return [unknown + say.gap + suggestion, ...(first === undefined ? [] : [usage(first, say)])].join('\n');
}

const usage = (name: CommandName, say: Answers): string => say.usage(COMMANDS[name].usage.map(typed));

function problem(command: CommandName, what: Problem, say: Answers): string {
  switch (what.kind) {
    case 'missing':
      return say.missing(typed(command), say.operand[what.what]);
    case 'extra':
      return say.extra(typed(command), code(what.word, 60));
    case 'bad': {
      const refused = say.bad(code(what.word, 60), say.operand[what.what]);
      const meant = what.nearest.length > 0 && what.nearest.length <= 3 ? what.nearest : [];
      const asTyped = meant.map((word) => (isTopic(what) && isCommandName(word) ? typed(`help ${word}`) : code(word)));
      if (isName(what)) return `${refused}\n${say.oneHost}`;
      return meant.length === 0 ? refused : refused + say.gap + say.didYouMean(say.or(asTyped));
    }
  }
}

/** Whether somebody may have meant one more host, behind the one that a record's change takes. */
const isName = ({ what, word }: Extract<Problem, { kind: 'bad' }>): boolean =>
  what === 'record-number' && /[\p{L}.:]/u.test(word);

const isTopic = (problem: Problem): boolean => problem.kind === 'bad' && problem.what === 'topic';
