/** Part of `npm run check`: says which documents are proven in PowerShell; fails for one that nobody accounts for. */
import { type Proof, proofs } from './unproven.ts';

const sentence = (proof: Proof): string => {
  if (proof.kind === 'proven')
    return `${proof.document}: ${proof.runs} runs recorded in PowerShell ${proof.powershell}`;
  if (proof.kind === 'unproven') return `${proof.document}: NOT proven in PowerShell: ${proof.reason}`;
  return `${proof.document}: its text (${proof.sha256.slice(0, 12)}) has no recording and no reason: npm run record`;
};

const all = proofs();
for (const proof of all) console.log(sentence(proof));
process.exitCode = all.some(({ kind }) => kind === 'unaccounted') ? 1 : 0;
