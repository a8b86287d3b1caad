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

describe('a change of keys, by telephone or of a host', () => {
  it.each([
    { kind: 'stored-key', key: 'contoso-ws2022' },
    { kind: 'stored-key', key: 'eu/Contoso_2022.a+b=c@d' },
    { kind: 'phone' },
    { kind: 'rearm', restart: true },
    { kind: 'restart' },
    { kind: 'host-setup', key: 'contoso-host' },
    { kind: 'host-publish', on: false },
    { kind: 'host-domains', domains: [] },
    { kind: 'host-domains', domains: [{ domain: 'corp.example' }, { domain: 'b.example', priority: 10, weight: 50 }] },
    { kind: 'host-port', port: 1689 },
    { kind: 'host-intervals', activationMinutes: 15, renewalMinutes: 43_200 },
    { kind: 'host-priority', low: true },
    { kind: 'host-firewall' },
    { kind: 'host-restart' },
    { kind: 'host-retire' },
  ])('is read as it was sent: %j', (spec) => {
    expect(parseChangeEvent(event(spec))).toStrictEqual(event(spec));
  });

  it.each([
    ['spec.key', { kind: 'stored-key', key: '' }],
    ['spec.key', { kind: 'stored-key', key: 'a b' }],
    ['spec.key', { kind: 'stored-key', key: 'a#b' }],
    ['spec.key', { kind: 'host-setup', key: 'x'.repeat(201) }],
    ['spec', { kind: 'phone', digits: '1' }],
    ['spec.restart', { kind: 'rearm' }],
    ['spec.domains.0.domain', { kind: 'host-domains', domains: [{ domain: '' }] }],
    ['spec.domains.0.weight', { kind: 'host-domains', domains: [{ domain: 'a.example', weight: 65_536 }] }],
    ['spec.port', { kind: 'host-port', port: 0 }],
    ['spec.renewalMinutes', { kind: 'host-intervals', activationMinutes: 15, renewalMinutes: 14 }],
  ])('names %s when it is sent as %j', (field, spec) => {
    expect(() => parseChangeEvent(event(spec))).toThrow(field);
  });
});

describe('an Installation ID to be shown', () => {
  const { asked, place } = event({});
  const show = { operation: 'show-installation-id', change: 'c4k7m2q9xd', attempt: 2, viewId: 'V0123', asked, place };

  it('is read as it was asked for', () => {
    expect(parseChangeEvent(show)).toEqual(show);
  });

  it.each([
    ['change', { change: 'no id' }],
    ['attempt', { attempt: 0 }],
    ['viewId', { viewId: '' }],
    ['(whole)', { installationId: '0' }],
  ])('names %s when it is asked for with %j, and not the value', (field, wrong) => {
    expect(() => parseChangeEvent({ ...show, ...wrong })).toThrow(new Error(`The event is not a request: ${field}`));
  });
});
