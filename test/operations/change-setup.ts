/** A small world for changes: machines that keep what is set on them, people with rights, and a change to run in it. */
import { sha256 } from '../../bot/aws/audit.ts';
import { changeIdOf } from '../../bot/domain/change/change-id.ts';
import type { ChangeMessage } from '../../bot/domain/change/change-message.ts';
import type { ChangeSpec } from '../../bot/domain/change/change-spec.ts';
import type { Decision, DecisionWord } from '../../bot/domain/change/change-status.ts';
import type { AssignOptions, WireChange } from '../../bot/domain/change/change-wire.ts';
import type { WireRecord } from '../../bot/domain/inspection-wire.ts';
import type { NodeSelection } from '../../bot/domain/nodes.ts';
import type { RightsRule } from '../../bot/domain/rights/rights.ts';
import { alter } from '../../bot/operations/alter.ts';
import type { ChangeDeps } from '../../bot/operations/change-deps.ts';
import type { ChangeFunctionRequest, ChangeSettings } from '../../bot/ports.ts';
import { failing, wireProduct, wireRecord, wireTarget } from '../domain/sample-record.ts';
import { memoryAudit } from '../fakes/memory-audit.ts';
import { memoryChanges } from '../fakes/memory-changes.ts';
import { memoryConfirmations } from '../fakes/memory-confirmations.ts';
import type { Behaviour, ChangeRun, FleetMachine } from '../fakes/memory-fleet.ts';
import { memoryKeyUses } from '../fakes/memory-key-uses.ts';
import { memoryModals } from '../fakes/memory-modals.ts';
import { memoryPeople } from '../fakes/memory-people.ts';
import { memoryRecordWriter } from '../fakes/memory-record-writer.ts';
import { memoryStoredKeys } from '../fakes/memory-stored-keys.ts';
import { type Answerer, type Kill, runWorkflow } from '../fakes/memory-workflow.ts';
import { idOf, line, machine, OPERATION, PLACE, prints, TOKYO, world } from './check-setup.ts';

export const AIKO = 'U1';
export const KEN = 'U2';
export const EMMA = 'U3';
export const DANIEL = 'U4';

export const RULES: readonly RightsRule[] = [
  { effect: 'allow', right: 'viewer', who: 'everyone' },
  { effect: 'allow', right: 'operator', who: { groups: ['S-OPS'], users: [] } },
  { effect: 'allow', right: 'approver', who: { groups: ['S-APP'], users: [] } },
  { effect: 'allow', right: 'break-glass', who: { groups: [], users: [DANIEL] } },
];

export const SETTINGS: ChangeSettings = {
  rules: RULES,
  approvalChannelId: 'C-APPROVALS',
  approverGroupId: 'S-APP',
  maxNodes: 500,
  approvalAbove: 10,
  approvalHours: 8,
  keys: true,
  whereToCall: '0120-000-000',
};

const { svc } = wireRecord();
if (svc === null) throw new Error('the sample tells its service');

/** A machine whose assignment can be changed; it activates wherever a host answers. */
export interface Client {
  readonly machine: FleetMachine;
  /** The assigned host, if any. */
  kms: [string, number] | null;
  activated: boolean;
  /** Instead of running a document. */
  trouble?: (run: ChangeRun) => Behaviour | undefined;
  /** Runs by document, in order; a repeat of the same operation is answered from memory. */
  readonly runs: string[];
}

export const RETIRED: [string, number] = ['kms-old.corp.example', 1688];

const isAlive = ({ kms }: Client): boolean => kms === null || kms[0] !== RETIRED[0];

const recordOf = (client: Client): string => {
  const target = client.kms === null ? wireTarget() : wireTarget({ n: client.kms[0], p: client.kms[1], by: 'a' });
  const silent = wireTarget({ n: RETIRED[0], by: 'a', ip: ['10.20.0.99'], tcp: 'timeout' });
  const { bind: _, ...unanswered } = silent;
  const changes: Partial<WireRecord> = {
    svc: { ...svc, ...(client.kms === null ? {} : { kms: client.kms }) },
    prod: [client.activated ? wireProduct() : failing()],
    tgt: [isAlive(client) ? target : unanswered],
  };
  return line(changes);
};

const stateOf = (client: Client) => ({
  svc: { ...svc, ...(client.kms === null ? {} : { kms: client.kms }) },
  prod: [client.activated ? wireProduct() : failing()],
});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What the documents do, as far as these tests need them; the lab's models and PowerShell are held to the whole. */
const runDocument = (client: Client, kept: Map<string, WireChange>, run: ChangeRun): WireChange => {
  const key = `${run.document} ${run.operation}`;
  const known = kept.get(key);
  if (known !== undefined) return { ...known, again: 1 };
  client.runs.push(run.document);
  const before = stateOf(client);
  const said: Pick<WireChange, 'res' | 'code'> = { res: 'done' };
  if (run.document === 'KmsBot-AssignHost') {
    const { svc: to, expect } = run.options as AssignOptions;
    if (same(expect.svc, client.kms)) client.kms = to === null ? null : [...to];
    else said.res = 'moved';
  }
  if (run.document === 'KmsBot-Activate') {
    if (isAlive(client)) client.activated = true;
    else Object.assign(said, { res: 'failed', code: 'C004F074' });
  }
  const { document: doc, operation: op } = run;
  const result: WireChange = { v: 1, at: 1_794_000_100, name: 'WEB', op, doc, ...said, before, after: stateOf(client) };
  kept.set(key, result);
  return result;
};

