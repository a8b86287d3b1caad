/** A stored key, and what a plan is given beside its machines. */
import type { PlanGiven } from '../../../bot/domain/change/plan-node.ts';
import type { KeyProbe, StoredKey } from '../../../bot/domain/keys/stored-key.ts';
import { GIVEN } from './sample-facts.ts';

/** End of the stored key; no public key ends so. */
export const TAIL = 'QQQQ7';

export const storedKeyOf = (changes: Partial<StoredKey> = {}): StoredKey => ({
  name: 'contoso',
  from: { store: 'secrets-manager', name: 'kms-bot/keys/contoso', region: 'ap-northeast-1' },
  kind: 'mak',
  group: 'Windows Server 2022',
  editions: ['serverstandard'],
  usedBefore: 0,
  ...changes,
});

export const HOST_2022 = storedKeyOf({ kind: 'host', editions: 'any' });

const READABLE: KeyProbe = { kind: 'readable', tail: TAIL, via: 'instance' };

/** The sample machine fetched the key of its site and saw its end. */
export const givenKey = (
  key: StoredKey,
  changes: Partial<PlanGiven> = {},
  probe: KeyProbe | undefined = READABLE,
  nodeId = 'i-0123456789abcdef0',
): PlanGiven => ({
  ...GIVEN,
  storedKeys: new Map([['tokyo', { kind: 'found', key }]]),
  ...(probe === undefined ? {} : { probes: new Map([[nodeId, probe]]) }),
  ...changes,
});
