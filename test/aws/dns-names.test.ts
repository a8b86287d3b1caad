import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable, isWithin, plainName } from '../../bot/aws/dns-names.ts';
import { escapedName } from '../lab/aws/route53/names.ts';

describe('plainName', () => {
  it.each([
    ['corp.example.com.', 'corp.example.com'],
    ['KMS-01.Corp.Example.Com', 'kms-01.corp.example.com'],
    ['\\052.corp.example.com.', '*.corp.example.com'],
    ['_vlmcs._tcp.corp.example.com.', '_vlmcs._tcp.corp.example.com'],
    ['b\\303\\274cher.example.', 'bücher.example'],
    ['\\134.example.', '\\.example'],
    ['', ''],
  ])('of %j is %j', (given, plain) => {
    expect(plainName(given)).toBe(plain);
  });

  it('undoes what Route 53 does to any name', () => {
    const label = fc.stringMatching(/^[a-z0-9*@ü日_-]{1,10}$/u);
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), (labels) => {
        expect(plainName(escapedName(labels.join('.')))).toBe(labels.join('.'));
      }),
    );
  });
});

describe('comparable', () => {
  it.each([
    ['corp.example.', 'corp.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['corp', 'corp'],
    ['_vlmcs._tcp.corp.example', '_vlmcs._tcp.corp.example'],
  ])('of %j is %j', (given, expected) => {
    expect(comparable(given)).toBe(expected);
  });

  it.each([
    '',
    '.',
    '10.0.0.1',
    'fd00::1',
    'a..b',
    '-a.example',
    'a b.example',
    'http://kms.example:1688',
    'kms.example:1688',
    '*.example',
    `${'x'.repeat(64)}.example`,
    Array.from({ length: 60 }, () => 'long').join('.'),
  ])('of %j is nothing: no such name is asked for', (given) => {
    expect(comparable(given)).toBeUndefined();
  });

  it('is never longer than a name may be, whatever a machine calls itself', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        expect(comparable(text) ?? '').toMatch(/^[a-z0-9._-]{0,253}$/);
      }),
    );
  });
});

describe('isWithin', () => {
  it.each([
    ['corp.example', 'corp.example', true],
    ['a.corp.example', 'corp.example', true],
    ['xcorp.example', 'corp.example', false],
    ['example', 'corp.example', false],
  ])('of %s and %s is %s', (name, around, expected) => {
    expect(isWithin(name, around)).toBe(expected);
  });
});
