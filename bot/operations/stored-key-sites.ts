/** The stored key that a change names, at every site it goes to: its name and tags, never its value. */
import type { ChangeRefusal } from '../domain/change/change-message.ts';
import type { ChangeSpec } from '../domain/change/change-spec.ts';
import type { StoredKeyLookup } from '../domain/keys/stored-key.ts';
import type { ChangeCase, ChangeDeps } from './change-deps.ts';
import type { SiteRoster } from './roster.ts';
import { siteOf } from './site-of.ts';

/** What looking up gave, by site; small, and goes through checkpoints. */
export type KeysBySite = readonly { readonly siteId: string; readonly lookup: StoredKeyLookup }[];

/** The stored key that a change installs, as people type it; undefined where it installs none. */
export const keyNamedIn = (spec: ChangeSpec): string | undefined =>
  spec.kind === 'stored-key' || spec.kind === 'host-setup' ? spec.key : undefined;

/** Changes that the deployment has to be allowed. */
export const keysAreOff = ({ settings: { keys } }: Pick<ChangeDeps, 'settings'>, spec: ChangeSpec): boolean =>
  !keys && (keyNamedIn(spec) !== undefined || spec.kind === 'phone');

/** Looks the key up once at each site that machines are meant at. Empty where the change names none. */
export const lookKeysUp = async (
  deps: ChangeDeps,
  { spec }: Pick<ChangeCase, 'spec'>,
  rosters: readonly SiteRoster[],
): Promise<KeysBySite> => {
  const name = keyNamedIn(spec);
  const keys: { siteId: string; lookup: StoredKeyLookup }[] = [];
  for (const { siteId, meant } of name === undefined ? [] : rosters) {
    if (name === undefined || meant === 0) continue;
    const lookup = await deps.workflow.step(`stored key at ${siteId}`, () =>
      deps.storedKeys.find(siteOf(deps, siteId), name),
    );
    keys.push({ siteId, lookup });
  }
  return keys;
};

/** Why the change cannot be made with what was found: of the first site where it is not usable. */
export const unusableKey = (spec: ChangeSpec, keys: KeysBySite): ChangeRefusal | undefined => {
  const name = keyNamedIn(spec);
  if (name === undefined) return undefined;
  for (const { siteId, lookup } of keys) {
    if (lookup.kind !== 'found') return { kind: 'stored-key', name, siteId, lookup };
  }
  return undefined;
};
