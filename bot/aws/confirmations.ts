/**
 * Confirmation IDs on their way: written by the Slack function where the bot lives, fetched by the machine where that
 * lives. Only for a machine of another site does the change function read one, for as long as it takes to write it there.
 */
import {
  DeleteParameterCommand,
  GetParameterCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import type { Site } from '../domain/nodes.ts';
import type { Clock, Confirmations } from '../ports.ts';
import { confirmationEndsAtMs, confirmationParameter } from './confirmation-parameter.ts';
import type { ClientsOf } from './sites.ts';
import { translated } from './translate-errors.ts';

export interface ConfirmationsDeps {
  readonly clientsOf: ClientsOf;
  /** The site that the bot itself lives in. */
  readonly home: Site;
  readonly clock: Clock;
  readonly functionName: string;
}

/** What an error of a call is kept of: nothing that could quote what was sent. */
const withoutWords = (error: unknown): unknown => {
  if (!(error instanceof Error)) return new Error('a call failed');
  const { name, code, $metadata } = error as Error & { readonly code?: string; readonly $metadata?: object };
  return Object.assign(new Error(`Parameter Store answered ${name}`), {
    name,
    ...(code === undefined ? {} : { code }),
    ...($metadata === undefined ? {} : { $metadata }),
  });
};

/** `undefined` where the call failed by this error. */
const unless = async <T>(errorName: string, send: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Error && error.name === errorName) return undefined;
    throw withoutWords(error);
  }
};

/** The item in one site. */
const itemIn = (site: Site, ssm: SSMClient, name: string, functionName: string) => {
  const call = <T>(operation: string, send: () => Promise<T>): Promise<T> =>
    translated({ action: `ssm:${operation}`, functionName, siteId: site.id }, send);
  return {
    /** By its tags, of which it has none: the right to read it is not needed, and listings lag behind. */
    isThere: async (): Promise<boolean> => {
      const command = new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: name });
      return call('ListTagsForResource', async () => {
        return (await unless('InvalidResourceId', () => ssm.send(command))) !== undefined;
      });
    },
    /** With the time it was written, milliseconds since 1970. */
    read: async (): Promise<{ readonly digits: string; readonly writtenAtMs: number } | undefined> => {
      const command = new GetParameterCommand({ Name: name, WithDecryption: true });
      const answer = await call('GetParameter', () => unless('ParameterNotFound', () => ssm.send(command)));
      const { Value, LastModifiedDate } = answer?.Parameter ?? {};
      return Value === undefined || LastModifiedDate === undefined
        ? undefined
        : { digits: Value, writtenAtMs: LastModifiedDate.getTime() };
    },
    /** One that is there already is an earlier attempt's, and stays. */
    write: async (digits: string, endsAtMs: number): Promise<void> => {
      const command = new PutParameterCommand(confirmationParameter(name, digits, endsAtMs));
      await call('PutParameter', () => unless('ParameterAlreadyExists', () => ssm.send(command)));
    },
    remove: async (): Promise<void> => {
      const command = new DeleteParameterCommand({ Name: name });
      await call('DeleteParameter', () => unless('ParameterNotFound', () => ssm.send(command)));
    },
  };
};

type WaitingItem = ReturnType<typeof itemIn>;

/** Parameter Store over the SDK. Every call may be made again: what was done before is found done. */
export const ssmConfirmations = ({ clientsOf, home, clock, functionName }: ConfirmationsDeps): Confirmations => {
  const itemAt = async (site: Site, name: string): Promise<WaitingItem> =>
    itemIn(site, (await clientsOf(site)).ssm, name, functionName);
  return {
    handOver: async (site, name) => {
      const here = await itemAt(home, name);
      if (site.id === home.id) return (await here.isThere()) ? 'there' : 'gone';
      return bring(here, await itemAt(site, name), clock());
    },
    remove: async (site, name) => {
      await (await itemAt(home, name)).remove();
      if (site.id !== home.id) await (await itemAt(site, name)).remove();
    },
  };
};

/** It is gone at the same time wherever it waits. */
const bring = async (here: WaitingItem, there: WaitingItem, nowMs: number): Promise<'there' | 'gone'> => {
  if (!(await there.isThere())) {
    const item = await here.read();
    const endsAtMs = confirmationEndsAtMs(item?.writtenAtMs ?? 0);
    if (item === undefined || endsAtMs <= nowMs) return 'gone';
    await there.write(item.digits, endsAtMs);
  }
  await here.remove();
  return 'there';
};
