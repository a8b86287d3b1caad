/** Two small simulated accounts behind a real HTTP server, for tests: hand-made machines and a runner that is told what to say. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLabClock } from '../lab-clock.ts';
import { random } from '../random.ts';
import type { DocumentRun, LabNode, LabZone, World, WorldState } from '../world/types.ts';
import { type AwsAccounts, createAwsAccounts } from './account.ts';
import type { ThrottleSettings } from './throttle.ts';
import type { ActiveFault, LabRole, PolicyDocument, Principal, WireExchange } from './types.ts';

export const TOKYO = { id: 'tokyo', account: '111122223333', region: 'ap-northeast-1' } as const;
export const FRANKFURT = { id: 'frankfurt', account: '444455556666', region: 'eu-central-1' } as const;

/** Signs as somebody who may do everything in the account of Tokyo. */
export const ADMINISTRATOR: Principal = {
  accessKeyId: 'AKIALABADMINISTRATOR',
  secretAccessKey: 'administrator-secret',
  arn: `arn:aws:iam::${TOKYO.account}:user/administrator`,
  account: TOKYO.account,
  policies: 'administrator',
};

/** Signs as a function whose role has these statements. */
export function functionPrincipal(...statements: PolicyDocument['Statement'][]): Principal {
  return {
    accessKeyId: 'AKIALABOBSERVE000000',
    secretAccessKey: 'observe-secret',
    arn: `arn:aws:sts::${TOKYO.account}:assumed-role/observe/observe`,
    account: TOKYO.account,
    policies: statements.map((Statement) => ({ Version: '2012-10-17', Statement })),
  };
}

/** An online Windows machine in Tokyo with the fleet's tag, but for what is given. */
export function testNode(id: string, overrides: Partial<LabNode> = {}): LabNode {
  return {
    id,
    site: TOKYO.id,
    name: `N-${id.slice(-4)}`.toUpperCase(),
    platform: 'windows',
    instanceState: 'running',
    agent: { registered: true, online: true, version: '3.3.3050.0', lastPingMs: 0 },
    tags: { KmsManaged: 'true', Name: id },
    imageId: 'ami-00000000000000001',
    vpc: 'vpc-00000000000000001',
    subnet: 'subnet-00000000000000001',
    usageOperation: 'RunInstances:0800',
    billingProducts: null,
    ...overrides,
  };
}

/** `i-` and the number in seventeen hexadecimal digits. */
export function nodeId(number: number): string {
  return `i-${number.toString(16).padStart(17, '0')}`;
}

/** A document of one PowerShell step, with a parameter that is checked. */
export const TEST_DOCUMENT = {
  schemaVersion: '2.2',
  description: 'Reads and changes nothing.',
  parameters: {
    Mode: { type: 'String', default: 'all', allowedPattern: '^[a-z]{1,8}$' },
    Nodes: { type: 'StringList', default: [], maxItems: 3 },
  },
  mainSteps: [
    {
      action: 'aws:runPowerShellScript',
      name: 'inspect',
      precondition: { StringEquals: ['platformType', 'Windows'] },
      inputs: { timeoutSeconds: '120', runCommand: ['exit 0'] },
    },
  ],
};

export interface AccountsSetup {
  readonly nodes?: LabNode[];
  readonly zones?: LabZone[];
  readonly principals?: Principal[];
  readonly roles?: LabRole[];
  readonly throttle?: ThrottleSettings;
  readonly isDead?: (traceId: string | undefined) => boolean;
  readonly callerOf?: (traceId: string | undefined) => string | undefined;
  /** What a machine answers; two seconds and a short line by default. */
  readonly run?: (nodeId: string, parameters: Readonly<Record<string, readonly string[]>>) => DocumentRun;
}

export interface AccountsUnderTest {
  readonly accounts: AwsAccounts;
  readonly clock: ReturnType<typeof createLabClock>;
  /** Base of every service, a path prefix included. */
  readonly url: string;
  readonly world: World;
  readonly faults: ActiveFault[];
  readonly exchanges: WireExchange[];
  /** Nodes in the order in which the document began to run on them. */
  readonly ran: string[];
  /** Errors of the lab itself, which no test should see unless it made them. */
  readonly errors: unknown[];
  /** Options of an SDK client that signs as this principal. */
  client(principal?: Principal, region?: string): ClientOptions;
  close(): Promise<void>;
}

export interface ClientOptions {
  readonly region: string;
  readonly endpoint: string;
  readonly maxAttempts: 1;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

const ANSWER: DocumentRun = { seconds: 2, exitCode: 0, stdout: 'KMSBOT1 {}\r\n', stderr: '' };

/** Starts both accounts with `KmsBot-Inspect` registered in each. */
export async function startAccounts(setup: AccountsSetup = {}): Promise<AccountsUnderTest> {
  const clock = createLabClock();
  const world = testWorld(setup);
  const faults: ActiveFault[] = [];
  const exchanges: WireExchange[] = [];
  const ran: string[] = [];
  const errors: unknown[] = [];
  const accounts = await createAwsAccounts({
    clock,
    random: random(1),
    world,
    record: (exchange) => exchanges.push(exchange),
    faults: () => faults,
    principals: setup.principals ?? [ADMINISTRATOR],
    roles: setup.roles ?? [],
    home: TOKYO,
    run: async (id, _document, parameters) => {
      ran.push(id);
      return setup.run?.(id, parameters) ?? ANSWER;
    },
    onError: (error) => errors.push(error),
    ...(setup.throttle === undefined ? {} : { throttle: setup.throttle }),
    ...(setup.isDead === undefined ? {} : { isDead: setup.isDead }),
    ...(setup.callerOf === undefined ? {} : { callerOf: setup.callerOf }),
  });
  for (const site of [TOKYO, FRANKFURT]) {
    accounts.ssm.registerDocument({
      ...site,
      name: 'KmsBot-Inspect',
      content: TEST_DOCUMENT,
      platformTypes: ['Windows', 'Linux'],
    });
  }
  const server = createServer((req, res) => {
    void accounts.endpoint(req, res, (req.url ?? '/').replace(/^\/aws/, ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/aws`;
  return {
    accounts,
    clock,
    url,
    world,
    faults,
    exchanges,
    ran,
    errors,
    client: (principal = ADMINISTRATOR, region = TOKYO.region) => ({
      region,
      endpoint: url,
      maxAttempts: 1,
      credentials: principal,
    }),
    close: async () => {
      clock.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await accounts.close();
    },
  };
}

function testWorld({ nodes = [], zones = [] }: AccountsSetup): World {
  const state: WorldState = {
    sites: [TOKYO, FRANKFURT],
    nodes,
    vpcs: [
      {
        id: 'vpc-00000000000000001',
        site: TOKYO.id,
        cidr: '10.0.0.0/16',
        dhcpDomain: 'corp.example.com',
        resolver: '10.0.0.2',
      },
    ],
    zones,
    foreignHosts: [],
    blocked: [],
  };
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const notHere = (): never => {
    throw new Error('not part of this world');
  };
  return {
    state,
    node: (id) => byId.get(id),
    putNode: notHere,
    catchUp: () => {},
    attemptActivation: notHere,
    surface: notHere,
    changeSurface: notHere,
    memory: notHere,
    resolve: notHere,
  };
}
