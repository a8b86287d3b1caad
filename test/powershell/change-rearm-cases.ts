/** Rearms and restarts: what stands against them, and that none is made twice, wherever a run dies. */
import type { ChangeStep } from './change-both-ways.ts';
import type { ChangeMachine } from './change-machine.ts';
import { phoneSteps, REARMS } from './change-phone-steps.ts';
import type { ChangeCase } from './change-steps.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const STEPS = {
  rearm: phoneSteps().rearm,
  'rearm and restart': phoneSteps()['rearm and restart'],
  restart: phoneSteps().restart,
} as const satisfies Record<string, ChangeStep>;

type First = NonNullable<ChangeStep['first']>;

const only = (name: string, step: ChangeStep): ChangeCase => ({ name, steps: [step] });

const broken =
  (key: string, hresult: string, afterMs?: number): First =>
  ({ node }) => {
    node.windows.broken[key] = { hresult, ...(afterMs === undefined ? {} : { afterMs }) };
  };

const mended =
  (ms: number): First =>
  ({ node, advance, world }) => {
    node.windows.broken = {};
    advance(ms);
    world.catchUp(node.id);
  };

const all =
  (...firsts: readonly First[]): First =>
  (machine) => {
    for (const first of firsts) first(machine);
  };

const left =
  (rearmsLeft: number): First =>
  ({ node }) => {
    Object.assign(node.windows, { rearmsLeft });
  };

const MACHINES: Readonly<Record<string, First>> = {
  'none left': left(0),
  'one fewer left': left(REARMS - 1),
  'one more left': left(REARMS + 1),
  'SkipRearm is set': ({ node }) => {
    node.windows.skipRearm = true;
  },
  'a rearm waits for the restart': ({ node }) => {
    node.windows.rearmed = true;
  },
  'a restart is under way': ({ node, world }) => {
    node.windows.restartAtMs = world.now() + MINUTE;
  },
  'shutdown.exe is refused': broken('fails:shutdown.exe', '80070005'),
  'shutdown.exe fails': broken('fails:shutdown.exe', '8007045B', 300),
  'shutdown.exe hangs': broken('fails:shutdown.exe', '80070005', 60_000),
  'no shutdown.exe': broken('command:shutdown.exe', '80131501'),
  'a rearm that ends in C004D307': broken('method:ReArmWindows', 'C004D307'),
  'a rearm that ends in C004D302': broken('method:ReArmWindows', 'C004D302'),
  'nothing can be read after the rearm': broken('cim:SoftwareLicensingService#2', 'C004D302'),
  'a clock that is ahead': ({ node }) => {
    node.windows.clockOffsetSeconds = 7200;
  },
};

const machineCases = (): ChangeCase[] =>
  Object.entries(STEPS).flatMap(([wish, step]) =>
    Object.entries(MACHINES).map(([way, first]) => only(`${wish}; ${way}`, { ...step, first })),
  );

const expecting = (rearms: number, rearmsLeft: number): ChangeStep => ({
  ...STEPS.rearm,
  options: { rearm: 1, restart: 0, expect: { rearms } },
  first: left(rearmsLeft),
});

const countCases = (): ChangeCase[] => [
  only('rearm expecting none, and there is none', expecting(0, 0)),
  only('rearm expecting none, and there is one', expecting(0, 1)),
  only('rearm the last time', expecting(1, 1)),
  only('rearm without expecting anything', { ...STEPS.rearm, options: { rearm: 1, restart: 0 } }),
  only('restart expecting something', { ...STEPS.restart, options: { rearm: 0, restart: 1, expect: { rearms: 5 } } }),
  {
    name: 'rearm twice before a restart',
    steps: [
      STEPS.rearm,
      {
        ...STEPS.rearm,
        operation: 'c4k7m2q9xd-0002',
        options: { rearm: 1, restart: 0, expect: { rearms: REARMS - 1 } },
      },
    ],
  },
  {
    name: 'rearm, then restart',
    steps: [
      STEPS.rearm,
      { ...STEPS.restart, operation: 'c4k7m2q9xd-0002', first: mended(MINUTE) },
      { ...STEPS.restart, operation: 'c4k7m2q9xd-0003', first: mended(10 * MINUTE) },
    ],
  },
];

/** Ways to die, or to forget, with a restart of the machine in between or not. */
const DEATHS: Readonly<Record<string, First>> = {
  'dies in shutdown.exe': broken('dies:shutdown.exe', '80004005'),
  'does not keep its end': broken('memory:write#2', '80070070'),
};

const restarted: First = ({ node, world }) => {
  node.windows.restartAtMs = world.now();
  world.changed(node.id);
};

const AGAIN: Readonly<Record<string, First>> = {
  'at once': mended(1000),
  'ten minutes later': mended(10 * MINUTE),
  'a day later': mended(DAY),
  'ten minutes and a restart later': all(restarted, mended(10 * MINUTE)),
  'a day and a restart later': all(restarted, mended(DAY)),
  'where nothing tells when Windows started': all(mended(1000), broken('cim:Win32_OperatingSystem', '80041010')),
  'with another count': all(mended(1000), left(REARMS - 2)),
  'where a rearm is ignored': all(mended(1000), ({ node }: ChangeMachine) => {
    node.windows.skipRearm = true;
  }),
};

const againCases = (): ChangeCase[] =>
  Object.entries(STEPS).flatMap(([wish, step]) =>
    Object.entries(DEATHS).flatMap(([how, first]) =>
      Object.entries(AGAIN).map(([when, second]) => ({
        name: `${wish}: ${how}, then again ${when}`,
        steps: [
          { ...step, first },
          { ...step, first: second },
        ],
      })),
    ),
  );

/** It dies a second time. */
const twiceCases = (): ChangeCase[] =>
  Object.entries(STEPS).map(([wish, step]) => ({
    name: `${wish}: dies twice, then again`,
    steps: [
      { ...step, first: broken('dies:shutdown.exe', '80004005') },
      { ...step, first: all(mended(MINUTE), broken('dies:shutdown.exe', '80004005')) },
      { ...step, first: mended(MINUTE) },
    ],
  }));

const BAD: readonly object[] = [
  {},
  { rearm: 0, restart: 0 },
  { rearm: 1 },
  { restart: 1 },
  { rearm: 2, restart: 0, expect: { rearms: 1 } },
  { rearm: true, restart: 0, expect: { rearms: 1 } },
  { rearm: '1', restart: 0, expect: { rearms: 1 } },
  { rearm: 1, restart: 0.5, expect: { rearms: 1 } },
  { rearm: 1, restart: 1, expect: null },
  { rearm: 1, restart: 1, expect: { rearms: -1 } },
  { rearm: 1, restart: 1, expect: { rearms: 4_294_967_296 } },
  { rearm: 1, restart: 1, expect: { rearms: `$(Set-Content hurt x)'; exit 5; '` } },
];

export const rearmCases = (): ChangeCase[] => [
  ...machineCases(),
  ...countCases(),
  ...againCases(),
  ...twiceCases(),
  ...BAD.map((options, index) => only(`rearm with bad options ${index + 1}`, { ...STEPS.rearm, options })),
];
