/** What machines say: a secret that stands in it is kept nowhere and shown to nobody. */
import { describe, expect, it } from 'vitest';
import { unpack } from '../../bot/aws/unpack.ts';
import type { ChangeSpec } from '../../bot/domain/change/change-spec.ts';
import { observe } from '../../bot/operations/observe.ts';
import type { Ledger, ObserveRequest } from '../../bot/ports.ts';
import { auditCsv } from '../../bot/slack/audit-csv.ts';
import { planCsv } from '../../bot/slack/plan-csv.ts';
import { recordsCsv } from '../../bot/slack/records-csv.ts';
import { reportCsv } from '../../bot/slack/report-csv.ts';
import {
  CLIENT_KEY,
  CONFIRMATION_ID,
  HOST_KEY,
  INSTALLATION_ID,
  type KeyedMachine,
  MAK,
} from '../fakes/keyed-machine.ts';
import { runWorkflow } from '../fakes/memory-workflow.ts';
import { byIds, changeRequest, KEN, type Presser } from '../operations/change-setup.ts';
import { ALL, machine, OPERATION, PLACE, request, world } from '../operations/check-setup.ts';
import { byName, client, hostsRequest, kmsHost, worldWithZone } from '../operations/diagnose-setup.ts';
import { approve, CONTOSO_MAK, caller, HOST, type KeyWorld, keyed, keyWorld } from '../operations/key-setup.ts';
import { infected, nothingPlanted, type Planted } from './infected.ts';
import type { MadeUp } from './made-up.ts';
import { foundIn, type Places, shownIn, told } from './searched.ts';

const SEED = 20_261_124;
/** Outputs so far, of every test. */
const count = { outputs: 0 };

/** Records as they are written down, beside what is read back of them. */
const listeningTo = (ledger: Ledger): readonly unknown[] => {
  const written: unknown[] = [];
  const { writeLatest } = ledger;
  ledger.writeLatest = async (entries) => {
    written.push(entries);
    await writeLatest(entries);
  };
  return written;
};

const CSVS = { csv: reportCsv('en'), auditCsv, recordsCsv };

type World = ReturnType<typeof world>;

/** Runs an operation that looks, and gives all that it left behind. */
const look = async (w: World, asked: ObserveRequest): Promise<Places> => {
  const facts: unknown[] = [];
  const kept: string[] = [];
  const written = listeningTo(w.ledger);
  const log = (...said: readonly unknown[]) => facts.push(said);
  const deps = { ...w.deps, ...CSVS, unpack, log, operationId: OPERATION };
  const failed: string[] = [];
  await runWorkflow(
    w.time,
    (workflow) => observe({ ...deps, workflow }, asked),
    undefined,
    undefined,
    (json) => kept.push(json),
  ).catch((error: unknown) => failed.push(...told(error)));
  const { messages } = w.conversation;
  return { ...shownIn(messages), facts, kept, written, ledger: w.ledger.everything(), failed };
};

const expectNone = (places: Places, { secrets }: Planted, which: string, also: readonly MadeUp[] = []) =>
  expect(foundIn(places, [...secrets.values(), ...also]), which).toEqual([]);

describe('machines whose answers hold secrets', () => {
  it.each(Array.from({ length: 90 }, (_, at) => at))('are checked, a hundred at a time: %i', async (at) => {
    const planted = nothingPlanted();
    const severity = [0.02, 0.1, 0.4][at % 3] ?? 0;
    const machines = Array.from({ length: 100 }, (_, n) => {
      const sound = n % 7 === 0 ? kmsHost({ id: machine(n + 1).node.id, name: `KMS-${n}` }) : machine(n + 1);
      return infected(n % 5 === 0 ? { ...client(), node: sound.node } : sound, `${SEED} ${at} ${n}`, severity, planted);
    });

    const places = await look(world(machines), request(ALL));

    count.outputs += planted.outputs;
    expect(planted.secrets.size).toBeGreaterThan(50);
    expectNone(places, planted, `seed ${SEED}, check ${at}`);
  });

  it.each(Array.from({ length: 60 }, (_, at) => at))('are looked at by themselves and as hosts: %i', async (at) => {
    const planted = nothingPlanted();
    const severity = [0.02, 0.1, 0.3][at % 3] ?? 0;
    const both = () =>
      worldWithZone([client(), kmsHost()].map((each, n) => infected(each, `${SEED} ${at} ${n}`, severity, planted)));
    const asked: readonly ObserveRequest[] = [
      byName('WEB-1'),
      hostsRequest(),
      request({ selectors: [{ kind: 'name', name: 'WEB-1' }] }),
      { operation: 'dns', asked: 'dns', place: PLACE },
    ];
    for (const each of asked) {
      const places = await look(both(), each);
      expectNone(places, planted, `seed ${SEED}, ${each.operation} ${at}`);
    }
    count.outputs += planted.outputs;
  });
});

const plainOne = (changes: Partial<KeyedMachine> = {}) => keyed(1, { licensed: false, clients: [3, 2], ...changes });
const hostOne = (changes: Partial<KeyedMachine> = {}) =>
  keyed(1, { key: HOST_KEY, channel: 'VOLUME_KMS_WS22', letsIn: '', clients: [10, 3], ...changes });
const makOne = () => plainOne({ key: MAK, channel: 'VOLUME_MAK', online: false });

