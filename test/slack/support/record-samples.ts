/** Every message about changes of records there is, each by what it shows. */
import type { ChangeMessage, ChangeRefusal } from '../../../bot/domain/change/change-message.ts';
import type { ChangePlan } from '../../../bot/domain/change/plan.ts';
import type { RecordOutcome } from '../../../bot/domain/records/record-outcome.ts';
import type { Content } from '../../../bot/ports.ts';
import { auditContent, awaits, entry, jobsContent, status } from './audits.ts';
import { AIKO, ASKED, CARD_STATES, card, changeOf, ended, KEN, waiting } from './changes.ts';
import { DAY_MS, NOW_MS } from './content.ts';
import {
  answer,
  changePlan,
  DNS_ADD,
  DNS_ADOPT,
  DNS_REMOVE,
  line,
  NOTHING_TO_DO,
  RECORD_OUTCOMES,
  RECORD_PLANS,
  RECORD_REFUSALS,
  recordPlan,
  UNDO,
} from './records.ts';

type Sample = readonly [string, Content];
type Writing = Extract<ChangeMessage['stage'], { at: 'writing-record' }>;

export const ADDING: ChangePlan = changePlan(RECORD_PLANS['add beside others'] ?? [DNS_ADD, recordPlan([], [])]);

export const writing = (parts: Partial<Writing> = {}): Writing => ({
  at: 'writing-record',
  plan: ADDING,
  step: 'write',
  sinceMs: NOW_MS - 60_000,
  decidedBy: KEN,
  ...parts,
});

/** The end of a change of a record. */
export const recordEnd = (record: RecordOutcome, plan: ChangePlan = ADDING): Content =>
  changeOf(
    plan.spec,
    ended({
      end: record.result === 'done' ? 'done' : 'failed',
      plan,
      record,
      decidedBy: KEN,
      ...(record.result === 'done' ? { undoUntilMs: NOW_MS + 30 * DAY_MS } : {}),
    }),
  );

const plans = Object.entries(RECORD_PLANS).flatMap(([title, plan]): readonly Sample[] => [
  [`record card: ${title}`, card(changePlan(plan))],
  [`record waiting: ${title}`, changeOf(plan[0], waiting(changePlan(plan)))],
  [`record done: ${title}`, recordEnd({ result: 'done', inSync: true, answers: [] }, changePlan(plan))],
]);

const refusals: readonly ChangeRefusal[] = [
  ...RECORD_REFUSALS.map((refusal) => ({ kind: 'record', refusal }) as const),
  ...['no-rule', 'denied', 'guest', 'foreign', 'gone', 'anything'].map(
    (why) => ({ kind: 'no-right', right: 'operator', why }) as const,
  ),
  { kind: 'shared-channel' },
  { kind: 'keeps-moving' },
];

const RECORD = { zoneId: 'Z0123456789ABC', domain: 'corp.example' };

