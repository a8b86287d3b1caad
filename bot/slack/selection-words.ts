/** A selection of machines in the words of a sentence. */
import type { NodeSelection, NodeSelector } from '../domain/nodes.ts';
import type { Acknowledgements } from './messages/acknowledgement.ts';
import { code, words } from './mrkdwn.ts';

/** More than these are only counted. */
const NAMED = 4;

/** E.g. `machines tagged Env=prod in tokyo`, with every name escaped. */
export function selectionWords({ selectors, site }: NodeSelection, say: Acknowledgements): string {
  const named = selectors.slice(0, NAMED).map((selector) => selectorWords(selector, say));
  const what = say.list(named, selectors.length - named.length);
  return site === undefined ? what : say.site(what, words(site, 20));
}

function selectorWords(selector: NodeSelector, say: Acknowledgements): string {
  switch (selector.kind) {
    case 'all':
      return say.all;
    case 'tag':
      return say.tag(code(`${selector.key}=${selector.value}`, 120));
    case 'id':
      return code(selector.id);
    case 'name':
      return words(selector.name, 60);
  }
}
