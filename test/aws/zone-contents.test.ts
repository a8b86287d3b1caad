import { describe, expect, it } from 'vitest';
import { CORP, HOST, SRV, set, startedForEachTest, zone } from './record-sets-setup.ts';

const start = startedForEachTest();

describe('addresses', () => {
  it('are found beyond a full page, and before the KMS name', async () => {
    const crowd = Array.from({ length: 320 }, (_, n) => set(`b${n}.corp.example.`, 'A', '10.9.9.9'));
    const first = set('01-kms.corp.example.', 'A', '10.0.0.7');
    const { read, calls } = await start([zone('corp.example', [SRV, HOST, first, ...crowd])]);

    const { zones } = await read({ domains: ['corp.example'], targets: ['01-kms.corp.example'] });

    expect(zones[0]?.addresses).toEqual({ '01-kms.corp.example': ['10.0.0.7'], 'kms-01.corp.example': ['10.0.0.1'] });
    expect(calls().filter((call) => call === 'ListResourceRecordSets')).toHaveLength(3);
  });

  it('are looked up where a page does not tell, and only there', async () => {
    const wanted = { domains: ['corp.example', 'dev.corp.example'], targets: ['gone.corp.example', '9.corp.example'] };
    const { read, calls } = await start([CORP()]);

    expect((await read(wanted)).zones[0]?.addresses).toMatchObject({ 'gone.corp.example': [], '9.corp.example': [] });
    expect(calls().filter((call) => call === 'ListResourceRecordSets')).toHaveLength(2);
  });

  it('are empty for a target that the zone does not have, though a listing gives the next name', async () => {
    const { read } = await start([zone('corp.example', [SRV, set('kms-02.corp.example.', 'A', '10.0.0.2')])]);

    expect((await read({ domains: ['corp.example'] })).zones[0]?.addresses).toEqual({ 'kms-01.corp.example': [] });
  });

  it('are not told of another name for the target, or of an alias', async () => {
    const { read } = await start([
      zone('corp.example', [
        SRV,
        set('kms-01.corp.example.', 'CNAME', 'x.corp.example.'),
        set('lb.corp.example.', 'A'),
      ]),
    ]);

    const { zones } = await read({ domains: ['corp.example'], targets: ['lb.corp.example'] });

    expect(zones[0]?.addresses).toEqual({});
  });
});

describe('names', () => {
  it('are the same in any case, with or without the dot, in octal and in Unicode', async () => {
    const kms = set('kms.bücher.example.', 'A', '10.0.0.3');
    const { read } = await start([
      zone('bücher.example', [set('_vlmcs._tcp.bücher.example.', 'SRV', '1 2 1688 KMS.xn--bcher-kva.example'), kms]),
    ]);

    const { zones, unread } = await read({ domains: ['BÜCHER.example.'], targets: ['kms.bücher.example'] });

    expect(unread).toEqual([]);
    expect(zones).toMatchObject([
      {
        name: 'BÜCHER.example.',
        srv: [{ priority: 1, weight: 2, port: 1688, target: 'kms.bücher.example' }],
        addresses: { 'kms.bücher.example': ['10.0.0.3'] },
      },
    ]);
  });

  it('leave out a value that is no service: the root as target, or not four fields', async () => {
    const odd = set(
      '_vlmcs._tcp.corp.example.',
      'SRV',
      '0 0 0 .',
      '0 0 kms.corp.example.',
      '0 0 99999 kms.',
      '3 4 5 k.x.',
    );
    const { read } = await start([zone('corp.example', [odd])]);

    expect((await read({ domains: ['corp.example'] })).zones[0]?.srv).toEqual([
      { priority: 3, weight: 4, port: 5, target: 'k.x' },
    ]);
  });
});
