import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsStoredKeys } from '../../bot/aws/stored-keys.ts';
import { failureOf } from '../../bot/errors.ts';
import { FRANKFURT, TOKYO } from '../lab/aws/accounts-under-test.ts';
import { frankfurt, type KeySites, startKeySites } from './support/key-sites.ts';

/** Well-formed and made up. */
const KEY = 'AAAAA-BBBBB-CCCCC-DDDDD-FFFFF';
const MAK = { kind: 'mak', group: '2022', edition: 'ServerStandard ServerDatacenter', used: '3' };
const HOST = { kind: 'host', group: '2025' };

let sites: KeySites;

beforeEach(async () => {
  sites = await startKeySites();
});

afterEach(() => sites.lab.close());

const find = (name: string, site: Parameters<ReturnType<typeof awsStoredKeys>['find']>[0] = TOKYO) =>
  awsStoredKeys({ clientsOf: sites.clientsOf, functionName: 'change' }).find(site, name);

const putSecret = (name: string, tags: Record<string, string>, site: typeof TOKYO | typeof FRANKFURT = TOKYO) =>
  sites.lab.accounts.secrets.putSecret({ ...site, name: `kms-bot/keys/${name}`, value: KEY, tags });

const putParameter = (name: string, tags: Record<string, string>, type: 'SecureString' | 'String' = 'SecureString') =>
  sites.lab.accounts.ssm.putParameter({ ...TOKYO, name: `/kms-bot/keys/${name}`, value: KEY, type, tags });

describe('a stored key', () => {
  it('of Secrets Manager is known by its tags, and referred to by its ARN', async () => {
    const { arn } = putSecret('contoso-ws2022', MAK);

    expect(await find('contoso-ws2022')).toEqual({
      kind: 'found',
      key: {
        name: 'contoso-ws2022',
        from: { store: 'secrets-manager', name: arn, region: TOKYO.region },
        kind: 'mak',
        group: 'Windows Server 2022',
        editions: ['ServerStandard', 'ServerDatacenter'],
        usedBefore: 3,
      },
    });
  });

  it('of Parameter Store is known by its tags, and referred to by its name', async () => {
    putParameter('contoso-host', HOST);

    expect(await find('contoso-host')).toMatchObject({
      kind: 'found',
      key: {
        from: { store: 'parameter-store', name: '/kms-bot/keys/contoso-host', region: TOKYO.region },
        kind: 'host',
      },
    });
  });

  it('is that of the machine’s site', async () => {
    putSecret('contoso-ws2022', MAK, FRANKFURT);

    expect(await find('contoso-ws2022')).toMatchObject({ kind: 'not-found' });
    expect(await find('contoso-ws2022', frankfurt)).toMatchObject({
      kind: 'found',
      key: { from: { region: FRANKFURT.region } },
    });
  });

  it('without its tags, in both stores, or open to everybody is told apart', async () => {
    putSecret('untagged', {});
    putSecret('wrong', { ...MAK, group: 'Vista' });
    putSecret('twice', MAK);
    putParameter('twice', MAK);
    putParameter('open', HOST, 'String');

    expect(await find('untagged')).toMatchObject({
      kind: 'badly-tagged',
      tags: [{ tag: 'kind' }, { tag: 'group' }, { tag: 'edition' }],
    });
    expect(await find('wrong')).toEqual({ kind: 'badly-tagged', tags: [{ tag: 'group', value: 'Vista' }] });
    expect(await find('twice')).toEqual({ kind: 'ambiguous' });
    expect(await find('open')).toEqual({ kind: 'not-encrypted' });
  });

  it('that is not there is answered with the names that are, twenty at most, and none of others’ secrets', async () => {
    for (let number = 1; number <= 30; number += 1) putSecret(`mak-${String(number).padStart(2, '0')}`, MAK);
    putParameter('a-host', HOST);
    sites.lab.accounts.secrets.putSecret({ ...TOKYO, name: 'slack', value: 'x' });
    sites.lab.accounts.ssm.putParameter({ ...TOKYO, name: '/other/password', value: 'x', type: 'SecureString' });

    const answer = await find('mak-1');

    expect(answer).toMatchObject({ kind: 'not-found' });
    const known = answer.kind === 'not-found' ? answer.known : [];
    expect(known).toHaveLength(20);
    expect(known.slice(0, 3)).toEqual(['a-host', 'mak-01', 'mak-02']);
  });

  it.each(['no name', 'größe', 'x'.repeat(500)])('of the name %s can be in neither store', async (name) => {
    expect(await find(name)).toEqual({ kind: 'not-found', known: [] });
  });

  it('is found behind many others, page by page', async () => {
    for (let number = 1; number <= 120; number += 1) putParameter(`host-${number}`, HOST);

    expect(await find('host-99')).toMatchObject({ kind: 'found' });
    expect(await find('missing')).toMatchObject({ kind: 'not-found', known: { length: 20 } });
  });

  it('is never asked for its value', async () => {
    putSecret('contoso-ws2022', MAK);
    putParameter('contoso-host', HOST);

    const found = [await find('contoso-ws2022'), await find('contoso-host'), await find('missing')];

    expect(JSON.stringify(found)).not.toContain(KEY);
    expect(sites.called().filter((operation) => /Get(Secret|Parameter)/.test(operation))).toEqual([]);
  });
});

describe('a right that is missing is named', () => {
  const RIGHTS = [
    ['DescribeStoredKeys', 'secretsmanager:DescribeSecret', 'contoso-ws2022'],
    ['ListStoredKeys', 'ssm:DescribeParameters', 'contoso-ws2022'],
    ['ReadTagsOfStoredKeys', 'ssm:ListTagsForResource', 'contoso-host'],
    ['ListStoredKeys', 'secretsmanager:ListSecrets', 'missing'],
  ] as const;

  it.each(RIGHTS)('%s %s, when somebody names %s', async (sid, action, name) => {
    putSecret('contoso-ws2022', MAK);
    putParameter('contoso-host', HOST);
    sites.takeAway('home', sid, action);

    expect(await find(name).catch(failureOf)).toEqual({
      kind: 'missing-right',
      action,
      function: 'change',
      siteId: 'tokyo',
    });
  });

  it.each(RIGHTS)('%s %s at another site', async (sid, action, name) => {
    sites.lab.accounts.secrets.putSecret({ ...FRANKFURT, name: 'kms-bot/keys/contoso-ws2022', value: KEY, tags: MAK });
    const host = {
      ...FRANKFURT,
      name: '/kms-bot/keys/contoso-host',
      value: KEY,
      type: 'SecureString',
      tags: HOST,
    } as const;
    sites.lab.accounts.ssm.putParameter(host);
    sites.takeAway('member', sid, action);

    expect(await find(name, frankfurt).catch(failureOf)).toMatchObject({ action, siteId: 'frankfurt' });
  });

  it('asks for time where AWS does, and says that nobody answered', async () => {
    sites.lab.faults.push({ id: '1', fault: 'aws-throttled', service: 'secretsmanager' });
    await expect(find('contoso-ws2022')).rejects.toMatchObject({ name: 'Throttled' });
    sites.lab.faults.splice(0, 1, { id: '2', fault: 'aws-dropped', service: 'secretsmanager' });
    await expect(find('contoso-ws2022')).rejects.toMatchObject({ name: 'Transient' });
    sites.lab.faults.splice(0, 1, { id: '3', fault: 'aws-unavailable', service: 'ssm' });
    await expect(find('contoso-ws2022')).rejects.toMatchObject({ name: 'Transient' });
  });
});
