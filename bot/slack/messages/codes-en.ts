/** What result codes mean, in English: by likely cause, a phrase and what to do. Loaded on demand by the Slack function. */
import type { HresultOrigin } from '../../domain/hresult.ts';
import type { HresultActor, HresultCause } from '../../domain/hresult-row.ts';

export interface CodeTexts {
  /** Who has to act; follows "acts:". */
  readonly actor: Readonly<Record<HresultActor, string>>;
  /** What it means: a phrase that stands before the code in parentheses. */
  readonly means: Readonly<Record<HresultCause, string>>;
  /** What to do: one imperative sentence; empty where there is nothing to do. */
  readonly act: Readonly<Record<HresultCause, string>>;
  /** A code that is in no table. */
  readonly unknown: string;
  /** The answer about one code: what it means, with the code and Microsoft's name for it. */
  readonly meansLine: (means: string, code: string, symbol: string) => string;
  readonly actorLine: (who: string) => string;
  /** Other spellings of the same code. */
  readonly alsoWritten: (spellings: string) => string;
  readonly unknownLine: (code: string) => string;
  /** Where a code that is in no table comes from, as its bits say. */
  readonly origin: Readonly<Record<HresultOrigin, (inner: string) => string>>;
  /** What Windows itself says, given the command that shows it. */
  readonly small: (command: string) => string;
  /** The code of no error. */
  readonly success: (code: string) => string;
}

