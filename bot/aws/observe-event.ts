/** What the observe function is started with, read at the boundary. */
import { z } from 'zod';
import type { CheckRequest } from '../ports.ts';

const selector = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('id'), id: z.string().min(1).max(64) }),
  z.strictObject({ kind: z.literal('name'), name: z.string().min(1).max(255) }),
  z.strictObject({ kind: z.literal('tag'), key: z.string().min(1).max(128), value: z.string().max(256) }),
]);

const place = z.strictObject({ teamId: z.string().min(1), channelId: z.string().min(1), userId: z.string().min(1) });

const event = z.strictObject({
  operation: z.literal('check'),
  selection: z.strictObject({ selectors: z.array(selector).min(1), site: z.string().min(1).optional() }),
  asked: z.string().max(4000),
  place,
});

/**
 * The request of an event.
 *
 * @throws with the fields at fault, never their values: the event comes from our own function, and one that does not
 * fit is a mistake of ours.
 */
export const parseObserveEvent = (value: unknown): CheckRequest => {
  const parsed = event.safeParse(value);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || '(whole)');
    throw new Error(`The event is not a request: ${fields.join(', ')}`);
  }
  const { selection, ...request } = parsed.data;
  const { selectors, site } = selection;
  return { ...request, selection: site === undefined ? { selectors } : { selectors, site } };
};
