/** What each fault of the world does, and how to take it back. An effect changes state and returns its own undoing. */
import { gvlkTail } from './editions.ts';
import { InvalidFault, nodeNamed, windowsNamed } from './fault-targets.ts';
import type { WindowsNode } from './law-context.ts';
import { setNotification, windowsProduct } from './licence-products.ts';
import type { LabForeignHost, LabKmsHostRole, LabProduct, LabRecordSet, LabZone, WorldState } from './types.ts';

/** Takes a change back. */
export type Undo = () => void;
/** Parameters of a fault, checked, defaults filled in. */
export type Parameters = Readonly<Record<string, string | number>>;

/** Sets fields of an object; undoing puts their former values back. */
export function setFields<T extends object>(object: T, fields: Partial<T>): Undo {
  const keys = Object.keys(fields) as (keyof T)[];
  const former = Object.fromEntries(keys.filter((key) => key in object).map((key) => [key, object[key]]));
  Object.assign(object, fields);
  return () => {
    for (const key of keys) if (!(key in former)) delete object[key];
    Object.assign(object, former);
  };
}

/** Runs several undoings, the last change first. */
export function all(...undoings: Undo[]): Undo {
  return () => {
    for (const undo of undoings.toReversed()) undo();
  };
}

/** Drops traffic to an address and port; with `cut` connections are made first. */
export function block(state: WorldState, from: string, to: string, port: number, cut?: 'closed' | 'silent'): Undo {
  const rule = { from, to, port, ...(cut === undefined ? {} : { cut }) };
  state.blocked.push(rule);
  return () => {
    const at = state.blocked.indexOf(rule);
    if (at >= 0) state.blocked.splice(at, 1);
  };
}

/** A KMS host's service stops: a managed one's `sppsvc`, a foreign one's listener. */
export function stopHost(host: WindowsNode | LabForeignHost): Undo {
  if ('windows' in host) return setFields(host.windows, { service: { ...host.windows.service, state: 'Stopped' } });
  return setFields(host, { listening: false });
}

/** A KMS host loses its own activation; its clients are then refused with 0xC004F041. */
export function deactivateHost(host: WindowsNode | LabForeignHost): Undo {
  if (!('windows' in host)) return setFields(host, { activated: false });
  const product = windowsProduct(host.windows);
  const role = setFields(roleOf(host), { activated: false });
  if (product === undefined) return role;
  return all(role, setFields(product, { status: 5, statusReason: 'C004F009' }));
}

/** The host key's role of a managed host. @throws InvalidFault where there is none. */
export function roleOf(node: WindowsNode): LabKmsHostRole {
  const role = node.windows.kmsHostRole;
  if (role === undefined) throw new InvalidFault(`target: ${node.name} carries no KMS host key`);
  return role;
}

/** Keeps only the newest contacts. */
export function forgetContacts(role: LabKmsHostRole, keep: number): Undo {
  const newest = Object.entries(role.contacts).sort(([, a], [, b]) => b.atMs - a.atMs);
  const lost = newest.slice(keep);
  for (const [cmid] of lost) delete role.contacts[cmid];
  return () => {
    for (const [cmid, contact] of lost) role.contacts[cmid] ??= contact;
  };
}

/** A record set disappears. A set made in its place meanwhile stays. */
export function loseSet(zone: LabZone, name: string, type: LabRecordSet['type']): Undo {
  const set = zone.recordSets.find((known) => known.name === name && known.type === type);
  if (set === undefined) throw new InvalidFault(`target: ${zone.name} has no ${type} record ${name}`);
  const at = zone.recordSets.indexOf(set);
  zone.recordSets.splice(at, 1);
  return () => {
    const made = zone.recordSets.some((known) => known.name === name && known.type === type);
    if (!made) zone.recordSets.splice(at, 0, set);
  };
}

/** The set's answers are replaced by one that leads elsewhere. */
export function poisonSet(zone: LabZone, host: string, port: number): Undo {
  const name = `_vlmcs._tcp.${zone.name}.`;
  const target = host.endsWith('.') ? host : `${host}.`;
  const values = [`0 0 ${port} ${target}`];
  const set = zone.recordSets.find((known) => known.name === name && known.type === 'SRV');
  if (set !== undefined) return setFields(set, { values });
  const made: LabRecordSet = { name, type: 'SRV', ttl: 300, values };
  zone.recordSets.push(made);
  return () => {
    zone.recordSets = zone.recordSets.filter((known) => known !== made);
  };
}

/** A value joins the set, as a program that is not ours would write it. Mending takes out that value and nothing else. */
export function addValue(zone: LabZone, value: string): Undo {
  const name = `_vlmcs._tcp.${zone.name}.`;
  const alike = () => zone.recordSets.filter((known) => known.name === name && known.type === 'SRV');
  if (!/^(\d{1,5} ){3}\S+$/.test(value)) throw new InvalidFault('value: has to be priority, weight, port and target');
  if (alike().some((known) => known.values.includes(value))) throw new InvalidFault(`value: ${name} has it already`);
  const set = alike().find((known) => known.setIdentifier === undefined);
  if (set === undefined && alike().length > 0) throw new InvalidFault(`target: ${name} is routed`);
  if (set === undefined) zone.recordSets.push({ name, type: 'SRV', ttl: 300, values: [value] });
  else set.values = [...set.values, value];
  return () => {
    for (const known of alike()) known.values = known.values.filter((other) => other !== value);
    zone.recordSets = zone.recordSets.filter(({ values }) => values.length > 0);
  };
}

/** Search list and connection suffixes hold one other domain. */
export function changeSuffixes({ windows }: WindowsNode, suffix: string): Undo {
  const adapters = windows.adapters.map((adapter) => setFields(adapter, { suffix }));
  const lists = setFields(windows, { primarySuffix: suffix, searchList: suffix === '' ? [] : [suffix] });
  const forget = windows.products.map((product) => setFields(product, NOTHING_DISCOVERED));
  return all(lists, ...adapters, ...forget);
}

/** A client forgets the host of its last success, so that what it is told now decides. */
const NOTHING_DISCOVERED: Partial<LabProduct> = { discoveredHost: '', discoveredPort: 0, discoveredAddress: '' };

/** The machine takes over another one's CMID, as a clone does. */
export function cloneCmid(state: WorldState, node: WindowsNode, from: string): Undo {
  const original = windowsNamed(nodeNamed(state, from, 'from'), 'from');
  return setFields(node.windows, { cmid: original.windows.cmid, skipRearm: true });
}

/** The licence runs out at once. A success before the undoing stays. */
export function expireLicence({ windows, name }: WindowsNode): Undo {
  const product = windowsProduct(windows);
  if (product === undefined) throw new InvalidFault(`target: ${name} has no key that could expire`);
  const { status, statusReason, endsAtMs } = product;
  setNotification(product);
  return () => {
    if (product.status === 5) Object.assign(product, { status, statusReason, endsAtMs });
  };
}

/** The Windows key becomes that of another edition. */
export function wrongKey({ windows, name }: WindowsNode): Undo {
  const product = windowsProduct(windows);
  if (product === undefined) throw new InvalidFault(`target: ${name} has no key`);
  const other = windows.edition === 'ServerStandard' ? 'ServerDatacenter' : 'ServerStandard';
  return setFields(product, { partialKey: gvlkTail(windows.generation, other) ?? 'QQQQQ' });
}
