/** Stored keys in Parameter Store: their names, types and tags. Nothing here could ask for a value. */
import { DescribeParametersCommand, ListTagsForResourceCommand, type ParameterStringFilter } from '@aws-sdk/client-ssm';
import { STORED_KEY_PREFIX } from '../domain/keys/stored-key.ts';
import type { Site } from '../domain/nodes.ts';
import type { SiteClients } from './sites.ts';
import { type Tags, tagsByName } from './stored-secrets.ts';
import { translated } from './translate-errors.ts';

/** What a parameter's name may be made of. Source: AWS, `PutParameter`. */
const NAME = /^[A-Za-z0-9/_.-]{1,400}$/;
const PREFIX = `/${STORED_KEY_PREFIX}`;

const PAGE = 50;
/** A page may be empty though another follows; an account holds ten thousand parameters unless it asked for more. */
const MOST_PAGES = 20;

/** Whether a parameter is there is listed a moment after its tags are: then it is not there yet. */
const isNotFound = (error: unknown): boolean => error instanceof Error && error.name === 'InvalidResourceId';

/** Reads of the parameters of one site. */
export const storedParameters = ({ ssm }: Pick<SiteClients, 'ssm'>, site: Site, functionName: string) => {
  const call = <T>(operation: string, send: () => Promise<T>): Promise<T> =>
    translated({ action: `ssm:${operation}`, functionName, siteId: site.id }, send);
  const listed = async (filter: ParameterStringFilter, most: number) => {
    const found: { readonly name: string; readonly encrypted: boolean }[] = [];
    let from: string | undefined;
    for (let page = 0; page < MOST_PAGES && found.length < most; page += 1) {
      const input = {
        ParameterFilters: [filter],
        MaxResults: PAGE,
        ...(from === undefined ? {} : { NextToken: from }),
      };
      const answer = await call('DescribeParameters', () => ssm.send(new DescribeParametersCommand(input)));
      for (const { Name = '', Type } of answer.Parameters ?? [])
        found.push({ name: Name, encrypted: Type === 'SecureString' });
      from = answer.NextToken;
      if (!from) break;
    }
    return found;
  };
  const tagsOf = async (name: string): Promise<Tags | undefined> => {
    const command = new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: name });
    try {
      return tagsByName((await call('ListTagsForResource', () => ssm.send(command))).TagList ?? []);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };
  return {
    describe: async (typed: string): Promise<FoundParameter | undefined> => {
      if (!NAME.test(typed)) return undefined;
      const [found] = await listed({ Key: 'Name', Option: 'Equals', Values: [PREFIX + typed] }, 1);
      if (found === undefined) return undefined;
      const tags = await tagsOf(found.name);
      return tags && { ...found, tags };
    },
    /** Names as people type them, of one page or so. */
    names: async (): Promise<readonly string[]> =>
      (await listed({ Key: 'Name', Option: 'BeginsWith', Values: [PREFIX] }, PAGE)).map(({ name }) =>
        name.slice(PREFIX.length),
      ),
  };
};

interface FoundParameter {
  readonly name: string;
  readonly encrypted: boolean;
  readonly tags: Tags;
}
