import { describe, expect, it } from 'vitest';
import type { ChangeRecord } from '../../../bot/domain/change/change-record.ts';
import { readChangeOutput } from '../../../bot/domain/change/parse-change.ts';
import { type ChangeStep, encoded } from '../../powershell/change-both-ways.ts';
import { type ChangeMachine, changeMachine } from '../../powershell/change-machine.ts';
import { assignedEverywhere, assignedWell, plainSteps } from '../../powershell/change-steps.ts';
import { kmsHostProduct } from '../world/licence-products.ts';
import { runChange } from './run.ts';

const STEPS = plainSteps();
const OPERATION = 'c4k7m2q9xd-0001';

/** Runs a step on a machine, and reads what it printed as the bot does. */
const ran = (machine: ChangeMachine, { document, options, operation = OPERATION }: ChangeStep): ChangeRecord => {
  const { stdout } = runChange({ document, operation, options: encoded(options) }, machine.surface());
  const reading = readChangeOutput(stdout);
  if (reading.kind !== 'record') throw new Error(`${JSON.stringify(reading.why)}: ${stdout}`);
  return reading.record;
};

/** A fresh machine as the step wants it. */
const machineFor = (step: ChangeStep, also: (machine: ChangeMachine) => void = () => {}): ChangeMachine => {
  const machine = changeMachine();
  step.first?.(machine);
  also(machine);
  return machine;
};

const broken =
  (key: string, hresult = '80070057') =>
  ({ node }: ChangeMachine): void => {
    node.windows.broken[key] = { hresult };
  };

const assignmentsOf = ({ node, product }: ChangeMachine) => ({
  machine: [node.windows.kmsHost, node.windows.kmsPort],
  product: [product.kmsHost, product.kmsPort],
});

describe('KmsBot-AssignHost', () => {
  const step = STEPS['assign over both levels'];

  it('assigns machine-wide and takes away what the product had of its own', () => {
    const machine = machineFor(step);

    expect(ran(machine, step)).toMatchObject({
      result: 'done',
      before: { assigned: { host: 'gone.corp.example', port: 1690 }, product: { assigned: { host: '10.0.1.99' } } },
      after: { assigned: { host: '10.0.1.10', port: 1688 }, product: { assigned: null } },
    });
    expect(assignmentsOf(machine)).toEqual({ machine: ['10.0.1.10', 1688], product: ['', 0] });
  });

  it('puts the name back when the port fails, as slmgr does', () => {
    const machine = machineFor(step, broken('method:SetKeyManagementServicePort'));
    const before = assignmentsOf(machine);

    expect(ran(machine, step)).toMatchObject({
      result: 'failed',
      step: 'SetKeyManagementServicePort',
      code: '80070057',
      restored: true,
    });
    expect(assignmentsOf(machine)).toEqual(before);
  });

  it('puts the machine-wide part back when the product’s fails', () => {
    const machine = machineFor(step, broken('method:SoftwareLicensingProduct.ClearKeyManagementServicePort'));
    const before = assignmentsOf(machine);

    expect(ran(machine, step)).toMatchObject({ result: 'failed', restored: true });
    expect(assignmentsOf(machine)).toEqual(before);
  });

  it('says so when putting back fails too', () => {
    const machine = machineFor(step, (each) => {
      broken('method:SetKeyManagementServicePort')(each);
      broken('method:SetKeyManagementServiceMachine#2')(each);
    });

    expect(ran(machine, step)).toMatchObject({ result: 'failed', restored: false });
  });

  it('changes nothing on a machine that is not as the plan has it', () => {
    const machine = machineFor(step, ({ node }) => {
      node.windows.kmsPort = 1691;
    });
    const before = assignmentsOf(machine);

    expect(ran(machine, step).result).toBe('moved');
    expect(assignmentsOf(machine)).toEqual(before);
  });
});

describe('KmsBot-Activate', () => {
  const step = STEPS['activate with a host that answers'];

  it('activates, and the machine is licensed afterwards', () => {
    const machine = machineFor(step);

    expect(ran(machine, step)).toMatchObject({
      result: 'done',
      code: '00000000',
      after: { product: { status: 'licensed' } },
    });
    expect(machine.product.status).toBe(1);
  });

  it('says in which code the attempt ended', () => {
    expect(ran(changeMachine(), { ...step, options: {} })).toMatchObject({
      result: 'failed',
      step: 'Activate',
      code: 'C004F074',
    });
  });

  it('takes long where nobody answers', () => {
    const { document, options } = step;
    const call = { document, operation: OPERATION, options: encoded(options) };

    expect(runChange(call, changeMachine().surface()).seconds).toBeGreaterThan(40);
    expect(runChange(call, machineFor(step).surface()).seconds).toBeLessThan(10);
  });
});

