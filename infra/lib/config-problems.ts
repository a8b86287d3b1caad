/** What can be wrong with a configuration as a whole, though each entry is right by itself. */
import { configuredZones, type ZoneConfig } from './zones-config.ts';

/** The entry at fault and what is wrong with it. */
export interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
}

/** The entries that are looked at together, read. */
interface Entries {
  readonly sites: readonly { readonly id: string }[];
  readonly rights: readonly { readonly sites?: readonly string[]; readonly zones?: readonly string[] }[];
  readonly zones: readonly ZoneConfig[];
  readonly changes?: { readonly whereToCall: string } | undefined;
  readonly knownHosts: readonly string[];
  readonly fleetTag: { readonly key: string; readonly value: string };
}

/** Rights for sites that there are not, and zones of such. */
export const unknownSites = ({ sites, rights, zones }: Entries): Problem[] => {
  const named = [
    ...rights.flatMap((rule, line) =>
      (rule.sites ?? []).map((id, index) => ({ id, path: ['rights', line, 'sites', index] })),
    ),
    ...zones.map(({ site }, index) => ({ id: site, path: ['zones', index, 'site'] })),
  ];
  return named
    .filter(({ id }) => !sites.some((site) => site.id === id))
    .map(({ id, path }) => ({ path, message: `there is no site ${JSON.stringify(id)}` }));
};

/** Rights for zones that the configuration does not name. */
export const unknownZones = ({ rights, zones }: Entries): Problem[] =>
  rights.flatMap((rule, line) =>
    (rule.zones ?? []).flatMap((name, index) =>
      zones.some((zone) => zone.name === name)
        ? []
        : [
            {
              path: ['rights', line, 'zones', index],
              message: `no zone of the name ${JSON.stringify(name)} is in zones`,
            },
          ],
    ),
  );

/** Zones to be written in by a deployment that changes nothing. */
export const unwritable = ({ zones, changes }: Entries): Problem[] =>
  zones.flatMap(({ write }, index) =>
    write && changes === undefined
      ? [{ path: ['zones', index, 'write'], message: 'records are written only where changes are switched on' }]
      : [],
  );

/**
 * A function's environment holds 4 KB. Names, ids and ARNs in it take less than 1,000 bytes; the entries that a person
 * may write as much of as they like share the rest.
 */
const SHARED_BYTES = 3000;

/** A function is told the ARN of its role at each site too. */
const SITE_ROLE_BYTES = 80;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** The longest of the entries that do not fit into a function's environment together. */
export const tooLong = ({ sites, rights, zones, knownHosts, fleetTag, changes }: Entries): Problem[] => {
  const sizes = Object.entries({
    rights: bytesOf(rights),
    zones: bytesOf(configuredZones(zones)),
    knownHosts: bytesOf(knownHosts),
    sites: bytesOf(sites) + sites.length * SITE_ROLE_BYTES,
    fleetTag: bytesOf(fleetTag),
    'changes.whereToCall': changes === undefined ? 0 : bytesOf(changes.whereToCall),
  }).sort(([, a], [, b]) => b - a);
  const bytes = sizes.reduce((sum, [, size]) => sum + size, 0);
  if (bytes <= SHARED_BYTES) return [];
  const each = sizes.map(([name, size]) => `${name} ${size}`).join(', ');
  const message = `too long together: ${bytes} bytes (${each}), and ${SHARED_BYTES} fit into a function's environment`;
  return [{ path: (sizes[0]?.[0] ?? '').split('.'), message }];
};
