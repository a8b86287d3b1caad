/** Everything that anybody could read after an operation, and which of the secrets stand in it. */
import type { Content } from '../../bot/ports.ts';
import { LANGUAGES } from '../../bot/slack/messages/language.ts';
import { render } from '../../bot/slack/views/render.ts';
import type { SeenMessage } from '../fakes/memory-conversation.ts';
import { type MadeUp, searchable, standsIn } from './made-up.ts';

/** Places by name. */
export type Places = Readonly<Record<string, unknown>>;

const contentsOf = (messages: readonly SeenMessage[]): readonly Content[] =>
  messages.flatMap(({ contents }) => contents);

/** What people see of messages, in every language, and what they were made from. */
export const shownIn = (messages: readonly SeenMessage[]): Places => ({
  contents: contentsOf(messages),
  blocks: contentsOf(messages).map((content) => LANGUAGES.map((language) => render(content, language))),
  files: messages.flatMap(({ files }) => files),
});

/** Which secret stands where; empty where all is well. */
export const foundIn = (places: Places, secrets: Iterable<MadeUp>): readonly string[] => {
  const texts = Object.entries(places).map(([place, held]) => [place, searchable(JSON.stringify(held) ?? '')] as const);
  return [...secrets].flatMap((secret) =>
    texts.flatMap(([place, text]) => (standsIn(text, secret) ? [`${secret.what} in ${place}`] : [])),
  );
};

/** An error with everything that is known of it. */
export const told = (error: unknown): readonly string[] => {
  const said: string[] = [];
  for (let at = error; at instanceof Error && said.length < 20; at = at.cause) said.push(at.message, at.stack ?? '');
  return said;
};
