/** The first line of a report: the worst fact, in numbers. */
import type { CauseGroup, CheckReport, SiteTrouble } from '../../domain/check-report.ts';
import type { CheckTexts } from '../messages/reports.ts';
import { moment, words } from '../mrkdwn.ts';

export interface Headline {
  readonly text: string;
  /** Nothing more needs to be said. */
  readonly allWell: boolean;
}

const when = (atMs: number | undefined): string => (atMs === undefined ? '' : moment(atMs, 'date'));

/** The headline of a finished check. */
export function headline(result: CheckReport, { report }: CheckTexts): Headline {
  const { totals, groups, troubles = [] } = result;
  const say = report.headline;
  const bad = (text: string): Headline => ({ text: `⚠ ${text}`, allWell: false });
  if (totals.machines === 0) return bad(say.nothing);
  if (totals.notActivated > 0)
    return bad(
      say.notActivated(totals.notActivated, totals.machines) + sameCause(groups, isNotActivated, result, report),
    );
  if (totals.inGrace > 0) {
    const first = when(earliest(groups.filter(isInGrace)));
    return bad(say.inGrace(totals.inGrace, totals.machines, first) + sameCause(groups, isInGrace, result, report));
  }
  if (troubles.length > 0) return bad(say.sitesMissing(sitesOf(troubles)));
  if (totals.unknown > 0) return bad(say.unknown(totals.unknown, totals.machines));
  const others = groups
    .filter((group) => group.state === 'not-a-kms-client')
    .reduce((sum, { total }) => sum + total, 0);
  if (others > 0) return bad(say.othersNotActivated(others));
  const strangers = groups
    .filter(({ state, cause }) => state === 'activated' && cause.kind === 'unknown-host')
    .reduce((sum, { total }) => sum + total, 0);
  if (strangers > 0) return bad(say.askStrangers(strangers));
  if (totals.activatedLate > 0) return bad(say.late(totals.activatedLate, when(result.nextExpiryMs)));
  if (totals.notAsked === totals.machines) return bad(say.noneAsked(totals.machines));
  if (totals.notAsked > 0) return bad(say.someNotAsked(totals.activated, totals.notKmsClient, totals.notAsked));
  return allWell(result, report);
}

/** Sites that could not be read: whatever the others say, nobody may call it well. */
const sitesOf = (troubles: readonly SiteTrouble[]): string =>
  [...new Set(troubles.map(({ siteId }) => words(siteId, 20)))].join(', ');

function allWell({ totals, nextRenewalMs }: CheckReport, report: CheckTexts['report']): Headline {
  const say = report.headline;
  const well = (text: string): Headline => ({ text: `✓ ${text}`, allWell: true });
  if (totals.notKmsClient === 0) return well(say.allWell(totals.activated, when(nextRenewalMs)));
  if (totals.activated === 0) return well(say.noneUsesKms(totals.notKmsClient));
  return well(say.allWellBut(totals.activated, totals.notKmsClient));
}

/** Machines that are KMS clients and not activated, grace over. */
export const isNotActivated = ({ state }: CauseGroup): boolean => state === 'notification' || state === 'unlicensed';
const isInGrace = ({ state }: CauseGroup): boolean => state === 'in-grace';

/** Worth saying when it stands for several machines, and not for the only cause there is. */
function sameCause(
  groups: readonly CauseGroup[],
  belongs: (group: CauseGroup) => boolean,
  { totals }: CheckReport,
  report: CheckTexts['report'],
): string {
  const largest = Math.max(0, ...groups.filter(belongs).map(({ total }) => total));
  const all = groups.some(isNotActivated) ? totals.notActivated : totals.inGrace;
  return largest >= 2 && largest < all ? report.headline.sameCause(largest) : '';
}

function earliest(groups: readonly CauseGroup[]): number | undefined {
  const times = groups.flatMap(({ expiresAtMs }) => expiresAtMs ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}
