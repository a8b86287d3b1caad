import { describe, expect, it } from 'vitest';
import { configured } from './templates.ts';

const refused = (entries: Readonly<Record<string, unknown>>) => () => configured(entries);

const CORP = { id: 'Z02471CORP8W3J9XKQ1A', name: 'corp.example', site: 'tokyo' };

describe('zones', () => {
  it('are none unless they are named, and only read unless it is said', () => {
    expect(configured().zones).toEqual([]);
    expect(configured({ zones: [CORP] }).zones).toEqual([{ ...CORP, write: false }]);
    expect(configured({ zones: [{ ...CORP, write: true }], changes: {} }).zones).toEqual([{ ...CORP, write: true }]);
  });

  it('may bear one name where they are several, as a public and a private one', () => {
    expect(configured({ zones: [CORP, { ...CORP, id: 'Z0PUBLIC' }] }).zones).toHaveLength(2);
  });

  it.each(['internal', '_tcp.corp.example', 'xn--eckwd4c7c.example', '10.in-addr.arpa', 'x'.repeat(63)])(
    'may be called %s',
    (name) => {
      expect(configured({ zones: [{ ...CORP, name }] }).zones).toMatchObject([{ name }]);
    },
  );

  it.each([
    ['an id with its path', { ...CORP, id: '/hostedzone/Z02471CORP' }, 'zones.0.id: a zone id is a Z'],
    ['an id in small letters', { ...CORP, id: 'z02471corp' }, 'zones.0.id'],
    ['an id that is too long', { ...CORP, id: `Z${'0'.repeat(32)}` }, 'zones.0.id'],
    ['a name with a dot at its end', { ...CORP, name: 'corp.example.' }, 'zones.0.name: a zone name is'],
    ['a name with capital letters', { ...CORP, name: 'Corp.example' }, 'zones.0.name'],
    ['a name that is not in ASCII', { ...CORP, name: '例え.example' }, 'zones.0.name'],
    ['an empty part of a name', { ...CORP, name: 'corp..example' }, 'zones.0.name'],
    ['a hyphen at the front', { ...CORP, name: 'corp.-x.example' }, 'zones.0.name'],
    ['an address', { ...CORP, name: '10.20.0.2' }, 'zones.0.name: an address is no zone'],
    ['no name', { ...CORP, name: '' }, 'zones.0.name'],
    ['a name that leaves no room for the record’s', { ...CORP, name: `${'a.'.repeat(120)}aa` }, 'zones.0.name'],
    ['a site that is not configured', { ...CORP, site: 'osaka' }, 'zones.0.site: there is no site "osaka"'],
    ['a word that means nothing', { ...CORP, read: true }, 'read'],
    ['writing without changes', { ...CORP, write: true }, 'zones.0.write: records are written only where changes'],
  ])('are refused for %s', (_, zone, named) => {
    expect(refused({ zones: [zone] })).toThrow(named);
  });

  it('are refused where one stands twice', () => {
    expect(refused({ zones: [CORP, { ...CORP, name: 'lab.example' }] })).toThrow(
      'zones.1.id: the zone Z02471CORP8W3J9XKQ1A stands here twice',
    );
  });

  it('name every entry at fault at once', () => {
    const zones = [
      { ...CORP, write: true },
      { ...CORP, id: 'Z1', site: 'osaka' },
    ];
    const rights = [{ allow: 'operator', to: 'everyone', zones: ['corp.example', 'gone.example'] }];

    expect(refused({ zones, rights })).toThrow(/zones\.1\.site[\s\S]*rights\.0\.zones\.1[\s\S]*zones\.0\.write/);
  });
});

describe('rights on records', () => {
  const line = { allow: 'operator', to: ['S0DNS'], zones: ['corp.example'] };

  it('reach the functions by the zone’s name', () => {
    expect(configured({ zones: [CORP], rights: [line] }).rights).toEqual([
      { effect: 'allow', right: 'operator', who: { groups: ['S0DNS'], users: [] }, zones: ['corp.example'] },
    ]);
  });

  it.each([
    ['a zone that is not configured', { zones: ['corp.example', 'x'] }, 'rights.0.zones.1: no zone of the name "x"'],
    ['a zone by its id', { zones: [CORP.id] }, 'rights.0.zones.0: no zone of the name "Z02471CORP8W3J9XKQ1A"'],
    ['no zone', { zones: [] }, 'rights.0.zones'],
    ['tags beside zones', { tags: ['Env=prod'] }, 'rights.0: tags are of machines and zones of records'],
    ['looking', { allow: 'viewer' }, 'rights.0: whoever may look may look everywhere'],
  ])('are refused for %s', (_, facts, named) => {
    expect(refused({ zones: [CORP], rights: [{ ...line, ...facts }] })).toThrow(named);
  });
});

it('zones that do not fit into a function’s environment are named as what is too long', () => {
  const zones = Array.from({ length: 40 }, (_, index) => ({ ...CORP, id: `${CORP.id}${index}` }));

  expect(refused({ zones })).toThrow(/zones: too long together: \d+ bytes \(zones \d+, /);
});
