/**
 * Prints every message about changes as a person reads it, in both languages:
 * `npx tsx test/slack/views/read-changes.ts [en] [ja] [part of a title …]`.
 *
 * For reading by people: whether a sentence is clear no assertion can tell.
 */
import { LANGUAGES, type Language } from '../../../bot/slack/messages/language.ts';
import { CHANGE_SAMPLES } from '../support/change-samples.ts';
import { shown } from '../support/shown.ts';

const options = process.argv.slice(2);
const chosen: readonly Language[] = LANGUAGES.filter((each) => options.includes(each));
const parts = options.filter((option) => !LANGUAGES.some((language) => language === option));

for (const [title, content] of CHANGE_SAMPLES) {
  if (parts.length > 0 && !parts.some((part) => title.includes(part))) continue;
  process.stdout.write(`\n── ${title}\n`);
  for (const language of chosen.length === 0 ? LANGUAGES : chosen)
    process.stdout.write(`${shown(content, language)}\n`);
}
