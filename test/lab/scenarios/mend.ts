/**
 * The oracle: the world as it would be after an operator mended one named cause, exactly that and nothing else.
 *
 * What the cause says is taken at its word; where the world is not so (the record is there, the host is not), nothing is
 * mended. Kinds that name no cause mend nothing.
 */
import type { DiagnosedCause, DiagnosedKind } from '../../../bot/domain/diagnosis/cause.ts';
import type { WindowsNode } from '../world/law-context.ts';
import { MENDS_OF_ASSIGNMENT } from './mend-assignment.ts';
import { MENDS_OF_HOSTS } from './mend-hosts.ts';
import { MENDS_OF_LICENCES } from './mend-licences.ts';
import { MENDS_OF_NAMES } from './mend-names.ts';
import { MENDS_OF_PATHS } from './mend-paths.ts';
import { MENDS_OF_SERVERS } from './mend-servers.ts';
import { type ScenarioWorld, windowsOf } from './scenario-world.ts';

/** Mends causes of one kind; false where there was nothing to mend. */
export type Mend<K extends DiagnosedKind> = (
  world: ScenarioWorld,
  node: WindowsNode,
  cause: Extract<DiagnosedCause, { kind: K }>,
) => boolean;

/** A way of mending for each kind it names. */
export type Mends<K extends DiagnosedKind> = { readonly [Kind in K]: Mend<Kind> };

const nothing = () => false;

const MENDS: Mends<DiagnosedKind> = {
  ...MENDS_OF_LICENCES,
  ...MENDS_OF_SERVERS,
  ...MENDS_OF_NAMES,
  ...MENDS_OF_ASSIGNMENT,
  ...MENDS_OF_PATHS,
  ...MENDS_OF_HOSTS,
  'works-now': () => true,
  'not-asked': nothing,
  'no-answer': nothing,
  unreadable: nothing,
  'code-only': nothing,
};

/** Changes the world as mending this cause would; false where the cause names nothing that could be mended. */
export function mend(world: ScenarioWorld, nodeId: string, cause: DiagnosedCause): boolean {
  world.catchUpAll();
  const run = MENDS[cause.kind] as (world: ScenarioWorld, node: WindowsNode, cause: DiagnosedCause) => boolean;
  const mended = run(world, windowsOf(world, nodeId), cause);
  for (const node of world.state.nodes) world.changed(node.id);
  return mended;
}
