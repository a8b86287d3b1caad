import { describe, expect, it } from 'vitest';
import { observeSettings } from '../../bot/aws/observe-settings.ts';
import { ENVIRONMENT } from '../../bot/environment.ts';

const ENV = {
  [ENVIRONMENT.sites]: JSON.stringify([{ id: 'tokyo', account: '111122223333', region: 'ap-northeast-1' }]),
  [ENVIRONMENT.ledgerTable]: 'ledger',
  [ENVIRONMENT.inspectDocument]: 'KmsBot-Inspect',
  [ENVIRONMENT.slackSecret]: 'arn:secret',
  [ENVIRONMENT.owner]: '0123456789ab',
};

describe('observeSettings', () => {
  it('has defaults for what a deployment may leave out', () => {
    expect(observeSettings(ENV)).toEqual({
      sites: [{ id: 'tokyo', account: '111122223333', region: 'ap-northeast-1' }],
      fleetTag: { key: 'KmsManaged', value: 'true' },
      ledgerTable: 'ledger',
      document: { name: 'KmsBot-Inspect', version: '$DEFAULT' },
      knownHosts: [],
      zones: [],
      owner: '0123456789ab',
      slackSecret: 'arn:secret',
    });
  });

  it('knows the audit where there is one', () => {
    expect(observeSettings({ ...ENV, [ENVIRONMENT.auditTable]: 'audit' })).toMatchObject({ auditTable: 'audit' });
  });

  const ZONE = { id: 'Z0123456789ABC', name: 'corp.example', siteId: 'tokyo', write: true };

  it('knows the zones that the configuration names', () => {
    const zones = [ZONE, { ...ZONE, id: 'Z2', name: 'xn--bcher-kva.example', write: false }];

    expect(observeSettings({ ...ENV, [ENVIRONMENT.zones]: JSON.stringify(zones) }).zones).toEqual(zones);
  });

  it.each([
    [{ id: 'z0123' }],
    [{ id: '/hostedzone/Z0123' }],
    [{ name: 'Corp.Example' }],
    [{ name: 'corp.example.' }],
    [{ name: 'bücher.example' }],
    [{ name: '' }],
    [{ siteId: 'nowhere' }],
    [{ write: 'yes' }],
    [{ more: true }],
  ])('refuses a zone with %j', (wrong) => {
    const zones = JSON.stringify([{ ...ZONE, ...wrong }]);

    expect(() => observeSettings({ ...ENV, [ENVIRONMENT.zones]: zones })).toThrow(ENVIRONMENT.zones);
  });

  it('takes a tag whose value has an equals sign', () => {
    expect(observeSettings({ ...ENV, [ENVIRONMENT.fleetTag]: 'Fleet=a=b' }).fleetTag).toEqual({
      key: 'Fleet',
      value: 'a=b',
    });
  });

  it.each([
    [ENVIRONMENT.sites, '[]'],
    [ENVIRONMENT.sites, 'tokyo'],
    [ENVIRONMENT.sites, '[{"id":"Tokyo!","account":"1","region":"x"}]'],
    [ENVIRONMENT.fleetTag, 'KmsManaged'],
    [ENVIRONMENT.knownHosts, '"kms"'],
    [ENVIRONMENT.ledgerTable, ''],
    [ENVIRONMENT.slackSecret, ''],
    [ENVIRONMENT.owner, ''],
    [ENVIRONMENT.owner, '0123456789AB'],
    [ENVIRONMENT.owner, 'kms-bot'],
  ])('names %s when it is %j', (name, value) => {
    expect(() => observeSettings({ ...ENV, [name]: value })).toThrow(name);
  });
});
