/** A KMS host from a plain machine: every step to be taken, under one approval. */
import type { InspectionRecord } from '../inspection-record.ts';
import type { StoredKey } from '../keys/stored-key.ts';
import { formatSrv } from '../records/srv-record.ts';
import { activate, installStoredKey } from './actions.ts';
import type { ClientState } from './client-state.ts';
import type { CourseStep } from './course.ts';
import { readInstallationId } from './course-plans.ts';
import { openFirewall, restartService, setPublishing } from './host-actions.ts';
import { firewallChange, isOpen, portWarnings, publishingChanges } from './host-plans.ts';
import { type OwnRecord, ownRecord } from './own-record.ts';
import type { LeftAlone, PlanWarning, ValueChange } from './plan.ts';
import { keyChange, usableKey } from './stored-key-plan.ts';
import type { NodeFacts, PlanGiven, Wanted } from './wanted.ts';

/** What the steps are made from. */
interface Setup {
  readonly key: StoredKey;
  /** End of the key, as the machine saw it. */
  readonly tail: string;
  readonly state: ClientState;
  readonly record: InspectionRecord;
  /** Absent where the host publishes itself. */
  readonly own?: OwnRecord;
}

const DEFAULT_PORT = 1688;
const portOf = ({ host }: ClientState): number => host?.port ?? DEFAULT_PORT;

/**
 * Plans the whole set-up. Steps that are done already stay in the list: they are found done when their turn comes, as
 * after a set-up that failed half way.
 */
export const hostSetup = (
  facts: NodeFacts,
  state: ClientState,
  record: InspectionRecord,
  given: PlanGiven,
): Wanted | LeftAlone => {
  const usable = usableKey('host-setup', facts, state, record, given);
  if ('why' in usable) return usable;
  const { key, tail } = usable;
  const own = ownRecord(record, given.zones ?? [], portOf(state));
  const setup: Setup = { key, tail, state, record, ...(own === undefined ? {} : { own }) };
  return {
    action: installStoredKey(key, tail, keyBefore(setup)).action,
    inverse: { none: 'host-setup' },
    changes: changesOf(setup),
    thenActivate: false,
    course: stepsOf(setup),
    warnings: [
      ...clientWarnings(setup),
      ...addressWarnings(setup, given),
      ...usable.warnings,
      ...portWarnings(portOf(state)),
    ],
  };
};

const isServer = ({ os }: InspectionRecord): boolean => os.read && os.value.kind !== 'workstation';
const keyBefore = ({ state }: Setup): string => state.product?.keyTail ?? '';
const letsIn = ({ state }: Setup) => state.host?.letsIn ?? [];

/** A machine that is no host yet would publish once it is one, unless the registry says otherwise. */
const publishes = ({ state, record }: Setup): boolean => {
  if (state.host !== undefined) return state.host.publishing;
  return !record.registry.read || (record.registry.value.disableDnsPublishing ?? 0) === 0;
};

const stepsOf = (setup: Setup): readonly CourseStep[] => [
  ...(isServer(setup.record) ? [ROLE] : []),
  { step: 'key', action: installStoredKey(setup.key, setup.tail, keyBefore(setup)).action },
  { step: 'activate', action: activate(setup.tail).action },
  { step: 'phone', action: readInstallationId(setup.tail), ifNeeded: true },
  { step: 'firewall', action: openFirewall(letsIn(setup)).action },
  ...announcing(setup),
  { step: 'verify' },
];

const ROLE: CourseStep = {
  step: 'role',
  action: { document: 'KmsBot-InstallHostRole', options: { feature: 'VolumeActivation' } },
};

const LISTEN: CourseStep = { step: 'listen', action: restartService.action };

/**
 * Either the host publishes its record itself, or the record is kept in Route 53 and the host leaves it alone: before it
 * is started anew, since it would try when it starts.
 */
const announcing = ({ own }: Setup): readonly CourseStep[] =>
  own === undefined
    ? [LISTEN, { step: 'publish', action: setPublishing(true).action }]
    : [{ step: 'unpublish', action: setPublishing(false).action }, LISTEN, { step: 'record' }];

const changesOf = (setup: Setup): readonly ValueChange[] => {
  const { state, tail, record, own } = setup;
  const wantsPublishing = own === undefined;
  return [
    ...(isServer(record) ? [ROLE_ADDED] : []),
    ...(keyBefore(setup) === tail ? [] : [keyChange(keyBefore(setup), tail)]),
    ...activationChange(setup),
    ...(isOpen({ letsIn: letsIn(setup) }) ? [] : [firewallChange(letsIn(setup))]),
    { what: 'service', before: null, after: null },
    ...(publishes(setup) === wantsPublishing ? [] : publishingChanges(wantsPublishing, record)),
    ...(own === undefined ? [] : [recordAdded(own)]),
    ...(state.host === undefined
      ? [{ what: 'listening-port', before: null, after: String(DEFAULT_PORT) } as const]
      : []),
  ];
};

const ROLE_ADDED: ValueChange = { what: 'host-role', before: null, after: 'VolumeActivation' };

/** A machine that is activated by another key stays activated by this one: no value of it changes. */
const activationChange = ({ state }: Setup): readonly ValueChange[] => {
  const { product } = state;
  if (product?.status === 'licensed') return [];
  return [{ what: 'activation', before: product?.status ?? 'unlicensed', after: 'licensed' }];
};

const recordAdded = ({ domain, answer }: OwnRecord): ValueChange => ({
  what: 'record',
  before: null,
  after: `_vlmcs._tcp.${domain} ${formatSrv(answer)}`,
});

/** On client Windows what it may activate is little: said before anybody approves. */
const clientWarnings = ({ key, record }: Setup): readonly PlanWarning[] =>
  isServer(record) || key.group === 'Windows 11' ? [] : [{ why: 'client-host-activates', group: key.group }];

/** The bot writes no address: whoever keeps the zone gives the host one. */
const addressWarnings = ({ own, record }: Setup, { named }: PlanGiven): readonly PlanWarning[] => {
  if (own === undefined || named === undefined || named.addresses.length > 0) return [];
  return [{ why: 'no-address', host: own.answer.target, zone: named.zone, addresses: ownAddresses(record) }];
};

/** Addresses that a message has room for. */
const ADDRESSES = 3;

const ownAddresses = ({ network }: InspectionRecord): readonly string[] =>
  (network.read ? network.value.adapters : []).flatMap(({ addresses }) => addresses).slice(0, ADDRESSES);
