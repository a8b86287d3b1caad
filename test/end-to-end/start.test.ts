/** How the lab starts: on a port of its own choice, on this machine alone, the same world from the same seed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../lab/lab.ts';
import { plainHttp } from './support/plain-http.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Starts the program that `npm start` runs, and waits until it says that it is ready or ends. */
const startProgram = async (...args: string[]) => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/lab/main.ts', ...args], { cwd: ROOT });
  let said = '';
  let complained = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complained += chunk.toString();
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('\n')) resolve();
    });
  });
  await Promise.race([ready, ended]);
  return { child, ended, said: () => said, complained: () => complained };
};

describe('the program', () => {
  it('prints one line once everything answers, and ends when it is interrupted', async () => {
    const program = await startProgram('--port', '0', '--seed', '7');
    const [line = '', url = ''] = /^ready (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(program.said()) ?? [];

    expect(line).not.toBe('');
    expect((await plainHttp(url, '/healthz')).status).toBe(200);
    expect(program.complained()).toBe('');
    program.child.kill('SIGINT');
    expect(await program.ended).toBe(0);
  }, 60_000);

  it.each([
    [['--port', 'http'], /--port takes a whole number/],
    [['--tyop'], /tyop/],
  ])(
    'refuses %j with its usage',
    async (args, sentence) => {
      const program = await startProgram(...args);

      expect(await program.ended).toBe(2);
      expect(program.complained()).toMatch(sentence);
      expect(program.complained()).toMatch(/Usage: npm start/);
    },
    60_000,
  );
});

describe('two labs', () => {
  let first: Lab;
  let again: Lab;
  let other: Lab;
  beforeAll(async () => {
    [first, again, other] = await Promise.all([
      createLab({ port: 0, seed: 11 }),
      createLab({ port: 0, seed: 11 }),
      createLab({ port: 0, seed: 12 }),
    ]);
  }, 60_000);
  afterAll(() => Promise.all([first.close(), again.close(), other.close()]));

  const read = async (lab: Lab, path: string): Promise<Record<string, unknown>> =>
    (await fetch(`${lab.url}${path}`).then((answer) => answer.json())) as Record<string, unknown>;

  /** Ports are the machine's to give, and time goes on. */
  const lasting = async (lab: Lab) => {
    const { ports: _ports, now: _now, kmsHosts, ...rest } = await read(lab, '/lab');
    return {
      ...rest,
      kmsHosts: (kmsHosts as { name: string; address: string }[]).map(({ name, address }) => [name, address]),
    };
  };

  /** Instants follow the start of the lab. */
  const timeless = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (key, inner) => (/Ms$/.test(key) ? undefined : inner)));

  it('of one seed are the same world', async () => {
    expect(await lasting(again)).toEqual(await lasting(first));
    for (const name of ['web-01', 'erp-01', 'kms-01', '経理-01', 'nat-01']) {
      const path = `/lab/nodes/${encodeURIComponent(name)}`;
      expect(timeless(await read(again, path))).toMatchObject(timeless(await read(first, path)) as object);
    }
  });

  it('of different seeds are different worlds with the same cast', async () => {
    const [one, two] = [await lasting(first), await lasting(other)] as unknown as Record<
      string,
      { id: string; name: string }[]
    >[];

    expect(two?.signingSecret).not.toEqual(one?.signingSecret);
    expect(two?.nodes?.map(({ id }) => id)).not.toEqual(one?.nodes?.map(({ id }) => id));
    expect(two?.people?.map(({ name }) => name)).toEqual(one?.people?.map(({ name }) => name));
  });

  it('share nothing: what happens in one does not happen in the other', async () => {
    await fetch(`${first.url}/lab/nodes/web-01`, { method: 'PUT', body: JSON.stringify({ tags: { Only: 'here' } }) });

    expect(await read(first, '/lab/nodes/web-01')).toMatchObject({ tags: { Only: 'here' } });
    expect((await read(again, '/lab/nodes/web-01')).tags).not.toHaveProperty('Only');
  });

  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

  const connects = (host: string, port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect({ host, port, timeout: 1_000 });
      const end = (open: boolean) => () => {
        socket.destroy();
        resolve(open);
      };
      socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
    });

  it.skipIf(outside === undefined)('answer on 127.0.0.1 alone, on every port', async () => {
    const { http, dns, dynamodb, dnsByVpc } = first.ports;
    const open = [http, dns, dynamodb, ...Object.values(dnsByVpc)];
    const all = [...open, ...first.kmsHosts.map(({ port }) => port)];

    expect(new Set(all).size).toBe(all.length);
    for (const port of open) expect(await connects('127.0.0.1', port)).toBe(true);
    for (const port of all) expect(await connects(outside ?? '', port)).toBe(false);
  });
});

it('a lab that is closed leaves no port open', async () => {
  const lab = await createLab({ port: 0, seed: 1 });
  await lab.close();

  await expect(fetch(`${lab.url}/healthz`)).rejects.toThrow();
});
