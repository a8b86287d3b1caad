/** `npm run check`: format, lint and import rules, types, documents, bundles with their sizes, synthesis. Runs all, reports all. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Part {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd?: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));

const PARTS: readonly Part[] = [
  { name: 'format, lint, import rules', command: ['npx', 'biome', 'ci', '--error-on-warnings', '.'] },
  { name: 'types', command: ['npx', 'tsc', '-p', '.'] },
  { name: 'documents proven in PowerShell', command: ['npx', 'tsx', 'test/powershell/proven.ts'] },
  { name: 'Slack manifest', command: ['npx', 'tsx', 'test/slack/manifest-check.ts'] },
  { name: 'bundles within their budgets', command: ['npx', 'tsx', 'infra/bin/bundle.ts'] },
  { name: 'synthesis and cdk-nag', command: ['npx', 'cdk', 'synth', '--quiet'], cwd: 'infra' },
];

const run = ({ command: [program, ...args], cwd = '.' }: Part) =>
  new Promise<{ readonly code: number; readonly output: string }>((resolve) => {
    const child = spawn(program, args, { cwd: `${root}/${cwd}`, env: { ...process.env, FORCE_COLOR: '0' } });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      output += String(chunk);
    });
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });

/** Parts whose output is worth reading even when all is well. */
const TELLING = new Set(['documents proven in PowerShell', 'bundles within their budgets']);

const failed: string[] = [];
for (const part of PARTS) {
  const started = performance.now();
  const { code, output } = await run(part);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${part.name} (${seconds} s)`);
  if (code !== 0 || TELLING.has(part.name)) console.log(output.trimEnd().replace(/^/gm, '       '));
  if (code !== 0) failed.push(part.name);
}
if (failed.length > 0) console.log(`\n${failed.length} of ${PARTS.length} failed: ${failed.join('; ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
