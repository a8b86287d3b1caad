/** Fixes of names in English: DNS servers, SRV records, suffixes, zones, addresses. */
import type { FixValues } from '../../domain/diagnosis/fix-kinds.ts';
import { type Safe, said, words } from '../mrkdwn.ts';
import { canBePlanned, wrongPort } from './fix-commands.ts';
import { commandsEn, domainEn, hostEn, known, recordInEn, zoneEn } from './fix-values-en.ts';
import type { FixFamilies, FixWordsOf } from './fix-words.ts';

/** Ways to write the record, of which the zone's kind leaves one or both. */
function waysToWrite(v: FixValues): readonly Safe[] {
  const c = commandsEn(v);
  const route53 = said`Route 53: in zone ${zoneEn(v)}${zoneId(v)} create ${c.recordName}, type SRV, TTL 300, value ${c.recordValue}. Where the record set exists, add this as one more line. On the host switch its own publishing off, since Route 53 takes none: ${c.unpublishHere}, or by hand ${c.publishOff}, then ${c.restartService}.`;
  if (v.zoneKind === 'route53') return [route53];
  return v.zoneKind === 'elsewhere' ? waysElsewhere(v) : [route53, ...waysElsewhere(v)];
}

/** Where the zone takes dynamic updates, or may: Microsoft's DNS, BIND, and who of host and person publishes. */
export function waysElsewhere(v: FixValues): readonly Safe[] {
  const c = commandsEn(v);
  return [
    said`Microsoft DNS: DNS Manager → the server → Forward Lookup Zones → ${domainEn(v)} → Other New Records → Service Location (SRV): service \`_VLMCS\`, protocol \`_TCP\`, priority ${c.priority}, weight ${c.weight}, port ${c.port}, host ${c.target}. Or ${c.microsoftDns}`,
    said`BIND: ${c.bindLine}, raise the zone’s serial, reload.`,
    said`Either a person keeps the record, with the host’s publishing off (${c.publishOff}), or the host does (${c.publishOn}): then allow updates from the host’s address or signed ones (TSIG) only, never from anybody; in secure Microsoft zones every further host needs full control of the record. Then ${c.restartService}.`,
  ];
}

const zoneId = (v: FixValues): Safe => (v.zoneId === undefined ? said`` : said` (${known(v.zoneId, said``)})`);

