import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import {
  type DecodedPacket,
  decode,
  encode,
  type Packet,
  type RecordType,
  streamDecode,
  streamEncode,
} from 'dns-packet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Resolve } from './answer.ts';
import { type DnsServer, startDns } from './server.ts';

const SOA = 'ns-1.example. hostmaster.example. 1 7200 900 1209600 86400';

/** A zone as the world would resolve it, with one name of many answers. */
const ZONE: Record<string, Record<string, string[]>> = {
  'corp.example.': { SOA: [SOA], NS: ['ns-1.corp.example.'], TXT: ['"v=1 \\"quoted\\"" "zwei\\040Teile"'] },
  'ns-1.corp.example.': { A: ['10.0.0.2'] },
  '_vlmcs._tcp.corp.example.': { SRV: ['0 10 1688 kms1.corp.example.', '5 0 1689 kms2.corp.example.'] },
  'kms1.corp.example.': { A: ['10.0.1.10'], AAAA: ['fd00::10'] },
  'kms2.corp.example.': { A: ['10.0.1.11', '10.0.1.12'] },
  'alias.corp.example.': { CNAME: ['kms1.corp.example.'] },
  'many.corp.example.': {
    SRV: Array.from({ length: 40 }, (_, index) => `0 ${index} 1688 host-${index}.corp.example.`),
  },
  'broken.corp.example.': { SRV: ['nonsense'], A: ['10.0.0.1'] },
};

const resolve: Resolve = (name, type) => {
  const absolute = `${name.toLowerCase().replace(/\.$/, '')}.`;
  if (absolute === 'throws.corp.example.') throw new Error('the world is broken');
  if (absolute === 'down.corp.example.') return { answers: [], rcode: 'SERVFAIL' };
  const sets = ZONE[absolute];
  const values = sets?.[type] ?? [];
  const answers = values.map((value) => ({ name: absolute, type, ttl: 60, value }));
  return { answers, rcode: sets === undefined ? 'NXDOMAIN' : 'NOERROR' };
};

let server: DnsServer;

beforeAll(async () => {
  server = await startDns({ resolve, port: 0 });
});

afterAll(() => server.close());

const question = (name: string, type: RecordType, more: Packet = {}): Buffer =>
  encode({ type: 'query', id: 4711, flags: 256, questions: [{ name, type }], ...more });

/** The types of the package leave the decoded code out. */
type Reply = DecodedPacket & { rcode?: string };

async function overUdp(message: Buffer): Promise<Reply> {
  const socket = createSocket('udp4');
  const answered = once(socket, 'message');
  socket.send(message, server.port, '127.0.0.1');
  const [bytes] = await answered;
  socket.close();
  return decode(bytes as Buffer);
}

async function overTcp(...messages: Packet[]): Promise<(Packet | null)[]> {
  const socket = connect(server.port, '127.0.0.1');
  socket.end(Buffer.concat(messages.map((message) => streamEncode(message))));
  let bytes = Buffer.alloc(0);
  for await (const chunk of socket) bytes = Buffer.concat([bytes, chunk as Buffer]);
  const answers: (Packet | null)[] = [];
  while (bytes.length > 0) {
    const end = 2 + bytes.readUInt16BE(0);
    answers.push(streamDecode(bytes.subarray(0, end)));
    bytes = bytes.subarray(end);
  }
  return answers;
}

describe('a question over UDP', () => {
  it('for SRV is answered with the addresses of the targets', async () => {
    const answer = await overUdp(question('_vlmcs._tcp.corp.example', 'SRV'));

    expect(answer).toMatchObject({ id: 4711, rcode: 'NOERROR', flag_aa: true, flag_tc: false, flag_rd: true });
    expect(answer.answers).toMatchObject([
      { type: 'SRV', ttl: 60, data: { priority: 0, weight: 10, port: 1688, target: 'kms1.corp.example' } },
      { type: 'SRV', ttl: 60, data: { priority: 5, weight: 0, port: 1689, target: 'kms2.corp.example' } },
    ]);
    expect(answer.additionals).toMatchObject([
      { type: 'A', name: 'kms1.corp.example', data: '10.0.1.10' },
      { type: 'AAAA', name: 'kms1.corp.example', data: 'fd00::10' },
      { type: 'A', data: '10.0.1.11' },
      { type: 'A', data: '10.0.1.12' },
    ]);
  });

  it.each<[string, RecordType, unknown]>([
    ['kms1.corp.example', 'A', '10.0.1.10'],
    ['KMS1.Corp.Example', 'AAAA', 'fd00::10'],
    ['corp.example', 'NS', 'ns-1.corp.example'],
    ['alias.corp.example', 'CNAME', 'kms1.corp.example'],
    ['corp.example', 'SOA', { mname: 'ns-1.example', rname: 'hostmaster.example', serial: 1, minimum: 86_400 }],
    ['corp.example', 'TXT', [Buffer.from('v=1 "quoted"'), Buffer.from('zwei Teile')]],
  ])('for %s %s is answered', async (name, type, data) => {
    expect((await overUdp(question(name, type))).answers).toMatchObject([{ type, data }]);
  });

  it.each<[string, RecordType, string, number]>([
    ['nowhere.corp.example', 'SRV', 'NXDOMAIN', 1],
    ['kms1.corp.example', 'SRV', 'NOERROR', 1],
    ['foreign.test', 'A', 'NXDOMAIN', 0],
    ['down.corp.example', 'A', 'SERVFAIL', 0],
    ['throws.corp.example', 'A', 'SERVFAIL', 0],
    ['broken.corp.example', 'SRV', 'NOERROR', 1],
  ])('for %s %s has no answer: %s with %d SOA', async (name, type, rcode, authorities) => {
    const answer = await overUdp(question(name, type));

    expect(answer).toMatchObject({ rcode, answers: [] });
    expect(answer.authorities).toHaveLength(authorities);
  });

  it.each<[string, Packet, string]>([
    ['two questions', { questions: [1, 2].map((n) => ({ name: `n${n}.test`, type: 'A' as const })) }, 'FORMERR'],
    ['no question', { questions: [] }, 'FORMERR'],
    ['another class', { questions: [{ name: 'corp.example', type: 'TXT', class: 'CH' }] }, 'REFUSED'],
    ['an update', { flags: 5 << 11 }, 'NOTIMP'],
  ])('that is %s is refused', async (_what, more, rcode) => {
    expect((await overUdp(question('corp.example', 'A', more))).rcode).toBe(rcode);
  });

  it('whose answer is too large says so, and keeps to the size the client can take', async () => {
    const plain = await overUdp(question('many.corp.example', 'SRV'));
    const roomy = await overUdp(
      question('many.corp.example', 'SRV', {
        additionals: [{ type: 'OPT', name: '.', udpPayloadSize: 4096, flags: 0, options: [] } as never],
      }),
    );

    expect(plain).toMatchObject({ flag_tc: true, answers: [] });
    expect(roomy).toMatchObject({ flag_tc: false });
    expect(roomy.answers).toHaveLength(40);
    expect(roomy.additionals).toMatchObject([{ type: 'OPT' }]);
  });

  it('is answered still after garbage', async () => {
    const socket = createSocket('udp4');
    const answered = once(socket, 'message');
    const response = encode({ type: 'response', id: 1, questions: [{ name: 'corp.example', type: 'A' }] });
    for (const bytes of [Buffer.alloc(0), Buffer.from('no dns'), Buffer.alloc(200, 0xff), response]) {
      socket.send(bytes, server.port, '127.0.0.1');
    }
    socket.send(question('kms1.corp.example', 'A'), server.port, '127.0.0.1');
    const [first] = await answered;
    socket.close();

    expect(decode(first as Buffer).id).toBe(4711);
  });
});

