import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meetsExpectation } from '../../../bot/domain/change/actions.ts';
import type { SetHostOptions, WireHostSettings } from '../../../bot/domain/change/change-wire.ts';
import type { ClientState } from '../../../bot/domain/change/client-state.ts';
import { profilesOf } from '../../../bot/domain/change/host-settings.ts';
import { makePlan } from '../../../bot/domain/change/make-plan.ts';
import type { LeftNode, NodeAction, NodeOutcome, PlannedNode } from '../../../bot/domain/change/plan.ts';
import { type DirectSpec, planNode, stateOf } from '../../../bot/domain/change/plan-node.ts';
import { planUndo } from '../../../bot/domain/change/plan-undo.ts';
import type { PlanGiven } from '../../../bot/domain/change/wanted.ts';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { hostRecord, wireHost } from '../hosts/sample-host.ts';
import { factsOf, GIVEN } from './sample-facts.ts';

/** What an inspection shows of a host with these settings. */
const recordWith = (settings: Partial<WireHostSettings> = {}): Partial<WireRecord> => {
  const { p, pub, low, iv, list, fw } = { ...SETTINGS, ...settings };
  return hostRecord({
    host: wireHost({ p, pub, low, iv }),
    reg: { skip: 0, nopub: pub === 1 ? null : 1, list: list ?? [] },
    fw: { r: fw, on: 'dpu', a: 'd' },
  });
};

const SETTINGS: WireHostSettings = { p: 1688, pub: 1, low: 0, iv: [120, 10_080], list: null, fw: '' };

const planOf = (spec: DirectSpec, settings: Partial<WireHostSettings> = {}): PlannedNode | LeftNode =>
  planNode(spec, factsOf(recordWith(settings)), GIVEN);

const plannedFor = (spec: DirectSpec, settings: Partial<WireHostSettings> = {}): PlannedNode => {
  const node = planOf(spec, settings);
  if (!('action' in node)) throw new Error(`left alone: ${JSON.stringify(node.left)}`);
  return node;
};

