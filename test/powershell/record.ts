/** `npm run record`: runs every case of every document in real PowerShell and keeps what came out. */
import { runModel, runPowerShell } from './both-ways.ts';
import { allCases } from './cases.ts';
import { byPowerShell, runCase } from './change-both-ways.ts';
import { allChangeCases } from './change-cases.ts';
import { documentOf, type RecordedChange, writeChangeRecording } from './change-recordings.ts';
import { createPowerShell, findPowerShell, type PowerShell } from './powershell.ts';
import { documentScripts, type RecordedRun, scriptHash, writeRecording } from './recordings.ts';

const pwsh = findPowerShell();
if (pwsh === undefined) {
  console.error('No PowerShell: put pwsh on the PATH, or name it with PWSH.');
  process.exit(1);
}

const recordInspections = async (powershell: PowerShell): Promise<RecordedRun[]> => {
  const runs: RecordedRun[] = [];
  for (const one of allCases().filter(({ live }) => live !== true)) {
    const { table } = runModel(one);
    const outcome = await runPowerShell(powershell, one, table);
    runs.push({ name: one.name, run: one.run, table, ...outcome });
  }
  return runs;
};

const recordChanges = async (powershell: PowerShell, document: string): Promise<RecordedChange[]> => {
  const runs: RecordedChange[] = [];
  for (const one of allChangeCases().filter((each) => documentOf(each) === document)) {
    const { steps } = await runCase(one, byPowerShell(powershell));
    runs.push({ name: one.name, steps });
  }
  return runs;
};

const powershell = await createPowerShell({ pwsh });
/** Only the documents that are named, or all. */
const wanted = process.argv.slice(2);
for (const [document, script] of Object.entries(documentScripts())) {
  if (wanted.length > 0 && !wanted.includes(document)) continue;
  const head = { document, sha256: scriptHash(script), powershell: powershell.version };
  const isInspection = document === 'KmsBot-Inspect';
  const inspections = isInspection ? await recordInspections(powershell) : [];
  const changes = isInspection ? [] : await recordChanges(powershell, document);
  if (isInspection) writeRecording({ ...head, runs: inspections });
  else writeChangeRecording({ ...head, runs: changes });
  const count = inspections.length + changes.length;
  console.log(`${document}: ${count} runs in PowerShell ${head.powershell}, script ${head.sha256.slice(0, 12)}`);
}
await powershell.close();
