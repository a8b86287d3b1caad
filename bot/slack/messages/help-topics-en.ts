/** Topics of the help in English: how volume activation works, and how each part of it is done by hand. */
import type { TopicName } from '../command/table.ts';

export type HelpTopics = Readonly<Record<Exclude<TopicName, 'slmgr'>, readonly string[]>>;

export const topics: HelpTopics = {
  discovery: [
    'A KMS client looks for its host in this order, and stops at the first that is set:',
    '1. A host assigned by hand (`slmgr /skms`). Nothing else is tried: when that host is gone, the client stays without. `/kms discover` (`slmgr /ckms`) goes back to DNS, which is the state to be in.',
    '2. A lookup domain (`/kms set … lookup`, `slmgr /skms-domain`): the SRV record is asked for in that domain only.',
    '3. The host that activated it last, from its cache: `/kms help caching`.',
    '4. DNS: SRV records `_vlmcs._tcp` in the primary DNS suffix, the Active Directory domain (in a workgroup: the domain from DHCP) and the suffix search list. Lowest priority first; among equals one is drawn at random, by weight. One that does not answer is crossed off, and another is drawn.',
    'No record anywhere gives 0x8007232B. The host needs its record in a domain the machine looks in: `/kms help publishing`.',
    'To see what DNS says: `nslookup -type=srv _vlmcs._tcp.corp.example`. That it finds a record does not prove that Windows does: suffixes and per-adapter DNS servers differ (`ipconfig /all`). `/kms check` and `/kms diagnose` of one machine ask through the machine itself.',
  ],
  caching: [
    'A KMS client remembers the host that activated it and goes straight back to it every 7 days, without asking DNS.',
    'So a changed priority or weight has no effect on a machine that is already activated, until its host stops answering; then it asks DNS again.',
    'To make it ask every time: `/kms set … caching off` (`slmgr /ckhc`), and `caching on` (`slmgr /skhc`) for the usual way. To drop a host that was assigned: `/kms discover` (`slmgr /ckms`). The resolver cache is another one: `/kms set … flushdns` (`ipconfig /flushdns`).',
  ],
  threshold: [
    'A KMS host activates nobody before enough different machines have asked it: 25 for Windows clients, 5 for Windows Server, 5 for Office. Windows machines of both kinds, physical and virtual, count together.',
    'Each host counts for itself. Every contact counts, also one that is refused. A machine counts for 30 days after its last contact; healthy ones come every 7 days.',
    'The count stops at 50 (at 10 while only servers have asked), so 50 means “50 or more”. `slmgr /dlv` on the host shows it, `/kms hosts` for all hosts.',
    'Clones made without `sysprep /generalize` share one client machine ID and count as one: `/kms rearm … restart` gives each its own.',
    'Count too low (0xC004F038) proves that DNS, network and host work. The waiting machines try again every 2 hours by themselves. Where there will never be enough of them, a MAK activates each: `/kms help mak`. A host whose retirement would leave clients below a threshold is not retired.',
  ],
  mak: [
    'A multiple activation key activates one machine with Microsoft, once and for good, online or by phone. It needs no KMS host and does not count for a threshold.',
    'It suits machines that cannot reach a KMS host regularly, and networks below the threshold.',
    'Each use takes one activation from the pool of the contract, also when a machine is rebuilt.',
    'Volume media bring the KMS client setup key with them and look for a KMS host. Media and keys of developer subscriptions (MSDN, TechNet) do not: their keys are MAK or retail.',
    'A MAK is secret: it is never typed in Slack. Store it as the secret `kms-bot/keys/contoso-mak` in Secrets Manager, or as the SecureString `/kms-bot/keys/contoso-mak` in Parameter Store, in the Region of the machines. Its tags say what it is: `kind=mak`, `group=2022` (the Windows it is for), `edition=any` or edition ids, and `used=3` where activations were used before.',
    'Then `/kms key dmz-01 contoso-mak`: the machine fetches it with its own role, which needs the policy `KmsBotNodeSecrets-<site>`; an approver agrees first. It is activated at once, and where Microsoft cannot be reached a button leads to `/kms phone`. A MAK that is activated already is left alone.',
    'By hand on the machine: `slmgr /ipk <key>`, then `slmgr /ato`.',
  ],
  phone: [
    'For a KMS host or MAK machine without internet. Here: `/kms phone dmz-01`; once an approver agrees, the message gets a button. Its window shows the Installation ID in groups of digits and where to call, and takes the Confirmation ID in eight groups of six.',
    'Any operator of that machine may call, also another than who asked. The Installation ID is read again before the Confirmation ID is deposited; neither is kept anywhere. A wrong one may be corrected, five times in all; the window waits a day at most.',
    'By hand:',
    '1. `slmgr /dti` on the machine shows its Installation ID.',
    '2. Microsoft’s activation centre takes it by phone or web (`slui 4` shows the number) and gives a Confirmation ID of 48 digits.',
    '3. `slmgr /atp <Confirmation ID>` on the machine deposits it; `slmgr /dlv` then says Licensed.',
    'Both belong to that machine and that key: after a change of key or hardware the call is made again. Neither is ever typed into a Slack command or message.',
  ],
  routing: [
    'The test by hand, when a machine does not reach its KMS host. Note the host that is assigned first; it changes the machine.',
    '1. By name: `slmgr /skms kms1.corp.example:1688`, then `slmgr /ato`. Success means that the SRV record was at fault: `/kms help publishing`.',
    '2. By address: `slmgr /skms 10.20.0.40:1688`, then `slmgr /ato`. Success means that the host’s name leads elsewhere, or nowhere.',
    '3. Neither: firewall, routing, or the host itself. `Test-NetConnection kms1.corp.example -Port 1688`; KMS is RPC over TCP 1688, open at both ends and in between. On the host: `Get-Service sppsvc`.',
    '4. Afterwards back to DNS: `slmgr /ckms`, `slmgr /ato`, and see `slmgr /dlv`.',
    'A host is written as full name, NetBIOS name, IPv4 address or `[IPv6 address]`, with `:port` if it is not 1688.',
    'Before anything, machine and host need DNS servers that answer: `ipconfig /all`, then a `ping` or better a query to each.',
    '`/kms diagnose` finds the same by reading alone: record, name, TCP and RPC from the machine, and the host’s own side.',
  ],
  publishing: [
    'A KMS host writes its own SRV record every 24 hours and when its service starts, in its own domain. Events in the Application log: 12294 written, 12293 failed.',
    'Off and on: `/kms host kms1 publish off` or `on`, which restarts the service and waits for the event. By hand: `slmgr /cdns`, `slmgr /sdns`, then restart `sppsvc`. In the registry it is `DisableDnsPublishing` (1 = off) below `HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform`; save the key by `reg export` before changing it.',
    'In several domains: `/kms host kms1 domains corp.example "lab.example,10,50"` (priority and weight behind a domain), `domains none` for its own only. The registry is saved first, event 12294 of each domain awaited, and one client of each asked. By hand: `DnsDomainPublishList` there (multi-string), one domain a line, from 2008 R2 on also as `domain, priority, weight`; then restart `sppsvc`.',
    'A zone that takes no dynamic updates (Route 53) gets the record by hand, and the host’s publishing off: name `_vlmcs._tcp`, type SRV, value `0 0 1688 kms1.corp.example.` (priority, weight, port, host), one value a host in one record set. Here that is `/kms dns add`, shown as a plan first; `/kms dns` compares what is there with the hosts.',
    'Microsoft DNS: DNS Manager → Forward Lookup Zones → the domain → Other New Records → Service Location (SRV). With secure updates the first host owns the record: give the others full control of it, or they fail with 0x80072338.',
    'BIND: `_vlmcs._tcp.corp.example. 300 IN SRV 0 0 1688 kms1.corp.example.`; if hosts are to write it themselves, allow updates from their addresses or signed (TSIG) only.',
    'Machines look in their own domain: from Active Directory, or from DHCP option 15 (in AWS the VPC’s option set).',
  ],
  setup: [
    'A KMS host, on a server that stays on (Datacenter: Azure Edition cannot be one). Here: `/kms host kms1 setup contoso-ws2022`, where the name is that of a stored host key (`/kms help mak` says how keys are stored; tags `kind=host`, `group=2022`). One plan shows every step, one approval covers them: role, key, activation online or by phone, firewall, service, record, count. It goes on where it stopped when it is asked for again.',
    '`/kms host kms-old retire` takes one out of service: its records first, then it waits until its clients renew elsewhere, then it becomes a client.',
    'By hand:',
    '1. As administrator: `Install-WindowsFeature VolumeActivation -IncludeManagementTools`, or Server Manager → Add Roles → Volume Activation Services. A client Windows needs no role.',
    '2. Volume Activation Tools: choose KMS and the host, enter the KMS host key of the contract. Or `slmgr /ipk <host key>`; that key is secret, and belongs on hosts only.',
    '3. Activate it with Microsoft: `slmgr /ato`, or by phone (`/kms help phone`). One key serves six hosts, ten activations each.',
    '4. Open the firewall (`/kms host kms1 firewall on`): `Set-NetFirewallRule -Name SPPSVC-In-TCP -Profile Domain,Private -Enabled True`, and TCP 1688 in its security group.',
    '5. Publish it: `/kms help publishing`. Options: port `slmgr /sprt` (`/kms host kms1 port`), intervals `slmgr /sai` and `/sri` (`/kms host kms1 intervals`), then restart `sppsvc` (`/kms host kms1 restart`).',
    '6. Check: `slmgr /dlv` on the host says Licensed; event 12294 that DNS has it; on a client `slmgr /ato`. Too low a count (0xC004F038) is a good sign: `/kms help threshold`.',
  ],
  versions: [
    'A KMS host key activates its own Windows and the earlier ones: one for servers also clients, one for client Windows only clients. A key for client hosts cannot be installed on a server.',
    'Windows Server 2025: on 2019 or later · 2022: on 2016 or later · 2019: on 2012 R2 or later · 2016: on 2012 or later. Windows 11 needs the key of 2022 or 2025; LTSC 2024 that of 2025.',
    'An older host also needs an update before it takes the key: 2022 for 2025 KB5034765, 2019 for 2025 KB5034768 and for 2022 KB5003646, 2016 for 2022 KB5003638, or any later cumulative update.',
    'When the key is too old, clients get 0xC004F042 and the host logs 0xC004F042 or 0xC004F015. `/kms hosts` shows each host’s generation; `/kms host kms1 setup` with a newer key renews it.',
    'Before a stored key is installed, its tags are held against these rules, and a machine that may not have it is left alone with the reason.',
  ],
  adba: [
    'Active Directory-based activation is the other way for volume licences: a domain member first asks a domain controller for an activation object, and only without a fitting one a KMS host.',
    'A machine activated so asks no KMS host, does not raise its count, and proves nothing about it. `slmgr /dlv` shows which it was.',
    'To test KMS where it is in use: a workgroup machine, or `slmgr /act-type 2` (KMS only) on one machine; `slmgr /act-type 0` allows all again.',
  ],
  office: [
    'Volume editions of Office use the same KMS hosts and SRV records, with a key and a count of their own: 5 machines.',
    'The host needs the Office Volume License Pack of that Office version and an Office host key, activated like that of Windows.',
    'On the machine, in the folder of Office: `cscript ospp.vbs /dstatus` shows its state, `cscript ospp.vbs /act` activates it. `/kms diagnose` judges Office apart from Windows.',
  ],
  amazon: [
    'An EC2 instance whose Windows licence comes with it activates against Amazon’s own servers, 169.254.169.250 and 169.254.169.251, port 1688 (`[fd00:ec2::250]` without IPv4). No threshold matters there.',
    'One that brings its own licence must not use them: it needs your KMS host or a MAK. The instance’s usage operation tells: RunInstances:0800 brings its own.',
    'Security groups and network ACLs do not filter that traffic; missing routes, Windows Firewall, proxies and VPN clients do. The launch agents set the routes; `route print` shows them.',
    'By hand: `slmgr /skms 169.254.169.250:1688`, then `slmgr /ato`.',
  ],
};
