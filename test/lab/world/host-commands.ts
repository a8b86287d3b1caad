/** Commands that set up a KMS host: its firewall's rules, the role of Windows Server, and the registry's own program. */
import { GENERATIONS } from './editions.ts';
import { BUILT_IN_RULE, OWN_RULE, setBuiltInRule } from './kms-rules.ts';
import type { CommandEffect, CommandMachine } from './machine-commands.ts';
import type { CimValue, CommandOutcome, RegistryValue } from './surface.ts';
import { registryKey } from './surface-registry.ts';
import type { FirewallProfile, LabWindows } from './types.ts';

/** Milliseconds; the role takes minutes, an assumption from Server Manager's own progress. */
const MS = { rule: 900, feature: 4000, install: 240_000, export: 200 } as const;

/** As ERROR_NOT_FOUND; the cmdlets' own class has no other code. */
const NOT_FOUND: CommandOutcome = { error: { hresult: '80070490', afterMs: MS.rule } };
const ADMINISTRATORS = 'S-1-5-32-544';
const FEATURE = 'VolumeActivation';

type Args = Readonly<Record<string, CimValue>>;

const done = (ms: number, ...rows: Record<string, CimValue>[]): CommandOutcome => ({ ok: rows, ms });

/** Whether the machine makes a command end without success, and without an error. */
const endsInVain = ({ node }: CommandMachine, name: string): boolean => `ends:${name}` in node.windows.broken;

/** `Any` is all of them. */
const profilesOf = ({ Profile }: Args): FirewallProfile[] =>
  Profile === 'Any'
    ? []
    : String(Profile)
        .split(',')
        .map((word) => word.trim().toLowerCase() as FirewallProfile);

function setRule({ node: { windows } }: CommandMachine, args: Args): CommandOutcome {
  if (args.Name !== BUILT_IN_RULE) return NOT_FOUND;
  setBuiltInRule(windows, args.Enabled === 'True', profilesOf(args));
  return done(MS.rule);
}

function newRule({ node: { windows } }: CommandMachine, args: Args): CommandOutcome {
  if (args.Name !== OWN_RULE || args.Direction !== 'Inbound' || args.Action !== 'Allow' || args.Protocol !== 'TCP') {
    throw new Error(`The lab has no rule ${String(args.Name)} of this kind`);
  }
  const own = { enabled: args.Enabled === 'True', port: Number(args.LocalPort), profiles: profilesOf(args) };
  windows.kmsRules = { ...windows.kmsRules, own };
  return done(MS.rule, { Name: OWN_RULE });
}

function removeRule({ node: { windows } }: CommandMachine, args: Args): CommandOutcome {
  if (args.Name !== OWN_RULE || windows.kmsRules?.own === undefined) return NOT_FOUND;
  withoutOwnRule(windows);
  return done(MS.rule);
}

function withoutOwnRule(windows: LabWindows): void {
  const { own: _removed, ...rules } = windows.kmsRules ?? {};
  if (Object.keys(rules).length === 0) delete windows.kmsRules;
  else windows.kmsRules = rules;
}

const isInstalled = ({ features = [] }: LabWindows): boolean => features.includes(FEATURE);

/** Client Windows knows no such role. */
function getFeature({ node: { windows } }: CommandMachine, args: Args): CommandOutcome {
  if (args.Name !== FEATURE || !GENERATIONS[windows.generation].server) return done(MS.feature);
  return done(MS.feature, { Name: FEATURE, Installed: isInstalled(windows) });
}

function installFeature(machine: CommandMachine, args: Args): CommandOutcome {
  const { windows } = machine.node;
  if (args.Name !== FEATURE || endsInVain(machine, 'Install-WindowsFeature')) {
    return done(MS.install, { Success: false, RestartNeeded: 'No' });
  }
  if (!isInstalled(windows)) windows.features = [...(windows.features ?? []), FEATURE];
  const isPending = 'restart:Install-WindowsFeature' in windows.broken;
  return done(MS.install, { Success: true, RestartNeeded: isPending ? 'Yes' : 'No' });
}

/** Exports a key; the file is where it is told to be, whatever stood there. */
function exportKey(machine: CommandMachine, args: Args): CommandOutcome {
  const [verb, key = '', path = '', over] = String(args.Arguments).split('\n');
  const values = registryKey(machine.node, key);
  if (verb !== 'export' || over !== '/y') throw new Error(`The lab has no reg.exe ${String(verb)}`);
  if (values === 'missing' || endsInVain(machine, 'reg.exe')) return done(MS.export, { ExitCode: 1 });
  const lines = Object.entries(values).map(([name, value]) => `"${name}"=${exported(value)}`);
  const text = ['Windows Registry Editor Version 5.00', '', `[${key}]`, ...lines, ''].join('\r\n');
  machine.memory.files[path] = { owner: ADMINISTRATORS, link: false, text, writtenMs: machine.nowMs };
  return done(MS.export, { ExitCode: 0 });
}

/** As `reg.exe` writes a value: texts of a list are bytes of UTF-16, each ended by a zero, and a zero behind them. */
function exported({ type, value }: RegistryValue): string {
  if (type === 'REG_SZ') return JSON.stringify(value);
  if (type === 'REG_DWORD') return `dword:${Number(value).toString(16).padStart(8, '0')}`;
  const texts = [...(value as readonly string[]), ''].map((text) => `${text}\0`).join('');
  return `hex(7):${[...Buffer.from(texts, 'utf16le')].map((byte) => byte.toString(16).padStart(2, '0')).join(',')}`;
}

/** By the command's name as a document writes it. */
export const HOST_COMMANDS: Readonly<Record<string, CommandEffect>> = {
  'Set-NetFirewallRule': setRule,
  'New-NetFirewallRule': newRule,
  'Remove-NetFirewallRule': removeRule,
  'Get-WindowsFeature': getFeature,
  'Install-WindowsFeature': installFeature,
  'reg.exe': exportKey,
};
