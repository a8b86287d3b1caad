/**
 * Reads what the configured zones of every site hold of KMS records: one survey a site, waited for as long as Route 53
 * asks. Zones may hold much, so that it is kept in the ledger and checkpoints carry its length only.
 */
import type { Site } from '../domain/nodes.ts';
import type { ZonesHeld } from '../domain/records/records-input.ts';
import type { OperationFailure, RecordSurvey, SurveyWanted } from '../ports.ts';
import { type Shown, showProgress } from './message.ts';
import type { OperationDeps, Progress, Talk } from './operation-deps.ts';
import { FRESH_PATIENCE, type Patience, setbackAfter } from './site-patience.ts';

/** One site's survey, as it stands; goes through checkpoints. */
export interface SurveyedSite {
  readonly siteId: string;
  /** Pieces in the ledger; 0 where it was not read. */
  readonly pieces: number;
  readonly failure?: OperationFailure;
}

interface Surveying extends SurveyedSite {
  readonly patience: Patience;
  readonly shown: Shown;
}

/** Characters of a piece, a byte each; an item of the ledger holds 400 KB. */
const PIECE = 300_000;
/** Longer than any operation and its replays. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

const keyOf = ({ operationId }: Pick<OperationDeps, 'operationId'>, siteId: string, piece: number): string =>
  `${operationId}/records/${siteId}/${piece}`;

/** Surveys one site after the other; a site that fails is noted and the others go on. */
export const surveyRecords = async (
  deps: OperationDeps,
  talk: Talk,
  sites: readonly Site[],
  wantedAt: (site: Site) => Promise<SurveyWanted>,
  before: Shown,
): Promise<{ readonly surveyed: readonly SurveyedSite[]; readonly shown: Shown }> => {
  let shown = before;
  const surveyed: SurveyedSite[] = [];
  for (const site of sites) {
    const start: Surveying = { siteId: site.id, pieces: 0, patience: FRESH_PATIENCE, shown };
    const last = await deps.workflow.poll<Surveying>(`survey of ${site.id}`, start, (state) =>
      surveyOnce(deps, talk, site, wantedAt, state),
    );
    const { siteId, pieces, failure } = last;
    shown = last.shown;
    surveyed.push({ siteId, pieces, ...(failure === undefined ? {} : { failure }) });
  }
  return { surveyed, shown };
};

const surveyOnce = async (
  deps: OperationDeps,
  talk: Talk,
  site: Site,
  wantedAt: (site: Site) => Promise<SurveyWanted>,
  state: Surveying,
) => {
  try {
    const survey = await deps.recordSets.survey(site, await wantedAt(site));
    return { state: { ...state, pieces: await keepSurvey(deps, site.id, survey) } };
  } catch (error) {
    const setback = setbackAfter(error, site.id, state.patience);
    if (setback.kind === 'given-up') return { state: { ...state, failure: setback.failure } };
    const { seconds, patience } = setback;
    const progress: Progress = {
      phase: patience.slowed > 0 ? 'slowed-down' : 'reading',
      total: 0,
      done: 0,
      ...(patience.slowed > 0 ? { waitingSeconds: seconds } : {}),
    };
    const shown = await showProgress(deps, talk, state.shown, progress);
    return { state: { ...state, shown, patience }, againInSeconds: seconds };
  }
};

/** Can be cut anywhere without cutting a character. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Writing it again replaces it. */
const keepSurvey = async (deps: OperationDeps, siteId: string, survey: RecordSurvey): Promise<number> => {
  const text = asciiJson(survey);
  const pieces = Math.ceil(text.length / PIECE);
  for (let piece = 0; piece < pieces; piece++) {
    const part = text.slice(piece * PIECE, (piece + 1) * PIECE);
    await deps.ledger.remember(keyOf(deps, siteId, piece), part, deps.clock() + KEPT_MS);
  }
  return pieces;
};

/** What a site's survey read; undefined where it did not. */
const readSurvey = async (
  deps: Pick<OperationDeps, 'ledger' | 'operationId'>,
  { siteId, pieces }: SurveyedSite,
): Promise<RecordSurvey | undefined> => {
  if (pieces === 0) return undefined;
  const parts = await Promise.all(
    Array.from({ length: pieces }, (_, piece) => deps.ledger.recall(keyOf(deps, siteId, piece))),
  );
  return parts.includes(undefined) ? undefined : (JSON.parse(parts.join('')) as RecordSurvey);
};

/** What the zones of all sites hold together. */
export const readSurveys = async (
  deps: Pick<OperationDeps, 'ledger' | 'operationId'>,
  surveyed: readonly SurveyedSite[],
): Promise<ZonesHeld> => {
  const read = await Promise.all(surveyed.map((site) => readSurvey(deps, site)));
  const all = read.filter((survey) => survey !== undefined);
  return {
    zones: all.flatMap(({ zones }) => zones),
    others: all.flatMap(({ others }) => others),
    unread: all.flatMap(({ unread }) => unread),
    rules: all.flatMap(({ rules }) => rules),
  };
};
