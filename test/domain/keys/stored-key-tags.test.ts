import { describe, expect, it } from 'vitest';
import type { SecretReference } from '../../../bot/domain/change/change-wire.ts';
import { KEY_GROUPS } from '../../../bot/domain/host-generations.ts';
import type { StoredKey } from '../../../bot/domain/keys/stored-key.ts';
import { parseStoredKeyTags } from '../../../bot/domain/keys/stored-key-tags.ts';

const FROM: SecretReference = { store: 'parameter-store', name: '/kms-bot/keys/contoso', region: 'ap-northeast-1' };
const MAK = { kind: 'mak', group: '2022', edition: 'ServerStandard' };
const HOST = { kind: 'host', group: '2022' };

const parse = (tags: Readonly<Record<string, string>>) => parseStoredKeyTags({ name: 'contoso', from: FROM }, tags);

const found = (tags: Readonly<Record<string, string>>): StoredKey => {
  const read = parse(tags);
  if (read.kind !== 'found') throw new Error(JSON.stringify(read.tags));
  return read.key;
};

describe('parseStoredKeyTags', () => {
  it('reads a MAK with its editions and what was used before', () => {
    expect(found({ ...MAK, edition: ' ServerStandard  ServerDatacenter serverstandard', used: '7' })).toEqual({
      name: 'contoso',
      from: FROM,
      kind: 'mak',
      group: 'Windows Server 2022',
      editions: ['ServerStandard', 'ServerDatacenter'],
      usedBefore: 7,
    });
  });

  it('takes a host key without editions for one of any, and nothing used before', () => {
    expect(found(HOST)).toMatchObject({ kind: 'host', editions: 'any', usedBefore: 0 });
    expect(found({ ...MAK, edition: 'Any' }).editions).toBe('any');
  });

  it.each<[string, StoredKey['group']]>([
    ['2025', 'Windows Server 2025'],
    ['2022', 'Windows Server 2022'],
    ['2019', 'Windows Server 2019'],
    ['2016', 'Windows Server 2016'],
    ['2012R2', 'Windows Server 2012 R2'],
    ['2012 r2', 'Windows Server 2012 R2'],
    ['2012', 'Windows Server 2012'],
    ['2008R2', 'Windows Server 2008 R2'],
    ['10', 'Windows 10'],
    ['11', 'Windows 11'],
    ['windows server 2019', 'Windows Server 2019'],
    ...KEY_GROUPS.map((group): [string, StoredKey['group']] => [group, group]),
  ])('knows the group %s', (group, name) => {
    expect(found({ ...MAK, group }).group).toBe(name);
  });

  it.each<[string, Record<string, string>, unknown]>([
    ['no tag at all', {}, [{ tag: 'kind' }, { tag: 'group' }, { tag: 'edition' }]],
    ['another kind', { ...MAK, kind: 'retail' }, [{ tag: 'kind', value: 'retail' }]],
    ['a group of nobody', { ...HOST, group: '2030' }, [{ tag: 'group', value: '2030' }]],
    [
      'a group that is a member of every object',
      { ...HOST, group: 'constructor' },
      [{ tag: 'group', value: 'constructor' }],
    ],
    ['a host key of Windows 11', { ...HOST, group: '11' }, [{ tag: 'group', value: '11' }]],
    ['a MAK without editions', { kind: 'mak', group: '2022' }, [{ tag: 'edition' }]],
    ['an empty list of editions', { ...MAK, edition: ' ' }, [{ tag: 'edition', value: ' ' }]],
    ['any among others', { ...MAK, edition: 'any Enterprise' }, [{ tag: 'edition', value: 'any Enterprise' }]],
    ['editions with commas', { ...MAK, edition: 'Pro,Enterprise' }, [{ tag: 'edition', value: 'Pro,Enterprise' }]],
    ['a count that is none', { ...HOST, used: 'a few' }, [{ tag: 'used', value: 'a few' }]],
    ['a negative count', { ...HOST, used: '-1' }, [{ tag: 'used', value: '-1' }]],
    ['a tag in capitals', { Kind: 'host', group: '2022' }, [{ tag: 'kind' }, { tag: 'edition' }]],
  ])('names the tags that are wrong with %s', (_, tags, wrong) => {
    expect(parse(tags)).toEqual({ kind: 'badly-tagged', tags: wrong });
  });
});
