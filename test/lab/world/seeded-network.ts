/** Sites, networks, zones and hosts outside Systems Manager of the seeded world; its machines are in `seeded-fleet.ts`. */
import type { LabForeignHost, LabRecordSet, LabSite, LabVpc, LabZone, WorldState } from './types.ts';

/** The default site. */
export const TOKYO: LabSite = { id: 'tokyo', account: '111122223333', region: 'ap-northeast-1' };
/** The second account and region. */
export const FRANKFURT: LabSite = { id: 'frankfurt', account: '444455556666', region: 'eu-central-1' };

/** Where a seeded machine stands; `onprem` is a network behind a VPN. */
export type Network = 'corp' | 'lab' | 'edge' | 'onprem' | 'eu' | 'eu-onprem';

/** First two numbers of each network's addresses. */
export const NETWORK_PREFIX: Readonly<Record<Network, string>> = {
  corp: '10.20',
  lab: '10.30',
  edge: '10.40',
  onprem: '192.168',
  eu: '10.50',
  'eu-onprem': '172.20',
};

/** DHCP domains: two VPCs hand out their zone's name, `edge` the region's default, as many real ones do. */
export function seededVpcs(): LabVpc[] {
  return [
    vpc('vpc-0a1c0e5d2b7f4a601', 'tokyo', NETWORK_PREFIX.corp, 'corp.example'),
    // Nothing leads from there to Microsoft.
    { ...vpc('vpc-0b2d1f6e3c8a5b702', 'tokyo', NETWORK_PREFIX.lab, 'lab.example'), internet: false },
    vpc('vpc-0c3e2a7f4d9b6c803', 'tokyo', NETWORK_PREFIX.edge, 'ap-northeast-1.compute.internal'),
    vpc('vpc-0d4f3b8a5e0c7d904', 'frankfurt', NETWORK_PREFIX.eu, 'eu.example'),
  ];
}

function vpc(id: string, site: string, prefix: string, dhcpDomain: string): LabVpc {
  return { id, site, cidr: `${prefix}.0.0/16`, dhcpDomain, resolver: `${prefix}.0.2` };
}

/** The VPC of a network; undefined on premises. */
export function vpcOf(state: Pick<WorldState, 'vpcs'>, network: Network): LabVpc | undefined {
  return state.vpcs.find((known) => known.cidr === `${NETWORK_PREFIX[network]}.0.0/16`);
}

/** Addresses that records and machines share. */
export const ADDRESS = {
  kmsHost: '10.20.1.10',
  kmsLab: '10.30.1.10',
  /** Of the host that was retired: nobody has it any more. */
  retired: '10.20.1.99',
  controller: '10.20.2.10',
  labController: '10.30.2.10',
  /** Carries a host key by accident. */
  accidentalHost: '10.20.12.33',
  notActivated: '192.168.20.30',
  printGateway: '10.30.9.9',
  europe: '172.20.60.10',
  /** Of a domain controller that was switched off: nobody answers there. */
  goneDnsServer: '10.20.9.53',
} as const;

