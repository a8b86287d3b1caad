/** What goes wrong half way through a change: the machine is as before or is named, people read it, the record has it. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { remoteLab } from '../lab/remote-lab.ts';
import {
  APPROVALS,
  auditOf,
  changeId,
  DEAD_HOST,
  labForAll,
  newest,
  nodeOf,
  OPS,
  PLAIN,
  pin,
  press,
  type,
  windowsOf,
} from './support/changes.ts';

let lab: Lab;

labForAll((started) => {
  lab = started;
});

afterEach(() => {
  lab.faults.clear();
  for (const { windows } of lab.world.state.nodes) if (windows !== undefined) windows.broken = {};
});

/** The last entry of the audit, and what it says of this machine's result. */
const onRecord = async (name: string) => {
  const entries = await auditOf(lab);
  const last = entries.at(-1);
  const results = entries.filter(({ change, event }) => change === last?.change && event === 'result');
  const result = results.flatMap(({ nodes = [] }) => nodes).find((node) => node.name === name)?.result;
  return { event: last?.event, detail: last?.detail, result };
};

/** Breaks one call of a machine. */
const breakCall = (name: string, key: string, code: string): void => {
  Object.assign(windowsOf(lab, name).broken, { [key]: code });
};

describe('a change of a machine', () => {
  it('whose agent is lost before the document runs is told as unknown, with what was there before', async () => {
    pin(lab, 'web-03');
    lab.faults.add({ fault: 'agent-lost', target: 'web-03', document: 'KmsBot-AssignHost', before: true });

    await type(lab, 'aiko', 'discover web-03');

    expect(windowsOf(lab, 'web-03').kmsHost).toBe(DEAD_HOST);
    expect(newest(lab)).toMatch(/not known whether this worked/);
    expect(newest(lab)).toContain(`Before the change: Assigned host ${DEAD_HOST}`);
    expect(newest(lab)).toContain('/kms check web-03');
    expect(await onRecord('web-03')).toEqual({
      event: 'ended',
      detail: 'failed: done 0, not done 1',
      result: 'no-answer',
    });
  });

  it('whose agent is lost after the document ran is told as unknown, too', async () => {
    pin(lab, 'web-03');
    lab.faults.add({ fault: 'agent-lost', target: 'web-03', document: 'KmsBot-AssignHost' });

    await type(lab, 'aiko', 'discover web-03');

    expect(windowsOf(lab, 'web-03').kmsHost).toBe('');
    expect(newest(lab)).toMatch(/not known whether this worked/);
    expect((await onRecord('web-03')).result).toBe('no-answer');
  });

  it('whose document never ends is found as it was by the second look', async () => {
    pin(lab, 'web-02');
    lab.faults.add({ fault: 'document-stuck', target: 'web-02', document: 'KmsBot-AssignHost' });

    await type(lab, 'aiko', 'discover web-02');

    expect(windowsOf(lab, 'web-02').kmsHost).toBe(DEAD_HOST);
    expect(newest(lab)).toMatch(/Could not .*: it did not finish in time/);
    expect(newest(lab)).toContain('A second look shows it as it was: nothing was changed');
  });

  it('whose PowerShell dies after the call that mattered is found changed, and can be undone', async () => {
    pin(lab, 'web-02');
    breakCall('web-02', 'dies:ClearKeyManagementServicePort', '1');

    await type(lab, 'aiko', 'discover web-02');

    expect(newest(lab)).toContain('A second look shows the change in force');
    expect(newest(lab)).toContain('/kms activate web-02');
    expect(newest(lab)).toContain('[Undo]');
    expect((await onRecord('web-02')).result).toBe('no-answer');
  });

  it('whose PowerShell dies before it is done by the next command', async () => {
    pin(lab, 'app-01');
    breakCall('app-01', 'dies:ClearKeyManagementServiceMachine', '1');
    await type(lab, 'aiko', 'discover app-01');
    expect(windowsOf(lab, 'app-01').kmsHost).toBe(DEAD_HOST);
    windowsOf(lab, 'app-01').broken = {};

    await type(lab, 'aiko', 'discover app-01');

    expect(windowsOf(lab, 'app-01').kmsHost).toBe('');
    expect((await onRecord('app-01')).result).toBe('done');
  });

  it('whose call for the port fails has its name put back, and says at which call', async () => {
    const before = windowsOf(lab, 'app-02').kmsHost;
    breakCall('app-02', 'method:SetKeyManagementServicePort', '80070005');

    await type(lab, 'aiko', 'point app-02 kms-01.corp.example:1688');

    expect(windowsOf(lab, 'app-02').kmsHost).toBe(before);
    expect(newest(lab)).toContain('SetKeyManagementServicePort');
    expect(newest(lab)).toContain('everything there is as it was');
    expect((await onRecord('app-02')).result).toBe('failed');
  });

  it('whose name cannot be put back is told as half done, with what was there', async () => {
    await type(lab, 'aiko', 'point app-02 kms-01.corp.example');
    breakCall('app-02', 'method:SetKeyManagementServicePort', '80070005');
    breakCall('app-02', 'method:SetKeyManagementServiceMachine#2', '80070005');

    await type(lab, 'aiko', 'point app-02 10.20.1.10:1688');

    expect(newest(lab)).toContain('could NOT be put back: Assigned host kms-01.corp.example');
    expect((await onRecord('app-02')).result).toBe('failed');
  });

  it('whose service is disabled is left alone, with the reason', async () => {
    const { service } = windowsOf(lab, 'fileserver-07');
    service.startMode = 'Disabled';

    await type(lab, 'aiko', 'point fileserver-07 kms-01.corp.example');
    service.startMode = 'Auto';

    expect(windowsOf(lab, 'fileserver-07').kmsHost).toBe('');
    expect(newest(lab)).toMatch(/sppsvc.* disabled/);
  });

  it('that runs an evaluation edition gets no key', async () => {
    const windows = windowsOf(lab, 'db-02');
    const { edition } = windows;
    windows.edition = `${edition}Eval`;
    const [key] = windows.products.map(({ partialKey }) => partialKey);

    await type(lab, 'aiko', 'key db-02 gvlk');
    windows.edition = edition;

    expect(windows.products[0]?.partialKey).toBe(key);
    expect(newest(lab)).toContain('evaluation edition');
  });

  it('whose key is for another edition does not activate, and says what to install', async () => {
    lab.faults.add({ fault: 'key-wrong', target: 'db-02' });

    await type(lab, 'aiko', 'activate db-02');

    expect(newest(lab)).toContain('0xC004F069');
    expect((await onRecord('db-02')).result).toBe('failed');
  });

  it.each(['SendCommand', 'ListCommandInvocations', 'DescribeInstanceInformation'])(
    'is slowed down and not stopped by %s being throttled',
    async (operation) => {
      pin(lab, 'print-01');
      lab.faults.add({ fault: 'aws-throttled', target: 'ssm', operation, times: 4 });

      await type(lab, 'aiko', 'discover print-01');

      expect(windowsOf(lab, 'print-01').kmsHost).toBe('');
      expect((await onRecord('print-01')).result).toBe('done');
    },
  );

  it('sends its command once though the answer to sending it is lost', async () => {
    pin(lab, 'print-01');
    lab.faults.add({ fault: 'aws-answer-lost', target: 'ssm', operation: 'SendCommand', times: 1 });

    await type(lab, 'aiko', 'discover print-01');

    expect(await onRecord('print-01')).toMatchObject({ detail: 'done: done 1, not done 0', result: 'done' });
  });
});

