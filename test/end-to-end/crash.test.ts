/** The handler of a check dies at every checkpoint, before it is kept or after, and nobody sees a difference. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { crashAtEveryCheckpoint } from './support/crash-matrix.ts';
import { muted } from './support/muted.ts';
import { startSmallLab } from './support/small-lab.ts';

let lab: Lab;

beforeAll(async () => {
  muted();
  lab = await startSmallLab();
});

afterAll(async () => {
  vi.restoreAllMocks();
  await lab.close();
});

it.each([
  ['before each checkpoint is kept', true],
  ['after each checkpoint was kept', false],
])(
  'a check whose handler dies %s ends the same, each command sent once, message and file posted once',
  async (_, before) => {
    expect(await crashAtEveryCheckpoint(lab, before)).toBeGreaterThan(20);
  },
  120_000,
);
