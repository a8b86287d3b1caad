import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  comparable,
  depthOf,
  isWithin,
  parseTarget,
  plainName,
  serviceName,
} from '../../../bot/domain/records/dns-name.ts';
import { escapedName } from '../../lab/aws/route53/names.ts';

describe('plainName', () => {
  it.each([
    ['corp.example.com.', 'corp.example.com'],
    ['KMS-01.Corp.Example.Com', 'kms-01.corp.example.com'],
    ['\\052.corp.example.com.', '*.corp.example.com'],
    ['_vlmcs._tcp.corp.example.com.', '_vlmcs._tcp.corp.example.com'],
    ['b\\303\\274cher.example.', 'bücher.example'],
    ['\\134.example.', '\\.example'],
    ['日本.example.', '日本.example'],
    ['kms\\056corp.example.', 'kms\\056corp.example'],
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
    ['会社。example', 'xn--6oq404h.example'],
    ['ｋｍｓ．example', 'kms.example'],
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
    'ü/x.example',
    'ü@x.example',
    '１０.０.０.１',
    'kms\\056corp.example',
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

describe('depthOf', () => {
  it('counts labels', () => {
    expect(depthOf('tokyo.corp.example')).toBe(3);
  });
});

describe('serviceName', () => {
  it('is where machines of a domain look for their KMS hosts', () => {
    expect(serviceName('corp.example')).toBe('_vlmcs._tcp.corp.example');
  });
});

describe('parseTarget', () => {
  it.each([
    ['kms-01.corp.example', 'kms-01.corp.example'],
    [' KMS-01.Corp.Example. ', 'kms-01.corp.example'],
    ['kms.bücher.example', 'kms.xn--bcher-kva.example'],
    ['kms_01.corp.example', 'kms_01.corp.example'],
    ['1.2.3.4.example', '1.2.3.4.example'],
    ['0x7f.example', '0x7f.example'],
    ['localhost-2.corp.example', 'localhost-2.corp.example'],
    ['kms.invalid.example', 'kms.invalid.example'],
    [`${'a.'.repeat(125)}abc`, `${'a.'.repeat(125)}abc`],
  ])('takes %j', (word, target) => {
    expect(parseTarget(word)).toEqual({ ok: true, target });
  });

  it.each([
    ['10.0.0.1', 'address'],
    ['10.0.0.1.', 'address'],
    ['[10.0.0.1]', 'address'],
    ['fd00::1', 'address'],
    ['[FD00::1]', 'address'],
    ['fe80::1%eth0', 'address'],
    ['::ffff:10.0.0.1', 'address'],
    ['10.0.0.256', 'address'],
    ['10.1', 'address'],
    ['1688', 'address'],
    ['0x7f.1', 'address'],
    ['0x7F000001', 'address'],
    ['127.0x1', 'address'],
    ['kms.corp.1', 'address'],
    ['kms.0x', 'address'],
    ['010.0.0.1', 'address'],
    ['１０.０.０.１', 'address'],
    ['KMS01', 'single-label'],
    ['kms01.', 'single-label'],
    ['.', 'root'],
    ['localhost', 'reserved'],
    ['LOCALHOST.', 'reserved'],
    ['localhost.localdomain', 'reserved'],
    ['localhost.corp.example', 'reserved'],
    ['kms.localhost', 'reserved'],
    ['kms.localdomain', 'reserved'],
    ['kms.invalid', 'reserved'],
    ['_vlmcs._tcp.corp.example', 'service'],
    ['kms._sites.corp.example', 'service'],
    ['', 'not-a-name'],
    ['*.corp.example', 'not-a-name'],
    ['kms 01.corp.example', 'not-a-name'],
    ['kms..example', 'not-a-name'],
    ['-kms.example', 'not-a-name'],
    ['kms.example:1688', 'not-a-name'],
    [`${'x'.repeat(64)}.example`, 'too-long'],
    [`${'a.'.repeat(125)}abcd`, 'too-long'],
  ])('refuses %j: %s', (word, why) => {
    expect(parseTarget(word)).toEqual({ ok: false, why });
  });

  it('gives only names that are compared as they are, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.domain(), fc.ipV4(), fc.ipV6(), fc.string({ unit: 'grapheme' })), (word) => {
        const parsed = parseTarget(word);
        expect(parsed.ok ? comparable(parsed.target) : undefined).toBe(parsed.ok ? parsed.target : undefined);
      }),
    );
  });
});