describe('KmsBot-InstallClientKey', () => {
  const step = STEPS['client key of its edition'];

  it('installs the key, and the machine is a KMS client with it', () => {
    const machine = machineFor(step);

    expect(ran(machine, step)).toMatchObject({
      result: 'done',
      before: { product: { keyTail: '6VM33' } },
      after: { product: { keyTail: 'VMK7H', channelToken: 'VOLUME_KMSCLIENT' } },
    });
  });

  it('keeps the earlier key where the new one is not taken', () => {
    const machine = machineFor(step, broken('method:InstallProductKey', 'C004F069'));

    expect(ran(machine, step)).toMatchObject({ result: 'failed', code: 'C004F069', restored: true });
    expect(machine.node.windows.products[0]?.partialKey).toBe('6VM33');
  });
});

describe('KmsBot-InstallStoredKey', () => {
  const step = STEPS['stored MAK'];
  const look = STEPS['stored MAK that is only looked at'];

  it('installs the MAK, and says of it no more than its end and how it came', () => {
    const machine = machineFor(step);

    expect(ran(machine, step)).toMatchObject({
      result: 'done',
      via: 'instance',
      tail: 'MK223',
      before: { product: { keyTail: 'VMK7H' } },
      after: { product: { keyTail: 'MK223', channelToken: 'VOLUME_MAK' } },
    });
  });

  it('makes a KMS host by a host key', () => {
    const machine = machineFor(STEPS['stored host key']);

    expect(ran(machine, STEPS['stored host key'])).toMatchObject({
      result: 'done',
      after: { product: { keyTail: 'HK223', channelToken: 'VOLUME_KMS_WS22' } },
    });
    expect(machine.node.windows.kmsHostRole).toMatchObject({ activated: false });
  });

  it('looks, changes nothing, and remembers nothing of it', () => {
    const machine = machineFor(look);
    const before = JSON.stringify(machine.node.windows.products);

    expect(ran(machine, look)).toMatchObject({ result: 'done', tail: 'MK223', via: 'instance' });
    expect(JSON.stringify(machine.node.windows.products)).toBe(before);
    expect(machine.memory.files).toEqual({});
  });

  it('looks anew each time', () => {
    const machine = machineFor(look);
    ran(machine, look);
    machine.node.role = { name: 'poor', from: 'instance', readsSecrets: false };

    expect(ran(machine, look)).toMatchObject({
      result: 'refused',
      why: 'secret-unreadable',
      need: 'secretsmanager:GetSecretValue',
      who: 'arn:aws:sts::111122223333:assumed-role/poor/i-00000000000000001',
    });
  });

  it('takes a key out again that turns out to be of the other kind, and puts the public one back', () => {
    const machine = machineFor(step);
    const asHost = { ...step, options: { ...step.options, kind: 'host' } };

    expect(ran(machine, asHost)).toMatchObject({ result: 'failed', step: 'channel', restored: true });
    expect(machine.node.windows.products[0]?.partialKey).toBe('VMK7H');
  });

  it('says so where the key before is no public one and cannot be put back', () => {
    const machine = machineFor(step, ({ product }) => {
      product.partialKey = 'R3T4L';
    });
    const asHost = { ...step, options: { ...step.options, kind: 'host', expect: { key: 'R3T4L' } } };

    expect(ran(machine, asHost)).toMatchObject({ result: 'failed', step: 'channel', restored: false });
  });

  it('finds what a run that died had installed, without fetching the key again', () => {
    const machine = machineFor(step, broken('dies:RefreshLicenseStatus'));
    const { document, options } = step;
    runChange({ document, operation: OPERATION, options: encoded(options) }, machine.surface());
    machine.node.windows.broken = {};
    delete machine.node.role;

    expect(ran(machine, step)).toMatchObject({ result: 'done', after: { product: { keyTail: 'MK223' } } });
  });

  it('gives no MAK to a machine that is a KMS host', () => {
    const machine = machineFor(step, ({ node }) => {
      node.windows.products = [kmsHostProduct('2022', 'ServerStandard', '2022')];
    });
    const { options } = step;

    expect(ran(machine, { ...step, options: { ...options, expect: { key: 'H7KQ2' } } })).toMatchObject({
      result: 'refused',
      why: 'host-key',
    });
  });
});

describe('KmsBot-TestRouting', () => {
  const step = STEPS['routing by address'];

  it('tries by name, then by address, and puts back exactly what was assigned', () => {
    const machine = machineFor(step);
    const before = assignmentsOf(machine);

    expect(ran(machine, step)).toMatchObject({
      result: 'done',
      tests: [
        { by: 'name', target: 'gone.corp.example:1688', code: 'C004F074' },
        { by: 'address', target: '10.0.1.10:1688', code: '00000000' },
      ],
    });
    expect(assignmentsOf(machine)).toEqual(before);
  });

  it.each(['SetKeyManagementServiceMachine', 'SetKeyManagementServicePort', 'Activate', 'RefreshLicenseStatus'])(
    'puts back what was assigned when %s fails',
    (method) => {
      const machine = machineFor(step, broken(`method:SoftwareLicensingService.${method}`));
      const before = assignmentsOf(machine);
      ran(machine, step);

      expect(assignmentsOf(machine)).toEqual(before);
    },
  );

  it('puts back, a day later, what a run that died had set', () => {
    const machine = machineFor(step, broken('dies:Activate'));
    const before = assignmentsOf(machine);
    const { document, options } = step;
    const died = runChange({ document, operation: OPERATION, options: encoded(options) }, machine.surface());
    expect([died.stdout, assignmentsOf(machine).machine]).toEqual(['', ['gone.corp.example', 1688]]);

    machine.node.windows.broken = {};
    machine.advance(86_400_000);

    expect(ran(machine, step).result).toBe('done');
    expect(assignmentsOf(machine)).toEqual(before);
  });
});