describe('a setting of a host', () => {
  it('publishing: names the registry value behind it where it stands there', () => {
    expect(plannedFor({ kind: 'host-publish', on: true }, { pub: 0 })).toMatchObject({
      changes: [
        { what: 'publishing', before: 'off', after: 'on' },
        { what: 'publishing', before: 'DisableDnsPublishing = 1', after: 'DisableDnsPublishing = 0' },
      ],
      action: { document: 'KmsBot-SetHost', options: { set: 'publish', to: 1, expect: 0 } },
      inverse: { document: 'KmsBot-SetHost', options: { set: 'publish', to: 0, expect: 1 } },
    });
    expect(plannedFor({ kind: 'host-publish', on: false }).changes).toEqual([
      { what: 'publishing', before: 'on', after: 'off' },
    ]);
  });

  it('domains: writes exact lines and puts exact lines back', () => {
    const list = ['Old.Example , 1,2', 'lab.example'];
    const domains = [{ domain: 'corp.example' }, { domain: 'lab.example', priority: 10, weight: 50 }];

    expect(plannedFor({ kind: 'host-domains', domains }, { list })).toMatchObject({
      changes: [
        {
          what: 'publish-list',
          before: 'Old.Example , 1,2; lab.example',
          after: 'corp.example; lab.example, 10, 50',
        },
      ],
      action: { options: { set: 'domains', to: ['corp.example', 'lab.example, 10, 50'], expect: list } },
      inverse: { options: { set: 'domains', to: list, expect: ['corp.example', 'lab.example, 10, 50'] } },
    });
  });

  it('domains: an empty list takes the value away', () => {
    expect(plannedFor({ kind: 'host-domains', domains: [] }, { list: ['lab.example'] }).action.options).toEqual({
      set: 'domains',
      to: null,
      expect: ['lab.example'],
    });
  });

  it('port: warns of the rule of the firewall, which knows the default alone', () => {
    const node = plannedFor({ kind: 'host-port', port: 1689 });

    expect(node.changes).toEqual([{ what: 'listening-port', before: '1688', after: '1689' }]);
    expect(node.warnings).toContainEqual({ why: 'firewall-port', port: 1689 });
    expect(plannedFor({ kind: 'host-port', port: 1688 }, { p: 1689 })).not.toHaveProperty('warnings');
  });

  describe('port, where records name the host,', () => {
    const spec: DirectSpec = { kind: 'host-port', port: 1689 };
    const zone = (domain: string, value: string, ours: boolean) => ({ domain, zoneId: 'Z1', value, ours });
    const warned = (record: Partial<WireRecord>, records: NonNullable<PlanGiven['records']> = []) => {
      const node = planNode(spec, factsOf(record), { ...GIVEN, records });
      if (!('action' in node)) throw new Error(`left alone: ${JSON.stringify(node.left)}`);
      return node.warnings?.filter(({ why }) => why === 'record-names-old-port');
    };
    const oldPort = { why: 'record-names-old-port', host: 'kms1.corp.example', from: 1688, to: 1689 };
    const srv = (port: number, target: string): Pick<WireRecord, 'srv'> => ({
      srv: [{ d: 'corp.example', a: [[0, 0, port, target]] }],
    });

    it('warns of each value that keeps the port, and says whether it is ours', () => {
      const values = [
        zone('corp.example', '0 0 1688 kms1.corp.example.', true),
        zone('lab.example', '10 5 1688 KMS1.corp.example', false),
        zone('new.example', '0 0 1689 kms1.corp.example.', true),
      ];

      expect(warned(recordWith(), values)).toEqual([
        { ...oldPort, domain: 'corp.example', ours: true },
        { ...oldPort, domain: 'lab.example', ours: false },
      ]);
    });

    it('warns of what its own resolver gives, unless it publishes there anew by itself', () => {
      const own = srv(1688, 'KMS1.corp.example.');

      expect(warned({ ...recordWith({ pub: 0 }), ...own })).toEqual([
        { ...oldPort, domain: 'corp.example', ours: false },
      ]);
      expect(warned({ ...recordWith({ pub: 1 }), ...own })).toEqual([]);
      expect(warned({ ...recordWith({ pub: 0 }), ...srv(1688, 'kms2.corp.example.') })).toEqual([]);
      expect(warned({ ...recordWith({ pub: 0 }), ...srv(1689, 'kms1.corp.example.') })).toEqual([]);
    });

    it('warns once of a domain that both the zone and the resolver tell of', () => {
      const values = [zone('corp.example', '0 0 1688 kms1.corp.example.', true)];

      expect(warned({ ...recordWith({ pub: 0 }), ...srv(1688, 'kms1.corp.example.') }, values)).toHaveLength(1);
    });
  });

  it('intervals: shows those that differ, and sends both', () => {
    const node = plannedFor({ kind: 'host-intervals', activationMinutes: 120, renewalMinutes: 4320 });

    expect(node.changes).toEqual([{ what: 'renewal-interval', before: '10080', after: '4320' }]);
    expect(node.action.options).toEqual({ set: 'intervals', to: [120, 4320], expect: [120, 10_080] });
  });

  it('priority: warns of low', () => {
    expect(plannedFor({ kind: 'host-priority', low: true })).toMatchObject({
      changes: [{ what: 'priority', before: 'normal', after: 'low' }],
      warnings: [{ why: 'low-priority' }],
    });
    expect(plannedFor({ kind: 'host-priority', low: false }, { low: 1 })).not.toHaveProperty('warnings');
  });

  it.each([
    ['', null, 'domain, private', 'dp', ''],
    ['d', 'domain', 'domain, private', 'dp', 'd'],
    ['u', 'public', 'public, domain, private', 'dpu', ''],
  ])(
    'firewall: opens for domain and private profiles only, where %o let clients in',
    (fw, before, after, then, back) => {
      expect(plannedFor({ kind: 'host-firewall' }, { fw })).toMatchObject({
        changes: [{ what: 'firewall', before, after }],
        action: { options: { set: 'firewall', to: 'dp', expect: fw } },
        inverse: { options: { set: 'firewall', to: back, expect: then } },
      });
    },
  );

  it('restart: leaves nothing behind', () => {
    expect(plannedFor({ kind: 'host-restart' })).toMatchObject({
      changes: [{ what: 'service', before: null, after: null }],
      action: { options: { set: 'restart' } },
      inverse: { none: 'leaves-nothing' },
    });
  });

  it.each<[string, DirectSpec, Partial<WireHostSettings>]>([
    ['publishes', { kind: 'host-publish', on: true }, {}],
    ['does not publish', { kind: 'host-publish', on: false }, { pub: 0 }],
    [
      'has the domains, in another order and form',
      { kind: 'host-domains', domains: [{ domain: 'lab.example', weight: 5 }, { domain: 'corp.example' }] },
      { list: ['corp.example, 0, 0', 'Lab.Example,0,5'] },
    ],
    ['has no domains', { kind: 'host-domains', domains: [] }, {}],
    ['listens there', { kind: 'host-port', port: 1688 }, {}],
    ['has the intervals', { kind: 'host-intervals', activationMinutes: 120, renewalMinutes: 10_080 }, {}],
    ['has the priority', { kind: 'host-priority', low: false }, {}],
    ['lets clients in', { kind: 'host-firewall' }, { fw: 'dp' }],
    ['lets everybody in', { kind: 'host-firewall' }, { fw: 'dpu' }],
  ])('is left alone on a host that %s already', (_, spec, settings) => {
    expect(planOf(spec, settings)).toMatchObject({ left: { why: 'already-so' } });
  });

  it.each<DirectSpec>([
    { kind: 'host-publish', on: true },
    { kind: 'host-firewall' },
    { kind: 'host-restart' },
    { kind: 'host-retire' },
  ])('is nothing for a machine that is no host: %o', (spec) => {
    expect(planNode(spec, factsOf(), GIVEN)).toMatchObject({ left: { why: 'not-host' } });
  });

  it('is not touched where the settings there could not be read', () => {
    const unread = { ...recordWith(), fw: null, err: { fw: 'timeout' } };

    expect(planNode({ kind: 'host-port', port: 1689 }, factsOf(unread), GIVEN)).toMatchObject({
      left: { why: 'unreadable' },
    });
  });

  it('needs a second person, and so does its undo', () => {
    const rules = { rules: { approvalAbove: 10, meansAll: false }, digest: (text: string) => text, nowMs: 0 };
    const spec = { kind: 'host-port', port: 1689 } as const;
    const node = plannedFor(spec);
    const { nodeId, siteId, name } = node;
    const undo = planUndo(
      { node, outcome: { nodeId, siteId, name, result: 'done' } },
      factsOf(recordWith({ p: 1689 })),
    );

    expect(makePlan(spec, [node], rules).approval).toEqual({ why: 'always' });
    expect(makePlan({ kind: 'undo', change: 'c1' }, [undo], rules).approval).toEqual({ why: 'always' });
  });
});

