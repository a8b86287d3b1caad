import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meetsExpectation } from '../../../bot/domain/change/actions.ts';
import type { ClientState } from '../../../bot/domain/change/client-state.ts';
import type { CourseProgress, CourseState, CourseStep } from '../../../bot/domain/change/course.ts';
import {
  countSteps,
  courseEnd,
  currentStep,
  markStep,
  startCourse,
  stateAfter,
} from '../../../bot/domain/change/course-state.ts';
import { tailIn, turnOf } from '../../../bot/domain/change/course-turn.ts';
import { needsPhone, needsRestart } from '../../../bot/domain/change/follow-ups.ts';
import type { NodeOutcome } from '../../../bot/domain/change/plan.ts';
import { type PlanGiven, planNode, stateOf } from '../../../bot/domain/change/plan-node.ts';
import type { HostStory } from '../../../bot/domain/hosts/host-story.ts';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { hostKey, hostRecord, kms1, wireHost } from '../hosts/sample-host.ts';
import { givenKey, HOST_2022, TAIL } from './given.ts';
import { factsOf, GIVEN } from './sample-facts.ts';

const NAMES = ['role', 'key', 'activate', 'phone', 'firewall', 'listen', 'publish', 'verify'] as const;
const STEPS: readonly CourseStep[] = NAMES.map((step) => ({ step }));

const marked = (...states: readonly (readonly [CourseProgress['step'], CourseState])[]) =>
  states.reduce((list, [step, state]) => markStep(list, step, state, 1), startCourse(STEPS));

const allOf = (state: CourseState) => marked(...NAMES.map((step) => [step, state] as const));

describe('the list of a course', () => {
  it('starts with every step before its turn, in the order of the plan', () => {
    const list = startCourse(STEPS);

    expect(list).toEqual(NAMES.map((step) => ({ step, state: 'to-do' })));
    expect(currentStep(list)?.step).toBe('role');
    expect(countSteps(list)).toEqual({ done: 0, of: 8 });
  });

  it('keeps when a step came into its state, and what it found before', () => {
    const once = markStep(startCourse(STEPS), 'publish', 'doing', 10, { facts: { domain: 'corp.example' } });
    const twice = markStep(once, 'publish', 'doing', 20, { facts: { count: '3' } });
    const done = markStep(twice, 'publish', 'done', 30);

    expect(twice.find(({ step }) => step === 'publish')).toEqual({
      ...{ step: 'publish', state: 'doing', sinceMs: 10 },
      facts: { domain: 'corp.example', count: '3' },
    });
    expect(done.find(({ step }) => step === 'publish')).toMatchObject({ state: 'done', sinceMs: 30 });
  });

  it.each<[NodeOutcome['result'], CourseState]>([
    ['done', 'done'],
    ['same', 'same'],
    ['moved', 'failed'],
    ['refused', 'failed'],
    ['failed', 'failed'],
    ['busy', 'failed'],
    ['no-answer', 'failed'],
    ['not-sent', 'failed'],
  ])('makes of a document that is %s a step that is %s', (result, state) => {
    expect(stateAfter({ result })).toBe(state);
  });

  it.each([
    [
      'done, when every step is in force or not needed',
      marked(...NAMES.map((s) => [s, s === 'phone' ? 'not-needed' : 'same'] as const)),
      'done',
    ],
    ['failed, when nothing was changed', marked(['role', 'same'], ['key', 'failed']), 'failed'],
    ['partly, when something was', marked(['role', 'done'], ['key', 'failed']), 'partly'],
    ['partly, when it was left half way', marked(['role', 'done'], ['key', 'waiting']), 'partly'],
    ['done, when the telephone made up for the internet', markStep(allOf('done'), 'activate', 'failed', 1), 'done'],
    [
      'partly, when the telephone failed too',
      markStep(markStep(allOf('done'), 'activate', 'failed', 1), 'phone', 'failed', 1),
      'partly',
    ],
  ])('ends %s', (_, list, end) => {
    expect(courseEnd(list)).toBe(end);
  });

  it('goes through its steps in order, each once, and then is done', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<CourseState>('done', 'same', 'not-needed'), { minLength: 8 }), (states) => {
        let list = startCourse(STEPS);
        const seen: string[] = [];
        for (let step = currentStep(list); step !== undefined; step = currentStep(list)) {
          seen.push(step.step);
          list = markStep(list, step.step, states[seen.length - 1] ?? 'done', seen.length);
        }
        expect(seen).toEqual(NAMES);
        expect(courseEnd(list)).toBe('done');
      }),
    );
  });
});

const stateWith = (record: Partial<WireRecord>): ClientState => {
  const read = stateOf(factsOf(record));
  if ('why' in read) throw new Error(read.why);
  return read.state;
};

const courseOf = (kind: 'host-setup' | 'host-retire', record: Partial<WireRecord> = {}): readonly CourseStep[] => {
  const spec = kind === 'host-setup' ? ({ kind, key: 'contoso' } as const) : ({ kind } as const);
  const given: PlanGiven = kind === 'host-setup' ? givenKey(HOST_2022) : { ...GIVEN, hosts: [OTHER] };
  const node = planNode(spec, factsOf(record, kind === 'host-setup' ? {} : kms1), given);
  if (!('action' in node)) throw new Error(JSON.stringify(node.left));
  return node.course ?? [];
};

