import { describe, expect, it } from 'vitest';
import type { SetHostOptions, WireChange } from '../../../bot/domain/change/change-wire.ts';
import { encoded } from '../../powershell/change-both-ways.ts';
import { asHost, roleOf } from '../../powershell/change-host-machine.ts';
import { type ChangeMachine, changeMachine } from '../../powershell/change-machine.ts';
import { runChange } from './run.ts';

const EXPORT = 'C:\\ProgramData\\KmsBot\\exports\\c4k7m2q9xd-0001.reg';

const hostMachine = (role: Parameters<typeof asHost>[0] = {}): ChangeMachine => {
  const machine = changeMachine();
  asHost(role)(machine);
  return machine;
};

let operations = 0;

/** Runs the document, as an operation of its own unless one is named. */
const run = (machine: ChangeMachine, options: SetHostOptions, operation?: string): WireChange => {
  operations += 1;
  const call = { document: 'KmsBot-SetHost', options: encoded(options) } as const;
  const { stdout } = runChange(
    { ...call, operation: operation ?? `c4k7m2q9xd-1${String(operations).padStart(4, '0')}` },
    machine.surface(),
  );
  return JSON.parse(stdout.slice('KMSBOT1 '.length)) as WireChange;
};

/** What is there, but for the log of events. */
const standing = ({ node }: ChangeMachine): unknown => JSON.parse(JSON.stringify({ ...node.windows, events: [] }));

const LIST = ['Branch.example , 5', 'corp.example,10,50'];

