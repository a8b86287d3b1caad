/**
 * Microsoft, "Guidelines for troubleshooting DNS-related activation issues", paragraph by paragraph in our own words.
 *
 * @see https://learn.microsoft.com/windows-server/get-started/common-troubleshooting-procedures-kms-dns
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
  publish,
  restartHost,
  setup,
  slmgr,
  storedKey,
  topic,
} from './reference.ts';

export const DNS_ARTICLE: readonly CoverageRow[] = [
  {
    id: 'A1',
    about: 'whom it concerns: volume media with a setup key, and no KMS host reached',
    by: [evidence('product'), cause('other-channel'), cause('no-key'), command('diagnose')],
  },
  {
    id: 'A2',
    about: 'clients find their host in DNS, and fail with a code when there is no record',
    by: [cause('record-missing'), code('0x8007232B'), topic('discovery', '_vlmcs._tcp')],
  },
  {
    id: 'A3',
    about: 'three ways out, from simple to laborious',
    by: [
      topic('mak', 'slmgr /ipk'),
      topic('setup', 'slmgr /ato'),
      topic('routing', 'slmgr /skms'),
      storedKey,
      setup,
      command('diagnose'),
    ],
  },
  {
    id: 'A4',
    about: 'change to a MAK; developer media have other keys',
    by: [topic('mak', 'MSDN'), slmgr('/ipk'), storedKey],
  },
  {
    id: 'A5',
    about: 'set up a KMS host: key, activation, record',
    by: [topic('setup', 'Install-WindowsFeature'), command('hosts'), setup],
  },
  {
    id: 'A6',
    about: 'DNS servers answer the machine and the host',
    by: [
      cause('dns-server-silent'),
      cause('no-dns-server'),
      evidence('dns-server'),
      fix('repair-dns-server', 'Resolve-DnsName'),
      topic('routing', 'ping'),
    ],
  },
  {
    id: 'A7',
    about: 'whether the host publishes its record, daily; the registry value, saved before it is changed',
    by: [
      concern('publishing-fails'),
      topic('publishing', 'reg export'),
      topic('publishing', 'DisableDnsPublishing'),
      publish,
    ],
  },
  {
    id: 'A8',
    about: 'the routing test: by name, by address, else the firewall at both ends',
    by: [
      topic('routing', 'slmgr /skms 10.20.0.40:1688'),
      evidence('resolves'),
      evidence('bind'),
      cause('path-blocked'),
      fix('open-path', 'SPPSVC-In-TCP'),
      firewall,
      command('test'),
    ],
  },
  {
    id: 'A9a',
    about: 'address, DNS servers, gateway and suffixes of the machine',
    by: [command('check'), topic('discovery', 'ipconfig /all')],
  },
  {
    id: 'A9b',
    about: 'what DNS says: the record, its host, port and domain',
    by: [evidence('srv-found'), evidence('resolves'), topic('discovery', 'nslookup -type=srv'), command('dns')],
  },
  {
    id: 'A9c',
    about: 'record as expected, still no activation: assign the host',
    by: [topic('routing', 'slmgr /skms'), slmgr('/skms'), fix('clear-assignment', 'slmgr /skms'), command('point')],
  },
  {
    id: 'A9d',
    about: 'nslookup finding a record does not prove that Windows does',
    by: [cause('resolver-differs'), topic('discovery', 'nslookup')],
  },
  {
    id: 'A9e',
    about: 'the search list lacks the host’s domain',
    by: [cause('suffix-without-record'), fix('publish-in-domain', 'slmgr /skms-domain')],
  },
  {
    id: 'A10a',
    about: 'the record by hand in Microsoft DNS',
    by: [fix('create-record', '_VLMCS'), topic('publishing', 'SRV')],
  },
  {
    id: 'A10b',
    about: 'the record by hand in BIND',
    by: [fix('create-record', 'IN SRV 0 0 1688'), topic('publishing', 'IN SRV 0 0 1688'), command('dns')],
  },
  {
    id: 'A10c',
    about: 'dynamic updates in BIND, but not from everywhere',
    by: [fix('create-record', 'TSIG'), topic('publishing', 'TSIG')],
  },
  {
    id: 'A11a',
    about: 'how discovery, caching and drawing another host work, and that discovery is the state to be in',
    by: [
      topic('discovery', 'slmgr /ckms'),
      topic('caching', 'slmgr /ckhc'),
      command('discover'),
      command('set', 'set <nodes> caching on|off'),
    ],
  },
  {
    id: 'A11b',
    about: 'assign by full name, address or NetBIOS name',
    by: [topic('routing', 'NetBIOS'), topic('routing', '[IPv6'), slmgr('/skms'), command('point')],
  },
  {
    id: 'A11c',
    about: 'back to discovery',
    by: [fix('clear-assignment', 'slmgr /ckms'), slmgr('/ckms'), command('discover')],
  },
  {
    id: 'A11d',
    about: 'what to put in for the placeholders',
    by: [cause('assigned-malformed'), topic('routing', '1688')],
  },
  {
    id: 'A12a',
    about: 'care with the registry',
    by: [topic('publishing', 'reg export'), fix('publish-in-domain', 'reg export'), domains],
  },
  {
    id: 'A12b',
    about: 'the record belongs in the machine’s domain, which Active Directory or DHCP gives',
    by: [
      cause('suffix-without-record'),
      fix('publish-in-domain', 'domain-name'),
      topic('publishing', 'DHCP'),
      topic('discovery', 'DHCP'),
    ],
  },
  {
    id: 'A12c',
    about: 'the list of domains a host publishes in, and its form',
    by: [fix('publish-in-domain', 'DnsDomainPublishList'), topic('publishing', 'domain, priority, weight'), domains],
  },
  {
    id: 'A12d',
    about: 'restart the licensing service, which writes the records',
    by: [fix('publish-in-domain', 'Restart-Service sppsvc'), fix('publish-in-domain', '12294'), domains, restartHost],
  },
  {
    id: 'A12e',
    about: 'see from a machine that the host answers by name and by address',
    by: [fix('publish-in-domain', 'Test-NetConnection'), evidence('tcp'), domains, command('diagnose')],
  },
  {
    id: 'A12f',
    about: 'machines drop the host they kept',
    by: [fix('publish-in-domain', 'slmgr /ckms'), topic('caching', 'slmgr /ckms'), command('discover')],
  },
];
