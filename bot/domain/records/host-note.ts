/** What earlier looks tell of the KMS host that a value names. */
import type { FleetSummary } from '../fleet/fleet-summary.ts';
import type { HostNote, ZoneAddresses } from './record-plan.ts';
import type { SrvAnswer } from './srv-answer.ts';

/** What is known without asking any machine. */
export interface HostKnowledge {
  /** Absent where no fleet has been looked at. */
  readonly fleet?: FleetSummary;
  /** Names, lower-case, of KMS hosts that publish their record by themselves. */
  readonly publishers: ReadonlySet<string>;
  /** By name, lower-case, what zones hold of it; a name whose zone was not asked, or does not tell, is absent. */
  readonly inZones?: ReadonlyMap<string, ZoneAddresses>;
}

/** Undefined where nothing is known of it. */
export const hostNote = (answer: SrvAnswer, known: HostKnowledge): HostNote | undefined => {
  const inZone = known.inZones?.get(answer.target);
  const note: HostNote = {
    ...reachNote(answer, known),
    ...(known.publishers.has(answer.target) ? { publishes: true } : {}),
    ...(inZone === undefined ? {} : { inZone }),
  };
  return Object.keys(note).length === 0 ? undefined : note;
};

/** What machines saw of it at the latest look; empty where none tried it. */
const reachNote = ({ target, port }: SrvAnswer, { fleet }: HostKnowledge): HostNote => {
  const reach = fleet?.reach.find(({ host }) => host === `${target}:${port}`);
  if (fleet === undefined || reach === undefined) return {};
  const { reached, failed, counted } = reach;
  return { reached, failed, ...(counted === undefined ? {} : { count: counted.count }), atMs: fleet.atMs };
};
