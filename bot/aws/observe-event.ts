/** What the observe function is started with, read at the boundary. */
import { z } from 'zod';
import type { ObserveRequest } from '../ports.ts';
import { askedAndPlace, oneMachine, requestOr, selection, site, withoutUndefined } from './event-parts.ts';

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
    selection,
    ...askedAndPlace,
  }),
  z.strictObject({
    operation: z.literal('diagnose'),
    selection: oneMachine,
    ...askedAndPlace,
  }),
  z.strictObject({ operation: z.literal('hosts'), site, ...askedAndPlace }),
  z.strictObject({ operation: z.literal('dns'), zone: z.string().min(1).max(255).optional(), ...askedAndPlace }),
  z.strictObject({ operation: z.literal('jobs'), ...askedAndPlace }),
  z.strictObject({ operation: z.literal('audit'), about, since, ...askedAndPlace }),
]);

const requestOf = (read: z.infer<typeof event>): ObserveRequest => {
  switch (read.operation) {
    case 'check':
    case 'diagnose':
      return { ...read, selection: withoutUndefined(read.selection) };
    case 'hosts':
    case 'dns':
    case 'audit':
      return withoutUndefined(read);
    case 'jobs':
      return read;
  }
};

/**
 * The request of an event.
 *
 * @throws with the fields at fault, never their values.
 */
export const parseObserveEvent = (value: unknown): ObserveRequest => requestOf(requestOr(event, value));