/** Every message about changes of records there is, each by what it shows. */
export const RECORD_SAMPLES: readonly Sample[] = [
  ...(['looking-up', 'asking', 'reading-zones', 'slowed-down'] as const).map(
    (phase): Sample => [
      `record ${phase}`,
      changeOf(DNS_ADD, { at: 'looking', progress: { phase, asked: 0, answered: 0, startedAtMs: NOW_MS } }),
    ],
  ),
  [
    'record again',
    changeOf(DNS_ADD, {
      at: 'looking',
      again: 'more',
      progress: { phase: 'reading-zones', asked: 0, answered: 0, startedAtMs: NOW_MS },
    }),
  ],
  ...plans,
  ...CARD_STATES.map((state): Sample => [`record card ${state.kind}`, card(ADDING, { state })]),
  ['record card again', card(ADDING, { again: true, attempt: 2 })],
  ['record waiting again', changeOf(DNS_ADD, waiting(ADDING, true))],
  ...(['write', 'sync', 'ask'] as const).map(
    (step): Sample => [`record ${step}`, changeOf(DNS_ADD, writing({ step }))],
  ),
  ['record busy', changeOf(DNS_ADD, writing({ waitingSeconds: 12 }))],
  ['record cached', changeOf(DNS_ADD, writing({ step: 'ask', cachedSeconds: 240 }))],
  ...Object.entries(RECORD_OUTCOMES).flatMap(([title, outcome]): readonly Sample[] => [
    [`record added: ${title}`, recordEnd(outcome)],
    [
      `record removed: ${title}`,
      recordEnd(outcome, changePlan(RECORD_PLANS.remove ?? [DNS_REMOVE, recordPlan([], [])])),
    ],
    [
      `record undone: ${title}`,
      recordEnd(outcome, changePlan([UNDO, recordPlan([line('removed', answer('kms1'))], [])])),
    ],
  ]),
  ...Object.entries(NOTHING_TO_DO).map(
    ([title, plan]): Sample => [
      `record nothing: ${title}`,
      changeOf(plan[0], ended({ end: 'nothing-to-do', plan: changePlan(plan) })),
    ],
  ),
  ...(['rejected', 'expired', 'cancelled', 'stopped', 'error', 'failed'] as const).flatMap((end): readonly Sample[] => [
    [`record ${end}`, changeOf(DNS_ADD, ended({ end, plan: ADDING, decidedBy: KEN }))],
    [`record ${end} by nobody`, changeOf(DNS_ADOPT, ended({ end }))],
  ]),
  ...refusals.flatMap((refusal, at): readonly Sample[] => {
    const kind = refusal.kind === 'record' ? refusal.refusal.kind : refusal.kind;
    return [DNS_ADD, DNS_REMOVE, UNDO].map(
      (spec): Sample => [
        `record refused ${kind} ${at}, ${spec.kind}`,
        changeOf(spec, ended({ end: 'refused', refusal })),
      ],
    );
  }),
  [
    'record glass',
    {
      kind: 'glass-broken',
      asked: ASKED['dns-add'],
      notice: { id: 'c4k7m2q9xd', spec: DNS_ADD, by: KEN, reason: 'kms-old dies tonight', machines: 0, atMs: NOW_MS },
    },
  ],
  [
    'record jobs',
    jobsContent(
      (['looking', 'waiting-for-approval', 'applying', 'ended'] as const).map((phase) =>
        status({
          kind: 'dns-add',
          asked: ASKED['dns-add'],
          domain: 'corp.example',
          machines: 0,
          done: 0,
          phase,
          ...(phase === 'waiting-for-approval' ? { awaits: awaits('approval') } : {}),
          ...(phase === 'ended' ? { end: 'done' as const } : {}),
        }),
      ),
    ),
  ],
  [
    'record audit',
    auditContent([
      entry(1, { asked: ASKED['dns-add'], record: RECORD }),
      entry(2, { event: 'planned', record: { ...RECORD, added: ['0 100 1688 kms1.corp.example.'] } }),
      entry(3, { event: 'void', record: RECORD }),
      entry(4, {
        event: 'sent',
        record: { ...RECORD, removed: ['0 100 1688 kms-old.corp.example.'], added: ['0 100 1688 kms1.corp.example.'] },
      }),
      entry(5, {
        event: 'result',
        detail: 'done C0123456789ABC',
        record: { ...RECORD, added: ['0 100 1688 kms1.corp.example.'] },
      }),
      entry(6, { event: 'result', detail: 'moved', record: RECORD }),
      ...['done answer-lost', 'refused RRSet is too long', 'done', 'refused', 'failed'].map((detail, at) =>
        entry(10 + at, { event: 'result', detail, record: RECORD }),
      ),
      entry(8, { event: 'ended', detail: 'failed: moved' }),
      entry(9, { event: 'ended', detail: 'failed: failed' }),
      entry(7, { event: 'ended', detail: 'refused would-be-empty', userId: AIKO }),
    ]),
  ],
];
