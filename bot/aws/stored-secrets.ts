/** Stored keys in Secrets Manager: their names and tags. Nothing here could ask for a value. */
import { z } from 'zod';
import { STORED_KEY_PREFIX } from '../domain/keys/stored-key.ts';
import type { Site } from '../domain/nodes.ts';
import type { AwsCall } from './signed-fetch.ts';
import { signedJson } from './signed-json.ts';

/** Tags of something that is kept, by name. */
export type Tags = Readonly<Record<string, string>>;

const SERVICE = { name: 'secretsmanager', target: 'secretsmanager' } as const;

/** What a secret's name may be made of. Source: AWS, `CreateSecret`. */
const NAME = /^[A-Za-z0-9/_+=.@-]{1,400}$/;

const tag = z.object({ Key: z.string(), Value: z.string().default('') });
const Described = z.object({ ARN: z.string(), DeletedDate: z.number().optional(), Tags: z.array(tag).nullish() });
const Listed = z.object({ SecretList: z.array(z.object({ Name: z.string() })).default([]) });

/** Most that one page holds. */
const PAGE = 100;

/** A list of tags, by name. */
export const tagsByName = (
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
): Tags => Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

const isNotFound = (error: unknown): boolean => error instanceof Error && error.name === 'ResourceNotFoundException';

/** Reads of the secrets of one site. */
export const storedSecrets = (call: AwsCall, site: Site, functionName: string) => {
  const ask = signedJson(call, SERVICE, site, functionName);
  return {
    /** One that waits for its deletion is not there: it cannot be read any more. */
    describe: async (name: string): Promise<{ readonly arn: string; readonly tags: Tags } | undefined> => {
      if (!NAME.test(name)) return undefined;
      try {
        const found = await ask('DescribeSecret', { SecretId: STORED_KEY_PREFIX + name }, Described);
        return found.DeletedDate === undefined ? { arn: found.ARN, tags: tagsByName(found.Tags ?? []) } : undefined;
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
    /** Names as people type them; of one page, which is more than anybody is told. */
    names: async (): Promise<readonly string[]> => {
      const filters = [{ Key: 'name', Values: [STORED_KEY_PREFIX] }];
      const { SecretList } = await ask('ListSecrets', { MaxResults: PAGE, Filters: filters }, Listed);
      return SecretList.map(({ Name }) => Name.slice(STORED_KEY_PREFIX.length));
    },
  };
};
