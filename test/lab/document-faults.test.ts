import { beforeEach, describe, expect, it } from 'vitest';
import { directoriesOf } from './directories.ts';
import { withDocumentFaults } from './document-faults.ts';
import { createFaults, type Faults } from './faults.ts';
import type { Workspace } from './slack/workspace.ts';
import type { DocumentRun } from './world/types.ts';
import { type WorldUnderTest, worldUnderTest } from './world/world-under-test.ts';

const DONE: DocumentRun = { seconds: 2, exitCode: 0, stdout: 'KMSBOT1 {}\r\n', stderr: '' };
/** The only parts of a workspace that names are looked up in. */
const PEOPLE = {
  people: [{ id: 'U0KEN', name: 'ken' }],
  userGroups: [{ id: 'S0APPROVERS', handle: 'kms-approvers' }],
} as unknown as Workspace;

let lab: WorldUnderTest;
let faults: Faults;
let ran: string[];
let run: (name: string, document?: string) => Promise<DocumentRun>;

beforeEach(() => {
  lab = worldUnderTest();
  ran = [];
  faults = createFaults(
    () => lab.world,
    () => lab.now(),
    directoriesOf(lab.world, () => PEOPLE),
  );
  const runner = withDocumentFaults(
    async (nodeId) => {
      ran.push(nodeId);
      return DONE;
    },
    lab.world,
    faults,
  );
  run = (name, document = 'KmsBot-Activate') =>
    runner(lab.machine(name).id, { name: document, version: '1', content: {} }, {});
});

const isOnline = (name: string) => lab.machine(name).agent.online;

describe('agent-lost', () => {
  it('silences the agent of a machine once it has run the document, until everything is mended', async () => {
    faults.add({ fault: 'agent-lost', target: 'WEB-01' });

    expect(await run('web-01')).toEqual(DONE);
    expect(ran).toEqual([lab.machine('web-01').id]);
    expect(isOnline('web-01')).toBe(false);
    faults.clear();
    expect(isOnline('web-01')).toBe(true);
  });

  it('silences it before the document has run, where that is asked for', async () => {
    faults.add({ fault: 'agent-lost', target: 'web-01', before: true });

    expect(await run('web-01')).not.toEqual(DONE);
    expect(ran).toEqual([]);
    expect(isOnline('web-01')).toBe(false);
  });

  it('strikes one machine, one document, and each once', async () => {
    faults.add({ fault: 'agent-lost', target: 'web-01', document: 'KmsBot-AssignHost', before: true });

    expect(await run('web-02', 'KmsBot-AssignHost')).toEqual(DONE);
    expect(await run('web-01', 'KmsBot-Inspect')).toEqual(DONE);
    expect(await run('web-01', 'KmsBot-AssignHost')).not.toEqual(DONE);
    expect(await run('web-01', 'KmsBot-AssignHost')).toEqual(DONE);
  });

  it('leaves a machine alone that was silent before', async () => {
    faults.add({ fault: 'agent-lost', target: 'web-01' });
    lab.machine('web-02').agent.online = false;

    await run('web-01');
    faults.clear();
    expect(isOnline('web-02')).toBe(false);
  });
});

it('document-stuck outlasts every limit of a step', async () => {
  faults.add({ fault: 'document-stuck', target: 'web-01' });

  expect((await run('web-01')).seconds).toBeGreaterThan(172_800);
  expect(ran).toEqual([]);
});

describe('a fault that names somebody or something', () => {
  it('takes names as people write them, and keeps ids', () => {
    const left = faults.add({ fault: 'person-left-group', target: '@Ken', group: 'kms-approvers' });
    const lost = faults.add({ fault: 'agent-lost', node: 'WEB-01' });

    expect(left).toMatchObject({ person: 'U0KEN', group: 'S0APPROVERS' });
    expect(lost).toMatchObject({ node: lab.machine('web-01').id });
  });

  it.each([
    [{ fault: 'person-left', target: 'nobody' }, 'person: there is no person nobody; there are ken'],
    [
      { fault: 'person-left-group', target: 'ken', group: 'kms-owners' },
      'group: there is no user group kms-owners; there are kms-approvers',
    ],
    [{ fault: 'agent-lost', target: 'web-1' }, 'node: there is no machine web-1; there are kms-01, '],
    [{ fault: 'document-stuck' }, 'node: document-stuck needs it'],
  ])('%j is refused with what exists', (request, message) => {
    expect(() => faults.add(request)).toThrow(message);
    expect(faults.active()).toEqual([]);
  });
});
