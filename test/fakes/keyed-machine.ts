/**
 * A Windows server in memory that takes keys, activates online or by telephone, rearms, restarts, and becomes a KMS host
 * and a client again: what the documents do, as far as operations depend on it. The lab and PowerShell are held to all of it.
 */

import { sha256 } from '../../bot/aws/audit.ts';
import type {
  DepositConfirmationIdOptions,
  InstallClientKeyOptions,
  InstallStoredKeyOptions,
  RearmOptions,
  SecretReference,
  SetHostOptions,
  WireChange,
} from '../../bot/domain/change/change-wire.ts';
import type { WireRecord } from '../../bot/domain/inspection-wire.ts';
import { hostKey, hostRecord, wireHost, wireRequests } from '../domain/hosts/sample-host.ts';
import { failing, wireProduct, wireRecord } from '../domain/sample-record.ts';
import type { Behaviour, ChangeRun, FleetMachine } from './memory-fleet.ts';

/** What the machine reaches beside itself. */
export interface Surroundings {
  readonly now: () => number;
  /** What its role may fetch; undefined where there is nothing, or no right. */
  readonly fetch: (from: SecretReference) => string | undefined;
}

export interface KeyedMachine {
  readonly machine: FleetMachine;
  readonly name: string;
  around: Surroundings;
  key: string;
  channel: 'VOLUME_KMSCLIENT' | 'VOLUME_MAK' | 'VOLUME_KMS_WS22';
  licensed: boolean;
  /** Reaches Microsoft's servers. */
  online: boolean;
  cmid: string;
  rearms: number;
  rearmed: boolean;
  /** How long a restart takes, and until when it is down. */
  downMs: number;
  downUntilMs: number;
  role: boolean;
  publishing: boolean;
  /** What becomes of its attempts at publishing. */
  publishes: string;
  list: string[] | null;
  letsIn: string;
  /** Distinct clients by days since they came. */
  clients: number[];
  /** Of its key and hardware; the telephone gives `confirmation` for it. */
  installationId: string;
  confirmation: string;
  /** Instead of running a document. */
  trouble?: (run: ChangeRun) => Behaviour | undefined;
  /** Documents that ran; a repeat of the same operation is answered from memory. */
  readonly runs: string[];
}

/** A public key of Windows Server 2022 Standard. */
export const CLIENT_KEY = 'VDYBN-27WPP-V4HQT-9VMD4-VMK7H';
/** Made up. */
export const HOST_KEY = 'BBBBB-CCCCC-DDDDD-FFFFF-H7KQ2';
export const MAK = 'GGGGG-HHHHH-JJJJJ-KKKKK-M4K22';
export const INSTALLATION_ID = '1234567'.repeat(9);
export const CONFIRMATION_ID = '135790'.repeat(8);
export const DIGEST = sha256(INSTALLATION_ID).slice(0, 24);

const OK = '00000000';
const NO_NAME = '80072EE7';

const isHost = ({ channel }: KeyedMachine): boolean => channel === 'VOLUME_KMS_WS22';
const tailOf = (key: string): string => key.slice(-5);

const productOf = (m: KeyedMachine) => {
  const changes = { ch: m.channel, key: tailOf(m.key) };
  if (isHost(m)) return hostKey({ ...changes, st: m.licensed ? 1 : 5, why: m.licensed ? '4004F040' : 'C004F009' });
  return m.licensed ? wireProduct({ ...changes, min: m.channel === 'VOLUME_MAK' ? 0 : 258_000 }) : failing(changes);
};

const serviceOf = (m: KeyedMachine) => ({
  ver: '10.0.20348.1',
  cmid: m.cmid,
  host: isHost(m) ? (1 as const) : (0 as const),
  cache: 1 as const,
  rearm: m.rearms,
});

