/** The changing documents through Systems Manager, as anybody with the right would send them. */
import { GetCommandInvocationCommand, SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChangeOptions } from '../../bot/domain/change/change-wire.ts';
import { readChangeOutput } from '../../bot/domain/change/parse-change.ts';
import type { Lab } from '../lab/lab.ts';
import { plainJson } from './support/plain-http.ts';
import { startSmallLab } from './support/small-lab.ts';

const OPERATION = 'c4k7m2q9xd-0001';
const DISCOVER: ChangeOptions = { svc: null, prod: null, expect: { svc: ['kms-old.corp.example', 0], prod: null } };

let lab: Lab;

beforeEach(async () => {
  lab = await startSmallLab();
});

afterEach(() => lab.close());

const machine = () => {
  const node = lab.world.state.nodes.find(({ name }) => name === 'web-01');
  if (node?.windows === undefined) throw new Error('there is no web-01');
  return { id: node.id, windows: node.windows };
};

const clientOf = (who: 'change' | 'administrator') =>
  new SSMClient({
    region: 'ap-northeast-1',
    endpoint: `${lab.url}/aws`,
    credentials: (who === 'change' ? lab.principals.get(who) : undefined) ?? lab.administrator,
    maxAttempts: 1,
  });

const base64 = (options: object): string => Buffer.from(JSON.stringify(options)).toString('base64');

const send = async (DocumentName: string, Operation: string, Options: string) => {
  const { Command } = await clientOf('change').send(
    new SendCommandCommand({
      DocumentName,
      Targets: [{ Key: 'InstanceIds', Values: [machine().id] }],
      Parameters: { Operation: [Operation], Options: [Options] },
    }),
  );
  return Command?.CommandId ?? '';
};

/** Sends and lets simulated time run until it is over. */
const ran = async (document: string, options: object) => {
  const CommandId = await send(document, OPERATION, base64(options));
  await plainJson(lab.url, 'POST', '/lab/settle', {});
  const { Status, StandardOutputContent = '' } = await clientOf('administrator').send(
    new GetCommandInvocationCommand({ CommandId, InstanceId: machine().id }),
  );
  return { status: Status, reading: readChangeOutput(StandardOutputContent) };
};

it('sends a machine back to discovery once, however often the command is sent', async () => {
  machine().windows.kmsHost = 'kms-old.corp.example';

  expect(await ran('KmsBot-AssignHost', DISCOVER)).toMatchObject({
    status: 'Success',
    reading: { record: { result: 'done', again: false, operation: OPERATION, after: { assigned: null } } },
  });
  machine().windows.kmsHost = 'somebody.else.example';
  expect(await ran('KmsBot-AssignHost', DISCOVER)).toMatchObject({
    reading: { record: { result: 'done', again: true } },
  });
  expect(machine().windows.kmsHost).toBe('somebody.else.example');
});

it('waits in vain for a machine whose agent dies half way, and the next command puts that right', async () => {
  machine().windows.kmsHost = 'kms-old.corp.example';
  machine().windows.broken['dies:ClearKeyManagementServicePort'] = { hresult: '80004005' };

  expect(await ran('KmsBot-AssignHost', DISCOVER)).toMatchObject({
    status: 'TimedOut',
    reading: { kind: 'unreadable' },
  });

  machine().windows.broken = {};
  expect(await ran('KmsBot-AssignHost', DISCOVER)).toMatchObject({
    reading: { record: { result: 'done', again: false } },
  });
  expect(machine().windows.kmsHost).toBe('');
});

it.each([
  ['a quote', `c4k7m2q9xd'; exit 5; '`, 'e30='],
  ['a subexpression', 'c4k7m2q9xd', '$(Set-Content hurt x)'],
  ['a backtick', 'c4k7m2q9xd`n', 'e30='],
  ['a line end', 'c4k7m2q9xd\nexit', 'e30='],
  ['another parameter', '{{ssm:other}}', 'e30='],
  ['a unicode quote', 'c4k7m2q9xd', '\u2019; exit 5; \u2018'],
  ['a unicode dash', 'c4k7m2q9xd\u2013', 'e30='],
  ['too much', 'c4k7m2q9xd', 'A'.repeat(3001)],
])('is refused %s before any machine sees it', async (_, operation, options) => {
  await expect(send('KmsBot-Activate', operation, options)).rejects.toMatchObject({ name: 'InvalidParameters' });
});
