/** The budgets, and what a run breaks of them. */
import {
  type Accuracy,
  type ColdAck,
  type DiagnoseMany,
  LARGE_FLEET,
  type LargeFleet,
  type Results,
} from './results.ts';

/** Cold process to acknowledgement: at most so many times as long. */
const COLD_ACK_TO_BARE = 1.5;
const COLD_ACK_TO_BOLT = 0.45;
/** A quarter of an hour, simulated. */
const FLEET_SECONDS = 900;
const FLEET_RSS_MB = 512;
/** Ten thousand records diagnosed and grouped. */
const DIAGNOSE_SECONDS = 2;
const DIAGNOSE_RSS_MB = 300;
/** Shares of worlds. */
const RIGHT_OF_ONE = 0.95;
const RIGHT_OF_TWO = 0.85;
const RIGHT_UNREAD = 0.85;

/** Calls to Systems Manager that a check of so many machines by tag may take. */
export const callsAllowed = (machines: number): number => 20 + machines / 50;

/** A figure beside what it may be at most. */
export interface Line {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What it is compared with, in words. */
  readonly beside: string;
  /** Absent where the figure is only for comparison. */
  readonly limit?: { readonly kind: 'at most' | 'at least'; readonly value: number };
}

const coldAckLines = ({ bare, ours, bolt }: ColdAck): Line[] => [
  {
    what: 'cold ack, ours',
    value: ours / bare,
    unit: '×',
    beside: `bare handler ${bare.toFixed(0)} ms, ours ${ours.toFixed(0)} ms`,
    limit: { kind: 'at most', value: COLD_ACK_TO_BARE },
  },
  {
    what: 'cold ack, ours',
    value: ours / bolt,
    unit: '×',
    beside: `Bolt unbundled ${bolt.toFixed(0)} ms, ours ${ours.toFixed(0)} ms`,
    limit: { kind: 'at most', value: COLD_ACK_TO_BOLT },
  },
];

const fleetLines = ({ seconds, maxRssMb, accounted }: LargeFleet): Line[] => [
  {
    what: `check of ${LARGE_FLEET}, throttled`,
    value: seconds,
    unit: 's',
    beside: 'simulated, command to final message',
    limit: { kind: 'at most', value: FLEET_SECONDS },
  },
  {
    what: `check of ${LARGE_FLEET}, memory`,
    value: maxRssMb,
    unit: 'MB',
    beside: "most resident in the handler's process",
    limit: { kind: 'at most', value: FLEET_RSS_MB },
  },
  {
    what: `check of ${LARGE_FLEET}, accounted`,
    value: accounted,
    unit: '',
    beside: 'rows compared with the machines themselves',
    limit: { kind: 'at least', value: LARGE_FLEET },
  },
];

const diagnoseLines = ({ seconds, maxRssMb, judgeSeconds }: DiagnoseMany): Line[] => [
  {
    what: `diagnosis of ${LARGE_FLEET}`,
    value: seconds,
    unit: 's',
    beside: `read and grouped; a check's verdicts alone: ${judgeSeconds.toFixed(2)} s`,
    limit: { kind: 'at most', value: DIAGNOSE_SECONDS },
  },
  {
    what: `diagnosis of ${LARGE_FLEET}, memory`,
    value: maxRssMb,
    unit: 'MB',
    beside: 'most resident in the diagnosing process',
    limit: { kind: 'at most', value: DIAGNOSE_RSS_MB },
  },
];

const share = (what: string, value: number, least: number, beside: string): Line => ({
  what,
  value: value * 100,
  unit: '%',
  beside,
  limit: { kind: 'at least', value: least * 100 },
});

const accuracyLines = ({ worlds, one, two, unread, falselySure, byCode }: Accuracy): Line[] => [
  share(
    'right first cause, one fault',
    one,
    RIGHT_OF_ONE,
    `${worlds} worlds; by the result code alone: ${percent(byCode)}`,
  ),
  share('right among two, two faults', two, RIGHT_OF_TWO, `${worlds} worlds`),
  share('right first cause, one probe in ten unread', unread, RIGHT_UNREAD, `${worlds} worlds`),
  {
    what: 'sure without proof',
    value: falselySure,
    unit: '',
    beside: 'named as sure, and wrong or its probe unread, in all of these',
    limit: { kind: 'at most', value: 0 },
  },
];

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

/** Every figure of a run, in the order in which it is told. */
export const linesOf = ({ coldAck, ssmCalls = {}, fleet10000, diagnose10000, accuracy }: Results): readonly Line[] => [
  ...(coldAck === undefined ? [] : coldAckLines(coldAck)),
  ...Object.entries(ssmCalls).map(
    ([machines, { ours, naive }]): Line => ({
      what: `SSM calls, check of ${machines}`,
      value: ours,
      unit: '',
      beside: `one call a machine: ${naive} (${(naive / ours).toFixed(1)} × as many)`,
      limit: { kind: 'at most', value: callsAllowed(Number(machines)) },
    }),
  ),
  ...(fleet10000 === undefined ? [] : fleetLines(fleet10000)),
  ...(diagnose10000 === undefined ? [] : diagnoseLines(diagnose10000)),
  ...(accuracy === undefined ? [] : accuracyLines(accuracy)),
];

/** Whether a figure keeps its budget; what is not a number keeps none. */
export const isKept = ({ value, limit }: Line): boolean =>
  limit === undefined || (limit.kind === 'at most' ? value <= limit.value : value >= limit.value);

/** A sentence for each budget that is broken. */
export const brokenBudgets = (lines: readonly Line[]): readonly string[] =>
  lines
    .filter((line) => !isKept(line))
    .map(({ what, value, unit, beside, limit }) =>
      `${what}: ${figure(value, unit)}, ${limit?.kind} ${limit?.value} ${unit}`.trimEnd().concat(` (${beside})`),
    );

/** Decimals that tell a figure from its budget; none for what is counted or large. */
const decimalsOf = (value: number, unit: string): number => {
  if (unit === '×') return 3;
  if (unit === '%') return 1;
  return unit === 's' && value < 10 ? 2 : 0;
};

/** A figure with its unit. */
export const figure = (value: number, unit: string): string =>
  `${value.toFixed(decimalsOf(value, unit))}${unit === '' ? '' : ` ${unit}`}`;
