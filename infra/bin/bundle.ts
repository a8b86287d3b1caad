/** Bundles every function into `dist`, prints the sizes, and fails above the budgets. */
import { bundle, FUNCTIONS, overBudget } from '../bundle.ts';

const kb = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

const broken: string[] = [];
for (const name of FUNCTIONS) {
  const size = await bundle(name);
  console.log(
    `${name.padEnd(8)} ${kb(size.code).padStart(10)} code${size.beside > 0 ? `, ${kb(size.beside)} beside it` : ''}`,
  );
  broken.push(...overBudget(size));
}
for (const sentence of broken) console.error(sentence);
process.exitCode = broken.length === 0 ? 0 : 1;
