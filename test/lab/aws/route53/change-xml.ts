/** Reading the body of `ChangeResourceRecordSets`. What breaks the service's model is refused here. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type AwsRefusal, refusal } from '../refusal.ts';
import type { Action, Change, ChangeBatch, WrittenSet } from './change-batch.ts';
import { plainName } from './names.ts';
import { TYPES } from './record-sets.ts';

const ROOT = 'ChangeResourceRecordSetsRequest';
const LONGEST_COMMENT = 256;
const LONGEST_VALUE = 4000;
const LONGEST_TTL = 2_147_483_647;
const ACTIONS = ['CREATE', 'DELETE', 'UPSERT'] as const satisfies readonly Action[];
/** Types of the world's record sets; the lab has no others. */
const HELD = ['A', 'AAAA', 'SRV', 'TXT', 'NS', 'SOA', 'CNAME'] as const;
const OF_SETS = ['Name', 'Type', 'SetIdentifier', 'Weight', 'TTL', 'ResourceRecords'];

/** `htmlEntities` makes it read numeric references too; a batch may have one in each of its 32,000 characters. */
const parser = new XMLParser({
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  processEntities: { enabled: true, maxTotalExpansions: 100_000, maxExpandedLength: 1_000_000 },
  isArray: (name) => name === 'Change' || name === 'ResourceRecord',
});

/** What stands between two tags. */
type Node = string | readonly Node[] | { readonly [name: string]: Node };

/** The batch. @throws AwsRefusal for what is no such request. */
export function readChangeBatch(body: Buffer): ChangeBatch {
  const batch = childrenOf(rootOf(body), 'ChangeBatch');
  const changes = listIn(batch.Changes, 'Change');
  if (changes.length === 0) throw invalid("cvc-complex-type.2.4.b: The content of element 'Changes' is not complete.");
  const comment = textIn(batch, 'Comment');
  if (comment !== undefined && comment.length > LONGEST_COMMENT) {
    throw invalid(
      `cvc-maxLength-valid: Value has more than ${LONGEST_COMMENT} characters for type 'ResourceDescription'.`,
    );
  }
  return { ...(comment === undefined ? {} : { comment }), changes: changes.map(readChange) };
}

function rootOf(body: Buffer): Node {
  const text = body.toString('utf8');
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw invalid(valid.err.msg);
  const parsed: Node = parser.parse(text);
  if (typeof parsed === 'object' && ROOT in parsed) return parsed[ROOT] as Node;
  // Source: dns-update#44, the body of a real answer.
  throw refusal('MalformedInput', `ChangeBatch is not valid, expected ${ROOT}`);
}

function readChange(change: Node): Change {
  const action = oneOf(ACTIONS, textIn(change, 'Action'));
  const set = childrenOf(change, 'ResourceRecordSet');
  const elsewhere = Object.keys(set).find((name) => name !== '#text' && !OF_SETS.includes(name));
  if (elsewhere !== undefined) throw refusal('InvalidInput', `The lab has no record sets with ${elsewhere}.`);
  const name = textIn(set, 'Name') ?? '';
  if (name === '' || name.length > 1024) throw invalid(`cvc-length-valid: Value '${name}' is no 'DNSName'.`);
  const type = typeOf(textIn(set, 'Type'));
  const identifier = textIn(set, 'SetIdentifier');
  const where = `Change with [Action=${action}, Name=${name}, Type=${type}, SetIdentifier=${identifier ?? 'null'}]`;
  return {
    action,
    set: { name: plainName(name), type, ...contentOf(set, where), ...routingOf(set, identifier, where) },
  };
}

function typeOf(text: string | undefined): WrittenSet['type'] {
  oneOf(TYPES, text);
  const held = HELD.find((type) => type === text);
  if (held === undefined) throw refusal('InvalidInput', `The lab has no record sets of type ${text}.`);
  return held;
}

function contentOf(set: Node, where: string): Pick<WrittenSet, 'ttl' | 'values'> {
  const ttl = numberIn(set, 'TTL', LONGEST_TTL);
  const values = listIn(childrenOr(set).ResourceRecords, 'ResourceRecord').map(recordValue);
  if (ttl !== undefined && values.length > 0) return { ttl, values };
  throw refusal(
    'InvalidInput',
    'Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or ' +
      `TrafficPolicyInstanceId], but found none in ${where}`,
  );
}

function recordValue(record: Node): string {
  const value = textIn(record, 'Value');
  if (value !== undefined && value.length <= LONGEST_VALUE) return value;
  throw invalid(`cvc-maxLength-valid: a 'Value' of at most ${LONGEST_VALUE} characters is needed.`);
}

/** Of the ways of routing the lab has weights alone. */
function routingOf(
  set: Node,
  identifier: string | undefined,
  where: string,
): Pick<WrittenSet, 'setIdentifier' | 'weight'> {
  const weight = numberIn(set, 'Weight', 255);
  if (identifier === undefined && weight === undefined) return {};
  if (identifier === undefined)
    throw refusal('InvalidInput', `Invalid request: Missing field 'SetIdentifier' in ${where}`);
  if (identifier === '' || identifier.length > 128) throw invalid("cvc-length-valid: Value is no 'SetIdentifier'.");
  if (weight !== undefined) return { setIdentifier: identifier, weight };
  throw refusal(
    'InvalidInput',
    'Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, MultiValueAnswer, ' +
      `GeoProximityLocation, or CidrRoutingConfig], but found none in ${where}`,
  );
}

function numberIn(node: Node, name: string, most: number): number | undefined {
  const text = textIn(node, name)?.trim();
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  throw invalid(`cvc-datatype-valid: '${text}' is not a valid value of element '${name}'.`);
}

function oneOf<T extends string>(known: readonly T[], text: string | undefined): T {
  const found = known.find((value) => value === text);
  if (found !== undefined) return found;
  throw invalid(
    `cvc-enumeration-valid: Value '${text ?? ''}' is not facet-valid with respect to enumeration '[${known.join(', ')}]'.`,
  );
}

function textIn(node: Node, name: string): string | undefined {
  const found = childrenOr(node)[name];
  return typeof found === 'string' ? found : undefined;
}

function listIn(node: Node | undefined, name: string): readonly Node[] {
  const found = node === undefined ? undefined : childrenOr(node)[name];
  return Array.isArray(found) ? found : [];
}

function childrenOf(node: Node, name: string): { readonly [name: string]: Node } {
  const found = childrenOr(node)[name];
  if (typeof found === 'object') return childrenOr(found);
  throw invalid(`cvc-complex-type.2.4.b: The element '${name}' is expected.`);
}

function childrenOr(node: Node): { readonly [name: string]: Node } {
  return typeof node === 'object' && !Array.isArray(node) ? (node as { readonly [name: string]: Node }) : {};
}

function invalid(why: string): AwsRefusal {
  return refusal('InvalidInput', `Invalid XML ; ${why}`);
}
