/** Parameter Store: parameters with their tiers, tags and policies. */
import { type Place, placeKey } from '../place.ts';
import { refusal } from '../refusal.ts';
import { demand, type Operation } from '../service.ts';
import type { Authorize, AwsAnswer, AwsCall } from '../types.ts';
import { epochSeconds, jsonAnswer } from '../wire/answers.ts';
import { readInput } from '../wire/constraints.ts';
import { demandOnAccount } from './listings.ts';
import { describeParameters } from './parameter-listing.ts';
import { parameterArn, storedName } from './parameter-names.ts';
import { endsAtMs, type ParameterPolicy } from './parameter-policies.ts';
import { putParameter } from './put-parameter.ts';
import { DeleteParameterInput, GetParameterInput, GetParametersInput } from './shapes.ts';

/** A parameter as a deployment or a person puts it. */
export interface ParameterRegistration extends Place {
  readonly name: string;
  readonly value: string;
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly tags?: Readonly<Record<string, string>>;
}

/** A parameter as it stands. */
export interface StoredParameter extends ParameterRegistration {
  readonly tags: Readonly<Record<string, string>>;
  readonly tier: 'Standard' | 'Advanced';
  readonly policies: readonly ParameterPolicy[];
  readonly version: number;
  readonly changedAtMs: number;
  readonly changedBy: string;
  readonly description?: string;
  readonly keyId?: string;
}

/** Parameters of every account and region of the lab. */
export interface ParameterStore {
  /** Puts a value; a name that exists gets the next version, and keeps its tags unless told others. */
  put(parameter: ParameterRegistration): void;
  readonly operations: Readonly<Record<string, Operation>>;
  /** `GetParameter`, answered at once. */
  read(call: AwsCall): AwsAnswer;
  /** Tags of a parameter, once the caller may have them. */
  tags(call: AwsCall, name: string): Readonly<Record<string, string>>;
  addTags(call: AwsCall, name: string, tags: Readonly<Record<string, string>>): void;
  /** Every encrypted value that was ever put, those that are gone among them. */
  secureValues(): readonly string[];
  /** Names of what is there now, in one account and region. */
  names(place: Place): readonly string[];
}

/** What there is, but for what has expired by now. */
export interface Shelf {
  find(place: Place, name: string): StoredParameter | undefined;
  keep(parameter: StoredParameter): void;
}

const MOST_TAGS = 50;

/** Empty at first. */
export function createParameterStore(now: () => number, authorize: Authorize): ParameterStore {
  const stored = new Map<string, StoredParameter>();
  const secure = new Set<string>();
  const isThere = (parameter: StoredParameter): boolean => endsAtMs(parameter.policies) > now();
  const shelf: Shelf = {
    find: (place, name) => {
      const found = stored.get(storedName(place, name));
      return found !== undefined && isThere(found) ? found : undefined;
    },
    keep: (parameter) => {
      stored.set(storedName(parameter, parameter.name), parameter);
      if (parameter.type === 'SecureString') secure.add(parameter.value);
    },
  };
  const standing = (place: Place) =>
    [...stored.values()].filter((each) => placeKey(each) === placeKey(place) && isThere(each));
  const demanded = (call: AwsCall, name: string): StoredParameter | undefined => {
    demand(authorize, call, `ssm:${call.operation}`, parameterArn(call, name));
    return shelf.find(call, name);
  };
  const tagged = (call: AwsCall, name: string): StoredParameter => {
    const found = demanded(call, name);
    if (found === undefined) throw refusal('InvalidResourceId', 'The resource ID is not valid.');
    return found;
  };
  return {
    put: (parameter) => {
      const before = shelf.find(parameter, parameter.name);
      const { tags = {}, tier = 'Standard', policies = [], version = 0 } = before ?? {};
      const fresh = { tags, tier, policies, version: version + 1, changedAtMs: now(), changedBy: 'the lab' };
      shelf.keep({ ...fresh, ...parameter, tags: parameter.tags ?? tags });
    },
    tags: (call, name) => tagged(call, name).tags,
    addTags: (call, name, tags) => {
      const found = tagged(call, name);
      const all = { ...found.tags, ...tags };
      if (Object.keys(all).length > MOST_TAGS) throw refusal('TooManyTagsError');
      shelf.keep({ ...found, tags: all });
    },
    read: (call) => getParameter(call, demanded),
    secureValues: () => [...secure],
    names: (place) => standing(place).map(({ name }) => name),
    operations: {
      PutParameter: (call) => putParameter(call, shelf, now(), authorize),
      GetParameter: (call) => getParameter(call, demanded),
      GetParameters: (call) => getParameters(call, demanded),
      DeleteParameter: (call) => {
        const { Name } = readInput(call, DeleteParameterInput);
        if (demanded(call, Name) === undefined) throw refusal('ParameterNotFound');
        stored.delete(storedName(call, Name));
        return jsonAnswer({});
      },
      DescribeParameters: (call) => {
        demandOnAccount(authorize, call, 'ssm:DescribeParameters');
        return describeParameters(call, standing(call));
      },
    },
  };
}

type Find = (call: AwsCall, name: string) => StoredParameter | undefined;

function getParameter(call: AwsCall, find: Find): AwsAnswer {
  const input = readInput(call, GetParameterInput);
  const found = find(call, input.Name);
  if (found === undefined) throw refusal('ParameterNotFound');
  return jsonAnswer({ Parameter: parameterView(call, found, input.WithDecryption === true) });
}

function getParameters(call: AwsCall, find: Find): AwsAnswer {
  const input = readInput(call, GetParametersInput);
  const found = input.Names.map((name) => [name, find(call, name)] as const);
  return jsonAnswer({
    Parameters: found.flatMap(([, one]) =>
      one === undefined ? [] : [parameterView(call, one, input.WithDecryption === true)],
    ),
    InvalidParameters: found.flatMap(([name, one]) => (one === undefined ? [name] : [])),
  });
}

/** Without decryption a secure value is ciphertext: never the value itself. */
function parameterView(place: Place, parameter: StoredParameter, decrypted: boolean): object {
  const hidden = parameter.type === 'SecureString' && !decrypted;
  return {
    Name: parameter.name,
    Type: parameter.type,
    Value: hidden
      ? Buffer.from(`encrypted:${parameter.name}:${parameter.version}`).toString('base64')
      : parameter.value,
    Version: parameter.version,
    LastModifiedDate: epochSeconds(parameter.changedAtMs),
    ARN: parameterArn(place, parameter.name),
    DataType: 'text',
  };
}
