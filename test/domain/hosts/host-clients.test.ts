import { describe, expect, it } from 'vitest';
import { clientsByHost, strangerNamed } from '../../../bot/domain/hosts/host-clients.ts';
import { fleet, reach } from './sample-host.ts';

const known = { names: ['kms1', 'kms1.corp.example', '10.20.0.40'], isKnown: true };

describe('clientsByHost', () => {
  it('finds a host’s clients under each of its names and ports, and adds them up', () => {
    const summary = fleet(
      reach({ reached: 3, counted: { count: 4, atMs: 1 } }),
      reach({ host: '10.20.0.40:1688', reached: 1, failed: 1, counted: { count: 6, atMs: 2 } }),
      reach({ host: 'kms1:1689', reached: 0, failed: 2, refused: [{ code: '0xC004F06C', machines: 2 }] }),
    );

    expect(clientsByHost(summary, [known]).ofNodes).toMatchObject([
      { reached: 4, failed: 3, port: 1688, counted: { count: 6 }, refused: [{ code: '0xC004F06C', machines: 2 }] },
    ]);
  });

  it('does not take the same computer name in another domain for it, where its own domain is known', () => {
    const { ofNodes, ofOthers } = clientsByHost(fleet(reach({ host: 'kms1.eu.example:1688' })), [known]);

    expect(ofNodes).toMatchObject([{ reached: 0 }]);
    expect([...ofOthers.keys()]).toEqual(['kms1.eu.example']);
  });

  it('goes by the computer name where the host’s domain is not known', () => {
    const { ofNodes } = clientsByHost(fleet(reach({ host: 'kms1.eu.example:1688' })), [
      { names: ['kms1'], isKnown: false },
    ]);

    expect(ofNodes).toMatchObject([{ reached: 40 }]);
  });

  it('leaves out Amazon’s servers and texts that are no names', () => {
    const summary = fleet(
      reach({ host: '169.254.169.250:1688' }),
      reach({ host: 'fd00:ec2::250:1688' }),
      reach({ host: 'http://kms1.corp.example:1688' }),
      reach({ host: 'two words:1688' }),
    );

    expect(clientsByHost(summary, []).ofOthers.size).toBe(0);
  });

  it('knows nothing before anybody has looked at the fleet', () => {
    expect(clientsByHost(undefined, [known])).toMatchObject({
      ofNodes: [{ reached: 0, failed: 0 }],
      ofOthers: new Map(),
    });
  });
});

describe('strangerNamed', () => {
  it('adds up who asks a host that is not ours, whatever the port', () => {
    const unknownHosts = [
      { host: '127.0.0.2:1688', why: 'loopback', machines: 3, examples: [] },
      { host: '127.0.0.2:1689', why: 'loopback', machines: 1, examples: [] },
    ] as const;

    expect(strangerNamed({ unknownHosts }, '127.0.0.2')).toEqual({ why: 'loopback', machines: 4 });
    expect(strangerNamed({ unknownHosts }, 'kms1')).toBeUndefined();
  });
});
