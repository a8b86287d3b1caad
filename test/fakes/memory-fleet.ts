/** Machines, their agents and Run Command in memory: commands take time, listings lag behind, pages hold fifty. */
import type { NoAnswer } from '../../bot/domain/check-report.ts';
import type { ManagedNode, NodeId, Site } from '../../bot/domain/nodes.ts';
import type { Answer, CommandTarget, ManagedNodes, RunCommand } from '../../bot/ports.ts';

/** How a machine answers a command. */
export interface Behaviour {
  /** Seconds until it is done; `Infinity` for one that never is. */
  readonly afterSeconds: number;
  readonly answer:
    | { readonly kind: 'output'; readonly text: string }
    | { readonly kind: 'none'; readonly why: NoAnswer };
}

export interface FleetMachine {
  readonly node: ManagedNode;
  readonly behaviour: Behaviour;
  /** Only found when looked up by name or id. */
  readonly beyondTheFleet?: boolean;
  /** Answers commands by tag, but is in no inventory. */
  readonly unlisted?: boolean;
  /** Runs a changing document; a machine without it answers none. */
  readonly change?: (request: ChangeRun) => Behaviour;
}

/** What a changing document is told. */
export type ChangeRun = Pick<Parameters<RunCommand['change']>[0], 'document' | 'operation' | 'options'>;

interface SentCommand {
  readonly id: string;
  readonly siteId: string;
  readonly reference: string;
  readonly target: CommandTarget;
  readonly sentAtMs: number;
  readonly machines: readonly FleetMachine[];
  /** How each machine answers this command: decided when it is sent, by the state it has then. */
  readonly behaviours: ReadonlyMap<NodeId, Behaviour>;
  /** Absent for an inspection. */
  readonly change?: ChangeRun;
  readonly bindFrom: 'all' | readonly NodeId[];
  readonly jitterSeconds: number;
}

/** A call about to be answered; throw to let it fail. */
export type Interfere = (call: { readonly operation: string; readonly site: Site; readonly nth: number }) => void;

export interface MemoryFleet {
  readonly nodes: ManagedNodes;
  readonly runCommand: RunCommand;
  readonly sent: readonly SentCommand[];
  /** Calls by operation. */
  readonly calls: Record<string, number>;
  interfere: Interfere;
}

const NO_SUCH_DOCUMENT: Behaviour = { afterSeconds: 1, answer: { kind: 'none', why: { kind: 'failed', exitCode: 1 } } };
const ALONE = { bindFrom: 'all', jitterSeconds: 0 } as const;
const PAGE = 50;
const MOST_IDS = 50;
const INVENTORY_PAGE = 1000;
const LISTED_AFTER_MS = 2_000;

const isTargeted = ({ node }: FleetMachine, target: CommandTarget): boolean =>
  target.kind === 'nodes'
    ? target.nodeIds.includes(node.id)
    : node.inFleet && target.tags.every((tag) => node.tags[tag.key] === tag.value);

/** A fleet over these machines; `now` in milliseconds. */
export const memoryFleet = (now: () => number, machines: readonly FleetMachine[]): MemoryFleet => {
  const sent: SentCommand[] = [];
  const fleet: MemoryFleet = {
    sent,
    calls: {},
    interfere: () => {},
    nodes: {
      page: async (site, cursor) => {
        call('page', site);
        const listed = machines.filter((m) => m.node.siteId === site.id && !m.beyondTheFleet && !m.unlisted);
        const { items, ...rest } = paged(listed, cursor, INVENTORY_PAGE);
        return { nodes: items.map((m) => m.node), ...rest };
      },
      find: async (site, words) => {
        call('find', site);
        const isMeant = ({ node }: FleetMachine) =>
          words.some((word) => word === node.id || word.toLowerCase() === node.name.toLowerCase());
        return machines.filter((m) => m.node.siteId === site.id && isMeant(m)).map((m) => m.node);
      },
    },
    runCommand: {
      inspect: async ({ options, ...request }) => send(request, (m) => m.behaviour, options),
      change: async ({ document, operation, options, nodeIds, ...request }) => {
        const change = { document, operation, options };
        const target = { kind: 'nodes', nodeIds } as const;
        return send({ ...request, target }, (m) => m.change?.(change) ?? NO_SUCH_DOCUMENT, { ...ALONE, change });
      },
      progress: async (site, commandIds) => {
        call('progress', site);
        return sent
          .filter((command) => commandIds.includes(command.id) && isListed(command))
          .map((command) => {
            const completed = command.machines.filter((m) => isDone(command, m)).length;
            const targets = command.machines.length;
            return { commandId: command.id, finished: completed === targets, targets, completed };
          });
      },
      answers: async (site, commandId, cursor) => {
        call('answers', site);
        const command = sent.find((each) => each.id === commandId);
        if (command === undefined || !isListed(command)) return { answers: [] };
        const { items, ...rest } = paged(command.machines, cursor, PAGE);
        return { answers: items.map((m) => answerOf(command, m)), ...rest };
      },
    },
  };
  const send = (
    request: Pick<Parameters<RunCommand['inspect']>[0], 'site' | 'target' | 'reference' | 'mayHaveBeenSent'>,
    behave: (machine: FleetMachine) => Behaviour,
    facts: Pick<SentCommand, 'bindFrom' | 'jitterSeconds' | 'change'>,
  ) => {
    const { site, target, reference, mayHaveBeenSent } = request;
    if (mayHaveBeenSent) {
      call('list', site);
      const known = sent.find((c) => c.reference === reference && now() - c.sentAtMs >= LISTED_AFTER_MS);
      if (known !== undefined) return { commandId: known.id };
    }
    call('send', site);
    if (target.kind === 'nodes' && target.nodeIds.length > MOST_IDS) throw new Error('too many ids');
    const reached = machines.filter((m) => m.node.siteId === site.id && isTargeted(m, target));
    const id = `command-${sent.length + 1}`;
    const behaviours = new Map(reached.map((m) => [m.node.id, behave(m)]));
    sent.push({ id, siteId: site.id, reference, target, sentAtMs: now(), machines: reached, behaviours, ...facts });
    return { commandId: id };
  };
  const call = (operation: string, site: Site): void => {
    const nth = (fleet.calls[operation] ?? 0) + 1;
    fleet.calls[operation] = nth;
    fleet.interfere({ operation, site, nth });
  };
  const isListed = (command: SentCommand): boolean => now() - command.sentAtMs >= LISTED_AFTER_MS;
  const behaviourIn = ({ behaviours }: SentCommand, { node }: FleetMachine): Behaviour =>
    behaviours.get(node.id) ?? NO_SUCH_DOCUMENT;
  const isDone = (command: SentCommand, machine: FleetMachine): boolean =>
    now() - command.sentAtMs >= behaviourIn(command, machine).afterSeconds * 1000;
  const answerOf = (command: SentCommand, machine: FleetMachine): Answer => {
    // The role reaches machines by the fleet's tag alone, whatever the command names.
    if (!machine.node.inFleet) return { nodeId: machine.node.id, kind: 'none', why: { kind: 'access-denied' } };
    return isDone(command, machine)
      ? ({ nodeId: machine.node.id, ...behaviourIn(command, machine).answer } as Answer)
      : { nodeId: machine.node.id, kind: 'pending' };
  };
  return fleet;
};

const paged = <T>(all: readonly T[], cursor: string | undefined, size: number) => {
  const from = Number(cursor ?? 0);
  const items = all.slice(from, from + size);
  return from + size < all.length ? { items, cursor: String(from + size) } : { items };
};