export const codes: CodeTexts = {
  actor: {
    nobody: 'nobody',
    'machine-owner': 'the machine’s owner',
    'kms-host-owner': 'the KMS host’s owner',
    'dns-owner': 'the DNS owner',
    'network-owner': 'the network’s owner',
    'licence-owner': 'the licence owner',
    'image-owner': 'the owner of the machine image',
  },
  means: {
    normal: 'a normal state of a volume-activated machine, not an error',
    'no-host-reached': 'no KMS host could be reached',
    'rpc-failed': 'the connection to the KMS host failed',
    'service-stuck': 'the licensing service is stuck',
    'service-disabled': 'the licensing service is disabled',
    'count-too-low': 'the KMS host has not counted enough machines yet',
    'target-not-kms': 'the machine asked is not a KMS host',
    'host-not-activated': 'the KMS host itself is not activated',
    'host-too-old': 'the KMS host cannot activate this version of Windows',
    'clock-skew': 'the clocks of machine and KMS host differ by more than 4 hours',
    'never-bound': 'the machine has no valid activation by a KMS host',
    'not-qualifying': 'the hardware does not qualify for a volume upgrade',
    'virtual-host': 'this Windows refuses to be a KMS host in a virtual machine',
    policy: 'a policy of this Windows forbids the operation',
    'wrong-key': 'the product key does not fit this edition of Windows',
    'key-blocked': 'Microsoft has blocked the product key',
    'no-key': 'no product key is installed',
    'hardware-changed': 'the hardware has changed too much',
    'out-of-tolerance': 'the activation has expired or the hardware has changed',
    'grace-expired': 'the grace period has ended without activation',
    'store-damaged': 'the licence store is incomplete or damaged',
    'use-licence-missing': 'the use licence is missing, usually after an interrupted activation',
    'not-elevated': 'the operation needs administrator rights',
    'upgrade-key': 'an upgrade key was used for a clean installation',
    'oem-data-missing': 'the manufacturer’s activation data is missing in the firmware',
    'not-genuine': 'Windows failed its genuine validation',
    'digital-licence': 'the digital licence does not fit this machine',
    'service-restarting': 'the licensing service is starting or stopping',
    'active-directory-object': 'Active Directory has no activation object that fits',
    'rearm-pending': 'a rearm waits for a restart',
    'rearms-used-up': 'all rearms of this installation are used up',
    'in-progress': 'another activation is running already',
    'no-internet': 'Microsoft’s activation servers cannot be reached',
    'virtual-machine-key': 'the key activates only virtual machines on an activated Hyper-V host',
    'confirmation-id-wrong': 'the Confirmation ID is missing or mistyped',
    'confirmation-id-stale': 'the Confirmation ID belongs to another Installation ID',
    'activation-limit': 'the key has been activated as often as it may be',
    proxy: 'a proxy that asks for a password blocks the activation',
    'no-srv-record': 'DNS has no KMS record where the machine looks',
    'dns-server-failing': 'the DNS server failed to answer',
    'dns-update-refused': 'DNS refused the KMS host’s own record',
    'no-dns-server': 'the machine has no DNS server',
    'bad-host-name': 'the KMS host name is malformed, or DNS has none',
    'access-denied': 'access was denied',
    'key-not-found': 'the key did not work',
    'timed-out': 'the KMS host or DNS did not answer in time',
    'rights-damaged': 'Windows lost rights in its own registry',
    'bad-parameter': 'a value was out of range',
    'wmi-failing': 'WMI on the machine fails',
    'wmi-incomplete': 'WMI on the machine does not know what it was asked for',
    'wmi-access-denied': 'WMI denied access',
    'file-missing': 'a licence file or setting is missing',
    unclear: 'the code is known, its cause is not',
  },
  act: {
    normal: '',
    'no-host-reached':
      'Find out what stands between: `/kms diagnose` of the machine looks at DNS, port 1688 and the host.',
    'rpc-failed': 'Open TCP port 1688 from the machine to the host, and see that the host runs.',
    'service-stuck': 'Restart the Software Protection service (`sppsvc`) and activate again.',
    'service-disabled': 'Set the Software Protection service (`sppsvc`) back to start by itself.',
    'count-too-low':
      'Let more machines ask this host (25 clients or 5 servers in 30 days); they retry every 2 hours by themselves.',
    'target-not-kms': 'Point the machine or the DNS record to a real KMS host.',
    'host-not-activated': 'Activate the KMS host with Microsoft: `/kms activate`, without internet `/kms phone`.',
    'host-too-old': 'Install the newer KMS host key and the update it needs on the host.',
    'clock-skew': 'Set the machine’s clock: `w32tm /resync`; on EC2 the time server is 169.254.169.123.',
    'never-bound': 'Find out why the machine does not reach its KMS host: `/kms diagnose` of the machine.',
    'not-qualifying': 'Use a MAK or retail key; this is a question of licensing.',
    'virtual-host': 'Use a newer Windows as KMS host.',
    policy: 'Ask whoever manages the machine’s policies.',
    'wrong-key': 'Install the KMS client setup key of exactly this edition.',
    'key-blocked': 'Get another key from the licensing portal.',
    'no-key': 'Install the KMS client setup key of the edition: `/kms key … gvlk`.',
    'hardware-changed': 'Activate again: `slmgr /ato`.',
    'out-of-tolerance': 'Activate again: `slmgr /ato`.',
    'grace-expired': 'Find out why no attempt succeeded: `/kms diagnose` of the machine.',
    'store-damaged': 'Reinstall the licences: `slmgr /rilc`; if that fails, rebuild the licence store.',
    'use-licence-missing': 'Install the key again, then activate.',
    'not-elevated': 'Run it as administrator; as LocalSystem it means that a policy forbids it.',
    'upgrade-key': 'Use a key for new installations.',
    'oem-data-missing': 'Use a volume key; a manufacturer’s image belongs on that manufacturer’s hardware.',
    'not-genuine': 'Install a genuine key, and ask Microsoft support if it stays.',
    'digital-licence': 'Sign in with the account that holds the licence, or use a volume key.',
    'service-restarting': 'Wait a minute and try again.',
    'active-directory-object': 'Nothing, if the machine is meant to use KMS.',
    'rearm-pending': 'Restart the machine.',
    'rearms-used-up': 'Build the machine again from an image that was generalised.',
    'in-progress': 'Wait for it to finish, then look again.',
    'no-internet': 'Let the machine reach Microsoft’s activation servers, or activate by phone: `/kms phone`.',
    'virtual-machine-key': 'Install the KMS client setup key of the edition.',
    'confirmation-id-wrong': 'Enter the 48 digits again.',
    'confirmation-id-stale': 'Read the Installation ID again and get a new Confirmation ID for it.',
    'activation-limit': 'Ask Microsoft’s activation centre for more activations.',
    proxy: 'Exempt Microsoft’s activation servers from the proxy’s sign-in, or activate by phone: `/kms phone`.',
    'no-srv-record': 'Publish the SRV record `_vlmcs._tcp` in that zone, or correct the machine’s suffix.',
    'dns-server-failing': 'Repair the DNS server, or give the machine one that works.',
    'dns-update-refused':
      'Let the KMS host write its record, or write the record by hand and switch its publishing off.',
    'no-dns-server': 'Give the adapter a DNS server (in AWS: the DHCP option set).',
    'bad-host-name': 'Correct the assigned host (`slmgr /skms`), or clear it (`slmgr /ckms`).',
    'access-denied': 'Run it as administrator; if it is one, give SELF its DCOM access back.',
    'key-not-found': 'Install the key by `slmgr /ipk` instead of Settings.',
    'timed-out': 'Look whether DNS and the KMS host answer the machine.',
    'rights-damaged': 'Give SYSTEM full control below `HKLM\\SYSTEM\\CurrentControlSet\\Enum\\Root` again.',
    'bad-parameter': 'Check the port (1 to 65535) and intervals (15 to 43200 minutes).',
    'wmi-failing':
      'Check WMI: `winmgmt /verifyrepository`; repair an inconsistent one by `winmgmt /salvagerepository`; else restart the machine.',
    'wmi-incomplete':
      'Check WMI: `winmgmt /verifyrepository`; repair an inconsistent one by `winmgmt /salvagerepository`, which brings the classes of Windows back.',
    'wmi-access-denied':
      'Run it as administrator; if it is one, give it back its rights in `wmimgmt.msc`, and check WMI: `winmgmt /verifyrepository`.',
    'file-missing': 'Reinstall the licences: `slmgr /rilc`.',
    unclear: 'Look whether a KMS client setup key is installed at all, then at the machine’s last attempt.',
  },
  unknown: 'a code I do not know',
  meansLine: (means, code, symbol) =>
    `${means.charAt(0).toUpperCase()}${means.slice(1)} (${code}${symbol === '' ? '' : `, ${symbol}`}).`,
  actorLine: (who) => `Who acts: ${who}.`,
  alsoWritten: (spellings) => `Also written ${spellings}.`,
  unknownLine: (code) => `I do not know the code ${code}, and do not guess.`,
  origin: {
    win32: (inner) => `It wraps the Windows error ${inner}; \`net helpmsg ${inner}\` on any Windows names it.`,
    ntstatus: (inner) => `It is the NTSTATUS ${inner}, from inside Windows.`,
    'activation-server': () =>
      'Microsoft’s activation server answers with codes like this: it is about a MAK, a host key or a retail key.',
    'security-processor': () => 'It comes from the licensing security processor of the machine.',
    'token-store': () => 'It comes from the local licence store of the machine.',
    'licensing-service': () => 'It comes from the licensing service of the machine.',
    other: () => 'Its bits name no part of Windows activation.',
  },
  small: (command) => `${command} on a machine with a screen`,
  success: (code) => `Success (${code}): no error.`,
};
