/** Two sites whose roles have what stored keys and Confirmation IDs need, as the infrastructure writes it down. */
import { DescribeParametersCommand, GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { siteClients } from '../../../bot/aws/sites.ts';
import { keyStatements, writeConfirmations } from '../../../infra/lib/key-access.ts';
import {
  ADMINISTRATOR,
  FRANKFURT,
  functionPrincipal,
  startAccounts,
  TOKYO,
} from '../../lab/aws/accounts-under-test.ts';
import type { LabRole, PolicyStatement as LabStatement, PolicyDocument, Principal } from '../../lab/aws/types.ts';

const ROLE = `arn:aws:iam::${FRANKFURT.account}:role/kms-bot-change-site-frankfurt`;

export const frankfurt = { ...FRANKFURT, roleArn: ROLE };

const plain = (statements: readonly PolicyStatement[]): LabStatement[] =>
  statements.map((statement) => statement.toStatementJson() as LabStatement);

const ENTER: LabStatement = { Sid: 'EnterMemberSites', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ROLE };

/** May do everything in the other account. */
const THERE: Principal = {
  ...ADMINISTRATOR,
  accessKeyId: 'AKIALABFRANKFURT0000',
  arn: `arn:aws:iam::${FRANKFURT.account}:user/administrator`,
  account: FRANKFURT.account,
};

/** Everything but one action of one statement. */
const without = (statements: readonly LabStatement[], sid: string, action: string): LabStatement[] =>
  statements.flatMap((statement) => {
    if (statement.Sid !== sid) return [statement];
    const left = [statement.Action ?? []].flat().filter((each) => each !== action);
    return left.length === 0 ? [] : [{ ...statement, Action: left }];
  });

/** Starts the accounts; every test ends them. */
export const startKeySites = async () => {
  const change = functionPrincipal([...plain(keyStatements(TOKYO, 'home')), ENTER]);
  const role: LabRole = {
    arn: ROLE,
    account: FRANKFURT.account,
    trusts: [change.arn],
    policies: [{ Statement: plain(keyStatements(FRANKFURT, 'member')) }],
  };
  const slack = { ...functionPrincipal(plain([writeConfirmations(TOKYO)])), accessKeyId: 'AKIALABSLACK00000000' };
  const lab = await startAccounts({ principals: [change, slack, ADMINISTRATOR, THERE], roles: [role] });
  const env = (principal: typeof change) => ({
    AWS_REGION: TOKYO.region,
    AWS_ENDPOINT_URL: lab.url,
    AWS_ACCESS_KEY_ID: principal.accessKeyId,
    AWS_SECRET_ACCESS_KEY: principal.secretAccessKey,
  });
  return {
    lab,
    clientsOf: siteClients({ env: env(change), clock: lab.clock.now, functionName: 'change' }),
    slackEnv: env(slack),
    /** Takes a right away at one of the sites; credentials that were taken before have it no more either. */
    takeAway: (site: 'home' | 'member', sid: string, action: string): void => {
      const holder: { policies: PolicyDocument[] } =
        site === 'home' ? (change as { policies: PolicyDocument[] }) : role;
      const held = holder.policies.flatMap(({ Statement }) => [Statement].flat());
      const left = without(held, sid, action);
      if (JSON.stringify(left) === JSON.stringify(held)) throw new Error(`nobody has ${sid} ${action}`);
      holder.policies = [{ Statement: left }];
    },
    /** What a machine of the site would fetch under this name, and until when; undefined where nothing is. */
    waitingAt: async (site: typeof TOKYO | typeof FRANKFURT, name: string) => {
      const ssm = new SSMClient(lab.client(site.id === 'tokyo' ? ADMINISTRATOR : THERE, site.region));
      const filter = { Key: 'Name', Values: [name] };
      const { Parameters } = await ssm.send(new DescribeParametersCommand({ ParameterFilters: [filter] }));
      const [described] = Parameters ?? [];
      if (described === undefined) return undefined;
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
      const { Attributes } = JSON.parse(described.Policies?.[0]?.PolicyText ?? '{}');
      return { digits: Parameter?.Value, type: described.Type, until: Date.parse(Attributes?.Timestamp ?? '') };
    },
    called: () => lab.exchanges.map(({ operation }) => operation),
  };
};

export type KeySites = Awaited<ReturnType<typeof startKeySites>>;
