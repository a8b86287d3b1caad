/** Changes in a small lab, seen from outside: commands typed, buttons pressed, machines and audit looked at. */
import { afterAll, beforeAll, vi } from 'vitest';
import type { ChainedEntry } from '../../../bot/domain/audit/audit-entry.ts';
import type { Lab, LabSetup } from '../../lab/lab.ts';
import { remoteLab } from '../../lab/remote-lab.ts';
import { renderMessage } from '../../lab/slack/plain-text.ts';
import type { LabNode, LabWindows } from '../../lab/world/types.ts';
import { muted } from './muted.ts';
import { startSmallLab } from './small-lab.ts';

export const OPS = 'kms-ops';
export const APPROVALS = 'kms-approvals';
export const DEAD_HOST = 'kms-old.corp.example';

/** Machines that bring their own licence and are well. */
export const PLAIN = [
  ...['web-02', 'web-03', 'app-01', 'app-02', 'db-02', 'fileserver-07'],
  ...['print-01', 'build-9', 'build-10', 'build-11', 'vdi-02', 'vdi-03'],
];

/** A lab with machines enough for waves. */
export const startChangeLab = (setup: Partial<LabSetup> = {}, besides: readonly string[] = []): Promise<Lab> =>
  startSmallLab(setup, [...PLAIN, ...besides]);

/**
 * Starts a lab for all tests of a file and closes it behind them; what functions log of faults made on purpose is kept out
 * of the output. `take` is given it, and prepares what every test begins with.
 */
export const labForAll = (
  take: (lab: Lab) => void | Promise<void>,
  setup: () => Partial<LabSetup> = () => ({}),
  besides: readonly string[] = [],
) => {
  let lab: Lab | undefined;
  beforeAll(async () => {
    muted();
    lab = await startChangeLab(setup(), besides);
    await take(lab);
  }, 60_000);
  afterAll(async () => {
    vi.restoreAllMocks();
    await lab?.close();
  });
};

export const nodeOf = (lab: Lab, name: string): LabNode => {
  const id = lab.world.state.nodes.find((node) => node.name === name)?.id ?? '';
  const node = lab.world.node(id);
  if (node === undefined) throw new Error(`There is no machine ${name}`);
  return node;
};

export const windowsOf = (lab: Lab, name: string): LabWindows => {
  const { windows } = nodeOf(lab, name);
  if (windows === undefined) throw new Error(`${name} is no Windows machine`);
  return windows;
};

/** Assigns machines to a host that is gone, and lets their licences run out. */
export const pin = (lab: Lab, ...names: readonly string[]): void => {
  for (const target of names) {
    lab.faults.add({ fault: 'host-assigned', target, host: DEAD_HOST, port: 1688 });
    lab.faults.add({ fault: 'machine-expired', target });
  }
};

/** Slack tells who is in a user group twenty times a minute; tests change more in one than people do. */
export const ONE_MINUTE_MS = 60_000;

export interface Typed {
  /** What Slack showed at once. */
  readonly acknowledged: string;
  readonly settled: boolean;
}

/** Types a command and lets time run until nothing but people is waited for. */
export const type = async (lab: Lab, user: string, text: string, channel = OPS): Promise<Typed> => {
  const remote = remoteLab(lab.url);
  const { status, body } = await remote.slash({ user, channel, text: `/kms ${text}` });
  if (status !== 200) throw new Error(`the bot answered ${status}`);
  const acknowledged = typeof body === 'string' ? body : String((body as { text?: unknown }).text ?? '');
  const { settled } = await remote.settle();
  return { acknowledged, settled };
};

const seen = (lab: Lab, channel: string, user: string) =>
  lab.workspace.messages(user, channel).filter(({ thread_ts }) => thread_ts === undefined);

/** The newest message of a channel that everybody sees, as text. */
export const newest = (lab: Lab, channel = OPS, user = 'aiko'): string => {
  const message = seen(lab, channel, user)
    .filter(({ ephemeral }) => !ephemeral)
    .at(-1);
  return message === undefined ? '' : renderMessage(message, lab.workspace.reader(user));
};

/** The newest answer that this person alone sees. */
export const whispered = (lab: Lab, user: string, channel = APPROVALS): string => {
  const message = seen(lab, channel, user)
    .filter(({ ephemeral }) => ephemeral)
    .at(-1);
  return message === undefined ? '' : renderMessage(message, lab.workspace.reader(user));
};

const buttonsOf = (blocks: readonly unknown[]) =>
  (
    blocks as readonly {
      readonly elements?: readonly { readonly type: string; readonly action_id?: string; readonly value?: string }[];
    }[]
  ).flatMap(({ elements = [] }) => elements.filter(({ type: kind }) => kind === 'button'));

export interface Card {
  readonly ts: string;
  readonly channel: string;
  readonly buttons: ReturnType<typeof buttonsOf>;
}

/** The newest message with this button. */
export const cardWith = (lab: Lab, action: string, channel = APPROVALS, user = 'ken'): Card => {
  const cards = seen(lab, channel, user).map(({ ts, blocks }) => ({ ts, channel, buttons: buttonsOf(blocks) }));
  const card = cards.filter(({ buttons }) => buttons.some(({ action_id: id }) => id?.split(':')[0] === action)).at(-1);
  if (card === undefined) throw new Error(`no message in ${channel} has a button ${action}`);
  return card;
};

/** Presses a button without waiting for what comes of it. */
export const pressOnly = async (lab: Lab, user: string, action: string, card: Card): Promise<void> => {
  const button = card.buttons.find(({ action_id: id }) => id?.split(':')[0] === action);
  const { channel, ts } = card;
  await remoteLab(lab.url).call('POST', '/lab/click', { user, channel, ts, action_id: button?.action_id ?? action });
};

/** Presses a button of the newest message that has it, and lets time run until nothing but people is waited for. */
export const press = async (lab: Lab, user: string, action: string, channel = APPROVALS): Promise<void> => {
  await pressOnly(lab, user, action, cardWith(lab, action, channel, user));
  await remoteLab(lab.url).settle();
};

/** The id of the newest change that a channel's messages name. */
export const changeId = (lab: Lab, channel = OPS): string => {
  const [id] = /\bc[a-z0-9]{9}\b/.exec(newest(lab, channel)) ?? [];
  if (id === undefined) throw new Error(`the newest message names no change: ${newest(lab, channel)}`);
  return id;
};

/** Entries of the audit, oldest first, read from the table itself. */
export const auditOf = async (lab: Lab): Promise<readonly ChainedEntry['entry'][]> => {
  const items = await scan(lab, 'Audit');
  return items
    .filter((item) => item.pk?.S === 'CHAIN')
    .sort((a, b) => ((a.sk?.S ?? '') < (b.sk?.S ?? '') ? -1 : 1))
    .map((item) => JSON.parse(item.entry?.S ?? '{}') as ChainedEntry['entry']);
};

type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

/** Every item of the table whose name begins so, asked of the table itself. */
export const scan = async (lab: Lab, table: string): Promise<readonly Item[]> => {
  const ask = async (operation: string, body: unknown) => {
    const response = await fetch(`http://127.0.0.1:${lab.ports.dynamodb}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'x-amz-date': '20000101T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=lab/20000101/lab/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { TableNames?: string[]; Items?: Item[]; LastEvaluatedKey?: Item };
  };
  const name = (await ask('ListTables', {})).TableNames?.find((each) => each.startsWith(table)) ?? '';
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await ask('Scan', { TableName: name, ...(from === undefined ? {} : { ExclusiveStartKey: from }) });
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
};
