/** Where the lab's secrets are kept, and what is told of one without its value. */
import { type Place, placeKey } from './place.ts';
import type { LabContext } from './types.ts';
import { epochSeconds } from './wire/answers.ts';

/** A secret as a deployment or a person puts it. */
export interface SecretRegistration extends Place {
  readonly name: string;
  readonly value: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Random tail of the ARN; drawn where it does not have to be known beforehand. */
  readonly tail?: string;
}

/** A secret as it stands. */
export interface StoredSecret extends SecretRegistration {
  readonly tags: Readonly<Record<string, string>>;
  readonly arn: string;
  readonly versionId: string;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Every secret of the lab, by place and name; none at first. */
export function createSecretShelf({
  random,
  clock,
}: Pick<LabContext, 'random'> & { readonly clock: Pick<LabContext['clock'], 'now'> }) {
  const stored = new Map<string, StoredSecret>();
  const values = new Set<string>();
  const drawn = (length: number): string =>
    Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join('');
  const keep = (secret: StoredSecret): void => {
    stored.set(`${placeKey(secret)}/${secret.name}`, secret);
    values.add(secret.value);
  };
  const all = (place: Place): readonly StoredSecret[] =>
    [...stored.values()].filter((secret) => placeKey(secret) === placeKey(place));
  return {
    keep,
    all,
    values: (): readonly string[] => [...values],
    find: (place: Place, id: string): StoredSecret | undefined =>
      stored.get(`${placeKey(place)}/${id}`) ?? all(place).find((secret) => isArnOf(id, secret.arn)),
    put: (secret: SecretRegistration): StoredSecret => {
      const before = stored.get(`${placeKey(secret)}/${secret.name}`);
      const now = clock.now();
      const made: StoredSecret = {
        ...secret,
        tags: secret.tags ?? before?.tags ?? {},
        arn: before?.arn ?? `${arnOf(secret, secret.name)}-${secret.tail ?? drawn(6)}`,
        versionId: drawn(36),
        createdAtMs: before?.createdAtMs ?? now,
        changedAtMs: now,
      };
      keep(made);
      return made;
    },
  };
}

/** A complete ARN, or one without its random tail. */
function isArnOf(id: string, arn: string): boolean {
  return id === arn || id === arn.slice(0, -'-XXXXXX'.length);
}

/** What policies name a secret by; of a name alone, without a random tail. */
export function arnOf({ region, account }: Place, id: string): string {
  return id.startsWith('arn:') ? id : `arn:aws:secretsmanager:${region}:${account}:secret:${id}`;
}

/** A secret without its value, as it is described and listed: only what the versions are called differs. */
export function secretEntry(secret: StoredSecret, versions: 'VersionIdsToStages' | 'SecretVersionsToStages'): object {
  return {
    ARN: secret.arn,
    Name: secret.name,
    LastChangedDate: epochSeconds(secret.changedAtMs),
    Tags: Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value })),
    [versions]: { [secret.versionId]: ['AWSCURRENT'] },
    CreatedDate: epochSeconds(secret.createdAtMs),
  };
}
