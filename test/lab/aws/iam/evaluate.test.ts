import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyStatement } from '../types.ts';
import { type ContextValue, requestContext } from './context.ts';
import { evaluate, type Verdict } from './evaluate.ts';
import { PolicyError } from './policy-error.ts';

const ACTION = 'ssm:SendCommand';
const DOCUMENT = 'arn:aws:ssm:eu-central-1:444455556666:document/KmsBot-Inspect';
const INSTANCE = 'arn:aws:ec2:eu-central-1:444455556666:instance/i-00000000000000001';

function verdict(
  statements: PolicyStatement[],
  { resource = DOCUMENT, ...keys }: { resource?: string } & Record<string, ContextValue> = {},
  Version = '2012-10-17',
): Verdict {
  const context = requestContext(keys as Record<string, ContextValue>);
  return evaluate([{ Version, Statement: statements }], { action: ACTION, resource, context });
}

const allow = (rest: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: 'Allow',
  Action: ACTION,
  Resource: '*',
  ...rest,
});

describe('statements', () => {
  it('allow nothing by themselves', () => {
    expect(verdict([])).toBe('not-allowed');
  });

  it('deny wins over allow, wherever it stands', () => {
    const deny = allow({ Effect: 'Deny' });

    expect(verdict([allow(), deny])).toBe('explicitly-denied');
    expect(verdict([deny, allow()])).toBe('explicitly-denied');
  });

  it.each<[string, Partial<PolicyStatement>, Verdict]>([
    ['another action', { Action: 'ssm:CancelCommand' }, 'not-allowed'],
    ['one of several actions', { Action: ['ssm:CancelCommand', 'ssm:Send*'] }, 'allowed'],
    ['another resource', { Resource: INSTANCE }, 'not-allowed'],
    ['one of several resources', { Resource: [INSTANCE, DOCUMENT] }, 'allowed'],
  ])('%s', (_, rest, expected) => {
    expect(verdict([allow(rest)])).toBe(expected);
  });

  it('NotAction covers every other action', () => {
    const { Action: _, ...rest } = allow();

    expect(verdict([{ ...rest, NotAction: 'ssm:Cancel*' }])).toBe('allowed');
    expect(verdict([{ ...rest, NotAction: ACTION }])).toBe('not-allowed');
  });

  it('NotResource covers every other resource', () => {
    const { Resource: _, ...rest } = allow();

    expect(verdict([{ ...rest, NotResource: INSTANCE }])).toBe('allowed');
    expect(verdict([{ ...rest, NotResource: DOCUMENT }])).toBe('not-allowed');
  });

  it('adding a deny never allows more, adding an allow never denies', () => {
    const statement = fc.record({
      Effect: fc.constantFrom('Allow' as const, 'Deny' as const),
      Action: fc.constantFrom(ACTION, 'ssm:*', 'ec2:*'),
      Resource: fc.constantFrom('*', DOCUMENT, INSTANCE),
    });
    const rank = { 'explicitly-denied': 0, 'not-allowed': 1, allowed: 2 };
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 5 }), statement, (statements, added) => {
        const before = rank[verdict(statements)];
        const after = rank[verdict([...statements, added])];
        expect(added.Effect === 'Deny' ? after <= before : after >= before).toBe(true);
        expect(verdict([...statements].reverse())).toBe(verdict(statements));
      }),
    );
  });
});

