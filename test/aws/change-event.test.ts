import { describe, expect, it } from 'vitest';
import { parseChangeEvent } from '../../bot/aws/change-event.ts';

const HOST = { host: 'kms-01.corp.example', port: 0 };

const event = (spec: object) => ({
  operation: 'change',
  spec,
  selection: { selectors: [] },
  asked: 'dns add corp.example kms-01.corp.example',
  place: { teamId: 'T1', channelId: 'C1', userId: 'U1' },
});

describe('a change of a record', () => {
  it.each([
    { kind: 'dns-add', zone: 'corp.example', host: HOST },
    { kind: 'dns-add', zone: 'Z0123456789ABC', host: { ...HOST, port: 65_535 }, priority: 0, weight: 65_535 },
    { kind: 'dns-remove', zone: 'corp.example', host: HOST, priority: 10 },
    { kind: 'dns-adopt', zone: 'corp.example', host: HOST },
  ])('is read as it was sent: %j', (spec) => {
    expect(parseChangeEvent(event(spec))).toEqual(event(spec));
  });

  it.each([
    ['spec.zone', { zone: '' }],
    ['spec.zone', { zone: 'x'.repeat(256) }],
    ['spec.zone', { zone: ['corp.example'] }],
    ['spec.host.host', { host: { ...HOST, host: 'x'.repeat(261) } }],
    ['spec.host.port', { host: { ...HOST, port: 65_536 } }],
    ['spec.priority', { priority: -1 }],
    ['spec.priority', { priority: 65_536 }],
    ['spec.weight', { weight: 1.5 }],
    ['spec.weight', { weight: '0' }],
    ['spec', { ttl: 60 }],
  ])('names %s when it is sent with %j', (field, wrong) => {
    const spec = { kind: 'dns-add', zone: 'corp.example', host: HOST, ...wrong };

    expect(() => parseChangeEvent(event(spec))).toThrow(field);
  });
});
