/** The lab's world: everything outside the bot, Slack and AWS's control plane. Declarative, serialisable state. */
import type { NodeMemory } from './node-memory.ts';
import type { ChangeSurface, Surface } from './surface.ts';

export type WindowsLanguage = 'en-US' | 'ja-JP' | 'de-DE';

/** A network profile of Windows Firewall. */
export type FirewallProfile = 'domain' | 'private' | 'public';

/** An account and region. */
export interface LabSite {
  readonly id: string;
  readonly account: string;
  readonly region: string;
}

/**
 * One machine, whole: what `GET /lab/nodes/<id>` gives and `PUT` takes. A field that is not known is refused with its
 * name, a missing one on creation gets the default of a healthy machine.
 */
export interface LabNode {
  readonly id: string;
  site: string;
  /** Computer name, at most 15 characters. */
  name: string;
  platform: 'windows' | 'linux';
  /** EC2 state; `mi-…` nodes are always `running`. */
  instanceState: 'pending' | 'running' | 'stopping' | 'stopped' | 'shutting-down' | 'terminated';
  agent: {
    /** Registered with Systems Manager at all. */
    registered: boolean;
    online: boolean;
    version: string;
    /** Simulated time of the last ping, ms; moves with the clock while online. */
    lastPingMs: number;
  };
  tags: Record<string, string>;
  imageId: string;
  vpc: string;
  subnet: string;
  /** EC2 `UsageOperation`; `RunInstances:0002` licence included, `RunInstances:0800` BYOL. */
  usageOperation: string;
  billingProducts: string[] | null;
  /** Its own role in AWS; absent: it has no credentials at all. */
  role?: LabNodeRole;
  /** AWS Tools for PowerShell are installed; absent: they are not. */
  tools?: boolean;
  /** Whether it reaches Microsoft; absent: as its VPC does. */
  internet?: boolean;
  /** Only on Windows. */
  windows?: LabWindows;
}

/** The role a machine works with, and where its programs find the credentials. */
export interface LabNodeRole {
  name: string;
  /** Instance metadata, or the file that the agent keeps: of hybrid machines, and under Default Host Management. */
  from: 'instance' | 'agent';
  /** Whether the policy for machines is attached to it, by which they read stored keys. */
  readsSecrets: boolean;
}

export interface LabProduct {
  id: string;
  app: 'windows' | 'office';
  name: string;
  description: string;
  family: string;
  partialKey: string;
  channel: string;
  status: 0 | 1 | 2 | 3 | 4 | 5 | 6;
  /** HRESULT, eight hex digits. */
  statusReason: string;
  /** When the present state ends, simulated ms; 0 = never. */
  endsAtMs: number;
  activationType: 0 | 1 | 2 | 3;
  activationTypeEnabled: 0 | 1 | 2 | 3;
  kmsHost: string;
  kmsPort: number;
  lookupDomain: string;
  discoveredHost: string;
  discoveredPort: number;
  discoveredAddress: string;
}

export interface LabAdapter {
  addresses: string[];
  gateways: string[];
  dnsServers: string[];
  suffix: string;
}

export interface LabWindows {
  generation: '2012R2' | '2016' | '2019' | '2022' | '2025' | '10' | '11';
  /** Build and revision, e.g. `20348.2031`. */
  build: string;
  edition: string;
  sku: number;
  productType: 1 | 2 | 3;
  domainRole: 0 | 1 | 2 | 3 | 4 | 5;
  /** Active Directory domain; empty for a workgroup machine. */
  domain: string;
  language: WindowsLanguage;
  cmid: string;
  products: LabProduct[];
  /** Global overrides of the client. */
  kmsHost: string;
  kmsPort: number;
  lookupDomain: string;
  hostCaching: boolean;
  rearmsLeft: number;
  skipRearm: boolean;
  adapters: LabAdapter[];
  primarySuffix: string;
  searchList: string[];
  /** Seconds the machine's clock is ahead of simulated time. */
  clockOffsetSeconds: number;
  service: { state: 'Running' | 'Stopped'; startMode: 'Auto' | 'Manual' | 'Disabled' };
  /** Blocks this machine's own outgoing traffic to these TCP ports. */
  egressBlocked: number[];
  /** Its own firewall: profiles that are on, and that of the connected network. Absent: all on, `domain` for members. */
  firewall?: { on: FirewallProfile[]; active: FirewallProfile };
  /**
   * Rules for clients of a KMS host beside `kmsHostRole`: `builtIn` are the profiles in which the built-in rule is on
   * while the machine is no host (empty: all), `own` is a rule made for another port than 1688. Absent: neither.
   */
  kmsRules?: { builtIn?: FirewallProfile[]; own?: LabKmsRule };
  /** Roles and features of Windows Server that are installed; absent: none that matters here. */
  features?: string[];
  /** HRESULT in which every attempt ends because of the licence store itself, eight upper-case hex digits. */
  licensingFault?: string;
  /** A rearm waits for the next restart; absent: none does. */
  rearmed?: boolean;
  /** Simulated time at which Windows goes down for a restart; absent: none was asked for. */
  restartAtMs?: number;
  /** Windows is down for a restart until this simulated time; absent: it is up. */
  backAtMs?: number;
  /** Simulated time of its last start; absent: it was never restarted in the lab. */
  bootedAtMs?: number;
  /** Link-local routes present: destination, next hop, interface index, metric. */
  routes: [string, string, number, number][];
  /** Present where a KMS host key is installed. */
  kmsHostRole?: LabKmsHostRole;
  /**
   * What fails on this machine: by surface question, e.g. `cim:SoftwareLicensingService`, and by what a changing
   * document does, e.g. `method:Activate`. `surface-of.ts` and `change-surface.ts` have the vocabulary.
   */
  broken: Record<string, { hresult: string; afterMs?: number }>;
  /** Events, newest last; grows as the machine tries. `atMs` is what the machine's own clock showed. */
  events: { id: number; atMs: number; data: string[]; log: 'Application' | 'Key Management Service' }[];
}

