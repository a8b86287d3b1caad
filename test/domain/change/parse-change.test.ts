import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeRecord } from '../../../bot/domain/change/change-record.ts';
import {
  CHANGE_DOCUMENTS,
  REFUSALS,
  type WireChange,
  type WireHostSettings,
} from '../../../bot/domain/change/change-wire.ts';
import { readChangeOutput } from '../../../bot/domain/change/parse-change.ts';
import { readInstallationId } from '../../../bot/domain/change/read-installation-id.ts';
import { AT_SECONDS, wireProduct } from '../sample-record.ts';
import { changeLine, wireChange, wireState } from './sample-change.ts';

const recordIn = (text: string): ChangeRecord => {
  const reading = readChangeOutput(text);
  if (reading.kind !== 'record') throw new Error(JSON.stringify(reading.why));
  return reading.record;
};

describe('readChangeOutput', () => {
  it('reads what was done and the states before and after', () => {
    expect(recordIn(changeLine())).toEqual({
      atMs: AT_SECONDS * 1000,
      computerName: 'FILESERVER-07',
      operation: 'c4k7m2q9xd-0001',
      document: 'KmsBot-AssignHost',
      result: 'done',
      again: false,
      before: {
        assigned: null,
        lookupDomain: null,
        hostCaching: true,
        rearmsLeft: 1001,
        product: {
          activationId: wireProduct().id,
          channelToken: 'VOLUME_KMSCLIENT',
          keyTail: 'VMK7H',
          status: 'licensed',
          allowed: 'any',
          assigned: null,
          lookupDomain: null,
        },
      },
      after: expect.objectContaining({
        product: expect.objectContaining({ assigned: { host: 'kms1.corp.example', port: 1688 } }),
      }),
    });
  });

  it('reads a failure half way, its step, its code, and whether the state before was put back', () => {
    const line = changeLine({ res: 'failed', step: 'SetKeyManagementServicePort', code: '80070057', back: 0 });

    expect(recordIn(line)).toMatchObject({
      result: 'failed',
      step: 'SetKeyManagementServicePort',
      code: '80070057',
      restored: false,
    });
  });

  it('reads the attempts of the routing test in their order', () => {
    const tests: WireChange['tests'] = [
      ['name', 'kms1.corp.example:1688', 'C004F074'],
      ['address', '[2001:db8::5]', '00000000'],
    ];

    expect(recordIn(changeLine({ doc: 'KmsBot-TestRouting', tests })).tests).toEqual([
      { by: 'name', target: 'kms1.corp.example:1688', code: 'C004F074' },
      { by: 'address', target: '[2001:db8::5]', code: '00000000' },
    ]);
  });

  it('reads how a secret was fetched, and who lacks which right', () => {
    const who = 'arn:aws:sts::111122223333:assumed-role/fleet-node/i-0123456789abcdef0';
    const need = 'secretsmanager:GetSecretValue';
    const refused = { doc: 'KmsBot-InstallStoredKey', res: 'refused', why: 'secret-unreadable' } as const;

    expect(recordIn(changeLine({ ...refused, via: 'agent', need, who, step: 'GetSecretValue' }))).toMatchObject({
      ...{ result: 'refused', why: 'secret-unreadable', via: 'agent', need, who, step: 'GetSecretValue' },
    });
    expect(recordIn(changeLine({ doc: 'KmsBot-InstallStoredKey', tail: 'abcd9' })).tail).toBe('ABCD9');
  });

  it('tells the digest of an Installation ID, and the Installation ID to nobody but whoever asks for this one', () => {
    const iid = '0000001'.repeat(9);
    const dig = '0123456789abcdef01234567';
    const line = changeLine({ doc: 'KmsBot-ReadInstallationId', iid, dig });

    expect(recordIn(line).installationIdDigest).toBe(dig);
    expect(JSON.stringify(readChangeOutput(line))).not.toContain(iid);
    expect(readInstallationId(line, dig)).toBe(iid);
    expect(readInstallationId(line, 'ffffffffffffffffffffffff')).toBeUndefined();
    expect(readInstallationId(changeLine({ doc: 'KmsBot-Activate', iid, dig }), dig)).toBeUndefined();
    expect(
      readInstallationId(changeLine({ doc: 'KmsBot-ReadInstallationId', iid: `${iid}x`, dig }), dig),
    ).toBeUndefined();
    expect(readInstallationId('KMSBOT1 {', dig)).toBeUndefined();
  });

  it('reads the settings of a host, before and after, and how publishing went in each domain', () => {
    const host = { p: 0, pub: 1, low: 0, iv: [120, 10_080], list: [], fw: 'dp' } as WireHostSettings;
    const list = ['lab.example, 0, 0', 'Old.Example'];
    const line = changeLine({
      doc: 'KmsBot-SetHost',
      saved: 'C:\\ProgramData\\KmsBot\\exports\\c4k7m2q9xd-change.reg',
      pub: [
        ['Corp.Example', '00000000'],
        ['lab.example', 'none'],
      ],
      before: wireState({ host }),
      after: wireState({ host: { ...host, p: 1689, list, fw: '' } }),
    });

    expect(recordIn(line)).toMatchObject({
      saved: 'C:\\ProgramData\\KmsBot\\exports\\c4k7m2q9xd-change.reg',
      published: [
        { domain: 'corp.example', code: '00000000' },
        { domain: 'lab.example', code: 'none' },
      ],
      before: { host: { port: 1688, publishing: true, publishList: null, letsIn: ['domain', 'private'] } },
      after: { host: { port: 1689, activationMinutes: 120, renewalMinutes: 10_080, publishList: list, letsIn: [] } },
    });
  });

  it('keeps the state of the client where that of the host is not as agreed', () => {
    const host = { p: 1688, pub: 1, low: 0, iv: [120], list: null, fw: 'dp' } as never;
    const { after } = recordIn(changeLine({ doc: 'KmsBot-SetHost', after: wireState({ host }) }));

    expect(after).toMatchObject({ rearmsLeft: 1001 });
    expect(after).not.toHaveProperty('host');
  });

  it('tells the kept result of an earlier run from a fresh one', () => {
    expect(recordIn(changeLine({ again: 1 })).again).toBe(true);
  });

  it.each(REFUSALS)('reads the refusal %s', (why) => {
    expect(recordIn(changeLine({ res: 'refused', why }))).toMatchObject({ result: 'refused', why });
  });

  it.each(CHANGE_DOCUMENTS)('reads a result of %s', (doc) => {
    expect(recordIn(changeLine({ doc })).document).toBe(doc);
  });

  it('has no state where one of its halves was not read', () => {
    const record = recordIn(changeLine({ before: wireState({ svc: null }), after: wireState({ prod: null }) }));

    expect(record).not.toHaveProperty('before');
    expect(record).not.toHaveProperty('after');
  });

  it.each([
    ['why', { why: 'a-later-reason' }],
    ['step', { step: 'not a word; at all' }],
    ['code', { code: 'twelve' }],
    ['restored', { back: 2 }],
    ['via', { via: 'telepathy' }],
    ['need', { need: 'everything; now' }],
    ['who', { who: 'arn:aws:iam::111122223333:role/a <!channel>' }],
    ['tail', { tail: 'VMK7HVMK7H' }],
    ['saved', { saved: '\\\\attacker\\share\\x.reg' }],
    ['published', { pub: [['corp.example <@U0AIKO0001>', '00000000']] }],
    ['installationId', { doc: 'KmsBot-ReadInstallationId', iid: '0000001-0000001' }],
    ['installationIdDigest', { dig: 'ABC' }],
    ['tests', { tests: [['name', 'kms1', 'no code']] }],
    ['before', { before: { svc: 'hostile', prod: [] } }],
    ['after', { after: { svc: null, prod: [{ key: 'VDYBN-27WPP-V4HQT-9VMD4-VMK7H' }] } }],
  ])('leaves out %s that is not as agreed, and believes the rest', (key, changes) => {
    const record = recordIn(changeLine(changes as Partial<WireChange>));

    expect(record.result).toBe('done');
    expect(record).not.toHaveProperty(key);
  });

  it.each([
    ['nothing', '', { kind: 'empty' }],
    ['an error message', '----------ERROR-------\nParserError', { kind: 'not-ours' }],
    ['a cut line', `${changeLine().slice(0, 200)}\n---Output truncated---`, { kind: 'truncated' }],
    ['a packed line', 'KMSBOT1Z H4sIAAAA\r\n', { kind: 'garbled', at: 'base64' }],
    ['a later version', 'KMSBOT1 {"v":2}\r\n', { kind: 'newer-version', version: 2 }],
    ['a list', 'KMSBOT1 []}\r\n', { kind: 'garbled', at: 'json' }],
    ['a result that is none', changeLine({ res: 'fine' as never }), { kind: 'garbled', at: 'res' }],
    ['another document', changeLine({ doc: 'AWS-RunShellScript' as never }), { kind: 'garbled', at: 'doc' }],
    ['an operation that is none', changeLine({ op: '../../evil' }), { kind: 'garbled', at: 'op' }],
    ['an inspection', 'KMSBOT1 {"v":1,"at":1794000000,"name":"X","svc":null}', { kind: 'garbled', at: 'op' }],
  ])('says what %s is', (_, text, why) => {
    expect(readChangeOutput(text)).toEqual({ kind: 'unreadable', why });
  });

  it('never throws, whatever a machine prints', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.string({ unit: 'binary' }));
    const keys = Object.keys(wireChange({ why: 'edition', step: 'x', code: '0', back: 1, tests: [], again: 1 })).concat(
      [...['via', 'need', 'who', 'tail', 'iid', 'dig', 'saved', 'pub']],
    );
    fc.assert(
      fc.property(fc.constantFrom(...keys), value, fc.string({ unit: 'binary' }), (key, odd, noise) => {
        const line = changeLine({ [key]: odd } as Partial<WireChange>);
        for (const text of [line, `${noise}${line}`, line.slice(0, noise.length * 7), noise]) {
          expect(['record', 'unreadable']).toContain(readChangeOutput(text).kind);
        }
      }),
    );
  });
});
