/** What people should know before they agree to a plan: its warnings, and the steps of a course. */
import type { ChangePlan, PlanWarning } from '../../domain/change/plan.ts';
import { code, cutMrkdwn, moment, words } from '../mrkdwn.ts';
import { type ChangeSpeech, namesOf } from './change-speech.ts';

/** More are only for the file. */
const SHOWN = 8;
const LINE = 600;

/** The steps of a course, and what to think of before it is allowed; empty for most plans. */
export const cautionLines = (plan: ChangePlan, speech: ChangeSpeech): readonly string[] => [
  ...courseStepLines(plan, speech),
  ...warningLines(plan, speech),
];

/** How records are moved to the new port of a host; empty where the plan knows of none. */
export const oldPortLines = ({ nodes }: ChangePlan, speech: ChangeSpeech): readonly string[] =>
  linesOf(
    nodes.flatMap(({ warnings = [] }) => warnings).filter(({ why }) => why === 'record-names-old-port'),
    speech,
  );

const warningLines = ({ nodes }: ChangePlan, speech: ChangeSpeech): readonly string[] =>
  linesOf(
    nodes.flatMap(({ warnings = [] }) => warnings),
    speech,
  );

/** Every warning once, whatever number of machines it is about. */
function linesOf(warnings: readonly PlanWarning[], { say }: ChangeSpeech): readonly string[] {
  const told = warnings.map((warning) => warningWords(warning, say.plan.warnings));
  return [...new Set(told)].slice(0, SHOWN).map((text) => cutMrkdwn(say.plan.warning(text), LINE));
}

export function warningWords(warning: PlanWarning, say: ChangeSpeech['say']['plan']['warnings']): string {
  switch (warning.why) {
    case 'client-host-activates':
      return say[warning.why](words(warning.group, 40));
    case 'key-use':
      return say[warning.why](warning);
    case 'ends-activation':
      return say[warning.why][warning.by];
    case 'firewall-port':
      return say[warning.why](warning.port);
    case 'record-names-old-port':
      return say[warning.why](oldPortParts(warning));
    case 'threshold':
      return say[warning.why]({ ...warning, host: words(warning.host, 100), when: dayWords(warning.missedAtMs) });
    case 'pinned-clients':
      return say[warning.why](namesOf(warning.names.map((name) => ({ name }))), warning.machines);
    case 'foreign-record':
      return say[warning.why](words(warning.domain, 100), words(warning.value, 120));
    case 'no-address':
      return say[warning.why](
        words(warning.host, 100),
        words(warning.zone, 100),
        warning.addresses.map((address) => words(address, 40)).join(', '),
      );
    case 'mak-use':
    case 'last-rearm':
    case 'not-publishing':
    case 'low-priority':
    case 'restart-interrupts':
      return say[warning.why];
  }
}

/** The commands that move a record to the new port: first in with the new value, then out with the old one. */
function oldPortParts({ domain, host, from, to, ours }: Extract<PlanWarning, { why: 'record-names-old-port' }>) {
  const dns = (verb: string, port: number) => code(`/kms dns ${verb} ${domain} ${host}:${port}`, 250);
  return {
    domain: words(domain, 100),
    port: from,
    adopt: ours ? '' : dns('adopt', from),
    add: dns('add', to),
    remove: dns('remove', from),
  };
}

/** A day, where one is known. */
export const dayWords = (atMs: number | undefined): string => (atMs === undefined ? '' : moment(atMs, 'date'));

/** The steps of a course in order; empty where it is none. */
function courseStepLines({ nodes: [node] }: ChangePlan, { say: { plan, course } }: ChangeSpeech): readonly string[] {
  const steps = node?.course ?? [];
  if (steps.length === 0) return [];
  return [
    plan.steps(
      steps.map(({ step, ifNeeded }) => (ifNeeded === true ? course.ifNeeded(course.steps[step]) : course.steps[step])),
    ),
  ];
}
