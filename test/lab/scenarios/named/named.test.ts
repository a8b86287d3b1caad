import { describe, expect, it } from 'vitest';
import { whyNotAskable } from '../../../../bot/domain/node-selection.ts';
import { managedNodeOf } from '../managed-node.ts';
import { attemptAfter, nextAttempt, signatureOf } from '../oracle.ts';
import { SCENARIOS } from './all.ts';

const named = SCENARIOS.map((scenario) => [scenario.id, scenario] as const);
const trying = named.filter(([, { gives }]) => gives !== undefined);
const failing = trying.filter(([, { causes, build }]) => causes(build()).length > 0);

describe('a named scenario', () => {
  it('has a name of its own, and there are at least sixty', () => {
    expect(new Set(named.map(([id]) => id)).size).toBe(SCENARIOS.length);
    expect(SCENARIOS.length).toBeGreaterThanOrEqual(60);
  });

  it.each(trying)('%s gives what Windows gives', (_, { build, gives }) => {
    const { world, nodeId } = build();
    expect(nextAttempt(world, nodeId).hresult).toBe(gives);
  });

  it.each(failing)('%s ends once what is wrong is mended', (_, { build, causes }) => {
    const story = build();
    const after = attemptAfter(story.world, story.nodeId, causes(story));
    expect(after === undefined ? 'nothing to mend' : signatureOf(after)).toBe('activated');
    expect(after?.office ?? true).toBe(true);
  });

  it.each(named.filter(([, { office }]) => office !== undefined))('%s is about Office', (_, { build, office }) => {
    const { world, nodeId } = build();
    expect(nextAttempt(world, nodeId).office).toBe(office === 'well');
  });

  it.each(named.filter(([id]) => id.startsWith('pair-')))(
    '%s fails differently with one mended',
    (_, { build, causes }) => {
      const story = build();
      const now = signatureOf(nextAttempt(story.world.copy(), story.nodeId));
      const after = attemptAfter(story.world, story.nodeId, causes(story).slice(0, 1));
      expect(after === undefined ? 'nothing to mend' : signatureOf(after)).not.toBe(now);
      expect(after?.activated).toBe(false);
    },
  );

  it.each(named.filter(([, { expects }]) => expects[0] === 'not-asked'))('%s cannot be asked', (_, { build }) => {
    const { world, nodeId } = build();
    const node = world.node(nodeId);
    expect(node === undefined ? undefined : whyNotAskable(managedNodeOf(node))).toBeDefined();
  });
});
