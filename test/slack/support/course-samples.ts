/** Messages of courses and of KMS hosts' settings, each by what it shows. */
import type { ChangeMessage } from '../../../bot/domain/change/change-message.ts';
import type { ChangeSpec } from '../../../bot/domain/change/change-spec.ts';
import type { CourseProgress, CourseStepName } from '../../../bot/domain/change/course.ts';
import type { NodeOutcome } from '../../../bot/domain/change/plan.ts';
import type { Content } from '../../../bot/ports.ts';
import { card, changeOf, DIGEST, ended, endOf, KEN, outcomes, planned, planOf } from './changes.ts';
import { NOW_MS } from './content.ts';
import { KEY_SPECS, RETIRE, SETUP, STORED, WARNINGS } from './key-changes.ts';

type Stage<At extends ChangeMessage['stage']['at']> = Extract<ChangeMessage['stage'], { at: At }>;

export const SET_UP: ChangeSpec = { kind: 'host-setup', key: STORED };
export const PHONE: ChangeSpec = { kind: 'phone' };
export const REARM: ChangeSpec = { kind: 'rearm', restart: false };

const one = (spec: ChangeSpec) => planned(spec, 1, { name: 'kms1' });
export const planOfOne = (spec: ChangeSpec) => planOf(spec, one(spec), { approval: { why: 'always' } });
const outcome = (parts: Partial<NodeOutcome>): NodeOutcome => outcomes(one(PHONE), parts)[0] as NodeOutcome;

/** Facts of every kind. */
const FACTS: Readonly<Record<string, string>> = {
  port: '1688',
  count: '3',
  needed: '5',
  domain: 'corp.example',
  change: 'c9xd4k7m2q',
};
const MORE_FACTS: Readonly<Record<string, string>> = {
  activated: 'no',
  cmid: '66666666-2222-3333-4444-555555555555',
  cmidBefore: '11111111-2222-3333-4444-555555555555',
  changed: 'no',
  lastDay: '2',
  lastWeek: '14',
  pinned: '1',
};
const LAST_FACTS: Readonly<Record<string, string>> = {
  why: 'time-is-up',
  changed: 'yes',
  answer: 'none',
  'lab.example': 'c9xd4k7m2q',
};
const EXPORT = String.raw`C:\ProgramData\KmsBot\exports\c4k7m2q9xd.reg`;

/** Steps of which the first few are done, one is in the state given, and the rest are to do. */
export const progress = (
  steps: readonly { readonly step: CourseStepName }[],
  at: number,
  parts: Partial<CourseProgress> = {},
): readonly CourseProgress[] =>
  steps.map(({ step }, index) => {
    if (index < at) return { step, state: index === 0 ? 'same' : 'done', facts: index === 1 ? FACTS : {} };
    return index === at ? { step, state: 'doing', sinceMs: NOW_MS - 60_000, ...parts } : { step, state: 'to-do' };
  });

export const course = (
  spec: ChangeSpec,
  steps: readonly CourseProgress[],
  parts: Partial<Stage<'course'>> = {},
): Content => changeOf(spec, { at: 'course', plan: planOfOne(spec), steps, decidedBy: KEN, ...parts });

export const phoneStage = (parts: Partial<Stage<'phone'>> = {}, spec: ChangeSpec = PHONE): Content =>
  changeOf(spec, {
    at: 'phone',
    plan: planOfOne(spec),
    steps: progress([{ step: 'phone' }, { step: 'verify' }], 0, { state: 'waiting' }),
    attempt: 1,
    digest: DIGEST,
    expiresAtMs: NOW_MS + 14_400_000,
    decidedBy: KEN,
    ...parts,
  });

/** The end of a course with these steps. */
export const courseEnd = (
  spec: ChangeSpec,
  steps: readonly CourseProgress[],
  parts: Partial<Stage<'ended'>> = {},
): Content => changeOf(spec, ended({ plan: planOfOne(spec), steps, decidedBy: KEN, ...parts }));

export const allDone = (
  steps: readonly (Pick<CourseProgress, 'facts'> & { readonly step: CourseStepName })[],
): readonly CourseProgress[] =>
  steps.map(({ step, facts }) => ({
    step,
    state: step === 'phone' && steps.length > 2 ? 'not-needed' : 'done',
    ...(facts !== undefined ? { facts } : step === 'verify' ? { facts: { count: '3' } } : {}),
  }));

