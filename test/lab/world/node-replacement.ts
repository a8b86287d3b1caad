/** A machine that is replaced: its instance is gone, and another of the same image and name has come. */
import { hexDigits, random, seedOf } from '../random.ts';
import { all, setFields, type Undo } from './fault-effects.ts';
import { InvalidFault } from './fault-targets.ts';
import type { LabNode, LabWindows } from './types.ts';
import type { LabWorld } from './world.ts';

/** What an instance has from its image and its launch template; everything else it has to become by itself. */
const launchedAs = ({ generation, edition, language, domain, domainRole, primarySuffix, searchList }: LabWindows) => ({
  ...{ generation, edition, language, domain, domainRole, primarySuffix, searchList },
});

/**
 * Terminates the instance and launches one more with the same name, tags, image and network, at an address of its own.
 * The undoing takes the new one away and brings the old one back. @throws InvalidFault for what is no EC2 instance.
 */
export function replaceNode(world: LabWorld, node: LabNode): Undo {
  if (node.id.startsWith('mi-')) throw new InvalidFault(`target: ${node.name} is no EC2 instance`);
  const { nodes } = world.state;
  const gone = all(
    setFields(node, { instanceState: 'terminated' }),
    setFields(node.agent, { online: false, registered: false }),
  );
  const { site, name, platform, tags, imageId, vpc, subnet, usageOperation, billingProducts, windows } = node;
  const id = `i-0${hexDigits(random(seedOf(`${node.id} replaced`)), 16)}`;
  world.putNode(id, {
    ...{ site, name, platform, tags: { ...tags }, imageId, vpc, subnet, usageOperation, billingProducts },
    ...(windows === undefined ? {} : { windows: launchedAs(windows) }),
  });
  return () => {
    const at = nodes.findIndex((known) => known.id === id);
    if (at >= 0) nodes.splice(at, 1);
    gone();
    for (const changed of [id, node.id]) world.changed(changed);
  };
}
