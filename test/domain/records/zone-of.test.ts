import { describe, expect, it } from 'vitest';
import { zoneFor } from '../../../bot/domain/records/zone-of.ts';

const zone = (id: string, name: string) => ({ id, name, siteId: 'tokyo', write: true });
const CORP = zone('Z0CORP', 'corp.example');
const DEV = zone('Z0DEV', 'dev.corp.example');
const LAB_PRIVATE = zone('Z0LABPRIV', 'lab.example');
const LAB_PUBLIC = zone('Z0LABPUB', 'lab.example');
const BOOKS = zone('Z0BOOKS', 'xn--bcher-kva.example');
const ZONES = [CORP, DEV, LAB_PRIVATE, LAB_PUBLIC, BOOKS];

describe('zoneFor', () => {
  it.each([
    ['its own name', 'corp.example', CORP, 'corp.example'],
    ['its name as it is written elsewhere', 'Corp.Example.', CORP, 'corp.example'],
    ['a domain below it', 'tokyo.corp.example', CORP, 'tokyo.corp.example'],
    ['a domain below a nearer one', 'a.dev.corp.example', DEV, 'a.dev.corp.example'],
    ['its id', 'Z0DEV', DEV, 'dev.corp.example'],
    ['its id in small letters', 'z0dev', DEV, 'dev.corp.example'],
    ['the id of one of two with its name', 'Z0LABPUB', LAB_PUBLIC, 'lab.example'],
    ['the name of the record itself', '_vlmcs._tcp.corp.example', CORP, 'corp.example'],
    ['a name beyond ASCII', 'bücher.example', BOOKS, 'xn--bcher-kva.example'],
  ])('finds a zone by %s', (_, word, expected, domain) => {
    expect(zoneFor(ZONES, word)).toEqual({ kind: 'zone', zone: expected, domain });
  });

  it('asks which of two zones of one name is meant, below them too', () => {
    const zoneIds = ['Z0LABPRIV', 'Z0LABPUB'];
    expect(zoneFor(ZONES, 'lab.example')).toEqual({ kind: 'ambiguous', domain: 'lab.example', zoneIds });
    expect(zoneFor(ZONES, 'a.lab.example')).toEqual({ kind: 'ambiguous', domain: 'a.lab.example', zoneIds });
  });

  it.each([
    ['a domain of no zone', 'Elsewhere.example.', 'elsewhere.example'],
    ['a domain that only ends like a zone', 'xcorp.example', 'xcorp.example'],
    ['the domain around a zone', 'example', 'example'],
    ['a word that is no name', 'a b', 'a b'],
    ['an address', '10.0.0.1', '10.0.0.1'],
  ])('finds none for %s', (_, word, domain) => {
    expect(zoneFor(ZONES, word)).toEqual({ kind: 'none', domain });
  });

  it('finds none where none is configured', () => {
    expect(zoneFor([], 'corp.example')).toEqual({ kind: 'none', domain: 'corp.example' });
  });
});
