/** What zones say of a host's address, whether the machine sees them or not. */
import type { ZoneFacts } from './facts.ts';
import type { Look } from './look.ts';

/** Zones that hold an address of this name. */
export const hiddenAddresses = ({ facts }: Look, name: string): readonly ZoneFacts[] =>
  facts.zones.filter(({ addresses }) => Object.hasOwn(addresses, name) && (addresses[name]?.length ?? 0) > 0);

/** Addresses that any zone gives a name. */
export const zoneAddresses = (look: Look, name: string): readonly string[] =>
  hiddenAddresses(look, name).flatMap(({ addresses }) => addresses[name] ?? []);
