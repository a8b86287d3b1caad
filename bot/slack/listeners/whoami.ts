/** `/kms whoami`: loaded when somebody asks. */
import { whoamiAnswer } from '../answers/whoami-answer.ts';
import { changeCatalogue } from '../messages/catalogue.ts';
import { type Asker, type ListenerDeps, languageFor } from './context.ts';

/** A person's rights, and why; or that they cannot be found out. */
export async function answerWhoami({ userId }: Asker, deps: ListenerDeps): Promise<string> {
  const [say, found] = await Promise.all([
    languageFor(userId, deps).then(changeCatalogue),
    deps.people.find(userId).catch((error: unknown) => ({ error })),
  ]);
  if ('error' in found) deps.log.warn('A person could not be looked up', { asked: 'whoami' });
  const changesOn = deps.changes !== undefined;
  return whoamiAnswer({ userId, found, rules: deps.rules, changesOn }, say);
}
