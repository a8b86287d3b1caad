/** Keys that people have put into the lab's stores before it starts. Everything of them is made up. */
import type { AwsAccounts } from './aws/account.ts';
import { keyOf } from './world/key-book.ts';
import type { WorldState } from './world/types.ts';

interface StoredAs {
  readonly name: string;
  readonly site: 'tokyo' | 'frankfurt';
  /** The key's last five characters, or a text that is no key. */
  readonly key: string;
  readonly as: 'secret' | 'parameter';
  readonly tags: Readonly<Record<string, string>>;
}

const STORED: readonly StoredAs[] = [
  {
    name: 'contoso-mak-2022',
    site: 'tokyo',
    key: 'MK223',
    as: 'secret',
    tags: { kind: 'mak', group: '2022', edition: 'any' },
  },
  {
    name: 'contoso-mak-2019',
    site: 'tokyo',
    key: 'MK224',
    as: 'parameter',
    tags: { kind: 'mak', group: '2019', edition: 'any' },
  },
  {
    name: 'contoso-mak-10',
    site: 'tokyo',
    key: 'MK227',
    as: 'secret',
    tags: { kind: 'mak', group: '10', edition: 'any' },
  },
  {
    name: 'contoso-mak-2022-dc',
    site: 'tokyo',
    key: 'MK229',
    as: 'secret',
    tags: { kind: 'mak', group: '2022', edition: 'ServerDatacenter' },
  },
  {
    name: 'contoso-mak-empty',
    site: 'tokyo',
    key: 'MK22B',
    as: 'secret',
    tags: { kind: 'mak', group: '2022', edition: 'any' },
  },
  {
    name: 'contoso-mak-blocked',
    site: 'tokyo',
    key: 'MK22C',
    as: 'secret',
    tags: { kind: 'mak', group: '2022', edition: 'any' },
  },
  { name: 'contoso-host-2022', site: 'tokyo', key: 'HK223', as: 'secret', tags: { kind: 'host', group: '2022' } },
  {
    name: 'contoso-host-2025',
    site: 'tokyo',
    key: 'HK222',
    as: 'parameter',
    tags: { kind: 'host', group: '2025', used: '3' },
  },
  { name: 'contoso-host-2019', site: 'tokyo', key: 'HK224', as: 'secret', tags: { kind: 'host', group: '2019' } },
  { name: 'contoso-host-10', site: 'tokyo', key: 'HK227', as: 'secret', tags: { kind: 'host', group: '10' } },
  { name: 'contoso-untagged', site: 'tokyo', key: 'MK226', as: 'secret', tags: {} },
  {
    name: 'contoso-malformed',
    site: 'tokyo',
    key: 'to be filled in',
    as: 'secret',
    tags: { kind: 'mak', group: '2022', edition: 'any' },
  },
  {
    name: 'contoso-mak-2022',
    site: 'frankfurt',
    key: 'MK223',
    as: 'parameter',
    tags: { kind: 'mak', group: '2022', edition: 'any' },
  },
  { name: 'contoso-host-2022', site: 'frankfurt', key: 'HK223', as: 'secret', tags: { kind: 'host', group: '2022' } },
];

/** Puts them into the stores of the sites that this world has, where its key book knows them. */
export const storeKeys = ({ secrets, ssm }: Pick<AwsAccounts, 'secrets' | 'ssm'>, state: WorldState): void => {
  if (state.keys === undefined) return;
  for (const { name, site: siteId, key, as, tags } of STORED) {
    const site = state.sites.find(({ id }) => id === siteId);
    if (site === undefined) continue;
    const { account, region } = site;
    const value = keyOf(state, key)?.key ?? key;
    if (as === 'secret') secrets.putSecret({ account, region, name: `kms-bot/keys/${name}`, value, tags });
    else ssm.putParameter({ account, region, name: `/kms-bot/keys/${name}`, value, type: 'SecureString', tags });
  }
};
