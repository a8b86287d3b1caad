/** KMS hosts that a machine finds by DNS, as its own probes saw them. */
import type { InspectionRecord, KmsTarget } from '../inspection-record.ts';

/** Whether a probe reached it; a bind that was not tried says nothing. */
export const answers = ({ tcp, bind }: KmsTarget): boolean => tcp === 'ok' && (bind === undefined || bind === 'ok');

/** Whether DNS gives the machine a host that answers. */
export const findsHost = ({ targets }: Pick<InspectionRecord, 'targets'>): boolean =>
  targets.read && targets.value.some((target) => target.origins.includes('srv') && answers(target));