/** A rule of the firewall that lets clients of a KMS host in. */
export interface LabKmsRule {
  enabled: boolean;
  port: number;
  /** Empty: all. */
  profiles: FirewallProfile[];
}

export interface LabKmsHostRole {
  /** Generation of the host key: which clients it may activate. */
  keyGroup: '2012R2' | '2016' | '2019' | '2022' | '2025' | '10';
  activated: boolean;
  listeningPort: number;
  /** Port that is set and taken up when the service starts; absent: the one it listens on. */
  nextPort?: number;
  publishing: boolean;
  /** Lines of `DnsDomainPublishList`; absent when the value does not exist. */
  publishDomains?: string[];
  firewallOpen: boolean;
  /** Profiles in which the rule `SPPSVC-In-TCP` holds; absent: in all. */
  firewallProfiles?: FirewallProfile[];
  /** Port the rule is for; absent: 1688, and the one it listens on. */
  firewallPort?: number;
  /** `KeyManagementServiceLowPriority`; absent: false. */
  lowPriority?: boolean;
  /** Refuses binds for now, as an overloaded RPC server does. */
  busy?: boolean;
  /** Another program holds the listening port, and this is what it answers a bind with. */
  portTakenBy?: 'rpc' | 'http' | 'closed' | 'silent';
  /** Office clients and their own count; absent: the host serves Office and has always met its count. */
  office?: LabOfficeHost;
  activationIntervalMinutes: number;
  renewalIntervalMinutes: number;
  /** CMID → last contact and the machine that made it. */
  contacts: Record<string, { atMs: number; name: string; requiredCount: number }>;
  totals: { total: number; failed: number; byStatus: number[] };
}

/** What a host is to Office clients: `activated` false where it has no Office host key. */
export interface LabOfficeHost {
  activated: boolean;
  contacts: LabKmsHostRole['contacts'];
}

/** A KMS host outside Systems Manager (on-premises), or Amazon's own servers. */
export interface LabForeignHost {
  name: string;
  addresses: string[];
  port: number;
  listening: boolean;
  /** Answers the RPC bind; otherwise another service on that port. */
  speaksKms: boolean;
  /** What answers a bind where it does not speak KMS; `closed` when absent. `busy` is a bind_nak. */
  otherService?: 'rpc' | 'busy' | 'http' | 'closed' | 'silent';
  activated: boolean;
  keyGroup: LabKmsHostRole['keyGroup'];
  count: number;
  /** Seconds its clock is ahead of simulated time; absent: none. */
  clockOffsetSeconds?: number;
}

/** A DNS server that is neither a VPC's resolver nor a domain controller: an appliance, or one in a container. */
export interface LabDnsServer {
  address: string;
  /** VPC whose resolver it forwards to; empty where it forwards nowhere and knows public zones only. */
  vpc: string;
  /** Answers every question with this; absent: answers properly. */
  rcode?: 'SERVFAIL' | 'REFUSED';
}

export interface LabRecordSet {
  /** Lower-case with trailing dot. */
  name: string;
  type: 'A' | 'AAAA' | 'SRV' | 'TXT' | 'NS' | 'SOA' | 'CNAME';
  ttl: number;
  values: string[];
  /** Of a routed set; several of them share name and type, and `weight` says how often each is the answer. */
  setIdentifier?: string;
  weight?: number;
}

