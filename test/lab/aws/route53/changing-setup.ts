/** A zone that tests change, in a simulated account behind the real client. */
import {
  type Change,
  type ChangeAction,
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type RRType,
} from '@aws-sdk/client-route-53';
import type { LabRecordSet, LabZone } from '../../world/types.ts';
import { type AccountsUnderTest, ADMINISTRATOR, startAccounts, TOKYO } from '../accounts-under-test.ts';
import type { ThrottleSettings } from '../throttle.ts';
import type { Principal } from '../types.ts';

export const ZONE = 'Z0CORP';
export const NAME = '_vlmcs._tcp.corp.example.';

export const set = (name: string, type: LabRecordSet['type'], ...values: string[]): LabRecordSet => ({
  name,
  type,
  ttl: 300,
  values,
});

export const zone = (overrides: Partial<LabZone> = {}): LabZone => ({
  id: ZONE,
  name: 'corp.example',
  site: TOKYO.id,
  private: true,
  vpcs: ['vpc-00000000000000001'],
  hostedBy: 'route53',
  recordSets: [
    set('corp.example.', 'NS', 'ns-1.example.net.'),
    set('corp.example.', 'SOA', 'ns-1.example.net. hostmaster. 1 7200 900 1209600 86400'),
    set('kms-01.corp.example.', 'A', '10.0.0.1'),
    set('alias.corp.example.', 'CNAME', 'kms-01.corp.example.'),
    set(NAME, 'SRV', '0 0 1688 kms-01.corp.example.', '10 0 1688 kms-02.corp.example.'),
  ],
  ...overrides,
});

/** One change as the client takes it; a set identifier makes it a weighted one. */
export const change = (
  action: ChangeAction,
  type: RRType,
  values: readonly string[],
  more: { name?: string; ttl?: number; id?: string; weight?: number } = {},
): Change => ({
  Action: action,
  ResourceRecordSet: {
    Name: more.name ?? NAME,
    Type: type,
    TTL: more.ttl ?? 300,
    ResourceRecords: values.map((Value) => ({ Value })),
    ...(more.id === undefined ? {} : { SetIdentifier: more.id, Weight: more.weight ?? 10 }),
  },
});

export const CURRENT = ['0 0 1688 kms-01.corp.example.', '10 0 1688 kms-02.corp.example.'] as const;

export interface ChangingUnderTest {
  readonly lab: AccountsUnderTest;
  /** Sends a batch as the administrator, or as somebody else. */
  send(changes: readonly Change[], more?: Sent): Promise<string>;
  /** Name, type and values of every set, as the service lists them. */
  listed(): Promise<string[]>;
  readonly zone: LabZone;
}

interface Sent {
  readonly comment?: string;
  readonly zoneId?: string;
  readonly as?: Principal;
}

/** Starts an account with the zone. Every batch finds it free unless the zone says otherwise; no throttle by default. */
export async function startChanging(
  overrides: Partial<LabZone> = {},
  principals: Principal[] = [],
  settings: { throttle?: ThrottleSettings } = { throttle: {} },
): Promise<ChangingUnderTest> {
  const made = zone({ busySeconds: 0, ...overrides });
  const lab = await startAccounts({ ...settings, zones: [made], principals: [ADMINISTRATOR, ...principals] });
  const dns = new Route53Client(lab.client());
  return {
    lab,
    zone: made,
    send: async (changes, { comment, zoneId = ZONE, as } = {}) => {
      const client = as === undefined ? dns : new Route53Client(lab.client(as));
      const batch = { Changes: [...changes], ...(comment === undefined ? {} : { Comment: comment }) };
      const answer = await client.send(
        new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch: batch }),
      );
      return answer.ChangeInfo?.Id ?? '';
    },
    listed: async () => {
      const { ResourceRecordSets = [] } = await dns.send(new ListResourceRecordSetsCommand({ HostedZoneId: ZONE }));
      return ResourceRecordSets.map(
        ({ Name, Type, SetIdentifier, ResourceRecords = [] }) =>
          `${Name} ${Type} ${SetIdentifier === undefined ? '' : `(${SetIdentifier}) `}${ResourceRecords.map(({ Value }) => Value).join(' | ')}`,
      );
    },
  };
}
