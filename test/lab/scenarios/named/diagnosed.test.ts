import { describe, expect, it } from 'vitest';
import { SCENARIOS } from './all.ts';
import { diagnoseScenario } from './diagnosed.ts';

describe('the diagnosis of a named scenario', () => {
  it.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))('of %s is right', (_, scenario) => {
    expect(diagnoseScenario(scenario).faults).toEqual([]);
  });
});
