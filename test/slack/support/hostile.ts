/** Diagnoses and hosts in which every open text is hostile. */
import fc from 'fast-check';
import type {
  Confidence,
  EvidenceLine,
  LessLikely,
  RankedCause,
  Unseen,
} from '../../../bot/domain/diagnosis/diagnosis.ts';
import type { Content } from '../../../bot/ports.ts';
import { CHANGE_SAMPLES } from './change-samples.ts';
import { NO_UNDO } from './changes.ts';
import { hostile, NOW_MS } from './content.ts';
import { EVERY_CAUSE } from './diagnosed-causes.ts';
import { diagnosisOf, EXITS, UNSEEN } from './diagnoses.ts';
import { EVERY_EVIDENCE } from './evidence-samples.ts';
import { EVERY_CONCERN, host, hostsContent } from './hosts.ts';
import { EVERY_RECORD, recordsContent, suffix, UNREAD } from './record-reports.ts';

/** Fields that hold words of a closed list, or codes that parsing has read. */
const CLOSED: readonly string[] = [
  'kind',
  'why',
  'of',
  'where',
  'speaks',
  'allowed',
  'code',
  'probe',
  'probes',
  'platform',
];

/** The value with every open text in it replaced. */
function poisoned<T>(value: T, text: string, key = ''): T {
  if (typeof value === 'string') return (CLOSED.includes(key) ? value : text) as T;
  if (Array.isArray(value)) return value.map((each) => poisoned(each, text, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poisoned(each, text, name)])) as T;
}

const evidence: fc.Arbitrary<EvidenceLine> = fc
  .tuple(fc.constantFrom(...EVERY_EVIDENCE), hostile, hostile)
  .map(([line, text, where]) => ({ ...line, words: line.words.map(() => text), where }));

const ranked: fc.Arbitrary<RankedCause> = fc.record({
  cause: fc.tuple(fc.constantFrom(...EVERY_CAUSE), hostile).map(([cause, text]) => poisoned(cause, text)),
  confidence: fc.constantFrom<Confidence>('sure', 'likely', 'possible'),
  owner: fc.constantFrom('machine', 'dns', 'nobody'),
  evidence: fc.array(evidence, { maxLength: 6 }),
  rule: hostile,
});

const unseen: fc.Arbitrary<Unseen> = fc
  .tuple(fc.constantFrom(...UNSEEN), hostile)
  .map(([each, text]) => ({ ...poisoned(each, text), ...('where' in each ? { where: text } : {}) }));

/** A diagnosis of a machine that says whatever it likes. */
export const hostileDiagnosis: fc.Arbitrary<Content> = fc
  .record({
    first: ranked,
    name: hostile,
    nodeId: hostile,
    values: hostile,
    runnersUp: fc.array(
      ranked.map((each) => ({ ...each, lessLikely: 'second-fault' as LessLikely })),
      { maxLength: 4 },
    ),
    unseen: fc.array(unseen, { maxLength: 12 }),
    office: fc.option(ranked, { nil: undefined }),
  })
  .map(({ first, name, nodeId, values, office, ...rest }) => {
    const fix = {
      kind: 'change-record',
      values: { host: values, domain: values, zone: values },
      slmgr: values,
    } as const;
    return {
      kind: 'diagnosis',
      asked: name,
      diagnosis: {
        ...diagnosisOf(first.cause, { first, name, nodeId, exits: EXITS, ...rest }),
        fix,
        ...(office === undefined ? {} : { office: { state: 'failing' as const, first: office, fix } }),
      },
    };
  });

/** Hosts with hostile names and reasons. */
export const hostileHosts: fc.Arbitrary<Content> = fc
  .array(fc.record({ name: hostile, keyGroup: hostile, concern: fc.constantFrom(...EVERY_CONCERN), text: hostile }), {
    maxLength: 30,
  })
  .map((hosts) =>
    hostsContent(
      hosts.map(({ name, keyGroup, concern, text }) => host(name, { keyGroup, concerns: [poisoned(concern, text)] })),
      { unread: hosts.slice(0, 3).map(({ name, text }) => ({ siteId: name, why: text })) },
    ),
  );

/** Records of hostile zones, values, hosts and machines. */
export const hostileRecords: fc.Arbitrary<Content> = fc
  .tuple(fc.constantFrom(...EVERY_RECORD), hostile)
  .map(([story, text]) =>
    poisoned(
      recordsContent([story], {
        unread: UNREAD,
        suffixes: [suffix('ad.corp.example', 3)],
        withoutRecord: [{ name: 'kms-02.corp.example', port: 1688, publishes: true, domains: ['corp.example'] }],
      }),
      text,
    ),
  );

/** A look under way, at a machine of any name. */
export const hostileProgress: fc.Arbitrary<Content> = hostile.map((name) => ({
  kind: 'diagnosis-progress',
  asked: name,
  progress: { phase: 'asking', name, asked: 3, answered: 1, startedAtMs: NOW_MS },
}));

/** Fields of changes that hold words of a closed list. */
const CLOSED_IN_CHANGES: readonly string[] = [
  ...CLOSED,
  'at',
  'phase',
  'end',
  'result',
  'document',
  'none',
  'right',
  'to',
  'what',
  'event',
  'step',
  'state',
  'via',
];

/** Ids of people and groups are Slack's own; whatever else stands there calls nobody. */
const isOpen = (value: string, key: string): boolean =>
  /^[US]0/.test(value) ||
  !(CLOSED_IN_CHANGES.includes(key) || (key === 'by' && (value === 'name' || value === 'address')));

function poisonedChange<T>(value: T, text: string, key = ''): T {
  if (typeof value === 'string') {
    const isReason = NO_UNDO.some((reason) => reason === value);
    return (isOpen(value, key) && !isReason ? text : value) as T;
  }
  if (Array.isArray(value)) return value.map((each) => poisonedChange(each, text, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poisonedChange(each, text, name)])) as T;
}

/** Any message about changes, of machines and people that are called whatever they like. */
export const hostileChange: fc.Arbitrary<Content> = fc
  .tuple(fc.constantFrom(...CHANGE_SAMPLES), hostile)
  .map(([[, content], text]) => poisonedChange(content, text));
