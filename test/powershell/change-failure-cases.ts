/** Every call that a change makes fails, hangs, or is where the process dies; and so does putting back. */
import { runChange } from '../lab/change-documents/run.ts';
import type { ChangeStep } from './change-both-ways.ts';
import { askedSurface, encoded, recorded } from './change-both-ways.ts';
import { type ChangeMachine, changeMachine } from './change-machine.ts';
import { type ChangeCase, plainSteps } from './change-steps.ts';

type Broken = ChangeMachine['node']['windows']['broken'];

const MINUTE = 60_000;

/** The methods that a change calls when all goes well, each with its class, each once. */
const methodsOf = (step: ChangeStep): string[] => {
  const machine = changeMachine();
  step.first?.(machine);
  const surface = machine.surface();
  const { ask, exchanges } = recorded(surface);
  const { document, options } = step;
  runChange({ document, operation: 'c4k7m2q9xd-0001', options: encoded(options) }, askedSurface(ask, surface));
  const called = exchanges.flatMap(([question, args]) => (question === 'invoke' ? [`${args[0]}.${args[2]}`] : []));
  return [...new Set(called)];
};

const broken =
  (step: ChangeStep, faults: Broken): NonNullable<ChangeStep['first']> =>
  (machine) => {
    step.first?.(machine);
    Object.assign(machine.node.windows.broken, faults);
  };

const mended =
  (afterMs: number): NonNullable<ChangeStep['first']> =>
  (machine) => {
    machine.node.windows.broken = {};
    machine.advance(afterMs);
  };

/** Setters that putting back would use, from their second call on. */
const restoring = (): Broken =>
  Object.fromEntries(
    ['Set', 'Clear'].flatMap((verb) =>
      [
        'KeyManagementServiceMachine',
        'KeyManagementServicePort',
        'KeyManagementServiceLookupDomain',
        'VLActivationTypeEnabled',
      ].flatMap((noun) => [[`method:${verb}${noun}#2`, { hresult: '80041001' }]]),
    ),
  );

const casesOf = (wish: string, step: ChangeStep): ChangeCase[] =>
  methodsOf(step).flatMap((method) => {
    const key = `method:${method}`;
    const first = (faults: Broken) => broken(step, faults);
    const died = { ...step, first: first({ [`dies:${method}`]: { hresult: '80004005' } }) };
    return [
      { name: `${wish}: ${method} fails`, steps: [{ ...step, first: first({ [key]: { hresult: 'C004D302' } }) }] },
      {
        name: `${wish}: ${method} fails, and putting back`,
        steps: [{ ...step, first: first({ ...restoring(), [key]: { hresult: '80070005', afterMs: 1500 } }) }],
      },
      {
        name: `${wish}: ${method} hangs`,
        steps: [{ ...step, first: first({ [key]: { hresult: '80041001', afterMs: 200_000 } }) }],
      },
      { name: `${wish}: dies in ${method}, then again`, steps: [died, { ...step, first: mended(5 * MINUTE) }] },
      {
        name: `${wish}: dies in ${method}, then again a day later`,
        steps: [died, { ...step, first: mended(1440 * MINUTE) }],
      },
    ];
  });

const READS = [
  'SoftwareLicensingService',
  'SoftwareLicensingProduct',
  'Win32_Service',
  'Win32_ComputerSystem',
  'Win32_OperatingSystem',
];

/** What is read fails: at once, from the second time on, or not before its own limit. */
const readingCases = (wish: string, step: ChangeStep): ChangeCase[] =>
  READS.flatMap((className) => [
    {
      name: `${wish}: ${className} cannot be read`,
      steps: [{ ...step, first: broken(step, { [`cim:${className}`]: { hresult: '80041010' } }) }],
    },
    {
      name: `${wish}: ${className} cannot be read again`,
      steps: [{ ...step, first: broken(step, { [`cim:${className}#2`]: { hresult: '800706BA' } }) }],
    },
    {
      name: `${wish}: ${className} hangs`,
      steps: [{ ...step, first: broken(step, { [`cim:${className}`]: { hresult: '80041001', afterMs: 60_000 } }) }],
    },
    {
      name: `${wish}: no ${className}`,
      steps: [{ ...step, shows: (asked, rows) => (asked === className ? [] : rows) }],
    },
  ]);

const NEWER = ['DiscoveredKeyManagementServiceMachineIpAddress', 'VLActivationType', 'VLActivationTypeEnabled'];

/** A Windows whose products lack the newer properties. */
const olderCase = (wish: string, step: ChangeStep): ChangeCase => ({
  name: `${wish}: on an older Windows`,
  steps: [
    {
      ...step,
      shows: (className, rows) =>
        className === 'SoftwareLicensingProduct'
          ? rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !NEWER.includes(name))))
          : rows,
    },
  ],
});

/** The change does nothing though no call fails. */
const deafCases = (): ChangeCase[] => {
  const frozen = (step: ChangeStep): ChangeStep => {
    let first: Record<string, string> = {};
    return {
      ...step,
      first: (machine) => {
        first = {};
        step.first?.(machine);
      },
      shows: (className, rows) => {
        first[className] ??= JSON.stringify(rows);
        return JSON.parse(first[className]);
      },
    };
  };
  return Object.entries<ChangeStep>(plainSteps()).map(([wish, step]) => ({
    name: `${wish}: shows nothing of it`,
    steps: [frozen(step)],
  }));
};

export const failureCases = (): ChangeCase[] => [
  ...Object.entries<ChangeStep>(plainSteps()).flatMap(([wish, step]) => [
    ...casesOf(wish, step),
    ...readingCases(wish, step),
    olderCase(wish, step),
  ]),
  ...deafCases(),
];
