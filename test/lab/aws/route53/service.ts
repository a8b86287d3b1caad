/** Route 53 of the simulated account: reads of zones and record sets. Changes are not built yet. */
import { refusal } from '../refusal.ts';
import { demand, serviceOf } from '../service.ts';
import type { Authorize, AwsCall, AwsService, LabContext } from '../types.ts';
import { listRecordSets } from './record-sets.ts';
import { getHostedZone, listHostedZones, listHostedZonesByName, listHostedZonesByVpc } from './zone-listings.ts';

/** What Route 53 needs of the lab. */
export interface Route53Options extends LabContext {
  readonly authorize: Authorize;
}

/** Global: whatever the region, the zones are the account's. */
export function createRoute53({ world, authorize }: Route53Options): AwsService {
  const onZone = (call: AwsCall, id: string): void =>
    demand(authorize, call, `route53:${call.operation}`, `arn:aws:route53:::hostedzone/${id}`);
  return serviceOf({
    ListHostedZones: (call) => {
      demand(authorize, call, 'route53:ListHostedZones', '*');
      return listHostedZones(world, call);
    },
    ListHostedZonesByName: (call) => {
      demand(authorize, call, 'route53:ListHostedZonesByName', '*');
      return listHostedZonesByName(world, call);
    },
    ListHostedZonesByVPC: (call) => {
      demand(authorize, call, 'route53:ListHostedZonesByVPC', '*');
      // Route 53 looks the network up with the caller's rights. Source: AWS, service authorization reference.
      demand(authorize, call, 'ec2:DescribeVpcs', '*');
      return listHostedZonesByVpc(world, call);
    },
    GetHostedZone: (call) => {
      const id = idOf(call);
      onZone(call, id);
      return getHostedZone(world, call, id);
    },
    ListResourceRecordSets: (call) => {
      const id = idOf(call);
      onZone(call, id);
      return listRecordSets(world, call, id);
    },
    GetChange: (call) => {
      const id = idOf(call);
      demand(authorize, call, 'route53:GetChange', `arn:aws:route53:::change/${id}`);
      // Nothing has been changed through this service, so no change has an id.
      throw refusal('NoSuchChange', `Could not find resource with ID: ${id}`, 404);
    },
  });
}

/** The id in `/2013-04-01/hostedzone/{Id}…` or `/2013-04-01/change/{Id}`. */
function idOf(call: AwsCall): string {
  return decodeURIComponent(call.path.split('/')[3] ?? '');
}
