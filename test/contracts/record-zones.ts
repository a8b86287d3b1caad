/** Zones of two accounts that the contracts of Route 53 are held to: plain, routed, aliased, kept by a service. */
import type { NameState } from '../../bot/domain/records/record-set.ts';

export const VPC = 'vpc-00000000000000001';
const EU_VPC = 'vpc-0000000000000000e';

/** A zone, with what stands at the KMS names of its domains. */
export interface ContractZone {
  readonly siteId: 'tokyo' | 'frankfurt';
  readonly zoneId: string;
  readonly name: string;
  readonly private: boolean;
  readonly vpcIds: readonly string[];
  readonly keptBy?: string;
  readonly names: Readonly<Record<string, NameState>>;
  readonly addresses: Readonly<Record<string, readonly string[]>>;
  /** Names that are other names (CNAME). */
  readonly aliases: readonly string[];
}

const zone = (siteId: ContractZone['siteId'], zoneId: string, name: string, more: Partial<ContractZone> = {}) => ({
  siteId,
  zoneId,
  name,
  private: true,
  vpcIds: [siteId === 'tokyo' ? VPC : EU_VPC],
  names: {},
  addresses: {},
  aliases: [],
  ...more,
});

const srv = (ttlSeconds: number, ...values: string[]): NameState => ({ srv: { ttlSeconds, values } });

/** Written by several hands: in any case, with and without dot, quoted, in octal, and no answer at all. */
export const CORP_STATE: NameState = {
  srv: {
    ttlSeconds: 600,
    values: ['0 100 1688 KMS-01.Corp.Example.', '10 0 1688 gone.corp.example', '0 0 1688 kms-eu.other.example.'],
  },
  txt: { ttlSeconds: 60, values: ['"v=1 \\"a & b\\" <c>"', '"two" "strings"', '"\\303\\274"', '"  spaces  "'] },
};

export const CONTRACT_ZONES: readonly ContractZone[] = [
  zone('tokyo', 'ZCORP', 'corp.example', {
    names: { 'corp.example': CORP_STATE, 'dev.corp.example': srv(300, '0 0 1688 kms-01.corp.example.') },
    addresses: { 'kms-01.corp.example': ['10.0.0.1', 'fd00::1'] },
    aliases: ['kms.corp.example'],
  }),
  zone('tokyo', 'ZPUBLIC', 'corp.example', { private: false, vpcIds: [] }),
  zone('tokyo', 'ZOTHER', 'other.example', { addresses: { 'kms-eu.other.example': ['10.0.0.3'] } }),
  zone('tokyo', 'ZTEXT', 'text.example', {
    names: { 'text.example': { txt: { ttlSeconds: 30, values: ['"only"'] } } },
  }),
  zone('tokyo', 'ZROUTED', 'routed.example', {
    names: {
      'routed.example': { ...srv(60, '0 0 1688 a.x.example.', '0 0 1688 b.x.example.'), untouchable: 'routed' },
    },
  }),
  zone('tokyo', 'ZCNAME', 'cname.example', { names: { 'cname.example': { untouchable: 'cname' } } }),
  zone('tokyo', 'ZMAP', 'map.example', { keptBy: 'servicediscovery.amazonaws.com' }),
  zone('frankfurt', 'ZEU', 'eu.example', {
    names: { 'eu.example': srv(300, '0 0 1688 kms-eu.eu.example.') },
    addresses: { 'kms-eu.eu.example': ['10.1.0.1'] },
  }),
];