const recordOf = (m: KeyedMachine): Partial<WireRecord> => {
  const seconds = Math.floor(m.around.now() / 1000);
  const common = {
    at: seconds,
    name: m.name,
    svc: serviceOf(m),
    prod: [productOf(m)],
    reg: { skip: 0, nopub: m.publishing ? null : 1, list: m.list ?? [] },
  };
  if (!isHost(m)) return common;
  return hostRecord({
    ...common,
    host: wireHost({ pub: m.publishing ? 1 : 0, n: m.clients.reduce((sum, each) => sum + each, 0), need: 5 }),
    fw: { r: m.letsIn, on: 'dpu', a: 'd' },
    req: wireRequests({
      s: seconds - 30 * 86_400,
      d: m.clients,
      c: m.clients.reduce((sum, each) => sum + each, 0),
      w: 0,
    }),
    pub: { ok: null, no: null },
  });
};

type Said = Omit<Partial<WireChange>, 'res'> & Pick<WireChange, 'res'>;

const REFUSED_SECRET: Said = {
  res: 'refused',
  why: 'secret-unreadable',
  need: 'secretsmanager:GetSecretValue',
  who: 'arn:aws:iam::111122223333:role/machines',
};

const moved = (m: KeyedMachine, expect: { readonly key: string }): boolean => expect.key !== tailOf(m.key);

const installStored = (m: KeyedMachine, { from, kind, expect, probe }: InstallStoredKeyOptions): Said => {
  const key = m.around.fetch(from);
  if (key === undefined) return REFUSED_SECRET;
  if (probe === 1) return { res: 'done', tail: tailOf(key), via: 'instance' };
  if (moved(m, expect)) return { res: 'moved' };
  Object.assign(m, { key, channel: kind === 'mak' ? 'VOLUME_MAK' : 'VOLUME_KMS_WS22', licensed: false });
  return { res: 'done', via: 'instance' };
};

const activateOnline = (m: KeyedMachine): Said => {
  if (!m.online) return { res: 'failed', step: 'Activate', code: NO_NAME };
  m.licensed = true;
  return { res: 'done', code: OK };
};

const readOut = (m: KeyedMachine): Said => ({
  res: 'done',
  iid: m.installationId,
  dig: sha256(m.installationId).slice(0, 24),
});

const deposit = (m: KeyedMachine, { from, digest }: DepositConfirmationIdOptions): Said => {
  const digits = m.around.fetch(from);
  if (digits === undefined) return { ...REFUSED_SECRET, need: 'ssm:GetParameter' };
  if (digest !== sha256(m.installationId).slice(0, 24)) return { res: 'refused', why: 'installation-id-changed' };
  if (digits !== m.confirmation) return { res: 'failed', step: 'DepositOfflineConfirmationId', code: 'C004F04D' };
  m.licensed = true;
  return { res: 'done', code: OK, via: 'instance' };
};

const rearm = (m: KeyedMachine, options: RearmOptions): Said => {
  if (options.rearm === 1) {
    if (options.expect?.rearms !== m.rearms) return { res: 'moved' };
    Object.assign(m, { rearms: m.rearms - 1, rearmed: true });
  }
  if (options.restart === 1) {
    m.downUntilMs = m.around.now() + m.downMs;
    if (m.rearmed) Object.assign(m, { cmid: '2b2c0a52-6f0e-4a0e-9f1c-0c7b4b5f2a10', rearmed: false });
  }
  return { res: 'done' };
};

const setHost = (m: KeyedMachine, options: SetHostOptions): Said => {
  if (!isHost(m)) return { res: 'refused', why: 'not-host' };
  const domains = ['corp.example', ...(m.list ?? [])];
  const pub = domains.map((domain): [string, string] => [domain.split(',')[0] ?? '', m.publishes]);
  switch (options.set) {
    case 'publish':
      if (m.publishing === (options.to === 1)) return { res: 'same' };
      m.publishing = options.to === 1;
      return { res: 'done', ...(m.publishing ? { pub } : {}) };
    case 'domains':
      m.list = options.to === null ? null : [...options.to];
      return { res: 'done', saved: 'C:\\ProgramData\\KmsBot\\exports\\spp.reg' };
    case 'firewall':
      m.letsIn = options.to;
      return { res: 'done' };
    case 'restart':
      return { res: 'done', ...(m.publishing ? { pub } : {}) };
    default:
      return { res: 'done' };
  }
};

