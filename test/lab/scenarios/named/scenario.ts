/** What a named scenario is: one machine's trouble with a name, what Windows says of it, and what would mend it. */
import type { DiagnosedCause, DiagnosedKind, HostName } from '../../../../bot/domain/diagnosis/cause.ts';
import type { Diagnosis } from '../../../../bot/domain/diagnosis/diagnosis.ts';
import type { EnvironmentOptions, Past } from '../environment.ts';
import type { FaultOf } from '../fault.ts';
import { type Change, type Plot, type Scene, type Story, tell } from '../story.ts';

/** A scenario. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly state: Diagnosis['state'];
  /** Kinds that name the trouble rightly as the first cause, the best one first; empty for a machine that is well. */
  readonly expects: readonly DiagnosedKind[];
  /** What is wrong with Office, judged in its own group; `well` where nothing is, absent where there is none. */
  readonly office?: 'well' | Extract<DiagnosedCause, { kind: 'office' }>['of'];
  /** HRESULT of the machine's own next attempt, eight upper-case hex digits; absent where it makes none. */
  readonly gives?: string;
  /** What mends it: the first alone where one thing is wrong, all of them where several are. */
  readonly causes: (story: Story) => readonly DiagnosedCause[];
  readonly build: (seed?: number) => Story;
}

/** How scenarios are written down. */
export interface ScenarioSketch {
  readonly title: string;
  readonly is?: Diagnosis['state'];
  readonly expects?: DiagnosedKind | readonly DiagnosedKind[];
  readonly office?: Scenario['office'];
  readonly gives?: string;
  readonly causes?: (story: Story) => readonly DiagnosedCause[];
  readonly in?: Omit<EnvironmentOptions, 'seed'>;
  readonly about?: Plot['about'];
  readonly before?: readonly Change[];
  readonly breaks?: readonly (Change | FaultOf)[];
  readonly past?: Past;
  readonly after?: readonly Change[];
}

const SEED = 4;

/** Scenarios by their ids. */
export function scenarios(sketches: Readonly<Record<string, ScenarioSketch>>): Scenario[] {
  return Object.entries(sketches).map(([id, sketch]) => scenarioOf(id, sketch));
}

function scenarioOf(id: string, sketch: ScenarioSketch): Scenario {
  const { title, is = 'failing', expects = [], office, gives, causes = () => [] } = sketch;
  return {
    id,
    title,
    state: is,
    expects: typeof expects === 'string' ? [expects] : expects,
    ...(office === undefined ? {} : { office }),
    ...(gives === undefined ? {} : { gives }),
    causes,
    build: (seed = SEED) => tell(plotOf(sketch, seed)),
  };
}

function plotOf(sketch: ScenarioSketch, seed: number): Plot {
  const { before = [], breaks = [], after = [], about, is } = sketch;
  const past = sketch.past ?? (is === undefined || is === 'failing' ? 'lapsed' : undefined);
  return {
    environment: { ...sketch.in, seed },
    before,
    breaks: breaks.map((change) => (typeof change === 'function' ? change : change.break)),
    after,
    ...(about === undefined ? {} : { about }),
    ...(past === undefined ? {} : { past: is === 'warning' ? 'renewals-missed' : past }),
  };
}

/** The company's KMS host as a diagnosis names it. */
export function kmsHost({ world }: Story, name = 'kms-01'): HostName {
  const node = world.state.nodes.find((known) => known.name === name);
  return { name: `${name}.corp.example`, port: 1688, ...(node === undefined ? {} : { nodeId: node.id }) };
}

/** Address of the company's managed host, of its host on premises, and of nobody. */
export const ADDRESSES = { managed: '10.20.1.10', onPremises: '192.168.20.30' } as const;

/** A change of the machine that the story is about. */
export const toSubject =
  (change: (windows: Scene['subject']['windows'], scene: Scene) => void): Change =>
  (scene) =>
    change(scene.subject.windows, scene);
