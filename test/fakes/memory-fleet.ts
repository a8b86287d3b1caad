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
}

interface SentCommand {
  readonly id: string;
  readonly siteId: string;
  readonly reference: string;
  readonly target: CommandTarget;
  readonly sentAtMs: number;
  readonly machines: readonly FleetMachine[];
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
      inspect: async ({ site, target, reference, mayHaveBeenSent, options }) => {
        if (mayHaveBeenSent) {
          call('list', site);
          const known = sent.find((c) => c.reference === reference && now() - c.sentAtMs >= LISTED_AFTER_MS);
          if (known !== undefined) return { commandId: known.id };
        }
        call('send', site);
        if (target.kind === 'nodes' && target.nodeIds.length > MOST_IDS) throw new Error('too many ids');
        const reached = machines.filter((m) => m.node.siteId === site.id && isTargeted(m, target));
        const id = `command-${sent.length + 1}`;
        sent.push({ id, siteId: site.id, reference, target, sentAtMs: now(), machines: reached, ...options });
        return { commandId: id };
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
  const call = (operation: string, site: Site): void => {
    const nth = (fleet.calls[operation] ?? 0) + 1;
    fleet.calls[operation] = nth;
    fleet.interfere({ operation, site, nth });
  };
  const isListed = (command: SentCommand): boolean => now() - command.sentAtMs >= LISTED_AFTER_MS;
  const isDone = (command: SentCommand, machine: FleetMachine): boolean =>
    now() - command.sentAtMs >= machine.behaviour.afterSeconds * 1000;
  const answerOf = (command: SentCommand, machine: FleetMachine): Answer => {
    // The role reaches machines by the fleet's tag alone, whatever the command names.
    if (!machine.node.inFleet) return { nodeId: machine.node.id, kind: 'none', why: { kind: 'access-denied' } };
    return isDone(command, machine)
      ? ({ nodeId: machine.node.id, ...machine.behaviour.answer } as Answer)
      : { nodeId: machine.node.id, kind: 'pending' };
  };
  return fleet;
};

const paged = <T>(all: readonly T[], cursor: string | undefined, size: number) => {
  const from = Number(cursor ?? 0);
  const items = all.slice(from, from + size);
  return from + size < all.length ? { items, cursor: String(from + size) } : { items };
};
