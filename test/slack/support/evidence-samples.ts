/** Observations of every kind, with the words a real case has. */
import type { EvidenceKind, EvidenceLine } from '../../../bot/domain/diagnosis/diagnosis.ts';
import { NOW_MS } from './content.ts';

type Sample = Pick<EvidenceLine, 'words' | 'code'> & { readonly where?: string; readonly ageMs?: number };

export const EVIDENCE_SAMPLES: Readonly<Record<EvidenceKind, readonly Sample[]>> = {
  product: [
    { words: ['Windows Server 2022 Standard', 'kms-client', 'VMK7H'] },
    { words: ['ServerStandard', 'VOLUME_KMSCLIENT', 'VMK7H'] },
    { words: ['Windows Server 2022 Standard', 'retail', '3V66T'] },
  ],
  status: [{ words: ['notification'] }, { words: ['initial-grace'] }],
  'no-product': [{ words: [] }],
  evaluation: [{ words: ['ServerStandardEval'] }],
  'activation-type': [{ words: ['active-directory'] }, { words: ['token'] }],
  'service-state': [{ words: ['Stopped', 'Disabled'] }],
  'dns-server': [{ words: ['10.20.0.2', 'answers'] }, { words: ['10.20.0.2', 'timeout'] }],
  'no-dns-server': [{ words: [] }],
  'srv-found': [{ words: ['corp.example', 'kms1.corp.example', '1688'] }],
  'srv-missing': [
    { words: ['corp.example', 'nxdomain'] },
    { words: ['corp.example', '0x8007232B'] },
    { words: ['corp.example', 'nodata'] },
  ],
  'srv-not-asked': [{ words: ['corp.example'] }],
  'zone-has-record': [{ words: ['corp.example', '0 100 1688 kms1.corp.example'], where: 'corp.example' }],
  'zone-lacks-record': [{ words: ['corp.example'], where: 'corp.example' }],
  'zone-not-associated': [{ words: ['corp.example', 'vpc-0123456789abcdef0'], where: 'corp.example' }],
  'resolver-rule': [{ words: ['corp.example', 'vpc-0123456789abcdef0'] }],
  resolves: [
    { words: ['kms1.corp.example', '10.20.0.40'] },
    { words: ['kms1.corp.example', '10.20.0.40', '10.20.0.41'] },
  ],
  'does-not-resolve': [{ words: ['kms-old.corp.example', 'nxdomain'] }],
  'address-of-host': [{ words: ['kms1.corp.example', '10.20.0.40'], where: 'kms1' }],
  tcp: [
    { words: ['kms1.corp.example', '1688', 'ok'] },
    { words: ['kms1.corp.example', '1688', 'timeout'] },
    { words: ['kms1.corp.example', '1688', 'refused'] },
    { words: ['kms1.corp.example', '1688', 'unreachable'] },
  ],
  bind: (['ok', 'rejected', 'busy', 'closed', 'silent', 'other'] as const).map((result) => ({
    words: ['kms1.corp.example', '1688', result],
  })),
  'host-listening': [
    { words: ['kms1', '1688', 'ok'], where: 'kms1' },
    { words: ['kms1', '1688', 'refused'], where: 'kms1' },
  ],
  'host-service': [{ words: ['kms1', 'Stopped'], where: 'kms1' }],
  'host-firewall': [
    { words: ['kms1', 'off'], where: 'kms1' },
    { words: ['kms1', 'on'], where: 'kms1' },
  ],
  'host-state': [{ words: ['kms1', 'stopped'], where: 'kms1' }],
  'host-count': [{ words: ['kms1', '4', '5'], where: 'kms1', ageMs: 7_200_000 }],
  'host-key': [{ words: ['kms1', 'Windows Server 2016'], where: 'kms1' }],
  'host-licence': [{ words: ['kms1', 'notification'], where: 'kms1' }],
  'host-log': [{ words: ['kms1', '0xC004F042', '17'], code: '0xC004F042', where: 'kms1' }],
  'host-clock': [{ words: ['kms1', '-21600'], where: 'kms1' }],
  clock: [{ words: ['18720', '169.254.169.123'] }, { words: ['0', '169.254.169.123'] }],
  assigned: [{ words: ['kms-old.corp.example', '1688'] }],
  'not-ours': [{ words: ['203.0.113.7', 'public-address'] }],
  'licence-model': [
    { words: ['RunInstances:0800'] },
    { words: ['RunInstances:0002'] },
    { words: ['bp-6ba54002'] },
    { words: [''] },
  ],
  'route-missing': [{ words: ['169.254.169.250'] }],
  'request-event': [
    { words: ['kms1.corp.example:1688', '0x800705B4'], ageMs: 3_600_000 },
    { words: ['kms1.corp.example:1688'], code: '0xC004F06C', ageMs: 3_600_000 },
  ],
  'response-event': [{ words: ['0xC004F038', '4'], code: '0xC004F038', ageMs: 3_600_000 }],
  'others-succeed': [{ words: ['kms1.corp.example', '12'], where: 'kms1.corp.example', ageMs: 7_200_000 }],
  'others-fail': [{ words: ['kms1.corp.example', '2'], where: 'kms1.corp.example', ageMs: 7_200_000 }],
  'duplicate-cmid': [{ words: ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', '12'] }],
  image: [{ words: ['ami-0123456789abcdef0', '12'] }],
  'skip-rearm': [{ words: [] }],
  'other-host-answers': [{ words: ['kms2.corp.example'] }],
  'missed-renewals': [{ words: ['3'] }, { words: ['1'] }],
  'status-reason': [{ words: [], code: '0xC004F056' }],
  'last-seen': [{ words: ['offline'], ageMs: 7_200_000 }],
  'office-product': [{ words: ['Office 21, Office21ProPlus2021VL_KMS_Client_AE', 'notification'] }],
};

/** Every observation, as a rule would give it about this machine. */
export const EVERY_EVIDENCE: readonly EvidenceLine[] = Object.entries(EVIDENCE_SAMPLES).flatMap(([kind, samples]) =>
  samples.map(({ words, code, where = 'fileserver-07', ageMs = 0 }) => ({
    kind: kind as EvidenceKind,
    where,
    atMs: NOW_MS - ageMs,
    words,
    ...(code === undefined ? {} : { code }),
  })),
);

/** One kind's first sample. */
export const seen = (...kinds: readonly EvidenceKind[]): readonly EvidenceLine[] =>
  kinds.flatMap((kind) => EVERY_EVIDENCE.find((line) => line.kind === kind) ?? []);
