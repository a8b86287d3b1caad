/** Runs of the changing documents that are made both ways: by the lab's models and by the documents' own text. */
import type { ChangeStep } from './change-both-ways.ts';
import { failureCases } from './change-failure-cases.ts';
import { hostCases } from './change-host-cases.ts';
import { hostileChangeCases } from './change-hostile-cases.ts';
import { keyCases } from './change-key-cases.ts';
import { memoryCases } from './change-memory-cases.ts';
import { optionCases } from './change-option-cases.ts';
import { phoneCases } from './change-phone-cases.ts';
import { rearmCases } from './change-rearm-cases.ts';
import { refusalCases } from './change-refusal-cases.ts';
import { routingCases } from './change-routing-cases.ts';
import { type ChangeCase, plainSteps } from './change-steps.ts';

const CULTURES = ['de-DE', 'ja-JP', 'tr-TR'];

/** Every plain change once, and once more in each of some languages. */
const plainCases = (): ChangeCase[] =>
  Object.entries(plainSteps()).flatMap(([name, step]) => [
    { name, steps: [step] },
    ...CULTURES.map((culture) => ({ name: `${name}, in ${culture}`, steps: [{ ...step, culture }] })),
  ]);

/** The machine is so already: the same wish again as another operation, expecting what the first one left. */
const sameCases = (): ChangeCase[] =>
  Object.entries(plainSteps()).flatMap(([name, step]) => {
    const expect = expectedAfter(step);
    if (expect === undefined) return [];
    const again = { ...step, first: () => {}, operation: 'c4k7m2q9xd-0002', options: { ...asObject(step), expect } };
    return [{ name: `${name}: the same again`, steps: [step, again] }];
  });

const asObject = ({ options }: ChangeStep): Readonly<Record<string, unknown>> =>
  typeof options === 'string' ? {} : (options as Readonly<Record<string, unknown>>);

/** What the machine shows once the wish is fulfilled; undefined for wishes without a lasting state. */
const expectedAfter = (step: ChangeStep): unknown => {
  const { svc, prod, to, key, set } = asObject(step);
  switch (step.document) {
    case 'KmsBot-AssignHost':
      return { svc, prod };
    case 'KmsBot-InstallClientKey':
      return { key };
    case 'KmsBot-SetClient':
      if (set === 'flushdns') return undefined;
      return set === 'lookup' ? { svc, prod } : to;
    case 'KmsBot-SetHost':
      return set === 'restart' ? undefined : to;
    default:
      return undefined;
  }
};

/** All cases, by name. */
export const allChangeCases = (): ChangeCase[] => [
  ...plainCases(),
  ...sameCases(),
  ...refusalCases(),
  ...optionCases(),
  ...routingCases(),
  ...failureCases(),
  ...memoryCases(),
  ...hostileChangeCases(),
  ...keyCases(),
  ...phoneCases(),
  ...rearmCases(),
  ...hostCases(),
];
