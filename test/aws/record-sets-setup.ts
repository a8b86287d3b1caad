/** Route 53 of two simulated accounts, read as the observe role reads it. */
import { afterEach } from 'vitest';
import { route53RecordSets } from '../../bot/aws/record-sets.ts';
import { route53RecordWriter } from '../../bot/aws/record-writer.ts';
import { siteClients } from '../../bot/aws/sites.ts';
import type { ZonesWanted } from '../../bot/ports.ts';
import { FRANKFURT, functionPrincipal, startAccounts, TOKYO } from '../lab/aws/accounts-under-test.ts';
import type { ThrottleSettings } from '../lab/aws/throttle.ts';
import type { LabRole, PolicyDocument } from '../lab/aws/types.ts';
import type { LabRecordSet, LabZone } from '../lab/world/types.ts';

export const VPC = 'vpc-00000000000000001';
const ROLE = `arn:aws:iam::${FRANKFURT.account}:role/kms-bot-site-frankfurt`;
const ENTER: PolicyDocument['Statement'] = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ROLE };

/** The reads that record sets need, and no more. */
export const READ: PolicyDocument['Statement'] = [
  {
    Effect: 'Allow',
    Action: [
      'route53:ListHostedZones',
      'route53resolver:ListResolverRuleAssociations',
      'route53resolver:ListResolverRules',
    ],
    Resource: '*',
  },
  {
    Effect: 'Allow',
    Action: ['route53:GetHostedZone', 'route53:ListResourceRecordSets'],
    Resource: 'arn:aws:route53:::hostedzone/*',
  },
];

/** The reads, and the two calls that a change of records needs besides. */
export const WRITE: PolicyDocument['Statement'] = [
  ...[READ].flat(),
  {
    Effect: 'Allow',
    Action: 'route53:ChangeResourceRecordSets',
    Resource: 'arn:aws:route53:::hostedzone/*',
  },
  { Effect: 'Allow', Action: 'route53:GetChange', Resource: 'arn:aws:route53:::change/*' },
];

/** A record set of five minutes. */
export const set = (name: string, type: LabRecordSet['type'], ...values: string[]): LabRecordSet => ({
  name,
  type,
  ttl: 300,
  values,
});

/** A private zone of Tokyo's that its network sees. */
export const zone = (name: string, recordSets: LabRecordSet[] = [], more: Partial<LabZone> = {}): LabZone => ({
  id: `Z${name.replaceAll('.', '').toUpperCase()}`,
  name,
  site: TOKYO.id,
  private: true,
  vpcs: [VPC],
  hostedBy: 'route53',
  recordSets,
  ...more,
});

/** Starts both accounts with these zones; not throttled unless said so. */
export const startRecordSets = async (
  zones: LabZone[],
  throttle: ThrottleSettings = {},
  rights: PolicyDocument['Statement'] = READ,
) => {
  const observe = functionPrincipal(rights, ENTER);
  const role: LabRole = {
    arn: ROLE,
    account: FRANKFURT.account,
    trusts: [observe.arn],
    policies: [{ Version: '2012-10-17', Statement: rights }],
  };
  const lab = await startAccounts({ principals: [observe], roles: [role], zones, throttle });
  const env = {
    AWS_REGION: TOKYO.region,
    AWS_ENDPOINT_URL: lab.url,
    AWS_ACCESS_KEY_ID: observe.accessKeyId,
    AWS_SECRET_ACCESS_KEY: observe.secretAccessKey,
  };
  const clientsOf = siteClients({ env, clock: lab.clock.now, functionName: 'observe' });
  const recordSets = route53RecordSets({ clientsOf, clock: lab.clock.now, functionName: 'observe' });
  const recordWriter = route53RecordWriter({ clientsOf, functionName: 'change' });
  return {
    lab,
    observe,
    role,
    recordSets,
    recordWriter,
    frankfurt: { ...FRANKFURT, roleArn: ROLE },
    /** Reads in Tokyo. */
    read: (wanted: Partial<ZonesWanted>) => recordSets.zonesFor(TOKYO, { domains: [], targets: [], ...wanted }),
    /** Calls of Route 53 since the last look, by operation. */
    calls: () => lab.exchanges.splice(0).flatMap((each) => (each.to === 'route53' ? [each.operation.slice(8)] : [])),
  };
};

/** The record of a healthy zone, its host's address, and the zone of both. */
export const SRV = set('_vlmcs._tcp.corp.example.', 'SRV', '0 0 1688 KMS-01.corp.example.');
export const HOST = set('kms-01.corp.example.', 'A', '10.0.0.1');
export const CORP = () => zone('corp.example', [SRV, HOST]);

/** Starts {@link startRecordSets} within a test, and closes its lab after it. */
export const startedForEachTest = () => {
  let at: Awaited<ReturnType<typeof startRecordSets>> | undefined;
  afterEach(() => at?.lab.close());
  return async (...given: Parameters<typeof startRecordSets>) => {
    at = await startRecordSets(...given);
    return at;
  };
};