/** One change through Route 53 on its way to the name servers: each set it touched, as it was and as it became. */
export interface LabPropagation {
  /** Simulated ms at which the name servers have it. */
  untilMs: number;
  sets: { former?: LabRecordSet; became?: LabRecordSet }[];
}

export interface LabZone {
  /** `Z…` for Route 53 zones, else a name of its own (Active Directory DNS). */
  id: string;
  /** Lower-case without trailing dot. */
  name: string;
  site: string;
  private: boolean;
  /** VPCs it is associated with; of an Active Directory zone those whose resolver forwards to its domain controllers. */
  vpcs: string[];
  hostedBy: 'route53' | 'active-directory';
  recordSets: LabRecordSet[];
  /** The service that made the zone and alone may change it: its principal and the resource it made it for. */
  linkedService?: { principal: string; description: string };
  /** Changes through Route 53 that are not INSYNC yet; absent: none. */
  propagating?: LabPropagation[];
  /** Simulated seconds until a change is INSYNC; absent: drawn anew for each. */
  propagationSeconds?: number;
  /** Simulated seconds for which Route 53 works on a change and takes no other; absent: one. */
  busySeconds?: number;
}

export interface LabVpc {
  id: string;
  site: string;
  cidr: string;
  dhcpDomain: string;
  /** Address of the VPC's resolver. */
  resolver: string;
  /** Whether its machines reach Microsoft; absent: they do. */
  internet?: boolean;
  /** Forwarding rules of Route 53 Resolver that hold in this VPC; they beat every zone, the most specific one wins. */
  resolverRules?: LabResolverRule[];
}

/** A forwarding rule: names below `domain` are asked of these servers instead. */
export interface LabResolverRule {
  /** `rslvr-rr-…` */
  id: string;
  name: string;
  /** Lower-case without trailing dot. */
  domain: string;
  /** Addresses; none of them answering is SERVFAIL. */
  servers: string[];
}

/** A key as Microsoft knows it. All of them are made up. */
export interface LabKey {
  /** Five groups of five characters. */
  key: string;
  kind: 'mak' | 'host';
  /** Windows that a MAK activates, or generation of a host key. */
  group: LabWindows['generation'];
  /** `EditionID`s that a MAK is for. */
  editions: string[] | 'any';
  /** Activations that are left in a MAK's pool; a host key has six hosts, each ten times. */
  left: number;
  /** Microsoft takes it no more. */
  blocked?: boolean;
  /** How often it activated which machine. */
  activated: Record<string, number>;
}

export interface WorldState {
  sites: LabSite[];
  nodes: LabNode[];
  vpcs: LabVpc[];
  zones: LabZone[];
  foreignHosts: LabForeignHost[];
  /**
   * Traffic that a security group, network ACL or firewall between them drops: from VPC, node id or `*` (anywhere) to
   * address:port. Port 53 means DNS over UDP too. Security groups do not filter Amazon's link-local servers.
   * With `cut` the connection is made and then nothing comes back, as behind an inspecting middlebox.
   */
  blocked: { from: string; to: string; port: number; cut?: 'closed' | 'silent' }[];
  /** DNS servers of other kinds. */
  dnsServers?: LabDnsServer[];
  /** Keys that Microsoft knows beside the public ones; absent: none. */
  keys?: LabKey[];
}

/** Machines whose operating system runs documents. */
export interface DocumentRun {
  /** Simulated seconds until the output is there. */
  readonly seconds: number;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The world with its laws. */
export interface World {
  readonly state: WorldState;
  node(id: string): LabNode | undefined;
  /** Throws with the name of a field that is not known. */
  putNode(id: string, body: unknown): LabNode;
  /** Brings the machine's own behaviour (attempts, renewals, expiry) up to simulated now. */
  catchUp(nodeId: string): void;
  /**
   * One activation attempt, as `/ato` or the machine's own schedule makes it. `hresult` is eight upper-case hex digits,
   * `00000000` on success. Throws for a machine that is no Windows, unknown or not running.
   */
  attemptActivation(nodeId: string): { activated: boolean; hresult: string };
  surface(nodeId: string): Surface;
  /** What a program that changes the machine is given, for one run of it. */
  changeSurface(nodeId: string): ChangeSurface;
  /** What documents left on the machine's disk. Lasts as long as the world, and is no part of its state. */
  memory(nodeId: string): NodeMemory;
  /** Answers a DNS question as a machine in this VPC would get it (undefined: every zone of the default site's account). */
  resolve(
    name: string,
    type: string,
    vpc?: string,
  ): {
    answers: { name: string; type: string; ttl: number; value: string }[];
    rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';
  };
}
