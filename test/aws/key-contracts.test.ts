/** What operations are tested with in memory, kept by AWS as the lab has it. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { confirmationWriter } from '../../bot/aws/confirmation-writer.ts';
import { ssmConfirmations } from '../../bot/aws/confirmations.ts';
import { dynamoKeyUses } from '../../bot/aws/key-uses.ts';
import { signedFetch } from '../../bot/aws/signed-fetch.ts';
import { awsStoredKeys } from '../../bot/aws/stored-keys.ts';
import { confirmationsContract } from '../contracts/confirmations-contract.ts';
import { keyUsesContract } from '../contracts/key-uses-contract.ts';
import { type StoredItem, storedKeysContract } from '../contracts/stored-keys-contract.ts';
import { simulatedTime } from '../fakes/simulated-time.ts';
import { FRANKFURT, functionPrincipal, startAccounts, TOKYO } from '../lab/aws/accounts-under-test.ts';
import { keyedTable } from './keyed-table.ts';
import { frankfurt, startKeySites } from './support/key-sites.ts';

/** Well-formed and made up. */
const KEY = 'BBBBB-CCCCC-DDDDD-FFFFF-GGGGG';
const DIGITS = '111111222222333333444444555555666666777777888888';

storedKeysContract('in AWS', async () => {
  const sites = await startKeySites();
  const { secrets, ssm } = sites.lab.accounts;
  const put = async ({ store, name, tags, plain }: StoredItem) => {
    if (store === 'secrets-manager') secrets.putSecret({ ...TOKYO, name: `kms-bot/keys/${name}`, value: KEY, tags });
    else {
      const type = plain === true ? 'String' : 'SecureString';
      ssm.putParameter({ ...TOKYO, name: `/kms-bot/keys/${name}`, value: KEY, type, tags });
    }
  };
  const storedKeys = awsStoredKeys({ clientsOf: sites.clientsOf, functionName: 'change' });
  return { storedKeys, site: TOKYO, elsewhere: frankfurt, put, close: () => sites.lab.close() };
});

keyUsesContract('in DynamoDB', async () => {
  const table = 'kms-bot-ledger';
  const role = functionPrincipal({
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
    Resource: `arn:aws:dynamodb:${TOKYO.region}:${TOKYO.account}:table/${table}`,
  });
  const lab = await startAccounts({ principals: [role] });
  await lab.accounts.dynamoDb.createTable(keyedTable(table));
  const dynamodb = new DynamoDBClient(lab.client(role));
  const keyUses = dynamoKeyUses({ dynamodb, table, clock: simulatedTime().now, functionName: 'change' });
  return { keyUses, close: () => lab.close() };
});

confirmationsContract('in Parameter Store', async () => {
  const sites = await startKeySites();
  const { now } = sites.lab.clock;
  const confirmations = ssmConfirmations({
    clientsOf: sites.clientsOf,
    home: TOKYO,
    clock: now,
    functionName: 'change',
  });
  const write = confirmationWriter(signedFetch(sites.slackEnv, fetch), now);
  return {
    confirmations,
    own: TOKYO,
    away: frankfurt,
    put: async (name) => {
      await write(name, DIGITS);
    },
    isThere: async (site, name) =>
      (await sites.waitingAt(site.id === TOKYO.id ? TOKYO : FRANKFURT, name)) !== undefined,
    close: () => sites.lab.close(),
  };
});
