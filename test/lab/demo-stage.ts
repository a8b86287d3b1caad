/** What the chapters of the demo share: who acts where, how it is told, and what a person does in Slack. */
import { ask } from './ask.ts';
import type { Lab } from './lab.ts';
import type { RemoteLab } from './remote-lab.ts';
import { renderMessage } from './slack/plain-text.ts';
import { wrap } from './wrap.ts';

export const CHANNEL = 'kms-ops';
/** Who looks, who may change something, and who may approve it. */
export const USER = 'emma';
export const OPERATOR = 'aiko';
export const APPROVER = 'ken';
export const APPROVALS = 'kms-approvals';

const WIDTH = Math.min(process.stdout.columns ?? 100, 100);
const INDENT = '   ';

/** What happens next, in a sentence. */
export const tell = (text: string): void => console.log(wrap(`\n── ${text}`, WIDTH));

/** What a person sees. */
export const show = (text: string): void => console.log(wrap(text, WIDTH - INDENT.length).replace(/^/gm, INDENT));

/** What a person does. */
export const does = (user: string, what: string): void => console.log(`\n${INDENT}${user}  ${what}\n`);

/** Types a command and shows all that comes of it. @throws where the answer does not come to its end. */
export const command = async (lab: RemoteLab, text: string, user = USER): Promise<void> => {
  does(user, `/kms ${text}`);
  const { acknowledgement, answers, settled } = await ask(lab, { user, channel: CHANNEL, text });
  show([acknowledgement, ...answers].join('\n\n'));
  if (!settled) throw new Error('The answer did not come to its end');
};

/** The newest message of a channel, as this person sees it. */
export const newest = (lab: Lab, channel: string, user: string) => {
  const seen = lab.workspace
    .messages(user, channel)
    .filter(({ ephemeral, thread_ts }) => !ephemeral && thread_ts === undefined);
  const message = seen.at(-1);
  if (message === undefined) throw new Error(`Nothing to see in ${channel}`);
  return { ts: message.ts, text: renderMessage(message, lab.workspace.reader(user)) };
};

/** A button of the newest message: its label, and its id where that is not the label in lower case. */
export interface Button {
  readonly label: string;
  readonly id?: string;
}

/** Presses it, and lets time run until nothing but people is waited for. */
export const press = async (
  lab: Lab,
  remote: RemoteLab,
  user: string,
  channel: string,
  { label, id = label.toLowerCase() }: Button,
): Promise<void> => {
  const { ts } = newest(lab, channel, user);
  does(user, `presses “${label}” in #${channel}`);
  await remote.call('POST', '/lab/click', { user, channel, ts, action_id: id });
  await remote.settle();
};

/** The approver agrees to what waits for one, and the operator sees what came of it. */
export const approve = async (lab: Lab, remote: RemoteLab): Promise<void> => {
  await press(lab, remote, APPROVER, APPROVALS, { label: 'Approve' });
  show(newest(lab, CHANNEL, OPERATOR).text);
};
