import { describe, expect, it } from 'vitest';
import { directoryAround } from '../../../bot/domain/records/directory-domain.ts';

const use = (domain: string, directory?: number, vpcId = 'vpc-1') => ({
  domain,
  vpcId,
  machines: 9,
  found: 9,
  examples: [],
  ...(directory === undefined ? {} : { directory }),
});

const SUFFIXES = [
  use('corp.example', 20),
  use('ad.corp.example', 3),
  use('ad.corp.example', 2, 'vpc-2'),
  use('x.corp.example'),
];

describe('a domain that lies in a zone of Route 53 by its name', () => {
  it.each([
    [
      'ad.corp.example',
      'is one of Active Directory, with members in two networks',
      { domain: 'ad.corp.example', machines: 5 },
    ],
    ['lab.ad.corp.example', 'lies in one of Active Directory', { domain: 'ad.corp.example', machines: 5 }],
    ['x.corp.example', 'is asked in by machines that are no members of it', undefined],
    ['y.corp.example', 'is asked in by nobody', undefined],
    ['corp.example', "is the zone's own: machines that ask Amazon's resolver see it", undefined],
    ['bad.corp.example', 'only ends alike', undefined],
  ])('%s %s', (domain, _, expected) => {
    expect(directoryAround({ domain, zone: 'corp.example' }, { suffixes: SUFFIXES })).toEqual(expected);
  });

  it('is not told apart before the fleet was looked at', () => {
    expect(directoryAround({ domain: 'ad.corp.example', zone: 'corp.example' }, undefined)).toBeUndefined();
  });
});
