import { ssmManagedNodes } from '../../bot/aws/managed-nodes.ts';
import { ssmRunCommand } from '../../bot/aws/run-command.ts';
import { siteClients } from '../../bot/aws/sites.ts';
import { inspectDocument } from '../../infra/lib/documents.ts';
import { fleetContract, MACHINES, type MachineSpec } from '../contracts/fleet-contract.ts';
import { type FleetMachine, memoryFleet } from '../fakes/memory-fleet.ts';
import { simulatedTime } from '../fakes/simulated-time.ts';
import { FRANKFURT, functionPrincipal, startAccounts, TOKYO, testNode } from '../lab/aws/accounts-under-test.ts';
import type { LabRole, PolicyDocument } from '../lab/aws/types.ts';

const fleetTag = { key: 'KmsManaged', value: 'true' };
const tagsOf = (spec: MachineSpec) => ({
  ...spec.tags,
  ...(spec.inFleet ? { KmsManaged: 'true' } : {}),
  Name: spec.name,
});

const presenceOf = (spec: MachineSpec): FleetMachine['node']['presence'] => {
  switch (spec.state) {
    case 'online':
      return { kind: 'online' };
    case 'offline':
      return { kind: 'offline', lastSeenMs: 5_000 };
    case 'stopped':
      return { kind: 'not-running', instanceState: 'stopped' };
    case 'no-agent':
      return { kind: 'no-agent' };
  }
};

const behaviourOf = ({ state, platform, run }: MachineSpec): FleetMachine['behaviour'] => {
  if (platform !== 'windows') return { afterSeconds: 0, answer: { kind: 'none', why: { kind: 'invalid-platform' } } };
  if (state === 'offline') return { afterSeconds: 60, answer: { kind: 'none', why: { kind: 'delivery-timed-out' } } };
  if (state !== 'online') return { afterSeconds: 0, answer: { kind: 'none', why: { kind: 'undeliverable' } } };
  const { seconds = 0, exitCode = 0, stdout = '' } = run ?? {};
  if (exitCode === 0) return { afterSeconds: seconds, answer: { kind: 'output', text: stdout } };
  return { afterSeconds: seconds, answer: { kind: 'none', why: { kind: 'failed', exitCode } } };
};

const inMemory = (spec: MachineSpec): FleetMachine => ({
  node: {
    id: spec.id,
    siteId: spec.site,
    name: spec.name,
    platform: spec.platform,
    presence: presenceOf(spec),
    inFleet: spec.inFleet,
    tags: tagsOf(spec),
  },
  behaviour: behaviourOf(spec),
  ...(spec.inFleet ? {} : { beyondTheFleet: true }),
});

fleetContract('in memory', async () => {
  const time = simulatedTime();
  const { nodes, runCommand, sent } = memoryFleet(time.now, MACHINES.map(inMemory));
  return {
    nodes,
    runCommand,
    tokyo: TOKYO,
    frankfurt: FRANKFURT,
    now: time.now,
    advance: async (seconds) => time.advance(seconds * 1000),
    sent: () => sent.length,
    close: async () => {},
  };
});

const READ: PolicyDocument['Statement'] = {
  Effect: 'Allow',
  Action: [
    'ssm:ListCommands',
    'ssm:ListCommandInvocations',
    'ssm:DescribeInstanceInformation',
    'ec2:DescribeInstances',
  ],
  Resource: '*',
};
const SEND: PolicyDocument['Statement'] = [
  { Effect: 'Allow', Action: 'ssm:SendCommand', Resource: 'arn:aws:ssm:*:*:document/KmsBot-Inspection' },
  {
    Effect: 'Allow',
    Action: 'ssm:SendCommand',
    Resource: ['arn:aws:ec2:*:*:instance/*', 'arn:aws:ssm:*:*:managed-instance/*'],
    Condition: { StringEquals: { 'aws:ResourceTag/KmsManaged': 'true' } },
  },
];
const ROLE = `arn:aws:iam::${FRANKFURT.account}:role/kms-bot-site-frankfurt`;
const ENTER: PolicyDocument['Statement'] = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ROLE };

const inLab = (spec: MachineSpec) =>
  testNode(spec.id, {
    site: spec.site,
    name: spec.name,
    platform: spec.platform,
    instanceState: spec.state === 'stopped' ? 'stopped' : 'running',
    agent: {
      registered: spec.state !== 'no-agent',
      online: spec.state === 'online',
      version: '3.3.3050.0',
      lastPingMs: 5_000,
    },
    tags: tagsOf(spec),
  });

fleetContract('over AWS', async () => {
  const observe = functionPrincipal(READ, SEND, ENTER);
  const role: LabRole = {
    arn: ROLE,
    account: FRANKFURT.account,
    trusts: [observe.arn],
    policies: [{ Statement: READ }, { Statement: SEND }],
  };
  const runs = new Map(MACHINES.map((spec) => [spec.id, spec.run]));
  const lab = await startAccounts({
    nodes: MACHINES.map(inLab),
    principals: [observe],
    roles: [role],
    run: (nodeId) => ({ seconds: 1, exitCode: 0, stdout: '', stderr: '', ...runs.get(nodeId) }),
  });
  const document = { name: 'KmsBot-Inspection', content: inspectDocument(), platformTypes: ['Windows' as const] };
  for (const site of [TOKYO, FRANKFURT]) lab.accounts.ssm.registerDocument({ ...site, ...document });
  const env = {
    AWS_REGION: TOKYO.region,
    AWS_ENDPOINT_URL: lab.url,
    AWS_ACCESS_KEY_ID: observe.accessKeyId,
    AWS_SECRET_ACCESS_KEY: observe.secretAccessKey,
  };
  const clientsOf = siteClients({ env, clock: lab.clock.now, functionName: 'observe' });
  return {
    nodes: ssmManagedNodes({ clientsOf, fleetTag, functionName: 'observe' }),
    runCommand: ssmRunCommand({
      clientsOf,
      fleetTag,
      document: { name: document.name, version: '$DEFAULT' },
      knownHosts: [],
      functionName: 'observe',
    }),
    tokyo: TOKYO,
    frankfurt: { ...FRANKFURT, roleArn: ROLE },
    now: lab.clock.now,
    advance: (seconds) => lab.clock.advance(seconds * 1000),
    sent: () => lab.exchanges.filter((exchange) => exchange.operation === 'ssm:SendCommand').length,
    close: lab.close,
  };
});
