/** Plans of keys, of activation by phone and of rearms, in English: why a machine is left alone. */
import type { FoundWindows, LeftWhy, PlanTexts, ThresholdParts } from './change-plan-words.ts';

const number = (value: number): string => value.toLocaleString('en');
const times = (count: number): string => (count === 1 ? 'once' : `${number(count)} times`);

/** Whose threshold it is. */
export const below = ({ count, needed, when }: Omit<ThresholdParts, 'host'>): string =>
  `${number(count)} of the ${number(needed)} machines that ${needed >= 25 ? 'Windows clients' : 'servers'} need${when === '' ? '' : `; the first would lose its activation on ${when}`}`;

const foundWords = ({ group, edition }: FoundWindows): string =>
  `${group === '' ? 'another Windows' : group}${edition === '' ? '' : `, edition ${edition}`}`;

/** Reasons without a value in them. */
export const keyLeft = {
  'not-host': 'It holds no KMS host key: `/kms host … setup` makes a host of it',
  'secret-unreadable': 'It cannot fetch the stored key',
  'secret-malformed': 'What is stored there is no product key: correct the secret itself, never in Slack',
  'no-installation-id': 'No Installation ID can be had there: no key of it is activated by phone',
  'installation-id-changed': 'Its Installation ID is another one by now: the call has to be made again',
  'no-rearms': 'No rearm is left: only a new installation resets its grace period',
  'skip-rearm': 'Its Windows would ignore a rearm, because SkipRearm is set: set that value to 0 first',
  'no-role': 'Client Windows has no such role, and needs none',
  'key-malformed': 'What is stored under that name is no product key: correct the secret itself, never in Slack',
  'host-key-for-client': 'A KMS host key would make a KMS host of it. If that is meant: `/kms host … setup`',
  'mak-for-host': 'A KMS host needs a KMS host key, and this one is a MAK. A MAK goes on by `/kms key`',
  'azure-edition': 'A KMS host cannot run on Datacenter: Azure Edition. Take another machine',
  'no-phone':
    'Its key is neither a MAK nor a KMS host key, and only those are activated by phone. Install a MAK first, `/kms key`; a KMS client asks its KMS host',
  'no-other-host': 'It is the only KMS host: its clients would have none. Set up another first, `/kms host … setup`',
} satisfies Partial<Readonly<Record<LeftWhy, string>>>;

export const keyPlan: Pick<PlanTexts, 'leftDetails' | 'convertEvaluation'> = {
  leftDetails: {
    'key-unreadable': ({ need, who, step, reason, policy }) =>
      need === ''
        ? `It cannot fetch the key${step === '' ? '' : ` (${step})`}${reason === '' ? '' : `: ${reason}`}. See that AWS answers on port 443 from there`
        : `It may not fetch the key: its role${who === '' ? '' : ` ${who}`} lacks ${need} on it. Add the policy ${policy} to that role`,
    'client-host-key-on-server': (group) =>
      `The key is a host key of ${group}, a client Windows, and cannot be installed on a server. Name one of Windows Server`,
    'server-host-key-on-client': (group) =>
      `The key is a host key of ${group}, and this is client Windows. Name one of client Windows, or take a server`,
    'host-windows': (group) =>
      `Its Windows may not hold a host key of ${group}: \`/kms help versions\` lists which may`,
    'mak-edition': (group, editions, found) =>
      `The MAK is for ${group}${editions === '' ? '' : `, edition ${editions}`}, and this is ${foundWords(found)}. Name a key that fits; where its tags are wrong, correct them`,
    'key-used-up': (hosts, here) =>
      `The host key is used up: it was activated on ${number(hosts)} hosts, ${here === 0 ? 'never on this one' : `${times(here)} on this one`}. Ask Microsoft’s activation centre for more`,
    threshold: (parts) => `Without it another host would have ${below(parts)}. Point more machines to that host first`,
  },
  convertEvaluation: [
    '*To convert an evaluation edition*  by hand, as administrator:',
    '1. `DISM /online /Get-TargetEditions` lists what it may become. Datacenter cannot become Standard; an empty list means a new installation.',
    '2. A domain controller cannot be converted: demote it first.',
    '3. `DISM /online /Set-Edition:<edition> /ProductKey:<key of that edition> /AcceptEula`, then restart it.',
    '4. `/kms check` of it: it no longer says evaluation. Then ask for this change again.',
  ],
};
