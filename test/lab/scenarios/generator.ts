/** Companies at random, broken at random: the same for the same seed. */
import { pick, random, whole } from '../random.ts';
import type { Generation } from '../world/editions.ts';
import type { WindowsLanguage } from '../world/types.ts';
import type { EnvironmentOptions, Past } from './environment.ts';
import type { FaultOf } from './fault.ts';
import { FAULTS } from './faults.ts';
import { ODD_NAMES, ODDITIES, type Oddity } from './oddities.ts';
import { nextAttempt, signatureOf } from './oracle.ts';
import type { ScenarioWorld } from './scenario-world.ts';
import { type Plot, type Scene, type Story, tell } from './story.ts';

/** A generated world, and which machine of it is to be diagnosed. */
export interface GeneratedWorld {
  readonly world: ScenarioWorld;
  readonly nodeId: string;
  /** What was broken: labels, for a confusion matrix only. */
  readonly faults: readonly FaultOf[];
  readonly oddities: readonly string[];
  /** How many draws it took until the machine really failed. */
  readonly draws: number;
  /** The same company broken by these faults alone. */
  readonly brokenBy: (faults: readonly FaultOf[]) => Story | undefined;
}

const GENERATIONS: readonly Generation[] = [
  '2012R2',
  '2016',
  '2019',
  '2019',
  '2022',
  '2022',
  '2022',
  '2025',
  '10',
  '11',
  '11',
];
const LANGUAGES: readonly WindowsLanguage[] = ['en-US', 'en-US', 'ja-JP', 'ja-JP', 'de-DE'];
const PASTS: readonly Past[] = ['never', 'lapsed', 'renewals-missed'];
const MOST_DRAWS = 60;

/** Makes a world in which the machine's own next attempt fails. @throws when none is found in sixty draws. */
export function generateWorld(seed: number, { faults }: { readonly faults: 1 | 2 | 3 }): GeneratedWorld {
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const drawn = drawWorld(Math.imul(seed + 1, 0x9e3779b1) + draw, faults);
    if (drawn !== undefined) return { ...drawn, draws: draw + 1 };
  }
  throw new Error(`Seed ${seed} gives no machine that fails`);
}

/** Like a fault run's, but nothing is broken: the machine has to be called well. */
export function generateHealthyWorld(seed: number): GeneratedWorld {
  const next = random(Math.imul(seed + 1, 0x9e3779b1));
  const oddities = drawOddities(next);
  const story = tell(plotOf(drawEnvironment(next, seed), oddities, [], undefined));
  const ids = oddities.map((oddity) => oddity.id);
  return { ...story, faults: [], oddities: ids, draws: 1, brokenBy: () => undefined };
}

function drawWorld(seed: number, count: 1 | 2 | 3): Omit<GeneratedWorld, 'draws'> | undefined {
  const next = random(seed);
  const environment = drawEnvironment(next, seed);
  const oddities = drawOddities(next);
  const faults = drawFaults(next, count);
  if (faults === undefined) return undefined;
  const pasts = PASTS.filter((past) => faults.every((fault) => fault.pasts?.includes(past) ?? true));
  const past = pick(next, pasts);
  const told = (broken: readonly FaultOf[]) => tellIfPossible(plotOf(environment, oddities, broken, past), broken);
  const story = told(faults);
  if (story === undefined) return undefined;
  const attempt = nextAttempt(story.world.copy(), story.nodeId);
  if (attempt.activated) return undefined;
  if (count > 1 && !isTellable(faults, told, signatureOf(attempt))) return undefined;
  return { ...story, faults, oddities: oddities.map((oddity) => oddity.id), brokenBy: told };
}

/**
 * With several faults, mending one of them has to show in the next attempt: of two walls one behind the other, of which
 * the attempt never tells whether the second stands, no answer could be proved.
 */
function isTellable(
  faults: readonly FaultOf[],
  told: (broken: readonly FaultOf[]) => Story | undefined,
  signature: string,
): boolean {
  return faults.some((fault) => {
    const without = told(faults.filter((other) => other !== fault));
    return without !== undefined && signatureOf(nextAttempt(without.world, without.nodeId)) !== signature;
  });
}

function drawEnvironment(next: () => number, seed: number): EnvironmentOptions {
  const generation = pick(next, GENERATIONS);
  const licenceIncluded = !['10', '11', '2012R2'].includes(generation) && next() < 0.08;
  const keyGroup = generation === '2025' ? '2025' : pick(next, ['2022', '2022', '2025'] as const);
  return {
    seed,
    generation,
    language: pick(next, LANGUAGES),
    name: pick(next, ODD_NAMES),
    member: !licenceIncluded && next() < 0.25,
    licenceIncluded,
    host: next() < 0.78 ? 'managed' : 'on-premises',
    configured: next() < 0.6,
    keyGroup,
    outsiders: 28 + whole(next, 20),
    others: 3 + whole(next, 6),
  };
}

function drawOddities(next: () => number): Oddity[] {
  const count = 3 + whole(next, 8);
  const left = [...ODDITIES];
  return Array.from({ length: count }, () => left.splice(whole(next, left.length), 1)).flat();
}

/** Faults of different slots by weight. */
function drawFaults(next: () => number, count: number): FaultOf[] | undefined {
  const drawn: FaultOf[] = [];
  for (let i = 0; i < count; i++) {
    const left = FAULTS.filter((fault) => drawn.every((known) => known.slot !== fault.slot));
    const total = left.reduce((sum, fault) => sum + fault.weight, 0);
    let at = next() * total;
    const fault = left.find(({ weight }) => {
      at -= weight;
      return at < 0;
    });
    if (fault === undefined) return undefined;
    drawn.push(fault);
  }
  return drawn;
}

function plotOf(
  environment: EnvironmentOptions,
  oddities: readonly Oddity[],
  faults: readonly FaultOf[],
  past: Past | undefined,
): Plot {
  const changes = (when: Oddity['when']) => oddities.filter((odd) => odd.when === when).map((odd) => odd.change);
  return {
    environment,
    before: changes('before'),
    breaks: [...changes('break'), ...faults.map((fault) => fault.break)],
    ...(past === undefined ? {} : { past }),
  };
}

class NotPossible extends Error {
  override readonly name = 'NotPossible';
}

/** The story, unless the company cannot be broken in that way. */
function tellIfPossible(plot: Plot, faults: readonly FaultOf[]): Story | undefined {
  const check = (scene: Scene): void => {
    if (faults.some((fault) => fault.needs?.(scene) === false)) throw new NotPossible();
  };
  try {
    return tell({ ...plot, before: [check, ...(plot.before ?? [])] });
  } catch (error) {
    if (error instanceof NotPossible) return undefined;
    throw error;
  }
}
