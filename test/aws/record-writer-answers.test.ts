import { describe, expect, it } from 'vitest';
import type { RecordChange } from '../../bot/domain/records/record-plan.ts';
import { failureOf, isTransient, slowDownSeconds } from '../../bot/errors.ts';
import { TOKYO } from '../lab/aws/accounts-under-test.ts';
import {
  accepted,
  answered,
  errorResponse,
  invalidChangeBatch,
  type Scripted,
  writersUnderTest,
} from './support/scripted-route53.ts';

const start = writersUnderTest();

const FORMER: RecordChange = {
  action: 'DELETE',
  type: 'SRV',
  set: { ttlSeconds: 600, values: ['0 100 1688 KMS-01.Corp.Example.', '10 0 1688 b'] },
};
const MARK: RecordChange = {
  action: 'CREATE',
  type: 'TXT',
  set: { ttlSeconds: 300, values: ['"a & b" "\\052 <c>"'] },
};

const request = (comment = 'kms-bot c4k7m2q9xd U1') => ({
  site: TOKYO,
  zoneId: 'ZCORP',
  domain: 'corp.example',
  changes: [FORMER, MARK],
  comment,
});

const writeTo = async (...answers: Scripted[]) => {
  const { writer } = await start(...answers);
  return writer.write(request());
};

const failureFrom = (...answers: Scripted[]) =>
  writeTo(...answers).then(
    () => undefined,
    (error: unknown) => error,
  );

const NAMED = "resource record set [name='_vlmcs._tcp.corp.example.', type='SRV']";
const NOT_FOUND = `Tried to delete ${NAMED} but it was not found`;
const OTHERWISE = `Tried to delete ${NAMED} but the values provided do not match the current values`;
const THERE = `Tried to create ${NAMED} but it already exists`;
const FOUR_FIELDS =
  "Invalid Resource Record: FATAL problem: SRVRRDATANotFourFields (SRV record doesn't have 4 fields) encountered with '0 0 1688'";
const DUPLICATE = "Duplicate Resource Record: '0 0 1688 a.'";
const NOT_PERMITTED = 'RRSet with DNS name x. is not permitted in zone corp.example.';
const CONTRADICTION =
  "The request contains an invalid set of changes for a resource record set 'SRV _vlmcs._tcp.corp.example.'";

describe('a batch', () => {
  it('is one request that names the sets and repeats them to the letter, in order', async () => {
    const { writer, asked } = await start(accepted());

    expect(await writer.write(request('<U1>'))).toEqual({ kind: 'accepted', routeChangeId: 'C0123456789ABC' });

    expect(asked.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
      'POST /2013-04-01/hostedzone/ZCORP/rrset',
    ]);
    const set = (action: string, type: string, ttl: number, ...values: string[]) =>
      `<Change><Action>${action}</Action><ResourceRecordSet><Name>_vlmcs._tcp.corp.example.</Name><Type>${type}</Type><TTL>${ttl}</TTL><ResourceRecords>${values.map((value) => `<ResourceRecord><Value>${value}</Value></ResourceRecord>`).join('')}</ResourceRecords></ResourceRecordSet></Change>`;
    const former = set('DELETE', 'SRV', 600, '0 100 1688 KMS-01.Corp.Example.', '10 0 1688 b');
    const mark = set('CREATE', 'TXT', 300, '&quot;a &amp; b&quot; &quot;\\052 &lt;c&gt;&quot;');
    expect(asked[0]?.body).toContain(
      `<ChangeBatch><Changes>${former}${mark}</Changes><Comment>&lt;U1&gt;</Comment></ChangeBatch>`,
    );
  });

  it.each([
    ['x'.repeat(300), 'x'.repeat(256)],
    [`${'x'.repeat(255)}🎌🎌`, 'x'.repeat(255)],
    ['a\u0000b\nc\ud800d', 'a b c d'],
  ])('has a comment that fits: %j', async (comment, kept) => {
    const { writer, asked } = await start(accepted());

    await writer.write(request(comment));

    expect(asked[0]?.body).toContain(`<Comment>${kept}</Comment>`);
  });
});

