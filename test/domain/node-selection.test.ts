import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectNodes, whyNotAskable } from '../../bot/domain/node-selection.ts';
import type { ManagedNode, NodeSelector } from '../../bot/domain/nodes.ts';
import { managedNode } from './sample-record.ts';

const FLEET = { key: 'KmsManaged', value: 'true' };

const nodes: readonly ManagedNode[] = [
  managedNode({ id: 'i-1', name: 'WEB-01', tags: { KmsManaged: 'true', Env: 'prod' } }),
  managedNode({ id: 'i-2', name: 'web-02.corp.example', tags: { KmsManaged: 'true', Env: 'Prod' } }),
  managedNode({ id: 'i-3', name: 'web-03', inFleet: false, tags: { Env: 'prod' } }),
  managedNode({ id: 'i-4', name: 'db-01', presence: { kind: 'offline', lastSeenMs: 7 } }),
  managedNode({ id: 'i-5', name: 'lin-01', platform: 'linux' }),
  managedNode({ id: 'i-6', name: 'old-01', presence: { kind: 'not-running', instanceState: 'stopped' } }),
  managedNode({ id: 'mi-7', name: 'WEB-01', siteId: 'frankfurt' }),
];

const select = (selectors: readonly NodeSelector[], site?: string) =>
  selectNodes(site === undefined ? { selectors } : { selectors, site }, nodes, FLEET);

const ids = (selected: readonly ManagedNode[]) => selected.map(({ id }) => id);

describe('selectNodes', () => {
  it.each<[string, NodeSelector, string[]]>([
    ['an id', { kind: 'id', id: 'i-1' }, ['i-1']],
    ['a name in any case, at every site', { kind: 'name', name: 'web-01' }, ['i-1', 'mi-7']],
    ['a name with a domain', { kind: 'name', name: 'web-01.corp.example' }, ['i-1', 'mi-7']],
    ['the first label of a known full name', { kind: 'name', name: 'WEB-02' }, ['i-2']],
    ['a full name', { kind: 'name', name: 'Web-02.corp.example.' }, ['i-2']],
    ['a tag, exactly', { kind: 'tag', key: 'Env', value: 'prod' }, ['i-1']],
    ['everything', { kind: 'all' }, ['i-1', 'i-2', 'mi-7']],
  ])('asks the machines meant by %s', (_what, selector, expected) => {
    expect(ids(select([selector]).asked)).toEqual(expected);
  });

  it('accounts for machines that are meant and cannot be asked', () => {
    const { asked, notAskable, unmatched } = select([{ kind: 'all' }, { kind: 'tag', key: 'Env', value: 'prod' }]);

    expect(asked).toHaveLength(3);
    expect(notAskable.map(({ node, why }) => [node.id, why.kind])).toEqual([
      ['i-3', 'untagged'],
      ['i-4', 'offline'],
      ['i-5', 'not-windows'],
      ['i-6', 'not-running'],
    ]);
    expect(unmatched).toEqual([]);
  });

  it.each<[string, NodeSelector, string, string[]]>([
    ['a name with a slip', { kind: 'name', name: 'wbe-03' }, 'wbe-03', ['web-03', 'WEB-01']],
    [
      'a full name in another domain',
      { kind: 'name', name: 'web-02.other.example' },
      'web-02.other.example',
      ['web-02.corp.example'],
    ],
    ['an id of nobody', { kind: 'id', id: 'i-9' }, 'i-9', ['i-1', 'i-2', 'i-3']],
    [
      'a tag in the wrong case',
      { kind: 'tag', key: 'env', value: 'prod' },
      'tag:env=prod',
      ['tag:Env=Prod', 'tag:Env=prod'],
    ],
    [
      'a tag with a slip',
      { kind: 'tag', key: 'KmsManged', value: 'true' },
      'tag:KmsManged=true',
      ['tag:KmsManaged=true'],
    ],
    ['nothing like it', { kind: 'name', name: 'zzzzzz' }, 'zzzzzz', []],
  ])('suggests what is near %s', (_what, selector, word, nearest) => {
    expect(select([selector]).unmatched).toEqual([{ word, nearest }]);
  });

  it('looks only in the site that is named', () => {
    expect(ids(select([{ kind: 'name', name: 'web-01' }], 'frankfurt').asked)).toEqual(['mi-7']);
    expect(ids(select([], 'frankfurt').asked)).toEqual(['mi-7']);
  });

  it('says when there is no such site', () => {
    expect(select([{ kind: 'all' }], 'tokio').unmatched).toEqual([{ word: 'site:tokio', nearest: ['site:tokyo'] }]);
  });

  it('says when the fleet is empty', () => {
    expect(selectNodes({ selectors: [{ kind: 'all' }] }, [], FLEET)).toEqual({
      asked: [],
      notAskable: [],
      unmatched: [{ word: 'all', nearest: [] }],
    });
  });

  it('has every machine once, however often it was meant', () => {
    const selector = fc.constantFrom<NodeSelector>(
      { kind: 'all' },
      { kind: 'id', id: 'i-4' },
      { kind: 'name', name: 'web-01' },
      { kind: 'tag', key: 'Env', value: 'prod' },
    );
    fc.assert(
      fc.property(fc.array(selector, { minLength: 1 }), (selectors) => {
        const { asked, notAskable } = select(selectors);
        const all = [...ids(asked), ...notAskable.map(({ node }) => node.id)];
        expect(new Set(all).size).toBe(all.length);
        for (const { node, why } of notAskable) expect(whyNotAskable(node)).toEqual(why);
      }),
    );
  });
});
