import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decideRight,
  groupsOf,
  isForEveryone,
  mayAnywhere,
  type NodeScope,
  type Person,
  RIGHTS,
  type RightsRule,
} from '../../../bot/domain/rights/rights.ts';

const GROUPS = ['S0OPS00001', 'S0APPR0001'];
const USERS = ['U0AIKO0001', 'U0KEN00001'];

const people = fc.record<Person>({
  userId: fc.constantFrom(...USERS, 'U0DAVE0001'),
  standing: fc.constantFrom('member', 'guest', 'foreign', 'gone'),
  groups: fc.subarray(GROUPS),
});
const tag = fc.record({ key: fc.constantFrom('Env', 'Team'), value: fc.constantFrom('prod', 'dev') });
const ruleOf = (effect: fc.Arbitrary<RightsRule['effect']>) =>
  fc.record<RightsRule>(
    {
      effect,
      right: fc.constantFrom(...RIGHTS),
      who: fc.oneof(
        fc.constant('everyone' as const),
        fc.record({ groups: fc.subarray(GROUPS), users: fc.subarray(USERS) }),
      ),
      sites: fc.subarray(['tokyo', 'osaka']),
      tags: fc.array(tag, { maxLength: 2 }),
      zones: fc.subarray(['corp.example', 'lab.example']),
    },
    { requiredKeys: ['effect', 'right', 'who'] },
  );
const anyRule = ruleOf(fc.constantFrom('allow', 'deny'));
const rules = fc.array(anyRule, { maxLength: 8 });
const rights = fc.constantFrom(...RIGHTS);
const known = fc.record({
  siteId: fc.constantFrom('tokyo', 'osaka'),
  tags: fc.constantFrom<Record<string, string>>({}, { Env: 'prod' }, { Env: 'dev', Team: 'prod' }),
});
const records = fc.record({
  siteId: fc.constantFrom('tokyo', 'osaka'),
  zone: fc.constantFrom('corp.example', 'lab.example'),
});
const scopes: fc.Arbitrary<NodeScope> = fc.oneof(
  known,
  known.map(({ siteId }) => ({ siteId })),
  records,
);

describe('decideRight', () => {
  it('allows nobody anything without a rule', () => {
    fc.assert(
      fc.property(people, rights, scopes, (person, right, scope) => {
        expect(decideRight([], person, right, scope).allowed).toBe(false);
      }),
    );
  });

  it('lets a denial win, wherever it stands', () => {
    fc.assert(
      fc.property(rules, rules, people, rights, scopes, (before, behind, person, right, scope) => {
        const deny: RightsRule = { effect: 'deny', right, who: 'everyone' };
        expect(decideRight([...before, deny, ...behind], person, right, scope).allowed).toBe(false);
      }),
    );
  });

  it('gives nothing through a group that is lost, and takes from everybody what such a group is denied', () => {
    const who = { groups: ['S1'], users: [] };
    const person = { userId: 'U1', standing: 'member', groups: [], lostGroups: ['S1'] } as const;
    const allow: RightsRule = { effect: 'allow', right: 'operator', who: 'everyone' };

    expect(mayAnywhere([{ effect: 'allow', right: 'operator', who }], person, 'operator').allowed).toBe(false);
    expect(mayAnywhere([allow, { effect: 'deny', right: 'operator', who }], person, 'operator')).toMatchObject({
      allowed: false,
      why: 'denied',
    });
  });

  it('never allows more once a denial is added', () => {
    fc.assert(
      fc.property(rules, ruleOf(fc.constant('deny')), people, rights, scopes, (given, deny, person, right, scope) => {
        const before = decideRight(given, person, right, scope).allowed;
        const behind = decideRight([...given, deny], person, right, scope).allowed;
        expect(before || !behind).toBe(true);
      }),
    );
  });

  it('never allows with tags unknown what it would not allow with any tags', () => {
    fc.assert(
      fc.property(rules, people, rights, known, (given, person, right, scope) => {
        const unknown = decideRight(given, person, right, { siteId: scope.siteId }).allowed;
        expect(!unknown || decideRight(given, person, right, scope).allowed).toBe(true);
      }),
    );
  });

  it('allows by no rule for a tag where tags are unknown, and denies by every one', () => {
    const rule: RightsRule = {
      effect: 'allow',
      right: 'operator',
      who: 'everyone',
      tags: [{ key: 'Env', value: 'dev' }],
    };
    const member: Person = { userId: 'U0AIKO0001', standing: 'member', groups: [] };
    const allowed = (given: readonly RightsRule[], scope: NodeScope) =>
      decideRight(given, member, 'operator', scope).allowed;

    expect(allowed([rule], { siteId: 'tokyo', tags: { Env: 'dev' } })).toBe(true);
    expect(allowed([rule], { siteId: 'tokyo', tags: { Env: 'prod' } })).toBe(false);
    expect(allowed([rule], { siteId: 'tokyo' })).toBe(false);
    const open: RightsRule = { effect: 'allow', right: 'operator', who: 'everyone' };
    expect(allowed([open, { ...rule, effect: 'deny' }], { siteId: 'tokyo' })).toBe(false);
  });

  it('takes no inherited property for a tag', () => {
    const rule: RightsRule = {
      effect: 'allow',
      right: 'operator',
      who: 'everyone',
      tags: [{ key: 'constructor', value: 'Object' }],
    };
    const member: Person = { userId: 'U0AIKO0001', standing: 'member', groups: [] };
    expect(decideRight([rule], member, 'operator', { siteId: 'tokyo', tags: {} }).allowed).toBe(false);
  });

  it('gives guests no more than a look, and people of elsewhere nothing', () => {
    fc.assert(
      fc.property(rules, people, rights, scopes, (given, person, right, scope) => {
        const { allowed } = decideRight(given, person, right, scope);
        if (allowed && person.standing !== 'member') expect([person.standing, right]).toEqual(['guest', 'viewer']);
      }),
    );
  });
});

