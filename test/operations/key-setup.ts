/** A small world for stored keys, telephone, rearm and KMS hosts: machines that take them, and everything that must never hold a secret. */
import type { ChangeSpec } from '../../bot/domain/change/change-spec.ts';
import type { StoredKey } from '../../bot/domain/keys/stored-key.ts';
import type { ConfiguredZone } from '../../bot/domain/records/record-set.ts';
import type { ChangeSettings } from '../../bot/ports.ts';
import {
  CONFIRMATION_ID,
  HOST_KEY,
  INSTALLATION_ID,
  type KeyedMachine,
  keyedMachine,
  MAK,
} from '../fakes/keyed-machine.ts';
import type { FleetMachine } from '../fakes/memory-fleet.ts';
import { byIds, changeRequest, changeWorld, KEN, type Presser } from './change-setup.ts';
import { machine, OPERATION, TOKYO } from './check-setup.ts';

export const approve = { by: KEN, word: 'approve' } as const;

/** The number of a keyed machine, and what it is called. */
export const keyed = (n: number, changes: Partial<KeyedMachine> = {}): KeyedMachine => {
  const { node } = machine(n, { name: `KMS-${n}` });
  return keyedMachine(node, changes);
};

const stored = (name: string, kind: StoredKey['kind']): StoredKey => ({
  name,
  from: { store: 'secrets-manager', name: `arn:kms-bot/keys/${name}`, region: TOKYO.region },
  kind,
  group: 'Windows Server 2022',
  editions: 'any',
  usedBefore: 0,
});

export const HOST = stored('contoso-ws2022', 'host');
export const CONTOSO_MAK = stored('contoso-mak', 'mak');

/** What must stand nowhere but in the store and on the machine. */
export const SECRETS: readonly string[] = [HOST_KEY, MAK, INSTALLATION_ID, CONFIRMATION_ID].flatMap((secret) => [
  secret,
  secret.replaceAll('-', ''),
]);

export interface KeyWorldOptions {
  readonly settings?: Partial<ChangeSettings>;
  readonly zones?: readonly ConfiguredZone[];
  readonly others?: readonly FleetMachine[];
}

/** A world with these machines, where both keys are stored. */
export const keyWorld = (
  machines: readonly KeyedMachine[],
  { settings, zones = [], others = [] }: KeyWorldOptions = {},
) => {
  const all = [...machines.map((each) => each.machine), ...others];
  const w = changeWorld(
    all.map((each) => ({ machine: each, kms: null, activated: true, runs: [] })),
    settings,
  );
  Object.assign(w.deps, { zones });
  for (const key of [HOST, CONTOSO_MAK]) w.storedKeys.put(TOKYO.id, key.name, { kind: 'found', key });
  const values = new Map([
    [HOST.from.name, HOST_KEY],
    [CONTOSO_MAK.from.name, MAK],
  ]);
  for (const each of machines) {
    each.around = {
      now: w.time.now,
      fetch: ({ store, name }) =>
        store === 'secrets-manager' ? values.get(name) : w.confirmations.fetch(TOKYO.id, name),
    };
  }
  return {
    ...w,
    /** Values that machines can fetch, by the secret's name. */
    values,
    change: (spec: ChangeSpec, options: Parameters<typeof w.run>[1] & { readonly on?: readonly number[] } = {}) =>
      w.run(changeRequest(spec, byIds(...(options.on ?? [1]))), { pressers: [approve], ...options }),
    /** Everything that anybody could read afterwards. */
    held: async (): Promise<string> =>
      JSON.stringify([
        w.ledger.everything(),
        w.changes.everything(),
        w.audit.entries(),
        w.conversation.messages,
        w.logged,
        w.journals,
      ]),
  };
};

export type KeyWorld = ReturnType<typeof keyWorld>;

/** Secrets that stand where none may; empty where all is well. */
export const leaksIn = async (w: KeyWorld): Promise<readonly number[]> => {
  const held = await w.held();
  return SECRETS.flatMap((secret, index) => (held.includes(secret) ? [index] : []));
};

/** Somebody who has called Microsoft: types digits, which wait for the machine as soon as the click is answered. */
export const caller = (w: KeyWorld, digits = CONFIRMATION_ID, by = KEN): Presser => ({
  by,
  word: 'confirmation',
  first: () => {
    const attempt = callsOf(w);
    w.confirmations.put(`/kms-bot/confirmation/${w.idFor(OPERATION)}-${attempt}`, digits);
  },
});

/** How often the message has asked for a call so far. */
const callsOf = (w: KeyWorld): number =>
  Math.max(
    0,
    ...w.conversation.messages.flatMap(({ contents }) =>
      contents.map((content) =>
        content.kind === 'change' && content.change.stage.at === 'phone' ? content.change.stage.attempt : 0,
      ),
    ),
  );
