/** Many machines quickly: nine in ten in order, one in ten broken in a way that any machine can be. */
import { hexDigits, pick } from '../random.ts';
import { type BrokenWayId, WAYS_ANYWHERE } from './broken-ways.ts';
import { GENERATIONS, type Generation } from './editions.ts';
import { healthyNode } from './healthy-node.ts';
import { runsWindows } from './law-context.ts';
import type { Life } from './seeded-history.ts';
import { NETWORK_PREFIX, vpcOf } from './seeded-network.ts';
import type { LabVpc, WindowsLanguage, WorldState } from './types.ts';

/** Generations the main host may activate; repeated ones are more common. */
const MIX: readonly Generation[] = ['2012R2', '2016', '2016', '2019', '2019', '2019', '2022', '2022', '2022', '11'];
const LANGUAGES: readonly WindowsLanguage[] = ['en-US', 'en-US', 'ja-JP', 'de-DE'];
const ROLES = ['web', 'app', 'db', 'build', 'file'] as const;
const ENVIRONMENTS = ['prod', 'prod', 'test'] as const;
/** Shared by thousands of machines; nobody changes a tag in place. */
const TAGS = new Map<string, Readonly<Record<string, string>>>();

/** Machines of the corporate VPC with the one last contact each has made. */
export function generatedLives(state: WorldState, count: number, next: () => number, nowMs: number): Life[] {
  const vpc = vpcOf(state, 'corp');
  if (vpc === undefined) throw new Error('The seeded world has no corporate VPC');
  return Array.from({ length: count }, (_, index) => lifeOf(vpc, index, next, nowMs));
}

function lifeOf(vpc: LabVpc, index: number, next: () => number, nowMs: number): Life {
  const generation = pick(next, MIX);
  const role = pick(next, ROLES);
  const node = healthyNode({
    id: `i-0${hexDigits(next, 16)}`,
    site: vpc.site,
    name: `${role}-${1000 + index}`,
    address: `${NETWORK_PREFIX.corp}.${70 + Math.floor(index / 250)}.${1 + (index % 250)}`,
    vpc,
    generation,
    edition: GENERATIONS[generation].server ? 'ServerDatacenter' : 'Enterprise',
    language: pick(next, LANGUAGES),
    nowMs,
  });
  node.tags = tagsOf(pick(next, ENVIRONMENTS), role);
  if (!runsWindows(node)) throw new Error(`${node.id} is no Windows`);
  const way = index % 10 === 9 ? wayOf(index) : undefined;
  return { node, weeks: 1, ...(way === undefined ? {} : { way }) };
}

function wayOf(index: number): BrokenWayId | undefined {
  return WAYS_ANYWHERE[Math.floor(index / 10) % WAYS_ANYWHERE.length];
}

function tagsOf(env: string, role: string): Record<string, string> {
  const key = `${env}/${role}`;
  const known = TAGS.get(key) ?? { Env: env, Role: role, KmsManaged: 'true' };
  TAGS.set(key, known);
  return { ...known };
}
