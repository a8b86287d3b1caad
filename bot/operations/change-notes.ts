/** What a change leaves for others to read: its place in the audit, and its status for jobs and clicks. */
import { type AuditEntry, type AuditEvent, MOST_NODES } from '../domain/audit/audit-entry.ts';
import type { ChangeStatus } from '../domain/change/change-status.ts';
import type { NodeOutcome } from '../domain/change/plan.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';

type Facts = Omit<AuditEntry, 'id' | 'atMs' | 'event' | 'change' | 'asked'>;

/**
 * Adds an entry about this change, once. `key` tells it from others of the same event; it is part of the entry's id, so
 * that a step that is run again adds nothing. Facts that have to be read are read inside the step.
 */
export const note = async (
  deps: ChangeDeps,
  { id, talk }: Pick<ChangeCase, 'id' | 'talk'>,
  event: AuditEvent,
  facts: Facts | (() => Promise<Facts>) = {},
  key = '',
): Promise<void> => {
  await deps.workflow.step(`note ${event}${key === '' ? '' : ` ${key}`}`, async () => {
    const entry = { id: [id, event, key].filter((part) => part !== '').join('/'), atMs: deps.clock(), event };
    const read = typeof facts === 'function' ? await facts() : facts;
    await deps.audit.append({ ...entry, change: id, asked: talk.asked, ...read });
    return null;
  });
};

type Machine = Pick<NodeOutcome, 'nodeId' | 'name'> & { readonly result?: NodeOutcome['result'] };

const entryNodes = (machines: readonly Machine[]): NonNullable<AuditEntry['nodes']> =>
  machines.map(({ nodeId, name, result }) => ({ id: nodeId, name, ...(result === undefined ? {} : { result }) }));

/**
 * Adds as many entries as it takes to name every machine: whoever asks for one finds it. `read` runs inside steps, and
 * gives the same machines each time.
 */
export const noteMachines = async (
  deps: ChangeDeps,
  of: Pick<ChangeCase, 'id' | 'talk'>,
  event: AuditEvent,
  read: () => Promise<readonly Machine[]>,
  { key, ...facts }: Facts & { readonly key: string },
): Promise<void> => {
  const lots = await deps.workflow.step(`lots of ${event} ${key}`, async () =>
    Math.max(1, Math.ceil((await read()).length / MOST_NODES)),
  );
  for (let lot = 0; lot < lots; lot += 1) {
    const nodes = await deps.workflow.step(`lot ${lot + 1} of ${event} ${key}`, async () =>
      entryNodes((await read()).slice(lot * MOST_NODES, (lot + 1) * MOST_NODES)),
    );
    await note(deps, of, event, { ...facts, nodes }, lot === 0 ? key : `${key}/${lot + 1}`);
  }
};

type News = Partial<Omit<ChangeStatus, 'id' | 'kind' | 'asked' | 'requesterId' | 'channelId' | 'startedAtMs'>>;

/** The status of a change that has just begun. */
const firstStatus = ({ id, spec, talk }: Pick<ChangeCase, 'id' | 'spec' | 'talk'>): ChangeStatus => ({
  id,
  kind: spec.kind,
  asked: talk.asked,
  requesterId: talk.place.userId,
  channelId: talk.place.channelId,
  siteIds: [],
  startedAtMs: talk.startedAtMs,
  updatedAtMs: talk.startedAtMs,
  phase: 'looking',
  machines: 0,
  done: 0,
  failed: 0,
});

/** Brings the status up to date; what is not named stays. Nothing is waited for any more unless the news say so. */
export const tellStatus = async (
  deps: Pick<ChangeDeps, 'changes' | 'clock'>,
  of: Pick<ChangeCase, 'id' | 'spec' | 'talk'>,
  news: News,
): Promise<ChangeStatus> => {
  const { awaits: _, ...known } = (await deps.changes.readStatus(of.id)) ?? firstStatus(of);
  const status = { ...known, ...news, updatedAtMs: deps.clock() };
  await deps.changes.writeStatus(status);
  return status;
};
