import { describe, expect, it } from 'vitest';
import { worldUnderTest } from './world-under-test.ts';

type Lab = ReturnType<typeof worldUnderTest>;
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const put = (lab: Lab, name: string, body: unknown) => lab.world.putNode(lab.machine(name).id, body);

describe('putting a machine', () => {
  it('takes what was got for every machine and changes nothing', () => {
    const { world } = worldUnderTest();
    for (const node of [...world.state.nodes]) {
      const before = copy(node);
      expect(copy(world.putNode(node.id, before))).toEqual(before);
    }
  });

  it('restores a machine from what was got earlier, a host role added since included', () => {
    const lab = worldUnderTest();
    const before = copy(lab.machine('web-01'));
    put(lab, 'web-01', { windows: { clockOffsetSeconds: 99, kmsHost: 'x', kmsHostRole: { keyGroup: '2016' } } });
    put(lab, 'web-01', before);

    expect(copy(lab.machine('web-01'))).toEqual(before);
  });

  it('keeps, replaces and removes what may be absent', () => {
    const lab = worldUnderTest();
    const before = copy(lab.machine('web-01'));
    const firewall = { on: ['domain'], active: 'public' };
    put(lab, 'web-01', { windows: { firewall, licensingFault: 'C004E003' } });
    put(lab, 'web-01', { windows: { clockOffsetSeconds: 0 } });
    expect(lab.machine('web-01').windows).toMatchObject({ firewall, licensingFault: 'C004E003' });

    put(lab, 'web-01', { windows: { firewall: null } });
    expect(lab.machine('web-01').windows.firewall).toBeUndefined();

    put(lab, 'web-01', before);
    expect(copy(lab.machine('web-01'))).toEqual(before);
  });

  it('keeps, replaces and removes a machine’s role, its tools and its way to the internet', () => {
    const lab = worldUnderTest();
    const before = copy(lab.machine('web-02'));
    const role = { name: 'another', from: 'agent', readsSecrets: false };
    put(lab, 'web-02', { role, tools: true, internet: false });
    expect(put(lab, 'web-02', { tags: {} })).toMatchObject({ role, tools: true, internet: false });

    put(lab, 'web-02', { role: null, tools: null });
    expect(copy(lab.machine('web-02'))).toMatchObject({ internet: false });
    expect(Object.keys(lab.machine('web-02'))).not.toContain('role');

    put(lab, 'web-02', before);
    expect(copy(lab.machine('web-02'))).toEqual(before);
  });

  it('keeps rules for clients of KMS and features, and removes them', () => {
    const lab = worldUnderTest();
    const before = copy(lab.machine('web-01'));
    const kmsRules = { builtIn: ['domain'], own: { enabled: true, port: 1700, profiles: [] } };
    put(lab, 'web-01', { windows: { kmsRules, features: ['VolumeActivation'] } });
    put(lab, 'web-01', { windows: { clockOffsetSeconds: 0 } });
    expect(lab.machine('web-01').windows).toMatchObject({ kmsRules, features: ['VolumeActivation'] });

    put(lab, 'web-01', { windows: { kmsRules: null, features: null } });
    expect(copy(lab.machine('web-01'))).toEqual(before);
  });

  it('keeps what is not named', () => {
    const lab = worldUnderTest();
    const before = copy(lab.machine('web-01'));
    put(lab, 'web-01', { windows: { clockOffsetSeconds: 20_000 } });

    expect(copy(lab.machine('web-01'))).toEqual({
      ...before,
      windows: { ...before.windows, clockOffsetSeconds: 20_000 },
    });
    expect(lab.attempt('web-01')).toBe('C004F06C');
  });

  it.each([
    [{ clockOffset: 1 }, 'clockOffset: no such field'],
    [{ windows: { clockOffset: 1 } }, 'windows.clockOffset: no such field'],
    [{ windows: { products: [{ key: 'X' }] } }, 'windows.products.0.key: no such field'],
    [{ agent: { online: 'yes' } }, /^agent\.online: /],
    [{ windows: { generation: '2008' } }, /^windows\.generation: /],
    [{ name: 'a-name-that-is-too-long' }, /^name: /],
    [{ site: 'osaka' }, 'site: there is no osaka, but tokyo, frankfurt'],
    [{ vpc: 'vpc-0' }, 'vpc: there is no vpc-0'],
    [{ id: 'i-00000000' }, /^id: is i-00000000, but i-/],
    ['web', /^the body: /],
  ])('refuses %j with the name of the field', (body, message) => {
    const lab = worldUnderTest();
    const before = copy(lab.world.state);

    expect(() => put(lab, 'web-01', body)).toThrow(message);
    expect(copy(lab.world.state)).toEqual(before);
  });

  it('makes a healthy machine of an empty body', () => {
    const lab = worldUnderTest();
    const { id } = lab.world.putNode('i-0123456789abcdef0', {});
    const node = lab.world.node(id);

    expect(node).toMatchObject({
      id,
      site: 'tokyo',
      platform: 'windows',
      instanceState: 'running',
      tags: { KmsManaged: 'true' },
    });
    expect(node?.windows?.products[0]).toMatchObject({ status: 1, partialKey: '6VM33' });
    expect(lab.world.attemptActivation(id)).toEqual({ activated: true, hresult: '00000000' });
    expect(lab.world.state.nodes).toContain(node);
  });

  it('gives a new machine of a named generation, edition and site what belongs to them', () => {
    const lab = worldUnderTest();
    const windows = { generation: '2016', edition: 'ServerStandard', language: 'ja-JP' };
    const node = lab.world.putNode('i-0123456789abcdef1', { site: 'frankfurt', name: 'neu-1', windows });

    expect(node.windows).toMatchObject({ build: '14393.7428', sku: 7, language: 'ja-JP' });
    expect(node.windows?.products[0]?.partialKey).toBe('KHKQY');
    expect(lab.world.state.vpcs.find((vpc) => vpc.id === node.vpc)?.site).toBe('frankfurt');
    expect(lab.world.attemptActivation(node.id).activated).toBe(true);
  });

  it('makes hybrid and Linux machines too', () => {
    const { world } = worldUnderTest();

    expect(world.putNode('mi-0123456789abcdef0', {})).toMatchObject({ vpc: '', imageId: '', billingProducts: null });
    expect(world.putNode('i-0123456789abcdef2', { platform: 'linux' }).windows).toBeUndefined();
  });

  it.each(['web-01', 'i-xyz', '../etc'])('refuses %s as a new id', (id) => {
    expect(() => worldUnderTest().world.putNode(id, {})).toThrow(/is neither i-… nor mi-…/);
  });

  it('lets a new machine try by itself', () => {
    const lab = worldUnderTest();
    const { id } = lab.world.putNode('i-0123456789abcdef3', {
      windows: { products: [{ status: 2, statusReason: '4004F00C', endsAtMs: lab.now() + 86_400_000 }] },
    });
    lab.advance(3 * 3_600_000);
    lab.world.catchUp(id);

    expect(lab.world.node(id)?.windows?.products[0]).toMatchObject({ status: 1, activationType: 2 });
  });

  it('removes a host key with null', () => {
    const lab = worldUnderTest();
    put(lab, 'app-03', { windows: { kmsHostRole: null } });

    expect(lab.machine('app-03').windows.kmsHostRole).toBeUndefined();
  });
});
