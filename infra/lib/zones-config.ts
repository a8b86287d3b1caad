/** The Route 53 zones whose KMS records the bot tells of, and those it may write in. */
import { isIP } from 'node:net';
import { z } from 'zod';

/** A name of a domain in the form that the functions compare names in: international ones in ASCII. */
const DOMAIN = /^(?=.{1,241}$)(?!-)[a-z0-9_-]{1,63}(\.(?!-)[a-z0-9_-]{1,63})*$/;

const zone = z.strictObject({
  /** As Route 53 shows it, without `/hostedzone/`. */
  id: z.string().regex(/^Z[A-Z0-9]{1,31}$/, 'a zone id is a Z with capital letters and digits, as Route 53 shows it'),
  name: z
    .string()
    .regex(
      DOMAIN,
      'a zone name is a lower-case domain in ASCII without a dot at its end, at most 241 characters: _vlmcs._tcp stands before it',
    )
    .refine((name) => isIP(name) === 0, 'an address is no zone'),
  /** The site whose account the zone is in. */
  site: z.string(),
  /** Whether records may be changed there; only where changes are switched on. */
  write: z.boolean().default(false),
});

/** A zone that the configuration names. */
export type ZoneConfig = z.infer<typeof zone>;

export const zones = z.array(zone).superRefine((read, context) => {
  for (const [index, { id }] of read.entries()) {
    if (read.findIndex((other) => other.id === id) === index) continue;
    context.addIssue({ code: 'custom', path: [index, 'id'], message: `the zone ${id} stands here twice` });
  }
});

/** What the functions are told of them: a `ConfiguredZone` of the bot each. */
export const configuredZones = (read: readonly ZoneConfig[]) =>
  read.map(({ id, name, site, write }) => ({ id, name, siteId: site, write }));
