/** One check in a lab, typed by a person and followed to its end, with what it took. */
import { createLab, type Lab, type LabSetup } from '../lab/lab.ts';
import { type LabMessage, remoteLab } from '../lab/remote-lab.ts';

const SEED = 1;
const SOMEONE = { user: 'emma', channel: 'kms-ops' };
/** Real time; a check of ten thousand machines takes well under a minute on an idle machine of two cores. */
const PATIENCE_MS = 600_000;

/** Starts a lab, uses it, and ends it whatever happens. */
export const inLab = async <T>(setup: Partial<LabSetup>, use: (lab: Lab) => Promise<T>): Promise<T> => {
  const lab = await createLab({ port: 0, seed: SEED, ...setup });
  try {
    return await use(lab);
  } finally {
    await lab.close();
  }
};

/** What came of a check. */
export interface Checked {
  /** Simulated, from the command to the last edit of its message. */
  readonly seconds: number;
  /** The final message, in Slack's markup. */
  readonly text: string;
  /** The attached rows; empty where none were. */
  readonly csv: string;
  /** Calls by operation since the lab started. */
  readonly counts: Readonly<Record<string, number>>;
  /** Calls to Systems Manager that were refused for being too many, among the exchanges that the wire log keeps. */
  readonly throttled: number;
}

/** Types `/kms check <selection>`. @throws when it is not acknowledged or does not come to its end. */
export const checkIn = async (lab: Lab, selection: string): Promise<Checked> => {
  const remote = remoteLab(lab.url);
  const startedAtMs = lab.clock.now();
  const { status } = await remote.slash({ ...SOMEONE, text: `/kms check ${selection}` });
  if (status !== 200) throw new Error(`The bot answered Slack with ${status}`);
  const { settled } = await remote.settle(PATIENCE_MS);
  if (!settled) throw new Error(`The check did not settle within ${PATIENCE_MS / 1000} s of real time`);
  const { exchanges, counts } = lab.wire.read();
  const lastEdit = exchanges.findLast(({ operation }) => operation === 'slack:chat.update');
  if (lastEdit === undefined) throw new Error('The message of the check was never edited');
  const messages = (await remote.messages(SOMEONE.channel, SOMEONE.user)).filter(({ ephemeral }) => !ephemeral);
  return {
    seconds: (lastEdit.at - startedAtMs) / 1000,
    text: messages[0]?.text ?? '',
    csv: await attached(lab.url, messages),
    counts,
    throttled: exchanges.filter(({ to, status }) => to === 'ssm' && status === 400).length,
  };
};

const attached = async (url: string, messages: readonly LabMessage[]): Promise<string> => {
  const file = messages.flatMap(({ files }) => files).at(-1);
  return file === undefined ? '' : (await fetch(`${url}/lab/files/${file.id}`)).text();
};