describe('setting a KMS host', () => {
  it.each<[string, Parameters<typeof asHost>[0], SetHostOptions, SetHostOptions]>([
    ['publishing', {}, { set: 'publish', to: 0, expect: 1 }, { set: 'publish', to: 1, expect: 0 }],
    [
      'its list, line by line as it stood',
      { publishDomains: LIST },
      { set: 'domains', to: ['new.example'], expect: LIST },
      { set: 'domains', to: LIST, expect: ['new.example'] },
    ],
    [
      'a list that was not there',
      {},
      { set: 'domains', to: LIST, expect: null },
      { set: 'domains', to: null, expect: LIST },
    ],
    [
      'intervals',
      {},
      { set: 'intervals', to: [15, 60], expect: [120, 10_080] },
      { set: 'intervals', to: [120, 10_080], expect: [15, 60] },
    ],
    ['priority', { lowPriority: false }, { set: 'priority', to: 1, expect: 0 }, { set: 'priority', to: 0, expect: 1 }],
    [
      'the firewall, on a port of its own',
      { listeningPort: 1700, firewallPort: 1688 },
      { set: 'firewall', to: 'dp', expect: '' },
      { set: 'firewall', to: '', expect: 'dp' },
    ],
  ])('is undone by the same document told the other way round: %s', (_, role, change, inverse) => {
    const machine = hostMachine(role);
    const before = standing(machine);

    expect(run(machine, change).res).toBe('done');
    expect(standing(machine)).not.toEqual(before);
    expect(run(machine, inverse).res).toBe('done');
    expect(standing(machine)).toEqual(before);
  });

  it('exports the registry as it was before the list is written, into a folder of its own', () => {
    const machine = hostMachine({ publishDomains: ['old.example'] });
    const { saved } = run(machine, { set: 'domains', to: ['new.example'], expect: ['old.example'] }, 'c4k7m2q9xd-0001');

    expect(saved).toBe(EXPORT);
    expect(machine.memory.folders['C:\\ProgramData\\KmsBot\\exports']).toMatchObject({ protected: true });
    const old = [...Buffer.from('old', 'utf16le')].map((byte) => byte.toString(16).padStart(2, '0')).join(',');
    expect(machine.memory.files[EXPORT]?.text).toContain(`"DnsDomainPublishList"=hex(7):${old}`);
  });

  it('exports nothing into a folder that somebody else owns', () => {
    const machine = hostMachine();
    machine.memory.folders['C:\\ProgramData\\KmsBot\\exports'] = { owner: 'S-1-5-21-1', link: false, protected: false };
    const change = run(machine, { set: 'domains', to: ['new.example'], expect: null });

    expect(change).toMatchObject({ res: 'failed', step: 'reg.exe', code: '8007051B', back: 1 });
    expect(change).not.toHaveProperty('saved');
    expect(roleOf(machine)).not.toHaveProperty('publishDomains');
  });

  it('tells what was published in each domain, and a refusal there fails nothing', () => {
    const change = run(hostMachine(), { set: 'domains', to: ['Corp.Example,1,2', 'nowhere.example'], expect: null });

    expect(change).toMatchObject({ res: 'done' });
    expect(change.pub).toEqual([
      ['ad.corp.example', '00000000'],
      ['corp.example', '8007232D'],
      ['nowhere.example', '8007232B'],
    ]);
  });

  it('believes only what was logged after the restart', () => {
    const machine = hostMachine({ publishing: false });
    const { node, world } = machine;
    node.windows.events.push({ id: 12294, atMs: world.now() - 1000, data: ['ad.corp.example'], log: 'Application' });
    node.windows.broken.publishing = { hresult: '00000000', afterMs: 600_000 };

    expect(run(machine, { set: 'publish', to: 1, expect: 0 }).pub).toEqual([['ad.corp.example', 'none']]);
  });

  it('awaits nothing of a host that does not publish', () => {
    const change = run(hostMachine({ publishing: false }), { set: 'domains', to: ['a.example'], expect: null });

    expect(change.res).toBe('done');
    expect(change).not.toHaveProperty('pub');
  });

  it('listens on its new port only once the service has started anew, and closes nothing and opens nothing', () => {
    const machine = hostMachine({ firewallOpen: true });
    const { after } = run(machine, { set: 'port', to: 1700, expect: 1688 });

    expect(after.host).toMatchObject({ p: 1700, fw: '' });
    expect(roleOf(machine)).toMatchObject({ listeningPort: 1700, firewallOpen: true });
    expect(machine.node.windows).not.toHaveProperty('kmsRules');
  });

  it('lets clients in in the domain and private profiles, never in the public one', () => {
    const machine = hostMachine({ firewallOpen: true, firewallPort: 1688, firewallProfiles: ['public'] });
    const { before, after } = run(machine, { set: 'firewall', to: 'dp', expect: 'u' });

    expect([before.host?.fw, after.host?.fw]).toEqual(['u', 'dp']);
    expect(roleOf(machine).firewallProfiles).toEqual(['domain', 'private']);
  });

  it('does not compare the public profile, which other rules may let in', () => {
    const machine = hostMachine({ firewallOpen: true, firewallPort: 1688 });

    expect(run(machine, { set: 'firewall', to: 'dp', expect: 'dp' }).res).toBe('same');
    expect(roleOf(machine).firewallProfiles).toBeUndefined();
  });

  it('takes a list without lines for none', () => {
    const machine = hostMachine({ publishDomains: [] });

    expect(run(machine, { set: 'domains', to: ['corp.example'], expect: null }).res).toBe('done');
    expect(roleOf(machine).publishDomains).toEqual(['corp.example']);
  });

  it('says that a host is down which its service left, though the setting is as it was', () => {
    const machine = hostMachine();
    machine.node.windows.broken['method:StartService'] = { hresult: '8007045B' };
    const change = run(machine, { set: 'port', to: 1700, expect: 1688 });

    expect(change).toMatchObject({ res: 'failed', step: 'StartService', code: '8007045B', back: 0 });
    expect(change.after.host?.p).toBe(1688);
  });

  it('starts again from the beginning where it died between stopping and starting', () => {
    const machine = hostMachine({ publishing: false });
    const options = { set: 'publish', to: 1, expect: 0 } as const;
    machine.node.windows.broken['dies:StartService'] = { hresult: '80004005' };
    const call = { document: 'KmsBot-SetHost', operation: 'c4k7m2q9xd-0001', options: encoded(options) } as const;
    expect(runChange(call, machine.surface()).stdout).toBe('');
    expect(machine.node.windows.service.state).toBe('Stopped');

    machine.node.windows.broken = {};
    machine.advance(60_000);
    const change = run(machine, options, call.operation);

    expect(change).toMatchObject({ res: 'done', pub: [['ad.corp.example', '00000000']] });
    expect(machine.node.windows.service.state).toBe('Running');
  });

  it('looks at every keyed product for a host key, not only at the first', () => {
    const machine = hostMachine();
    const client = changeMachine().product;
    machine.node.windows.products.unshift(client);

    expect(run(machine, { set: 'priority', to: 1, expect: 0 }).res).toBe('done');
  });

  it('is refused on a machine without host key', () => {
    expect(run(changeMachine(), { set: 'restart' })).toMatchObject({ res: 'refused', why: 'not-host' });
  });
});