describe('which rules are about a record, and which about a machine', () => {
  const member: Person = { userId: 'U0AIKO0001', standing: 'member', groups: [] };
  const TAGS = [{ key: 'Env', value: 'prod' }];
  const RECORD = { siteId: 'tokyo', zone: 'corp.example' };
  const MACHINE = { siteId: 'tokyo', tags: { Env: 'prod' } };
  const UNREAD = { siteId: 'tokyo' };
  const ruled = (effect: RightsRule['effect'], limits: Partial<RightsRule>): RightsRule => ({
    ...{ effect, right: 'operator', who: 'everyone' },
    ...limits,
  });
  const about = (limits: Partial<RightsRule>, scope: NodeScope) => {
    const decide = (...rules: RightsRule[]) => decideRight(rules, member, 'operator', scope).allowed;
    const allows = decide(ruled('allow', limits));
    const denies = !decide(ruled('allow', {}), ruled('deny', limits));
    return { allows, denies };
  };

  it.each<[string, Partial<RightsRule>, { record: boolean; machine: boolean; unread?: 'denies' }]>([
    ['no limit', {}, { record: true, machine: true }],
    ['the zone', { zones: ['corp.example'] }, { record: true, machine: false }],
    ['two zones', { zones: ['lab.example', 'corp.example'] }, { record: true, machine: false }],
    ['another zone', { zones: ['lab.example'] }, { record: false, machine: false }],
    ['a zone above it', { zones: ['example'] }, { record: false, machine: false }],
    ['a tag', { tags: TAGS }, { record: false, machine: true, unread: 'denies' }],
    ['another tag', { tags: [{ key: 'Env', value: 'dev' }] }, { record: false, machine: false, unread: 'denies' }],
    ['the site', { sites: ['tokyo'] }, { record: true, machine: true }],
    ['another site', { sites: ['osaka'] }, { record: false, machine: false }],
    ['zone and site', { sites: ['tokyo'], zones: ['corp.example'] }, { record: true, machine: false }],
    ['zone and another site', { sites: ['osaka'], zones: ['corp.example'] }, { record: false, machine: false }],
    ['tag and site', { sites: ['tokyo'], tags: TAGS }, { record: false, machine: true, unread: 'denies' }],
  ])('with %s', (_, limits, { record, machine, unread }) => {
    const unreadMachine = unread === undefined ? { allows: machine, denies: machine } : { allows: false, denies: true };

    expect(about(limits, RECORD)).toEqual({ allows: record, denies: record });
    expect(about(limits, MACHINE)).toEqual({ allows: machine, denies: machine });
    expect(about(limits, UNREAD)).toEqual(unreadMachine);
  });

  it('adding or taking away rules for tags changes nothing for any record', () => {
    fc.assert(
      fc.property(rules, people, rights, records, (given, person, right, scope) => {
        const untagged = given.filter(({ tags }) => tags === undefined);
        expect(decideRight(given, person, right, scope)).toEqual(decideRight(untagged, person, right, scope));
      }),
    );
  });

  it('adding or taking away rules for zones changes nothing for any machine', () => {
    const machines = fc.oneof(
      known,
      known.map(({ siteId }): NodeScope => ({ siteId })),
    );
    fc.assert(
      fc.property(rules, people, rights, machines, (given, person, right, scope) => {
        const unzoned = given.filter(({ zones }) => zones === undefined);
        expect(decideRight(given, person, right, scope)).toEqual(decideRight(unzoned, person, right, scope));
      }),
    );
  });
});

describe('mayAnywhere', () => {
  it('is not taken away by a denial for one zone', () => {
    const person: Person = { userId: 'U0AIKO0001', standing: 'member', groups: [] };
    const allow: RightsRule = { effect: 'allow', right: 'operator', who: 'everyone' };

    expect(mayAnywhere([allow, { ...allow, effect: 'deny', zones: ['corp.example'] }], person, 'operator')).toEqual({
      allowed: true,
      rule: allow,
    });
    expect(mayAnywhere([{ ...allow, zones: ['corp.example'] }], person, 'operator').allowed).toBe(true);
  });

  it('says yes wherever the right is given at some place', () => {
    fc.assert(
      fc.property(rules, people, rights, scopes, (given, person, right, scope) => {
        const here = decideRight(given, person, right, scope).allowed;
        expect(!here || mayAnywhere(given, person, right).allowed).toBe(true);
      }),
    );
  });
});

describe('isForEveryone', () => {
  it('says no where everyone may only on the records of a zone', () => {
    const open: RightsRule = { effect: 'allow', right: 'viewer', who: 'everyone' };

    expect([isForEveryone([open], 'viewer'), isForEveryone([{ ...open, zones: ['corp.example'] }], 'viewer')]).toEqual([
      true,
      false,
    ]);
  });

  it('says yes only where no member and no guest could be refused a look', () => {
    fc.assert(
      fc.property(rules, people, scopes, (given, person, scope) => {
        if (!isForEveryone(given, 'viewer') || person.standing === 'foreign' || person.standing === 'gone') return;
        expect(decideRight(given, person, 'viewer', scope).allowed).toBe(true);
      }),
    );
  });
});

describe('groupsOf', () => {
  it('names each group of the rules once', () => {
    const rule = (groups: string[]): RightsRule => ({ effect: 'allow', right: 'viewer', who: { groups, users: [] } });
    const open: RightsRule = { effect: 'allow', right: 'viewer', who: 'everyone' };

    expect(groupsOf([rule(['S1', 'S2']), open, rule(['S2'])])).toEqual(['S1', 'S2']);
  });
});