/** What the document makes of the settings: the meaning of its options, in the words of the wire. */
const applied = (settings: WireHostSettings, { options }: NodeAction): WireHostSettings => {
  const set = options as SetHostOptions;
  switch (set.set) {
    case 'publish':
      return { ...settings, pub: set.to };
    case 'domains':
      return { ...settings, list: set.to === null ? null : [...set.to] };
    case 'port':
      return { ...settings, p: set.to };
    case 'intervals':
      return { ...settings, iv: [...set.to] };
    case 'priority':
      return { ...settings, low: set.to };
    case 'firewall':
      // What other rules say of the public profile stays.
      return { ...settings, fw: settings.fw.includes('u') ? `${set.to}u` : set.to };
    case 'restart':
      return settings;
  }
};

const bit = fc.constantFrom(0 as const, 1 as const);
const minutes = fc.constantFrom(15, 120, 10_080);
const lines = fc.option(
  fc.uniqueArray(fc.constantFrom('corp.example', 'lab.example,1,2', ' Old.Example, 5', 'what?'), { minLength: 1 }),
);
const settings: fc.Arbitrary<WireHostSettings> = fc.record({
  p: fc.constantFrom(1688, 1689),
  pub: bit,
  low: bit,
  iv: fc.tuple(minutes, minutes),
  list: lines,
  fw: fc.constantFrom('', 'd', 'p', 'dp', 'u', 'dpu'),
});
const domain = fc.constantFrom(
  { domain: 'corp.example' },
  { domain: 'lab.example', priority: 1, weight: 2 },
  { domain: 'old.example', priority: 5 },
);
const spec: fc.Arbitrary<DirectSpec> = fc.oneof(
  fc.boolean().map((on): DirectSpec => ({ kind: 'host-publish', on })),
  fc.uniqueArray(domain).map((domains): DirectSpec => ({ kind: 'host-domains', domains })),
  fc.constantFrom(1688, 1689).map((port): DirectSpec => ({ kind: 'host-port', port })),
  fc.tuple(minutes, minutes).map(
    ([activation, renewal]): DirectSpec => ({
      kind: 'host-intervals',
      activationMinutes: activation,
      renewalMinutes: renewal,
    }),
  ),
  fc.boolean().map((low): DirectSpec => ({ kind: 'host-priority', low })),
  fc.constant<DirectSpec>({ kind: 'host-firewall' }),
);

