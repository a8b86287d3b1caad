/** `npm run bench`: each figure beside its baseline and its budget, measured in the same run. */
import '../lab/quiet.ts';
import { matrixLines, measureDiagnoses } from './accuracy.ts';
import { brokenBudgets, linesOf } from './budgets.ts';
import { measureColdAck } from './cold-ack/measure.ts';
import { measureDiagnoseMany } from './diagnose-many/measure.ts';
import { measureLargeFleet } from './large-fleet.ts';
import { type Part, readBenchOptions, USAGE } from './options.ts';
import { type Accuracy, type DiagnoseMany, FLEETS, type LargeFleet, type Results, type SsmCalls } from './results.ts';
import { measureSsmCalls, measureSsmCallsById } from './ssm-calls.ts';
import { table } from './table.ts';

/** Standard output is for the results. */
const tell = (text: string): void => console.error(text);

const optionsOrExit = () => {
  try {
    return readBenchOptions(process.argv.slice(2));
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    tell(USAGE);
    return process.exit(2);
  }
};

const coldAck = async () => {
  tell('Cold process to acknowledgement …');
  return measureColdAck();
};

const NAMED = 100;

const ssmCalls = async (): Promise<Record<string, SsmCalls>> => {
  const calls: Record<string, SsmCalls> = {};
  for (const machines of FLEETS) {
    tell(`Calls to Systems Manager for a check of ${machines} machines by tag …`);
    calls[machines] = await measureSsmCalls(machines);
  }
  const byId = await measureSsmCallsById(NAMED);
  const allowed = 20 + NAMED / 25;
  tell(`  ${NAMED} machines named by id: ${byId} calls, at most ${allowed}`);
  if (byId > allowed) throw new Error(`${byId} calls for ${NAMED} machines named by id, at most ${allowed}`);
  return calls;
};

const fleet10000 = async (): Promise<LargeFleet> => {
  tell('A check of 10000 machines in a throttled account …');
  const { seconds, maxRssMb, accounted, truth, checked } = await measureLargeFleet();
  tell(`  ${truth.activated} said to be activated, and are; of ${truth.silent} nothing is claimed`);
  for (const wrong of truth.wrong.slice(0, 10)) tell(`  wrong: ${wrong}`);
  tell(
    `  ${checked.throttled} calls refused as too many; the message edited ${checked.counts['slack:chat.update']} times`,
  );
  return { seconds, maxRssMb, accounted };
};

const diagnose10000 = async (): Promise<DiagnoseMany> => {
  tell('Diagnosing 10000 records …');
  const { seconds, judgeSeconds, maxRssMb, groups } = await measureDiagnoseMany();
  tell(`  ${groups} different causes`);
  return { seconds, judgeSeconds, maxRssMb };
};

const accuracy = (): Accuracy => {
  tell('Diagnosing generated worlds, mending what is named, trying again …');
  const { confusion, ...figures } = measureDiagnoses();
  tell('What was broken, and what was named how often (one fault, every probe read):');
  for (const line of matrixLines(confusion)) tell(`  ${line}`);
  return figures;
};

const measure = async (parts: readonly Part[]): Promise<Results> => ({
  // First, before anything has warmed or loaded the machine.
  ...(parts.includes('coldAck') ? { coldAck: await coldAck() } : {}),
  ...(parts.includes('ssmCalls') ? { ssmCalls: await ssmCalls() } : {}),
  ...(parts.includes('fleet10000') ? { fleet10000: await fleet10000() } : {}),
  ...(parts.includes('diagnose10000') ? { diagnose10000: await diagnose10000() } : {}),
  ...(parts.includes('accuracy') ? { accuracy: accuracy() } : {}),
});

const { json, parts } = optionsOrExit();
const results = await measure(parts);
const lines = linesOf(results);
console.log(json ? JSON.stringify(results) : table(lines));
const broken = brokenBudgets(lines);
for (const sentence of broken) tell(`Over budget: ${sentence}`);
process.exit(broken.length === 0 ? 0 : 1);
