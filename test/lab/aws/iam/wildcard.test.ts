import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesAction, matchesArn, matchesWildcard } from './wildcard.ts';

describe('matchesWildcard', () => {
  it.each([
    ['*', '', true],
    ['*', 'anything', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a*c', 'ac', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['a.c', 'abc', false],
    ['', 'a', false],
  ])('%s against %j is %s', (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text)).toBe(expected);
  });

  it('agrees with a regular expression on every pattern', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, letters, (wanted, text) => {
        const source = wanted.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(matchesWildcard(wanted, text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
    );
  });

  it('takes no exponential time on a hostile pattern', () => {
    expect(matchesWildcard(`${'a*'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
  });
});

describe('matchesAction', () => {
  it.each([
    ['ssm:SendCommand', 'ssm:SendCommand', true],
    ['SSM:sendcommand', 'ssm:SendCommand', true],
    ['ssm:List*', 'ssm:ListCommands', true],
    ['ssm:List*', 'ssm:SendCommand', false],
    ['*', 'route53:GetChange', true],
  ])('%s covers %s: %s', (pattern, action, expected) => {
    expect(matchesAction(pattern, action)).toBe(expected);
  });
});

describe('matchesArn', () => {
  const arn = 'arn:aws:ssm:eu-central-1:444455556666:document/KmsBot-Inspect';

  it.each([
    ['*', true],
    [arn, true],
    ['arn:aws:ssm:*:444455556666:document/KmsBot-*', true],
    ['arn:aws:ssm:eu-central-1:444455556666:document/kmsbot-*', false],
    ['arn:aws:ssm:*:document/KmsBot-Inspect', false],
    ['arn:aws:ssm:*', false],
    ['arn:aws:ssm:eu-central-1:444455556666:*', true],
    ['arn:aws:ssm:eu-central-1:111122223333:*', false],
  ])('%s: %s', (pattern, expected) => {
    expect(matchesArn(pattern, arn)).toBe(expected);
  });

  it('lets a wildcard of the last part reach across colons', () => {
    expect(matchesArn('arn:aws:lambda:r:1:function:*', 'arn:aws:lambda:r:1:function:observe:live')).toBe(true);
  });
});
