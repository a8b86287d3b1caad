/** What of a KMS host a change can set, as it stands there. */
import type { FirewallRule } from '../host-record.ts';
import type { InspectionRecord } from '../inspection-record.ts';

export type FirewallProfileName = 'domain' | 'private' | 'public';

export interface HostSettings {
  /** Where it listens: 1688 where nothing else is set. */
  readonly port: number;
  readonly publishing: boolean;
  readonly lowPriority: boolean;
  readonly activationMinutes: number;
  readonly renewalMinutes: number;
  /** Lines of `DnsDomainPublishList` as they stand; null where the value does not exist. */
  readonly publishList: readonly string[] | null;
  /** Profiles in which a rule lets clients in; empty for none. */
  readonly letsIn: readonly FirewallProfileName[];
}

const LETTERS: Readonly<Record<FirewallProfileName, string>> = { domain: 'd', private: 'p', public: 'u' };

/** In the order of the wire's letters. */
const PROFILES: readonly FirewallProfileName[] = ['domain', 'private', 'public'];

/** Profiles by their letters, in the order of the wire. */
export const profileLetters = (profiles: readonly FirewallProfileName[]): string =>
  PROFILES.filter((profile) => profiles.includes(profile))
    .map((profile) => LETTERS[profile])
    .join('');

/** Profiles that letters stand for, of `dpu`; others are left out. */
export const profilesOf = (letters: string): readonly FirewallProfileName[] =>
  PROFILES.filter((profile) => letters.includes(LETTERS[profile]));

const letsIn = ({ enabled, profiles }: FirewallRule): readonly FirewallProfileName[] => {
  if (!enabled) return [];
  return profiles.length === 0 ? PROFILES : PROFILES.filter((profile) => profiles.includes(profile));
};

/**
 * Whether the connected network counts as public, and nobody is let in there: that profile is never opened. Only where
 * it could be told.
 */
export const isShutByItsNetwork = ({ firewall }: Pick<InspectionRecord, 'firewall'>): boolean => {
  if (!firewall.read || firewall.value === undefined) return false;
  const { active, firewallOn } = firewall.value;
  return active === 'public' && firewallOn.includes(active) && !letsIn(firewall.value).includes(active);
};

/** The settings that a host's record shows; undefined where a part of them was not read, or the machine is no host. */
export const hostSettingsOf = ({
  hostRole,
  registry,
  firewall,
}: Partial<Pick<InspectionRecord, 'hostRole' | 'registry' | 'firewall'>>): HostSettings | undefined => {
  if (hostRole?.read !== true || registry?.read !== true || firewall?.read !== true) return undefined;
  if (hostRole.value === undefined || firewall.value === undefined) return undefined;
  const { listeningPort, publishing, lowPriority, activationIntervalMinutes, renewalIntervalMinutes } = hostRole.value;
  const { publishList } = registry.value;
  return {
    port: listeningPort,
    publishing,
    lowPriority,
    activationMinutes: activationIntervalMinutes,
    renewalMinutes: renewalIntervalMinutes,
    // The record does not tell a list without lines from none: publishing is the same either way.
    publishList: publishList.length === 0 ? null : publishList,
    letsIn: letsIn(firewall.value),
  };
};
