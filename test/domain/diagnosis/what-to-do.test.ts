import { describe, expect, it } from 'vitest';
import type { DiagnosedCause } from '../../../bot/domain/diagnosis/cause.ts';
import { causeOwner } from '../../../bot/domain/diagnosis/cause-owner.ts';
import { diagnose } from '../../../bot/domain/diagnosis/diagnose.ts';
import type { Owner } from '../../../bot/domain/diagnosis/diagnosis.ts';
import { exitsOf } from '../../../bot/domain/diagnosis/exits.ts';
import { type FixContext, fixFor } from '../../../bot/domain/diagnosis/fix.ts';
import type { Fix } from '../../../bot/domain/diagnosis/fix-kinds.ts';
import { failing, wireProduct } from '../sample-record.ts';
import { byol, factsOf, failingDiagnosis, hostFacts, hostKey, zone } from './sample-facts.ts';

const NODE_ID = 'i-0aaaaaaaaaaaaaaa1';
const HOST = { name: 'kms1.corp.example', port: 1688, nodeId: NODE_ID };

const context = (changes: Partial<FixContext> = {}): FixContext => ({
  node: byol(),
  zones: [zone()],
  unreadZones: [{ name: 'ad.corp.local', why: 'not-in-route53' }],
  resolverRules: ['ad.corp.example'],
  model: 'byol',
  os: { build: 26_100, edition: 'ServerStandard', kind: 'server' },
  joined: true,
  hostBuilds: { [NODE_ID]: 20_348 },
  ...changes,
});

