/**
 * Windows Firewall of a machine, as the registry keeps it: a text a rule ([MS-GPFAS] 2.2.2.19) and a key a profile, the
 * private one named `StandardProfile`. No machine of the lab gets firewall settings by group policy.
 */
import { BUILT_IN_RULE, builtInRule, OWN_RULE } from './kms-rules.ts';
import type { WindowsNode } from './law-context.ts';
import { firewallOf } from './network-path.ts';
import type { CimInstance, RegistryValue } from './surface.ts';
import type { FirewallProfile, LabKmsRule } from './types.ts';

/** Key of the settings below `HKLM`, lower case. */
export const FIREWALL_KEY = 'system\\currentcontrolset\\services\\sharedaccess\\parameters\\firewallpolicy';

const PROFILE_KEYS: Readonly<Record<FirewallProfile, string>> = {
  domain: 'domainprofile',
  private: 'standardprofile',
  public: 'publicprofile',
};
const RULE_WORDS: Readonly<Record<FirewallProfile, string>> = {
  domain: 'Domain',
  private: 'Private',
  public: 'Public',
};
/** `NetworkCategory` of `MSFT_NetConnectionProfile`. */
const CATEGORY: Readonly<Record<FirewallProfile, number>> = { public: 0, private: 1, domain: 2 };

type Values = Record<string, RegistryValue>;
const PROFILES: readonly FirewallProfile[] = ['domain', 'private', 'public'];

/** Values of the keys below {@link FIREWALL_KEY}. */
export const FIREWALL_KEYS: Readonly<Record<string, (node: WindowsNode) => Values>> = {
  [`${FIREWALL_KEY}\\firewallrules`]: ({ windows }) => ({
    [BUILT_IN_RULE]: text(kmsRule(builtInRule(windows), '@FirewallAPI.dll,-28002')),
    ...(windows.kmsRules?.own === undefined
      ? {}
      : { [OWN_RULE]: text(kmsRule(windows.kmsRules.own, 'Key Management Service (kms-bot)')) }),
    'RemoteDesktop-UserMode-In-TCP': text(
      rule('Active=TRUE', ['Protocol=6', 'LPort=3389', 'App=%SystemRoot%\\system32\\svchost.exe', 'Svc=termservice']),
    ),
  }),
  ...Object.fromEntries(
    PROFILES.map((profile) => [
      `${FIREWALL_KEY}\\${PROFILE_KEYS[profile]}`,
      ({ windows }: WindowsNode): Values => ({
        EnableFirewall: { type: 'REG_DWORD', value: firewallOf(windows).on.includes(profile) ? 1 : 0 },
      }),
    ]),
  ),
};

/** A rule for clients of KMS; the built-in one is disabled until someone opens it. */
function kmsRule({ enabled, profiles, port }: LabKmsRule, name: string): string {
  const words = profiles.map((profile) => `Profile=${RULE_WORDS[profile]}`);
  const service = ['App=%SystemRoot%\\system32\\sppextcomobj.exe', `Name=${name}`];
  return rule(enabled ? 'Active=TRUE' : 'Active=FALSE', ['Protocol=6', ...words, `LPort=${port}`, ...service]);
}

function rule(active: string, parts: readonly string[]): string {
  return `v2.30|Action=Allow|${active}|Dir=In|${parts.join('|')}|`;
}

/** `MSFT_NetConnectionProfile`: one connected network, whose name depends on the language. */
export function connectionProfiles({ windows }: WindowsNode): CimInstance[] {
  const { active } = firewallOf(windows);
  const name = windows.language === 'ja-JP' ? 'ネットワーク' : windows.language === 'de-DE' ? 'Netzwerk' : 'Network';
  return [
    {
      Name: windows.domain === '' ? name : windows.domain,
      InterfaceAlias: windows.language === 'ja-JP' ? 'イーサネット' : 'Ethernet',
      NetworkCategory: CATEGORY[active],
    },
  ];
}

function text(value: string): RegistryValue {
  return { type: 'REG_SZ', value };
}
