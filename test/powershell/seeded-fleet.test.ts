import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runModel, runPowerShell } from './both-ways.ts';
import { seededCases } from './cases.ts';
import { createPowerShell, findPowerShell, type PowerShell } from './powershell.ts';

const pwsh = findPowerShell();

describe.skipIf(pwsh === undefined)('the seeded fleet in real PowerShell', () => {
  let powershell: PowerShell;
  beforeAll(async () => {
    powershell = await createPowerShell({ pwsh: pwsh ?? '' });
  }, 60_000);
  afterAll(() => powershell.close());

  it.each(seededCases())(
    'answers on $name what the model answers',
    async (one) => {
      const { outcome, table } = runModel(one);

      expect(await runPowerShell(powershell, one, table)).toEqual(outcome);
    },
    60_000,
  );
});
