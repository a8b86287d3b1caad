/** Contents as operations make them, and arbitrary ones. */
import fc from 'fast-check';
import type {
  CauseKind,
  CheckReport,
  CheckTotals,
  NextAction,
  NodeResult,
  Verdict,
} from '../../../bot/domain/check-report.ts';
import type { InspectionRecord } from '../../../bot/domain/inspection-record.ts';
import { parseInspection } from '../../../bot/domain/parse-inspection.ts';
import type { Content } from '../../../bot/ports.ts';
import { checkTexts } from '../../../bot/slack/messages/reports.ts';

export const NOW_MS = Date.parse('2026-11-22T10:00:00Z');
export const DAY_MS = 86_400_000;
export const NODE_ID = 'i-0a1b2c3d4e5f60718';

export const TOTALS: CheckTotals = {
  machines: 0,
  activated: 0,
  activatedLate: 0,
  inGrace: 0,
  notActivated: 0,
  notKmsClient: 0,
  unknown: 0,
  notAsked: 0,
};

export const TOKYO = { id: 'tokyo', account: '111122223333', region: 'ap-northeast-1' };
export const FRANKFURT = { id: 'frankfurt', account: '444455556666', region: 'eu-central-1' };

/** A finished check in which nothing was found, with what a test cares about on top. */
export const finished = (parts: Partial<CheckReport> = {}): CheckReport => ({
  totals: TOTALS,
  groups: [],
  sites: [TOKYO],
  startedAtMs: NOW_MS - 120_000,
  finishedAtMs: NOW_MS,
  timedOut: false,
  unmatched: [],
  ...parts,
});

/** A record as the inspection prints it. */
export function recordOf(parts: object = {}): InspectionRecord {
  const wire = {
    v: 1,
    at: NOW_MS / 1000,
    name: 'FILESERVER-07',
    os: { b: '20348.2031', ed: 'ServerStandard', sku: 7, pt: 3, ui: 'en-US', role: 3 },
    aws: { ami: 'ami-0123456789abcdef0', vpc: 'vpc-0123456789abcdef0', bp: [] },
    svc: { ver: '10.0.20348.1', cmid: '3f2504e0-4f89-11d3-9a0c-0305e82c3301', host: 0, cache: 1, rearm: 1001 },
    prod: [
      {
        id: '9bd77860-9b31-4b7b-96ad-2564017315bf',
        app: 'w',
        fam: 'ServerStandard',
        ch: 'VOLUME_KMSCLIENT',
        key: 'VMK7H',
        st: 2,
        why: '4004F00C',
        min: 8_880,
        vt: 0,
        ve: 0,
      },
    ],
    spp: ['Running', 'Auto'],
    reg: { skip: 0, nopub: null, list: [] },
    net: {
      if: [{ ip: ['10.20.4.17'], gw: ['10.20.4.1'], dns: ['10.20.0.2'], sfx: 'aws.corp.example' }],
      sfx: 'corp.example',
      list: ['corp.example'],
    },
    dns: [{ ip: '10.20.0.2', q: 'ok', ping: 1 }],
    srv: [
      { d: 'corp.example', a: [[0, 100, 1688, 0]] },
      { d: 'aws.corp.example', e: 'nxdomain' },
    ],
    tgt: [{ n: 'kms1.corp.example', p: 1688, by: 's', ip: ['10.20.0.40'], tcp: 'timeout' }],
    clk: [0, '169.254.169.123'],
    evt: { q: [[NOW_MS / 1000 - 3_600, '800705B4', 'kms1.corp.example:1688']], r: null },
    rt: [],
    err: {},
    ...parts,
  };
  const parsed = parseInspection(wire);
  if (!parsed.ok) throw new Error(`not a record: ${JSON.stringify(parsed)}`);
  return parsed.record;
}

const CAUSE_KINDS = Object.keys(checkTexts.en.report.causes) as readonly CauseKind[];

/** Every kind of cause, without subject and with one. */
export const CAUSES = CAUSE_KINDS.flatMap((kind) => [
  { key: kind, kind },
  { key: `${kind}|kms1`, kind, subject: 'kms1.corp.example', code: '0xC004F074' as const },
]);

/** Text as hostile as machines and people can make it. */
export const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(
    '<!channel>',
    '<@U0AIKO0001>',
    '*bold* _it_ `code` ```fence```',
    '&lt;',
    'ﾃｽﾄ\u202Egnp.exe',
    'VK7JG-NPHTM-C97JM-9MPGT-3V66T',
    '<'.repeat(4_000),
    '𠮷'.repeat(2_000),
    '',
  ),
);