const COURSE_SPECS = KEY_SPECS.flatMap((spec): readonly ChangeSpec[] =>
  ['phone', 'rearm', 'restart', 'host-setup', 'host-retire'].includes(spec.kind) ? [spec] : [],
);
const stepsOf = (spec: ChangeSpec) => planOfOne(spec).nodes[0]?.course ?? [];

const NAMED: Readonly<Record<string, string>> = { why: 'named-by-others', lastDay: '0' };

const FAILURES: readonly Partial<CourseProgress>[] = [
  { outcome: outcome({ result: 'failed', step: 'Install-WindowsFeature', code: '80070005' }) },
  { outcome: outcome({ result: 'refused', why: 'secret-unreadable', need: 'ssm:GetParameter' }) },
  { outcome: outcome({ result: 'no-answer', detail: 'execution-timed-out' }) },
  { outcome: outcome({ published: [{ domain: 'corp.example', code: '80072338' }] }) },
  { outcome: outcome({ published: [{ domain: 'corp.example', code: 'none' }] }) },
  { outcome: outcome({ activated: false }) },
  ...['no-record', 'zone-read-only', 'failed', 'site-unreachable', 'x'].map((why) => ({ facts: { why } })),
  { facts: { answer: 'none' } },
  { facts: NAMED },
  {},
];

export const COURSE_SAMPLES: readonly (readonly [string, Content])[] = [
  ...[...SETUP, ...RETIRE].map(
    (_, at) =>
      [
        `course ${at}`,
        course(
          at < SETUP.length ? SET_UP : { kind: 'host-retire' },
          at < SETUP.length ? progress(SETUP, at) : progress(RETIRE, at - SETUP.length),
        ),
      ] as const,
  ),
  ['course slowed down', course(SET_UP, progress(SETUP, 2, { facts: MORE_FACTS }), { waitingSeconds: 12 })],
  [
    'course published',
    course(
      SET_UP,
      progress(SETUP, 6, { outcome: outcome({ published: [{ domain: 'corp.example', code: '00000000' }] }) }),
    ),
  ],
  ['course of other facts', course({ kind: 'host-retire' }, progress(RETIRE, 2, { facts: LAST_FACTS }))],
  ['phone', phoneStage()],
  ['phone in a set-up', phoneStage({ steps: progress(SETUP, 3, { state: 'waiting' }) }, SET_UP)],
  ...(
    [
      { code: 'C004F02D' },
      { code: '80041234' },
      { code: 'x' },
      { why: 'installation-id-changed' },
      { why: 'secret-malformed' },
      {},
    ] as const
  ).map((problem, at) => [`phone problem ${at}`, phoneStage({ problem, attempt: 2 })] as const),
  ...COURSE_SPECS.flatMap((spec, at) => [
    [`course end ${spec.kind} ${at}`, courseEnd(spec, allDone(stepsOf(spec)))] as const,
    ...(['partly', 'failed', 'expired', 'cancelled', 'stopped', 'error'] as const).map(
      (end) =>
        [
          `course ${end} ${spec.kind} ${at}`,
          courseEnd(
            spec,
            progress(stepsOf(spec), end === 'failed' ? 0 : stepsOf(spec).length - 1, { state: 'failed' }),
            { end },
          ),
        ] as const,
    ),
  ]),
  ...FAILURES.map(
    (failure, at) =>
      [
        `course failure ${at}`,
        courseEnd(SET_UP, progress(SETUP, 1, { state: 'failed', ...failure }), { end: 'partly' }),
      ] as const,
  ),
  ...WARNINGS.map(
    (warning, at) =>
      [`warning ${warning.why} ${at}`, card(planOf(SET_UP, planned(SET_UP, 1, { warnings: [warning] })))] as const,
  ),
  ...KEY_SPECS.map((spec, at) => [`card of ${spec.kind} ${at}`, card(planOfOne(spec))] as const),
  [
    'key fetched, registry saved, published',
    endOf(
      { kind: 'host-domains', domains: [{ domain: 'corp.example' }] },
      one({ kind: 'host-domains', domains: [{ domain: 'corp.example' }] }),
      [
        outcome({
          via: 'agent',
          saved: EXPORT,
          rearmsLeft: 0,
          published: [
            { domain: 'corp.example', code: '00000000' },
            { domain: 'lab.example', code: '80072338' },
            { domain: 'old.example', code: 'none' },
          ],
        }),
      ],
    ),
  ],
  [
    'no internet',
    endOf(
      { kind: 'stored-key', key: STORED },
      one({ kind: 'stored-key', key: STORED }),
      [outcome({ activationCode: '80072EE7', activated: false, via: 'tools' })],
      { end: 'failed' },
    ),
  ],
];
