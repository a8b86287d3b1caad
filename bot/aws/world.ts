/** Everything of AWS that the durable functions work with, made once a process from the environment. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../ports.ts';
import { dynamoAudit, sha256 } from './audit.ts';
import { botToken } from './bot-token.ts';
import { dynamoChanges } from './changes.ts';
import { awsClientConfig, type Env } from './client-config.ts';
import { dynamoLedger } from './ledger.ts';
import { ssmManagedNodes } from './managed-nodes.ts';
import { observeSettings } from './observe-settings.ts';
import { route53RecordSets } from './record-sets.ts';
import { ssmRunCommand } from './run-command.ts';
import { signedFetch } from './signed-fetch.ts';
import { siteClients } from './sites.ts';
import { readSlackSecret } from './slack-secret.ts';
import { unpack } from './unpack.ts';

export interface AwsWorldOptions {
  readonly env: Env;
  readonly clock: Clock;
  /** The function whose role makes the calls. */
  readonly functionName: string;
  readonly log: (
    level: 'info' | 'warn' | 'error',
    event: string,
    facts: Readonly<Record<string, string | number>>,
  ) => void;
}

/** Adapters over AWS, and the token the bot speaks to Slack with. */
export const awsWorld = ({ env, clock, functionName, log }: AwsWorldOptions) => {
  const { sites, zones, owner, fleetTag, knownHosts, ...settings } = observeSettings(env);
  const { document, ledgerTable, auditTable, slackSecret, slackApiUrl } = settings;
  const clientsOf = siteClients({ env, clock, functionName });
  const dynamodb = new DynamoDBClient(awsClientConfig(env));
  const ledgerDeps = { dynamodb, table: ledgerTable, clock, functionName };
  const audit = auditTable && dynamoAudit({ table: { ...ledgerDeps, table: auditTable }, ledger: ledgerDeps, log });
  return {
    token: botToken(() => readSlackSecret(signedFetch(env, fetch), slackSecret), clock, functionName),
    /** For what only one of the functions may do, which is not among what all are given. */
    clientsOf,
    ledgerDeps,
    slackApi: slackApiUrl === undefined ? {} : { apiUrl: slackApiUrl },
    deps: {
      functionName,
      sites,
      fleetTag,
      knownHosts,
      zones,
      owner,
      clock,
      unpack,
      digest: sha256,
      nodes: ssmManagedNodes({ clientsOf, fleetTag, functionName }),
      runCommand: ssmRunCommand({ clientsOf, fleetTag, document, knownHosts, functionName }),
      recordSets: route53RecordSets({ clientsOf, clock, functionName }),
      ledger: dynamoLedger(ledgerDeps),
      changes: dynamoChanges(ledgerDeps),
      ...(audit ? { audit } : {}),
    },
  };
};
