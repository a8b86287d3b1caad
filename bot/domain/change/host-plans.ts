/** Settings of a KMS host, value by value: what stands there, what is wanted, and what puts it back. */
import type { InspectionRecord } from '../inspection-record.ts';
import { meaningOf, publishLine } from '../keys/publish-list.ts';
import type { HostSpec, PublishDomain } from './change-spec.ts';
import type { ClientState } from './client-state.ts';
import {
  type HostStep,
  OPENED,
  openedBeside,
  openFirewall,
  restartService,
  setIntervals,
  setPort,
  setPriority,
  setPublishing,
  setPublishList,
} from './host-actions.ts';
import type { FirewallProfileName, HostSettings } from './host-settings.ts';
import { isHost } from './licences.ts';
import { oldPortWarnings } from './old-port.ts';
import type { LeftAlone, PlanWarning, ValueChange } from './plan.ts';
import type { PlanGiven, Wanted } from './wanted.ts';

/** Those of a host that is one, without setting up and retiring. */
export type HostSettingSpec = Exclude<HostSpec, { kind: 'host-setup' | 'host-retire' }>;

const DEFAULT_PORT = 1688;

/** Plans one setting. */
export const hostSetting = (
  spec: HostSettingSpec,
  state: ClientState,
  record: InspectionRecord,
  given: PlanGiven,
): Wanted | LeftAlone => {
  if (record.service.read && !isHost(record)) return { why: 'not-host' };
  if (spec.kind === 'host-restart') return wanted(restartService, [{ what: 'service', before: null, after: null }]);
  const { host } = state;
  return host === undefined ? { why: 'unreadable' } : settingOf(spec, host, record, given);
};

const settingOf = (
  spec: Exclude<HostSettingSpec, { kind: 'host-restart' }>,
  host: HostSettings,
  record: InspectionRecord,
  given: PlanGiven,
): Wanted | LeftAlone => {
  switch (spec.kind) {
    case 'host-publish':
      return publishing(spec.on, host, record);
    case 'host-domains':
      return domains(spec.domains, host);
    case 'host-port':
      return port(spec.port, host, oldPortWarnings(spec.port, host, record, given));
    case 'host-intervals':
      return intervals([spec.activationMinutes, spec.renewalMinutes], host);
    case 'host-priority':
      return priority(spec.low, host);
    case 'host-firewall':
      return firewall(host);
  }
};

const ALREADY: LeftAlone = { why: 'already-so' };

const wanted = (step: HostStep, changes: readonly ValueChange[], warnings: readonly PlanWarning[] = []): Wanted => ({
  ...step,
  changes,
  thenActivate: false,
  ...(warnings.length === 0 ? {} : { warnings }),
});

const onOff = (on: boolean): string => (on ? 'on' : 'off');

/** What turning publishing on or off changes; the value behind it is named where it stands in the registry. */
export const publishingChanges = (on: boolean, { registry }: InspectionRecord): readonly ValueChange[] => {
  const stands = registry.read ? registry.value.disableDnsPublishing : undefined;
  const change: ValueChange = { what: 'publishing', before: onOff(!on), after: onOff(on) };
  if (stands === undefined) return [change];
  const [before, after] = [disabling(stands), disabling(on ? 0 : 1)];
  return before === after ? [change] : [change, { what: 'publishing', before, after }];
};

const disabling = (value: number): string => `DisableDnsPublishing = ${value}`;

const publishing = (on: boolean, host: HostSettings, record: InspectionRecord): Wanted | LeftAlone =>
  host.publishing === on ? ALREADY : wanted(setPublishing(on), publishingChanges(on, record));

const shown = (lines: readonly string[] | null): string | null => (lines === null ? null : lines.join('; '));

/** What writing the list changes. */
export const listChange = (before: readonly string[] | null, after: readonly string[] | null): ValueChange => ({
  what: 'publish-list',
  before: shown(before),
  after: shown(after),
});

const domains = (
  asked: readonly PublishDomain[],
  { publishList, publishing: isOn }: HostSettings,
): Wanted | LeftAlone => {
  const lines = asked.length === 0 ? null : asked.map(publishLine);
  if (saysTheSame(publishList ?? [], lines ?? [])) return ALREADY;
  const warnings: readonly PlanWarning[] = lines === null || isOn ? [] : [{ why: 'not-publishing' }];
  return wanted(setPublishList(publishList, lines), [listChange(publishList, lines)], warnings);
};

/** In whatever order and form: the records that come of it are the same. */
const saysTheSame = (some: readonly string[], others: readonly string[]): boolean =>
  JSON.stringify([...meaningOf(some)].sort()) === JSON.stringify([...meaningOf(others)].sort());

/** The built-in rule of the firewall lets the default port in, and no other. */
export const portWarnings = (port: number): readonly PlanWarning[] =>
  port === DEFAULT_PORT ? [] : [{ why: 'firewall-port', port }];

const port = (to: number, { port: from }: HostSettings, ofRecords: readonly PlanWarning[]): Wanted | LeftAlone =>
  from === to
    ? ALREADY
    : wanted(
        setPort(from, to),
        [{ what: 'listening-port', before: String(from), after: String(to) }],
        [...portWarnings(to), ...ofRecords],
      );

const intervals = (to: readonly [number, number], host: HostSettings): Wanted | LeftAlone => {
  const from = [host.activationMinutes, host.renewalMinutes] as const;
  const whats = ['activation-interval', 'renewal-interval'] as const;
  const changes = whats.flatMap((what, at): ValueChange[] =>
    from[at] === to[at] ? [] : [{ what, before: String(from[at]), after: String(to[at]) }],
  );
  return changes.length === 0 ? ALREADY : wanted(setIntervals(from, to), changes);
};

const level = (low: boolean): string => (low ? 'low' : 'normal');

const priority = (low: boolean, { lowPriority }: HostSettings): Wanted | LeftAlone =>
  lowPriority === low
    ? ALREADY
    : wanted(
        setPriority(low),
        [{ what: 'priority', before: level(lowPriority), after: level(low) }],
        low ? [{ why: 'low-priority' }] : [],
      );

const named = (profiles: readonly FirewallProfileName[]): string | null =>
  profiles.length === 0 ? null : profiles.join(', ');

/** Whether clients are let in wherever the bot would let them in. */
export const isOpen = ({ letsIn }: Pick<HostSettings, 'letsIn'>): boolean =>
  OPENED.every((profile) => letsIn.includes(profile));

/** What opening changes. */
export const firewallChange = (letsIn: readonly FirewallProfileName[]): ValueChange => ({
  what: 'firewall',
  before: named(letsIn),
  after: named(openedBeside(letsIn)),
});

const firewall = (host: HostSettings): Wanted | LeftAlone =>
  isOpen(host) ? ALREADY : wanted(openFirewall(host.letsIn), [firewallChange(host.letsIn)], portWarnings(host.port));
