import { DescribeInstanceInformationCommand } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { siteClients } from '../../bot/aws/sites.ts';
import { failureOf } from '../../bot/errors.ts';
import { FRANKFURT, functionPrincipal, startAccounts, TOKYO } from '../lab/aws/accounts-under-test.ts';
import type { LabRole, PolicyDocument } from '../lab/aws/types.ts';

const ROLE = `arn:aws:iam::${FRANKFURT.account}:role/kms-bot-site-frankfurt`;
const ENTER: PolicyDocument['Statement'] = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ROLE };
const READ: PolicyDocument['Statement'] = { Effect: 'Allow', Action: 'ssm:DescribeInstanceInformation', Resource: '*' };

const start = async (...statements: PolicyDocument['Statement'][]) => {
  const observe = functionPrincipal(...statements);
  const role: LabRole = {
    arn: ROLE,
    account: FRANKFURT.account,
    trusts: [observe.arn],
    policies: [{ Statement: READ }],
  };
  const lab = await startAccounts({ principals: [observe], roles: [role] });
  const env = {
    AWS_REGION: TOKYO.region,
    AWS_ENDPOINT_URL: lab.url,
    AWS_ACCESS_KEY_ID: observe.accessKeyId,
    AWS_SECRET_ACCESS_KEY: observe.secretAccessKey,
  };
  const clientsOf = siteClients({ env, clock: lab.clock.now, functionName: 'observe' });
  const list = async (site: Parameters<typeof clientsOf>[0]) =>
    (await clientsOf(site)).ssm.send(new DescribeInstanceInformationCommand({}));
  const assumed = () => lab.exchanges.filter((exchange) => exchange.operation === 'sts:AssumeRole').length;
  return { lab, list, clientsOf, assumed };
};

const frankfurt = { ...FRANKFURT, roleArn: ROLE };

describe('siteClients', () => {
  it("uses the function's own role at home", async () => {
    const { lab, list, assumed } = await start(READ);

    await expect(list(TOKYO)).resolves.toMatchObject({ InstanceInformationList: [] });
    expect(assumed()).toBe(0);
    await lab.close();
  });

  it("takes over a site's role once, and again before it ends", async () => {
    const { lab, list, assumed } = await start(ENTER);

    await Promise.all([list(frankfurt), list(frankfurt)]);
    await list(frankfurt);
    expect(assumed()).toBe(1);

    await lab.clock.advance(58 * 60_000);
    await list(frankfurt);
    expect(assumed()).toBe(2);
    await lab.close();
  });

  it('names the right to enter a site that is missing, and tries again later', async () => {
    const { lab, clientsOf, assumed } = await start(READ);

    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const error = await clientsOf(frankfurt).catch((thrown: unknown) => thrown);
      expect(failureOf(error)).toMatchObject({ kind: 'missing-right', action: 'sts:AssumeRole', siteId: 'frankfurt' });
      expect(assumed()).toBe(attempt);
    }
    await lab.close();
  });
});
