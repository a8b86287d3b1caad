/** The firewall's rules for clients of a KMS host, as the documents set them: each as whether it is on, profiles, ports. */
import { FIREWALL_KEYS } from '../inspect/questions.ts';
import { text } from '../inspect/text.ts';
import { BUILT_IN_RULE, OWN_RULE } from '../world/kms-rules.ts';
import type { RegistryValue } from '../world/surface.ts';
import { command } from './commands.ts';
import { doAll } from './effects.ts';
import { CallFailed, type Session } from './session.ts';

/** The built-in rule, which is for the default port alone, and the bot's own; empty where there is none. */
export type Rules = readonly [builtIn: string, own: string];

export const KMS_PORT = 1688;
const WORDS: Readonly<Record<string, string>> = { d: 'Domain', p: 'Private', u: 'Public' };

const partsOf = (rule: string, key: string): string =>
  rule
    .split('|')
    .flatMap((part) => (part.startsWith(`${key}=`) ? [part.slice(key.length + 1)] : []))
    .join(',');

const ruleOf = (value: RegistryValue | undefined): string => {
  const rule = text(value?.value as string | undefined);
  return rule === '' ? '' : ['Active', 'Profile', 'LPort'].map((key) => partsOf(rule, key)).join(';');
};

export const readRules = ({ surface }: Session): Rules => {
  const values = surface.registry(`${FIREWALL_KEYS.local}\\FirewallRules`);
  if (values === 'missing') return ['', ''];
  return [ruleOf(values[BUILT_IN_RULE]), ruleOf(values[OWN_RULE])];
};

/** What both rules have to be so that clients are let in in just these profiles. */
export const wantedRules = ([builtIn]: Rules, port: number, letters: string): Rules => {
  const isBuiltIn = port === KMS_PORT && builtIn !== '';
  // Switched off as it stands: its profiles say nothing then.
  if (letters === '') return [isBuiltIn ? `FALSE${builtIn.slice(builtIn.indexOf(';'))}` : builtIn, ''];
  const wanted = `TRUE;${[...letters].map((letter) => WORDS[letter]).join(',')};${port}`;
  return isBuiltIn ? [wanted, ''] : [builtIn, wanted];
};

const ofRule = (rule: string): { Enabled: string; Profile: string; LocalPort: string } => {
  const [active, profiles = '', LocalPort = ''] = rule.split(';');
  return { Enabled: active === 'TRUE' ? 'True' : 'False', Profile: profiles === '' ? 'Any' : profiles, LocalPort };
};

const setBuiltIn = (session: Session, rule: string): void => {
  const { Enabled, Profile } = ofRule(rule);
  if (rule !== '') command(session, 'Set-NetFirewallRule', { Name: BUILT_IN_RULE, Enabled, Profile });
};

const setOwn = (session: Session, now: string, rule: string): void => {
  if (now !== '') command(session, 'Remove-NetFirewallRule', { Name: OWN_RULE });
  if (rule === '') return;
  const { Enabled, Profile, LocalPort } = ofRule(rule);
  command(session, 'New-NetFirewallRule', {
    Name: OWN_RULE,
    DisplayName: 'Key Management Service (kms-bot)',
    Direction: 'Inbound',
    Action: 'Allow',
    Protocol: 'TCP',
    LocalPort,
    Program: '%SystemRoot%\\System32\\SppExtComObj.exe',
    Enabled,
    Profile,
  });
};

/** A command that this Windows lacks is another answer than a failure, and comes at once. */
const orLacking = (act: () => void): (() => void) => {
  return () => {
    try {
      act();
    } catch (error) {
      throw error instanceof CallFailed && error.code === 'no-command' ? new LackingCommand() : error;
    }
  };
};

class LackingCommand extends Error {
  override readonly name = 'LackingCommand';
}

/** Brings both rules to what they are to be; the bot's own first, so that no moment lets in more than either state. */
export const setRules = (session: Session, [builtIn, own]: Rules, [toBuiltIn, toOwn]: Rules): void => {
  try {
    doAll(session, [
      orLacking(() => own === toOwn || setOwn(session, own, toOwn)),
      orLacking(() => builtIn === toBuiltIn || setBuiltIn(session, toBuiltIn)),
    ]);
  } catch (error) {
    throw error instanceof LackingCommand ? new CallFailed('no-command') : error;
  }
};
