/** Help in English. Loaded when somebody asks for it. */
import type { CommandName, TopicName } from '../command/table.ts';

export interface CommandHelp {
  /** One sentence: what it does. */
  readonly does: string;
  /** Behind `/kms `. */
  readonly example: string;
}

export interface HelpTexts {
  readonly headline: string;
  readonly worksToday: string;
  readonly later: string;
  readonly machines: string;
  readonly topicsAre: string;
  readonly example: (command: string) => string;
  readonly rightIs: (right: string) => string;
  readonly counterpartIs: (counterpart: string) => string;
  readonly notBuiltYet: string;
  readonly noCounterpart: string;
  /** Something said in passing, behind what it is about. */
  readonly aside: (text: string) => string;
  readonly commands: Readonly<Record<CommandName, CommandHelp>>;
  readonly topics: Readonly<Record<Exclude<TopicName, 'slmgr'>, readonly string[]>>;
  readonly slmgrHeadline: string;
  /** Why an option has no command here, by the first option of its row. */
  readonly slmgrWhyNot: Readonly<Record<'/upk' | '/rilc' | '/ad-activation-online' | '/rearm-sku', string>>;
}

export const help: HelpTexts = {
  headline: 'I answer for Windows volume activation. What works today only reads; it cannot change a machine.',
  worksToday: '*Works today*',
  later: '*Understood, not built yet*',
  machines: '*Machines* are named by id, computer name, `tag:Key=Value` or `all`; `site:tokyo` narrows.',
  topicsAre: '*Topics*: `/kms help` discovery · caching · threshold · MAK · phone · slmgr',
  example: (command) => `e.g. ${command}`,
  rightIs: (right) => `For ${right}`,
  counterpartIs: (counterpart) => `by hand: ${counterpart}`,
  notBuiltYet: 'not built yet',
  noCounterpart: 'no command here',
  aside: (text) => ` (${text})`,
  commands: {
    check: {
      does: 'The activation state of machines, worst first and grouped by cause; of one machine, its card.',
      example: 'check tag:Env=prod',
    },
    diagnose: {
      does: 'One named cause with its evidence, and the fix as a button.',
      example: 'diagnose fileserver-07',
    },
    hosts: { does: 'Every KMS host: its count against the thresholds, and whether it listens.', example: 'hosts' },
    error: { does: 'What a result code means, who has to act and what to do.', example: 'error 0xC004F074' },
    activate: { does: 'Activates machines now.', example: 'activate fileserver-07' },
    point: { does: 'Assigns a KMS host by hand.', example: 'point tag:Env=prod kms1.corp.example' },
    discover: { does: 'Goes back to finding the KMS host by DNS.', example: 'discover tag:Env=prod' },
    set: {
      does: 'The other switches of a KMS client: kind of activation, lookup domain, host caching, resolver cache.',
      example: 'set web-03 lookup corp.example',
    },
    key: {
      does: 'Installs the KMS client setup key of the edition, or a stored key by its name.',
      example: 'key web-03 gvlk',
    },
    phone: { does: 'Activation without internet: Installation ID out, Confirmation ID in.', example: 'phone dmz-01' },
    rearm: { does: 'Resets the grace period, and shows how many resets are left.', example: 'rearm web-03' },
    test: {
      does: 'Tries a KMS host by name, then by address, and puts everything back.',
      example: 'test web-03 kms1.corp.example',
    },
    host: { does: 'Sets up, changes or retires a KMS host.', example: 'host kms1 publish on' },
    dns: {
      does: 'KMS records against living hosts, and changes to them as a plan.',
      example: 'dns corp.example',
    },
    undo: { does: 'The inverse plan of a change.', example: 'undo chg-12' },
    jobs: { does: 'What is running, waiting for whom, since when.', example: 'jobs' },
    report: { does: 'The threshold report, now or on a schedule.', example: 'report weekly monday 09:00' },
    incidents: { does: 'Open incidents.', example: 'incidents' },
    mute: { does: 'Quiets one incident, with an end and a reason.', example: 'mute inc-3 4h moving kms1' },
    audit: { does: 'Who asked, approved and did what.', example: 'audit fileserver-07 7d' },
    whoami: { does: 'Your rights, and why.', example: 'whoami' },
    doctor: { does: 'Every permission, scope and zone probed, the missing one named.', example: 'doctor' },
    help: { does: 'This, or more about one command or topic.', example: 'help discovery' },
  },
  topics: {
    discovery: [
      'A KMS client looks for its host in this order, and stops at the first that is set:',
      '1. A host assigned by hand (`slmgr /skms`). Nothing else is tried: when that host is gone, the client stays without.',
      '2. A lookup domain (`slmgr /skms-domain`): the SRV record is asked for in that domain only.',
      '3. The host that activated it last, from its cache: `/kms help caching`.',
      '4. DNS: SRV records `_vlmcs._tcp` in the primary DNS suffix, the Active Directory domain (in a workgroup: the domain from DHCP) and the suffix search list. Lowest priority first, weight decides among equals, the next host when one does not answer.',
      'To see what DNS says: `nslookup -type=srv _vlmcs._tcp.corp.example`. That it finds a record does not prove that Windows does: suffixes and per-adapter DNS servers differ. `/kms check` of one machine asks through the machine itself.',
    ],
    caching: [
      'A KMS client remembers the host that activated it and goes straight back to it every 7 days, without asking DNS.',
      'So a changed priority or weight has no effect on a machine that is already activated, until its host stops answering; then it asks DNS again.',
      'To make it ask every time: `slmgr /ckhc` (off), `slmgr /skhc` (on again). The resolver cache is another one: `ipconfig /flushdns`.',
    ],
    threshold: [
      'A KMS host activates nobody before enough different machines have asked it: 25 for Windows clients, 5 for Windows Server, 5 for Office. Windows machines of both kinds, physical and virtual, count together.',
      'Each host counts for itself. A machine counts for 30 days after its last contact; healthy ones come every 7 days.',
      'The count stops at 50 (at 10 while only servers have asked), so 50 means “50 or more”.',
      'Clones made without `sysprep /generalize` share one client machine ID and count as one.',
      'Count too low (0xC004F038) proves that DNS, network and host work. The waiting machines try again every 2 hours by themselves.',
    ],
    mak: [
      'A multiple activation key activates one machine with Microsoft, once and for good, online or by phone. It needs no KMS host and does not count for a threshold.',
      'It suits machines that cannot reach a KMS host regularly, and networks below the threshold.',
      'Each use takes one activation from the pool of the contract, also when a machine is rebuilt.',
      'A MAK is secret: it is never typed in Slack. By hand on the machine: `slmgr /ipk <key>`, then `slmgr /ato`.',
    ],
    phone: [
      'For a KMS host or MAK machine without internet:',
      '1. `slmgr /dti` on the machine shows its Installation ID.',
      '2. Microsoft’s activation centre takes it by phone or web (`slui 4` shows the number) and gives a Confirmation ID of 48 digits.',
      '3. `slmgr /atp <Confirmation ID>` on the machine deposits it.',
      'Both belong to that machine and that key: after a change of key or hardware the call is made again. Neither is ever typed into a Slack command.',
    ],
  },
  slmgrHeadline: 'The options of `slmgr`, and what they are called here:',
  slmgrWhyNot: {
    '/upk': 'a key is replaced, never removed first',
    '/rilc': 'repairs of the licence store stay on the machine',
    '/ad-activation-online': 'Active Directory-based activation is not KMS',
    '/rearm-sku': 'only Windows as a whole is rearmed',
  },
};
