/** Runs on KMS hosts that differ in their firewall. */
import { FIREWALL_KEYS, HOST_QUESTIONS } from '../lab/inspect/questions.ts';
import type { RegistryValue } from '../lab/world/surface.ts';
import { firewallKeys, firewallRule, openRule, plainHost } from './fixtures/plain-host.ts';
import { dword, type PlainMachine } from './fixtures/plain-machine.ts';
import { failing, host } from './host-case.ts';
import { type InspectCase, plain } from './plain-case.ts';

const POLICY = FIREWALL_KEYS.policy;
const closed = firewallRule('Action=Allow', 'Active=FALSE', 'Dir=In', 'Protocol=6', 'LPort=1688');

const walled = (
  name: string,
  rules: Readonly<Record<string, RegistryValue>>,
  policy: PlainMachine['registry'] = {},
  states?: readonly [number, number, number],
): InspectCase => host(`firewall ${name}`, { registry: { ...firewallKeys(rules, states), ...policy } });

/** Rules and states that a host's firewall can have. */
export const firewallCases = (): InspectCase[] => [
  walled('closed', { 'SPPSVC-In-TCP': closed }),
  walled('off', { 'SPPSVC-In-TCP': closed }, {}, [0, 0, 0]),
  walled('open in two profiles', { 'SPPSVC-In-TCP': openRule('Profile=Domain', 'Profile=Private') }),
  walled('with a rule of its own', { '{6F3F9C1C-0001}': openRule(), 'SPPSVC-In-TCP': closed }),
  walled('that blocks', {
    'SPPSVC-In-TCP': openRule(),
    '{6F3F9C1C-0002}': firewallRule(
      'Action=Block',
      'Active=TRUE',
      'Dir=In',
      'Protocol=6',
      'Profile=Public',
      'LPort=1688',
    ),
  }),
  walled('of other ports and directions', {
    a: firewallRule('Action=Allow', 'Active=TRUE', 'Dir=Out', 'Protocol=6', 'LPort=1688'),
    b: firewallRule('Action=Allow', 'Active=TRUE', 'Dir=In', 'Protocol=17', 'LPort=1688'),
    c: firewallRule('Action=Allow', 'Active=TRUE', 'Dir=In', 'Protocol=6', 'LPort=16880'),
    d: dword(1688),
  }),
  walled(
    'by group policy',
    { 'SPPSVC-In-TCP': closed },
    { [`${POLICY}\\FirewallRules`]: { 'SPPSVC-In-TCP': openRule('Profile=Domain') } },
  ),
  walled(
    'where group policy allows no local rules',
    { 'SPPSVC-In-TCP': openRule() },
    { [`${POLICY}\\DomainProfile`]: { EnableFirewall: dword(1), AllowLocalPolicyMerge: dword(0) } },
  ),
  walled(
    'switched off by group policy',
    { 'SPPSVC-In-TCP': closed },
    {
      [`${POLICY}\\DomainProfile`]: { EnableFirewall: dword(0) },
      [`${POLICY}\\StandardProfile`]: { EnableFirewall: dword(0) },
      [`${POLICY}\\PublicProfile`]: { EnableFirewall: dword(1), AllowLocalPolicyMerge: dword(1) },
    },
  ),
  plain('host: firewall without rules', {
    ...plainHost(),
    registry: {},
    cim: {
      ...plainHost().cim,
      [HOST_QUESTIONS.network.className]: { ok: [{ NetworkCategory: 0 }, { NetworkCategory: 2 }] },
    },
  }),
  host('network of a kind unknown', { cim: { [HOST_QUESTIONS.network.className]: { ok: [{ NetworkCategory: 7 }] } } }),
  host('network unknown', failing(HOST_QUESTIONS.network.className, '80041010')),
  host('network hangs', failing(HOST_QUESTIONS.network.className, '80041010', 60_000)),
];
