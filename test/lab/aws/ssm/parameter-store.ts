/** Parameter Store: `GetParameter` and `GetParameters`. */
import { type Place, placeKey } from '../place.ts';
import { refusal } from '../refusal.ts';
import { demand, type Operation } from '../service.ts';
import type { Authorize, AwsCall } from '../types.ts';
import { epochSeconds, jsonAnswer } from '../wire/answers.ts';
import { readInput } from '../wire/constraints.ts';
import { GetParameterInput, GetParametersInput } from './shapes.ts';

/** A parameter as a deployment puts it. */
export interface ParameterRegistration extends Place {
  readonly name: string;
  readonly value: string;
  readonly type: 'String' | 'StringList' | 'SecureString';
}

/** Parameters of every account and region of the lab. */
export interface ParameterStore {
  /** Puts a value; a name that exists gets the next version. */
  put(parameter: ParameterRegistration): void;
  readonly operations: Readonly<Record<string, Operation>>;
}

interface StoredParameter extends ParameterRegistration {
  readonly version: number;
  readonly changedAtMs: number;
}

/** Empty at first. */
export function createParameterStore(now: () => number, authorize: Authorize): ParameterStore {
  const stored = new Map<string, StoredParameter>();
  const find = (call: AwsCall, name: string): StoredParameter | undefined => {
    demand(authorize, call, authorizedAction(call), parameterArn(call, name));
    return stored.get(storedName(call, name));
  };
  return {
    put: (parameter) => {
      const key = storedName(parameter, parameter.name);
      stored.set(key, { ...parameter, version: (stored.get(key)?.version ?? 0) + 1, changedAtMs: now() });
    },
    operations: {
      GetParameter: (call) => {
        const input = readInput(call, GetParameterInput);
        const found = find(call, input.Name);
        if (found === undefined) throw refusal('ParameterNotFound');
        return jsonAnswer({ Parameter: parameterView(call, found, input.WithDecryption === true) });
      },
      GetParameters: (call) => {
        const input = readInput(call, GetParametersInput);
        const found = input.Names.map((name) => [name, find(call, name)] as const);
        return jsonAnswer({
          Parameters: found.flatMap(([, one]) =>
            one === undefined ? [] : [parameterView(call, one, input.WithDecryption === true)],
          ),
          InvalidParameters: found.flatMap(([name, one]) => (one === undefined ? [name] : [])),
        });
      },
    },
  };
}

function authorizedAction(call: AwsCall): string {
  return `ssm:${call.operation}`;
}

/** Of a name with a leading slash the ARN has one slash only. */
function parameterArn({ account, region }: Place, name: string): string {
  if (name.startsWith('arn:')) return name;
  return `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;
}

/** What a name or ARN is stored under: an ARN does not tell a leading slash from none. */
function storedName(place: Place, name: string): string {
  const bare = name.startsWith('arn:') ? name.slice(parameterArn(place, '').length) : name;
  return `${placeKey(place)}/${bare.replace(/^\//, '')}`;
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
