/** Settings of a KMS host from Slack: planned value by value, approved by a second person, applied, seen, and undone. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { hostRole, makeHost } from '../lab/world/special-roles.ts';
import type { LabKmsHostRole } from '../lab/world/types.ts';
import {
  APPROVALS,
  auditOf,
  cardWith,
  changeId,
  labForAll,
  newest,
  nodeOf,
  ONE_MINUTE_MS,
  press,
  type,
  windowsOf,
} from './support/changes.ts';
import { answered, srvIn } from './support/records.ts';

let lab: Lab;

/** A second host, in a domain of Active Directory, and who asks in that domain and in another one of the directory. */
const DIRECTORY = ['app-ad-01', 'files-ad-02', 'lab-ad-01', 'dc-01', 'dc-lab-2'];

labForAll(
  async (started) => {
    lab = started;
    const { windows } = nodeOf(lab, 'app-ad-01');
    if (windows !== undefined) makeHost({ ...nodeOf(lab, 'app-ad-01'), windows } as never, hostRole('2022'));
    await type(lab, 'emma', 'check all');
  },
  undefined,
  DIRECTORY,
);

afterEach(() => lab.faults.clear());

const roleOf = (name: string): LabKmsHostRole => {
  const { kmsHostRole } = windowsOf(lab, name);
  if (kmsHostRole === undefined) throw new Error(`${name} holds no KMS host key`);
  return kmsHostRole;
};

/** What of a host a change can set, without what clients made of it. */
const settings = (name: string) => {
  const { contacts: _, totals: __, ...role } = structuredClone(roleOf(name));
  return { ...role, rules: windowsOf(lab, name).kmsRules };
};

const approve = (by = 'ken') => press(lab, by, 'approve');

const SETTINGS: readonly {
  readonly words: string;
  /** What has to be so before. */
  readonly first?: Partial<LabKmsHostRole>;
  /** What the plan says, one after the other. */
  readonly plan: readonly string[];
  readonly becomes: Partial<LabKmsHostRole>;
}[] = [
  {
    words: 'port 1700',
    plan: ['1688', '1700', 'firewall'],
    becomes: { listeningPort: 1700 },
  },
  {
    words: 'intervals 60 1440',
    plan: ['120 min (2 h)', '60 min (1 h)', '10,080 min (7 days)', '1,440 min (1 day)'],
    becomes: { activationIntervalMinutes: 60, renewalIntervalMinutes: 1440 },
  },
  { words: 'priority low', plan: ['normal', 'low', 'busy machine'], becomes: { lowPriority: true } },
  {
    words: 'firewall on',
    first: { firewallOpen: false },
    plan: ['in no network', 'domain and private'],
    becomes: { firewallOpen: true, firewallProfiles: ['domain', 'private'] },
  },
];

describe('a setting of a KMS host', () => {
  it.each(SETTINGS)('$words is planned, approved, in force, and undone', async ({ words, first, plan, becomes }) => {
    Object.assign(roleOf('kms-01'), first ?? {});
    const before = settings('kms-01');

    await type(lab, 'aiko', `host kms-01 ${words}`);
    const card = newest(lab, APPROVALS, 'ken');
    expect(plan.filter((part) => !card.includes(part))).toEqual([]);
    expect(settings('kms-01')).toEqual(before);
    await approve();

    expect(roleOf('kms-01')).toMatchObject(becomes);
    expect(windowsOf(lab, 'kms-01').service.state).toBe('Running');
    expect(newest(lab)).toMatch(/^✓/);
    await type(lab, 'aiko', `undo ${changeId(lab)}`);
    await approve('daniel');
    const { firewallPort: _, firewallProfiles: __, lowPriority: ___, ...now } = settings('kms-01');
    const { firewallPort: ____, firewallProfiles: _____, lowPriority: ______, ...then } = before;
    expect(now).toEqual(then);
    Object.assign(roleOf('kms-01'), { firewallOpen: true });
    delete roleOf('kms-01').firewallPort;
  });

  it('that is a list without lines is written like one that is not there', async () => {
    const { publishDomains: former } = roleOf('kms-01');
    roleOf('kms-01').publishDomains = [];

    await type(lab, 'aiko', 'host kms-01 domains corp.example,5,10');
    await approve();

    expect(roleOf('kms-01').publishDomains).toEqual(['corp.example, 5, 10']);
    if (former !== undefined) roleOf('kms-01').publishDomains = former;
  });

  it('restart restarts its service, and leaves nothing to undo', async () => {
    const before = settings('kms-01');

    await type(lab, 'aiko', 'host kms-01 restart');
    expect(newest(lab, APPROVALS, 'ken')).toContain('restarted');
    await approve();

    expect(settings('kms-01')).toEqual(before);
    expect(newest(lab)).toMatch(/^✓ Restarted the KMS service of kms-01/);
    expect(newest(lab)).not.toContain('Undo');
  });

  it('is left as it is where it is so already, and on a machine that is no host', async () => {
    await type(lab, 'aiko', 'host kms-01 priority normal');
    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'ended', detail: 'nothing-to-do' });

    await type(lab, 'aiko', 'host web-02 port 1700');

    expect(newest(lab)).toContain('it holds no KMS host key');
    expect(windowsOf(lab, 'web-02').kmsHostRole).toBeUndefined();
  });

  it('that moved while it waited is planned anew, and asked for again', async () => {
    await type(lab, 'aiko', 'host kms-01 intervals 90 1440');
    roleOf('kms-01').activationIntervalMinutes = 45;
    await approve();

    expect(roleOf('kms-01').activationIntervalMinutes).toBe(45);
    expect(newest(lab, APPROVALS, 'ken')).toContain('45 min');
    await approve('daniel');
    expect(roleOf('kms-01')).toMatchObject({ activationIntervalMinutes: 90, renewalIntervalMinutes: 1440 });
    Object.assign(roleOf('kms-01'), { activationIntervalMinutes: 120, renewalIntervalMinutes: 10_080 });
  });

  it('is told of where its document fails half way, and put back', async () => {
    const before = settings('kms-01');
    windowsOf(lab, 'kms-01').broken = { 'method:SetVLRenewalInterval': { hresult: '80041001' } };

    await type(lab, 'aiko', 'host kms-01 intervals 60 1440');
    await approve();
    windowsOf(lab, 'kms-01').broken = {};

    expect(newest(lab)).toMatch(/^⚠/);
    expect(newest(lab)).toContain('SetVLRenewalInterval');
    expect(settings('kms-01')).toEqual(before);
  });

  it('needs a right on the machine, and another person than the one who asks', async () => {
    await type(lab, 'emma', 'host kms-01 port 1700');
    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'denied' });

    await type(lab, 'ken', 'host kms-01 port 1700');
    await press(lab, 'ken', 'approve');

    expect(roleOf('kms-01').nextPort ?? roleOf('kms-01').listeningPort).toBe(1688);
    await press(lab, 'ken', 'cancel-change', 'kms-ops');
  });
});

