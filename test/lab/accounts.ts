import type { LabRole, PolicyDocument, Principal } from './aws/types.ts';
import { hexDigits } from './random.ts';
import type { DeployedFunction, Deployment } from './synthesised.ts';

const KEY_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An access key in AWS's form, made anew at every start; worth nothing outside the lab. */
export const accessKey = (random: () => number, prefix: 'AKIA' | 'ASIA') => ({
  accessKeyId: `${prefix}${Array.from({ length: 16 }, () => KEY_CHARACTERS[Math.floor(random() * 32)]).join('')}`,
  secretAccessKey: hexDigits(random, 40),
});

/** An administrator of an account, for people and programs that look at the lab from outside. */
export const administrator = (random: () => number, account: string): Principal => ({
  ...accessKey(random, 'AKIA'),
  arn: `arn:aws:iam::${account}:user/lab-administrator`,
  account,
  policies: 'administrator',
});

/**
 * The function's role at work: its own access key, the synthesised policies. They are copied, so that taking a
 * statement out of one lab's role leaves every other lab alone.
 */
export const functionPrincipal = (random: () => number, deployment: Deployment, fn: DeployedFunction): Principal => {
  const role = deployment.roles.find(({ arn }) => arn === fn.roleArn);
  if (role === undefined) throw new Error(`${fn.name} has no role`);
  return {
    ...accessKey(random, 'AKIA'),
    arn: role.arn,
    account: role.account,
    policies: structuredClone(role.policies) as PolicyDocument[],
  };
};

/** Roles that other principals may assume. */
export const assumableRoles = (deployment: Deployment): LabRole[] =>
  deployment.roles
    .filter((role) => role.trusts.some((trusted) => trusted.startsWith('arn:')))
    .map((role) => ({ ...role, policies: structuredClone(role.policies) as PolicyDocument[] }));
