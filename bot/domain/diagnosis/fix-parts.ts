/** Parts that fixes are put together from. */
import type { KnownHresult } from '../hresult-table.ts';
import type { ManagedNode } from '../nodes.ts';
import type { Edition } from '../windows-edition.ts';
import type { DiagnosedCause, DiagnosedKind, HostName } from './cause.ts';
import type { DiagnosisFacts } from './facts.ts';
import type { Fix, FixValues } from './fix-kinds.ts';
import { isBelow } from './host-words.ts';
import type { LicenceModel } from './licence-model.ts';

/** What a fix needs to know beside its cause. */
export interface FixContext {
  readonly node: ManagedNode;
  readonly zones: DiagnosisFacts['zones'];
  readonly unreadZones: DiagnosisFacts['unreadZones'];
  readonly resolverRules: DiagnosisFacts['resolverRules'];
  readonly model: LicenceModel['kind'];
  readonly os?: Edition;
  /** Whether the machine is a domain member; absent where it is not known. */
  readonly joined?: boolean;
  /** The host that would serve the machine, seen by somebody; absent where none is known. */
  readonly serving?: HostName;
  /** Windows builds of KMS hosts, by node id. */
  readonly hostBuilds: Readonly<Record<string, number>>;
}

/** The fix of one kind of cause. */
export type FixOf<K extends DiagnosedKind> = (cause: Extract<DiagnosedCause, { kind: K }>, context: FixContext) => Fix;

/** Fixes of several kinds. */
export type FixesOf<K extends DiagnosedKind> = { readonly [Kind in K]: FixOf<Kind> };

/** The machine as a command names it. */
export const nodeWord = ({ id, name }: ManagedNode): string => (/^[\w.-]+$/.test(name) ? name : id);

/** Name, port and node of a host. */
export const hostValues = ({ name, port, nodeId }: HostName): FixValues => ({
  host: name,
  ...(port === undefined ? {} : { port: String(port) }),
  ...(nodeId === undefined ? {} : { hostNode: nodeId }),
});

/** The zone that holds a domain, and what it is hosted in, as far as that was read. */
export function zoneValues(domain: string, { zones, unreadZones, resolverRules }: FixContext): FixValues {
  const holding = zones.filter(({ name }) => isBelow(domain, name));
  const [zone] = [...holding].sort((one, other) => other.name.length - one.name.length);
  const isForwarded = resolverRules.some((rule) => isBelow(domain, rule) && rule.length > (zone?.name.length ?? 0));
  const isMissing = unreadZones.some(({ name, why }) => name === domain && why === 'not-in-route53');
  if (isForwarded || isMissing) return { zoneKind: 'elsewhere' };
  return zone === undefined ? {} : { zone: zone.name, zoneId: zone.zoneId, zoneKind: 'route53' };
}

/** A name that may stand in an SRV record and in a command: whole, and no address. */
const FULL_NAME = /^(?=.{1,253}$)(?!.*\.[0-9]+$)[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/i;

/** The plan that brings a host into the record of a domain; empty where the zone is not known to be in Route 53. */
export const addRecord = (domain: string, host: HostName | undefined, { zoneKind }: FixValues): Pick<Fix, 'command'> =>
  zoneKind === 'route53' && host !== undefined && FULL_NAME.test(host.name) && FULL_NAME.test(domain)
    ? { command: `dns add ${domain} ${host.name}:${host.port ?? 1688}` }
    : {};

/** Where the client setup key is known: how to install it. */
export const gvlkValues = (gvlk: string | undefined): FixValues => (gvlk === undefined ? {} : { gvlk });

/** Families of causes of a code that nobody but Microsoft or the owner of the licence mends. */
const ENTITLEMENT: readonly KnownHresult['cause'][] = [
  'not-genuine',
  'not-qualifying',
  'digital-licence',
  'oem-data-missing',
  'key-blocked',
  'activation-limit',
  'rearms-used-up',
  'upgrade-key',
];

/** True where the licence itself is refused, not its store damaged. */
export const isEntitlement = (known: KnownHresult | undefined): boolean =>
  known !== undefined && ENTITLEMENT.includes(known.cause);
