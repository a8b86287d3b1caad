/** What is stored for the small world's machine, and AWS as that machine sees it. */
import { createAuthorize } from '../lab/aws/iam/authorize.ts';
import { createNodeEndpoint, type NodeHttp } from '../lab/aws/node-endpoint.ts';
import { createSecretsManager } from '../lab/aws/secrets-manager.ts';
import { createParameterStore } from '../lab/aws/ssm/parameter-store.ts';
import { nodePolicy } from '../lab/node-policy.ts';
import { seededKeys } from '../lab/world/key-book.ts';
import type { LabSite, WorldState } from '../lab/world/types.ts';
import { confirmations } from './change-confirmations.ts';

/** The end of every ARN here. */
const ENDING = 'Ab12Cd';

/** Of the right form, and known to nobody. */
export const NOBODY_S_KEY = 'BBBBB-BBBBB-BBBBB-BBBBB-BBBBB';

/** Texts by the name under which they are stored, in both stores. */
const stored = (): Record<string, string> => ({
  ...Object.fromEntries(seededKeys().map(({ key }) => [key.slice(-5), key])),
  'with-blanks': `\r\n ${seededKeys()[1]?.key}\t\n`,
  empty: '',
  unknown: NOBODY_S_KEY,
  lower: 'mmmmm-kkkkk-22222-bbbbb-mk223',
  short: 'MMMMM-KKKKK-22222-BBBBB',
  'foreign-letters': 'AAAAA-EEEEE-11111-OOOOO-UUUUU',
  json: '{"key":"MMMMM-KKKKK-22222-BBBBB-MK223"}',
  'two-keys': 'MMMMM-KKKKK-22222-BBBBB-MK223\nMMMMM-KKKKK-22222-BBBBB-MK224',
  hostile: `'"; exit 5; $(Set-Content hurt x) \`n`,
});

/** Where the options say that a key is. */
export const storedIn = (store: 'secrets-manager' | 'parameter-store', name: string, { account, region }: LabSite) => ({
  store,
  name:
    store === 'secrets-manager'
      ? `arn:aws:secretsmanager:${region}:${account}:secret:kms-bot/keys/${name}-${ENDING}`
      : `/kms-bot/keys/${name}`,
  region,
});

/** Both stores, filled; the machine's own requests are answered by them. */
export const nodeHttp = (state: WorldState, now: () => number): NodeHttp => {
  const authorize = createAuthorize(now);
  const [site] = state.sites;
  if (site === undefined) throw new Error('the world has a site');
  const secrets = createSecretsManager({ random: () => 0.5, clock: { now }, authorize });
  const parameters = createParameterStore(now, authorize);
  const { account, region } = site;
  for (const [name, value] of Object.entries(stored())) {
    secrets.putSecret({ account, region, name: `kms-bot/keys/${name}`, value, tail: ENDING });
    parameters.put({ account, region, name: `/kms-bot/keys/${name}`, value, type: 'SecureString' });
  }
  for (const [name, value] of Object.entries(confirmations())) {
    parameters.put({ account, region, name: `/kms-bot/confirmation/${name}`, value, type: 'SecureString' });
  }
  return createNodeEndpoint({
    world: { state },
    clock: { now },
    record: () => {},
    secrets,
    parameters: { getParameter: parameters.read },
    policyOf: () => nodePolicy(site),
  });
};

export const STORED_NAMES: readonly string[] = Object.keys(stored());
export const STORED_TEXTS: readonly string[] = Object.values(stored());
