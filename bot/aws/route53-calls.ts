/** Route 53's three reads, one call each, in our words. */
import {
  GetHostedZoneCommand,
  type HostedZone,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import type { Site } from '../domain/nodes.ts';
import { comparable, plainName } from '../domain/records/dns-name.ts';
import { translated } from './translate-errors.ts';

/** A zone of the account. */
export interface Zone {
  readonly id: string;
  /** In comparable form. */
  readonly name: string;
  /** As Route 53 writes it, for positions of its listings. */
  readonly writtenName: string;
  readonly private: boolean;
  /** Another AWS service keeps it, e.g. Cloud Map; nobody puts KMS records there. */
  readonly keptByService: boolean;
}

/** A record set of a zone. */
export interface RecordSet {
  /** Lower-case without trailing dot; in comparable form where it has one. */
  readonly name: string;
  readonly type: string;
  /** Empty for an alias. */
  readonly values: readonly string[];
}

/** Part of a zone's sets in the zone's order. */
export interface SetsPage {
  readonly sets: readonly RecordSet[];
  /** Name of the first set that did not fit. */
  readonly next?: string;
}

export type Route53Calls = ReturnType<typeof route53Calls>;

/** Identifiers come with the kind of thing they are in front. */
const bareId = (id: string | undefined): string => (id ?? '').replace(/^\/hostedzone\//, '');

const nameOf = (given: string): string => {
  const plain = plainName(given);
  return comparable(plain) ?? plain;
};

const zoneOf = ({ Id, Name = '', Config, LinkedService }: HostedZone): Zone => ({
  id: bareId(Id),
  name: nameOf(Name),
  writtenName: Name,
  private: Config?.PrivateZone === true,
  keptByService: LinkedService !== undefined,
});

const setOf = ({ Name = '', Type, ResourceRecords }: ResourceRecordSet): RecordSet => ({
  name: nameOf(Name),
  type: Type ?? '',
  values: (ResourceRecords ?? []).flatMap(({ Value }) => (Value === undefined ? [] : [Value])),
});

/** Calls with a site's credentials. Route 53 is global: what they read is the whole account's. */
export const route53Calls = (client: Route53Client, site: Site, functionName: string) => {
  const call = <T>(operation: string, send: () => Promise<T>): Promise<T> =>
    translated({ action: `route53:${operation}`, functionName, siteId: site.id }, send);
  return {
    /** One page of at most a hundred zones. */
    zones: async (marker: string | undefined): Promise<{ readonly zones: readonly Zone[]; readonly next?: string }> => {
      const command = new ListHostedZonesCommand(marker === undefined ? {} : { Marker: marker });
      const page = await call('ListHostedZones', () => client.send(command));
      const zones = (page.HostedZones ?? []).map(zoneOf);
      return page.IsTruncated && page.NextMarker ? { zones, next: page.NextMarker } : { zones };
    },
    /** Networks a private zone is associated with, those of other accounts included. */
    vpcIds: async (zoneId: string): Promise<readonly string[]> => {
      const command = new GetHostedZoneCommand({ Id: zoneId });
      const { VPCs } = await call('GetHostedZone', () => client.send(command));
      return (VPCs ?? []).flatMap(({ VPCId }) => (VPCId === undefined ? [] : [VPCId]));
    },
    /** One page of sets, from the first whose name is `from` or stands behind it. */
    sets: async (zoneId: string, from: string, most: number): Promise<SetsPage> => {
      const command = new ListResourceRecordSetsCommand({
        HostedZoneId: zoneId,
        StartRecordName: from,
        MaxItems: most,
      });
      const page = await call('ListResourceRecordSets', () => client.send(command));
      const sets = (page.ResourceRecordSets ?? []).map(setOf);
      return page.IsTruncated && page.NextRecordName ? { sets, next: nameOf(page.NextRecordName) } : { sets };
    },
  };
};