describe('a change that would do harm', () => {
  it.each([
    ['127.0.0.1', /the machine itself/],
    ['0.0.0.0', /the machine itself/],
    ['8.8.8.8', /an internet address/],
    ['169.254.1.1', /link-local/],
    ['[::1]', /the machine itself/],
  ])('is refused: pointing to %s', async (host, why) => {
    const before = windowsOf(lab, 'build-9').kmsHost;

    await type(lab, 'aiko', `point build-9 ${host}`);

    expect(newest(lab)).toMatch(why);
    expect(windowsOf(lab, 'build-9').kmsHost).toBe(before);
    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'ended', detail: 'refused not-ours' });
  });

  it('goes no further than one machine when that one stays licensed and cannot renew', async () => {
    await type(lab, 'aiko', `activate ${PLAIN.join(' ')}`);
    await type(lab, 'aiko', `point ${PLAIN.join(' ')} ${DEAD_HOST}`);

    await press(lab, 'ken', 'approve');

    expect(newest(lab)).toMatch(/Paused after wave 1 of 3/);
    expect(newest(lab)).toMatch(/still activated and could not renew/);
    expect(PLAIN.filter((name) => windowsOf(lab, name).kmsHost === DEAD_HOST)).toHaveLength(1);
    await press(lab, 'aiko', 'cancel-change', OPS);
  });

  it('goes by tags as they are now, though the fleet was read minutes ago', async () => {
    await type(lab, 'aiko', 'check all');
    pin(lab, 'vdi-02');
    const { id, tags } = nodeOf(lab, 'vdi-02');
    lab.world.putNode(id, { tags: { ...tags, Cutover: 'today' } });

    await type(lab, 'aiko', 'discover tag:Cutover=today');

    expect(windowsOf(lab, 'vdi-02').kmsHost).toBe('');
  });
});

