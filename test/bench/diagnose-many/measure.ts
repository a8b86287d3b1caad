/** Diagnosing ten thousand machines and grouping them, in a process of its own. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { ZoneFacts } from '../../../bot/domain/diagnosis/facts.ts';
import { ask } from '../../lab/scenarios/ask-machine.ts';
import { factsFrom } from '../../lab/scenarios/facts.ts';
import { managedNodeOf } from '../../lab/scenarios/managed-node.ts';
import { openWorld, type ScenarioWorld } from '../../lab/scenarios/scenario-world.ts';
import type { LabNode } from '../../lab/world/types.ts';
import { worldOf } from '../fleet-of.ts';
import { median } from '../median.ts';
import { LARGE_FLEET } from '../results.ts';
import type { Input, Measured, RecordOf, SiteInput } from './input.ts';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

const SEED = 1;
/** Processes, one after the other; other work on the machine disturbs any one of them. */
const RUNS = 3;

/** @throws when the measured process does not diagnose every record. */
export const measureDiagnoseMany = async (): Promise<Measured> => {
  const folder = await mkdtemp(join(tmpdir(), 'kms-bot-bench-'));
  try {
    const [program, file] = [join(folder, 'run.mjs'), join(folder, 'input.json')];
    await build({
      entryPoints: [here('./run.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      minify: true,
      outfile: program,
    });
    const input = inputOf(LARGE_FLEET);
    await writeFile(file, JSON.stringify(input));
    const runs: Measured[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const { stdout } = await promisify(execFile)(process.execPath, [program, file]);
      runs.push(JSON.parse(stdout) as Measured);
    }
    return together(runs, input.records.length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Medians of the times, the most of the memory. */
function together(runs: readonly Measured[], records: number): Measured {
  const [first] = runs;
  if (first === undefined || runs.some(({ diagnosed }) => diagnosed !== records))
    throw new Error(`${runs.map(({ diagnosed }) => diagnosed).join(', ')} of ${records} records were diagnosed`);
  return {
    ...first,
    seconds: median(runs.map(({ seconds }) => seconds)),
    judgeSeconds: median(runs.map(({ judgeSeconds }) => judgeSeconds)),
    maxRssMb: Math.max(...runs.map(({ maxRssMb }) => maxRssMb)),
  };
}

/** Records of machines that run and can be asked; of those that cannot, there is nothing to measure. */
function inputOf(machines: number): Input {
  const world = openWorld({ state: worldOf(machines, {}, SEED), nowMs: Date.now(), seed: SEED });
  const running = world.state.nodes.filter(isAsked);
  const records = running.flatMap((node): RecordOf[] => {
    const reading = ask(world, node.id, {});
    return reading.kind === 'record' ? [{ node: managedNodeOf(node), json: reading.json }] : [];
  });
  const missing = machines - records.length;
  // Stands in for the machines that gave none: every count of records is exactly as many as said.
  const filled = [...records, ...records.slice(0, missing)];
  const sites = world.state.sites.map(({ id }) => [id, siteInput(world, id, running)] as const);
  return { nowMs: world.now(), knownHosts: world.knownHosts, sites: Object.fromEntries(sites), records: filled };
}

const isAsked = ({ windows, instanceState, agent, tags }: LabNode): boolean =>
  windows !== undefined && instanceState === 'running' && agent.online && tags.KmsManaged === 'true';

/** Hosts and zones as a diagnosis of one machine of each network would find them, put together. */
function siteInput(world: ScenarioWorld, siteId: string, nodes: readonly LabNode[]): SiteInput {
  const one = new Map(nodes.filter(({ site }) => site === siteId).map((node) => [networkOf(node), node.id]));
  const facts = [...one.values()].map((id) => factsFrom(world, id));
  const zones = new Map<string, ZoneFacts>(facts.flatMap((each) => each.zones).map((zone) => [zone.zoneId, zone]));
  const hosts = (facts[0]?.hosts ?? []).map(({ record: _, ...host }) => {
    const reading = ask(world, host.node.id, {});
    return { ...host, json: reading.kind === 'record' ? reading.json : '' };
  });
  return { hosts, zones: [...zones.values()] };
}

const networkOf = ({ vpc, windows }: LabNode): string =>
  [vpc, windows?.primarySuffix, ...(windows?.adapters ?? []).map(({ suffix }) => suffix)].join(' ');
