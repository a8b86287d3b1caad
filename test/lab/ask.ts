/** One command typed by one person, followed to its end: what they read, as text. */

import { isChange, isLook } from '../../bot/slack/built-command.ts';
import { isBuilt } from '../../bot/slack/command/table.ts';
import { parseCommand } from '../../bot/slack/command-text.ts';
import type { LabMessage, RemoteLab } from './remote-lab.ts';
import { installedManifest } from './slack/installed-manifest.ts';
import { type Reader, renderMessage } from './slack/plain-text.ts';

export interface Asked {
  /** What Slack showed at once. */
  readonly acknowledgement: string;
  /** The messages that came of it, oldest first, in their last state. */
  readonly answers: readonly string[];
  /** False when the command was not understood or is not built. */
  readonly understood: boolean;
  /** Whether what would have been answered by a message was refused at once, e.g. for want of a right. */
  readonly refused: boolean;
  readonly settled: boolean;
}

/** How this person reads: their zone and language, names for ids. */
export const readerFor = async (lab: RemoteLab, user: string): Promise<Reader> => {
  const { people, channels, now } = await lab.describe();
  const person = people.find(({ id, name }) => id === user || name === user);
  return {
    timeZone: person?.locale === 'ja-JP' ? 'Asia/Tokyo' : 'UTC',
    locale: person?.locale ?? 'en-GB',
    nowMs: Date.parse(now),
    userName: (id) => people.find((known) => known.id === id)?.name ?? installedManifest().botName,
    channelName: (id) => channels.find((known) => known.id === id)?.name ?? id,
    groupName: (id) => id,
  };
};

const everywhere = async (lab: RemoteLab, channel: string, user: string): Promise<readonly LabMessage[]> => [
  ...(await lab.messages(channel, user)),
  ...(await lab.messages('dm', user)),
];

const textOf = (body: unknown): string => {
  if (typeof body === 'string') return body;
  const { text } = (body ?? {}) as { readonly text?: unknown };
  return typeof text === 'string' ? text : '';
};

/** Types `/kms <text>` and lets simulated time run until the answer is there. @throws when the lab refuses. */
export const ask = async (
  lab: RemoteLab,
  request: { readonly user: string; readonly channel: string; readonly text: string },
): Promise<Asked> => {
  const parsed = parseCommand(request.text);
  const before = new Set((await everywhere(lab, request.channel, request.user)).map(({ ts }) => ts));
  const { status, body } = await lab.slash({ ...request, text: `/kms ${request.text}` });
  if (status !== 200) throw new Error(`The bot answered Slack with ${status}`);
  const { settled } = await lab.settle();
  const reader = await readerFor(lab, request.user);
  const after = await everywhere(lab, request.channel, request.user);
  const fresh = after.filter(({ ts, ephemeral }) => !before.has(ts) && !ephemeral);
  return {
    acknowledgement: renderMessage({ text: textOf(body), blocks: [] }, reader),
    answers: fresh.map((message) => renderMessage(message, reader)),
    refused: parsed.ok && (isLook(parsed.command) || isChange(parsed.command)) && settled && fresh.length === 0,
    understood: parsed.ok && isBuilt(parsed.command.name),
    settled,
  };
};
