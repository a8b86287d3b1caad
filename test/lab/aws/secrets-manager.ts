/** Secrets Manager: secrets with their tags, read by those who may, and listed by names. */
import { refusal } from './refusal.ts';
import { listSecrets } from './secret-listing.ts';
import { CreateSecretInput, DescribeSecretInput, GetSecretValueInput, TagResourceInput } from './secret-shapes.ts';
import { arnOf, createSecretShelf, type SecretRegistration, type StoredSecret, secretEntry } from './secret-shelf.ts';
import { demand, serviceOf } from './service.ts';
import type { Authorize, AwsAnswer, AwsCall, AwsService, LabContext } from './types.ts';
import { epochSeconds, jsonAnswer } from './wire/answers.ts';
import { readInput } from './wire/constraints.ts';

/** Secrets of every account and region of the lab. */
export interface SecretsManager {
  readonly service: AwsService;
  /** Creates a secret or replaces its value; returns its ARN, which keeps its random tail. Tags stay unless told others. */
  putSecret(secret: SecretRegistration): { readonly arn: string };
  /** The value, for a machine whose program waits for the answer. */
  getSecretValue(call: AwsCall): AwsAnswer;
  /** Every value that was ever put. */
  values(): readonly string[];
}

/** What Secrets Manager needs of the lab. */
export interface SecretsManagerOptions extends Pick<LabContext, 'random'> {
  readonly clock: Pick<LabContext['clock'], 'now'>;
  readonly authorize: Authorize;
}

const NOT_FOUND = "Secrets Manager can't find the specified secret.";
/** What a name may be made of. Source: AWS, `CreateSecret`. */
const NAME = /^[A-Za-z0-9/_+=.@-]{1,512}$/;
const MOST_TAGS = 50;

/** Empty at first. */
export function createSecretsManager(options: SecretsManagerOptions): SecretsManager {
  const { authorize } = options;
  const shelf = createSecretShelf(options);
  const found = (call: AwsCall, id: string): StoredSecret => {
    const secret = shelf.find(call, id);
    demand(authorize, call, `secretsmanager:${call.operation}`, secret?.arn ?? arnOf(call, id), tagContext(secret));
    if (secret === undefined) throw refusal('ResourceNotFoundException', NOT_FOUND);
    return secret;
  };
  const getSecretValue = (call: AwsCall): AwsAnswer => {
    const input = readInput(call, GetSecretValueInput);
    const secret = found(call, input.SecretId);
    const isOther = input.VersionId !== undefined && input.VersionId !== secret.versionId;
    if (isOther || (input.VersionStage ?? 'AWSCURRENT') !== 'AWSCURRENT')
      throw refusal('ResourceNotFoundException', NOT_FOUND);
    return jsonAnswer({
      ARN: secret.arn,
      Name: secret.name,
      VersionId: secret.versionId,
      SecretString: secret.value,
      VersionStages: ['AWSCURRENT'],
      CreatedDate: epochSeconds(secret.createdAtMs),
    });
  };
  const createSecret = (call: AwsCall): AwsAnswer => {
    const { Name, SecretString = '', Tags = [] } = readInput(call, CreateSecretInput);
    demand(authorize, call, 'secretsmanager:CreateSecret', arnOf(call, Name));
    if (!NAME.test(Name))
      throw refusal(
        'ValidationException',
        'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
      );
    if (shelf.find(call, Name) !== undefined)
      throw refusal('ResourceExistsException', `The operation failed because the secret ${Name} already exists.`);
    const { account, region } = call;
    const { arn, versionId } = shelf.put({ account, region, name: Name, value: SecretString, tags: tagsOf(Tags) });
    return jsonAnswer({ ARN: arn, Name, VersionId: versionId });
  };
  return {
    putSecret: (secret) => ({ arn: shelf.put(secret).arn }),
    getSecretValue,
    values: shelf.values,
    service: serviceOf({
      GetSecretValue: getSecretValue,
      CreateSecret: createSecret,
      DescribeSecret: (call) =>
        jsonAnswer(secretEntry(found(call, readInput(call, DescribeSecretInput).SecretId), 'VersionIdsToStages')),
      TagResource: (call) => {
        const { SecretId, Tags } = readInput(call, TagResourceInput);
        const secret = found(call, SecretId);
        const tags = { ...secret.tags, ...tagsOf(Tags) };
        if (Object.keys(tags).length > MOST_TAGS)
          throw refusal('InvalidParameterException', `A secret has at most ${MOST_TAGS} tags.`);
        shelf.keep({ ...secret, tags });
        return { ...jsonAnswer({}), body: '' };
      },
      ListSecrets: (call) => {
        demand(authorize, call, 'secretsmanager:ListSecrets', '*');
        return listSecrets(call, shelf.all(call));
      },
    }),
  };
}

const tagsOf = (list: readonly { Key: string; Value: string }[]): Record<string, string> =>
  Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));

/** Condition keys of a secret: which it is, and its tags. */
function tagContext(secret: StoredSecret | undefined): Record<string, string> {
  if (secret === undefined) return {};
  const tags = Object.entries(secret.tags).flatMap(([key, value]) => [
    [`aws:ResourceTag/${key}`, value],
    [`secretsmanager:ResourceTag/${key}`, value],
  ]);
  return Object.fromEntries([['secretsmanager:SecretId', secret.arn], ...tags]);
}
