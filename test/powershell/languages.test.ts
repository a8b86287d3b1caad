import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspect } from '../lab/world/inspect-model.ts';
import type { WindowsLanguage } from '../lab/world/types.ts';
import { worldUnderTest } from '../lab/world/world-under-test.ts';
import { runModel, runPowerShell } from './both-ways.ts';
import { createPowerShell, findPowerShell, type PowerShell } from './powershell.ts';

const LANGUAGES: readonly WindowsLanguage[] = ['en-US', 'ja-JP', 'de-DE'];
const CLIENT = 'web-01';
const HOST = 'kms-01';

/** The machine in a world whose client and host speak this language, just after the one has asked the other. */
const speaking = (language: WindowsLanguage, name: string) => {
  const lab = worldUnderTest();
  for (const each of [CLIENT, HOST]) lab.machine(each).windows.language = language;
  lab.attempt(CLIENT);
  const { id } = lab.machine(name);
  return { name, surface: lab.world.surface(id), run: { bind: 'all', nodeId: id } as const, culture: language };
};

const languageOf = (json: string): string => JSON.parse(json).os.ui;
const withoutLanguage = (json: string): string => json.replace(/"ui":"[^"]*"/, '"ui":""');

const pwsh = findPowerShell();

describe.skipIf(pwsh === undefined)('a machine in English, Japanese and German, in real PowerShell', () => {
  let powershell: PowerShell;
  beforeAll(async () => {
    powershell = await createPowerShell({ pwsh: pwsh ?? '' });
  }, 60_000);
  afterAll(() => powershell.close());

  it.each([CLIENT, HOST])('gives the same record byte by byte but for its language: %s', async (name) => {
    const records: string[] = [];
    for (const language of LANGUAGES) {
      const one = speaking(language, name);
      records.push((await runPowerShell(powershell, one, runModel(one).table)).json);
    }

    expect(records.map(languageOf)).toEqual(LANGUAGES);
    expect(new Set(records.map(withoutLanguage)).size).toBe(1);
  });
});

describe('a machine of the lab in English, Japanese and German', () => {
  it.each([CLIENT, HOST])('shows Windows’ own texts in its language: %s', (name) => {
    const shown = LANGUAGES.map((language) => {
      const { surface } = speaking(language, name);
      const events = surface.events(name === HOST ? 'Key Management Service' : 'Application', [12288, 12290], 1);
      return JSON.stringify([surface.cim('Win32_NetworkAdapterConfiguration'), events]);
    });

    expect(new Set(shown).size).toBe(LANGUAGES.length);
  });

  it.each([CLIENT, HOST])('has the same record but for its language: %s', (name) => {
    const records = LANGUAGES.map((language) => {
      const { surface, run } = speaking(language, name);
      return inspect(surface, run).record;
    });

    for (const record of records) expect({ ...record, os: null }).toEqual({ ...records[0], os: null });
    if (name === HOST) expect(records[0]?.req?.c).toBeGreaterThan(0);
  });
});
