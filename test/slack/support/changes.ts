import {
  activate,
  assign,
  flushDns,
  installKey,
  setCaching,
  setLookup,
  setType,
} from '../../../bot/domain/change/actions.ts';
import type { ApprovalCard, ChangeMessage, ChangeRefusal } from '../../../bot/domain/change/change-message.ts';
import type { ChangeSpec } from '../../../bot/domain/change/change-spec.ts';
import { REFUSALS } from '../../../bot/domain/change/change-wire.ts';
import { type ClientState, clientStateOf } from '../../../bot/domain/change/client-state.ts';
import type {
  ChangePlan,
  LeftAlone,
  NodeOutcome,
  NoUndo,
  PlannedNode,
  ValueChange,
} from '../../../bot/domain/change/plan.ts';
import type { Content } from '../../../bot/ports.ts';
import { NOW_MS, recordOf } from './content.ts';
import { KEY_SPECS, keyPart } from './key-changes.ts';
import { ASKED_KEYS, BAD_KEY_OUTCOMES, LEFT_KEYS, REFUSED_KEYS } from './key-ends.ts';

export const CHANGE_ID = 'c4k7m2q9xd';
export const AIKO = 'U0AIKO0001';
export const KEN = 'U0KEN00002';
export const APPROVERS = 'S0APPROVERS';
export const DIGEST = '0123456789abcdef01234567';
const HOUR_MS = 3_600_000;

export const kms1 = { host: 'kms1.corp.example', port: 0 } as const;

/** A change of every kind. */
export const SPECS: readonly ChangeSpec[] = [
  { kind: 'activate' },
  { kind: 'point', to: { ...kms1, port: 1690 } },
  { kind: 'point-amazon' },
  { kind: 'discover' },
  { kind: 'activation-type', to: 'kms' },
  { kind: 'activation-type', to: 'auto' },
  { kind: 'activation-type', to: 'ad' },
  { kind: 'lookup', domain: 'corp.example' },
  { kind: 'lookup', domain: null },
  { kind: 'caching', on: true },
  { kind: 'caching', on: false },
  { kind: 'flush-dns' },
  { kind: 'client-key' },
  { kind: 'test', host: kms1 },
  { kind: 'undo', change: 'c9xd4k7m2q' },
  ...KEY_SPECS,
];

export const DISCOVER: ChangeSpec = { kind: 'discover' };

/** A KMS client without an assigned host. */
const STATE: ClientState = (() => {
  const state = clientStateOf(recordOf());
  if (state === undefined) throw new Error('no state');
  return state;
})();

type Part = Pick<PlannedNode, 'action' | 'inverse' | 'changes' | 'thenActivate'>;

const change = (what: ValueChange['what'], before: string | null, after: string | null): ValueChange => ({
  what,
  before,
  after,
});

/** What each kind plans on a machine. */
export const partOf = (spec: ChangeSpec): Part => {
  const old = 'kms-old.corp.example:1688';
  switch (spec.kind) {
    case 'activate':
      return { ...activate('VMK7H'), changes: [change('activation', 'notification', 'licensed')], thenActivate: false };
    case 'point':
      return {
        ...assign(STATE, [spec.to.host, spec.to.port]),
        changes: [change('assignment', old, `${spec.to.host}:${spec.to.port}`)],
        thenActivate: true,
      };
    case 'point-amazon':
      return {
        ...assign(STATE, ['169.254.169.250', 1688]),
        changes: [change('assignment', old, '169.254.169.250:1688'), change('product-assignment', 'kms9', null)],
        thenActivate: true,
      };
    case 'activation-type':
      return { ...setType('any', 'kms'), changes: [change('activation-type', 'any', 'kms')], thenActivate: true };
    case 'lookup':
      return {
        ...setLookup(STATE, spec.domain),
        changes: [
          change('lookup-domain', 'old.example', spec.domain),
          change('product-lookup-domain', 'x.example', null),
        ],
        thenActivate: true,
      };
    case 'caching':
      return { ...setCaching(spec.on), changes: [change('host-caching', 'off', 'on')], thenActivate: false };
    case 'flush-dns':
      return { ...flushDns, changes: [change('resolver-cache', null, null)], thenActivate: false };
    case 'client-key':
      return { ...installKey('VMK7H', '7XTQ7'), changes: [change('key', '7XTQ7', 'VMK7H')], thenActivate: true };
    case 'test':
      return {
        action: { document: 'KmsBot-TestRouting', options: { host: spec.host.host, port: 0, address: null } },
        inverse: { none: 'leaves-nothing' },
        changes: [change('assignment', old, old)],
        thenActivate: false,
      };
    case 'stored-key':
    case 'phone':
    case 'rearm':
    case 'restart':
    case 'host-setup':
    case 'host-publish':
    case 'host-domains':
    case 'host-port':
    case 'host-intervals':
    case 'host-priority':
    case 'host-firewall':
    case 'host-restart':
    case 'host-retire':
      return keyPart(spec);
    case 'dns-add':
    case 'dns-remove':
    case 'dns-adopt':
      throw new Error('a change of a record goes to no machine');
    case 'discover':
    case 'undo':
      return { ...assign(STATE, null), changes: [change('assignment', old, null)], thenActivate: true };
  }
};

