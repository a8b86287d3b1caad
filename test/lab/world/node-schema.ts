/** The shape of a machine as `PUT /lab/nodes/<id>` takes it: every field by name, nothing else, none required. */
import { z } from 'zod';

const LISTS = {
  instanceState: ['pending', 'running', 'stopping', 'stopped', 'shutting-down', 'terminated'],
  generation: ['2012R2', '2016', '2019', '2022', '2025', '10', '11'],
  language: ['en-US', 'ja-JP', 'de-DE'],
  keyGroup: ['2012R2', '2016', '2019', '2022', '2025', '10'],
  serviceState: ['Running', 'Stopped'],
  startMode: ['Auto', 'Manual', 'Disabled'],
  log: ['Application', 'Key Management Service'],
  profile: ['domain', 'private', 'public'],
  from: ['instance', 'agent'],
  otherProgram: ['rpc', 'http', 'closed', 'silent'],
} as const;

const hresult = z.string().regex(/^[0-9A-F]{8}$/, 'eight upper-case hex digits');
const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a lower-case GUID');
const port = z.number().int().min(0).max(65_535);
const count = z.number().int().min(0);
const ms = z.number().int();
/** Windows allows computer names of 15 characters; these few never stand in one. */
const computerName = z
  .string()
  .min(1)
  .max(15)
  .regex(/^[^\\/:*?"<>|\s.]+$/, 'a computer name');

const product = z.strictObject({
  id: guid,
  app: z.enum(['windows', 'office']),
  name: z.string(),
  description: z.string(),
  family: z.string(),
  partialKey: z.string().max(5),
  channel: z.string(),
  status: z.union([0, 1, 2, 3, 4, 5, 6].map((value) => z.literal(value as 0 | 1 | 2 | 3 | 4 | 5 | 6))),
  statusReason: hresult,
  endsAtMs: ms,
  activationType: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  activationTypeEnabled: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  kmsHost: z.string(),
  kmsPort: port,
  lookupDomain: z.string(),
  discoveredHost: z.string(),
  discoveredPort: port,
  discoveredAddress: z.string(),
});

const adapter = z.strictObject({
  addresses: z.array(z.string()),
  gateways: z.array(z.string()),
  dnsServers: z.array(z.string()),
  suffix: z.string(),
});

const contacts = z.record(z.string(), z.strictObject({ atMs: ms, name: z.string(), requiredCount: count }));
const profiles = z.array(z.enum(LISTS.profile));

const kmsRule = z.strictObject({ enabled: z.boolean(), port, profiles });

const kmsHostRole = z.strictObject({
  keyGroup: z.enum(LISTS.keyGroup),
  activated: z.boolean(),
  listeningPort: port,
  nextPort: port.optional(),
  publishing: z.boolean(),
  publishDomains: z.array(z.string()).optional(),
  firewallOpen: z.boolean(),
  firewallProfiles: profiles.optional(),
  firewallPort: port.optional(),
  lowPriority: z.boolean().optional(),
  busy: z.boolean().optional(),
  portTakenBy: z.enum(LISTS.otherProgram).optional(),
  office: z.strictObject({ activated: z.boolean(), contacts }).optional(),
  activationIntervalMinutes: count,
  renewalIntervalMinutes: count,
  contacts,
  totals: z.strictObject({ total: count, failed: count, byStatus: z.array(count) }),
});

const windows = z.strictObject({
  generation: z.enum(LISTS.generation),
  build: z.string().regex(/^\d+\.\d+$/, 'build and revision, e.g. 20348.2031'),
  edition: z.string().min(1),
  sku: count,
  productType: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  domainRole: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
  domain: z.string(),
  language: z.enum(LISTS.language),
  cmid: guid,
  products: z.array(product.partial()),
  kmsHost: z.string(),
  kmsPort: port,
  lookupDomain: z.string(),
  hostCaching: z.boolean(),
  rearmsLeft: count,
  skipRearm: z.boolean(),
  adapters: z.array(adapter.partial()),
  primarySuffix: z.string(),
  searchList: z.array(z.string()),
  clockOffsetSeconds: z.number(),
  service: z.strictObject({ state: z.enum(LISTS.serviceState), startMode: z.enum(LISTS.startMode) }).partial(),
  egressBlocked: z.array(port),
  firewall: z.strictObject({ on: profiles, active: z.enum(LISTS.profile) }).nullable(),
  kmsRules: z.strictObject({ builtIn: profiles.optional(), own: kmsRule.optional() }).nullable(),
  features: z.array(z.string()).nullable(),
  licensingFault: hresult.nullable(),
  rearmed: z.boolean().nullable(),
  restartAtMs: ms.nullable(),
  backAtMs: ms.nullable(),
  bootedAtMs: ms.nullable(),
  routes: z.array(z.tuple([z.string(), z.string(), count, count])),
  kmsHostRole: kmsHostRole.partial().nullable(),
  broken: z.record(z.string(), z.strictObject({ hresult, afterMs: count.optional() })),
  events: z.array(z.strictObject({ id: count, atMs: ms, data: z.array(z.string()), log: z.enum(LISTS.log) })),
});

const node = z.strictObject({
  id: z.string(),
  site: z.string(),
  name: computerName,
  platform: z.enum(['windows', 'linux']),
  instanceState: z.enum(LISTS.instanceState),
  agent: z
    .strictObject({ registered: z.boolean(), online: z.boolean(), version: z.string(), lastPingMs: ms })
    .partial(),
  tags: z.record(z.string(), z.string()),
  imageId: z.string(),
  vpc: z.string(),
  subnet: z.string(),
  usageOperation: z.string(),
  billingProducts: z.array(z.string()).nullable(),
  role: z.strictObject({ name: z.string().min(1), from: z.enum(LISTS.from), readsSecrets: z.boolean() }).nullable(),
  tools: z.boolean().nullable(),
  internet: z.boolean().nullable(),
  windows: windows.partial(),
});

const nodeBody = node.partial();

/** A machine, or the part of one, that a caller named. */
export type NodeBody = z.infer<typeof nodeBody>;
/** The part of a body that describes Windows. */
export type WindowsBody = NonNullable<NodeBody['windows']>;

/** A body that is no machine. The message names the field with its path and says what was wrong. */
export class InvalidNode extends Error {
  override readonly name = 'InvalidNode';
}

/** Reads a body. @throws InvalidNode with every fault found, unknown fields by their path. */
export function readNodeBody(body: unknown): NodeBody {
  const read = nodeBody.safeParse(body);
  if (read.success) return read.data;
  throw new InvalidNode(read.error.issues.map(faultOf).join('; '));
}

function faultOf(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return `${path === '' ? 'the body' : path}: ${issue.message}`;
  const fields = issue.keys.map((key) => (path === '' ? key : `${path}.${key}`));
  return `${fields.join(', ')}: no such field`;
}