describe('the fix of a cause', () => {
  it.each<[DiagnosedCause, Fix]>([
    [
      { kind: 'no-key', gvlk: 'AAAAA-BBBBB' },
      {
        kind: 'install-gvlk',
        values: { gvlk: 'AAAAA-BBBBB', edition: 'Windows Server 2025 Standard' },
        command: 'key FILESERVER-07 gvlk',
        slmgr: 'slmgr /ipk AAAAA-BBBBB',
      },
    ],
    [
      { kind: 'assigned-to-dead-host', host: 'kms-old', alive: HOST },
      {
        kind: 'clear-assignment',
        values: { wrong: 'kms-old', host: 'kms1.corp.example' },
        command: 'discover FILESERVER-07',
        slmgr: 'slmgr /ckms',
      },
    ],
    [
      { kind: 'unknown-host', host: '203.0.113.9', why: 'public-address' },
      {
        kind: 'leave-unknown-host',
        values: { wrong: '203.0.113.9' },
        command: 'discover FILESERVER-07',
        slmgr: 'slmgr /ckms',
      },
    ],
    [
      { kind: 'record-missing', domain: 'corp.example', host: HOST },
      {
        kind: 'create-record',
        values: {
          domain: 'corp.example',
          zone: 'corp.example',
          zoneId: 'Z1',
          zoneKind: 'route53',
          host: 'kms1.corp.example',
          port: '1688',
          hostNode: NODE_ID,
        },
        command: 'dns add corp.example kms1.corp.example:1688',
      },
    ],
    [
      { kind: 'record-missing', domain: 'ad.corp.example' },
      { kind: 'create-record', values: { domain: 'ad.corp.example', zoneKind: 'elsewhere', port: '1688' } },
    ],
    [
      { kind: 'record-of-wrong-type', domain: 'ad.corp.local' },
      { kind: 'create-record', values: { domain: 'ad.corp.local', zoneKind: 'elsewhere', port: '1688' } },
    ],
    [
      { kind: 'suffix-without-record', domains: ['lab.example'], recordIn: 'corp.example' },
      {
        kind: 'publish-in-domain',
        values: {
          recordIn: 'corp.example',
          domain: 'lab.example',
          host: 'kms1.corp.example',
          port: '1688',
          joined: 'yes',
        },
      },
    ],
    [
      { kind: 'record-missing', domain: 'lab.corp.example', host: HOST },
      {
        kind: 'create-record',
        values: {
          domain: 'lab.corp.example',
          zone: 'corp.example',
          zoneId: 'Z1',
          zoneKind: 'route53',
          host: 'kms1.corp.example',
          port: '1688',
          hostNode: NODE_ID,
        },
        command: 'dns add lab.corp.example kms1.corp.example:1688',
      },
    ],
    [
      { kind: 'record-names-dead-host', target: 'kms-old.corp.example', recordIn: 'corp.example', alive: HOST },
      {
        kind: 'change-record',
        values: {
          wrong: 'kms-old.corp.example',
          domain: 'corp.example',
          zone: 'corp.example',
          zoneId: 'Z1',
          zoneKind: 'route53',
          host: 'kms1.corp.example',
          port: '1688',
          hostNode: NODE_ID,
        },
        command: 'dns add corp.example kms1.corp.example:1688',
      },
    ],
    [
      { kind: 'record-wrong-port', target: 'kms1.corp.example', port: 1689, right: 1688, recordIn: 'corp.example' },
      {
        kind: 'change-record',
        values: {
          host: 'kms1.corp.example',
          wrong: '1689',
          port: '1688',
          domain: 'corp.example',
          zone: 'corp.example',
          zoneId: 'Z1',
          zoneKind: 'route53',
        },
        command: 'dns add corp.example kms1.corp.example:1688',
      },
    ],
    [
      { kind: 'host-firewall-closed', host: HOST },
      {
        kind: 'open-host-firewall',
        values: { host: 'kms1.corp.example', port: '1688', hostNode: NODE_ID },
        command: `host ${NODE_ID} firewall on`,
      },
    ],
    [
      { kind: 'host-key-too-old', host: HOST, keyGroup: 'Windows Server 2022', needs: 'Windows Server 2025' },
      {
        kind: 'renew-host-key',
        values: {
          host: 'kms1.corp.example',
          port: '1688',
          hostNode: NODE_ID,
          keyGroup: 'Windows Server 2022',
          needs: 'Windows Server 2025',
          update: 'KB5034765 (2024-02)',
        },
      },
    ],
    [
      { kind: 'clock-off', where: 'client', seconds: 18_000 },
      { kind: 'sync-clock', values: { seconds: '18000', joined: 'yes' } },
    ],
    [
      { kind: 'licence-damaged', code: '0xC004E015' },
      { kind: 'repair-store', values: { code: '0xC004E015' } },
    ],
    [
      { kind: 'licence-damaged', code: '0xC004F200' },
      { kind: 'licensing-support', values: { code: '0xC004F200' } },
    ],
    [
      { kind: 'code-only', code: '0xC004F009' },
      { kind: 'explain-code', values: { code: '0xC004F009' }, command: 'error 0xC004F009' },
    ],
    [
      { kind: 'not-asked', why: { kind: 'not-windows', platform: 'linux' } },
      { kind: 'none', values: {} },
    ],
  ])('%j is filled in', (cause, fix) => {
    expect(fixFor(cause, context())).toEqual(fix);
  });

  describe('of a record', () => {
    const missing = (domain: string, name: string): DiagnosedCause => ({
      kind: 'record-missing',
      domain,
      host: { name, port: 1690 },
    });

    it.each([
      ['the zone is not in Route 53', missing('ad.corp.local', 'kms1.corp.example')],
      ['the zone is beaten by a forwarding rule', missing('ad.corp.example', 'kms1.corp.example')],
      ['nobody read the zone', missing('lab.example', 'kms1.corp.example')],
      ['the host has a short name', missing('corp.example', 'KMS1')],
      ['the host is known by its address', missing('corp.example', '10.20.0.40')],
      ['no host is known', { kind: 'record-missing', domain: 'corp.example' }],
      [
        'no living host is known',
        { kind: 'record-names-dead-host', target: 'kms9.corp.example', recordIn: 'corp.example' },
      ],
    ] as const)('is no plan where %s', (_, cause) => {
      expect(fixFor(cause, context()).command).toBeUndefined();
    });

    it.each([
      [
        'the host it names would serve the machine',
        'kms1.corp.example',
        'dns add lab.corp.example kms1.corp.example:1688',
      ],
      ['another host would', 'kms2.corp.example', undefined],
      ['none is known to', undefined, undefined],
    ])('that is in another domain is added here only where %s', (_, name, command) => {
      const cause: DiagnosedCause = {
        kind: 'suffix-without-record',
        domains: ['lab.corp.example'],
        recordIn: 'corp.example',
      };
      const serving = name === undefined ? {} : { serving: { name, port: 1688 } };

      expect(fixFor(cause, context(serving)).command).toBe(command);
    });
  });

  it('names a machine by its id where its name could not stand in a command', () => {
    const node = byol({ name: '経理 01' });

    expect(fixFor({ kind: 'works-now', host: 'kms1' }, context({ node })).command).toBe(`activate ${node.id}`);
  });

  it.each<DiagnosedCause>([
    { kind: 'assigned-to-dead-host', host: 'kms-old' },
    { kind: 'assigned-malformed', host: 'http://kms' },
    { kind: 'unknown-host', host: '127.0.0.1', why: 'loopback' },
  ])('of a licence-included machine is Amazon’s servers: %j', (cause) => {
    expect(fixFor(cause, context({ model: 'licence-included' }))).toMatchObject({
      kind: 'assign-amazon',
      refused: { what: 'own-host', why: 'licence-included' },
    });
  });
});

describe('who has to act', () => {
  it.each<[DiagnosedCause, Owner]>([
    [{ kind: 'clock-off', where: 'host' }, 'kms-host'],
    [{ kind: 'clock-off', where: 'client' }, 'machine'],
    [{ kind: 'code-only', code: '0xC004F051' }, 'licensing'],
    [{ kind: 'code-only', code: '0xC004F038' }, 'kms-host'],
    [{ kind: 'code-only', code: '0x80099999' }, 'machine'],
    [{ kind: 'zone-not-associated', zone: 'a', zoneId: 'Z', vpcId: 'v' }, 'aws-account'],
    [{ kind: 'not-asked', why: { kind: 'not-windows', platform: 'linux' } }, 'nobody'],
  ])('about %j is %s', (cause, owner) => {
    expect(causeOwner(cause)).toBe(owner);
  });
});

