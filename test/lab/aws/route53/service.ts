/** Route 53 of the simulated account: zones, their record sets, and changes of these. */
import { demand, serviceOf } from '../service.ts';
import type { Authorize, AwsCall, AwsService, LabContext } from '../types.ts';
import { restXmlAnswer } from '../wire/answers.ts';
import { changeRecordSets } from './change-record-sets.ts';
import { createChanges } from './changes.ts';
import { listRecordSets } from './record-sets.ts';
import { getHostedZone, listHostedZones, listHostedZonesByName, listHostedZonesByVpc } from './zone-listings.ts';

/** What Route 53 needs of the lab. */
export interface Route53Options extends LabContext {
  readonly authorize: Authorize;
}

/** Global: whatever the region, the zones are the account's. */
export function createRoute53(options: Route53Options): AwsService {
  const { world, authorize } = options;
  const changes = createChanges(options);
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
    ChangeResourceRecordSets: (call) => changeRecordSets({ world, authorize, changes }, call, idOf(call)),
    GetChange: (call) => {
      const id = idOf(call);
      demand(authorize, call, 'route53:GetChange', `arn:aws:route53:::change/${id}`);
      return restXmlAnswer('route53', 'GetChangeResponse', [changes.view(call.account, id)]);
    },
  });
}

/** The id in `/2013-04-01/hostedzone/{Id}…` or `/2013-04-01/change/{Id}`. */
function idOf(call: AwsCall): string {
  return decodeURIComponent(call.path.split('/')[3] ?? '');
}