/** Changes of every kind, on a machine that takes them. */
const CHANGES: readonly (readonly [ChangeSpec, () => KeyedMachine])[] = [
  [{ kind: 'activate' }, () => plainOne()],
  [{ kind: 'client-key' }, () => plainOne({ key: MAK, channel: 'VOLUME_MAK' })],
  [{ kind: 'stored-key', key: CONTOSO_MAK.name }, () => plainOne()],
  [{ kind: 'phone' }, makOne],
  [{ kind: 'rearm', restart: false }, () => plainOne()],
  [{ kind: 'rearm', restart: true }, () => plainOne()],
  [{ kind: 'host-setup', key: HOST.name }, () => plainOne()],
  [{ kind: 'host-setup', key: HOST.name }, () => plainOne({ online: false })],
  [{ kind: 'host-publish', on: false }, hostOne],
  [{ kind: 'host-publish', on: true }, () => hostOne({ publishing: false })],
  [{ kind: 'host-domains', domains: [{ domain: 'lab.example', priority: 0, weight: 10 }] }, hostOne],
  [{ kind: 'host-port', port: 1689 }, hostOne],
  [{ kind: 'host-intervals', activationMinutes: 60, renewalMinutes: 600 }, hostOne],
  [{ kind: 'host-firewall' }, hostOne],
  [{ kind: 'host-restart' }, hostOne],
  [{ kind: 'host-retire' }, () => hostOne({ clients: [0, 0] })],
];

const asGroups = (what: MadeUp['what'], digits: string, size: number): MadeUp => {
  const groups = digits.match(new RegExp(`.{${size}}`, 'g')) ?? [];
  return { what, value: digits, groups };
};

/** What the machines themselves hold. */
const OWN: readonly MadeUp[] = [
  { what: 'product key', value: HOST_KEY, groups: HOST_KEY.split('-') },
  { what: 'product key', value: MAK, groups: MAK.split('-') },
  asGroups('Installation ID', INSTALLATION_ID, 7),
  asGroups('Confirmation ID', CONFIRMATION_ID, 6),
];

/** Opens the modal while the call is waited for. */
const opener = (w: KeyWorld, shows: Promise<unknown>[]): Presser => ({
  ...caller(w),
  first: () => {
    caller(w).first?.();
    shows.push(
      w.run(
        {
          operation: 'show-installation-id',
          change: w.idFor(OPERATION),
          attempt: 1,
          viewId: 'V1',
          asked: 'phone …',
          place: { ...PLACE, userId: KEN },
        },
        { operationId: 'show-1' },
      ),
    );
  },
});

const alterOne = async (spec: ChangeSpec, one: KeyedMachine, seed: string, severity: number, planted: Planted) => {
  Object.assign(one, { machine: infected(one.machine, seed, severity, planted) });
  const w = keyWorld([one]);
  const facts: unknown[] = [];
  Object.assign(w.deps, { planCsv, unpack, csv: CSVS.csv, log: (...said: readonly unknown[]) => facts.push(said) });
  const written = listeningTo(w.ledger);
  const shows: Promise<unknown>[] = [];
  const failed: string[] = [];
  const pressers = [approve, opener(w, shows), caller(w), caller(w)];
  await w
    .run(changeRequest(spec, byIds(1)), { pressers, waitFor: () => Promise.allSettled(shows) })
    .catch((error: unknown) => failed.push(...told(error)));
  await Promise.allSettled(shows);
  const kept = [w.journals, w.ledger.everything(), w.changes.everything(), written];
  const commands = w.fleet.sent.map(({ reference, target, change }) => [reference, target, change]);
  const { messages } = w.conversation;
  const places = { ...shownIn(messages), facts, kept, commands, audit: w.audit.entries(), failed };
  return { places, modals: w.modals.shown, messages };
};

describe('machines that are changed and say secrets', () => {
  it.each(Array.from({ length: 12 }, (_, at) => at))('keep none, whatever is changed: %i', async (at) => {
    const severity = [0, 0.003, 0.02, 0.1][at % 4] ?? 0;
    let ended = 0;
    for (const [index, [spec, made]] of CHANGES.entries()) {
      const planted = nothingPlanted();
      const which = `seed ${SEED}, ${spec.kind} ${at}`;
      const one = made();
      const { places, modals, messages } = await alterOne(spec, one, `${SEED} ${at} ${index}`, severity, planted);
      const contents = messages.flatMap((message) => message.contents);
      if (contents.some((content) => content.kind === 'change' && content.change.stage.at === 'ended')) ended += 1;
      expectNone(places, planted, which, OWN);
      // The modal is where the Installation ID belongs, and where nothing else does.
      expectNone({ modals }, planted, which);
      count.outputs += planted.outputs;
    }
    expect(ended).toBe(CHANGES.length);
  });

  it('have their Installation ID shown in its modal alone', async () => {
    const { places, modals } = await alterOne({ kind: 'phone' }, makOne(), `${SEED} calm`, 0, nothingPlanted());

    expect(foundIn({ modals }, OWN)).toEqual(['Installation ID in modals']);
    expect(foundIn(places, OWN)).toEqual([]);
    expect(CLIENT_KEY).toHaveLength(29);
  });

  it('were ten thousand, all together', () => {
    expect(count.outputs).toBeGreaterThan(10_000);
  });
});