const installClient = (m: KeyedMachine, { expect }: InstallClientKeyOptions): Said => {
  if (moved(m, expect)) return { res: 'moved' };
  Object.assign(m, { key: CLIENT_KEY, channel: 'VOLUME_KMSCLIENT', licensed: true });
  return { res: 'done' };
};

const act = (m: KeyedMachine, { document, options }: ChangeRun): Said => {
  switch (document) {
    case 'KmsBot-InstallStoredKey':
      return installStored(m, options as InstallStoredKeyOptions);
    case 'KmsBot-Activate':
      return activateOnline(m);
    case 'KmsBot-ReadInstallationId':
      return readOut(m);
    case 'KmsBot-DepositConfirmationId':
      return deposit(m, options as DepositConfirmationIdOptions);
    case 'KmsBot-Rearm':
      return rearm(m, options as RearmOptions);
    case 'KmsBot-SetHost':
      return setHost(m, options as SetHostOptions);
    case 'KmsBot-InstallHostRole':
      if (m.role) return { res: 'same' };
      m.role = true;
      return { res: 'done' };
    case 'KmsBot-InstallClientKey':
      return installClient(m, options as InstallClientKeyOptions);
    default:
      throw new Error(`nobody told this machine of ${document}`);
  }
};

/** Runs anew each time: nothing of it is kept on the machine. */
const isKept = ({ document, options }: ChangeRun): boolean =>
  document !== 'KmsBot-ReadInstallationId' && !('probe' in options);

const SECONDS = 6;

/** A server of the fleet under this node; a KMS client that is activated, but for what is given. */
export const keyedMachine = (node: FleetMachine['node'], changes: Partial<KeyedMachine> = {}): KeyedMachine => {
  const kept = new Map<string, WireChange>();
  const made: KeyedMachine = {
    name: node.name,
    around: { now: () => 0, fetch: () => undefined },
    key: CLIENT_KEY,
    channel: 'VOLUME_KMSCLIENT',
    licensed: true,
    online: true,
    cmid: '1f1c0a52-6f0e-4a0e-9f1c-0c7b4b5f2a10',
    rearms: 1001,
    rearmed: false,
    downMs: 4 * 60_000,
    downUntilMs: 0,
    role: false,
    publishing: true,
    publishes: OK,
    list: null,
    letsIn: '',
    clients: [],
    installationId: INSTALLATION_ID,
    confirmation: CONFIRMATION_ID,
    runs: [],
    ...changes,
    machine: {
      node,
      get behaviour(): Behaviour {
        const isDown = made.around.now() < made.downUntilMs;
        const text = `KMSBOT1 ${JSON.stringify(wireRecord(recordOf(made)))}\r\n`;
        return { afterSeconds: isDown ? Number.POSITIVE_INFINITY : 4, answer: { kind: 'output', text } };
      },
      change: (run) => made.trouble?.(run) ?? answering(made, kept, run),
    },
  };
  return made;
};

const answering = (made: KeyedMachine, kept: Map<string, WireChange>, run: ChangeRun): Behaviour => ({
  afterSeconds: SECONDS,
  answer: { kind: 'output', text: `KMSBOT1 ${JSON.stringify(resultOf(made, kept, run))}\r\n` },
});

const resultOf = (made: KeyedMachine, kept: Map<string, WireChange>, run: ChangeRun): WireChange => {
  const key = `${run.document} ${run.operation}`;
  const known = kept.get(key);
  if (known !== undefined) return { ...known, again: 1 };
  const stateOf = () => ({ svc: serviceOf(made), prod: [productOf(made)] });
  const before = stateOf();
  const said = act(made, run);
  made.runs.push('probe' in run.options ? 'probe' : run.document);
  const at = Math.floor(made.around.now() / 1000);
  const { document: doc, operation: op } = run;
  const result: WireChange = { v: 1, at, name: made.name, op, doc, ...said, before, after: stateOf() };
  if (isKept(run)) kept.set(key, result);
  return result;
};
