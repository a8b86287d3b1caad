/** How changes of keys and hosts end, in English. Values are escaped before they come here. */
import type { WireRefusal } from '../../domain/change/change-wire.ts';
import type { OutcomeTexts } from './change-outcome-words.ts';

const number = (value: number): string => value.toLocaleString('en');

/** Safeguards of a machine, as clauses. */
export const keyRefused = {
  'not-host': 'it holds no KMS host key',
  'secret-unreadable': 'it cannot fetch what is stored',
  'secret-malformed': 'what is stored is no product key, or no Confirmation ID',
  'no-installation-id': 'no Installation ID can be had there, since no key of it is activated by phone',
  'installation-id-changed': 'its Installation ID is another one by now, so the call has to be made again',
  'no-rearms': 'no rearm is left there',
  'skip-rearm': 'SkipRearm is set there, so Windows would ignore a rearm; set that value to 0 first',
  'no-role': 'client Windows has no such role, and needs none',
} satisfies Partial<Readonly<Record<WireRefusal, string>>>;

export const keyOutcomes: Pick<OutcomeTexts, 'unreadable' | 'noAws' | 'steps' | 'details'> = {
  unreadable: ({ need, who, step, reason, policy }) =>
    need === ''
      ? `it cannot fetch what is stored${step === '' ? '' : `, at ${step}`}${reason === '' ? '' : ` (${reason})`}`
      : `its role${who === '' ? '' : ` ${who}`} lacks ${need} on this key; add the policy ${policy} to it`,
  noAws: 'AWS was not reached from there',
  steps: {
    channel: 'the look at what kind of key it is (the channel Windows names)',
    verify: 'the second look: no call failed, and yet it is not as wanted',
    memory: 'the file where the machine keeps what was done',
    mutex: 'the lock that keeps two changes apart',
    'Get-Secret': 'fetching the secret',
    InstallProductKey: 'installing the key (`InstallProductKey`)',
    Activate: 'the activation (`Activate`)',
    RefreshLicenseStatus: 'reading the licence anew (`RefreshLicenseStatus`)',
    DepositOfflineConfirmationId: 'depositing the Confirmation ID (`DepositOfflineConfirmationId`)',
    ReArmWindows: 'the rearm (`ReArmWindows`)',
    'Install-WindowsFeature': 'installing the role (`Install-WindowsFeature`)',
    'Stop-Service': 'stopping the KMS service (`Stop-Service`)',
    'Start-Service': 'starting the KMS service (`Start-Service`)',
    'reg.exe': 'saving the registry (`reg.exe export`)',
    'shutdown.exe': 'the restart (`shutdown.exe`)',
  },
  details: {
    via: {
      tools: 'AWS Tools for PowerShell',
      instance: 'a signed request with the instance’s role',
      agent: 'a signed request with the agent’s role',
    },
    fetched: (ways) => `*Fetched by the machine*  ${ways.join('; ')}`,
    saved: (path) => `*Registry saved before*  ${path}`,
    published: (domain) => `*Published*  in ${domain} (event 12294)`,
    notPublished: (domain, reason) => `*Not published*  in ${domain}: ${reason} (event 12293) — the DNS owner acts`,
    publishingUnknown: (domain) =>
      `*Not known yet*  whether ${domain} took the record: neither event 12294 nor 12293 came in time. \`/kms dns\` shows it`,
    notPublishedWhy: { '8007232B': 'there is no such zone where the KMS host asks' },
    clients: {
      well: (domain, machine) => `*In ${domain}*  ${machine} finds it, and reaches it by name and by address`,
      unfound: (domain, machine) =>
        `*In ${domain}*  ⚠ ${machine} does not find it: its DNS does not name this host there`,
      noName: (domain, machine) => `*In ${domain}*  ⚠ ${machine} finds it, but its name leads to no address there`,
      noAnswer: (domain, machine) => `*In ${domain}*  ⚠ ${machine} finds it, but its address does not answer`,
      found: (domain, machine) => `*In ${domain}*  ${machine} finds it`,
      nobody: (domain) =>
        `*In ${domain}*  nobody looked: no machine that asks there is known, or none answered. \`/kms check all\` finds out who does`,
    },
    rearms: (left) => (left === 0 ? '*Rearms left*  none: this was the last one' : `*Rearms left*  ${number(left)}`),
  },
};
