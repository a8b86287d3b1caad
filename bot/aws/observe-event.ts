/** What the observe function is started with, read at the boundary. */
import { z } from 'zod';
import type { NodeSelection } from '../domain/nodes.ts';
import type { ObserveRequest } from '../ports.ts';

const id = z.strictObject({ kind: z.literal('id'), id: z.string().min(1).max(64) });
const name = z.strictObject({ kind: z.literal('name'), name: z.string().min(1).max(255) });
const tag = z.strictObject({
  kind: z.literal('tag'),
  key: z.string().min(1).max(128),
  value: z.string().max(256),
});
const all = z.strictObject({ kind: z.literal('all') });

const site = z.string().min(1).optional();
const place = z.strictObject({ teamId: z.string().min(1), channelId: z.string().min(1), userId: z.string().min(1) });
const whatever = { asked: z.string().max(4000), place };

/** Ten years: an audit is asked for what is no older. */
const MOST_MINUTES = 10 * 366 * 24 * 60;
const since = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('day'), isoDay: z.iso.date() }),
    z.strictObject({ kind: z.literal('ago'), minutes: z.number().int().positive().max(MOST_MINUTES) }),
  ])
  .optional();
const about = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('everything') }),
  z.strictObject({ kind: z.literal('verify') }),
  z.strictObject({ kind: z.literal('person'), userId: z.string().min(1).max(64) }),
  z.strictObject({ kind: z.literal('node'), word: z.string().min(1).max(255) }),
]);

const event = z.discriminatedUnion('operation', [
  z.strictObject({
    operation: z.literal('check'),
    selection: z.strictObject({
      selectors: z.array(z.discriminatedUnion('kind', [all, id, name, tag])).min(1),
      site,
    }),
    ...whatever,
  }),
  z.strictObject({
    operation: z.literal('diagnose'),
    selection: z.strictObject({ selectors: z.array(z.discriminatedUnion('kind', [id, name])).length(1), site }),
    ...whatever,
  }),
  z.strictObject({ operation: z.literal('hosts'), site, ...whatever }),
  z.strictObject({ operation: z.literal('jobs'), ...whatever }),
  z.strictObject({ operation: z.literal('audit'), about, since, ...whatever }),
]);

type Event = z.infer<typeof event>;

/** An absent site is absent, not undefined. */
const selectionOf = ({ selectors, site }: Extract<Event, { operation: 'check' | 'diagnose' }>['selection']) =>
  ({ selectors, ...(site === undefined ? {} : { site }) }) satisfies NodeSelection;

const requestOf = (read: Event): ObserveRequest => {
  switch (read.operation) {
    case 'check':
    case 'diagnose':
      return { ...read, selection: selectionOf(read.selection) };
    case 'hosts': {
      const { site, ...request } = read;
      return site === undefined ? request : { ...request, site };
    }
    case 'jobs':
      return read;
    case 'audit': {
      const { since, ...request } = read;
      return since === undefined ? request : { ...request, since };
    }
  }
};

/**
 * The request of an event.
 *
 * @throws with the fields at fault, never their values: the event comes from our own function, and one that does not
 * fit is a mistake of ours.
 */
export const parseObserveEvent = (value: unknown): ObserveRequest => {
  const parsed = event.safeParse(value);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || '(whole)');
    throw new Error(`The event is not a request: ${fields.join(', ')}`);
  }
  return requestOf(parsed.data);
};
