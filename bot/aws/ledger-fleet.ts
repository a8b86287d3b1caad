/** What the ledger keeps of a site's fleet as a whole, and of its KMS hosts over time. */
import type { FleetSummary } from '../domain/fleet/fleet-summary.ts';
import type { HostSample } from '../domain/hosts/host-story.ts';
import type { Ledger } from '../ports.ts';
import { bytes, getItem, keyed, type LedgerDeps, lastItem, number, putItem, text } from './ledger-table.ts';
import { pack, unpackPieces } from './pack.ts';

const DAY_MS = 24 * 60 * 60_000;
/** A summary this old says nothing of the fleet any more. */
const SUMMARY_DAYS = 60;
/** Reports look back thirty days and compare with the thirty before. */
const SAMPLE_DAYS = 100;

const sitePartition = (siteId: string): string => `SITE#${siteId}`;
const hostPartition = (siteId: string, host: string): string => `HOST#${siteId}#${host}`;

/** Digits of a time in milliseconds, enough until the year 5138, so that keys sort as times do. */
const DIGITS = 14;
const sampleKey = (atMs: number): string => `SAMPLE#${String(Math.max(0, atMs)).padStart(DIGITS, '0')}`;
const FIRST_SAMPLE = sampleKey(0);

/**
 * Its lists are capped, so that it always fits one item; packed, because names and CMIDs of some hundred machines are
 * much text that repeats.
 */
export const fleetSummaries = (deps: LedgerDeps): Pick<Ledger, 'readFleetSummary' | 'writeFleetSummary'> => ({
  readFleetSummary: async (siteId) => {
    const item = await getItem(deps, sitePartition(siteId), 'FLEET');
    return item?.data?.B === undefined ? undefined : (unpackPieces([item.data.B]) as FleetSummary);
  },
  writeFleetSummary: async (siteId, summary) => {
    const [piece, ...more] = pack(summary);
    if (piece === undefined || more.length > 0) throw new Error('a fleet summary does not fit one item');
    const key = keyed(sitePartition(siteId), 'FLEET', deps.clock() + SUMMARY_DAYS * DAY_MS);
    await putItem(deps, { ...key, atMs: number(summary.atMs), data: bytes(piece) });
  },
});

/** One item a sample, in order of time. */
export const hostSamples = (deps: LedgerDeps): Pick<Ledger, 'readHostSample' | 'writeHostSample'> => ({
  readHostSample: async (siteId, host, beforeMs) => {
    if (beforeMs <= 0) return undefined;
    const item = await lastItem(deps, hostPartition(siteId, host), FIRST_SAMPLE, sampleKey(beforeMs - 1));
    return item?.sample?.S === undefined ? undefined : (JSON.parse(item.sample.S) as HostSample);
  },
  writeHostSample: (siteId, host, sample) =>
    putItem(deps, {
      ...keyed(hostPartition(siteId, host), sampleKey(sample.atMs), deps.clock() + SAMPLE_DAYS * DAY_MS),
      sample: text(JSON.stringify(sample)),
    }),
});