const whole = fc.nat({ max: 100_000 });
const moments = fc.integer({ min: 0, max: 4_000_000_000_000 });
const totals: fc.Arbitrary<CheckTotals> = fc.record({
  machines: whole,
  activated: whole,
  activatedLate: whole,
  inGrace: whole,
  notActivated: whole,
  notKmsClient: whole,
  unknown: whole,
  notAsked: whole,
});

const next: fc.Arbitrary<NextAction> = fc.oneof(
  fc.constantFrom<NextAction>({ kind: 'none' }, { kind: 'tag' }, { kind: 'check-again' }, { kind: 'sync-clock' }),
  hostile.map((nodeId) => ({ kind: 'diagnose', nodeId }) as const),
  hostile.map((gvlk) => ({ kind: 'install-gvlk', gvlk }) as const),
);

const group = fc.record({
  cause: fc.record({ key: hostile, kind: fc.constantFrom(...CAUSE_KINDS), subject: hostile, detail: hostile }),
  state: fc.constantFrom('notification' as const, 'in-grace' as const, 'not-asked' as const, 'activated' as const),
  total: whole,
  examples: fc.array(fc.record({ nodeId: hostile, name: hostile }), { maxLength: 10 }),
  next,
  lastSeenMs: moments,
  expiresAtMs: moments,
});

const unmatched = fc.array(fc.record({ word: hostile, nearest: fc.array(hostile, { maxLength: 5 }) }), {
  maxLength: 12,
});

const verdict: fc.Arbitrary<Verdict> = fc.oneof(
  fc.constant<Verdict>({ state: 'notification', channel: 'kms-client', reason: '0xC004F056' }),
  moments.map(
    (endsAtMs) =>
      ({ state: 'in-grace', channel: 'kms-client', grace: 'initial', endsAtMs, reason: '0x4004F00C' }) as const,
  ),
  moments.map(
    (expiresAtMs) =>
      ({ state: 'activated', by: 'kms', channel: 'kms-client', expiresAtMs, missedRenewals: 3 }) as const,
  ),
  fc.constant<Verdict>({ state: 'not-asked', why: { kind: 'no-agent' } }),
);

/** The record's parser lets a text of at most 1,024 characters through. */
const record = hostile
  .map((whole) => whole.slice(0, 1_000))
  .map((text) =>
    recordOf({
      name: text,
      net: { if: [{ ip: [text, text], gw: [], dns: [text], sfx: text }], sfx: text, list: Array(10).fill(text) },
      dns: [{ ip: text, q: 'timeout', ping: 0 }],
      err: { srv: 'timeout', clk: '80070005' },
      srv: null,
      clk: null,
    }),
  );

const result: fc.Arbitrary<NodeResult> = fc.record({
  nodeId: hostile,
  siteId: hostile,
  name: hostile,
  verdict,
  cause: fc.record({ key: hostile, kind: fc.constantFrom(...CAUSE_KINDS), subject: hostile }),
  next,
  os: hostile,
});

/** Anything an operation could want to say. */
export const anyContent: fc.Arbitrary<Content> = fc.oneof(
  fc.record({
    kind: fc.constant('check-progress' as const),
    asked: hostile,
    progress: fc.record({
      phase: fc.constantFrom('looking-up', 'sending', 'waiting', 'reading', 'slowed-down'),
      total: whole,
      done: whole,
      soFar: totals,
      startedAtMs: moments,
      waitingSeconds: whole,
    }),
  }),
  fc.record({
    kind: fc.constant('check-report' as const),
    asked: hostile,
    report: fc
      .record({
        totals,
        groups: fc.array(group, { maxLength: 30 }),
        nextExpiryMs: moments,
        unmatched,
        timedOut: fc.boolean(),
        troubles: fc.array(
          fc.record({ siteId: hostile, kind: fc.constantFrom('missing-right', 'site-unreachable'), what: hostile }),
          { maxLength: 4 },
        ),
      })
      .map(finished),
  }),
  fc.record({
    kind: fc.constant('node-card' as const),
    asked: hostile,
    card: fc.record({
      result,
      node: fc.constant({
        id: NODE_ID,
        siteId: 'tokyo',
        name: 'x',
        platform: 'windows' as const,
        presence: { kind: 'online' as const },
        inFleet: true,
        tags: {},
      }),
      record,
      checkedAtMs: moments,
    }),
  }),
  fc.record({ kind: fc.constant('no-such-node' as const), asked: hostile, unmatched }),
  fc.record({
    kind: fc.constant('failure' as const),
    asked: hostile,
    failure: fc.oneof(
      fc.record({ kind: fc.constant('missing-right' as const), action: hostile, siteId: hostile, function: hostile }),
      fc.record({ kind: fc.constant('internal' as const), reference: hostile }),
    ),
  }),
);
