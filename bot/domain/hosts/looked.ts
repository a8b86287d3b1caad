/** A KMS host that gave a record, with what its clients say of it. */
import type { KnownHost } from '../diagnosis/known-host.ts';
import type { InspectionRecord } from '../inspection-record.ts';
import type { HostClients } from './host-clients.ts';
import type { HostStory } from './host-story.ts';

/** What concerns are found in. */
export interface Looked {
  readonly host: KnownHost;
  readonly record: InspectionRecord;
  readonly clients: HostClients;
  readonly story: Pick<HostStory, 'count' | 'thresholds' | 'port'>;
}
