/** What the firewall does with connections to the listening port, from the registry. */
import type { WireFirewall } from '../../../bot/domain/inspection-wire.ts';
import type { RegistryValue, Surface } from '../world/surface.ts';
import { FIREWALL_KEYS, HOST_QUESTIONS } from './questions.ts';
import { askCim, type Probe } from './run.ts';
import { number } from './text.ts';

type Values = Readonly<Record<string, RegistryValue>>;

/** A profile: its name in rules, its letter, the keys of policy that may set it, and its own key. */
const PROFILES = [
  { name: 'Domain', letter: 'd', policy: ['DomainProfile'], local: 'DomainProfile' },
  // The older policy of two profiles holds where the newer one says nothing.
  { name: 'Private', letter: 'p', policy: ['PrivateProfile', 'StandardProfile'], local: 'StandardProfile' },
  { name: 'Public', letter: 'u', policy: ['PublicProfile', 'StandardProfile'], local: 'PublicProfile' },
] as const;

const CATEGORY_LETTERS = ['u', 'p', 'd'];

/** What keeps the firewall's settings. */
type Registry = Pick<Surface, 'registry'>;

const read = (surface: Registry, path: string): Values | undefined => {
  const values = surface.registry(path);
  return values === 'missing' ? undefined : values;
};

const rulesFor = (values: Values | undefined, port: number): string[] =>
  Object.values(values ?? {})
    .flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
    .filter((rule) => [`LPort=${port}`, 'Active=TRUE', 'Dir=In', 'Protocol=6'].every((part) => has(rule, part)));

const has = (rule: string, part: string): boolean => rule.includes(`|${part}|`);

const holdsIn = (rule: string, profile: string): boolean =>
  !rule.includes('|Profile=') || has(rule, `Profile=${profile}`);

/** The firewall's part of the record but for the connected network; `missing` where it keeps no rules. */
export const firewallOf = (surface: Registry, port: number): Probe<WireFirewall> => {
  const own = read(surface, `${FIREWALL_KEYS.local}\\FirewallRules`);
  if (own === undefined) return { error: 'missing', ms: 0 };
  const local = rulesFor(own, port);
  const policy = rulesFor(read(surface, `${FIREWALL_KEYS.policy}\\FirewallRules`), port);
  const fw = { r: '', on: '' };
  for (const profile of PROFILES) {
    const state = stateOf(surface, profile);
    const rules = [...local, ...policy].filter((rule) => holdsIn(rule, profile.name));
    const allows = (list: readonly string[]) =>
      list.some((rule) => holdsIn(rule, profile.name) && has(rule, 'Action=Allow'));
    const isAllowed = allows(policy) || (state.merged && allows(local));
    const isBlocked = rules.some((rule) => has(rule, 'Action=Block') && !has(rule, 'Action=Allow'));
    if (state.on) fw.on += profile.letter;
    if (isAllowed && !isBlocked) fw.r += profile.letter;
  }
  return { value: fw, ms: 0 };
};

/** Whether the profile's firewall is on, and whether local rules count beside those of policy. */
const stateOf = (surface: Registry, profile: (typeof PROFILES)[number]): { on: boolean; merged: boolean } => {
  const own = read(surface, `${FIREWALL_KEYS.local}\\${profile.local}`);
  for (const key of profile.policy) {
    const set = read(surface, `${FIREWALL_KEYS.policy}\\${key}`);
    if (set?.EnableFirewall === undefined) continue;
    const merged = set.AllowLocalPolicyMerge === undefined || isSet(set.AllowLocalPolicyMerge);
    return { on: isSet(set.EnableFirewall), merged };
  }
  return { on: own?.EnableFirewall === undefined || isSet(own.EnableFirewall), merged: true };
};

const isSet = ({ value }: RegistryValue): boolean => String(value) !== '0';

/** Letters of the profiles of connected networks, each once. */
export const askNetworks = (surface: Surface): Probe<string> => {
  const probe = askCim(surface, HOST_QUESTIONS.network, 5000);
  if (!('value' in probe)) return probe;
  const letters = probe.value.flatMap((row) => CATEGORY_LETTERS[number(row.NetworkCategory)] ?? []);
  return { value: [...new Set(letters)].join(''), ms: probe.ms };
};
