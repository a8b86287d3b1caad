import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeNodes } from '../../bot/domain/merge-nodes.ts';
import type { ManagedNode, Presence } from '../../bot/domain/nodes.ts';
import { managedNode } from './sample-record.ts';

const ID = 'i-1';
const instance = (changes: Partial<ManagedNode> = {}): ManagedNode =>
  managedNode({
    id: ID,
    name: 'name-tag',
    presence: { kind: 'no-agent' },
    vpcId: 'vpc-1',
    tags: { Env: 'prod' },
    ...changes,
  });
const agent = (changes: Partial<ManagedNode> = {}): ManagedNode =>
  managedNode({ id: ID, name: 'WEB-1', presence: { kind: 'online' }, agentVersion: '3.3', tags: {}, ...changes });

describe('mergeNodes', () => {
  it('puts together what EC2 and the agent say of one machine, in either order', () => {
    const merged = [{ ...instance(), ...agent(), tags: { Env: 'prod' } }];

    expect(mergeNodes([instance(), agent()])).toEqual(merged);
    expect(mergeNodes([agent(), instance()])).toEqual(merged);
  });

  it.each<[string, Presence, Presence, Presence]>([
    ['an agent that answers', { kind: 'no-agent' }, { kind: 'online' }, { kind: 'online' }],
    [
      'an agent that went silent',
      { kind: 'no-agent' },
      { kind: 'offline', lastSeenMs: 5 },
      { kind: 'offline', lastSeenMs: 5 },
    ],
    [
      'an instance that is stopped, with its last sign of life',
      { kind: 'not-running', instanceState: 'stopped' },
      { kind: 'offline', lastSeenMs: 5 },
      { kind: 'not-running', instanceState: 'stopped', lastSeenMs: 5 },
    ],
  ])('believes %s', (_, ofInstance, ofAgent, merged) => {
    const [node] = mergeNodes([instance({ presence: ofInstance }), agent({ presence: ofAgent })]);

    expect(node?.presence).toEqual(merged);
  });

  it('keeps the name tag where the agent gave no computer name', () => {
    expect(mergeNodes([instance(), agent({ name: ID })])[0]?.name).toBe('name-tag');
  });

  it('gives every machine once, in the order of first mention', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 })), (numbers) => {
        const nodes = numbers.map((n) => managedNode({ id: `i-${n}` }));

        expect(mergeNodes(nodes).map((node) => node.id)).toEqual([...new Set(nodes.map((node) => node.id))]);
      }),
    );
  });
});
