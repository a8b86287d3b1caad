/** `npm start`: the lab on one port, until interrupted. */
import './quiet.ts';
import { createLab } from './lab.ts';
import { type LabOptions, readOptions } from './options.ts';

const readOrExit = (): LabOptions => {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error('Usage: npm start -- [--port N] [--seed N] [--nodes N] [--language en|ja] [--powershell]');
    return process.exit(2);
  }
};

/** Real PowerShell runs the documents; loaded only where it was asked for. */
const withPowerShell = async () => {
  const { startPowerShellRunner } = await import('./powershell-runner.ts');
  const { version, run, close } = await startPowerShellRunner();
  console.log(`Documents run in PowerShell ${version}`);
  return { runDocument: run, closeDocuments: close };
};

const options = readOrExit();
try {
  const documents = options.powershell === true ? await withPowerShell() : {};
  const lab = await createLab({ ...options, ...documents });
  const end = () => void lab.close().then(() => process.exit(0));
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  console.log(`ready ${lab.url}`);
} catch (error) {
  const code = (error as { code?: string }).code;
  if (code !== 'EADDRINUSE') {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  console.error(`Port ${options.port} is taken: another lab may be running. Try: npm start -- --port 0`);
  process.exit(1);
}
