/**
 * The troubleshooting tree in order: what is observed, and what the bot makes of it.
 *
 * Put together from Microsoft's "Guidelines for troubleshooting the Key Management Service", "Guidelines for
 * troubleshooting DNS-related activation issues" and "Resolve Windows activation error codes", and from AWS's guide to
 * activation on EC2.
 */
import {
  type CoverageRow,
  cause,
  code,
  command,
  concern,
  domains,
  evidence,
  firewall,
  fix,
  phone,
  publish,
  rearm,
  restartHost,
  setup,
  storedKey,
  topic,
  unseen,
} from './reference.ts';

export interface TreeRow extends CoverageRow {
  readonly number: number;
  /** Why no rule of the diagnosis carries this number; absent where one must. */
  readonly withoutRule?: string;
}

const row = (number: number, about: string, rest: Omit<TreeRow, 'id' | 'number' | 'about'>): TreeRow => ({
  id: `tree-${number}`,
  number,
  about,
  ...rest,
});

export const TREE: readonly TreeRow[] = [
  row(1, 'the machine cannot be asked, or runs no Windows', {
    by: [cause('not-asked'), cause('no-answer'), fix('make-askable', 'AmazonSSMManagedInstanceCore')],
    withoutRule: 'decided before any rule: there is no record to look at',
  }),
  row(2, 'whose Windows licence it is: the instance’s or one that was brought', {
    by: [
      cause('byol-on-amazon'),
      cause('licence-included-elsewhere'),
      cause('amazon-routes-missing'),
      evidence('licence-model'),
      fix('assign-amazon', '169.254.169.250'),
      fix('add-amazon-routes', 'route print'),
      topic('amazon', 'RunInstances:0800'),
      command('point'),
    ],
  }),
  row(3, 'an evaluation edition', { by: [cause('evaluation-edition'), fix('convert-edition', '/Set-Edition')] }),
  row(4, 'no product key', { by: [cause('no-key'), fix('install-gvlk', 'slmgr /ipk'), code('0xC004F014')] }),
  row(5, 'a key of another channel', { by: [cause('other-channel'), fix('decide-channel', 'slmgr /ipk')] }),
  row(6, 'a KMS host key on a machine that should be a client', {
    by: [cause('accidental-host'), fix('remove-host-key', '_vlmcs._tcp')],
  }),
  row(7, 'a setup key of another edition', { by: [cause('wrong-key'), fix('install-gvlk', 'slmgr /ipk')] }),
  row(8, 'activated and well, or late with renewals', {
    by: [command('check'), command('diagnose'), fix('none', 'slmgr /dlv'), topic('caching', '7')],
    withoutRule: 'a well machine has no cause; missed renewals make it a warning',
  }),
  row(9, 'activated by Active Directory', { by: [evidence('activation-type'), topic('adba', 'slmgr /act-type 2')] }),
  row(10, 'KMS is not among the allowed kinds', {
    by: [cause('kms-switched-off'), fix('set-activation-type', 'slmgr /act-type 0'), command('set')],
  }),
  row(11, 'no DNS server, or none that answers', {
    by: [
      cause('no-dns-server'),
      cause('dns-server-silent'),
      cause('dns-failing'),
      fix('give-dns-server', 'ipconfig /renew'),
      fix('repair-dns-server', '-Port 53'),
    ],
  }),
  row(12, 'the network settings everything else is judged by', { by: [command('check'), evidence('dns-server')] }),
  row(13, 'a host is assigned by hand', {
    by: [
      cause('assigned-to-dead-host'),
      cause('assigned-to-unknown-name'),
      cause('assigned-malformed'),
      cause('assigned-wrong-port'),
      cause('unknown-host'),
      evidence('assigned'),
      fix('clear-assignment', 'slmgr /ckms'),
      fix('clear-assignment', 'KeyManagementServiceName'),
      fix('leave-unknown-host', 'slmgr /ckms'),
      fix('leave-unknown-host', 'Start-MpScan'),
      command('discover'),
    ],
  }),
  row(14, 'a lookup domain is set', {
    by: [cause('lookup-domain-empty'), fix('clear-lookup-domain', 'slmgr /ckms-domain'), command('set')],
  }),
  row(15, 'no record in any domain the machine asks', {
    by: [
      cause('record-missing'),
      cause('record-of-wrong-type'),
      evidence('srv-missing'),
      fix('create-record', '0 0 1688'),
      command('dns'),
    ],
  }),
  row(16, 'a record only in a domain the machine does not ask', {
    by: [cause('suffix-without-record'), fix('publish-in-domain', 'domain-name'), domains],
  }),
  row(17, 'the zone has the record, the machine’s resolver does not find it', {
    by: [
      cause('zone-not-associated'),
      cause('resolver-differs'),
      evidence('zone-has-record'),
      fix('associate-zone', 'enableDnsSupport'),
      fix('repair-forwarding', 'Get-DnsClientNrptPolicy'),
      unseen('zone-not-read'),
    ],
  }),
  row(18, 'the record names the wrong host, port or address', {
    by: [
      cause('record-names-dead-host'),
      cause('record-wrong-port'),
      cause('target-without-address'),
      cause('address-stale'),
      fix('change-record', '_vlmcs._tcp'),
      fix('fix-address', 'Resolve-DnsName'),
      command('dns'),
    ],
  }),
  row(19, 'an attempt with the host’s name works, so the record is at fault', {
    by: [
      cause('record-missing'),
      evidence('srv-found'),
      evidence('bind'),
      topic('routing', 'slmgr /skms kms1'),
      command('test'),
    ],
  }),
  row(20, 'only an attempt with the host’s address works, so the name is at fault', {
    by: [
      cause('target-without-address'),
      evidence('does-not-resolve'),
      topic('routing', 'slmgr /skms 10.20.0.40'),
      command('test'),
    ],
  }),
  row(21, 'connecting gets no answer', {
    by: [
      cause('path-blocked'),
      cause('host-firewall-closed'),
      cause('host-silent'),
      cause('host-not-running'),
      evidence('tcp'),
      unseen('security-groups'),
      fix('open-path', '1024–65535'),
      fix('open-host-firewall', 'SPPSVC-In-TCP'),
      firewall,
      fix('start-host', 'start-instances'),
    ],
  }),
  row(22, 'connecting is refused', {
    by: [
      cause('host-service-stopped'),
      cause('host-refuses'),
      evidence('host-listening'),
      fix('investigate-host', 'Test-NetConnection localhost'),
      fix('start-host-service', 'Start-Service sppsvc'),
      restartHost,
    ],
  }),
  row(23, 'something answers that is no KMS host, or the session is cut', {
    by: [
      cause('foreign-service'),
      cause('path-cut'),
      cause('host-busy'),
      fix('move-foreign-service', 'Get-NetTCPConnection'),
    ],
  }),
  row(24, 'clocks more than four hours apart', {
    by: [cause('clock-off'), evidence('clock'), fix('sync-clock', 'w32tm /resync'), code('0xC004F06C')],
  }),
  row(25, 'the host’s key or updates are too old for this Windows', {
    by: [
      cause('host-key-too-old'),
      concern('key-too-old'),
      fix('renew-host-key', 'slmgr /ipk'),
      storedKey,
      topic('versions', 'KB5034765'),
      code('0xC004F042'),
    ],
  }),
  row(26, 'the host itself is not activated', {
    by: [
      cause('host-not-activated'),
      cause('own-host-key-not-activated'),
      concern('not-activated'),
      fix('activate-host', 'slmgr /dti'),
      code('0xC004F041'),
      setup,
      phone,
    ],
  }),
  row(27, 'too few machines counted', {
    by: [
      cause('count-too-low'),
      cause('duplicate-cmid'),
      cause('count-split'),
      concern('below-threshold'),
      concern('duplicates'),
      fix('raise-count', 'slmgr /ato'),
      fix('reseal-image', 'sysprep /generalize'),
      rearm,
      fix('consolidate-hosts', 'slmgr /ckhc'),
    ],
  }),
  row(28, 'the host does not publish its record, or fails to', {
    by: [
      concern('publishing-fails'),
      fix('create-record', 'slmgr /cdns'),
      code('0x80072338'),
      topic('publishing', 'DisableDnsPublishing'),
      publish,
    ],
  }),
  row(29, 'machine and host are in different domains', {
    by: [cause('suffix-without-record'), fix('publish-in-domain', 'DnsDomainPublishList'), domains],
  }),
  row(30, 'the licence itself: entitlement, tampering, a damaged store', {
    by: [
      cause('licence-damaged'),
      fix('repair-store', 'tokens.dat'),
      fix('licensing-support', 'slui 4'),
      code('0x8004FE21'),
    ],
  }),
  row(31, 'KMS will never work here: a MAK instead', {
    by: [topic('mak', 'slmgr /ipk'), fix('raise-count', 'MAK'), storedKey, phone],
    withoutRule: 'an exit that every failed diagnosis offers, not a cause',
  }),
  row(32, 'after the repair: by name and by address, back to DNS, activate, look at the events', {
    by: [cause('works-now'), fix('activate-now', 'slmgr /ato'), topic('routing', 'slmgr /ckms')],
  }),
];
