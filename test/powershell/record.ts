/** `npm run record`: runs every case of every document in real PowerShell and keeps what came out. */
import { runModel, runPowerShell } from './both-ways.ts';
import { allCases } from './cases.ts';
import { createPowerShell, findPowerShell } from './powershell.ts';
import { documentScripts, type RecordedRun, scriptHash, writeRecording } from './recordings.ts';

const pwsh = findPowerShell();
if (pwsh === undefined) {
  console.error('No PowerShell: put pwsh on the PATH, or name it with PWSH.');
  process.exit(1);
}

const powershell = await createPowerShell({ pwsh });
const runs: RecordedRun[] = [];
for (const one of allCases().filter(({ live }) => live !== true)) {
  const { table } = runModel(one);
  const outcome = await runPowerShell(powershell, one, table);
  runs.push({ name: one.name, run: one.run, table, ...outcome });
}
await powershell.close();

const document = 'KmsBot-Inspect';
const sha256 = scriptHash(documentScripts()[document] ?? '');
writeRecording({ document, sha256, powershell: powershell.version, runs });
console.log(`${document}: ${runs.length} runs in PowerShell ${powershell.version}, script ${sha256.slice(0, 12)}`);
