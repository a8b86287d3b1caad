/** `ChangeResourceRecordSets`: who may, whether the zone takes a change now, and what the batch makes of it. */
import type { LabZone, World } from '../../world/types.ts';
import { AwsRefusal, refusal } from '../refusal.ts';
import { demand } from '../service.ts';
import type { Authorize, AwsAnswer, AwsCall } from '../types.ts';
import { restXmlAnswer } from '../wire/answers.ts';
import { applyBatch, type Change } from './change-batch.ts';
import { readChangeBatch } from './change-xml.ts';
import type { Changes } from './changes.ts';
import { normalizedName } from './names.ts';
import { zoneById } from './zone-listings.ts';

/** What changing record sets needs of Route 53. */
export interface Changing {
  readonly world: World;
  readonly authorize: Authorize;
  readonly changes: Changes;
}

/** Accepts the batch whole, or refuses it whole. */
export function changeRecordSets({ world, authorize, changes }: Changing, call: AwsCall, zoneId: string): AwsAnswer {
  const batch = readChangeBatch(call.body);
  demand(
    authorize,
    call,
    'route53:ChangeResourceRecordSets',
    `arn:aws:route53:::hostedzone/${zoneId}`,
    conditionKeys(batch.changes),
  );
  const zone = zoneById(world, call, zoneId);
  checkKeeper(zone);
  changes.checkFree(zone);
  const applied = applyBatch(zone.name, zone.recordSets, batch);
  if (applied.kind === 'refused') throw refusal('InvalidChangeBatch', `[${applied.messages.join(', ')}]`);
  const info = changes.accept(zone, applied.sets, { account: call.account, comment: batch.comment });
  return restXmlAnswer('route53', 'ChangeResourceRecordSetsResponse', [info]);
}

/** Each of them has as many values as the batch has different ones. Source: AWS, developer guide, "Specifying conditions". */
function conditionKeys(changes: readonly Change[]): Readonly<Record<string, readonly string[]>> {
  const distinct = (values: readonly string[]): string[] => [...new Set(values)];
  return {
    'route53:ChangeResourceRecordSetsNormalizedRecordNames': distinct(
      changes.map(({ set }) => normalizedName(set.name)),
    ),
    'route53:ChangeResourceRecordSetsRecordTypes': distinct(changes.map(({ set }) => set.type)),
    'route53:ChangeResourceRecordSetsActions': distinct(changes.map(({ action }) => action)),
  };
}

/** Source: service-discovery-ecs-dns#44, the answer of a zone of Cloud Map, for callers who have every right. */
function checkKeeper({ id, linkedService }: LabZone): void {
  if (linkedService === undefined) return;
  const { principal, description } = linkedService;
  throw new AwsRefusal(
    'denied',
    `The resource hostedzone/${id} can only be managed through ${principal} (${description})`,
  );
}
