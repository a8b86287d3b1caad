/** `ListResourceRecordSets`: each page starts *at* a name and type, in the zone's own order. */
import type { LabRecordSet, World } from '../../world/types.ts';
import { refusal } from '../refusal.ts';
import type { AwsAnswer, AwsCall } from '../types.ts';
import { restXmlAnswer } from '../wire/answers.ts';
import type { XmlElement } from '../wire/xml.ts';
import { compareNames, compareText, escapedName } from './names.ts';
import { pageSize, zoneById } from './zone-listings.ts';

const SETS_PER_PAGE = 300;

type Position = Pick<LabRecordSet, 'name'> & { readonly type: string };

/** The sets from the asked position on; a position that no set has gives the next one. */
export function listRecordSets(world: World, call: AwsCall, zoneId: string): AwsAnswer {
  const zone = zoneById(world, call, zoneId);
  const name = unescaped(call.query.get('name') ?? '');
  const type = call.query.get('type') ?? '';
  if (type !== '' && name === '') throw refusal('InvalidInput', 'The type cannot be specified without a name.');
  const size = pageSize(call.query, SETS_PER_PAGE);
  const sets = [...zone.recordSets]
    .sort(compareSets)
    .filter((set) => name === '' || compareSets(set, { name, type }) >= 0);
  const next = sets[size];
  return restXmlAnswer('route53', 'ListResourceRecordSetsResponse', [
    ['ResourceRecordSets', sets.slice(0, size).map(setView)],
    ['IsTruncated', next !== undefined],
    ['NextRecordName', next === undefined ? undefined : escapedName(next.name)],
    ['NextRecordType', next?.type],
    ['MaxItems', size],
  ]);
}

function compareSets(a: Position, b: Position): number {
  return compareNames(a.name, b.name) || compareText(a.type, b.type);
}

function unescaped(name: string): string {
  return name.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

function setView(set: LabRecordSet): XmlElement {
  return [
    'ResourceRecordSet',
    [
      ['Name', escapedName(set.name)],
      ['Type', set.type],
      ['TTL', set.ttl],
      ['ResourceRecords', set.values.map((value): XmlElement => ['ResourceRecord', [['Value', value]]])],
    ],
  ];
}
