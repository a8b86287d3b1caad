/** Whether what a person was told about each machine is true of that machine. */
import { checkTexts } from '../../bot/slack/messages/reports.ts';
import { windowsProduct } from '../lab/world/licence-products.ts';
import type { LabNode } from '../lab/world/types.ts';
import { csvRows } from './csv-rows.ts';

/** What the file of a check says of one machine, in English. */
interface Row {
  readonly nodeId: string;
  readonly state: string;
}

/** The answer held against the machines. */
export interface Truth {
  /** Machines meant that have a row, and nothing untrue in it. */
  readonly accounted: number;
  /** Machines without a row, with several, or with an untrue one: id and what is wrong. */
  readonly wrong: readonly string[];
  /** Machines said to be activated. */
  readonly activated: number;
  /** Machines of which nothing is claimed: not asked, no answer, or an answer that does not say. */
  readonly silent: number;
}

const rowsOf = (csv: string): readonly Row[] => {
  const [header = [], ...rows] = csvRows(csv);
  const { nodeId, state } = checkTexts.en.report.csv;
  const [idAt, stateAt] = [header.indexOf(nodeId), header.indexOf(state)];
  return rows.map((row) => ({ nodeId: row[idAt] ?? '', state: row[stateAt] ?? '' }));
};

const { state: words } = checkTexts.en.report;
/** Of a machine that gave no record nothing is claimed. */
const SILENT: readonly string[] = [words.unknown, words.unreadable, words['no-answer'], words['not-asked']];
const LICENSED = 1;

/** By KMS or by other means: both begin with the same word. */
const saysActivated = ({ state }: Row): boolean => state.startsWith(words.activated);

const isLicensed = ({ windows }: LabNode): boolean =>
  windows !== undefined && windowsProduct(windows)?.status === LICENSED;

/** What is untrue about the rows of one machine; undefined when all is well. */
const fault = (node: LabNode, rows: readonly Row[]): string | undefined => {
  const [row, ...more] = rows;
  if (row === undefined) return `${node.id} has no row`;
  if (more.length > 0) return `${node.id} has ${rows.length} rows`;
  if (SILENT.includes(row.state)) return undefined;
  const said = saysActivated(row);
  return said === isLicensed(node) ? undefined : `${node.id} is said to be ${row.state}`;
};

/** Compares the rows of a check's file with the machines it was about, as they are now. */
export const truthOf = (csv: string, meant: readonly LabNode[]): Truth => {
  const rows = rowsOf(csv);
  const byId = new Map<string, Row[]>();
  for (const row of rows) byId.set(row.nodeId, [...(byId.get(row.nodeId) ?? []), row]);
  const wrong = meant.flatMap((node) => fault(node, byId.get(node.id) ?? []) ?? []);
  const known = new Set(meant.map(({ id }) => id));
  const strangers = rows.filter(({ nodeId }) => !known.has(nodeId)).map(({ nodeId }) => `${nodeId} was not meant`);
  return {
    accounted: meant.length - wrong.length,
    wrong: [...wrong, ...strangers],
    activated: rows.filter(saysActivated).length,
    silent: rows.filter(({ state }) => SILENT.includes(state)).length,
  };
};
