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
  /** Another AWS service keeps it, e.g. Cloud Map: its principal. Nobody puts KMS records there. */
  readonly keptBy?: string;
}

/** A zone looked at by itself. */
export interface OpenZone {
  readonly zone: Zone;
  readonly vpcIds: readonly string[];
}

/** A record set of a zone. */
export interface RecordSet {
  /** Lower-case without trailing dot; in comparable form where it has one. */
  readonly name: string;
  readonly type: string;
  /**
   * `routed`: answers are chosen by more than name and type, and several such sets share both; so does what a traffic
   * policy keeps. `alias`: answers are those of another set.
   */
  readonly kind: 'plain' | 'routed' | 'alias';
  /** Absent for an alias. */
  readonly ttlSeconds?: number;
  /** Verbatim; empty for an alias. */
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

const zoneOf = ({ Id, Name = '', Config, LinkedService }: Partial<HostedZone>): Zone => ({
  id: bareId(Id),
  name: nameOf(Name),
  writtenName: Name,
  private: Config?.PrivateZone === true,
  ...(LinkedService === undefined ? {} : { keptBy: LinkedService.ServicePrincipal ?? 'AWS' }),
});

/** A set with a health check is among them: its values are not all that a DELETE would have to repeat. */
const kindOf = ({ SetIdentifier, TrafficPolicyInstanceId, HealthCheckId, AliasTarget }: ResourceRecordSet) => {
  if ([SetIdentifier, TrafficPolicyInstanceId, HealthCheckId].some((each) => each !== undefined)) return 'routed';
  return AliasTarget === undefined ? 'plain' : 'alias';
};

const setOf = (set: ResourceRecordSet): RecordSet => ({
  name: nameOf(set.Name ?? ''),
  type: set.Type ?? '',
  kind: kindOf(set),
  ...(set.TTL === undefined ? {} : { ttlSeconds: set.TTL }),
  values: (set.ResourceRecords ?? []).flatMap(({ Value }) => (Value === undefined ? [] : [Value])),
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
    /** A zone, and the networks that it is associated with where it is private, those of other accounts included. */
    zone: async (zoneId: string): Promise<OpenZone> => {
      const command = new GetHostedZoneCommand({ Id: zoneId });
      const { HostedZone = {}, VPCs = [] } = await call('GetHostedZone', () => client.send(command));
      return { zone: zoneOf(HostedZone), vpcIds: VPCs.flatMap(({ VPCId }) => (VPCId === undefined ? [] : [VPCId])) };
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
