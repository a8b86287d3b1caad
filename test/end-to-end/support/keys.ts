/** Stored keys, activation by phone and rearms in a small lab, seen from outside. */
import { vi } from 'vitest';
import type { Lab } from '../../lab/lab.ts';
import { keyOf } from '../../lab/world/key-book.ts';
import type { LabKey, LabProduct } from '../../lab/world/types.ts';
import { labForAll, newest, PLAIN, press, scan, type, windowsOf } from './changes.ts';
import { smallWorld } from './small-lab.ts';

/** Beside those of every small lab: machines that fetch with the agent's credentials, and some that no stored key fits. */
const MORE = ['db-01', 'onprem-sql-01', 'eval-01', 'kiosk-01'];

/** A lab with machines that get stored keys. */
export const keyLabForAll = (take: (lab: Lab) => void | Promise<void>): void => {
  // Two changes or three in one test, each with its approval.
  vi.setConfig({ testTimeout: 60_000 });
  labForAll(take, () => ({ state: smallWorld([...PLAIN, ...MORE]) }));
};

/** The machine's Windows product. */
export const productOf = (lab: Lab, name: string): LabProduct => {
  const product = windowsOf(lab, name).products.find(({ app }) => app === 'windows');
  if (product === undefined) throw new Error(`${name} has no key`);
  return product;
};

/** A key of the key book by its last five characters. */
export const keyEnding = (lab: Lab, tail: string): LabKey => {
  const key = keyOf(lab.world.state, tail);
  if (key === undefined) throw new Error(`there is no key that ends in ${tail}`);
  return key;
};

/** Puts a made-up key of the key book into the home site's store, as people do. */
export const store = (lab: Lab, name: string, tail: string, tags: Readonly<Record<string, string>>): void => {
  const [home] = lab.world.state.sites;
  if (home === undefined) throw new Error('there is no site');
  const { account, region } = home;
  lab.aws.secrets.putSecret({ account, region, name: `kms-bot/keys/${name}`, value: keyEnding(lab, tail).key, tags });
};

/** Remembers machines as they are now; the function given puts them back. */
export const keptAsIs = (lab: Lab, ...names: readonly string[]): (() => void) => {
  const before = names.map((name) => [windowsOf(lab, name), structuredClone(windowsOf(lab, name))] as const);
  return () => {
    for (const [windows, was] of before) {
      for (const field of Object.keys(windows)) delete (windows as unknown as Record<string, unknown>)[field];
      Object.assign(windows, structuredClone(was));
    }
  };
};

/** Types a command and has a second person approve it; gives the message of the change. */
export const approved = async (lab: Lab, text: string, by = 'ken'): Promise<string> => {
  await type(lab, 'aiko', text);
  await press(lab, by, 'approve');
  return newest(lab);
};

/** Names of the machines for which an activation of this key was counted, once for each time, sorted. */
export const countedFor = async (lab: Lab, key: string, site = 'tokyo'): Promise<readonly string[]> => {
  const items = (await scan(lab, 'Ledger')).filter(({ pk }) => pk?.S === `KEY#${site}#${key}`);
  const nameOf = (id = '') => lab.world.state.nodes.find((node) => node.id === id)?.name ?? id;
  return items.map(({ nodeId }) => nameOf(nodeId?.S)).sort();
};
