/** The whole lab: a simulated account, fleet and workspace on one machine, in which the production functions run. */
import { parseConfig } from '../../infra/lib/config.ts';
import type { AwsAccounts } from './aws/account.ts';
import type { Lambda } from './aws/lambda/lambda.ts';
import type { NodeHttp } from './aws/node-endpoint.ts';
import type { LabRole, Principal } from './aws/types.ts';
import type { LabClock } from './clock.ts';
import { deployFunctions, keyOf } from './deployed.ts';
import { directoriesOf } from './directories.ts';
import { startLabDns } from './dns/lab-dns.ts';
import { withDocumentFaults } from './document-faults.ts';
import { documentRunner, type RunOnSurface, runModel } from './document-runner.ts';
import { createFaults, type Faults } from './faults.ts';
import { listen } from './http/listen.ts';
import { serve } from './http/serve.ts';
import { type KmsHostListener, startKmsHosts } from './kms/hosts.ts';
import { createLabClock } from './lab-clock.ts';
import { labChanges, labRights } from './lab-rights.ts';
import { labZones } from './lab-zones.ts';
import { refuseLeftBehind } from './left-behind.ts';
import type { LabOptions } from './options.ts';
import { random as seededRandom } from './random.ts';
import { installedManifest } from './slack/installed-manifest.ts';
import { createWorkspace, type Workspace } from './slack/workspace.ts';
import { startAccounts } from './start-accounts.ts';
import { type Deployment, synthesise } from './synthesised.ts';
import { createWireLog, type WireLog } from './wire.ts';
import { seededWorld } from './world/seeded-world.ts';
import type { WorldState } from './world/types.ts';
import { createWorld, type LabWorld, nobodyAnswers } from './world/world.ts';

export interface Lab {
  readonly url: string;
  readonly clock: LabClock;
  readonly world: LabWorld;
  readonly workspace: Workspace;
  readonly wire: WireLog;
  readonly faults: Faults;
  readonly lambda: Lambda;
  readonly aws: AwsAccounts;
  readonly administrator: Principal;
  /** Each function's role at work, by `slack`, `observe` and `change`; their policies may be changed. */
  readonly principals: ReadonlyMap<string, Principal>;
  readonly roles: readonly LabRole[];
  readonly kmsHosts: readonly KmsHostListener[];
  readonly ports: {
    readonly http: number;
    readonly dns: number;
    readonly dynamodb: number;
    readonly dnsByVpc: Readonly<Record<string, number>>;
  };
  /** Most memory that observe's own process has had resident, where it has one. */
  observeRssMb(): Promise<number | undefined>;
  close(): Promise<void>;
}

/** What tests and benchmarks choose beyond the command line. */
export interface LabSetup extends LabOptions {
  /** False: deployed as it is by default, so that nothing can be changed. */
  readonly changes?: boolean;
  /** Lines of the configuration instead of those that give everybody the rights of `GET /lab`. */
  readonly rights?: readonly unknown[];
  /** Lines of the configuration instead of those that name the zones of the seeded world. */
  readonly zones?: readonly unknown[];
  /** Instead of the seeded world. */
  readonly state?: WorldState;
  readonly runDocument?: RunOnSurface;
  /** Path of observe's built bundle, to run it in a process of its own. */
  readonly observeBundle?: string;
  readonly closeDocuments?: () => Promise<void>;
  /** Whether closing looks for secrets that were left behind, and fails where there are any; unless said, as the environment says. */
  readonly examined?: boolean;
}

/** Everything that is not on a wire: time, chance, the world, what is broken in it, and what was seen. */
const createMatter = ({ seed, nodes, state }: LabSetup, workspace: () => Workspace) => {
  const random = seededRandom(seed);
  const clock = createLabClock();
  const wire = createWireLog();
  const sized = nodes === undefined ? {} : { nodes };
  // AWS comes after the world, and the world's machines ask AWS.
  const net: { http?: NodeHttp } = {};
  const http: NodeHttp = (node, request) => (net.http ?? nobodyAnswers)(node, request);
  const world = createWorld({
    state: state ?? seededWorld({ seed, nowMs: clock.now(), ...sized }),
    clock,
    random,
    http,
  });
  const faults = createFaults(
    () => world,
    () => clock.now(),
    directoriesOf(world, workspace),
  );
  const context = { clock, random, world, record: wire.record, faults: faults.active };
  return { clock, random, wire, world, faults, context, net };
};

/** What `cdk deploy` would deploy for this workspace, these sites and this language. */
const deploymentFor = (workspace: Workspace, state: WorldState, setup: LabSetup): Deployment => {
  const { teamId, botId, botUserId } = workspace;
  const { language = 'en', rights = labRights(workspace), changes = true } = setup;
  const { zones = labZones(state, changes) } = setup;
  const switchedOn = changes ? { changes: labChanges(workspace) } : {};
  const written = { teamId, botId, botUserId, sites: state.sites, language, rights, zones, ...switchedOn };
  return synthesise(parseConfig(written, 'the lab'));
};

/** A value that somebody waits for before it is there. */
const promised = <T>() => {
  let keep: (value: T) => void = () => {};
  const value = new Promise<T>((resolve) => {
    keep = resolve;
  });
  return { value, keep };
};

/** Starts a fresh lab; it is ready when this resolves. */
export const createLab = async (options: LabSetup): Promise<Lab> => {
  const { clock, random, wire, world, faults, context, net } = createMatter(options, () => workspace);
  const [home] = world.state.sites;
  if (home === undefined) throw new Error('A world needs a site');
  const { server, port, url, close: closePort } = await listen(options.port);
  const lab = promised<Lab>();
  serve(server, lab.value);
  const addresses = { botUrl: () => `${url}/slack/events`, baseUrl: () => url };
  const workspace: Workspace = createWorkspace({ ...context, ...addresses, manifest: installedManifest() });
  const deployment = deploymentFor(workspace, world.state, options);
  const run = withDocumentFaults(documentRunner(world, options.runDocument ?? runModel), world, faults);
  const accounts = await startAccounts(context, { deployment, home, run, secret: workspace, ssmRate: options.ssmRate });
  const { aws, lambda, administrator, principals, roles } = accounts;
  net.http = accounts.nodeHttp;
  const functions = await deployFunctions({
    functions: deployment.functions,
    principals,
    region: home.region,
    baseUrl: url,
    lambda,
    now: () => clock.now(),
    random,
    ...(options.observeBundle === undefined ? {} : { observeBundle: options.observeBundle }),
  });
  const [dns, kmsHosts] = await Promise.all([startLabDns(world, options.port), startKmsHosts(world)]);
  const isExamined = options.examined ?? process.env.KMS_LAB_EXAMINED === 'true';
  const shutDown = async (): Promise<void> => {
    clock.stop();
    functions.close();
    await closePort();
    await Promise.all([dns.close(), ...kmsHosts.map((host) => host.close())]);
    await aws.close();
    await options.closeDocuments?.();
  };
  const close = async (): Promise<void> => {
    try {
      if (isExamined) await refuseLeftBehind(await lab.value);
    } finally {
      await shutDown();
    }
  };
  lab.keep({
    ...{ url, clock, world, workspace, wire, faults, lambda, aws, administrator, roles, kmsHosts, close },
    principals: new Map(deployment.functions.map((fn) => [keyOf(fn), principals.get(fn.arn) ?? administrator])),
    ports: { http: port, dns: dns.port, dynamodb: aws.dynamoDb.port, dnsByVpc: dns.byVpc },
    observeRssMb: functions.observeRssMb,
  });
  return lab.value;
};