export const nodeId = (at: number): string => `i-${at.toString(16).padStart(17, '0')}`;

/** Machines that change alike, web-01 and so on. */
export const planned = (spec: ChangeSpec, count: number, parts: Partial<PlannedNode> = {}): readonly PlannedNode[] =>
  Array.from({ length: count }, (_, at) => ({
    nodeId: nodeId(at + 1),
    siteId: 'tokyo',
    name: `web-${String(at + 1).padStart(2, '0')}`,
    scope: { siteId: 'tokyo' },
    wasActivated: false,
    ...partOf(spec),
    ...parts,
  }));

export const NO_UNDO: readonly NoUndo[] = [
  'activation',
  'unknown-key',
  'no-key-before',
  'leaves-nothing',
  'rearm',
  'restart',
  'host-setup',
  'host-retired',
];

/** Every reason to leave a machine alone. */
export const LEFT: readonly LeftAlone[] = [
  { why: 'already-so' },
  ...['offline', 'not-running', 'no-agent', 'untagged', 'not-windows', 'execution-timed-out', 'no-invocation', 'x'].map(
    (detail) => ({ why: 'out-of-reach', detail }) as const,
  ),
  { why: 'unreadable' },
  ...REFUSALS.map((why) => ({ why }) as const),
  { why: 'licence-included' },
  { why: 'byol' },
  { why: 'licence-model-unknown' },
  { why: 'no-right' },
  { why: 'changed-since' },
  ...NO_UNDO.map((reason) => ({ why: 'no-undo', reason }) as const),
  { why: 'not-changed-then' },
  ...LEFT_KEYS,
];

export const planOf = (spec: ChangeSpec, nodes = planned(spec, 12), parts: Partial<ChangePlan> = {}): ChangePlan => ({
  spec,
  nodes,
  left: [],
  digest: DIGEST,
  madeAtMs: NOW_MS,
  ...parts,
});

/** How these machines ended. */
export const outcomes = (nodes: readonly PlannedNode[], parts: Partial<NodeOutcome> = {}): readonly NodeOutcome[] =>
  nodes.map(({ nodeId: id, siteId, name }) => ({ nodeId: id, siteId, name, result: 'done', ...parts }));

/** Activated by a host it finds. */
export const WELL: Partial<NodeOutcome> = {
  result: 'done',
  activationCode: '00000000',
  activated: true,
  reach: { host: 'kms1.corp.example', byName: true, byAddress: true, address: '10.20.0.40' },
};

/** Every way in which a machine can end otherwise. */
export const BAD_OUTCOMES: readonly Partial<NodeOutcome>[] = [
  { result: 'done', activationCode: 'C004F074', activated: false },
  { result: 'done', activationCode: 'C004F038', activated: false },
  { result: 'done', activationCode: '80041234', activated: false },
  { result: 'done', activationCode: 'token-only', activated: false },
  ...['moved', 'busy', 'failed', 'refused', 'no-answer', 'exit 21', 'missing-right ssm:SendCommand'].map((word) => ({
    result: 'done' as const,
    activationCode: word,
    activated: false,
  })),
  { result: 'failed', step: 'SetKeyManagementServiceMachine', code: '80070005', restored: true },
  { result: 'failed', step: 'SetKeyManagementServicePort', code: '80041003', restored: false },
  { result: 'failed', code: 'C004F009' },
  { result: 'failed' },
  { result: 'moved' },
  { result: 'busy' },
  ...REFUSALS.map((why) => ({ result: 'refused', why }) as const),
  ...BAD_KEY_OUTCOMES,
  ...['no-answer', 'exit 21', 'exit 29', 'unreadable truncated', 'execution-timed-out', 'delivery-timed-out'].map(
    (detail) => ({ result: 'no-answer', detail }) as const,
  ),
  ...(['before', 'planned', 'otherwise'] as const).map(
    (stands) => ({ result: 'no-answer', detail: 'execution-timed-out', stands, activated: false }) as const,
  ),
  ...[
    'missing-right ssm:SendCommand',
    'document-missing KmsBot-AssignHost',
    'site-unreachable',
    'internal',
    'cancelled',
    'stopped',
    'not-sent',
  ].map((detail) => ({ result: 'not-sent', detail }) as const),
];

export const changeOf = (spec: ChangeSpec, stage: ChangeMessage['stage']): Content => ({
  kind: 'change',
  asked: ASKED[spec.kind],
  change: { id: CHANGE_ID, spec, requesterId: AIKO, startedAtMs: NOW_MS - 120_000, stage },
});

