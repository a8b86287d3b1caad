import { describe, expect, it } from 'vitest';
import { together, zonesWantedBy } from '../../bot/operations/read-zones.ts';
import type { ZonesRead } from '../../bot/ports.ts';
import { recordOf, wireRecord, wireTarget } from '../domain/sample-record.ts';
import { CORP_ZONE } from './diagnose-setup.ts';

const read = (changes: Partial<ZonesRead>): ZonesRead => ({ zones: [], unread: [], resolverRules: [], ...changes });

describe('the zones of several sites together', () => {
  it('are each there once', () => {
    expect(together([read({ zones: [CORP_ZONE] }), read({ zones: [CORP_ZONE] })]).zones).toEqual([CORP_ZONE]);
  });

  it('miss no name that one of them is responsible for', () => {
    const elsewhere = read({ unread: [{ name: 'web.corp.example', why: 'not-in-route53' }] });

    expect(together([elsewhere, read({ zones: [CORP_ZONE] })]).unread).toEqual([]);
  });

  it('name the reason that somebody can act on', () => {
    const denied = { name: 'a.example', why: 'missing-right', action: 'route53:ListHostedZones' } as const;
    const none = { name: 'a.example', why: 'not-in-route53' } as const;

    expect(together([read({ unread: [none] }), read({ unread: [denied] })]).unread).toEqual([denied]);
    expect(together([read({ unread: [denied] }), read({ unread: [none] })]).unread).toEqual([denied]);
  });
});

describe('the zones that a machine makes worth reading', () => {
  it('are those it asks in, and those its hosts live and publish in', () => {
    const { net, reg } = wireRecord();
    const host = recordOf({
      net: net === null ? null : { ...net, sfx: 'hosts.example' },
      reg: reg === null ? null : { ...reg, list: ['published.example'] },
    });

    expect(zonesWantedBy(recordOf(), [host])).toEqual({
      domains: ['corp.example', 'hosts.example', 'published.example'],
      targets: ['kms1.corp.example'],
    });
  });

  it('are none that no zone can have', () => {
    const net = { if: [{ ip: ['10.0.0.1'], gw: [], dns: [], sfx: 'local' }], sfx: 'WORKGROUP', list: [] };
    const record = recordOf({
      net,
      srv: [{ d: 'bad domain', e: 'nxdomain' }],
      tgt: [wireTarget({ n: 'http://kms' })],
      evt: { q: [], r: null },
      prod: [],
    });

    expect(zonesWantedBy(record, [])).toEqual({ domains: [], targets: [] });
  });

  it('are few, however many it names', () => {
    const srv = Array.from({ length: 40 }, (_, n) => ({ d: `d${n}.example`, e: 'nxdomain' }));

    expect(zonesWantedBy(recordOf({ srv }), []).domains).toHaveLength(12);
  });
});
