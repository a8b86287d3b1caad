/** A finished check of several machines. */
import type { Button } from '@slack/types';
import type { CauseGroup, CheckReport } from '../../domain/check-report.ts';
import { ACTIONS } from '../ids.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { code, cutMrkdwn, moment, words } from '../mrkdwn.ts';
import { actions, button, type Rendered, section, smallPrint } from './blocks.ts';
import { actorNote, causeSentence, nextStep } from './check-words.ts';
import { headline, isNotActivated } from './headline.ts';
import { countWords } from './progress.ts';

/** Ten lines fit a phone; more causes are in the file. */
const MAX_GROUPS = 7;
/** Names in a line; the group itself has ten. */
const NAMES = 5;
/** Machines from which the rows come as a file. */
const ROWS_IN_MESSAGE = 5;
const GROUP_CHARACTERS = 900;
/** With the button that checks again, as many as a person should have to choose between. */
const SHOW_BUTTONS = 2;
const MAX_UNMATCHED = 5;

/** Worst first, grouped by cause; all well is one line. */
export function reportView(asked: string, result: CheckReport, say: CheckTexts): Rendered {
  const first = headline(result, say);
  const notes = noteLines(result, say);
  const again = checkAgain(asked, say);
  if (first.allWell && notes.length === 0)
    return { text: first.text, blocks: [section(first.text), small(result, say)] };
  const tail = countWords(result.totals, say, expiry(result)).join(' · ');
  const shown = result.groups.slice(0, MAX_GROUPS);
  const lines = shown.map((group) => groupLine(group, say));
  const buttons = showButtons(shown, say);
  return {
    text: [first.text, ...lines, ...notes, tail].join('\n'),
    blocks: [
      section(first.text),
      ...lines.map((line, index) => section(line, buttons[index])),
      ...(result.groups.length > MAX_GROUPS ? [section(moreCauses(result, say))] : []),
      ...(notes.length > 0 ? [section(cutMrkdwn(notes.join('\n'), 2 * GROUP_CHARACTERS))] : []),
      ...(tail === '' ? [] : [section(tail)]),
      small(result, say),
      ...(again === undefined ? [] : [actions([again])]),
    ],
  };
}

const expiry = ({ nextExpiryMs }: CheckReport): string =>
  nextExpiryMs === undefined ? '' : moment(nextExpiryMs, 'date');

/** `• 9  The record points to kms-old, which does not answer (the DNS owner acts)` and the machines beneath. */
export function groupLine(group: CauseGroup, say: CheckTexts): string {
  const { report } = say;
  const cause = causeSentence(group.cause, say, (text) => words(text, 80)) + actorNote(group.cause, say);
  const named = group.examples.slice(0, NAMES).map(({ name }) => words(name, 40));
  const left = group.total - named.length;
  const names = report.names(named.join(', '), left);
  const details = [names, ...timesOf(group, say), nextStep(group.next, group.cause, say)]
    .filter((part) => part !== '')
    .join(' · ');
  return cutMrkdwn(`• *${report.number(group.total)}*  ${cause}\n      ${details}`, GROUP_CHARACTERS);
}

function timesOf({ state, lastSeenMs, expiresAtMs }: CauseGroup, { report }: CheckTexts): readonly string[] {
  const ends = state === 'in-grace' ? report.graceEnds : report.expires;
  return [
    ...(lastSeenMs === undefined ? [] : [report.lastSeen(moment(lastSeenMs))]),
    ...(expiresAtMs === undefined ? [] : [ends(moment(expiresAtMs, 'date'))]),
  ];
}

/** For the first causes that one machine's own account explains best, or that have one machine only; by place in the list. */
function showButtons(groups: readonly CauseGroup[], { report }: CheckTexts): readonly (Button | undefined)[] {
  let made = 0;
  return groups.map(({ next, examples, total }, index) => {
    const [first] = examples;
    if (first === undefined || made >= SHOW_BUTTONS) return undefined;
    if (next.kind !== 'diagnose' && total > 1) return undefined;
    made += 1;
    const isToDiagnose = next.kind === 'diagnose';
    return button({
      action: isToDiagnose ? ACTIONS.diagnose : ACTIONS.showMachine,
      index,
      label: isToDiagnose ? report.buttons.diagnose : report.buttons.showMachine,
      accessibleLabel: isToDiagnose ? report.diagnoseLabel(first.name) : report.showMachineLabel(first.name),
      value: `${isToDiagnose ? 'diagnose' : 'check'} ${first.nodeId}`,
      about: first.name,
    });
  });
}

/** Asks the same again. */
export const checkAgain = (asked: string, { report }: CheckTexts): Button | undefined =>
  button({ action: ACTIONS.checkAgain, label: report.buttons.checkAgain, value: asked });

function moreCauses({ groups }: CheckReport, { report }: CheckTexts): string {
  const hidden = groups.slice(MAX_GROUPS);
  const machinesOf = (some: readonly CauseGroup[]): number => some.reduce((sum, { total }) => sum + total, 0);
  return report.moreCauses(hidden.length, machinesOf(hidden), machinesOf(hidden.filter(isNotActivated)));
}

/** What the numbers alone would hide. */
function noteLines({ timedOut, troubles = [], unmatched }: CheckReport, say: CheckTexts): readonly string[] {
  const { report } = say;
  return [
    ...(timedOut ? [report.headline.stopped] : []),
    ...troubles.map(({ kind, siteId, what = '' }) => `⚠ ${report.trouble[kind](words(siteId, 20), code(what, 80))}`),
    ...unmatchedLines(unmatched, say),
  ];
}

/** A site that does not exist comes as it is typed, with all that do. */
export const SITE = 'site:';
const MAX_SITES = 20;
const siteOf = (word: string): string => words(word.startsWith(SITE) ? word.slice(SITE.length) : word, 20);

/** Words that name no machine, each with what may have been meant. */
export function unmatchedLines(unmatched: CheckReport['unmatched'], { report }: CheckTexts): readonly string[] {
  const lines = unmatched.slice(0, MAX_UNMATCHED).map(({ word, nearest }) => {
    if (word.startsWith(SITE))
      return report.noSuchSite(siteOf(word), nearest.slice(0, MAX_SITES).map(siteOf).join(', '));
    const refused = report.unmatched(code(word, 80));
    if (nearest.length === 0) return refused;
    const names = nearest.slice(0, 3).map((name) => words(name, 40));
    return refused + report.gap + report.didYouMean(names.join(report.or));
  });
  const left = unmatched.length - lines.length;
  return left > 0 ? [...lines, report.moreWords(left)] : lines;
}

function small({ totals, sites, finishedAtMs }: CheckReport, { report }: CheckTexts) {
  const names = sites.map(({ id }) => words(id, 20)).join(', ');
  return smallPrint([
    totals.machines > ROWS_IN_MESSAGE ? report.small.csv : '',
    report.small.slmgrEach,
    sites.length > 1 ? report.small.sites(names) : '',
    report.small.checked(moment(finishedAtMs)),
  ]);
}