/** The command of each kind. */
export const ASKED: Readonly<Record<ChangeSpec['kind'], string>> = {
  activate: 'activate tag:Env=prod',
  point: 'point tag:Env=prod kms1.corp.example:1690',
  'point-amazon': 'point tag:Env=prod amazon',
  discover: 'discover tag:Env=prod',
  'activation-type': 'set tag:Env=prod type kms',
  lookup: 'set tag:Env=prod lookup corp.example',
  caching: 'set tag:Env=prod caching on',
  'flush-dns': 'set tag:Env=prod flushdns',
  'client-key': 'key tag:Env=prod gvlk',
  test: 'test web-01 kms1.corp.example',
  undo: 'undo c9xd4k7m2q',
  ...ASKED_KEYS,
  'dns-add': 'dns add corp.example kms1.corp.example',
  'dns-remove': 'dns remove corp.example kms-old.corp.example',
  'dns-adopt': 'dns adopt corp.example kms2.corp.example',
};

type Stage<At extends ChangeMessage['stage']['at']> = Extract<ChangeMessage['stage'], { at: At }>;

export const ended = (parts: Partial<Stage<'ended'>> = {}): Stage<'ended'> => ({
  at: 'ended',
  end: 'done',
  outcomes: [],
  endedAtMs: NOW_MS,
  unmatched: [],
  ...parts,
});

/** The end of a change of one kind on machines with these outcomes. */
export const endOf = (
  spec: ChangeSpec,
  nodes: readonly PlannedNode[],
  ends: readonly NodeOutcome[],
  parts: Partial<Stage<'ended'>> = {},
): Content => changeOf(spec, ended({ plan: planOf(spec, nodes), outcomes: ends, ...parts }));

export const waiting = (plan: ChangePlan, again = false): Stage<'waiting'> => ({
  at: 'waiting',
  plan,
  attempt: again ? 2 : 1,
  again,
  expiresAtMs: NOW_MS + 4 * HOUR_MS,
  approverGroupId: APPROVERS,
});

export const paused = (plan: ChangePlan, ends: readonly NodeOutcome[]): Stage<'paused'> => ({
  at: 'paused',
  plan,
  outcomes: ends,
  wave: 1,
  waves: 3,
  attempt: 1,
  digest: DIGEST,
  expiresAtMs: NOW_MS + 4 * HOUR_MS,
});

export const applying = (plan: ChangePlan, parts: Partial<Stage<'applying'>> = {}): Stage<'applying'> => ({
  at: 'applying',
  plan,
  wave: 2,
  waves: 3,
  done: 1,
  failed: 0,
  decidedBy: KEN,
  verifying: false,
  ...parts,
});

export const card = (plan: ChangePlan, parts: Partial<ApprovalCard> = {}): Content => ({
  kind: 'approval',
  asked: ASKED[plan.spec.kind],
  card: {
    id: CHANGE_ID,
    spec: plan.spec,
    requesterId: AIKO,
    plan,
    attempt: 1,
    again: false,
    expiresAtMs: NOW_MS + 4 * HOUR_MS,
    approverGroupId: APPROVERS,
    state: { kind: 'waiting' },
    ...parts,
  },
});

export const CARD_STATES: readonly ApprovalCard['state'][] = [
  { kind: 'waiting' },
  { kind: 'approved', by: KEN, atMs: NOW_MS },
  { kind: 'rejected', by: KEN, atMs: NOW_MS },
  { kind: 'broke-glass', by: KEN, atMs: NOW_MS },
  { kind: 'cancelled', by: AIKO, atMs: NOW_MS },
  { kind: 'expired', atMs: NOW_MS },
  { kind: 'void', atMs: NOW_MS },
];

export const REFUSED: readonly ChangeRefusal[] = [
  ...['no-rule', 'denied', 'guest', 'foreign', 'gone', 'anything'].map(
    (why) => ({ kind: 'no-right', right: 'operator', why }) as const,
  ),
  { kind: 'no-right', right: 'approver', why: 'no-rule' },
  { kind: 'shared-channel' },
  { kind: 'too-many', machines: 612, limit: 500 },
  { kind: 'no-such-change', word: 'cxxxxxxxxx' },
  ...(['no-undo', 'too-old', 'running', 'undone'] as const).map(
    (why) => ({ kind: 'not-undoable', change: 'c9xd4k7m2q', why }) as const,
  ),
  { kind: 'not-one', machines: 3 },
  { kind: 'not-one', machines: 0 },
  { kind: 'not-ours', host: '203.0.113.9', why: 'public-address' },
  { kind: 'keeps-moving' },
  ...REFUSED_KEYS,
];

export const glassBroken: Content = {
  kind: 'glass-broken',
  asked: ASKED.discover,
  notice: {
    id: CHANGE_ID,
    spec: DISCOVER,
    by: KEN,
    reason: 'kms-old dies tonight',
    machines: 12,
    atMs: NOW_MS,
    approverGroupId: APPROVERS,
  },
};
