/** What earlier looks tell of the KMS host that a value names. */
import type { FleetSummary } from '../fleet/fleet-summary.ts';
import type { HostNote } from './record-plan.ts';
import type { SrvAnswer } from './srv-answer.ts';

/** What is known without asking any machine. */
export interface HostKnowledge {
  /** Absent where no fleet has been looked at. */
  readonly fleet?: FleetSummary;
  /** Names, lower-case, of KMS hosts that publish their record by themselves. */
  readonly publishers: ReadonlySet<string>;
}

/** Undefined where nothing is known of it. */
export const hostNote = ({ target, port }: SrvAnswer, { fleet, publishers }: HostKnowledge): HostNote | undefined => {
  const reach = fleet?.reach.find(({ host }) => host === `${target}:${port}`);
  const publishes = publishers.has(target) ? ({ publishes: true } as const) : {};
  if (fleet === undefined || reach === undefined) return publishers.has(target) ? publishes : undefined;
  const { reached, failed, counted } = reach;
  return {
    reached,
    failed,
    ...(counted === undefined ? {} : { count: counted.count }),
    ...publishes,
    atMs: fleet.atMs,
  };
};
