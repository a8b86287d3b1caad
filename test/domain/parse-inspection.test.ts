import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROBES } from '../../bot/domain/inspection-record.ts';
import { parseInspection } from '../../bot/domain/parse-inspection.ts';
import { recordOf, wireProduct, wireRecord, wireTarget } from './sample-record.ts';

describe('parseInspection', () => {
  it('reads a whole record into typed parts', () => {
    const record = recordOf();

    expect(record).toMatchObject({
      version: 1,
      atMs: 1_794_000_000_000,
      computerName: 'FILESERVER-07',
      os: { read: true, value: { build: 20_348, revision: 2031, kind: 'server', domainJoined: true } },
      service: { read: true, value: { hostCaching: true, isKmsHost: false } },
      sppsvc: { read: true, value: { state: 'Running', startMode: 'Auto' } },
      clock: { read: true, value: { seconds: 0.2 } },
      routes: { read: true, value: [{ nextHop: '10.20.4.1', interfaceIndex: 4 }] },
      dropped: {},
    });
    expect(record.products).toMatchObject({
      value: [{ application: 'windows', status: 'licensed', reason: '0x4004F040', activatedBy: 'kms', allowed: 'any' }],
    });
    expect(record.srvLookups).toMatchObject({
      value: [
        { outcome: { found: true, answers: [{ priority: 0, weight: 100, port: 1688, target: 'kms1.corp.example' }] } },
      ],
    });
    expect(record.targets).toMatchObject({ value: [{ origins: ['srv'], tcp: 'ok', bind: 'ok', skipped: false }] });
  });

  it('tells why each probe has no value', () => {
    const err = { os: 'timeout', aws: 'missing', svc: '800706BA', prod: 'oddity', net: 'a b <c>' };
    const record = recordOf({ os: null, aws: null, svc: null, prod: null, net: null, evt: null, err });

    expect(record.os).toEqual({ read: false, why: { kind: 'timeout' } });
    expect(record.aws).toEqual({ read: false, why: { kind: 'missing' } });
    expect(record.service).toEqual({ read: false, why: { kind: 'code', code: '0x800706BA' } });
    expect(record.products).toEqual({ read: false, why: { kind: 'other', word: 'oddity' } });
    expect(record.network).toMatchObject({ read: false, why: { kind: 'malformed', at: 'err.net' } });
    expect(record.events).toEqual({ read: false, why: { kind: 'unsaid' } });
  });

  it('takes null without an error for an answer where a machine may have no such thing', () => {
    const record = recordOf({ aws: null, clk: null });

    expect(record.aws).toEqual({ read: true, value: undefined });
    expect(record.clock).toEqual({ read: true, value: undefined });
  });

  it('ignores keys of a newer minor version', () => {
    const newer = { ...wireRecord(), later: { a: 1 }, os: { ...wireRecord().os, more: true } };

    const parsed = parseInspection(newer);

    expect(parsed).toEqual(parseInspection(wireRecord()));
  });

  it('looks at the version before anything else', () => {
    expect(parseInspection({ v: 2, prod: 'whatever' })).toEqual({ ok: false, kind: 'newer-version', version: 2 });
  });

  it.each([
    [undefined, ''],
    [null, ''],
    [[], ''],
    ['text', ''],
    [{}, 'v'],
    [{ v: '1' }, 'v'],
    [{ v: 0 }, 'v'],
    [{ v: 1 }, 'at'],
    [{ v: 1, at: -5 }, 'at'],
    [{ v: 1, at: 5 }, 'name'],
    [{ v: 1, at: 5, name: 7 }, 'name'],
  ])('refuses %j and says where', (json, at) => {
    expect(parseInspection(json)).toMatchObject({ ok: false, kind: 'malformed', at });
  });

  it.each([
    ['a status that does not exist', { prod: [wireProduct({ st: 7 })] }, 'products', 'prod[0].st'],
    ['a reason that is no code', { prod: [wireProduct(), wireProduct({ why: 'F074' })] }, 'products', 'prod[1].why'],
    ['a whole key', { prod: [wireProduct({ key: 'AAAAA-BBBBB' })] }, 'products', 'prod[0].key'],
    ['negative minutes', { prod: [wireProduct({ min: -1 })] }, 'products', 'prod[0].min'],
    ['a port beyond 65535', { tgt: [wireTarget({ p: 65_536 })] }, 'targets', 'tgt[0].p'],
    ['an answer that names no target', { srv: [{ d: 'x', a: [[0, 0, 1688, 9]] }] }, 'srvLookups', 'srv[0].a[0][3]'],
    ['neither answers nor an error', { srv: [{ d: 'x' }] }, 'srvLookups', 'srv[0]'],
    ['a time that is no number', { evt: { q: [['now', '00000000', 'h:1']], r: null } }, 'events', 'evt.q[0][0]'],
    ['a CMID that is no GUID', { svc: { ...wireRecord().svc, cmid: 'x' } }, 'service', 'svc.cmid'],
    ['a build without number', { os: { ...wireRecord().os, b: '10' } }, 'os', 'os.b'],
    ['a machine of no kind', { os: { ...wireRecord().os, pt: 0 } }, 'os', 'os.pt'],
    ['a list that is none', { net: { if: {}, sfx: '', list: [] } }, 'network', 'net.if'],
  ] as const)('gives up only the probe with %s', (_what, changes, part, at) => {
    const record = recordOf(changes as Partial<ReturnType<typeof wireRecord>>);

    expect(record[part]).toMatchObject({ read: false, why: { kind: 'malformed', at } });
    const unread = PROBES.length - Object.values(record).filter((value) => value?.read === true).length;
    expect(unread).toBe(1);
  });

  it('keeps counts of what was dropped and leaves out what it does not know', () => {
    const parsed = parseInspection({ ...wireRecord(), cut: { srv: 3, dom: 1, other: 9, tgt: 'x' } });

    expect(parsed).toMatchObject({ ok: true, record: { dropped: { srv: 3, dom: 1 } } });
  });

  it('reads results of the network by word and by the code that means the same', () => {
    const srv = ['nxdomain', '8007232B', '8007251D', '80072AF9', 'odd'].map((e) => ({ d: 'x', e }));

    const record = recordOf({ srv });

    expect(
      record.srvLookups.read && record.srvLookups.value.map(({ outcome }) => !outcome.found && outcome.why),
    ).toEqual(['nxdomain', 'nxdomain', 'nodata', { code: '0x80072AF9' }, { word: 'odd' }]);
  });

  it('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(parseInspection(json)).toHaveProperty('ok');
      }),
    );
  });

  it('keeps every other probe when one holds anything at all', () => {
    const whole = wireRecord();
    fc.assert(
      fc.property(fc.constantFrom(...PROBES), fc.jsonValue(), (probe, junk) => {
        const parsed = parseInspection({ ...whole, [probe]: junk });
        if (!parsed.ok) throw new Error('lost the record');
        const unread = Object.values(parsed.record).filter((value) => value?.read === false);
        // SRV answers refer to the targets by their place, so both may go together.
        expect(unread.length).toBeLessThanOrEqual(probe === 'tgt' ? 2 : 1);
      }),
    );
  });
});