/** A client of the fleet, assigned to this host. */
export const client = (
  n: number,
  kms: Client['kms'] = RETIRED,
  changes: Parameters<typeof machine>[1] = {},
): Client => {
  const kept = new Map<string, WireChange>();
  const { node } = machine(n, changes);
  const made: Client = {
    kms,
    activated: kms === null,
    runs: [],
    machine: {
      node,
      get behaviour() {
        return prints(recordOf(made));
      },
      change: (run) => made.trouble?.(run) ?? prints(`KMSBOT1 ${JSON.stringify(runDocument(made, kept, run))}\r\n`, 6),
    },
  };
  return made;
};

export const clients = (count: number): Client[] => Array.from({ length: count }, (_, n) => client(n + 1));

export const everyone: NodeSelection = { selectors: [{ kind: 'all' }] };
export const byIds = (...numbers: number[]): NodeSelection => ({
  selectors: numbers.map((n) => ({ kind: 'id', id: idOf(n) })),
});

export const changeRequest = (spec: ChangeSpec, selection: NodeSelection, userId = AIKO): ChangeFunctionRequest => ({
  operation: 'change',
  spec,
  selection,
  asked: `${spec.kind} …`,
  place: { ...PLACE, userId },
});

/** Somebody who presses a button of the card that is shown when asked. */
export interface Presser {
  readonly by: string;
  readonly word: DecisionWord;
  readonly reason?: string;
  /** Presses a card of an earlier plan. */
  readonly stale?: boolean;
  /** Happens just before the button is pressed. */
  readonly first?: () => void;
}

/** A world with these clients. */
export const changeWorld = (machines: readonly Client[], settings: Partial<ChangeSettings> = {}) => {
  const base = world(machines.map(({ machine: each }) => each));
  const changes = memoryChanges(base.time.now);
  const audit = memoryAudit();
  const people = memoryPeople([
    { userId: AIKO, standing: 'member', groups: ['S-OPS'] },
    { userId: KEN, standing: 'member', groups: ['S-OPS', 'S-APP'] },
    { userId: EMMA, standing: 'member', groups: [] },
    { userId: DANIEL, standing: 'member', groups: ['S-OPS', 'S-APP'] },
  ]);
  const recordWriter = memoryRecordWriter(base.recordSets);
  const storedKeys = memoryStoredKeys();
  const keyUses = memoryKeyUses();
  const confirmations = memoryConfirmations(TOKYO.id);
  const modals = memoryModals();
  const journals: string[] = [];
  const deps: Omit<ChangeDeps, 'workflow'> = {
    ...base.deps,
    functionName: 'change',
    log: (_, event, facts) => {
      base.logged.push(event);
      journals.push(JSON.stringify(facts));
    },
    changes,
    audit,
    recordWriter,
    storedKeys,
    keyUses,
    confirmations,
    modals,
    people,
    settings: { ...SETTINGS, ...settings },
    digest: sha256,
    planCsv: ({ nodes }) => nodes.map(({ name }) => name).join('\n'),
  };
  const idFor = (operationId: string): string => changeIdOf(operationId, sha256);
  /** Lets people answer in turn; when they run out, nobody does. */
  const answering = (operationId: string, pressers: Presser[], waitFor: () => Promise<unknown>): Answerer => {
    const turns = [...pressers];
    return async () => {
      const presser = turns.shift();
      if (presser === undefined) return undefined;
      presser.first?.();
      await waitFor();
      const awaits = (await changes.readStatus(idFor(operationId)))?.awaits;
      if (awaits === undefined) throw new Error('nothing is waited for');
      const { by: userId, word, reason, stale } = presser;
      const attempt = stale ? awaits.attempt - 1 : awaits.attempt;
      const { digest } = awaits;
      const decision: Decision = {
        word,
        userId,
        attempt,
        digest,
        atMs: base.time.now(),
        ...(reason ? { reason } : {}),
      };
      return JSON.stringify(decision);
    };
  };
  const run = async (
    request: ChangeFunctionRequest,
    {
      pressers = [] as Presser[],
      kill = undefined as Kill | undefined,
      operationId = OPERATION,
      /** What a presser began has to be over before the button is pressed. */
      waitFor = async (): Promise<unknown> => undefined,
    } = {},
  ) =>
    runWorkflow(
      base.time,
      (workflow) => alter({ ...deps, operationId, workflow }, request),
      kill,
      answering(operationId, pressers, waitFor),
      (json) => journals.push(json),
    );
  const keys = { storedKeys, keyUses, confirmations, modals, journals };
  return { ...base, ...keys, deps, changes, audit, people, recordWriter, run, idFor };
};

export type ChangeWorld = ReturnType<typeof changeWorld>;

/** The newest message of a change: the requester's. */
export const messageIn = ({ conversation }: ChangeWorld): ChangeMessage => {
  const contents = conversation.messages.flatMap(({ contents: all }) => all);
  const last = contents.filter((content) => content.kind === 'change').at(-1);
  if (last?.kind !== 'change') throw new Error(`no message of a change: ${JSON.stringify(contents.at(-1))}`);
  return last.change;
};

/** The end of a change. */
export const endIn = (w: ChangeWorld) => {
  const { stage } = messageIn(w);
  if (stage.at !== 'ended') throw new Error(`not ended: ${JSON.stringify(stage)}`);
  return stage;
};

/** Events of the audit, in order. */
export const eventsIn = async ({ audit }: ChangeWorld): Promise<readonly string[]> =>
  (await audit.page(1)).map(({ entry }) => entry.event);

/** Machines that changing documents were sent to, by document. */
export const changesSent = ({ fleet }: ChangeWorld): readonly (readonly [string, number])[] =>
  fleet.sent.flatMap(({ change, machines: reached }) =>
    change === undefined ? [] : [[change.document, reached.length]],
  );
