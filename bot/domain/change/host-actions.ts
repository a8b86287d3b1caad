/** What `KmsBot-SetHost` is told, and what undoes it: from the settings that stand there and those that are wanted. */
import type { SetHostOptions } from './change-wire.ts';
import { type FirewallProfileName, type HostSettings, profileLetters } from './host-settings.ts';
import type { NodeAction, NoUndo } from './plan.ts';

/** A setting with what puts it back. */
export interface HostStep {
  readonly action: NodeAction;
  readonly inverse: NodeAction | { readonly none: NoUndo };
}

const telling = (options: SetHostOptions): NodeAction => ({ document: 'KmsBot-SetHost', options });

const step = (forth: SetHostOptions, back: SetHostOptions): HostStep => ({
  action: telling(forth),
  inverse: telling(back),
});

const bit = (on: boolean): 0 | 1 => (on ? 1 : 0);

export const setPublishing = (on: boolean): HostStep =>
  step({ set: 'publish', to: bit(on), expect: bit(!on) }, { set: 'publish', to: bit(!on), expect: bit(on) });

/** Lines as they will stand; null takes the value away. The inverse names the lines that stood there, letter by letter. */
export const setPublishList = (before: readonly string[] | null, after: readonly string[] | null): HostStep =>
  step({ set: 'domains', to: after, expect: before }, { set: 'domains', to: before, expect: after });

export const setPort = (before: number, after: number): HostStep =>
  step({ set: 'port', to: after, expect: before }, { set: 'port', to: before, expect: after });

/** Activation and renewal, minutes. */
export const setIntervals = (before: readonly [number, number], after: readonly [number, number]): HostStep =>
  step({ set: 'intervals', to: after, expect: before }, { set: 'intervals', to: before, expect: after });

export const setPriority = (low: boolean): HostStep =>
  step({ set: 'priority', to: bit(low), expect: bit(!low) }, { set: 'priority', to: bit(!low), expect: bit(low) });

/** Profiles that the bot opens; the public one is never among them. */
export const OPENED: readonly FirewallProfileName[] = ['domain', 'private'];

/** Profiles that let clients in once those were opened. */
export const openedBeside = (letsIn: readonly FirewallProfileName[]): readonly FirewallProfileName[] => [
  ...new Set([...letsIn, ...OPENED]),
];

/** Opens; undoing it closes what was opened. The public profile is neither opened nor closed. */
export const openFirewall = (letsIn: readonly FirewallProfileName[]): HostStep => {
  const wasOpen = OPENED.filter((profile) => letsIn.includes(profile));
  return step(
    { set: 'firewall', to: profileLetters(OPENED), expect: profileLetters(letsIn) },
    { set: 'firewall', to: profileLetters(wasOpen), expect: profileLetters(openedBeside(letsIn)) },
  );
};

export const restartService: HostStep = { action: telling({ set: 'restart' }), inverse: { none: 'leaves-nothing' } };

/** Rules of others may let the public profile in. */
const withoutPublic = (letters: string): string => letters.replace('u', '');

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether the settings are as the document expects them; never where they are not known. */
export const meetsHostSetting = (options: SetHostOptions, host: HostSettings | undefined): boolean => {
  if (host === undefined) return false;
  switch (options.set) {
    case 'publish':
      return bit(host.publishing) === options.expect;
    case 'domains':
      return same(host.publishList ?? [], options.expect ?? []);
    case 'port':
      return host.port === options.expect;
    case 'intervals':
      return same([host.activationMinutes, host.renewalMinutes], options.expect);
    case 'priority':
      return bit(host.lowPriority) === options.expect;
    case 'firewall':
      return withoutPublic(profileLetters(host.letsIn)) === withoutPublic(options.expect);
    case 'restart':
      return true;
  }
};