/** Private zones, two zones of Active Directory, a public one; no two names alike. */
export function seededZones(): LabZone[] {
  const [corp = '', lab = '', edge = '', eu = ''] = seededVpcs().map((known) => known.id);
  return [
    zone(
      'Z02471CORP8W3J9XKQ1A',
      'corp.example',
      'tokyo',
      [corp, lab, edge],
      [
        srv('corp.example', '0 0 1688 kms-01.corp.example.', '10 0 1688 kms-old.corp.example.'),
        a('kms-01.corp.example.', ADDRESS.kmsHost),
        a('kms-old.corp.example.', ADDRESS.retired),
        a('kms-new.corp.example.', ADDRESS.notActivated),
        a('app-03.corp.example.', ADDRESS.accidentalHost),
      ],
    ),
    zone(
      'Z05129AWSCQ7T2N4M8HB',
      'aws.corp.example',
      'tokyo',
      [edge],
      [srv('aws.corp.example', '0 0 1688 kms-old.corp.example.')],
    ),
    zone(
      'Z08830LABV6R1P5Y2KDC',
      'lab.example',
      'tokyo',
      [lab],
      [
        srv('lab.example', '0 0 1688 kms-lab.lab.example.'),
        a('kms-lab.lab.example.', ADDRESS.kmsLab),
        a('print-gw.lab.example.', ADDRESS.printGateway),
      ],
    ),
    zone(
      'Z03365STGF9B4X7L2WND',
      'stage.example',
      'tokyo',
      [lab],
      [srv('stage.example', '0 0 1688 kms-stage.stage.example.')],
    ),
    zone('Z09914BRNH3D8Z6C1TQE', 'branch.example', 'tokyo', [edge], [a('www.branch.example.', '10.40.30.80')]),
    directoryZone('ad.corp.example', [
      srv('ad.corp.example', '0 100 1688 kms-01.corp.example.'),
      a('dc-01.ad.corp.example.', ADDRESS.controller),
    ]),
    directoryZone('lab.ad.corp.example', [
      { name: '_vlmcs._tcp.lab.ad.corp.example.', type: 'TXT', ttl: 3600, values: ['"kms-lab.lab.example:1688"'] },
      a('dc-lab-2.lab.ad.corp.example.', ADDRESS.labController),
    ]),
    publicZone('Z06658PUBJ5M2K9R4VXF', 'shop.example', [a('www.shop.example.', '203.0.113.80')]),
    zone(
      'Z07742EURW1N6C3Q8SBG',
      'eu.example',
      'frankfurt',
      [eu],
      [srv('eu.example', '0 0 1688 kms-eu.eu.example.'), a('kms-eu.eu.example.', ADDRESS.europe)],
    ),
  ];
}

function zone(id: string, name: string, site: string, vpcs: string[], sets: LabRecordSet[]): LabZone {
  return { id, name, site, private: true, vpcs, hostedBy: 'route53', recordSets: [...apex(name), ...sets] };
}

function publicZone(id: string, name: string, sets: LabRecordSet[]): LabZone {
  return { ...zone(id, name, 'tokyo', [], sets), private: false };
}

/** `vpcs` is empty: no resolver rule forwards there, members ask their domain controller. */
function directoryZone(name: string, sets: LabRecordSet[]): LabZone {
  const plain = zone(`ad:${name}`, name, 'tokyo', [], sets);
  return { ...plain, hostedBy: 'active-directory' };
}

function apex(name: string): LabRecordSet[] {
  const server = 'ns-1536.awsdns-00.co.uk.';
  const soa = `${server} awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`;
  return [
    { name: `${name}.`, type: 'NS', ttl: 172_800, values: [server] },
    { name: `${name}.`, type: 'SOA', ttl: 900, values: [soa] },
  ];
}

function srv(zoneName: string, ...values: string[]): LabRecordSet {
  return { name: `_vlmcs._tcp.${zoneName}.`, type: 'SRV', ttl: 300, values };
}

function a(name: string, address: string): LabRecordSet {
  return { name, type: 'A', ttl: 300, values: [address] };
}

/** A KMS host on premises in Europe, one that lost its own activation, and a print gateway that took port 1688. */
export function seededForeignHosts(): LabForeignHost[] {
  const host = { port: 1688, listening: true, speaksKms: true, activated: true, keyGroup: '2025', count: 50 } as const;
  return [
    { ...host, name: 'kms-eu.eu.example', addresses: [ADDRESS.europe] },
    { ...host, name: 'kms-new.corp.example', addresses: [ADDRESS.notActivated], activated: false, count: 12 },
    {
      ...host,
      name: 'print-gw.lab.example',
      addresses: [ADDRESS.printGateway],
      speaksKms: false,
      otherService: 'http',
      activated: false,
      count: 0,
    },
  ];
}
