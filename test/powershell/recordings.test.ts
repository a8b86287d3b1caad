import { describe, expect, it } from 'vitest';
import { runModel } from './both-ways.ts';
import { documentScripts, readRecordings, scriptHash } from './recordings.ts';
import { replaySurface } from './surface-table.ts';
import { proofs } from './unproven.ts';

const hashes = Object.fromEntries(Object.entries(documentScripts()).map(([name, text]) => [name, scriptHash(text)]));
const current = readRecordings().filter(({ document, sha256 }) => hashes[document] === sha256);

describe('recordings of real PowerShell', () => {
  it.each(current)('of $document ($powershell) are what the model prints', ({ runs }) => {
    const compared = runs.filter(({ table }) => table.without === undefined);
    expect(compared.length).toBeGreaterThan(100);

    for (const { name, run, table, json, packed, seconds } of compared) {
      const { outcome } = runModel({ name, run, surface: replaySurface(table) });

      expect(outcome, name).toEqual({ json, packed, seconds });
    }
  });

  it('exist for every document, or a reason stands in their place', () => {
    expect(proofs().filter(({ kind }) => kind === 'unaccounted')).toEqual([]);
  });
});
