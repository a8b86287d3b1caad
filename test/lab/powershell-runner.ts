/** Documents run by real PowerShell instead of the lab's models: `npm start -- --powershell`. */
import { createPowerShell, findPowerShell } from '../powershell/powershell.ts';
import { runOnSurface } from '../powershell/run-on-surface.ts';
import type { RunOnSurface } from './document-runner.ts';

/** Starts PowerShell for a lab. @throws when there is none on this machine. */
export const startPowerShellRunner = async (): Promise<{
  readonly version: string;
  readonly run: RunOnSurface;
  readonly close: () => Promise<void>;
}> => {
  const pwsh = findPowerShell();
  if (pwsh === undefined) throw new Error('There is no pwsh on the path; name one by PWSH');
  const powershell = await createPowerShell({ pwsh });
  return { version: powershell.version, run: runOnSurface(powershell), close: powershell.close };
};
