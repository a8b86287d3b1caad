/** Diagnoses as operations make them, one for every cause. */
import type { DiagnosedCause } from '../../../bot/domain/diagnosis/cause.ts';
import type {
  Confidence,
  Diagnosis,
  Exit,
  Owner,
  RankedCause,
  Unseen,
} from '../../../bot/domain/diagnosis/diagnosis.ts';
import type { Fix, FixKind } from '../../../bot/domain/diagnosis/fix-kinds.ts';
import type { Content } from '../../../bot/ports.ts';
import { NODE_ID, NOW_MS } from './content.ts';
import { seen } from './evidence-samples.ts';

export const EXITS: readonly Exit[] = ['repair', 'set-up-host', 'mak'];

export const UNSEEN: readonly Unseen[] = [
  { kind: 'probe', where: 'fileserver-07', probe: 'evt', why: 'timeout' },
  { kind: 'dropped', where: 'fileserver-07', what: 'tgt' },
  { kind: 'host-not-asked', host: 'kms1', why: 'offline' },
  { kind: 'host-not-asked', host: 'kms2', why: 'no-agent' },
  { kind: 'host-not-asked', host: 'kms2', why: 'not-in-fleet' },
  { kind: 'host-not-asked', host: 'kms2', why: 'no-answer' },
  { kind: 'zone-not-read', zone: 'corp.example', why: 'missing-right', action: 'route53:ListResourceRecordSets' },
  { kind: 'zone-not-read', zone: 'corp.example', why: 'not-in-route53' },
  { kind: 'zone-not-read', zone: 'corp.example', why: 'unreachable' },
  { kind: 'security-groups' },
];

export const ranked = (cause: DiagnosedCause, parts: Partial<RankedCause> = {}): RankedCause => ({
  cause,
  confidence: 'sure',
  owner: 'kms-host',
  evidence: seen('srv-found', 'resolves', 'tcp'),
  rule: cause.kind,
  ...parts,
});

export const fixOf = (kind: FixKind, parts: Partial<Fix> = {}): Fix => ({ kind, values: {}, ...parts });

/** A failing machine with this first cause. */
export const diagnosisOf = (
  cause: DiagnosedCause,
  parts: Partial<Diagnosis> & { readonly owner?: Owner; readonly confidence?: Confidence } = {},
): Diagnosis => {
  const { owner = 'kms-host', confidence = 'sure', ...rest } = parts;
  return {
    nodeId: NODE_ID,
    siteId: 'tokyo',
    name: 'fileserver-07',
    os: 'Windows Server 2022 Standard',
    result: {
      nodeId: NODE_ID,
      siteId: 'tokyo',
      name: 'fileserver-07',
      verdict: { state: 'notification', channel: 'kms-client', reason: '0xC004F056' },
      next: { kind: 'none' },
    },
    state: 'failing',
    first: ranked(cause, { owner, confidence }),
    fix: fixOf('explain-code'),
    runnersUp: [],
    unseen: [],
    exits: EXITS,
    atMs: NOW_MS,
    ...rest,
  };
};

export const diagnosisContent = (diagnosis: Diagnosis): Content => ({
  kind: 'diagnosis',
  asked: 'diagnose fileserver-07',
  diagnosis,
});
