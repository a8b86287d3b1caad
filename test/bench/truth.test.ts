import { describe, expect, it } from 'vitest';
import { windowsProduct } from '../lab/world/licence-products.ts';
import { seededWorld } from '../lab/world/seeded-world.ts';
import type { LabNode } from '../lab/world/types.ts';
import { truthOf } from './truth.ts';

const HEADER = 'Computer,Node id,Site,Windows,State';
const isWell = (node: LabNode) => node.windows !== undefined && windowsProduct(node.windows)?.status === 1;

const nodes = seededWorld({ seed: 1, nowMs: Date.UTC(2026, 0, 1) }).nodes.filter(
  ({ platform }) => platform === 'windows',
);
const well = nodes.find(isWell) as LabNode;
const ill = nodes.find((node) => !isWell(node)) as LabNode;

const csv = (...rows: readonly (readonly [LabNode, string])[]): string =>
  [HEADER, ...rows.map(([{ id, name, site }, state]) => `${name},${id},${site},,${state}`)]
    .map((line) => `${line}\r\n`)
    .join('');

describe('the truth of an answer', () => {
  it('is that every machine has one row that fits it', () => {
    expect(truthOf(csv([well, 'activated'], [ill, 'not activated']), [well, ill])).toEqual({
      accounted: 2,
      wrong: [],
      activated: 1,
      silent: 0,
    });
  });

  it.each<[string, string, string]>([
    ['a machine without a row', csv([well, 'activated']), 'has no row'],
    ['a machine with two rows', csv([well, 'activated'], [ill, 'in grace'], [ill, 'in grace']), 'has 2 rows'],
    ['a machine wrongly called activated', csv([well, 'activated'], [ill, 'activated']), 'is said to be activated'],
    ['a machine wrongly called ill', csv([well, 'in grace'], [ill, 'in grace']), 'is said to be in grace'],
  ])('knows %s', (_, text, what) => {
    const truth = truthOf(text, [well, ill]);
    expect(truth.accounted).toBe(1);
    expect(truth.wrong).toEqual([expect.stringContaining(what)]);
  });

  it('knows a row of a machine that was not meant', () => {
    const truth = truthOf(csv([well, 'activated'], [ill, 'in grace']), [well]);
    expect(truth).toMatchObject({ accounted: 1, wrong: [`${ill.id} was not meant`] });
  });

  it('claims nothing of a machine that could not be asked', () => {
    expect(truthOf(csv([well, 'not asked']), [well])).toEqual({ accounted: 1, wrong: [], activated: 0, silent: 1 });
  });
});
