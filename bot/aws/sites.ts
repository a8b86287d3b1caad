/** Clients for each site: in the bot's own account with its own role, elsewhere with the site's role. */
import { EC2Client } from '@aws-sdk/client-ec2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Site } from '../domain/nodes.ts';
import type { Clock } from '../ports.ts';
import { type AwsCredentials, awsClientConfig, type Env } from './client-config.ts';
import { type AwsCall, signedFetch } from './signed-fetch.ts';
import { translated } from './translate-errors.ts';

/** Clients that act in one account and region. */
export interface SiteClients {
  readonly ssm: SSMClient;
  readonly ec2: EC2Client;
  readonly route53: Route53Client;
  /** Signed requests, for services whose client is not among the above. */
  readonly signed: AwsCall;
}

/** Gives a site's clients; credentials are renewed by themselves and never leave the process. */
export type ClientsOf = (site: Site) => Promise<SiteClients>;

/** A role that was taken over from another one is given for an hour at most (AWS, role chaining). */
const SESSION_SECONDS = 3600;
/** Credentials are renewed this long before they end, so that no call is made with ones about to end. */
const RENEW_BEFORE_MS = 5 * 60_000;

interface Access {
  readonly clients: SiteClients;
  readonly renewAtMs: number;
}

const clientsFor = (env: Env, site: Site, credentials?: AwsCredentials): SiteClients => {
  const config = { ...awsClientConfig(env), region: site.region, ...(credentials ? { credentials } : {}) };
  return {
    ssm: new SSMClient(config),
    ec2: new EC2Client(config),
    route53: new Route53Client(config),
    signed: signedFetch({ ...env, AWS_REGION: site.region, ...(credentials ? asVariables(credentials) : {}) }, fetch),
  };
};

const asVariables = ({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials): Env => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
});

const assume = async (sts: STSClient, site: Site, roleArn: string, functionName: string) => {
  const command = new AssumeRoleCommand({
    RoleArn: roleArn,
    RoleSessionName: `kms-bot-${functionName}`,
    DurationSeconds: SESSION_SECONDS,
  });
  const call = { action: 'sts:AssumeRole', functionName, siteId: site.id };
  const { Credentials: given } = await translated(call, () => sts.send(command));
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken) {
    throw new Error(`AssumeRole gave no credentials for site ${site.id}`);
  }
  return {
    credentials: {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      sessionToken: given.SessionToken,
    },
    expiresAtMs: given.Expiration?.getTime(),
  };
};

/** Clients per site, kept for as long as their credentials last. */
export const siteClients = (deps: { readonly env: Env; readonly clock: Clock; readonly functionName: string }) => {
  const sts = new STSClient(awsClientConfig(deps.env));
  const open = async (site: Site): Promise<Access> => {
    if (site.roleArn === undefined) {
      return { clients: clientsFor(deps.env, site), renewAtMs: Number.POSITIVE_INFINITY };
    }
    const { credentials, expiresAtMs } = await assume(sts, site, site.roleArn, deps.functionName);
    const endsAtMs = expiresAtMs ?? deps.clock() + SESSION_SECONDS * 1000;
    return { clients: clientsFor(deps.env, site, credentials), renewAtMs: endsAtMs - RENEW_BEFORE_MS };
  };
  return cachedClients(deps.clock, open);
};

const cachedClients = (clock: Clock, open: (site: Site) => Promise<Access>): ClientsOf => {
  const kept = new Map<string, Promise<Access>>();
  const renew = (site: Site): Promise<Access> => {
    const opening = open(site);
    kept.set(site.id, opening);
    opening.catch(() => kept.delete(site.id));
    return opening;
  };
  return async (site) => {
    const access = await (kept.get(site.id) ?? renew(site));
    return clock() < access.renewAtMs ? access.clients : (await renew(site)).clients;
  };
};
