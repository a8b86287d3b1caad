/** Answers that need nobody but the catalogue. Loaded when one is asked for: none of this is on the path of `check`. */
import type { Command, Refusal } from '../command/command.ts';
import { catalogue, codeCatalogue, helpCatalogue } from '../messages/catalogue.ts';
import type { Language } from '../messages/language.ts';
import { helpAnswer } from './help-answer.ts';
import { notBuiltAnswer, refusalAnswer } from './refusal-answer.ts';

/** What is said to a command that starts nothing: help, a code, or that it is not built yet. */
export async function answerToCommand(command: Command, language: Language): Promise<string> {
  if (command.name === 'help') return helpAnswer(command.about, await helpCatalogue(language));
  if (command.name === 'error') {
    const { errorAnswer } = await import('./error-answer.ts');
    return errorAnswer(command.hresult, await codeCatalogue(language));
  }
  const { answers } = await catalogue(language);
  return notBuiltAnswer(command.name, answers);
}

/** What is said to a text that is no command. A code's name, and what may be a Windows
 * error's number, are known here only: the parser does without the table. */
export async function answerToRefusal(refusal: Refusal, language: Language): Promise<string> {
  if (refusal.kind === 'problem' && refusal.problem.kind === 'bad' && refusal.problem.what === 'code') {
    const { codeMeant, errorAnswer } = await import('./error-answer.ts');
    const meant = codeMeant(refusal.problem.word);
    if (meant !== undefined) return errorAnswer(meant, await codeCatalogue(language));
  }
  return refusalAnswer(await withNearestCodes(refusal), (await catalogue(language)).answers);
}

/** The end of a code is what people remember. */
async function withNearestCodes(refusal: Refusal): Promise<Refusal> {
  if (refusal.kind !== 'problem') return refusal;
  const { problem } = refusal;
  if (problem.kind !== 'bad' || problem.what !== 'code') return refusal;
  const { codesLike } = await import('./error-answer.ts');
  return { ...refusal, problem: { ...problem, nearest: codesLike(problem.word) } };
}