const OTHER: HostStory = {
  ...{ name: 'kms2', seen: 'asked', seenAtMs: 0, count: 50, saturated: true, thresholds: [], port: 1688 },
  ...{ clients: { reached: 1, failed: 0 }, concerns: [] },
};

const stepIn = (course: readonly CourseStep[], name: CourseStep['step']): CourseStep => {
  const step = course.find((each) => each.step === name);
  if (step === undefined) throw new Error(`no step ${name}`);
  return step;
};

describe('the turn of a step', () => {
  const setup = courseOf('host-setup');
  const isHost = hostRecord({ prod: [hostKey({ key: TAIL })], fw: { r: 'd', on: 'dpu', a: 'd' } });
  const turn = (name: CourseStep['step'], record: Partial<WireRecord>) =>
    turnOf(stepIn(setup, name), tailIn(setup), stateWith(record));

  it('knows the key by the end that the plan names', () => {
    expect(tailIn(setup)).toBe(TAIL);
    expect(tailIn([{ step: 'rearm' }])).toBeUndefined();
  });

  it.each<CourseStep['step']>(['key', 'activate', 'phone', 'publish'])(
    'finds %s done on a host that is one',
    (name) => {
      expect(turn(name, isHost)).toEqual({ kind: 'same' });
    },
  );

  it.each<CourseStep['step']>(['role', 'key', 'activate', 'phone', 'firewall', 'listen'])(
    'does %s as planned on the machine as it was',
    (name) => {
      expect(turn(name, {})).toEqual({ kind: 'do', actions: [stepIn(setup, name).action] });
    },
  );

  it('opens the firewall from what lets clients in by then', () => {
    const now = turn('firewall', isHost);

    expect(now).toMatchObject({ actions: [{ options: { set: 'firewall', to: 'dp', expect: 'd' } }] });
    if (now.kind !== 'do' || now.actions[0] === undefined) throw new Error('it has to be opened');
    expect(meetsExpectation(now.actions[0], stateWith(isHost))).toBe(true);
    expect(turn('firewall', { ...isHost, fw: { r: 'dp', on: 'dpu', a: 'd' } })).toEqual({ kind: 'same' });
  });

  it('has no action where people or the record’s own path carry it out', () => {
    expect(turn('verify', isHost)).toEqual({ kind: 'do', actions: [] });
  });

  it('leaves a key of somebody else’s to the document, which finds it moved', () => {
    const other = { ...isHost, prod: [hostKey({ key: 'ZZZZ9' })] };

    expect(turn('key', other)).toEqual({ kind: 'do', actions: [stepIn(setup, 'key').action] });
  });

  const list = ['lab.example'];
  const reg = (nopub: number | null, lines: string[]) => ({ reg: { skip: 0, nopub, list: lines } });
  const retire = courseOf('host-retire', hostRecord(reg(null, list)));

  it.each<[string, Partial<WireRecord>, readonly string[]]>([
    ['publishes in several domains', hostRecord(reg(null, list)), ['publish', 'domains']],
    ['has a list, and publishes no more', hostRecord({ ...reg(1, list), host: wireHost({ pub: 0 }) }), ['domains']],
    ['publishes in its own domain alone', hostRecord(reg(null, [])), ['publish']],
    ['publishes nothing', hostRecord({ ...reg(1, []), host: wireHost({ pub: 0 }) }), []],
  ])('stops publishing in what is left of it: a host that %s', (_, record, sets) => {
    const now = turnOf(stepIn(retire, 'unpublish'), undefined, stateWith(record));
    const actions = now.kind === 'do' ? now.actions : [];

    expect(actions.map(({ options }) => 'set' in options && options.set)).toEqual(sets);
    expect(now.kind).toBe(sets.length === 0 ? 'same' : 'do');
  });

  it('converts once', () => {
    const convert = stepIn(retire, 'convert');

    expect(turnOf(convert, undefined, stateWith(hostRecord()))).toMatchObject({ kind: 'do' });
    expect(turnOf(convert, undefined, stateWith({}))).toEqual({ kind: 'same' });
  });
});

describe('what an end offers', () => {
  it.each(['80072EE7', '80072EFD', '80072EE2', '80072EFE', '80072F8F', '8004FE33', '800704CF'])(
    'the telephone, after %s: Microsoft was not reached',
    (code) => {
      expect(needsPhone({ activationCode: code })).toBe(true);
      expect(needsPhone({ code })).toBe(true);
    },
  );

  it.each(['00000000', 'C004C008', 'C004C020', 'C004F074'])('no telephone, after %s', (activationCode) => {
    expect(needsPhone({ activationCode })).toBe(false);
  });

  it('no telephone where nothing was activated, or the activation that followed came through', () => {
    expect(needsPhone({})).toBe(false);
    expect(needsPhone({ code: '80072EE7', activationCode: '00000000' })).toBe(false);
  });

  it('a restart, after a rearm without one that was made', () => {
    expect(needsRestart({ kind: 'rearm', restart: false }, { result: 'done' })).toBe(true);
    expect(needsRestart({ kind: 'rearm', restart: false }, { result: 'refused' })).toBe(false);
    expect(needsRestart({ kind: 'rearm', restart: true }, { result: 'done' })).toBe(false);
    expect(needsRestart({ kind: 'phone' }, { result: 'done' })).toBe(false);
  });
});
