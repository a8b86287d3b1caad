/** How a machine came to be as it is: a company in order lives for a while, something breaks, the machine goes on trying. */
import { random } from '../random.ts';
import { DAY, HOUR } from '../world/time-spans.ts';
import { rememberFleet } from './ask-machine.ts';
import {
  buildEnvironment,
  type Environment,
  type EnvironmentOptions,
  type Past,
  SCENARIO_NOW,
  setPast,
} from './environment.ts';
import { openWorld, type ScenarioWorld } from './scenario-world.ts';

/** Hours between the break and the diagnosis: the machine tries every two. */
const BROKEN_FOR = 7 * HOUR;

/** What a change of the company may look at. */
export interface Scene extends Environment {
  readonly world: ScenarioWorld;
  readonly nowMs: number;
}

/** Changes the company. */
export type Change = (scene: Scene) => void;

/** A story to be told. */
export interface Plot {
  readonly environment: EnvironmentOptions;
  /** What the company was like before anything broke. */
  readonly before?: readonly Change[];
  readonly breaks: readonly Change[];
  /** How the machine stood then; as it was, when absent. */
  readonly past?: Past;
  /** Whom the diagnosis is about: the client when absent. */
  readonly about?: 'host';
  /** What happens after it broke, just before the diagnosis. */
  readonly after?: readonly Change[];
}

/** A world at the moment of the diagnosis, and whom it is about. */
export interface Story {
  readonly world: ScenarioWorld;
  readonly nodeId: string;
}

/** Lives through a plot. */
export function tell(plot: Plot): Story {
  const company = buildEnvironment(plot.environment);
  const { state, startMs, subject } = company;
  const isConfigured = company.foreignHost !== undefined && plot.environment.configured !== false;
  const knownHosts = isConfigured ? [company.hostName] : [];
  const world = openWorld({ state, nowMs: startMs, seed: plot.environment.seed, knownHosts });
  const scene = (): Scene => ({ ...company, world, nowMs: world.now() });
  const change = (changes: readonly Change[] = []): void => {
    for (const apply of changes) apply(scene());
    for (const node of state.nodes) world.changed(node.id);
  };
  change(plot.before);
  world.advance(SCENARIO_NOW - BROKEN_FOR - startMs - DAY / 2);
  rememberFleet(world, subject.id);
  world.advance(DAY / 2);
  if (plot.past !== undefined) {
    setPast(subject, plot.past, random(plot.environment.seed + 3), world.now());
    forget(scene());
  }
  change(plot.breaks);
  world.advance(BROKEN_FOR);
  change(plot.after);
  return { world, nodeId: plot.about === 'host' ? (company.host ?? subject).id : subject.id };
}

/** Hosts no longer know a machine whose last contact was long ago. */
function forget({ state, subject }: Scene): void {
  for (const node of state.nodes) delete node.windows?.kmsHostRole?.contacts[subject.windows.cmid];
}
