import type { Change } from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChangingUnderTest, CURRENT, change, NAME, startChanging, zone } from './changing-setup.ts';

const SRV = `[name='${NAME}', type='SRV']`;
const NEW = { name: 'new.corp.example' };
const of = (value: string) => `encountered with '${value}'`;
const x255 = 'x'.repeat(255);

let at: ChangingUnderTest;

beforeEach(async () => {
  at = await startChanging();
});

afterEach(() => at.lab.close());

/** Refused batches with the messages of Route 53, and what is told of each. */
const INVALID: readonly [string, readonly Change[], string][] = [
  [
    'deletes a set that is not there',
    [change('DELETE', 'SRV', CURRENT, NEW)],
    `Tried to delete resource record set [name='new.corp.example.', type='SRV'] but it was not found`,
  ],
  [
    'deletes with another value',
    [change('DELETE', 'SRV', [CURRENT[0]])],
    `Tried to delete resource record set ${SRV} but the values provided do not match the current values`,
  ],
  [
    'deletes with another TTL',
    [change('DELETE', 'SRV', CURRENT, { ttl: 60 })],
    `Tried to delete resource record set ${SRV} but the values provided do not match the current values`,
  ],
  [
    'deletes with a value that means the same',
    [change('DELETE', 'SRV', [CURRENT[0], CURRENT[1].replace(/\.$/, '')])],
    `Tried to delete resource record set ${SRV} but the values provided do not match the current values`,
  ],
  [
    'creates what is there',
    [change('CREATE', 'SRV', ['0 0 1688 a.'])],
    `Tried to create resource record set ${SRV} but it already exists`,
  ],
  [
    'names another zone',
    [change('CREATE', 'SRV', ['0 0 1688 a.'], { name: '_vlmcs._tcp.other.example' })],
    'RRSet with DNS name _vlmcs._tcp.other.example. is not permitted in zone corp.example.',
  ],
  [
    'has a value twice',
    [change('CREATE', 'SRV', ['0 0 1688 a.', '0 0 1688 a.'], NEW)],
    "Duplicate Resource Record: '0 0 1688 a.'",
  ],
  [
    'creates a set twice',
    [change('CREATE', 'SRV', ['0 0 1688 a.'], NEW), change('CREATE', 'SRV', ['0 0 1688 b.'], NEW)],
    "The request contains an invalid set of changes for a resource record set 'SRV new.corp.example.'",
  ],
  [
    'deletes a set twice',
    [change('DELETE', 'SRV', CURRENT), change('DELETE', 'SRV', CURRENT)],
    `The request contains an invalid set of changes for a resource record set 'SRV ${NAME}'`,
  ],
  [
    'has an SRV value of three fields',
    [change('CREATE', 'SRV', ['0 1688 a.'], NEW)],
    `Invalid Resource Record: FATAL problem: SRVRRDATANotFourFields (SRV record doesn't have 4 fields) ${of('0 1688 a.')}`,
  ],
  [
    'has an SRV value of five fields',
    [change('CREATE', 'SRV', ['0 0 1688 a. b.'], NEW)],
    `Invalid Resource Record: FATAL problem: SRVRRDATANotFourFields (SRV record doesn't have 4 fields) ${of('0 0 1688 a. b.')}`,
  ],
  [
    'has a TXT value without quotation marks',
    [change('CREATE', 'TXT', ['owner'], NEW)],
    `Invalid Resource Record: FATAL problem: InvalidCharacterString (Value should be enclosed in quotation marks) ${of('owner')}`,
  ],
  [
    'has a TXT string of 256 characters',
    [change('CREATE', 'TXT', [`"x${x255}"`], NEW)],
    `Invalid Resource Record: FATAL problem: CharacterStringTooLong (Value is too long) ${of(`"x${x255}"`)}`,
  ],
  [
    'has a TXT value outside ASCII',
    [change('CREATE', 'TXT', ['"日本"'], NEW)],
    `Invalid Resource Record: FATAL problem: UnsupportedCharacter (Value contains unsupported characters) ${of('"日本"')}`,
  ],
  [
    'has an A value that is no address',
    [change('CREATE', 'A', ['x'], NEW)],
    `Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) ${of('x')}'`,
  ],
  [
    'has an AAAA value that is no address',
    [change('CREATE', 'AAAA', ['10.0.0.1'], NEW)],
    `Invalid Resource Record: 'FATAL problem: AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address) ${of('10.0.0.1')}'`,
  ],
  [
    'has an empty label in its name',
    [change('CREATE', 'A', ['10.0.0.1'], { name: 'a..corp.example.' })],
    `FATAL problem: DomainLabelEmpty (Domain label is empty) ${of('a..corp.example.')}`,
  ],
  [
    'empties the apex of NS',
    [change('DELETE', 'NS', ['ns-1.example.net.'], { name: 'corp.example' })],
    'A HostedZone must contain at least one NS record for the zone itself.',
  ],
  [
    'empties the apex of SOA',
    [change('DELETE', 'SOA', ['ns-1.example.net. hostmaster. 1 7200 900 1209600 86400'], { name: 'corp.example' })],
    'A HostedZone must contain exactly one SOA record.',
  ],
  [
    'puts an alias beside others',
    [change('CREATE', 'CNAME', ['a.'], { name: 'kms-01.corp.example' })],
    'RRSet of type CNAME with DNS name kms-01.corp.example. is not permitted as it conflicts with other records with the same DNS name in zone corp.example.',
  ],
  [
    'puts others beside an alias',
    [change('CREATE', 'TXT', ['"a"'], { name: 'alias.corp.example' })],
    'RRSet of type TXT with DNS name alias.corp.example. is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone corp.example.',
  ],
  [
    'puts an alias at the apex',
    [change('CREATE', 'CNAME', ['a.'], { name: 'corp.example' })],
    'RRSet of type CNAME with DNS name corp.example. is not permitted at apex in zone corp.example.',
  ],
  [
    'puts a routed set beside a simple one',
    [change('CREATE', 'SRV', ['0 0 1688 a.'], { id: 'one' })],
    `RRSet with DNS name ${NAME}, type SRV, SetIdentifier one cannot be created as a non-weighted set exists with the same name and type.`,
  ],
  [
    'deletes a routed set that is not there',
    [change('DELETE', 'SRV', CURRENT, { id: 'one' })],
    `Tried to delete resource record set [name='${NAME}', type='SRV', set-identifier='one'] but it was not found`,
  ],
  [
    'has more values than a set may have',
    [
      change(
        'CREATE',
        'TXT',
        Array.from({ length: 401 }, (_, n) => `"${n}"`),
        NEW,
      ),
    ],
    'Cannot have more than 400 records in a RRSet.',
  ],
  [
    'counts more than a thousand records',
    [1, 2, 3].map((n) =>
      change(
        'CREATE',
        'TXT',
        Array.from({ length: 334 }, (_, v) => `"${v}"`),
        { name: `n${n}.corp.example` },
      ),
    ),
    'Number of records limit of 1000 exceeded.',
  ],
  [
    'counts more than 32,000 characters',
    [
      change(
        'UPSERT',
        'TXT',
        Array.from({ length: 63 }, (_, n) => `"${String(n).padStart(253, 'x')}"`),
        NEW,
      ),
    ],
    'Number of characters limit of 32000 exceeded.',
  ],
];

