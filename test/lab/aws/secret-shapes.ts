/** Inputs of Secrets Manager's operations with the constraints of its service model. */
import { z } from 'zod';

const secretId = z.string().min(1).max(2048);
const tags = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }));

/** Input of `GetSecretValue`. */
export const GetSecretValueInput = z.object({
  SecretId: secretId,
  VersionId: z.string().min(32).max(64).optional(),
  VersionStage: z.string().min(1).max(256).optional(),
});

/** Input of `DescribeSecret`. */
export const DescribeSecretInput = z.object({ SecretId: secretId });

/** Input of `TagResource`. */
export const TagResourceInput = z.object({ SecretId: secretId, Tags: tags });

/** Input of `CreateSecret`. The value is sensitive, and has no constraint here that would quote it. */
export const CreateSecretInput = z.object({
  Name: z.string().min(1).max(512),
  SecretString: z.string().optional(),
  Description: z.string().max(2048).optional(),
  ClientRequestToken: z.string().min(32).max(64).optional(),
  Tags: tags.optional(),
});

const filter = z.object({
  Key: z.enum(['description', 'name', 'tag-key', 'tag-value', 'primary-region', 'owning-service', 'all']),
  Values: z.array(z.string().max(512)).min(1).max(10),
});
/** A filter of `ListSecrets`. */
export type SecretFilter = z.infer<typeof filter>;

/** Input of `ListSecrets`. */
export const ListSecretsInput = z.object({
  MaxResults: z.number().int().min(1).max(100).optional(),
  NextToken: z.string().min(1).max(4096).optional(),
  Filters: z.array(filter).max(10).optional(),
  SortOrder: z.enum(['asc', 'desc']).optional(),
});
