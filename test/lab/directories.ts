/** What faults outside the world are aimed at, found by the words that people use. */
import type { Directories, Directory } from './faults-elsewhere.ts';
import type { Workspace } from './slack/workspace.ts';
import { findNode } from './world/fault-targets.ts';
import type { LabWorld } from './world/world.ts';

interface Known {
  readonly id: string;
  readonly name: string;
}

/** By id or by name, with or without the sign that people put before it. */
const directory = (entries: () => readonly Known[]): Directory => ({
  find: (word) => {
    const plain = word.replace(/^@/, '').toLowerCase();
    return entries().find(({ id, name }) => id === word || name.toLowerCase() === plain)?.id;
  },
  names: () => entries().map(({ name }) => name),
});

/** People and groups of the workspace, machines of the world. */
export const directoriesOf = (world: LabWorld, workspace: () => Workspace): Directories => ({
  person: directory(() => workspace().people),
  'user group': directory(() => workspace().userGroups.map(({ id, handle }) => ({ id, name: handle }))),
  machine: {
    find: (word) => findNode(world.state, word)?.id,
    names: () => world.state.nodes.map(({ name }) => name),
  },
});
