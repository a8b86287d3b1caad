/** The handler of an operation dies at every checkpoint, before it is kept or after, and nobody sees a difference. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { type Crossing, crashAtEveryCheckpoint } from './support/crash-matrix.ts';
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

const CROSSINGS: readonly (readonly [string, Crossing])[] = [
  ['a check', { text: 'check all', sent: { '111122223333': 1, '444455556666': 1 }, files: 1, isTimeless: true }],
  ['a look at the records', { text: 'dns', sent: {} }],
  ['a look at one record', { text: 'dns corp.example', sent: {} }],
  ['a diagnosis', { text: 'diagnose erp-01', sent: { '111122223333': 1 } }],
];

describe.each(CROSSINGS)('%s', (_, crossing) => {
  it.each([
    ['before each checkpoint is kept', true],
    ['after each checkpoint was kept', false],
  ])(
    'whose handler dies %s ends the same, each command sent once, message and file posted once',
    async (_, before) => {
      expect(await crashAtEveryCheckpoint(lab, crossing, before)).toBeGreaterThan(20);
    },
    120_000,
  );
});
