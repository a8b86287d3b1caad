/** Which machines a person meant, and which of those can be asked. */
import { nearestWords } from './nearest.ts';
import type { ManagedNode, NodeSelection, NodeSelector, NotAskable } from './nodes.ts';

/** A tag, e.g. the one that marks the fleet. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** A selection, resolved. */
export interface SelectedNodes {
  readonly asked: readonly ManagedNode[];
  /** Meant, but out of reach, each with the reason. */
  readonly notAskable: readonly { readonly node: ManagedNode; readonly why: NotAskable }[];
  /** Words that meant no machine, as they would be typed, each with the nearest that would. */
  readonly unmatched: readonly { readonly word: string; readonly nearest: readonly string[] }[];
}

/** Suggestions for a word that matched nothing. */
const MOST_SUGGESTIONS = 3;

/**
 * Finds the machines a selection means among those known. Every machine appears once, in the order of `nodes`.
 *
 * Ids and tags match exactly; names in any case, with or without the domain. `all` means the fleet, and a selection
 * that names only a site means that site's fleet. A machine without the fleet's tag may be meant but not asked.
 */
export function selectNodes(selection: NodeSelection, nodes: readonly ManagedNode[], fleetTag: Tag): SelectedNodes {
  const { site } = selection;
  const here = site === undefined ? nodes : nodes.filter((node) => node.siteId === site);
  if (site !== undefined && here.length === 0) return noSuchSite(site, nodes);
  const selectors = selection.selectors.length === 0 ? [ALL] : selection.selectors;
  const index = indexOf(here);
  const found = selectors.map((selector) => ({ selector, nodes: matching(selector, here, index) }));
  const meant = new Set(found.flatMap((each) => each.nodes));
  return {
    ...divided(here.filter((node) => meant.has(node))),
    unmatched: found
      .filter((each) => each.nodes.length === 0)
      .map(({ selector }) => unmatched(selector, here, fleetTag)),
  };
}

const ALL: NodeSelector = { kind: 'all' };

interface NodeIndex {
  readonly byId: ReadonlyMap<string, readonly ManagedNode[]>;
  readonly byName: ReadonlyMap<string, readonly ManagedNode[]>;
}

const indexOf = (nodes: readonly ManagedNode[]): NodeIndex => ({
  byId: groupedBy(nodes, (node) => node.id),
  byName: groupedBy(nodes, (node) => firstLabel(node.name)),
});

function groupedBy(nodes: readonly ManagedNode[], keyOf: (node: ManagedNode) => string): Map<string, ManagedNode[]> {
  const groups = new Map<string, ManagedNode[]>();
  for (const node of nodes) {
    const key = keyOf(node);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [node]);
    else group.push(node);
  }
  return groups;
}

/** A computer name without its domain, in lower case. */
const firstLabel = (name: string): string => name.toLowerCase().replace(/\..*$/, '');

function matching(
  selector: NodeSelector,
  nodes: readonly ManagedNode[],
  { byId, byName }: NodeIndex,
): readonly ManagedNode[] {
  switch (selector.kind) {
    case 'all':
      return nodes.filter((node) => node.inFleet);
    case 'id':
      return byId.get(selector.id) ?? [];
    case 'name':
      return namedNodes(selector.name, byName.get(firstLabel(selector.name)) ?? []);
    case 'tag':
      return nodes.filter((node) => hasTag(node, selector));
  }
}

/** A name with a domain does not mean a machine that is known to be in another one. */
function namedNodes(written: string, candidates: readonly ManagedNode[]): readonly ManagedNode[] {
  const name = written.toLowerCase().replace(/\.$/, '');
  return candidates.filter((node) => {
    const known = node.name.toLowerCase();
    return known === name || !known.includes('.') || !name.includes('.');
  });
}

const hasTag = (node: ManagedNode, { key, value }: Tag): boolean =>
  Object.hasOwn(node.tags, key) && node.tags[key] === value;

function divided(nodes: readonly ManagedNode[]): Pick<SelectedNodes, 'asked' | 'notAskable'> {
  const asked: ManagedNode[] = [];
  const notAskable: { node: ManagedNode; why: NotAskable }[] = [];
  for (const node of nodes) {
    const why = whyNotAskable(node);
    if (why === undefined) asked.push(node);
    else notAskable.push({ node, why });
  }
  return { asked, notAskable };
}

/** Why a machine cannot be asked; undefined when it can. What would stay in the way longest is named first. */
export function whyNotAskable(node: ManagedNode): NotAskable | undefined {
  const { platform, presence } = node;
  if (platform === 'linux' || platform === 'macos') return { kind: 'not-windows', platform };
  if (presence.kind === 'not-running' || presence.kind === 'no-agent') return presence;
  if (!node.inFleet) return { kind: 'untagged' };
  return presence.kind === 'offline' ? presence : undefined;
}

function noSuchSite(site: string, nodes: readonly ManagedNode[]): SelectedNodes {
  const sites = [...new Set(nodes.map((node) => `site:${node.siteId}`))];
  const word = `site:${site}`;
  return { asked: [], notAskable: [], unmatched: [{ word, nearest: nearestWords(word, sites, MOST_SUGGESTIONS) }] };
}

function unmatched(
  selector: NodeSelector,
  nodes: readonly ManagedNode[],
  fleetTag: Tag,
): SelectedNodes['unmatched'][number] {
  const word = wordOf(selector);
  return { word, nearest: nearestWords(word, candidatesFor(selector, nodes, fleetTag), MOST_SUGGESTIONS) };
}

function wordOf(selector: NodeSelector): string {
  switch (selector.kind) {
    case 'all':
      return 'all';
    case 'id':
      return selector.id;
    case 'name':
      return selector.name;
    case 'tag':
      return `tag:${selector.key}=${selector.value}`;
  }
}

function candidatesFor(selector: NodeSelector, nodes: readonly ManagedNode[], fleetTag: Tag): readonly string[] {
  switch (selector.kind) {
    case 'all':
      return [];
    case 'id':
      return nodes.map((node) => node.id);
    case 'name':
      return nodes.map((node) => node.name);
    case 'tag': {
      const tags = nodes.flatMap((node) => Object.entries(node.tags));
      return [...tags, [fleetTag.key, fleetTag.value] as const].map(([key, value]) => `tag:${key}=${value}`);
    }
  }
}