describe('a connection over TCP', () => {
  it('gets whole answers to several questions', async () => {
    const ask = (id: number): Packet => ({
      type: 'query',
      id,
      questions: [{ name: 'many.corp.example', type: 'SRV' }],
    });
    const answers = await overTcp(ask(1), ask(2));

    expect(answers.map((answer) => [answer?.id, answer?.answers?.length])).toEqual([
      [1, 40],
      [2, 40],
    ]);
  });

  it('is ended by what is no question', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(Buffer.from([0, 3, 1, 2, 3]));
    await once(socket, 'close');
  });
});

describe('a server', () => {
  it('refuses to start on a port that is taken', async () => {
    await expect(startDns({ resolve, port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('frees its port when closed, with connections open', async () => {
    const first = await startDns({ resolve, port: 0 });
    const socket = connect(first.port, '127.0.0.1');
    await once(socket, 'connect');
    await first.close();
    const second = await startDns({ resolve, port: first.port });
    await second.close();

    expect(second.port).toBe(first.port);
  });

  it("answers Node's own resolver", async () => {
    const resolver = new Resolver({ timeout: 2000, tries: 1 });
    resolver.setServers([`127.0.0.1:${server.port}`]);

    expect(await resolver.resolveSrv('_vlmcs._tcp.corp.example')).toContainEqual({
      name: 'kms1.corp.example',
      port: 1688,
      priority: 0,
      weight: 10,
    });
    expect(await resolver.resolve4('kms2.corp.example')).toEqual(['10.0.1.11', '10.0.1.12']);
    expect(await resolver.resolveSrv('many.corp.example')).toHaveLength(40);
    await expect(resolver.resolveSrv('_vlmcs._tcp.nowhere.test')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});

/** The programs run apart from this process, which has to answer them meanwhile. */
const has = (program: string): boolean => spawnSync(program, ['-v'], { timeout: 5000 }).error === undefined;

async function output(program: string, ...args: string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  return text;
}

describe('the usual programs', () => {
  it.skipIf(!has('dig'))('dig gets the records and their addresses', async () => {
    const text = await output('dig', '@127.0.0.1', '-p', String(server.port), '_vlmcs._tcp.corp.example', 'SRV');

    expect(text).toContain('status: NOERROR');
    expect(text).toMatch(/_vlmcs\._tcp\.corp\.example\.\s+60\s+IN\s+SRV\s+0 10 1688 kms1\.corp\.example\./);
    expect(text).toMatch(/kms1\.corp\.example\.\s+60\s+IN\s+A\s+10\.0\.1\.10/);
    expect(text).not.toContain('WARNING');
  });

  it.skipIf(!has('dig'))('dig comes back over TCP for what is too large', async () => {
    const text = await output('dig', '+noedns', '@127.0.0.1', '-p', String(server.port), 'many.corp.example', 'SRV');

    expect(text).toContain('ANSWER: 40');
  });

  it.skipIf(!has('nslookup'))('nslookup gets the record', async () => {
    const zone = '_vlmcs._tcp.corp.example';
    const text = await output('nslookup', '-type=srv', `-port=${server.port}`, zone, '127.0.0.1');

    expect(text).toMatch(/_vlmcs\._tcp\.corp\.example\s+service = 0 10 1688 kms1\.corp\.example\./);
  });

  it.skipIf(!has('nslookup'))('nslookup is told when a name does not exist', async () => {
    const text = await output(
      'nslookup',
      '-type=srv',
      `-port=${server.port}`,
      '_vlmcs._tcp.x.corp.example',
      '127.0.0.1',
    );

    expect(text).toContain('NXDOMAIN');
  });
});
