/** Writes record sets to Route 53, each batch as compare-and-swap. Only the change function is given it. */

import {
  type Change,
  ChangeResourceRecordSetsCommand,
  type ChangeResourceRecordSetsCommandInput,
  GetChangeCommand,
} from '@aws-sdk/client-route-53';
import type { Site } from '../domain/nodes.ts';
import { serviceName } from '../domain/records/dns-name.ts';
import type { RecordChange } from '../domain/records/record-plan.ts';
import { Transient } from '../errors.ts';
import type { RecordWriter, WriteAnswer } from '../ports.ts';
import { batchRefusal } from './batch-refusal.ts';
import type { ClientsOf } from './sites.ts';
import { translated } from './translate-errors.ts';

export interface RecordWriterDeps {
  readonly clientsOf: ClientsOf;
  readonly functionName: string;
}

type WriteRequest = Parameters<RecordWriter['write']>[0];

/** Source: AWS, `ResourceDescription` of the API. */
const LONGEST_COMMENT = 256;

/** What XML cannot carry; an `InvalidInput` for the sake of a comment would end the change. */
const NOT_IN_XML = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/** Cut between characters: half of one is none that XML could carry. */
const commentOf = (text: string): string => {
  let kept = '';
  for (const character of text.replace(NOT_IN_XML, ' ')) {
    if (kept.length + character.length > LONGEST_COMMENT) break;
    kept += character;
  }
  return kept;
};

const changeOf = (name: string, { action, type, set }: RecordChange): Change => ({
  Action: action,
  ResourceRecordSet: {
    Name: name,
    Type: type,
    TTL: set.ttlSeconds,
    ResourceRecords: set.values.map((Value) => ({ Value })),
  },
});

const inputOf = ({ zoneId, domain, changes, comment }: WriteRequest): ChangeResourceRecordSetsCommandInput => ({
  HostedZoneId: zoneId,
  ChangeBatch: {
    Comment: commentOf(comment),
    Changes: changes.map((change) => changeOf(`${serviceName(domain)}.`, change)),
  },
});

/** What the client cannot read of a success is lost: the batch was accepted. */
const isUnreadable = (error: unknown): boolean => {
  if (!(error instanceof Error) || !('$metadata' in error)) return false;
  const { httpStatusCode = 0 } = error.$metadata as { readonly httpStatusCode?: number };
  return httpStatusCode >= 200 && httpStatusCode < 300;
};

const bareId = (id: string): string => id.replace(/^\/change\//, '');

/** Route 53 over the SDK, each site with its own credentials. */
export const route53RecordWriter = ({ clientsOf, functionName }: RecordWriterDeps): RecordWriter => {
  const call = <T>(site: Site, operation: string, send: () => Promise<T>): Promise<T> =>
    translated({ action: `route53:${operation}`, functionName, siteId: site.id }, send);
  return {
    write: async (request): Promise<WriteAnswer> => {
      const { route53 } = await clientsOf(request.site);
      const command = new ChangeResourceRecordSetsCommand(inputOf(request));
      return call(request.site, 'ChangeResourceRecordSets', async () => {
        try {
          const { ChangeInfo } = await route53.send(command);
          if (ChangeInfo?.Id === undefined) throw new Transient('route53', 'an answer that names no change');
          return { kind: 'accepted', routeChangeId: bareId(ChangeInfo.Id) };
        } catch (error) {
          if (isUnreadable(error)) throw new Transient('route53', 'an answer that cannot be read', { cause: error });
          const refusal = batchRefusal(error);
          if (refusal === undefined) throw error;
          return refusal;
        }
      });
    },
    isInSync: async (site, routeChangeId) => {
      const { route53 } = await clientsOf(site);
      const command = new GetChangeCommand({ Id: routeChangeId });
      return call(site, 'GetChange', async () => {
        try {
          return (await route53.send(command)).ChangeInfo?.Status === 'INSYNC';
        } catch (error) {
          // Accepted a moment ago, and not known everywhere yet. Were it gone for good, nobody could say that it is in
          // sync either: whoever asks stops waiting after a while, and says so.
          if (error instanceof Error && error.name === 'NoSuchChange') return false;
          throw error;
        }
      });
    },
  };
};