describe('a machine whose agent was lost', () => {
  it('is undone once it is back, and found to be changed', async () => {
    await type(lab, 'aiko', 'discover vdi-03');
    lab.faults.add({ fault: 'agent-lost', target: 'vdi-03', document: 'KmsBot-AssignHost' });
    await type(lab, 'aiko', 'point vdi-03 kms-01.corp.example');
    expect(windowsOf(lab, 'vdi-03').kmsHost).toBe('kms-01.corp.example');
    lab.faults.clear();

    await type(lab, 'aiko', `undo ${changeId(lab)}`);

    expect(windowsOf(lab, 'vdi-03').kmsHost).toBe('');
  });
});

describe('a change that waits for an approver', () => {
  const ask = async (): Promise<void> => {
    pin(lab, ...PLAIN);
    await type(lab, 'aiko', `discover ${PLAIN.join(' ')}`);
  };

  it('is not approved by somebody who left in the meantime, and is cancelled by whoever asked', async () => {
    await ask();
    lab.faults.add({ fault: 'person-left', target: 'ken' });

    await press(lab, 'ken', 'approve');
    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'denied', detail: 'gone' });
    expect(windowsOf(lab, 'web-02').kmsHost).toBe(DEAD_HOST);

    await press(lab, 'aiko', 'cancel-change', OPS);
    expect(newest(lab)).toMatch(/Cancelled by @Aiko Tanaka, nothing was changed/);
  });

  it('shows every machine and value in a file beside the card, and words that meant no machine', async () => {
    pin(lab, ...PLAIN);
    await type(lab, 'aiko', `discover ${PLAIN.join(' ')} wbe-99`);

    const cards = lab.workspace.messages('ken', APPROVALS);
    const file = cards.flatMap(({ files }) => files).at(-1);
    expect(file?.name).toMatch(/^kms-plan-c[a-z0-9]{9}-.*\.csv$/);
    expect(newest(lab, APPROVALS, 'ken')).toContain('wbe-99');
    await press(lab, 'ken', 'reject');
  });

  it('leaves on the card of a plan that moved the values that were approved', async () => {
    await ask();
    lab.faults.add({ fault: 'host-assigned', target: 'web-03', host: 'kms-01.corp.example', port: 1690 });

    await press(lab, 'ken', 'approve');

    const cards = lab.workspace.messages('ken', APPROVALS).filter(({ thread_ts }) => thread_ts === undefined);
    const [old, fresh] = cards.slice(-2).map((card) => JSON.stringify(card.blocks));
    expect(old).not.toContain('kms-01.corp.example:1690');
    expect(fresh).toContain('kms-01.corp.example:1690');
    await press(lab, 'ken', 'reject');
  });

  it('goes to those that are still there when one was replaced in the meantime, and names it', async () => {
    await ask();
    lab.faults.add({ fault: 'node-replaced', target: 'web-02' });

    await press(lab, 'ken', 'approve');

    expect(newest(lab)).toMatch(/11 machines, but 1 of 12 was not reached/);
    expect(newest(lab)).toMatch(/web-02/);
    expect(await onRecord('web-03')).toMatchObject({ event: 'ended', result: 'done' });
  });

  it('pauses after a wave that did not go well, ends when an operator says so, and names the rest', async () => {
    await ask();
    for (const name of PLAIN) breakCall(name, 'method:ClearKeyManagementServiceMachine', '80070005');

    await press(lab, 'ken', 'approve');
    expect(newest(lab)).toMatch(/Paused after wave 1 of 3/);
    expect(newest(lab)).toMatch(/11 machines wait, untouched so far/);
    await press(lab, 'aiko', 'cancel-change', OPS);

    expect(PLAIN.every((name) => windowsOf(lab, name).kmsHost === DEAD_HOST)).toBe(true);
    expect(newest(lab)).toMatch(/not reached/);
    expect((await auditOf(lab)).at(-1)?.detail).toMatch(/done 0, not done 12/);
  });

  it('goes on past such a wave when an operator says so', async () => {
    await ask();
    breakCall('web-03', 'method:ClearKeyManagementServiceMachine', '80070005');

    await press(lab, 'ken', 'approve');
    await press(lab, 'aiko', 'go-on', OPS);

    expect(PLAIN.filter((name) => windowsOf(lab, name).kmsHost === DEAD_HOST)).toEqual(['web-03']);
    expect((await auditOf(lab)).at(-1)?.detail).toBe('partly: done 11, not done 1');
  });

  it('is not applied for a requester who left while it waited, whoever approves', async () => {
    await ask();
    lab.faults.add({ fault: 'person-left', target: 'aiko' });

    await press(lab, 'ken', 'approve');

    expect(PLAIN.every((name) => windowsOf(lab, name).kmsHost === DEAD_HOST)).toBe(true);
    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'ended', detail: 'refused no-right' });
  });
});