describe('a machine’s memory of an operation', () => {
  const step = STEPS['assign a name'];

  it('answers a repeat with the first result and does nothing', () => {
    const machine = machineFor(step);
    const first = ran(machine, step);
    machine.node.windows.kmsHost = 'changed.since.example';
    machine.advance(60_000);

    expect(ran(machine, step)).toEqual({ ...first, again: true });
    expect(machine.node.windows.kmsHost).toBe('changed.since.example');
  });

  it('does another operation, though it wishes the same', () => {
    const machine = machineFor(step);
    ran(machine, step);

    expect(ran(machine, { ...step, operation: 'c4k7m2q9xd-0002' })).toMatchObject({ result: 'moved', again: false });
  });

  it('takes up an operation whose first run died half way', () => {
    const machine = machineFor(
      STEPS['back to discovery'],
      broken('dies:SoftwareLicensingProduct.ClearKeyManagementServiceMachine'),
    );
    const { document, options } = STEPS['back to discovery'];
    runChange({ document, operation: OPERATION, options: encoded(options) }, machine.surface());
    machine.node.windows.broken = {};

    expect(ran(machine, STEPS['back to discovery'])).toMatchObject({ result: 'done', again: false });
    expect(assignmentsOf(machine)).toEqual({ machine: ['', 0], product: ['', 0] });
  });

  it('is not believed where a user could have written it', () => {
    const machine = machineFor(step, ({ memory }) => {
      memory.folders['C:\\ProgramData\\KmsBot'] = { owner: 'S-1-5-21-1-2-3-1001', link: false, protected: false };
    });

    expect(ran(machine, step)).toMatchObject({ result: 'failed', step: 'memory', code: '8007051B' });
    expect(machine.node.windows.kmsHost).toBe('');
  });

  it('is written before the first effect: where it cannot be, nothing is changed', () => {
    const machine = machineFor(step, broken('memory:write', '80070070'));

    expect(ran(machine, step)).toMatchObject({ result: 'failed', step: 'memory', code: '80070070' });
    expect(machine.node.windows.kmsHost).toBe('');
  });

  it('lets a second change wait for the first, and give up after half a minute', () => {
    const machine = changeMachine();
    const slow = { document: 'KmsBot-Activate', options: {} } as const;
    ran(machine, slow);
    machine.advance(2000);
    expect(ran(machine, { ...step, operation: 'c4k7m2q9xd-0002' }).result).toBe('busy');
    machine.advance(20_000);
    expect(ran(machine, { ...step, operation: 'c4k7m2q9xd-0003' }).result).toBe('done');
  });
});

describe('KmsBot-SetClient', () => {
  it.each([
    ['KMS only', (machine: ChangeMachine) => machine.product.activationTypeEnabled, 2],
    ['any type of activation', (machine: ChangeMachine) => machine.product.activationTypeEnabled, 0],
    ['caching off', (machine: ChangeMachine) => machine.node.windows.hostCaching, false],
    ['caching on', (machine: ChangeMachine) => machine.node.windows.hostCaching, true],
    ['lookup domain', (machine: ChangeMachine) => machine.node.windows.lookupDomain, 'corp.example'],
    ['no lookup domain', ({ node, product }: ChangeMachine) => node.windows.lookupDomain + product.lookupDomain, ''],
  ] as const)('sets %s', (name, shown, wanted) => {
    const step: ChangeStep = STEPS[name];
    const machine = machineFor(step);

    expect(ran(machine, step).result).toBe('done');
    expect(shown(machine)).toBe(wanted);
  });

  it('empties the resolver’s cache even where the licence cannot be read', () => {
    const machine = machineFor(STEPS['flush the resolver'], broken('cim:SoftwareLicensingService', '80041010'));

    const record = ran(machine, STEPS['flush the resolver']);

    expect(record.result).toBe('done');
    expect(record).not.toHaveProperty('before');
  });

  it('says that an older Windows has no command for it', () => {
    const machine = machineFor(STEPS['flush the resolver'], broken('command:Clear-DnsClientCache'));

    expect(ran(machine, STEPS['flush the resolver'])).toMatchObject({ result: 'refused', why: 'no-command' });
  });
});

describe('a machine of the small world', () => {
  it('is activated by the host that its zone does not name', () => {
    const machine = changeMachine();
    assignedWell(machine);
    expect(machine.world.attemptActivation(machine.node.id).hresult).toBe('00000000');
    assignedEverywhere(machine);
    expect(machine.world.attemptActivation(machine.node.id).hresult).toBe('C004F074');
  });
});
