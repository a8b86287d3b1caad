/** KMS records in the lab's Route 53: planned, approved, written, proved and undone, whatever else happens meanwhile. */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { remoteLab } from '../lab/remote-lab.ts';
import {
  auditOf,
  cardWith,
  changeId,
  labForAll,
  newest,
  ONE_MINUTE_MS,
  OPS,
  press,
  pressOnly,
  type,
  whispered,
  windowsOf,
} from './support/changes.ts';
import { answered, callsOf, srvIn, txtIn, writeForeign, zoneNamed } from './support/records.ts';

const run = promisify(execFile);
const DEAD = '10 0 1688 kms-old.corp.example.';
const LIVING = '0 0 1688 kms-01.corp.example.';
const ADDED = '0 0 1688 kms-lab.lab.example.';

let lab: Lab;

labForAll((started) => {
  lab = started;
});

afterEach(async () => {
  lab.faults.clear();
  await lab.clock.advance(ONE_MINUTE_MS);
});

const isThere = (command: string): boolean => {
  try {
    execFileSync(command, ['-v'], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
};

/** Asks for a change, has it approved, and lets it come to its end. */
const carryOut = async (text: string): Promise<string> => {
  await type(lab, 'aiko', text);
  await press(lab, 'ken', 'approve');
  return newest(lab);
};

const takeBack = async (): Promise<string> => carryOut(`undo ${changeId(lab)}`);

describe('a value of ours', () => {
  it('comes beside those of others after a second person approved, is marked, and goes again by undo', async () => {
    const { acknowledged } = await type(lab, 'aiko', 'dns add corp.example kms-lab.lab.example');
    expect(acknowledged).toContain('corp.example');
    expect(srvIn(lab, 'corp.example')).toEqual([LIVING, DEAD]);

    await press(lab, 'ken', 'approve');

    expect(srvIn(lab, 'corp.example')).toEqual([LIVING, DEAD, ADDED]);
    expect(txtIn(lab, 'corp.example').join()).toContain(changeId(lab));
    expect(newest(lab)).toContain('kms-lab.lab.example');
    await takeBack();
    expect(srvIn(lab, 'corp.example')).toEqual([LIVING, DEAD]);
    expect(txtIn(lab, 'corp.example')).toEqual([]);
  });

  it('is the first of its domain, and may go again as long as it is the only one', async () => {
    await carryOut('dns add branch.example kms-01.corp.example');
    expect(srvIn(lab, 'branch.example')).toEqual([LIVING]);

    await takeBack();

    expect(srvIn(lab, 'branch.example')).toEqual([]);
  });

  it('stays the last one of a set that others left: nobody would find a KMS host', async () => {
    await carryOut('dns add branch.example kms-01.corp.example');

    await type(lab, 'aiko', 'dns remove branch.example kms-01.corp.example');

    expect(srvIn(lab, 'branch.example')).toEqual([LIVING]);
    await lab.clock.advance(1000);
    const zone = zoneNamed(lab, 'branch.example');
    zone.recordSets = zone.recordSets.filter(({ name }) => !name.startsWith('_vlmcs'));
  });
});

describe('a value of somebody else', () => {
  it('is not removed before it was taken over by a change of its own', async () => {
    await type(lab, 'aiko', 'dns remove corp.example kms-old.corp.example');
    expect(newest(lab)).toContain('dns adopt corp.example kms-old.corp.example');
    expect(srvIn(lab, 'corp.example')).toEqual([LIVING, DEAD]);

    await carryOut('dns adopt corp.example kms-old.corp.example');
    expect(srvIn(lab, 'corp.example')).toEqual([LIVING, DEAD]);
    await carryOut('dns remove corp.example kms-old.corp.example');
    expect(srvIn(lab, 'corp.example')).toEqual([LIVING]);

    await takeBack();
    expect([...srvIn(lab, 'corp.example')].sort()).toEqual([LIVING, DEAD].sort());
  });

  it('written between plan and approval voids the plan: the new one has to be approved', async () => {
    await type(lab, 'aiko', 'dns add lab.example kms-01.corp.example');
    await writeForeign(lab, 'lab.example', '5 0 1688 print-gw.lab.example.');

    await press(lab, 'ken', 'approve');
    expect(srvIn(lab, 'lab.example')).not.toContain(LIVING);
    expect((await auditOf(lab)).map(({ event }) => event)).toContain('void');

    await press(lab, 'ken', 'approve');
    expect(srvIn(lab, 'lab.example')).toEqual(expect.arrayContaining([LIVING, '5 0 1688 print-gw.lab.example.']));
    await takeBack();
    expect(srvIn(lab, 'lab.example')).toContain('5 0 1688 print-gw.lab.example.');
  });
});

describe('two changes, a second bot and a foreign program writing the same set at once', () => {
  it('lose nothing of each other', async () => {
    await type(lab, 'aiko', 'dns add lab.example kms-01.corp.example 20 0');
    const one = cardWith(lab, 'approve');
    await type(lab, 'aiko', 'dns add lab.example kms-new.corp.example 30 0');
    const other = cardWith(lab, 'approve');
    const foreign = '40 0 1688 kms-eu.eu.example.';

    await Promise.all([
      pressOnly(lab, 'ken', 'approve', one),
      pressOnly(lab, 'ken', 'approve', other),
      writeForeign(lab, 'lab.example', foreign),
    ]);
    const remote = remoteLab(lab.url);
    await remote.settle();
    // Whoever came second sees a new plan, which has to be approved again.
    for (let again = 0; again < 3 && !isWritten(); again += 1) {
      await press(lab, 'ken', 'approve').catch(() => undefined);
    }

    const values = srvIn(lab, 'lab.example');
    const added = ['20 0 1688 kms-01.corp.example.', '30 0 1688 kms-new.corp.example.', foreign];
    expect(values).toEqual(expect.arrayContaining(added));
    expect(new Set(values).size).toBe(values.length);
    expect(txtIn(lab, 'lab.example')).toHaveLength(2);
    const ends = (await auditOf(lab)).filter(({ event, asked }) => event === 'ended' && asked?.includes('0 0'));
    expect(ends.slice(-2).every(({ detail }) => detail?.startsWith('done'))).toBe(true);
  });

  const isWritten = (): boolean => {
    const values = srvIn(lab, 'lab.example');
    return values.some((value) => value.startsWith('20 ')) && values.some((value) => value.startsWith('30 '));
  };
});

describe('trouble while a record is written', () => {
  it.each([
    [
      'the answer is lost',
      { fault: 'aws-answer-lost', service: 'route53', operation: 'ChangeResourceRecordSets', times: 1 },
    ],
    [
      'the connection drops before',
      { fault: 'aws-dropped', service: 'route53', operation: 'ChangeResourceRecordSets', times: 2 },
    ],
    [
      'Route 53 is busy',
      { fault: 'aws-throttled', service: 'route53', operation: 'ChangeResourceRecordSets', times: 3 },
    ],
    [
      'it cannot be followed for a while',
      { fault: 'aws-throttled', service: 'route53', operation: 'GetChange', times: 3 },
    ],
  ])('%s: one effect, and the record is right', async (_, fault) => {
    lab.faults.add(fault);

    const end = await carryOut('dns add branch.example kms-01.corp.example');

    expect(srvIn(lab, 'branch.example')).toEqual([LIVING]);
    expect(txtIn(lab, 'branch.example')).toHaveLength(1);
    expect(end).toContain('✓');
    lab.faults.clear();
    await takeBack();
    expect(srvIn(lab, 'branch.example')).toEqual([]);
  });
});

describe('what machines find afterwards', () => {
  it.skipIf(!isThere('dig'))('is what dig gives once the change is in sync', async () => {
    const { ports } = (await fetch(`${lab.url}/lab`).then((answer) => answer.json())) as { ports: { dns: number } };
    await carryOut('dns add branch.example kms-01.corp.example');

    const { stdout } = await run('dig', [
      ...['@127.0.0.1', '-p', String(ports.dns), '+short', '+tries=1', '+time=5'],
      ...['_vlmcs._tcp.branch.example', 'SRV'],
    ]);

    expect(stdout.trim()).toBe(LIVING);
    await takeBack();
  });

  it('lets a client whose only trouble was the record activate after discover', async () => {
    const zone = zoneNamed(lab, 'corp.example');
    zone.recordSets = zone.recordSets.filter(({ name }) => !name.startsWith('_vlmcs'));
    lab.faults.add({ fault: 'machine-expired', target: 'web-02' });
    const product = () => windowsOf(lab, 'web-02').products.find(({ app }) => app === 'windows');
    const licensed = () => product()?.status;
    // The host of its last success would do without any record.
    Object.assign(product() ?? {}, { discoveredHost: '', discoveredPort: 0, discoveredAddress: '' });
    await type(lab, 'aiko', 'activate web-02');
    expect(licensed()).not.toBe(1);

    const end = await carryOut('dns add corp.example kms-01.corp.example');
    expect(end).toMatch(/web-02|kms-01/);
    await type(lab, 'aiko', 'discover web-02');

    expect(licensed()).toBe(1);
    expect(answered(lab, 'corp.example', zone.vpcs[0])).toEqual([LIVING]);
  });
});

describe('calls', () => {
  it('are three at most to plan, two to apply, then one every five seconds', async () => {
    await lab.wire.clear();
    await type(lab, 'aiko', 'dns add branch.example kms-01.corp.example');
    const planned = lab.wire.read().exchanges.filter(({ operation }) => operation.startsWith('route53:')).length;

    await press(lab, 'ken', 'approve');

    const all = lab.wire.read().exchanges.filter(({ operation }) => operation.startsWith('route53:'));
    const looks = callsOf(lab, 'GetChange');
    expect(planned).toBeLessThanOrEqual(3);
    expect(all.length - planned - looks).toBeLessThanOrEqual(2);
    const times = all.filter(({ operation }) => operation === 'route53:GetChange').map(({ at }) => Number(at));
    for (const [n, at] of times.entries()) if (n > 0) expect(at - (times[n - 1] ?? 0)).toBeGreaterThanOrEqual(5000);
    await takeBack();
  });
});

describe('who may not', () => {
  it('approves their own record', async () => {
    await type(lab, 'aiko', 'dns add branch.example kms-01.corp.example');
    await press(lab, 'aiko', 'approve');

    expect(whispered(lab, 'aiko')).not.toBe('');
    expect(srvIn(lab, 'branch.example')).toEqual([]);
    await press(lab, 'ken', 'reject');
    expect(newest(lab, OPS)).toContain('branch.example');
  });
});