describe('conditions', () => {
  const tag = 'aws:ResourceTag/KmsManaged';
  const names = 'route53:ChangeResourceRecordSetsNormalizedRecordNames';

  it.each<[string, NonNullable<PolicyStatement['Condition']>, Record<string, ContextValue>, boolean]>([
    ['equal tag', { StringEquals: { [tag]: 'true' } }, { [tag]: 'true' }, true],
    ['key in other letters', { StringEquals: { 'aws:resourcetag/kmsmanaged': 'true' } }, { [tag]: 'true' }, true],
    ['other tag', { StringEquals: { [tag]: 'true' } }, { [tag]: 'True' }, false],
    ['absent tag', { StringEquals: { [tag]: 'true' } }, {}, false],
    ['one of several values', { StringEquals: { [tag]: ['yes', 'true'] } }, { [tag]: 'true' }, true],
    ['ignoring case', { StringEqualsIgnoreCase: { [tag]: 'TRUE' } }, { [tag]: 'true' }, true],
    ['like', { StringLike: { [tag]: 't*' } }, { [tag]: 'true' }, true],
    ['equals takes no wildcard', { StringEquals: { [tag]: 't*' } }, { [tag]: 'true' }, false],
    ['not equal', { StringNotEquals: { [tag]: 'true' } }, { [tag]: 'true' }, false],
    ['not equal of an absent key', { StringNotEquals: { [tag]: 'true' } }, {}, true],
    ['not like any of several', { StringNotLike: { [tag]: ['a*', 't*'] } }, { [tag]: 'true' }, false],
    ['if exists, absent', { StringEqualsIfExists: { [tag]: 'true' } }, {}, true],
    ['if exists, other', { StringEqualsIfExists: { [tag]: 'true' } }, { [tag]: 'no' }, false],
    ['null: absent', { Null: { [tag]: 'true' } }, {}, true],
    ['null: present', { Null: { [tag]: 'false' } }, { [tag]: 'x' }, true],
    ['bool', { Bool: { 'aws:SecureTransport': true } }, { 'aws:SecureTransport': 'true' }, true],
    ['bool false', { Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:SecureTransport': 'true' }, false],
    ['arn like', { ArnLike: { [tag]: 'arn:aws:iam::*:role/o*' } }, { [tag]: 'arn:aws:iam::1:role/observe' }, true],
    [
      'arn equals with a wildcard',
      { ArnEquals: { [tag]: 'arn:aws:iam::*:role/o*' } },
      { [tag]: 'arn:aws:iam::1:role/o' },
      true,
    ],
    ['numeric', { NumericLessThan: { [tag]: '10' } }, { [tag]: '9' }, true],
    ['numeric of a word', { NumericLessThanEquals: { [tag]: '10' } }, { [tag]: 'nine' }, false],
    ['date', { DateGreaterThan: { [tag]: '2026-01-01T00:00:00Z' } }, { [tag]: '2026-11-22T00:00:00Z' }, true],
    ['date against seconds', { DateLessThan: { [tag]: '1000' } }, { [tag]: '1970-01-01T00:00:01Z' }, true],
    ['address in a network', { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, { 'aws:SourceIp': '127.0.0.1' }, true],
    ['address outside', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, { 'aws:SourceIp': '127.0.0.1' }, true],
    [
      'all of the values',
      { 'ForAllValues:StringLike': { [names]: '_vlmcs._tcp.*' } },
      { [names]: ['_vlmcs._tcp.a', '_vlmcs._tcp.b'] },
      true,
    ],
    [
      'all but one',
      { 'ForAllValues:StringLike': { [names]: '_vlmcs._tcp.*' } },
      { [names]: ['_vlmcs._tcp.a', 'www.a'] },
      false,
    ],
    ['all of none', { 'ForAllValues:StringLike': { [names]: 'x' } }, {}, true],
    ['any of the values', { 'ForAnyValue:StringEquals': { [names]: 'b' } }, { [names]: ['a', 'b'] }, true],
    ['any of none', { 'ForAnyValue:StringEquals': { [names]: 'b' } }, {}, false],
    [
      'two operators, one fails',
      { StringEquals: { [tag]: 'true' }, Bool: { 'aws:SecureTransport': 'false' } },
      { [tag]: 'true', 'aws:SecureTransport': 'true' },
      false,
    ],
  ])('%s', (_, Condition, keys, expected) => {
    expect(verdict([allow({ Condition })], keys)).toBe(expected ? 'allowed' : 'not-allowed');
  });

  it.each<[string, NonNullable<PolicyStatement['Condition']>, Record<string, ContextValue>]>([
    ['an operator it does not know', { StringSortOf: { [tag]: 'x' } }, {}],
    ['a key it does not know', { StringEquals: { 'ssm:DocumentVersion': '1' } }, {}],
    ['a variable it does not know', { StringEquals: { [tag]: `\${aws:username}` } }, { [tag]: 'x' }],
    ['several values without a set operator', { StringLike: { [names]: '*' } }, { [names]: ['a'] }],
    ['Null of anything but true and false', { Null: { [tag]: 'maybe' } }, {}],
  ])('refuses to judge by %s', (_, Condition, keys) => {
    expect(() => verdict([allow({ Condition })], keys)).toThrow(PolicyError);
  });

  it('finds a mistake behind a condition that already fails', () => {
    const Condition = { StringEquals: { [tag]: 'true' }, Nonsense: { [tag]: 'x' } };

    expect(() => verdict([allow({ Condition })])).toThrow('Nonsense');
  });
});

describe('policy variables', () => {
  const resource = `arn:aws:ssm:*:\${aws:PrincipalAccount}:document/*`;

  it('stand for values of the request', () => {
    expect(verdict([allow({ Resource: resource })], { 'aws:PrincipalAccount': '444455556666' })).toBe('allowed');
    expect(verdict([allow({ Resource: resource })], { 'aws:PrincipalAccount': '111122223333' })).toBe('not-allowed');
  });

  it('are plain text in policies of the old version', () => {
    const keys = { 'aws:PrincipalAccount': '444455556666' };

    expect(verdict([allow({ Resource: resource })], keys, '2008-10-17')).toBe('not-allowed');
  });

  it('match nothing while they have no value', () => {
    const Condition = { StringEquals: { 'aws:PrincipalAccount': `\${aws:ResourceTag/Owner}` } };

    expect(verdict([allow({ Condition })], { 'aws:PrincipalAccount': '' })).toBe('not-allowed');
  });
});

describe('malformed policies', () => {
  it.each<[string, PolicyStatement]>([
    ['a resource that is no ARN', allow({ Resource: 'document/KmsBot-Inspect' })],
    ['an action without a service', allow({ Action: 'SendCommand' })],
    ['no resource at all', { Effect: 'Allow', Action: ACTION }],
    ['no action at all', { Effect: 'Allow', Resource: '*' }],
  ])('%s is an error, not a pass', (_, statement) => {
    expect(() => verdict([statement])).toThrow(PolicyError);
  });
});
