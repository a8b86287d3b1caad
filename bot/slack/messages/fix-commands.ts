/**
 * The commands of the fixes, with the values of a case in them; the same in every language but for the blanks.
 *
 * People paste these into an administrator's prompt, and the values come from machines: whatever is not plainly a
 * name, an address or an id stands as a blank that has to be filled in.
 */
import type { FixValues } from '../../domain/diagnosis/fix-kinds.ts';
import { words } from '../mrkdwn.ts';
import { plainCommands, run, SPP } from './fix-commands-plain.ts';

/** What stands for a value that is not known, without its angle brackets. */
export interface Blanks {
  readonly host: string;
  readonly hostName: string;
  readonly domain: string;
  readonly zone: string;
  readonly zoneId: string;
  readonly vpcId: string;
  readonly region: string;
  readonly server: string;
  readonly instance: string;
  readonly edition: string;
  readonly key: string;
  readonly gateway: string;
  readonly interfaceIndex: string;
  /** A machine as a command names it. */
  readonly machine: string;
  /** The name under which a key is stored. */
  readonly storedKey: string;
}

/** Nothing in it means anything to a command line, and it is no option. */
const PASTABLE = /^[A-Za-z0-9_[][A-Za-z0-9._:[\]-]{0,252}$/;

const ADDRESS = /^\[|^\d+(?:\.\d+){3}$|:/;

/** The value as it may be pasted, or the blank. */
export const pastable = (value: string | undefined, blank: string): string =>
  value !== undefined && PASTABLE.test(value) ? value : `<${blank}>`;

/** A wrong value that is only a port, beside the host it belongs to. */
export const wrongPort = ({ wrong }: FixValues): string | undefined =>
  wrong !== undefined && /^\d{1,5}$/.test(wrong) ? wrong : undefined;

/** Whether the bot can plan the change of a record: its zone is in Route 53, and the host that belongs in it known. */
export const canBePlanned = ({ zoneKind, host, wrong }: FixValues): boolean =>
  zoneKind === 'route53' && host !== undefined && wrong !== undefined;

/** The first of several values joined by commas. */
const first = (list: string | undefined): string | undefined => list?.split(',')[0]?.trim();

/** The port of a case; 1688 unless a valid one is known. */
export const portOf = ({ port }: FixValues): string => (port !== undefined && /^\d{1,5}$/.test(port) ? port : '1688');

/** A 16-bit number; 0 unless a valid one is known. */
const numberOf = (text: string | undefined): string => (text !== undefined && /^\d{1,5}$/.test(text) ? text : '0');

const numbersOf = ({ priority, weight }: FixValues) => ({ priority: numberOf(priority), weight: numberOf(weight) });

/** The first route that is missing; Amazon's first server unless a valid one is known. */
function routeOf({ routes }: FixValues): string {
  const address = first(routes)?.replace(/\/32$/, '') ?? '';
  return /^\d+(?:\.\d+){3}$/.test(address) ? address : '169.254.169.250';
}

/** The name an SRV record may point to: a whole name, never an address, with the dot at its end. */
function srvTarget(host: string | undefined, blank: string): string {
  const name = host?.replace(/\.$/, '');
  const fits = name?.includes('.') && !ADDRESS.test(name) && PASTABLE.test(name);
  return fits ? `${name}.` : `<${blank}>.`;
}

/** Every command the fixes name, each in a code span. */
export function fixCommands(v: FixValues, blanks: Blanks) {
  const host = pastable(v.host, blanks.host);
  const port = portOf(v);
  const domain = pastable(v.domain ?? v.recordIn ?? v.zone, blanks.domain);
  const recordIn = pastable(v.recordIn ?? v.domain ?? v.zone, blanks.domain);
  const zone = pastable(v.zone ?? v.recordIn ?? v.domain, blanks.zone);
  const server = pastable(first(v.servers), blanks.server);
  const target = srvTarget(v.host, blanks.hostName);
  return {
    ...plainCommands,
    ...licenceCommands(v, blanks),
    ...plannedCommands(v, blanks, { port, domain }),
    ...recordCommands({ ...numbersOf(v), domain, port, target }),
    ...recordCommandsThere(recordCommands({ ...numbersOf(v), domain: recordIn, port, target })),
    portPlain: words(port),
    port: run(port),
    /** Only where `host` is the one meant and something else is wrong. */
    point: run(`slmgr /skms ${v.wrong === undefined ? `<${blanks.host}>` : host}:${port}`),
    lookIn: run(`slmgr /skms-domain ${recordIn}`),
    askRecord: run(`Resolve-DnsName -Type SRV _vlmcs._tcp.${domain}`),
    /** Without a domain the machine's own suffixes, as `slmgr` asks them. */
    askOwnRecord: run(
      domain.startsWith('<') ? 'nslookup -type=srv _vlmcs._tcp' : `Resolve-DnsName -Type SRV _vlmcs._tcp.${domain}`,
    ),
    askRecordThere: run(`Resolve-DnsName -Type SRV _vlmcs._tcp.${recordIn}`),
    askZone: run(`Resolve-DnsName -Type SRV _vlmcs._tcp.${zone}`),
    askServer: run(`Resolve-DnsName -Type SRV _vlmcs._tcp.${zone} -Server ${server}`),
    serverAnswers: run(`Resolve-DnsName -Type SOA ${domain} -Server ${server}`),
    serverReached: run(`Test-NetConnection ${server} -Port 53`),
    askAddress: run(`Resolve-DnsName ${host}`),
    reach: run(`Test-NetConnection ${host} -Port ${port}`),
    reachHere: run(`Test-NetConnection localhost -Port ${port}`),
    listener: run(`Get-NetTCPConnection -State Listen -LocalPort ${port} | Select-Object OwningProcess`),
    publishList: run(
      `New-ItemProperty '${SPP.replace('HKLM', 'HKLM:')}' DnsDomainPublishList -PropertyType MultiString -Value '${domain}' -Force`,
    ),
    dnsAdd: run(`/kms dns add ${recordIn} ${host}:${port}`),
    /** The value that is wrong: another host, or the same one at another port. */
    dnsRemove: run(
      `/kms dns remove ${recordIn} ${wrongPort(v) === undefined ? pastable(v.wrong, blanks.host) : `${host}:${wrongPort(v)}`}`,
    ),
    optionFifteen: run(`domain-name = ${recordIn}`),
    associate: run(
      `aws route53 associate-vpc-with-hosted-zone --hosted-zone-id ${pastable(v.zoneId, blanks.zoneId)} --vpc VPCRegion=<${blanks.region}>,VPCId=${pastable(v.vpcId, blanks.vpcId)}`,
    ),
    authorise: run(
      `aws route53 create-vpc-association-authorization --hosted-zone-id ${pastable(v.zoneId, blanks.zoneId)} --vpc VPCRegion=<${blanks.region}>,VPCId=${pastable(v.vpcId, blanks.vpcId)}`,
    ),
    forward: run(`Add-DnsServerConditionalForwarderZone -Name ${zone} -MasterServers <${blanks.server}>`),
    startInstance: run(`aws ec2 start-instances --instance-ids ${pastable(v.hostNode, blanks.instance)}`),
  };
}

const licenceCommands = (v: FixValues, blanks: Blanks) => ({
  installKey: run(`slmgr /ipk <${blanks.key}>`),
  setEdition: run(
    `DISM /online /Set-Edition:${pastable(v.edition?.replace(/Eval$/i, ''), blanks.edition)} /ProductKey:<${blanks.key}> /AcceptEula`,
  ),
  explain: run(`/kms error ${pastable(v.code, 'code')}`),
  addRoute: run(
    `New-NetRoute -DestinationPrefix ${routeOf(v)}/32 -InterfaceIndex <${blanks.interfaceIndex}> -NextHop <${blanks.gateway}>`,
  ),
});

/** Changes that the bot plans and an approver agrees to. */
function plannedCommands(v: FixValues, blanks: Blanks, { port, domain }: Pick<RecordValues, 'port' | 'domain'>) {
  const host = pastable(v.hostNode, blanks.host);
  const machine = `<${blanks.machine}>`;
  const key = `<${blanks.storedKey}>`;
  return {
    setUpHost: run(`/kms host ${host} setup ${key}`),
    openHost: run(`/kms host ${host} firewall on`),
    restartHost: run(`/kms host ${host} restart`),
    moveHost: run(`/kms host ${host} port ${port}`),
    publishHere: run(`/kms host ${host} publish on`),
    unpublishHere: run(`/kms host ${host} publish off`),
    domainsHere: run(`/kms host ${host} domains ${domain}`),
    retireHost: run(`/kms host ${host} retire`),
    activateHost: run(`/kms activate ${host}`),
    phoneHost: run(`/kms phone ${host}`),
    phoneHere: run(`/kms phone ${machine}`),
    storedKeyHere: run(`/kms key ${machine} ${key}`),
    setupKeyHere: run(`/kms key ${machine} gvlk`),
    rearmHere: run(`/kms rearm ${machine} restart`),
  };
}

interface RecordValues {
  readonly domain: string;
  readonly port: string;
  readonly target: string;
  readonly priority: string;
  readonly weight: string;
}

const recordCommands = ({ domain, port, target, priority, weight }: RecordValues) => ({
  recordName: run(`_vlmcs._tcp.${domain}`),
  recordValue: run(`${priority} ${weight} ${port} ${target}`),
  bindLine: run(`_vlmcs._tcp.${domain}. 300 IN SRV ${priority} ${weight} ${port} ${target}`),
  microsoftDns: run(
    `Add-DnsServerResourceRecord -Srv -ZoneName ${domain} -Name _vlmcs._tcp -DomainName ${target} -Priority ${priority} -Weight ${weight} -Port ${port}`,
  ),
  target: run(target),
  priority: run(priority),
  weight: run(weight),
});

/** The same for the domain that has the record already. */
const recordCommandsThere = (there: ReturnType<typeof recordCommands>) => ({
  recordNameThere: there.recordName,
  bindLineThere: there.bindLine,
  microsoftDnsThere: there.microsoftDns,
});

export type FixCommands = ReturnType<typeof fixCommands>;
