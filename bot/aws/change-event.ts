/** What the change function is started with, read at the boundary. */
import { z } from 'zod';
import type { ChangeSpec } from '../domain/change/change-spec.ts';
import type { ChangeFunctionRequest } from '../ports.ts';
import { anySelection, askedAndPlace, requestOr, withoutUndefined } from './event-parts.ts';

const short = z.int().min(0).max(65_535);
const host = z.strictObject({ host: z.string().min(1).max(260), port: short });
/** A record's change: `zone` may be typed with a trailing dot, and its id is shorter than any name may be. */
const ofRecord = { zone: z.string().min(1).max(255), host, priority: short.optional(), weight: short.optional() };
/** As both stores take it, and as the ledger may key by it. */
const storedKey = z.string().regex(/^[A-Za-z0-9/_.+=@-]{1,200}$/);
const port = z.int().min(1).max(65_535);
/** A quarter of an hour to thirty days. */
const minutes = z.int().min(15).max(43_200);
const publishDomain = z.strictObject({
  domain: z.string().min(1).max(255),
  priority: short.optional(),
  weight: short.optional(),
});
const changeId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/);

const spec = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('activate') }),
  z.strictObject({ kind: z.literal('point'), to: host }),
  z.strictObject({ kind: z.literal('point-amazon') }),
  z.strictObject({ kind: z.literal('discover') }),
  z.strictObject({ kind: z.literal('activation-type'), to: z.enum(['auto', 'kms', 'ad']) }),
  z.strictObject({ kind: z.literal('lookup'), domain: z.string().min(1).max(253).nullable() }),
  z.strictObject({ kind: z.literal('caching'), on: z.boolean() }),
  z.strictObject({ kind: z.literal('flush-dns') }),
  z.strictObject({ kind: z.literal('client-key') }),
  z.strictObject({ kind: z.literal('test'), host }),
  z.strictObject({ kind: z.literal('stored-key'), key: storedKey }),
  z.strictObject({ kind: z.literal('phone') }),
  z.strictObject({ kind: z.literal('rearm'), restart: z.boolean() }),
  z.strictObject({ kind: z.literal('restart') }),
  z.strictObject({ kind: z.literal('undo'), change: changeId }),
  z.strictObject({ kind: z.literal('host-setup'), key: storedKey }),
  z.strictObject({ kind: z.literal('host-publish'), on: z.boolean() }),
  z.strictObject({ kind: z.literal('host-domains'), domains: z.array(publishDomain).max(100) }),
  z.strictObject({ kind: z.literal('host-port'), port }),
  z.strictObject({ kind: z.literal('host-intervals'), activationMinutes: minutes, renewalMinutes: minutes }),
  z.strictObject({ kind: z.literal('host-priority'), low: z.boolean() }),
  z.strictObject({ kind: z.literal('host-firewall') }),
  z.strictObject({ kind: z.literal('host-restart') }),
  z.strictObject({ kind: z.literal('host-retire') }),
  z.strictObject({ kind: z.literal('dns-add'), ...ofRecord }),
  z.strictObject({ kind: z.literal('dns-remove'), ...ofRecord }),
  z.strictObject({ kind: z.literal('dns-adopt'), ...ofRecord }),
]);

const event = z.discriminatedUnion('operation', [
  z.strictObject({ operation: z.literal('change'), spec, selection: anySelection, ...askedAndPlace }),
  z.strictObject({ operation: z.literal('cancel'), change: changeId, ...askedAndPlace }),
  z.strictObject({
    operation: z.literal('denied'),
    change: changeId.optional(),
    why: z.string().min(1).max(100),
    ...askedAndPlace,
  }),
  z.strictObject({
    operation: z.literal('show-installation-id'),
    change: changeId,
    attempt: z.int().min(1).max(100),
    viewId: z.string().min(1).max(255),
    ...askedAndPlace,
  }),
]);

const specOf = (read: z.infer<typeof spec>): ChangeSpec => {
  if ('zone' in read) return withoutUndefined(read);
  return 'domains' in read ? { ...read, domains: read.domains.map(withoutUndefined) } : read;
};

const requestOf = (read: z.infer<typeof event>): ChangeFunctionRequest => {
  switch (read.operation) {
    case 'change':
      return { ...read, spec: specOf(read.spec), selection: withoutUndefined(read.selection) };
    case 'cancel':
    case 'show-installation-id':
      return read;
    case 'denied':
      return withoutUndefined(read);
  }
};

/**
 * The request of an event.
 *
 * @throws with the fields at fault, never their values.
 */
export const parseChangeEvent = (value: unknown): ChangeFunctionRequest => requestOf(requestOr(event, value));
