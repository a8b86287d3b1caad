/** Several deployments of the bot, and a script that is none, at one set: what they plan, and what comes between. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, changesOf } from '../../../bot/domain/records/batch.ts';
import type { RecordPlan, RecordRequest } from '../../../bot/domain/records/record-plan.ts';
import type { NameState } from '../../../bot/domain/records/record-set.ts';
import { brokenRules, planIn, planned, textsOf, valuesOf } from './law-words.ts';
import { undoOf } from './plan-words.ts';
import { BOTS, type DirectRequest, nameState, request } from './sample-records.ts';

/** One thing that somebody does: a bot looks and plans, or sends the transaction of its plan, however old. */
type Step =
  | { readonly does: 'plan'; readonly bot: number; readonly asked: DirectRequest }
  | { readonly does: 'plan-undo' | 'apply'; readonly bot: number }
  /** A script replaces the set: one value more, or less. */
  | { readonly does: 'script-adds'; readonly value: string }
  | { readonly does: 'script-removes'; readonly index: number };

const bot = fc.nat(BOTS.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('plan' as const), bot, asked: request }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('apply' as const), bot }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('plan-undo' as const), bot }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('script-adds' as const),
      value: fc.constantFrom('0 0 1688 kms-01.corp.example.', '0 0 1688 KMS-02.corp.example', '7 7 1688 other.x.', 'x'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('script-removes' as const), index: fc.nat(3) }) },
);

/** Two bots that look at the same set, and write one after the other. */
const race: fc.Arbitrary<readonly Step[]> = fc
  .tuple(bot, request, fc.integer({ min: 1, max: BOTS.length - 1 }), request)
  .map(([first, asked, further, other]) => {
    const second = (first + further) % BOTS.length;
    return [
      { does: 'plan', bot: first, asked },
      { does: 'plan', bot: second, asked: other },
      { does: 'apply', bot: first },
      { does: 'apply', bot: second },
    ];
  });

const steps = fc.oneof(
  { weight: 3, arbitrary: step.map((each): readonly Step[] => [each]) },
  { weight: 2, arbitrary: race },
);

interface Writer {
  readonly owner: string;
  readonly plan?: RecordPlan;
  readonly mayVanish?: boolean;
  /** What it applied last. */
  readonly applied?: RecordPlan;
}

interface World {
  readonly zone: NameState;
  readonly writers: readonly Writer[];
  readonly log: readonly ('applied' | 'void')[];
}

const scripted = (zone: NameState, values: readonly string[]): NameState => {
  const { srv, ...rest } = zone;
  return values.length === 0 ? rest : { ...rest, srv: { ttlSeconds: srv?.ttlSeconds ?? 60, values } };
};

const withWriter = (world: World, index: number, change: (writer: Writer) => Writer): World => ({
  ...world,
  writers: world.writers.map((writer, at) => (at === index ? change(writer) : writer)),
});

const planning = (world: World, index: number, asked: RecordRequest | undefined, change: string): World =>
  withWriter(world, index, ({ plan: _, mayVanish: __, ...writer }) => {
    const plan = asked && planIn(planned(asked, world.zone, { owner: writer.owner, change }));
    const mayVanish = asked?.kind === 'undo' && asked.createdSet;
    return plan === undefined || plan.edits.length === 0 ? writer : { ...writer, plan, mayVanish };
  });

/** Sends the transaction of a plan: where it is taken, the plan is what becomes of the very set that is there now. */
const applying = (world: World, index: number): World => {
  const { plan, mayVanish = false, owner = '' } = world.writers[index] ?? {};
  if (plan === undefined) return world;
  const zone = applyChanges(world.zone, changesOf(plan.before, plan.after));
  const log = [...world.log, zone === undefined ? ('void' as const) : ('applied' as const)];
  if (zone === undefined) return { ...world, log };
  expect(brokenRules({ ...plan, before: world.zone, after: zone }, mayVanish, owner)).toEqual([]);
  const next = withWriter(world, index, () => ({ owner, applied: plan }));
  return { ...next, zone, log };
};

const after = (world: World, each: Step, index: number): World => {
  const { zone, writers } = world;
  switch (each.does) {
    case 'script-adds':
      return { ...world, zone: scripted(zone, [...new Set([...valuesOf(zone), each.value])]) };
    case 'script-removes':
      return { ...world, zone: scripted(zone, valuesOf(zone).toSpliced(each.index, 1)) };
    case 'plan':
      return planning(world, each.bot, each.asked, `c${index}`);
    case 'plan-undo': {
      const last = writers[each.bot]?.applied;
      return planning(world, each.bot, last && undoOf(last), `c${index}`);
    }
    case 'apply':
      return applying(world, each.bot);
  }
};

describe('several bots and a script at one set', { timeout: 60_000 }, () => {
  it('take nothing from one another, and no bot empties the set', () => {
    const seen = { applied: 0, void: 0 };
    fc.assert(
      fc.property(nameState, fc.array(steps, { minLength: 4, maxLength: 8 }), (zone, all) => {
        const start: World = { zone, writers: BOTS.map((owner) => ({ owner })), log: [] };
        const end = all.flat().reduce(after, start);
        for (const each of end.log) seen[each] += 1;
        const strange = textsOf(zone).filter((text) => !text.startsWith('"kms-bot owner='));
        expect(strange.filter((text) => !textsOf(end.zone).includes(text))).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
    // Otherwise the steps would seldom meet.
    expect(Math.min(seen.applied, seen.void)).toBeGreaterThan(1_000);
  });
});
