/** Parts that the events of the durable functions share, and how an event that does not fit is refused. */
import { z } from 'zod';

const id = z.strictObject({ kind: z.literal('id'), id: z.string().min(1).max(64) });
const name = z.strictObject({ kind: z.literal('name'), name: z.string().min(1).max(255) });
const tag = z.strictObject({
  kind: z.literal('tag'),
  key: z.string().min(1).max(128),
  value: z.string().max(256),
});
const all = z.strictObject({ kind: z.literal('all') });

export const site = z.string().min(1).optional();

const selectors = z.array(z.discriminatedUnion('kind', [all, id, name, tag]));

/** Machines that were named. */
export const selection = z.strictObject({ selectors: selectors.min(1), site });

/** The same, or nobody: an undo names its machines by the change it undoes. */
export const anySelection = z.strictObject({ selectors, site });

/** One machine, by id or name. */
export const oneMachine = z.strictObject({
  selectors: z.array(z.discriminatedUnion('kind', [id, name])).length(1),
  site,
});

/** The command as understood, and where it was typed. */
export const askedAndPlace = {
  asked: z.string().max(4000),
  place: z.strictObject({ teamId: z.string().min(1), channelId: z.string().min(1), userId: z.string().min(1) }),
};

type Defined<T> = { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> } & {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
};

/** What is absent is absent, not undefined. */
export const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;

/**
 * The event as the schema reads it.
 *
 * @throws with the fields at fault, never their values: the event comes from our own function, and one that does not
 * fit is a mistake of ours.
 */
export const requestOr = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || '(whole)');
  throw new Error(`The event is not a request: ${fields.join(', ')}`);
};