describe('the exits', () => {
  const missing = { kind: 'record-missing', domain: 'corp.example' } as const;

  it.each([
    ['repair first', missing, 'byol', true, ['repair', 'set-up-host', 'mak']],
    ['a host first where there is none', missing, 'byol', false, ['set-up-host', 'mak', 'repair']],
    [
      'a MAK next where clients are too few',
      { kind: 'count-too-low', host: HOST, count: 2, needed: 5 },
      'byol',
      true,
      ['repair', 'mak', 'set-up-host'],
    ],
    [
      'a MAK first where one is installed',
      { kind: 'other-channel', channel: 'mak' },
      'byol',
      true,
      ['mak', 'repair', 'set-up-host'],
    ],
    [
      'an own host last where Amazon has the licence',
      missing,
      'licence-included',
      false,
      ['repair', 'mak', 'set-up-host'],
    ],
  ] as const)('are %s', (_, cause, model, hasHost, exits) => {
    expect(exitsOf({ cause, model, hasHost })).toEqual(exits);
  });
});

describe('what could not be seen', () => {
  it('is told of the machine’s probes and of the host that it asks', () => {
    const hosts = [hostFacts({ fw: null, err: { fw: 'timeout' } })];
    const { unseen } = failingDiagnosis(
      {
        clk: null,
        err: { clk: 'timeout' },
        tgt: [{ n: 'kms1.corp.example', p: 1688, by: 's', ip: ['10.20.0.40'], tcp: 'timeout' }],
      },
      { hosts },
    );

    expect(unseen).toEqual([
      { kind: 'probe', where: 'FILESERVER-07', probe: 'clk', why: 'timeout' },
      { kind: 'probe', where: 'kms1.corp.example', probe: 'fw', why: 'timeout' },
      { kind: 'security-groups' },
    ]);
  });

  it('is told of a host that nobody could ask, and of zones that were not read', () => {
    const unreadZones = [
      { name: 'corp.example', why: 'missing-right', action: 'route53:ListResourceRecordSets' },
    ] as const;
    const tgt = [{ n: 'kms1.corp.example', p: 1688, by: 's', ip: ['10.20.0.40'], tcp: 'refused' }];

    expect(failingDiagnosis({ tgt, evt: { q: [], r: null } }, { hosts: [], zones: [], unreadZones }).unseen).toEqual([
      { kind: 'host-not-asked', host: 'kms1.corp.example', why: 'not-in-fleet' },
      { kind: 'zone-not-read', zone: 'corp.example', why: 'missing-right', action: 'route53:ListResourceRecordSets' },
    ]);
  });
});

describe('Office', () => {
  const office = (changes = {}) =>
    wireProduct({ app: 'o', fam: 'Office24', key: 'H4TKW', st: 5, vt: 0, min: 0, ...changes });
  const of = (product: ReturnType<typeof office>, hosts = [hostFacts()]) =>
    diagnose(factsOf({ prod: [wireProduct(), product] }, { hosts })).office;

  it.each([
    ['count', 'C004F038', { of: 'count-too-low' }],
    ['key of the host', 'C004F042', { of: 'no-office-host-key' }],
    ['key of the host, which holds none', 'C004F056', { of: 'no-office-host-key' }],
  ])('is judged by itself: %s', (_, why, cause) => {
    expect(of(office({ why }))).toMatchObject({ state: 'failing', first: { cause: { kind: 'office', ...cause } } });
  });

  it('with a retail key is no matter of KMS', () => {
    expect(of(office({ ch: 'RETAIL', why: 'C004F009' }))).toMatchObject({ first: { cause: { of: 'other-channel' } } });
  });

  it('is well when it is licensed, and absent when there is none', () => {
    expect(of(office({ st: 1, why: '4004F040' }))).toEqual({ state: 'well', fix: { kind: 'none', values: {} } });
    expect(diagnose(factsOf()).office).toBeUndefined();
  });

  it('shows only its code where Windows fails as well', () => {
    const diagnosis = failingDiagnosis({ prod: [failing({ key: '6VM33' }), office({ why: 'C004F056' })] });

    expect(diagnosis.office).toMatchObject({ state: 'failing', first: { cause: { of: 'code', code: '0xC004F056' } } });
  });

  it('finds the key of a host that has one for Office', () => {
    const hosts = [hostFacts({ prod: [hostKey(), hostKey({ app: 'o', ch: 'VOLUME_KMS', fam: 'OfficeKMSHost' })] })];

    expect(of(office({ why: 'C004F056' }), hosts)).toMatchObject({ first: { cause: { of: 'code' } } });
  });
});
