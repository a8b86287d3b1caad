/** What programs outside the lab may rely on: its paths, their shapes, what they refuse. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../lab/lab.ts';
import { plainHttp, plainJson } from './support/plain-http.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await createLab({ port: 0, seed: 1 });
});

afterAll(() => lab.close());

const call = (method: string, path: string, body?: unknown) => plainJson(lab.url, method, path, body);
const get = async <T>(path: string): Promise<T> => {
  const { status, json } = await call('GET', path);
  expect(status).toBe(200);
  return json as T;
};

interface Description {
  readonly region: string;
  readonly sites: readonly { id: string; account: string; region: string }[];
  readonly ports: Readonly<Record<string, number>> & { readonly dnsByVpc: Readonly<Record<string, number>> };
  readonly channels: readonly { id: string; name: string }[];
  readonly people: readonly { id: string; name: string; locale: string; rights: readonly string[] }[];
  readonly nodes: readonly {
    id: string;
    name: string;
    site: string;
    platform: string;
    online: boolean;
    tags: Readonly<Record<string, string>>;
  }[];
  readonly kmsHosts: readonly { node?: string; name: string; address: string; port: number }[];
  readonly zones: readonly { id: string; name: string; private: boolean; vpcs: readonly string[] }[];
  readonly now: string;
}

const describeLab = () => get<Description>('/lab');

describe('the description of the lab', () => {
  it('has exactly the fields that were promised', async () => {
    const description = await describeLab();

    expect(Object.keys(description).sort()).toEqual(
      [
        ...['accessKeyId', 'botToken', 'channels', 'kmsHosts', 'nodes', 'now', 'people', 'ports', 'region'],
        ...['guests', 'secretAccessKey', 'signingSecret', 'sites', 'teamId', 'zones'],
      ].sort(),
    );
    expect(description).toMatchObject({
      region: 'ap-northeast-1',
      accessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      secretAccessKey: expect.stringMatching(/^.{40}$/),
      signingSecret: expect.stringMatching(/^[0-9a-f]{32}$/),
      botToken: expect.stringMatching(/^xoxb-/),
      teamId: expect.stringMatching(/^T[0-9A-Z]+$/),
      ports: { http: expect.any(Number), dns: expect.any(Number), dynamodb: expect.any(Number) },
    });
    expect(new Date(description.now).toISOString()).toBe(description.now);
  });

  it('names two sites, the default one first', async () => {
    const { sites, region } = await describeLab();

    expect(sites).toEqual([
      { id: 'tokyo', account: '111122223333', region },
      { id: 'frankfurt', account: '444455556666', region: 'eu-central-1' },
    ]);
  });

  it('has at least forty managed nodes in the default site, twenty of them online Windows, each described whole', async () => {
    const { nodes } = await describeLab();
    const here = nodes.filter(({ site }) => site === 'tokyo');

    expect(here.length).toBeGreaterThanOrEqual(40);
    expect(here.filter(({ platform, online }) => platform === 'windows' && online).length).toBeGreaterThanOrEqual(20);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
    for (const node of nodes) {
      expect(Object.keys(node).sort()).toEqual(['id', 'name', 'online', 'platform', 'site', 'tags']);
      expect(node).toMatchObject({
        id: expect.stringMatching(/^(i|mi)-[0-9a-f]{17}$/),
        platform: expect.stringMatching(/^(windows|linux)$/),
        online: expect.any(Boolean),
      });
    }
  });

  it('has people with locales and rights, and every one of the workspace in the first channel', async () => {
    const { people, channels } = await describeLab();

    for (const { rights } of people)
      expect(['viewer', 'operator', 'approver']).toEqual(expect.arrayContaining([...rights]));
    expect(people.some(({ locale }) => locale === 'ja-JP') && people.some(({ locale }) => locale === 'en-GB')).toBe(
      true,
    );
    for (const { id } of people) {
      expect((await call('GET', `/lab/messages?user=${id}&channel=${channels[0]?.id}`)).status).toBe(200);
    }
  });

  it('gives the real loopback port of every KMS host, and zones with the networks that see them', async () => {
    const { kmsHosts, zones, ports } = await describeLab();

    expect(kmsHosts.length).toBeGreaterThanOrEqual(2);
    for (const { name, address, port } of kmsHosts) {
      expect(name).not.toBe('');
      expect(address).toMatch(/^[0-9a-f.:]+$/);
      expect(port).toBeGreaterThan(1023);
    }
    for (const zone of zones) expect(Object.keys(zone).sort()).toEqual(['id', 'name', 'private', 'vpcs']);
    const vpcs = zones.flatMap((zone) => zone.vpcs);
    for (const vpc of vpcs) expect(ports.dnsByVpc[vpc]).toBeGreaterThan(1023);
  });
});

describe('a call to Microsoft’s activation centre', () => {
  it('gives the Confirmation ID that activates the machine whose Installation ID was read out', async () => {
    const id = 'i-0123456789abcdef7';
    const product = { description: 'Windows(R) Operating System, VOLUME_MAK channel', partialKey: 'M4KX7', status: 5 };
    await call('PUT', `/lab/nodes/${id}`, { windows: { products: [product] } });
    const rows = lab.world.surface(id).cim('SoftwareLicensingProduct');
    const row = 'ok' in rows ? rows.ok[0] : undefined;
    const [installationId, key] = [String(row?.OfflineInstallationId), String(row?.ID)];

    const { status, json } = await call('POST', '/lab/call', { installationId });

    expect(status).toBe(200);
    expect(json).toEqual({ confirmationId: expect.stringMatching(/^\d{48}$/), groups: expect.any(Array) });
    const ids = { InstallationId: installationId, ConfirmationId: json.confirmationId as string };
    const surface = lab.world.changeSurface(id);
    expect(surface.invoke('SoftwareLicensingProduct', key, 'DepositOfflineConfirmationId', ids)).toMatchObject({
      ok: 0,
    });
    expect(await get(`/lab/nodes/${id}`)).toMatchObject({ windows: { products: [{ status: 1, endsAtMs: 0 }] } });
  });
});

describe('a machine', () => {
  it('is given whole, by id and by name in any case', async () => {
    const { nodes } = await describeLab();
    const known = nodes.find(({ name }) => name === 'web-01');

    const node = await get<{ id: string; windows: object }>(`/lab/nodes/${known?.id}`);
    expect(await get('/lab/nodes/WEB-01')).toEqual(node);
    expect(node.windows).toMatchObject({ cmid: expect.any(String), products: expect.any(Array) });
  });

  it('takes back what it gave, for every machine of the world, and is the same then', async () => {
    const { nodes } = await describeLab();
    for (const { id } of nodes) {
      const before = await get<object>(`/lab/nodes/${id}`);
      const put = await call('PUT', `/lab/nodes/${id}`, before);
      expect(put).toEqual({ status: 200, json: before });
      expect(await get(`/lab/nodes/${id}`)).toEqual(before);
    }
  });

  it('is created with the defaults of a healthy one and stands in the description', async () => {
    const { status } = await call('PUT', '/lab/nodes/i-0123456789abcdef0', { name: 'made-today' });

    expect(status).toBe(200);
    const { nodes } = await describeLab();
    expect(nodes).toContainEqual(
      expect.objectContaining({ id: 'i-0123456789abcdef0', name: 'made-today', site: 'tokyo', online: true }),
    );
  });
});

describe('time', () => {
  it('moves by an ISO 8601 duration', async () => {
    const before = Date.parse((await describeLab()).now);
    const { json } = await call('POST', '/lab/clock', { advance: 'P1DT2H3M4.5S' });

    const moved = Date.parse(String(json.now)) - before;
    expect(moved).toBeGreaterThanOrEqual(93_784_500);
    expect(moved).toBeLessThan(93_784_500 + 60_000);
  });

  it.each(['', 'P', 'PT', '15 minutes', '-PT1H', 'P1Y', 15, null, undefined])(
    'does not move by %j',
    async (advance) => {
      const { status, json } = await call('POST', '/lab/clock', { advance });

      expect(status).toBe(400);
      expect(json.message).toMatch(/advance.*PT15M/);
    },
  );

  it('runs ahead until nothing is waited for', async () => {
    expect((await call('POST', '/lab/settle', {})).json).toMatchObject({ settled: true, now: expect.any(String) });
    expect((await plainHttp(lab.url, '/lab/settle', { method: 'POST' })).status).toBe(200);
    expect((await call('POST', '/lab/settle', { timeoutMs: 'soon' })).json.message).toContain('timeoutMs');
  });
});

describe('the wire', () => {
  it('shows every exchange and counts by operation, afresh after DELETE', async () => {
    await call('DELETE', '/lab/wire');
    expect(await get('/lab/wire')).toEqual({ exchanges: [], counts: {} });

    await call('POST', '/lab/slash', { user: 'emma', channel: 'kms-ops', text: '/kms check web-01' });
    await call('POST', '/lab/settle', {});

    const { exchanges, counts } = await get<{ exchanges: Record<string, unknown>[]; counts: Record<string, number> }>(
      '/lab/wire',
    );
    expect(counts).toMatchObject({ 'ssm:SendCommand': 1, 'slack:chat.postMessage': 1, 'lambda:Invoke': 1 });
    for (const exchange of exchanges) {
      expect(Object.keys(exchange).sort()).toEqual(['at', 'from', 'ms', 'operation', 'status', 'to']);
    }
    expect(exchanges).toHaveLength(Object.values(counts).reduce((sum, count) => sum + count, 0));
  });
});

describe('a command typed in the lab', () => {
  it('is answered with the status, the time and the body of the acknowledgement', async () => {
    const { json } = await call('POST', '/lab/slash', { user: 'emma', channel: 'kms-ops', text: '/kms whoami' });

    expect(Object.keys(json).sort()).toEqual(['ackMs', 'body', 'status']);
    expect(json).toMatchObject({
      status: 200,
      body: { response_type: 'ephemeral', text: expect.stringMatching(/<@U/) },
    });
    expect(json.ackMs).toBeLessThan(3_000);
  });

  it('may name person and channel by id', async () => {
    const { people, channels } = await describeLab();
    const { json } = await call('POST', '/lab/slash', {
      user: people.find(({ name }) => name === 'emma')?.id,
      channel: channels[0]?.id,
      text: '/kms help',
    });

    expect(json.status).toBe(200);
  });

  it('leaves messages of the promised shape, and files that can be fetched', async () => {
    await call('POST', '/lab/slash', { user: 'emma', channel: 'kms-ops', text: '/kms check tag:Role=web' });
    await call('POST', '/lab/settle', {});
    const { text } = await plainHttp(lab.url, '/lab/messages?user=emma&channel=kms-ops');
    const messages = JSON.parse(text) as { files: { id: string; name: string; size: number }[] }[];

    for (const message of messages) {
      expect(message).toMatchObject({
        ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
        user: expect.stringMatching(/^[UW]/),
        text: expect.any(String),
        blocks: expect.any(Array),
        ephemeral: expect.any(Boolean),
        edited: expect.any(Boolean),
        files: expect.any(Array),
      });
    }
    const [file] = messages.flatMap(({ files }) => files);
    const bytes = await fetch(`${lab.url}/lab/files/${file?.id}`).then((answer) => answer.arrayBuffer());
    expect(file?.name).toMatch(/\.csv$/);
    expect(bytes.byteLength).toBe(file?.size);
  });

  it('is seen by a person only where that person is', async () => {
    expect((await call('GET', '/lab/messages?user=emma&channel=it-leads')).status).toBe(404);
    expect((await call('GET', '/lab/view?user=emma')).status).toBe(404);
  });
});

describe('the page and the health of the lab', () => {
  it('are served', async () => {
    const page = await plainHttp(lab.url, '/');

    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toMatch(/text\/html/);
    expect((await plainHttp(lab.url, '/healthz')).status).toBe(200);
  });
});
