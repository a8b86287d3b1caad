import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PublishDomain } from '../../../bot/domain/change/change-spec.ts';
import {
  listObjection,
  MOST_DOMAINS,
  meaningOf,
  parsePublishLine,
  publishLine,
} from '../../../bot/domain/keys/publish-list.ts';

describe('parsePublishLine', () => {
  it.each<[string, string, PublishDomain]>([
    ['a bare domain, as Server 2008 knows it', 'corp.example', { domain: 'corp.example' }],
    ['priority and weight', 'corp.example, 10, 50', { domain: 'corp.example', priority: 10, weight: 50 }],
    ['no blanks', 'corp.example,10,50', { domain: 'corp.example', priority: 10, weight: 50 }],
    ['blanks everywhere', '  corp.example ,\t10 , 50 ', { domain: 'corp.example', priority: 10, weight: 50 }],
    ['a priority alone', 'corp.example,10', { domain: 'corp.example', priority: 10 }],
    ['noughts', 'corp.example,0,0', { domain: 'corp.example', priority: 0, weight: 0 }],
    ['the greatest numbers', 'corp.example,65535,65535', { domain: 'corp.example', priority: 65_535, weight: 65_535 }],
    ['capitals and a dot at the end', 'Corp.Example.', { domain: 'corp.example' }],
    ['letters beyond ASCII', '会社.example', { domain: 'xn--6oq404h.example' }],
    ['commas of full width', 'corp.example\uff0c10\u300150', { domain: 'corp.example', priority: 10, weight: 50 }],
  ])('reads %s', (_, line, domain) => {
    expect(parsePublishLine(line)).toEqual({ ok: true, domain });
  });

  it.each<[string, string, string]>([
    ['an empty line', '', 'domain'],
    ['a comma alone', ',', 'domain'],
    ['an address', '10.20.0.40', 'domain'],
    ['a single label', 'corp', 'domain'],
    ['a blank inside the name', 'corp example.com', 'domain'],
    ['a name of a service', '_vlmcs._tcp.corp.example', 'domain'],
    ['a command behind the name', 'corp.example"; Stop-Service sppsvc', 'domain'],
    ['a line end inside', 'corp.example\r\nlab.example', 'domain'],
    ['a priority that is none', 'corp.example,high', 'number'],
    ['a number that is too great', 'corp.example,65536', 'number'],
    ['a negative number', 'corp.example,0,-1', 'number'],
    ['a fraction', 'corp.example,0.5', 'number'],
    ['an empty number', 'corp.example,,50', 'number'],
    ['a fourth field', 'corp.example,0,0,1688', 'fields'],
  ])('refuses %s', (_, line, why) => {
    expect(parsePublishLine(line)).toEqual({ ok: false, why });
  });

  it('never throws, and gives only names and numbers that can stand in a record', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (line) => {
        const read = parsePublishLine(line);
        if (!read.ok) return;
        expect(read.domain.domain).toMatch(/^[a-z0-9_.-]{3,253}$/);
        for (const number of [read.domain.priority ?? 0, read.domain.weight ?? 0]) {
          expect(number).toBeGreaterThanOrEqual(0);
          expect(number).toBeLessThanOrEqual(65_535);
        }
      }),
    );
  });
});

const number = fc.option(fc.integer({ min: 0, max: 65_535 }), { nil: undefined });
const domains: fc.Arbitrary<PublishDomain> = fc
  .record({
    domain: fc.constantFrom('corp.example', 'lab.corp.example', 'x-1.example'),
    priority: number,
    weight: number,
  })
  .map(({ domain, priority, weight }) => ({
    domain,
    ...(priority === undefined ? {} : { priority }),
    ...(weight === undefined ? {} : { weight }),
  }));

describe('publishLine', () => {
  it('writes a bare domain where no number was given, so that Server 2008 reads it too', () => {
    expect(publishLine({ domain: 'corp.example' })).toBe('corp.example');
    expect(publishLine({ domain: 'corp.example', weight: 5 })).toBe('corp.example, 0, 5');
  });

  it('writes what is read back with the same meaning', () => {
    fc.assert(
      fc.property(domains, (domain) => {
        const read = parsePublishLine(publishLine(domain));
        expect(read.ok && { priority: 0, weight: 0, ...read.domain }).toEqual({ priority: 0, weight: 0, ...domain });
      }),
    );
  });
});

describe('meaningOf', () => {
  it('is the same for every form of a line, and for a line that says nothing the line itself', () => {
    expect(meaningOf(['corp.example', 'Corp.Example. , 0 ,0', ' what is this? '])).toEqual([
      'corp.example 0 0',
      'corp.example 0 0',
      'what is this?',
    ]);
  });
});

describe('listObjection', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => ({ domain: `d${n}.example` }));

  it('allows an empty list, and as many domains as a host renews daily', () => {
    expect(listObjection([])).toBeUndefined();
    expect(listObjection(many(MOST_DOMAINS))).toBeUndefined();
  });

  it('refuses one too many, and a domain that stands twice', () => {
    expect(listObjection(many(MOST_DOMAINS + 1))).toEqual({ why: 'too-many', most: MOST_DOMAINS });
    expect(listObjection([...many(2), { domain: 'd0.example', priority: 9 }])).toEqual({
      why: 'twice',
      domain: 'd0.example',
    });
  });
});
