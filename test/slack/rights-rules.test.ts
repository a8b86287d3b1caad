import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rightsRules } from '../../bot/aws/change-settings.ts';
import { ENVIRONMENT } from '../../bot/environment.ts';
import { readRightsRules } from '../../bot/slack/rights-rules.ts';

/** The same text as the function that acts reads it. */
const asRead = (text: string) => {
  try {
    return rightsRules({ [ENVIRONMENT.rights]: text });
  } catch {
    return undefined;
  }
};

const something = fc.oneof(fc.constantFrom('everyone', 'allow', 'deny', 'viewer', 'operator', ''), fc.jsonValue());
const texts = fc.oneof(fc.array(fc.string(), { maxLength: 2 }), something);
const almostRule = fc.record(
  {
    effect: fc.oneof(fc.constantFrom('allow', 'deny'), something),
    right: fc.oneof(fc.constantFrom('viewer', 'operator', 'approver', 'break-glass'), something),
    who: fc.oneof(fc.constant('everyone'), fc.record({ groups: texts, users: texts }), something),
    sites: texts,
    zones: texts,
    tags: fc.oneof(fc.array(fc.record({ key: fc.string(), value: fc.string() }), { maxLength: 2 }), something),
  },
  { requiredKeys: [] },
);

describe('readRightsRules', () => {
  it('reads what the function that acts reads, and refuses what it refuses', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(almostRule, { maxLength: 3 }), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value);
        expect(readRightsRules(text)).toEqual(asRead(text));
      }),
      { numRuns: 500 },
    );
  });

  it('reads a rule for the records of some zones', () => {
    const rule = { effect: 'allow', right: 'operator', who: 'everyone', zones: ['corp.example'] };
    const text = JSON.stringify([rule]);

    expect([readRightsRules(text), asRead(text)]).toEqual([[rule], [rule]]);
  });

  it.each([undefined, ''])('lets everyone look and nobody change anything where none are told', (text) => {
    expect(readRightsRules(text)).toEqual([{ effect: 'allow', right: 'viewer', who: 'everyone' }]);
  });

  it.each([
    '[{"effect":"allow","right":"viewer","who":{"groups":[],"users":[],"not":[]}}]',
    '[{"effect":"allow","right":"viewer","who":"everyone","tags":[{"key":"a","value":"b","not":true}]}]',
    '[{"effect":"deny","right":"operator","who":"everyone","zones":"corp.example"}]',
  ])('refuses what it would leave out: %s', (text) => {
    expect([readRightsRules(text), asRead(text)]).toEqual([undefined, undefined]);
  });

  it('refuses text that is no list', () => {
    expect(readRightsRules('allow all')).toBeUndefined();
  });
});
