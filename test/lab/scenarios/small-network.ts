/** Networks and zones of a small company. */
import type { LabRecordSet, LabVpc, LabZone } from '../world/types.ts';

const VPCS = {
  corp: { id: 'vpc-0a1c0e5d2b7f4a601', prefix: '10.20', dhcpDomain: 'corp.example' },
  lab: { id: 'vpc-0b2d1f6e3c8a5b702', prefix: '10.30', dhcpDomain: 'lab.example' },
} as const;

/** A VPC that hands out its own zone's name. */
export function vpcNamed(name: keyof typeof VPCS): LabVpc {
  const { id, prefix, dhcpDomain } = VPCS[name];
  return { id, site: 'tokyo', cidr: `${prefix}.0.0/16`, dhcpDomain, resolver: `${prefix}.0.2`, resolverRules: [] };
}

/** `_vlmcs._tcp` of a domain. */
export function srvSet(domain: string, ...values: string[]): LabRecordSet {
  return { name: `_vlmcs._tcp.${domain}.`, type: 'SRV', ttl: 300, values };
}

/** An address of a name, without trailing dot. */
export function addressSet(name: string, address: string): LabRecordSet {
  return { name: `${name}.`, type: 'A', ttl: 300, values: [address] };
}

/** A private zone of Route 53. */
export function privateZone(name: string, vpcs: string[], recordSets: LabRecordSet[]): LabZone {
  const id = `Z0${name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .padEnd(18, '7')
    .slice(0, 18)}`;
  return { id, name, site: 'tokyo', private: true, vpcs, hostedBy: 'route53', recordSets };
}

/** The company's zone: its KMS host by name and record. */
export function corporateZone(vpcs: string[], hostName: string, address: string): LabZone {
  const zone = hostName.slice(hostName.indexOf('.') + 1);
  return privateZone(zone, vpcs, [srvSet(zone, `0 0 1688 ${hostName}.`), addressSet(hostName, address)]);
}

/** A zone of Active Directory; members ask its controller. */
export function directoryZone(name: string, controller: string, address: string, ...sets: LabRecordSet[]): LabZone {
  return {
    id: `ad:${name}`,
    name,
    site: 'tokyo',
    private: true,
    vpcs: [],
    hostedBy: 'active-directory',
    recordSets: [addressSet(`${controller}.${name}`, address), ...sets],
  };
}
