/**
 * Measures the diagnosis over generated worlds and prints where it was wrong.
 *
 * `npx tsx test/lab/scenarios/try.ts [--worlds N] [--seed N] [--faults 1|2|3] [--unread 0.1] [--misses N]`, or `--named`
 * for the named scenarios.
 */
import { parseArgs } from 'node:util';
import { type Accuracy, type Miss, measureAccuracy } from './accuracy.ts';
import { SCENARIOS } from './named/all.ts';
import { diagnoseScenario } from './named/diagnosed.ts';

const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    faults: { type: 'string', default: '1' },
    unread: { type: 'string', default: '0' },
    named: { type: 'boolean', default: false },
    misses: { type: 'string', default: '30' },
  },
});

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function printMatrix({ confusion }: Accuracy): void {
  for (const [label, row] of Object.entries(confusion).sort(([a], [b]) => a.localeCompare(b))) {
    const named = Object.entries(row).sort(([, a], [, b]) => b - a);
    process.stdout.write(`  ${label.padEnd(34)} ${named.map(([kind, count]) => `${kind} ${count}`).join(', ')}\n`);
  }
}

function printMiss(miss: Miss): void {
  const lines = [
    `\nseed ${miss.seed}: ${miss.faults.join(' + ')}${miss.unproved ? '  (sure without proof)' : ''}`,
    `  named    ${miss.first} [${miss.confidence}, ${miss.rule}]`,
    `  second   ${miss.second}`,
    `  attempt  ${miss.attempt}`,
    `  after    ${miss.after}`,
    `  odd      ${miss.oddities.join(', ')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function tryNamed(): void {
  const all = SCENARIOS.map((scenario) => ({ scenario, ...diagnoseScenario(scenario) }));
  const wrong = all.filter(({ faults }) => faults.length > 0);
  for (const { scenario, diagnosis, faults } of wrong) {
    const { first } = diagnosis;
    const named =
      first === undefined ? diagnosis.state : `${JSON.stringify(first.cause)} [${first.confidence}, ${first.rule}]`;
    const [second] = diagnosis.runnersUp;
    const lines = [`\n${scenario.id}: ${scenario.title}`, `  wrong    ${faults.join('; ')}`, `  named    ${named}`];
    if (second !== undefined) lines.push(`  second   ${JSON.stringify(second.cause)} [${second.lessLikely}]`);
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  process.stdout.write(`\n${all.length} named scenarios, ${wrong.length} diagnosed wrongly\n`);
}

function tryGenerated(): void {
  const began = performance.now();
  const accuracy = measureAccuracy({
    worlds: Number(values.worlds),
    seed: Number(values.seed),
    faults: Number(values.faults) as 1 | 2 | 3,
    unread: Number(values.unread),
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  for (const miss of accuracy.misses.slice(0, Number(values.misses))) printMiss(miss);
  process.stdout.write('\n');
  printMatrix(accuracy);
  process.stdout.write(
    `\n${accuracy.worlds} worlds in ${seconds} s: first ${percent(accuracy.first)}, among two ${percent(accuracy.amongTwo)}, ` +
      `sure ${percent(accuracy.sure)}, sure without proof ${accuracy.unprovedSure}, misses ${accuracy.misses.length}\n`,
  );
}

if (values.named) tryNamed();
else tryGenerated();