describe('publishing', () => {
  it('in a zone of Route 53 is refused there, and told with event 12293 and who acts', async () => {
    const before = srvIn(lab, 'corp.example');

    await type(lab, 'aiko', 'host kms-01 publish on');
    expect(newest(lab, APPROVALS, 'ken')).toContain('DisableDnsPublishing = 0');
    await approve();

    const text = newest(lab);
    expect(roleOf('kms-01').publishing).toBe(true);
    expect(text).toContain('in corp.example: DNS refused the KMS host’s own record (0x8007232D) (event 12293)');
    expect(text).toContain('in lab.example: there is no such zone where the KMS host asks (event 12293)');
    expect(srvIn(lab, 'corp.example')).toEqual(before);
    await type(lab, 'aiko', `undo ${changeId(lab)}`);
    await approve('daniel');
    expect(roleOf('kms-01').publishing).toBe(false);
  });

  it('of a list while it is off is warned of', async () => {
    await type(lab, 'aiko', 'host kms-01 domains corp.example');

    expect(newest(lab, APPROVALS, 'ken')).toContain('Its publishing is off');
    await press(lab, 'aiko', 'cancel-change', 'kms-ops');
    expect(roleOf('kms-01').publishDomains).toEqual(['lab.example, 10, 50', 'corp.example']);
  });
});

describe('a host that publishes in two domains', () => {
  const LIST = 'lab.ad.corp.example,10,50';

  it('stands in both zones, is found and reached by a client of each, and is taken back line by line', async () => {
    const exported = () =>
      Object.keys(lab.world.memory(nodeOf(lab, 'app-ad-01').id).files).filter((path) => path.endsWith('.reg'));
    expect(lab.world.attemptActivation(nodeOf(lab, 'lab-ad-01').id).hresult).toBe('8007251D');
    await lab.clock.advance(ONE_MINUTE_MS);

    await type(lab, 'aiko', `host app-ad-01 domains "${LIST}"`);
    expect(newest(lab, APPROVALS, 'ken')).toContain('lab.ad.corp.example, 10, 50');
    await approve();

    const text = newest(lab);
    const change = changeId(lab);
    expect(roleOf('app-ad-01').publishDomains).toEqual(['lab.ad.corp.example, 10, 50']);
    expect(text).toContain('in ad.corp.example (event 12294)');
    expect(text).toContain('in lab.ad.corp.example (event 12294)');
    expect(srvIn(lab, 'ad.corp.example')).toContain('0 0 1688 app-ad-01.ad.corp.example.');
    expect(srvIn(lab, 'lab.ad.corp.example')).toEqual(['10 50 1688 app-ad-01.ad.corp.example.']);
    expect(text).toMatch(/In ad\.corp\.example {2}\S+ finds it, and reaches it by name and by address/);
    expect(text).toMatch(/In lab\.ad\.corp\.example {2}\S+ finds it, and reaches it by name and by address/);
    expect(text).toContain('[Back to discovery]');
    const path = `C:\\ProgramData\\KmsBot\\exports\\${change}-change.reg`;
    expect(text).toContain(path);
    expect(exported()).toContain(path);
    // It has counted nobody yet: that it says so shows that the client came to it.
    expect(lab.world.attemptActivation(nodeOf(lab, 'lab-ad-01').id).hresult).toBe('C004F038');

    await type(lab, 'aiko', `undo ${change}`);
    await approve('daniel');
    expect(roleOf('app-ad-01').publishDomains).toBeUndefined();
    expect(exported()).toHaveLength(2);
  });

  it('leads machines back to discovery in waves, from its own button', async () => {
    windowsOf(lab, 'files-ad-02').kmsHost = 'kms-old.corp.example';
    await type(lab, 'aiko', `host app-ad-01 domains "${LIST}"`);
    await approve();

    await press(lab, 'aiko', 'fix', 'kms-ops');

    expect(newest(lab)).toContain('files-ad-02');
    expect(newest(lab)).toMatch(/approver has to agree/);
    expect(cardWith(lab, 'approve').buttons.length).toBeGreaterThan(0);
    await approve();
    expect(windowsOf(lab, 'files-ad-02').kmsHost).toBe('');
    expect(answered(lab, 'lab.ad.corp.example')).toEqual(['10 50 1688 app-ad-01.ad.corp.example.']);
  });
});
