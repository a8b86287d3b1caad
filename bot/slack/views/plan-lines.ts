/** A plan value by value: machines that change alike, those left alone, and what has to be known before it is allowed. */

import type { ChangePlan, NoUndo, PlannedNode } from '../../domain/change/plan.ts';
import { groupLeft, groupPlanned } from '../../domain/change/plan-groups.ts';
import { wavesOf } from '../../domain/change/waves.ts';
import { cutMrkdwn } from '../mrkdwn.ts';
import { type ChangeSpeech, namesOf } from './change-speech.ts';
import { leftWords } from './left-words.ts';
import { valueLines } from './plan-values.ts';
import { recordLines } from './record-lines.ts';
import { recordFactLines } from './record-plan.ts';

/** More groups than these are only counted: who approves them has to look at the machines themselves. */
const GROUPS = 5;
const LEFT_GROUPS = 5;
const LINE = 900;
const INDENT = '      ';

/** What is there and what will be, for each group of machines that change alike, or of a record value by value. */
export function planLines(plan: ChangePlan, speech: ChangeSpeech): readonly string[] {
  if (plan.records !== undefined) return recordLines(plan.records, speech);
  const groups = groupPlanned(plan);
  const shown = groups.slice(0, GROUPS).map(({ example, nodes }) => {
    const names = speech.say.plan.group(namesOf(nodes), nodes.length);
    return cutMrkdwn([names, ...valueLines(plan, example, speech).map((line) => INDENT + line)].join('\n'), LINE);
  });
  const rest = groups.slice(GROUPS);
  if (rest.length === 0) return shown;
  const machines = rest.reduce((sum, { nodes }) => sum + nodes.length, 0);
  return [...shown, speech.say.plan.moreGroups(rest.length, machines)];
}

/** Machines that are left alone, by reason; empty where there are none. */
export function leftLines(plan: ChangePlan, speech: ChangeSpeech): readonly string[] {
  const { say } = speech;
  if (plan.left.length === 0) return [];
  const groups = groupLeft(plan);
  const rest = groups.slice(LEFT_GROUPS);
  const machines = rest.reduce((sum, { nodes }) => sum + nodes.length, 0);
  return [
    say.plan.leftHeading(plan.left.length),
    ...groups
      .slice(0, LEFT_GROUPS)
      .map((group) =>
        cutMrkdwn(
          `• *${speech.check.report.number(group.nodes.length)}*  ${leftWords(group, speech)}: ${namesOf(group.nodes)}`,
          LINE,
        ),
      ),
    ...(rest.length === 0 ? [] : [say.plan.moreLeft(rest.length, machines)]),
  ];
}

/** How many and in which waves, what follows, what undoes it, and why somebody has to agree. */
export function factLines(plan: ChangePlan, speech: ChangeSpeech): readonly string[] {
  const { say } = speech;
  const { nodes, approval, records } = plan;
  if (records !== undefined) return recordFactLines(records, approval, speech);
  const activating = nodes.filter(({ thenActivate }) => thenActivate).length;
  const facts = [
    say.plan.waves(wavesOf(nodes).map(({ length }) => length)),
    ...(activating === 0 ? [] : [say.plan.thenActivates(activating, nodes.length)]),
    undoWords(nodes, speech),
  ];
  const needs = approval === undefined ? [] : [say.plan.needs[approval.why]('limit' in approval ? approval.limit : 0)];
  return [facts.filter((fact) => fact !== '').join(speech.check.report.gap), ...needs];
}

/** Whether it can be taken back, and why not. */
export function undoWords(nodes: readonly PlannedNode[], { say, check }: ChangeSpeech): string {
  const without = nodes.flatMap(({ inverse }) => ('none' in inverse ? [inverse.none] : []));
  if (without.length === 0) return say.plan.undo.all;
  if (without.length === nodes.length && without.every((reason) => reason === 'leaves-nothing'))
    return say.plan.nothingToUndo;
  const reasons: readonly NoUndo[] = [...new Set(without)];
  const why = reasons.map((reason) => say.plan.noUndoWhy[reason]).join(check.report.or);
  return without.length === nodes.length ? say.plan.noUndo(why) : say.plan.undo.some(without.length, why);
}
