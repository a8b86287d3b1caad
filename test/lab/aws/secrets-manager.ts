/** Secrets Manager: `GetSecretValue` of secrets that the lab's deployment put there. */
import { z } from 'zod';
import { type Place, placeKey } from './place.ts';
import { refusal } from './refusal.ts';
import { demand, serviceOf } from './service.ts';
import type { Authorize, AwsAnswer, AwsCall, AwsService, LabContext } from './types.ts';
import { epochSeconds, jsonAnswer } from './wire/answers.ts';
import { readInput } from './wire/constraints.ts';

/** A secret as a deployment puts it. */
export interface SecretRegistration extends Place {
  readonly name: string;
  readonly value: string;
  /** Random tail of the ARN; drawn where it does not have to be known beforehand. */
  readonly tail?: string;
}

/** Secrets of every account and region of the lab. */
export interface SecretsManager {
  readonly service: AwsService;
  /** Creates a secret or replaces its value; returns its ARN, which keeps its random tail. */
  putSecret(secret: SecretRegistration): { readonly arn: string };
}

/** What Secrets Manager needs of the lab. */
export interface SecretsManagerOptions extends LabContext {
  readonly authorize: Authorize;
}

interface StoredSecret extends SecretRegistration {
  readonly arn: string;
  readonly versionId: string;
  readonly createdAtMs: number;
}

const GetSecretValueInput = z.object({
  SecretId: z.string().min(1).max(2048),
  VersionId: z.string().min(32).max(64).optional(),
  VersionStage: z.string().min(1).max(256).optional(),
});

const NOT_FOUND = "Secrets Manager can't find the specified secret.";
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Empty at first. */
export function createSecretsManager(options: SecretsManagerOptions): SecretsManager {
  const stored = new Map<string, StoredSecret>();
  const random = (length: number): string =>
    Array.from({ length }, () => ALPHABET[Math.floor(options.random() * ALPHABET.length)]).join('');
  const putSecret = (secret: SecretRegistration): { readonly arn: string } => {
    const key = `${placeKey(secret)}/${secret.name}`;
    const prefix = `arn:aws:secretsmanager:${secret.region}:${secret.account}:secret:`;
    const arn = stored.get(key)?.arn ?? `${prefix}${secret.name}-${secret.tail ?? random(6)}`;
    stored.set(key, { ...secret, arn, versionId: random(36), createdAtMs: options.clock.now() });
    return { arn };
  };
  const find = (call: AwsCall, id: string): StoredSecret | undefined =>
    stored.get(`${placeKey(call)}/${id}`) ??
    [...stored.values()].find((secret) => placeKey(secret) === placeKey(call) && isArnOf(id, secret.arn));
  const getSecretValue = (call: AwsCall): AwsAnswer => {
    const input = readInput(call, GetSecretValueInput);
    const secret = find(call, input.SecretId);
    demand(options.authorize, call, 'secretsmanager:GetSecretValue', secret?.arn ?? arnOf(call, input.SecretId));
    const isOther = input.VersionId !== undefined && input.VersionId !== secret?.versionId;
    if (secret === undefined || isOther || (input.VersionStage ?? 'AWSCURRENT') !== 'AWSCURRENT') {
      throw refusal('ResourceNotFoundException', NOT_FOUND);
    }
    return jsonAnswer({
      ARN: secret.arn,
      Name: secret.name,
      VersionId: secret.versionId,
      SecretString: secret.value,
      VersionStages: ['AWSCURRENT'],
      CreatedDate: epochSeconds(secret.createdAtMs),
    });
  };
  return { service: serviceOf({ GetSecretValue: getSecretValue }), putSecret };
}

/** A complete ARN, or one without its random tail. */
function isArnOf(id: string, arn: string): boolean {
  return id === arn || id === arn.slice(0, -'-XXXXXX'.length);
}

function arnOf({ region, account }: Place, id: string): string {
  return id.startsWith('arn:') ? id : `arn:aws:secretsmanager:${region}:${account}:secret:${id}`;
}
