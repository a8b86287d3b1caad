/** KMS records of the lab's zones as Route 53 holds them, as its name servers give them, and as a foreign program writes them. */
import {
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import type { Lab } from '../../lab/lab.ts';
import type { LabRecordSet, LabZone } from '../../lab/world/types.ts';

/** The zone of this name. */
export const zoneNamed = (lab: Lab, name: string): LabZone => {
  const zone = lab.world.state.zones.find((known) => known.name === name);
  if (zone === undefined) throw new Error(`There is no zone ${name}`);
  return zone;
};

const nameOf = (domain: string): string => `_vlmcs._tcp.${domain}.`;

const valuesOf = (lab: Lab, zone: string, domain: string, type: 'SRV' | 'TXT'): readonly string[] =>
  zoneNamed(lab, zone).recordSets.find((set) => set.name === nameOf(domain) && set.type === type)?.values ?? [];

/** Values of the SRV set, as Route 53 holds them: what is still pending included. */
export const srvIn = (lab: Lab, zone: string, domain = zone): readonly string[] => valuesOf(lab, zone, domain, 'SRV');

/** Values of the TXT set beside it. */
export const txtIn = (lab: Lab, zone: string, domain = zone): readonly string[] => valuesOf(lab, zone, domain, 'TXT');

/** What a network's resolver gives for the SRV record now. */
export const answered = (lab: Lab, domain: string, vpc?: string): readonly string[] =>
  lab.world.resolve(nameOf(domain), 'SRV', vpc).answers.map(({ value }) => value);

interface Administrator {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Route 53 with an administrator's rights, through the SDK. */
export const administrator = async (lab: Lab): Promise<Route53Client> => {
  const seen = (await fetch(`${lab.url}/lab`).then((answer) => answer.json())) as Administrator;
  const { accessKeyId, secretAccessKey } = seen;
  return new Route53Client({
    region: seen.region,
    endpoint: `${lab.url}/aws`,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
};

/** The SRV set as an administrator reads it. */
export const readSrv = async (client: Route53Client, zoneId: string, domain: string): Promise<ResourceRecordSet> => {
  const page = await client.send(
    new ListResourceRecordSetsCommand({
      HostedZoneId: zoneId,
      StartRecordName: nameOf(domain),
      StartRecordType: 'SRV',
      MaxItems: 1,
    }),
  );
  const [set] = page.ResourceRecordSets ?? [];
  if (set?.Name !== nameOf(domain)) throw new Error(`There is no SRV set in ${domain}`);
  return set;
};

/** A program that is not ours puts a value into the set, by what it has just read. */
export const writeForeign = async (lab: Lab, zone: string, value: string): Promise<void> => {
  const client = await administrator(lab);
  const { id } = zoneNamed(lab, zone);
  const set = await readSrv(client, id, zone);
  const values = [...(set.ResourceRecords ?? []), { Value: value }];
  const changes = [
    { Action: 'DELETE' as const, ResourceRecordSet: set },
    { Action: 'CREATE' as const, ResourceRecordSet: { ...set, ResourceRecords: values } },
  ];
  await client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: id, ChangeBatch: { Changes: changes } }));
};

/** How often the bot asked Route 53 for this, since counting began. */
export const callsOf = (lab: Lab, operation: string): number =>
  lab.wire.read().exchanges.filter((exchange) => exchange.operation === `route53:${operation}`).length;

/** Everything that stands at a domain's name, as Route 53 holds it. */
export type SetsAtName = readonly LabRecordSet[];

export const atName = (lab: Lab, zone: string, domain = zone): SetsAtName =>
  structuredClone(zoneNamed(lab, zone).recordSets.filter(({ name }) => name === nameOf(domain)));

/** Puts sets at a domain's name in place of those that stand there, at once and unasked. */
export const putAtName = (lab: Lab, zone: string, sets: SetsAtName, domain = zone): void => {
  const known = zoneNamed(lab, zone);
  const others = known.recordSets.filter(({ name }) => name !== nameOf(domain));
  known.recordSets = [...others, ...structuredClone(sets)];
};

/** What asks Route 53 to change sets, as the wire has it. */
export const BATCH = 'route53:ChangeResourceRecordSets';

/** Calls that AWS took since the wire was cleared, as their answers say. */
export const takenIn = (lab: Lab, asked: string): number =>
  lab.wire.read().exchanges.filter(({ operation, status }) => operation === asked && status === 200).length;
