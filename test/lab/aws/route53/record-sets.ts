/** `ListResourceRecordSets`: each page starts *at* a name, type and set identifier, in the zone's own order. */
import type { LabRecordSet, World } from '../../world/types.ts';
import { refusal } from '../refusal.ts';
import type { AwsAnswer, AwsCall } from '../types.ts';
import { restXmlAnswer } from '../wire/answers.ts';
import type { XmlElement } from '../wire/xml.ts';
import { compareNames, compareText, escapedName, plainName } from './names.ts';
import { pageSize, zoneById } from './zone-listings.ts';

const SETS_PER_PAGE = 300;
/** Source: AWS, `RRType` and `DNSName` of the API. */
export const TYPES = 'SOA A TXT NS CNAME MX NAPTR PTR SRV SPF AAAA CAA DS TLSA SSHFP SVCB HTTPS'.split(' ');
const LONGEST_NAME = 1024;

type Position = Pick<LabRecordSet, 'name' | 'setIdentifier'> & { readonly type: string };

/**
 * The sets from the asked position on; a position that no set has gives the next one. What was accepted is listed
 * whether or not it is INSYNC.
 */
export function listRecordSets(world: World, call: AwsCall, zoneId: string): AwsAnswer {
  const zone = zoneById(world, call, zoneId);
  const start = startOf(call.query);
  const size = pageSize(call.query, SETS_PER_PAGE);
  const sets = [...zone.recordSets]
    .sort(compareSets)
    .filter((set) => start.name === '' || compareSets(set, start) >= 0);
  const next = sets[size];
  return restXmlAnswer('route53', 'ListResourceRecordSetsResponse', [
    ['ResourceRecordSets', sets.slice(0, size).map(setView)],
    ['IsTruncated', next !== undefined],
    ['NextRecordName', next === undefined ? undefined : escapedName(next.name)],
    ['NextRecordType', next?.type],
    ['NextRecordIdentifier', next?.setIdentifier],
    ['MaxItems', size],
  ]);
}

function startOf(query: URLSearchParams): Position {
  const asked = query.get('name') ?? '';
  const name = asked === '' ? '' : plainName(asked);
  const type = query.get('type') ?? '';
  const setIdentifier = query.get('identifier') ?? '';
  if (name.length > LONGEST_NAME) throw refusal('InvalidInput', 'The name is too long.');
  if (type !== '' && name === '') throw refusal('InvalidInput', 'The type cannot be specified without a name.');
  if (type !== '' && !TYPES.includes(type)) throw refusal('InvalidInput', `There is no record type ${type}.`);
  if (setIdentifier !== '' && type === '') {
    throw refusal('InvalidInput', 'The identifier cannot be specified without a name and a type.');
  }
  return { name, type, setIdentifier };
}

function compareSets(a: Position, b: Position): number {
  return (
    compareNames(a.name, b.name) ||
    compareText(a.type, b.type) ||
    compareText(a.setIdentifier ?? '', b.setIdentifier ?? '')
  );
}

function setView(set: LabRecordSet): XmlElement {
  return [
    'ResourceRecordSet',
    [
      ['Name', escapedName(set.name)],
      ['Type', set.type],
      ['SetIdentifier', set.setIdentifier],
      ['Weight', set.weight],
      ['TTL', set.ttl],
      ['ResourceRecords', set.values.map((value): XmlElement => ['ResourceRecord', [['Value', value]]])],
    ],
  ];
}