export const nameFixes: FixWordsOf<FixFamilies['names']> = {
  'give-dns-server': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The machine’s owner gives it a DNS server; without one it finds no KMS host.`,
      steps: [
        said`See what it has: ${c.adapters}. An adapter set by hand goes back to DHCP by ${c.resetServers}.`,
        said`In AWS the VPC’s DHCP option set names the servers: AmazonProvidedDNS, or your domain controllers${v.joined === 'yes' ? said`, which a domain member needs` : said``}.`,
        said`An option set cannot be changed: create a new one, associate it with the VPC, then on the machine ${c.renew}.`,
        said`${c.askRecord} lists the KMS hosts.`,
      ],
    };
  },
  'repair-dns-server': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The DNS owner repairs ${known(v.servers, said`the machine’s DNS servers`)}: the machine’s questions get no usable answer.`,
      steps: [
        said`From the machine and from the KMS host: ${c.serverReached} and ${c.serverAnswers}. If only one of them fails, its network is at fault.`,
        said`Open port 53, UDP and TCP, to the server: its security group, network ACLs, its own firewall. The VPC’s own resolver needs no opening.`,
        said`On the server: the DNS service runs, its forwarders answer, and no two servers forward to each other.`,
        said`A server that is gone leaves the DHCP option set: create a new set, associate it, ${c.renew}.`,
        said`${c.flush}, then ${c.askRecord} lists the KMS hosts.`,
      ],
    };
  },
  'create-record': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The DNS owner creates the SRV record that names ${hostEn(v)} in ${domainEn(v)}.`,
      steps: [
        ...waysToWrite(v),
        said`The name in it needs an address record (A or AAAA), not an alias: ${c.askAddress}`,
        said`On the machine: ${c.flush}, ${c.askRecord} shows the host, then ${c.activate}.`,
      ],
    };
  },
  'change-record': (v) => {
    const c = commandsEn(v);
    const port = wrongPort(v);
    const wrong = port === undefined ? known(v.wrong, said`what no longer answers`) : said`port ${words(port)}`;
    const there = known(v.recordIn ?? v.domain ?? v.zone, said`the zone`);
    const right = known(v.host, said`a KMS host that answers`);
    return {
      headline: said`The DNS owner changes the SRV record in ${there} from ${wrong} to ${right}, port ${c.portPlain}.`,
      steps: [
        said`Route 53: in zone ${zoneEn(v)}${zoneId(v)}, record set ${c.recordNameThere}, replace the line that names ${wrong} by ${c.recordValue}; it keeps its priority and weight, and every other line stays as it is.`,
        ...(canBePlanned(v)
          ? [
              said`Or from here, adding first and removing afterwards, so that clients always find a host: ${c.dnsAdd}, then ${c.dnsRemove}.`,
            ]
          : []),
        said`Microsoft DNS: delete that one SRV record, then ${c.microsoftDnsThere}. BIND: ${c.bindLineThere}, raise the serial, reload.`,
        said`If the host publishes by itself, its port comes from there (${c.tcpPort}, then ${c.restartService}); the record of a retired host never goes by itself.`,
        said`Machines that kept the old host ask DNS again once it does not answer; those it was assigned to need ${c.clearHost}.`,
        said`On the machine: ${c.flush}, ${c.askRecordThere} shows the change, then ${c.activate}.`,
      ],
    };
  },
  'publish-in-domain': (v) => {
    const c = commandsEn(v);
    const suffix =
      v.joined === 'yes'
        ? said`Or the machine looks there too: add ${recordInEn(v)} to the suffix search list by group policy (Network → DNS Client).`
        : said`Or the machine looks there too: a new DHCP option set with ${c.optionFifteen} (option 15, one name only; sets cannot be changed), associated with the VPC, then ${c.renew}. In a domain use the suffix search list of group policy.`;
    return {
      headline: said`The DNS owner brings the record to where the machine looks, ${domainEn(v)}: so far it is only in ${recordInEn(v)}.`,
      steps: [
        said`Zone without dynamic updates (Route 53): create ${c.recordName} there, type SRV, value ${c.recordValue}.`,
        said`Zone with them: ${c.domainsHere} with every domain that is to be listed, once an approver agrees; it saves the registry first and waits for event 12294 of each. By hand on the host: ${c.exportSettings}, ${c.publishList} with those already listed included, ${c.restartService}.`,
        suffix,
        said`Or for this machine alone: ${c.lookIn}. From then on it looks in that domain only.`,
        said`${c.flush}, then ${c.askRecord} shows the host; by name and by address it answers: ${c.reach}`,
        said`Drop the host it kept and activate: ${c.clearHost}, ${c.activate}, then ${c.state}: Licensed.`,
      ],
    };
  },
  'clear-lookup-domain': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The machine’s owner clears the lookup domain ${known(v.domain, said`that was set by hand`)}: it has no KMS record, and the machine looks nowhere else.`,
      steps: [
        said`As administrator on the machine: ${c.clearLookup}`,
        said`If the machine’s own suffixes have no record either, point it to the domain that has: ${c.lookIn}`,
        said`If an image or a script sets it, change it there too.`,
        said`${c.askRecordThere} shows a host; then ${c.activate}.`,
      ],
    };
  },
  'associate-zone': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The owner of the AWS account associates the private zone ${zoneEn(v)} with ${known(v.vpcId, said`the machine’s VPC`)}.`,
      steps: [
        said`Route 53 → Hosted zones → ${zoneEn(v)} → Edit → VPCs, or ${c.associate}`,
        said`If zone and VPC belong to different accounts, the zone’s account first runs ${c.authorise}`,
        said`The VPC needs both attributes: enableDnsSupport and enableDnsHostnames.`,
        said`Machines that ask other servers (domain controllers) see the zone only if these forward it to the VPC’s resolver, 169.254.169.253 or the VPC’s base address plus 2.`,
        said`On the machine: ${c.flush}, ${c.askZone} shows the host, then ${c.activate}.`,
      ],
    };
  },
  'repair-forwarding': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The DNS owner lets ${known(v.servers, said`the machine’s DNS servers`)} see the record in ${zoneEn(v)}: the zone has it, the machine’s resolver does not find it.`,
      steps: [
        said`A forwarding rule of Route 53 Resolver for ${known(v.domain, said`the same domain`)} beats the private zone: create the record in the DNS behind the rule, or narrow the rule (Route 53 → Resolver → Rules).`,
        said`On domain controllers: ${c.forward}, the VPC’s base address plus 2. On premises: forward to an inbound endpoint of Resolver.`,
        said`On the machine: no policy for names (${c.nrpt}) and no old answer (${c.flush}) may stand in between.`,
        said`Ask each server: ${c.askServer} shows the host; then ${c.activate}.`,
      ],
    };
  },
  'fix-address': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The DNS owner gives ${hostEn(v)} ${v.wrong === undefined ? said`an address that machines can find` : said`its right address`}${v.address === undefined ? said`` : said`, ${known(v.address, said``)}`}${v.wrong === undefined ? said`` : said`, instead of ${known(v.wrong, said``)}`}.`,
      steps: [
        said`Change its A or AAAA record where it is kept. In a zone with dynamic updates the host does it itself: ${c.register} there.`,
        said`If only this machine is wrong, look into its hosts file, ${c.hostsFile}, and remove the line.`,
        said`A KMS host keeps its name and address best on a fixed private address.`,
        said`On the machine: ${c.flush}, ${c.askAddress} shows the right address, and ${c.reach} says True.`,
      ],
    };
  },
};
