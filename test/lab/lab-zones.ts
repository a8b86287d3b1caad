/** The zones that the lab's configuration names. */
import type { WorldState } from './world/types.ts';

/** By name, whether the bot may write there. Zones of Active Directory are not among them: they are not in Route 53. */
const NAMED: ReadonlyMap<string, 'write' | 'read'> = new Map([
  ['corp.example', 'write'],
  ['aws.corp.example', 'write'],
  ['lab.example', 'write'],
  ['branch.example', 'write'],
  ['shop.example', 'write'],
  ['stage.example', 'read'],
  ['eu.example', 'write'],
]);

/** Those of them that this world has; without changes there is nothing to be written in. */
export const labZones = ({ zones }: Pick<WorldState, 'zones'>, changes: boolean) =>
  zones
    .filter(({ name, hostedBy }) => hostedBy === 'route53' && NAMED.has(name))
    .map(({ id, name, site }) => ({ id, name, site, write: changes && NAMED.get(name) === 'write' }));
