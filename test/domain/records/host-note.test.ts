import { describe, expect, it } from 'vitest';
import { hostNote } from '../../../bot/domain/records/host-note.ts';
import { fleet } from '../hosts/sample-host.ts';
import { NOW_MS } from '../sample-record.ts';

const KMS1 = { priority: 0, weight: 0, port: 1688, target: 'kms-01.corp.example' };
const reach = { host: 'kms-01.corp.example:1688', reached: 7, failed: 2, builds: [], refused: [] };
const nobody: ReadonlySet<string> = new Set();

describe('the note about a host that a value names', () => {
  it('says who reached it at the latest look, and what it counted', () => {
    const known = fleet({ ...reach, counted: { count: 31, atMs: NOW_MS } });

    expect(hostNote(KMS1, { fleet: known, publishers: nobody })).toEqual({
      reached: 7,
      failed: 2,
      count: 31,
      atMs: NOW_MS,
    });
  });

  it('says that it publishes by itself, even where no machine was seen to ask it', () => {
    const publishers = new Set(['kms-01.corp.example']);

    expect(hostNote(KMS1, { fleet: fleet(reach), publishers })).toMatchObject({ reached: 7, publishes: true });
    expect(hostNote(KMS1, { fleet: fleet(), publishers })).toEqual({ publishes: true });
  });

  it('says what the zone holds of its name, whether or not machines were seen to ask it', () => {
    const inZone = { zone: 'corp.example', addresses: [] };
    const inZones = new Map([['kms-01.corp.example', inZone]]);

    expect(hostNote(KMS1, { fleet: fleet(reach), publishers: nobody, inZones })).toMatchObject({ reached: 7, inZone });
    expect(hostNote(KMS1, { publishers: nobody, inZones })).toEqual({ inZone });
    expect(hostNote({ ...KMS1, target: 'kms-02.corp.example' }, { publishers: nobody, inZones })).toBeUndefined();
  });

  it('is none where nothing is known of the host at that port', () => {
    expect(hostNote({ ...KMS1, port: 1689 }, { fleet: fleet(reach), publishers: nobody })).toBeUndefined();
    expect(hostNote(KMS1, { publishers: nobody })).toBeUndefined();
  });
});
