/**
 * Prints the diagnoses of the named scenarios as a person reads them, in both languages:
 * `npx tsx test/slack/views/read-aloud.ts [en] [ja] [first] [samples] [part of an id …]`.
 *
 * For reading by people: whether a sentence is clear no assertion can tell. `first` prints first lines alone, `samples`
 * every kind of cause instead of the scenarios.
 */

import { diagnose } from '../../../bot/domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../bot/domain/diagnosis/diagnosis.ts';
import { LANGUAGES, type Language } from '../../../bot/slack/messages/language.ts';
import { factsFrom } from '../../lab/scenarios/facts.ts';
import { SCENARIOS } from '../../lab/scenarios/named/all.ts';
import { EVERY_CAUSE } from '../support/diagnosed-causes.ts';
import { diagnosisContent, diagnosisOf } from '../support/diagnoses.ts';
import { shown } from '../support/shown.ts';

const SWITCHES: readonly string[] = [...LANGUAGES, 'first', 'samples'];
const options = process.argv.slice(2);
const wanted = options.filter((option) => !SWITCHES.includes(option));
const chosen: readonly Language[] = LANGUAGES.filter((each) => options.includes(each));
const languages = chosen.length === 0 ? LANGUAGES : chosen;

/** Something to read and what it is called. */
type Told = readonly [title: string, diagnosis: () => Diagnosis];

const samples = EVERY_CAUSE.map((cause): Told => [cause.kind, () => diagnosisOf(cause)]);
const scenarios = SCENARIOS.map((scenario): Told => {
  const { id, title, expects } = scenario;
  return [
    `${id}: ${title} [${expects.join(', ')}]`,
    () => {
      const { world, nodeId } = scenario.build();
      return diagnose(factsFrom(world, nodeId));
    },
  ];
});

function aloud([title, make]: Told): string {
  const diagnosis = make();
  const texts = languages.map((language) => shown(diagnosisContent(diagnosis), language));
  const parts = options.includes('first') ? texts.map((text) => text.split('\n')[0] ?? '') : texts;
  return [`── ${title}`, ...parts].join('\n');
}

for (const told of options.includes('samples') ? samples : scenarios)
  if (wanted.length === 0 || wanted.some((part) => told[0].includes(part))) process.stdout.write(`${aloud(told)}\n\n`);