describe('a refused batch', () => {
  it.each([
    ['was not found', [NOT_FOUND]],
    ['does not match', [OTHERWISE]],
    ['already exists', [THERE]],
    ['was not found, and another already exists', [NOT_FOUND, THERE]],
    ['already exists among routed sets', [THERE.replace("'SRV'", "'SRV', set-identifier='s1'")]],
  ])('whose set %s is a mismatch in every form of the error', async (_, messages) => {
    const text = messages.join(', ');

    expect(await writeTo(errorResponse(400, 'InvalidChangeBatch', `[${text}]`))).toEqual({ kind: 'mismatch' });
    expect(await writeTo(errorResponse(400, 'InvalidChangeBatch', text))).toEqual({ kind: 'mismatch' });
    expect(await writeTo(invalidChangeBatch(...messages))).toEqual({ kind: 'mismatch' });
  });

  it.each([
    ['value', FOUR_FIELDS],
    ['value', "Invalid Resource Record: 'FATAL problem: SRVRRDATAIllegalNumber encountered with 'x''"],
    ['value', DUPLICATE],
    ['name', NOT_PERMITTED],
    ['conflict', 'RRSet of type SRV with DNS name N is not permitted because a conflicting RRSet of type CNAME exists'],
    ['malformed', CONTRADICTION],
    ['limit', 'Number of records limit of 1000 exceeded.'],
  ])('is refused in Route 53’s own words in every form of the error: %s, %s', async (why, message) => {
    const refused = { kind: 'refused', why, detail: message };

    expect(await writeTo(errorResponse(400, 'InvalidChangeBatch', `[${message}]`))).toEqual(refused);
    expect(await writeTo(errorResponse(400, 'InvalidChangeBatch', message))).toEqual(refused);
    expect(await writeTo(invalidChangeBatch(message))).toEqual(refused);
  });

  it.each([
    [NOT_FOUND, DUPLICATE],
    [DUPLICATE, NOT_FOUND],
  ])('that would be invalid besides is none that another attempt would mend: %s, %s', async (...messages) => {
    const refused = { kind: 'refused', why: 'value', detail: messages.join(', ') };

    expect(await writeTo(errorResponse(400, 'InvalidChangeBatch', `[${messages.join(', ')}]`))).toEqual(refused);
    expect(await writeTo(invalidChangeBatch(...messages))).toEqual(refused);
  });

  it('is not taken for a mismatch because a value in the message says so', async () => {
    const message = `Duplicate Resource Record: '&quot;x, ${THERE}&quot;, Tried to create resource record set but it already exists'`;

    expect(await writeTo(errorResponse(400, 'InvalidChangeBatch', `[${message}]`))).toMatchObject({ kind: 'refused' });
  });

  it.each([
    [400, 'InvalidInput', 'Invalid XML ; cvc-complex-type', 'malformed'],
    [400, 'InvalidDomainName', 'The domain name is invalid', 'name'],
    [400, 'LimitsExceeded', 'The limit of records is reached', 'limit'],
    [404, 'NoSuchHostedZone', 'No hosted zone found with ID: ZCORP', 'zone-gone'],
  ])('%i %s is final, and told as it was said', async (status, code, message, why) => {
    expect(await writeTo(errorResponse(status, code, message))).toEqual({ kind: 'refused', why, detail: message });
  });

  it('is told in few words, without keys and in one line', async () => {
    const text = `Duplicate Resource Record: '"AAAAA-BBBBB-CCCCC-DDDDD-EEEEE\n${'x'.repeat(4000)}"'`;

    const answer = await writeTo(errorResponse(400, 'InvalidChangeBatch', `[${text}]`));

    const detail = answer.kind === 'refused' ? answer.detail : '';
    expect(detail).toMatch(/^Duplicate Resource Record: '"•••••-EEEEE x+…$/);
    expect([...detail]).toHaveLength(400);
  });
});

describe('a batch that was not judged', () => {
  it.each([
    ['Throttling', 'Rate exceeded'],
    ['PriorRequestNotComplete', 'The request was rejected because Route 53 was still processing a prior request.'],
  ])('for %s is sent again later', async (code, message) => {
    expect(slowDownSeconds(await failureFrom(errorResponse(400, code, message)))).toBe(1);
  });

  it('for want of a right names it', async () => {
    const message = 'User: x is not authorized to perform: route53:ChangeResourceRecordSets';

    expect(failureOf(await failureFrom(errorResponse(403, 'AccessDenied', message)))).toEqual({
      kind: 'missing-right',
      action: 'route53:ChangeResourceRecordSets',
      function: 'change',
      siteId: 'tokyo',
    });
  });
});

describe('a batch that may have been accepted', () => {
  it.each<[string, Scripted]>([
    ['an error of the service', errorResponse(500, 'InternalFailure', 'x')],
    ['a service that is away', { status: 503, body: 'Service Unavailable' }],
    ['a connection that drops', 'dropped'],
    ['an answer that is cut short', 'cut'],
    ['an answer that is none', { status: 200, body: 'not <xml' }],
    ['an answer without a change', answered('ChangeResourceRecordSetsResponse', '')],
  ])('is told as passing after %s', async (_, scripted) => {
    expect(isTransient(await failureFrom(scripted))).toBe(true);
  });
});
