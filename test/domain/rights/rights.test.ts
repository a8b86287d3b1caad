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
const scopes: fc.Arbitrary<NodeScope> = fc.oneof(
  known,
  known.map(({ siteId }) => ({ siteId })),
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

describe('mayAnywhere', () => {
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