describe('a change whose ledger fails for good while it is applied', () => {
  const HOUR_MS = 3_600_000;
  const sent = () => lab.wire.read().counts['ssm:SendCommand'] ?? 0;

  it('says what may be changed, is under way no longer after some hours, and can be undone', async () => {
    await type(lab, 'aiko', 'discover build-10');
    const remote = remoteLab(lab.url);
    lab.wire.clear();
    await remote.slash({ user: 'aiko', channel: OPS, text: '/kms point build-10 kms-01.corp.example' });
    // The inspection is sent first, the change after it.
    for (let second = 0; second < 120 && sent() < 2; second += 1) await lab.clock.advance(1000);
    lab.faults.add({ fault: 'aws-denied', target: 'dynamodb', operation: 'PutItem', principal: 'change' });
    await remote.settle();
    lab.faults.clear();

    expect(windowsOf(lab, 'build-10').kmsHost).toBe('kms-01.corp.example');
    expect(newest(lab)).toMatch(/Change c[a-z0-9]{9} stopped there, and may have reached machines/);
    const id = changeId(lab);
    await lab.clock.advance(7 * HOUR_MS);
    await type(lab, 'aiko', 'jobs');
    expect(newest(lab)).not.toContain(id);

    await type(lab, 'aiko', `undo ${id}`);
    expect(windowsOf(lab, 'build-10').kmsHost).toBe('');
  });
});
