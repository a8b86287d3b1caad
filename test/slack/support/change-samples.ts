/** Every message about changes there is, each by what it shows. */
import type { ChangeSpec } from '../../../bot/domain/change/change-spec.ts';
import type { Content } from '../../../bot/ports.ts';
import { auditContent, awaits, ENTRIES, jobsContent, status, VERIFICATIONS } from './audits.ts';
import {
  AIKO,
  applying,
  BAD_OUTCOMES,
  CARD_STATES,
  card,
  changeOf,
  DISCOVER,
  ended,
  endOf,
  glassBroken,
  KEN,
  kms1,
  LEFT,
  NO_UNDO,
  outcomes,
  partOf,
  paused,
  planned,
  planOf,
  REFUSED,
  SPECS,
  WELL,
  waiting,
} from './changes.ts';
import { DAY_MS, NODE_ID, NOW_MS } from './content.ts';
import { COURSE_SAMPLES } from './course-samples.ts';
import { RECORD_SAMPLES } from './record-samples.ts';

const undoable = (spec: ChangeSpec) => ('none' in partOf(spec).inverse ? {} : { undoUntilMs: NOW_MS + 30 * DAY_MS });

const all = planned(DISCOVER, 12);

/** Every message about changes there is, each by what it shows. */
export const CHANGE_SAMPLES: readonly (readonly [string, Content])[] = [
  ...(['looking-up', 'asking', 'reading-zones', 'slowed-down'] as const).map(
    (phase) =>
      [
        phase,
        changeOf(DISCOVER, { at: 'looking', progress: { phase, asked: 12, answered: 3, startedAtMs: NOW_MS } }),
      ] as const,
  ),
  ...(['more', 'last'] as const).map(
    (again) =>
      [
        `again, ${again}`,
        changeOf(DISCOVER, {
          at: 'looking',
          again,
          progress: { phase: 'asking', asked: 12, answered: 3, startedAtMs: NOW_MS },
        }),
      ] as const,
  ),
  ...SPECS.flatMap(
    (spec) =>
      [
        [
          `${spec.kind} of one, waiting`,
          changeOf(spec, waiting(planOf(spec, planned(spec, 1), { approval: { why: 'all' } }))),
        ],
        [`${spec.kind} of one, done`, endOf(spec, planned(spec, 1), outcomes(planned(spec, 1), WELL), undoable(spec))],
        [
          `${spec.kind} of twelve, done`,
          endOf(spec, planned(spec, 12), outcomes(planned(spec, 12), WELL), undoable(spec)),
        ],
        [`${spec.kind}, applying`, changeOf(spec, applying(planOf(spec)))],
      ] as const,
  ),
  ...([{ why: 'many', limit: 10 }, { why: 'all' }, { why: 'no-undo' }, { why: 'always' }] as const).map(
    (approval) => [`card, ${approval.why}`, card(planOf(DISCOVER, all, { approval }))] as const,
  ),
  ...CARD_STATES.map((state) => [`card ${state.kind}`, card(planOf(DISCOVER), { state })] as const),
  ['card again', card(planOf(DISCOVER), { again: true, attempt: 2 })],
  ['waiting again', changeOf(DISCOVER, waiting(planOf(DISCOVER), true))],
  ...LEFT.map(
    (left, at) =>
      [
        `left ${left.why} ${at}`,
        changeOf(
          DISCOVER,
          ended({
            end: 'nothing-to-do',
            plan: planOf(DISCOVER, [], { left: [{ nodeId: NODE_ID, siteId: 'tokyo', name: 'web-01', left }] }),
          }),
        ),
      ] as const,
  ),
  ...NO_UNDO.map(
    (none) => [`no undo: ${none}`, card(planOf(DISCOVER, planned(DISCOVER, 3, { inverse: { none } })))] as const,
  ),
  ...BAD_OUTCOMES.flatMap(
    (bad, at) =>
      [
        [
          `bad ${at} of twelve`,
          endOf(DISCOVER, all, [...outcomes(all.slice(0, 9), WELL), ...outcomes(all.slice(9), bad)], { end: 'partly' }),
        ],
        [`bad ${at} of one`, endOf(DISCOVER, all.slice(0, 1), outcomes(all.slice(0, 1), bad), { end: 'failed' })],
      ] as const,
  ),
  [
    'activation alone fails',
    endOf(
      { kind: 'activate' },
      planned({ kind: 'activate' }, 1),
      outcomes(all.slice(0, 1), { result: 'failed', code: 'C004F074', activationCode: 'C004F074', activated: false }),
      { end: 'failed' },
    ),
  ],
  [
    'lost',
    endOf(
      DISCOVER,
      planned(DISCOVER, 2, { wasActivated: true }),
      outcomes(all.slice(0, 2), { result: 'done', activated: false }),
    ),
  ],
  ['done, still not activated', endOf(DISCOVER, all, outcomes(all, { activated: false }))],
  ['done, one of them not', endOf(DISCOVER, all.slice(0, 1), outcomes(all.slice(0, 1), { activated: false }))],
  [
    'activated for a moment',
    endOf(DISCOVER, all.slice(0, 1), outcomes(all.slice(0, 1), { activationCode: '00000000', activated: false })),
  ],
  ['paused', changeOf(DISCOVER, paused(planOf(DISCOVER), outcomes(all.slice(0, 1), BAD_OUTCOMES[0])))],
  [
    'applying, later',
    changeOf(
      DISCOVER,
      applying(planOf(DISCOVER), { wave: 3, done: 4, failed: 2, verifying: true, waitingSeconds: 12 }),
    ),
  ],
  ...(['rejected', 'expired', 'cancelled', 'stopped', 'error'] as const).flatMap(
    (end) =>
      [
        [`${end} before`, changeOf(DISCOVER, ended({ end, plan: planOf(DISCOVER), decidedBy: KEN }))],
        [`${end} by nobody`, changeOf(DISCOVER, ended({ end, plan: planOf(DISCOVER) }))],
      ] as const,
  ),
  ...(['cancelled', 'stopped'] as const).map(
    (end) =>
      [
        `${end} half way`,
        endOf(
          DISCOVER,
          all,
          [...outcomes(all.slice(0, 1), WELL), ...outcomes(all.slice(1), { result: 'not-sent', detail: end })],
          { end, decidedBy: KEN, undoUntilMs: NOW_MS + 30 * DAY_MS },
        ),
      ] as const,
  ),
  ...REFUSED.map(
    (refusal, at) => [`refused ${refusal.kind} ${at}`, changeOf(DISCOVER, ended({ end: 'refused', refusal }))] as const,
  ),
  [
    'nothing fits',
    changeOf(DISCOVER, ended({ end: 'nothing-to-do', unmatched: [{ word: 'wbe-03', nearest: ['web-03'] }] })),
  ],
  [
    'undoable, could discover, no name',
    endOf(
      { kind: 'point', to: kms1 },
      all,
      [
        ...outcomes(all.slice(0, 9), { ...WELL, couldDiscover: true }),
        ...outcomes(all.slice(9, 11), { ...WELL, reach: { host: 'kms1.corp.example', byName: false } }),
        ...outcomes(all.slice(11), {
          ...WELL,
          reach: { host: 'kms1.corp.example', byName: true, byAddress: false, address: '10.20.0.40' },
        }),
      ],
      { decidedBy: KEN, undoUntilMs: NOW_MS + 30 * DAY_MS },
    ),
  ],
  ...(
    [
      [['name', '00000000']],
      [
        ['name', 'C004F074'],
        ['address', '00000000'],
      ],
      [
        ['name', '8007232B'],
        ['address', 'C004F074'],
      ],
      [['name', 'C004F038']],
      [['name', '80041234']],
    ] as const
  ).map(
    (tries, at) =>
      [
        `proof ${at}`,
        endOf(
          { kind: 'test', host: kms1 },
          planned({ kind: 'test', host: kms1 }, 1),
          outcomes(planned(DISCOVER, 1), {
            test: tries.map(([by, code]) => ({
              by,
              code,
              target: by === 'name' ? 'kms1.corp.example:1688' : '10.20.0.40:1688',
            })),
            restored: at !== 2,
          }),
        ),
      ] as const,
  ),
  ['glass', glassBroken],
  ['jobs none', jobsContent([])],
  [
    'jobs',
    jobsContent([
      status({ phase: 'looking', machines: 0, done: 0 }),
      status({ phase: 'waiting-for-approval', awaits: awaits('approval'), done: 0 }),
      status(),
      status({ phase: 'waiting-for-confirmation', awaits: awaits('confirmation'), machines: 1, done: 0 }),
      status({ phase: 'watching', machines: 1, done: 0 }),
      status({ phase: 'paused', awaits: awaits('going-on'), failed: 1, done: 0 }),
      ...(
        [
          'done',
          'partly',
          'failed',
          'nothing-to-do',
          'rejected',
          'expired',
          'cancelled',
          'stopped',
          'refused',
          'error',
        ] as const
      ).map((end) => status({ phase: 'ended', end, done: 9, failed: 3 })),
    ]),
  ],
  ['jobs ended', jobsContent([status({ phase: 'ended', end: 'done', done: 12 })])],
  ['audit', auditContent(ENTRIES.slice(0, 10), { more: 6 })],
  ['audit cut', auditContent(ENTRIES.slice(10), { cut: true, about: { node: 'web-01' } })],
  ['audit of a person', auditContent(ENTRIES.slice(0, 1), { about: { userId: AIKO } })],
  ['audit empty', auditContent([], { about: { userId: AIKO } })],
  ['audit empty of all', auditContent([])],
  ['no audit', { kind: 'no-audit', asked: 'audit' }],
  ...VERIFICATIONS.map((content, at) => [`verified ${at}`, content] as const),
  ...COURSE_SAMPLES,
  ...RECORD_SAMPLES,
];