describe('a batch that', () => {
  it.each(INVALID)('%s is refused in the words of Route 53, and nothing changes', async (_, changes, message) => {
    const before = await at.listed();

    // What the client makes of it: the messages stand in brackets in one text, and its list of them stays empty.
    await expect(at.send(changes)).rejects.toMatchObject({
      name: 'InvalidChangeBatch',
      message: `[${message}]`,
      messages: [],
      $metadata: { httpStatusCode: 400 },
    });
    expect(await at.listed()).toEqual(before);
    expect(at.zone).toEqual(zone({ busySeconds: 0 }));
  });

  it('has several things wrong hears of each, and its good changes are not made', async () => {
    const good = change('CREATE', 'SRV', ['0 0 1688 a.'], NEW);
    const gone = change('DELETE', 'A', ['10.0.0.7'], { name: 'kms-07.corp.example' });

    await expect(at.send([good, gone, change('CREATE', 'SRV', ['0 0 1688 a.'])])).rejects.toMatchObject({
      message: `[Tried to delete resource record set [name='kms-07.corp.example.', type='A'] but it was not found, Tried to create resource record set ${SRV} but it already exists]`,
    });
    expect(await at.listed()).toHaveLength(5);
  });

  it('exchanges a set that somebody changed hears of that alone', async () => {
    await expect(
      at.send([change('DELETE', 'SRV', [CURRENT[0]]), change('CREATE', 'SRV', ['0 0 1688 a.'])]),
    ).rejects.toMatchObject({
      message: `[Tried to delete resource record set ${SRV} but the values provided do not match the current values]`,
    });
  });

  it.each(['65536 0 1688 a.', '0 -1 1688 a.', '0 0 x a.', '0 0 1688 a..b.', `0 0 1688 ${'x'.repeat(64)}.`])(
    'has the SRV value %j is refused',
    async (value) => {
      await expect(at.send([change('CREATE', 'SRV', [value], NEW)])).rejects.toMatchObject({
        message: expect.stringMatching(/^\[Invalid Resource Record: FATAL problem: .* encountered with '.*'\]$/),
      });
    },
  );

  it.each(['0 0 1688 a', '65535 65535 65535 A.b_c.', '0 0 1688 .'])('has the SRV value %j is taken', async (value) => {
    await at.send([change('CREATE', 'SRV', [value], NEW)]);

    expect(await at.listed()).toContain(`new.corp.example. SRV ${value}`);
  });

  it.each([`"${x255}" "more"`, '"a""b"', '"say \\"hi\\" \\303\\244 <&>"', '""'])(
    'has the TXT value %j is taken as it is',
    async (value) => {
      await at.send([change('CREATE', 'TXT', [value], NEW)]);

      expect(await at.listed()).toContain(`new.corp.example. TXT ${value}`);
    },
  );
});
