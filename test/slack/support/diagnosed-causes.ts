/** Causes of every kind, with the values a real case has. */
import type { DiagnosedCause, DiagnosedKind } from '../../../bot/domain/diagnosis/cause.ts';
import { NOW_MS } from './content.ts';

const kms1 = { name: 'kms1.corp.example', port: 1688, nodeId: 'i-0aa11aa11aa11aa11' } as const;
const kms2 = { name: 'kms2.corp.example', port: 1688 } as const;
const domain = 'corp.example';

type Samples = { readonly [K in DiagnosedKind]: readonly Extract<DiagnosedCause, { kind: K }>[] };

export const CAUSE_SAMPLES: Samples = {
  'no-key': [{ kind: 'no-key', gvlk: 'VDYBN-27WPP-V4HQT-9VMD4-VMK7H' }],
  'wrong-key': [{ kind: 'wrong-key', editionOfKey: 'Windows Server 2022 Datacenter' }],
  'evaluation-edition': [{ kind: 'evaluation-edition' }],
  'other-channel': [
    { kind: 'other-channel', channel: 'retail' },
    { kind: 'other-channel', channel: 'mak', code: '0xC004C008' },
    { kind: 'other-channel', channel: 'unknown' },
  ],
  'accidental-host': [{ kind: 'accidental-host' }],
  'own-host-key-not-activated': [{ kind: 'own-host-key-not-activated', code: '0xC004F041' }],
  'kms-switched-off': [
    { kind: 'kms-switched-off', allowed: 'active-directory' },
    { kind: 'kms-switched-off', allowed: 'token' },
  ],
  'service-disabled': [{ kind: 'service-disabled' }],
  'licence-damaged': [{ kind: 'licence-damaged', code: '0xC004F009' }],
  'no-dns-server': [{ kind: 'no-dns-server' }],
  'dns-server-silent': [
    { kind: 'dns-server-silent', servers: ['10.20.0.2'] },
    { kind: 'dns-server-silent', servers: ['10.20.0.2', '10.20.0.3'] },
  ],
  'dns-failing': [{ kind: 'dns-failing', domain, code: '0x8007232A' }],
  'record-missing': [
    { kind: 'record-missing', domain },
    { kind: 'record-missing', domain, host: kms1 },
  ],
  'suffix-without-record': [
    { kind: 'suffix-without-record', domains: ['ap-northeast-1.compute.internal'], recordIn: domain },
  ],
  'record-of-wrong-type': [{ kind: 'record-of-wrong-type', domain }],
  'lookup-domain-empty': [
    { kind: 'lookup-domain-empty', domain: 'old.example', recordIn: domain },
    { kind: 'lookup-domain-empty', domain: 'old.example' },
  ],
  'zone-not-associated': [
    { kind: 'zone-not-associated', zone: domain, zoneId: 'Z0123456789ABC', vpcId: 'vpc-0123456789abcdef0' },
  ],
  'resolver-differs': [
    { kind: 'resolver-differs', zone: domain, servers: ['10.20.0.10'] },
    { kind: 'resolver-differs', zone: domain, servers: ['10.20.0.2'], ruleFor: domain },
  ],
  'target-without-address': [{ kind: 'target-without-address', target: 'kms-old.corp.example', recordIn: domain }],
  'record-names-dead-host': [
    { kind: 'record-names-dead-host', target: 'kms-old.corp.example', recordIn: domain, alive: kms1 },
    { kind: 'record-names-dead-host', target: 'kms-old.corp.example', recordIn: domain },
  ],
  'record-wrong-port': [
    { kind: 'record-wrong-port', target: 'kms1.corp.example', port: 1689, right: 1688, recordIn: domain },
  ],
  'address-stale': [{ kind: 'address-stale', host: 'kms1.corp.example', address: '10.20.0.99', right: '10.20.0.40' }],
  'assigned-to-dead-host': [
    { kind: 'assigned-to-dead-host', host: 'kms-old.corp.example', alive: kms1 },
    { kind: 'assigned-to-dead-host', host: 'kms-old.corp.example' },
  ],
  'assigned-to-unknown-name': [{ kind: 'assigned-to-unknown-name', host: 'kms01' }],
  'assigned-malformed': [{ kind: 'assigned-malformed', host: 'http://kms1.corp.example/' }],
  'assigned-wrong-port': [{ kind: 'assigned-wrong-port', host: 'kms1.corp.example', port: 1689, right: 1688 }],
  'unknown-host': [
    { kind: 'unknown-host', host: '127.0.0.2', why: 'loopback' },
    { kind: 'unknown-host', host: '203.0.113.7', why: 'public-address' },
    { kind: 'unknown-host', host: '169.254.7.7', why: 'link-local' },
    { kind: 'unknown-host', host: 'kms.digiboy.example', why: 'unknown-name' },
  ],
  'byol-on-amazon': [{ kind: 'byol-on-amazon', host: '169.254.169.250' }],
  'licence-included-elsewhere': [{ kind: 'licence-included-elsewhere', host: 'kms1.corp.example' }],
  'amazon-routes-missing': [{ kind: 'amazon-routes-missing', missing: ['169.254.169.250', '169.254.169.251'] }],
  'path-blocked': [{ kind: 'path-blocked', host: kms1, address: '10.20.0.40' }],
  'host-firewall-closed': [{ kind: 'host-firewall-closed', host: kms1 }],
  'host-service-stopped': [{ kind: 'host-service-stopped', host: kms1 }],
  'host-not-running': [{ kind: 'host-not-running', host: kms1, state: 'stopped' }],
  'host-refuses': [{ kind: 'host-refuses', host: kms2 }],
  'host-silent': [{ kind: 'host-silent', host: kms2 }],
  'foreign-service': [
    { kind: 'foreign-service', host: kms2, speaks: 'rpc' },
    { kind: 'foreign-service', host: kms2, speaks: 'other' },
  ],
  'path-cut': [{ kind: 'path-cut', host: kms1 }],
  'host-busy': [{ kind: 'host-busy', host: kms1 }],
  'host-not-activated': [{ kind: 'host-not-activated', host: kms1 }],
  'host-key-too-old': [
    { kind: 'host-key-too-old', host: kms1, keyGroup: 'Windows Server 2016', needs: 'Windows Server 2022' },
    { kind: 'host-key-too-old', host: kms2 },
  ],
  'clock-off': [
    { kind: 'clock-off', where: 'client', seconds: 18_720 },
    { kind: 'clock-off', where: 'host', host: kms1, seconds: -21_600 },
    { kind: 'clock-off', where: 'client' },
  ],
  'count-too-low': [
    { kind: 'count-too-low', host: kms1, count: 4, needed: 5 },
    { kind: 'count-too-low', host: kms1, count: 12, needed: 25 },
  ],
  'duplicate-cmid': [
    {
      kind: 'duplicate-cmid',
      cmid: '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
      machines: 12,
      imageId: 'ami-0123456789abcdef0',
      skipRearm: true,
    },
  ],
  'count-split': [{ kind: 'count-split', hosts: [kms1, kms2], needed: 25 }],
  'works-now': [{ kind: 'works-now', host: 'kms1.corp.example' }],
  office: [
    { kind: 'office', of: 'no-office-host-key' },
    { kind: 'office', of: 'count-too-low' },
    { kind: 'office', of: 'other-channel' },
    { kind: 'office', of: 'code', code: '0xC004F074' },
  ],
  'not-asked': [
    { kind: 'not-asked', why: { kind: 'offline', lastSeenMs: NOW_MS - 3_600_000 } },
    { kind: 'not-asked', why: { kind: 'not-running', instanceState: 'stopped' } },
    { kind: 'not-asked', why: { kind: 'no-agent' } },
    { kind: 'not-asked', why: { kind: 'untagged' } },
    { kind: 'not-asked', why: { kind: 'not-windows', platform: 'linux' } },
  ],
  'no-answer': [{ kind: 'no-answer', why: 'delivery-timed-out' }],
  unreadable: [
    { kind: 'unreadable', probes: ['prod'] },
    { kind: 'unreadable', probes: [] },
  ],
  'code-only': [{ kind: 'code-only', code: '0xC004F074' }],
};

export const EVERY_CAUSE: readonly DiagnosedCause[] = Object.values(CAUSE_SAMPLES).flat();
