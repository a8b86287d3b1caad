/** Which commands reach the machines that are meant: by tag where a tag says who is meant, else by ids in fifties. */
import type { ManagedNode, NodeId, NodeSelection } from '../domain/nodes.ts';
import type { CommandTarget, InspectOptions } from '../ports.ts';
import { inTurn } from './in-turn.ts';

export interface PlannedCommand {
  readonly target: CommandTarget;
  /** Machines it should reach. A command by tag may reach others, that were tagged since the inventory. */
  readonly expects: readonly NodeId[];
}

/** Most ids in one command. */
const CHUNK = 50;
/** Machines that bind the KMS interface in a run of the whole fleet; the others only connect. */
const MOST_BINDING = 50;
/** A run of more machines starts spread over time, one second for each hundred machines. */
const AT_ONCE = 50;
const PER_SECOND = 100;
const LONGEST_SPREAD_SECONDS = 60;
/** Tags that are each given a command of their own; beyond, machines are named by their ids. */
const MOST_TAG_COMMANDS = 5;

/** The tags whose union is meant, or `undefined` when machines are named one by one. */
const tagsMeant = (selection: NodeSelection): readonly CommandTarget[] | undefined => {
  const { selectors } = selection;
  if (selectors.some((selector) => selector.kind === 'all')) return [{ kind: 'tags', tags: [] }];
  const tags = selectors.flatMap((s) => (s.kind === 'tag' ? [{ key: s.key, value: s.value }] : []));
  if (tags.length < selectors.length || tags.length > MOST_TAG_COMMANDS) return undefined;
  return tags.map((tag) => ({ kind: 'tags', tags: [tag] }));
};

const carries = (node: ManagedNode, target: CommandTarget): boolean =>
  target.kind === 'tags' && target.tags.every((tag) => node.tags[tag.key] === tag.value);

/** For operations that choose machines themselves: commands name them by their ids, whatever the person typed. */
export const ONE_BY_ONE: NodeSelection = { selectors: [{ kind: 'id', id: '' }] };

/** True when commands go by tag, so that machines the inventory does not know may answer. */
export const goesByTag = (selection: NodeSelection): boolean => tagsMeant(selection) !== undefined;

/** The commands for the askable machines of one site; none when there is nobody to ask. */
export const planCommands = (selection: NodeSelection, askable: readonly ManagedNode[]): readonly PlannedCommand[] => {
  const byTag = tagsMeant(selection);
  if (byTag === undefined) return inChunks(askable.map((node) => node.id));
  const commands = byTag.map((target) => ({
    target,
    expects: askable.filter((node) => carries(node, target)).map((node) => node.id),
  }));
  return commands.filter((command) => command.expects.length > 0);
};

const inChunks = (ids: readonly NodeId[]): PlannedCommand[] => {
  const commands: PlannedCommand[] = [];
  for (let at = 0; at < ids.length; at += CHUNK) {
    const expects = ids.slice(at, at + CHUNK);
    commands.push({ target: { kind: 'nodes', nodeIds: expects }, expects });
  }
  return commands;
};

/** At most fifty machines, taken from each network in turn. */
const spreadOverNetworks = (nodes: readonly ManagedNode[]): NodeId[] =>
  inTurn(nodes, ({ vpcId = '' }) => vpcId, MOST_BINDING).map(({ id }) => id);

/** How a run over these machines of one site spares the hosts: few bind, and they do not all start at once. */
export const inspectOptions = (askable: readonly ManagedNode[]): InspectOptions => {
  if (askable.length <= AT_ONCE) return { bindFrom: 'all', jitterSeconds: 0 };
  const jitterSeconds = Math.min(LONGEST_SPREAD_SECONDS, Math.ceil(askable.length / PER_SECOND));
  return { bindFrom: spreadOverNetworks(askable), jitterSeconds };
};