const stateWith = (of: WireHostSettings): ClientState => {
  const read = stateOf(factsOf(recordWith(of)));
  if ('why' in read) throw new Error(read.why);
  return read.state;
};

const outcomeOf = (node: PlannedNode, result: NodeOutcome['result']): NodeOutcome => ({
  nodeId: node.nodeId,
  siteId: node.siteId,
  name: node.name,
  result,
});

describe('a plan for any host', () => {
  it('expects what is there, reaches what is wanted, and its inverse leads back', () => {
    fc.assert(
      fc.property(settings, spec, (before, wanted) => {
        const node = planOf(wanted, before);
        if (!('action' in node)) return;
        expect(meetsExpectation(node.action, stateWith(before))).toBe(true);
        const after = applied(before, node.action);
        expect(planOf(wanted, after)).toMatchObject({ left: { why: 'already-so' } });
        if ('none' in node.inverse) throw new Error('every setting has a way back');
        expect(meetsExpectation(node.inverse, stateWith(after))).toBe(true);
        expect(stateWith(applied(after, node.inverse)).host).toEqual(stateWith(before).host);
      }),
      { numRuns: 500 },
    );
  });

  it('never lets anybody in through the public profile who was not let in before', () => {
    fc.assert(
      fc.property(settings, (before) => {
        const node = planOf({ kind: 'host-firewall' }, before);
        if (!('action' in node)) return;
        const { to } = node.action.options as Extract<SetHostOptions, { set: 'firewall' }>;
        expect(profilesOf(to)).toEqual(['domain', 'private']);
      }),
    );
  });

  it('is undone only where the host is still as it was left', () => {
    fc.assert(
      fc.property(settings, spec, settings, (before, wanted, meanwhile) => {
        const node = planOf(wanted, before);
        if (!('action' in node) || 'none' in node.inverse) return;
        const undo = planUndo({ node, outcome: outcomeOf(node, 'done') }, factsOf(recordWith(meanwhile)));
        expect('action' in undo).toBe(meetsExpectation(node.inverse, stateWith(meanwhile)));
      }),
      { numRuns: 500 },
    );
  });
});
