/**
 * Rules of a machine's firewall for clients of a KMS host: the built-in one, which is for port 1688, and one that the bot
 * makes where a host listens elsewhere. The built-in rule's state is kept with the host's role; where the machine is no
 * host yet, beside it.
 *
 * Decision of the lab: a host whose rule nobody touched since its port was set in the state lets clients in on the port
 * it listens on (`firewallPort` absent), as where somebody made a rule of their own for it.
 */
import type { FirewallProfile, LabKmsHostRole, LabKmsRule, LabWindows } from './types.ts';

export const BUILT_IN_RULE = 'SPPSVC-In-TCP';
export const OWN_RULE = 'KmsBot-KMS-In-TCP';

const KMS_PORT = 1688;

/** The built-in rule as it stands; no profiles: in all. */
export function builtInRule({ kmsHostRole: role, kmsRules }: LabWindows): LabKmsRule {
  if (role === undefined) {
    return { enabled: kmsRules?.builtIn !== undefined, profiles: kmsRules?.builtIn ?? [], port: KMS_PORT };
  }
  const port = role.firewallPort ?? role.listeningPort;
  return { enabled: role.firewallOpen, profiles: role.firewallProfiles ?? [], port };
}

/** Switches the built-in rule. From then on it is for port 1688 alone. */
export function setBuiltInRule(windows: LabWindows, enabled: boolean, profiles: FirewallProfile[]): void {
  const { kmsHostRole: role } = windows;
  if (role === undefined) {
    const { builtIn: _former, ...rules } = windows.kmsRules ?? {};
    windows.kmsRules = enabled ? { ...rules, builtIn: profiles } : rules;
    return;
  }
  Object.assign(role, { firewallOpen: enabled, firewallPort: KMS_PORT });
  if (profiles.length === 0) delete role.firewallProfiles;
  else role.firewallProfiles = profiles;
}

/** What a new host's role says of the rule: as it stood before the key was installed. */
export function firewallBefore({ kmsRules }: LabWindows): Pick<LabKmsHostRole, 'firewallOpen' | 'firewallProfiles'> {
  const profiles = kmsRules?.builtIn ?? [];
  return {
    firewallOpen: kmsRules?.builtIn !== undefined,
    ...(profiles.length === 0 ? {} : { firewallProfiles: profiles }),
  };
}

/** Whether some rule lets clients in on this port while the network has this profile. */
export function letsIn(windows: LabWindows, port: number, active: FirewallProfile): boolean {
  const { kmsHostRole: role, kmsRules } = windows;
  const builtIn = builtInRule(windows);
  const isUntouched = role !== undefined && role.firewallPort === undefined;
  const rules = [builtIn, ...(isUntouched ? [{ ...builtIn, port: KMS_PORT }] : []), kmsRules?.own];
  return rules.some(
    (rule) =>
      rule?.enabled === true && rule.port === port && (rule.profiles.length === 0 || rule.profiles.includes(active)),
  );
}

/** Whether some rule is on for the port that the host listens on; in which profiles is not looked at. */
export function hasOpenRule(windows: LabWindows): boolean {
  const port = windows.kmsHostRole?.listeningPort;
  return (['domain', 'private', 'public'] as const).some(
    (profile) => port !== undefined && letsIn(windows, port, profile),
  );
}
