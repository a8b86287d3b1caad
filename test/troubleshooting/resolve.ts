/** Whether what a row names really exists: looked up in the tables the bot itself works with, in both languages. */
import { readdirSync, readFileSync } from 'node:fs';
import { knownHresult } from '../../bot/domain/hresult-table.ts';
import { SLMGR_OPTIONS } from '../../bot/slack/answers/slmgr-options.ts';
import { COMMANDS, isBuilt } from '../../bot/slack/command/table.ts';
import { causes as causesEn } from '../../bot/slack/messages/diagnosis-causes-en.ts';
import { causes as causesJa } from '../../bot/slack/messages/diagnosis-causes-ja.ts';
import { diagnosis as diagnosisEn } from '../../bot/slack/messages/diagnosis-en.ts';
import { evidence as evidenceEn } from '../../bot/slack/messages/diagnosis-evidence-en.ts';
import { evidence as evidenceJa } from '../../bot/slack/messages/diagnosis-evidence-ja.ts';
import { diagnosis as diagnosisJa } from '../../bot/slack/messages/diagnosis-ja.ts';
import { fixes as fixesEn } from '../../bot/slack/messages/fix-en.ts';
import { fixes as fixesJa } from '../../bot/slack/messages/fix-ja.ts';
import { topics as topicsEn } from '../../bot/slack/messages/help-topics-en.ts';
import { topics as topicsJa } from '../../bot/slack/messages/help-topics-ja.ts';
import { concerns as concernsEn } from '../../bot/slack/messages/hosts-concerns-en.ts';
import { concerns as concernsJa } from '../../bot/slack/messages/hosts-concerns-ja.ts';
import type { Reference } from './reference.ts';

const has = (tables: readonly object[], name: string): boolean => tables.every((table) => Object.hasOwn(table, name));

const sourcesIn = (folder: string, except: string): string =>
  readdirSync(new URL(`../../bot/domain/${folder}/`, import.meta.url))
    .filter((file) => file !== except)
    .map((file) => readFileSync(new URL(`../../bot/domain/${folder}/${file}`, import.meta.url), 'utf8'))
    .join('\n');

/** What is decided, but for the contracts that only list it. */
const DECIDING = { diagnosis: sourcesIn('diagnosis', 'diagnosis.ts'), hosts: sourcesIn('hosts', 'host-story.ts') };

/** Whether the domain itself gives this kind; a sentence alone would be a promise. */
const given = (by: keyof typeof DECIDING, kind: string): boolean => DECIDING[by].includes(`'${kind}'`);

/** What is wrong with a reference; undefined when it resolves. */
export function problemWith(reference: Reference): string | undefined {
  const problem = (is: boolean, what: string): string | undefined =>
    is ? undefined : `${what}: ${JSON.stringify(reference)}`;
  if ('cause' in reference) {
    const { cause } = reference;
    return (
      problem(has([causesEn, causesJa], cause), 'no sentence for the cause') ??
      problem(given('diagnosis', cause), 'no rule gives the cause')
    );
  }
  if ('evidence' in reference) {
    const { evidence } = reference;
    return (
      problem(has([evidenceEn, evidenceJa], evidence), 'no sentence for the evidence') ??
      problem(given('diagnosis', evidence), 'nobody observes it')
    );
  }
  if ('concern' in reference) {
    const { concern } = reference;
    return (
      problem(has([concernsEn, concernsJa], concern), 'no sentence for the concern') ??
      problem(given('hosts', concern), 'nobody raises the concern')
    );
  }
  if ('unseen' in reference) {
    const isSaid = has([diagnosisEn.unseen, diagnosisJa.unseen], reference.unseen);
    return problem(isSaid && given('diagnosis', reference.unseen), 'no such blind spot');
  }
  if ('fix' in reference) return problem(fixSays(reference), 'no such step in both languages');
  if ('topic' in reference) return problem(topicSays(reference), 'no such help in both languages');
  if ('code' in reference) return problem(knownHresult(reference.code) !== undefined, 'unknown code');
  if ('slmgr' in reference) return problem(isOption(reference.slmgr), 'unknown option');
  return problem(isCarriedOut(reference), 'no built command');
}

const isCarriedOut = ({ command, form }: Extract<Reference, { command: string }>): boolean => {
  if (!has([COMMANDS], command) || !isBuilt(command)) return false;
  const usage: readonly string[] = COMMANDS[command].usage;
  return form === undefined || usage.includes(form);
};

const isOption = (option: string): boolean => SLMGR_OPTIONS.some(({ options }) => options.includes(option));

/** Without a case's values every way is explained. */
const fixSays = ({ fix, says }: Extract<Reference, { fix: string }>): boolean =>
  [fixesEn, fixesJa].every((fixes) => fixes[fix]?.({}).steps.some((step) => step.includes(says)));

const topicSays = ({ topic, says }: Extract<Reference, { topic: string }>): boolean =>
  [topicsEn, topicsJa].every((topics) => topics[topic]?.some((line) => line.includes(says)));
