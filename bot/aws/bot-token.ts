/** The token the bot speaks to Slack with, from its secret. */
import { OperationFailed, Transient } from '../errors.ts';
import type { Clock, Conversation } from '../ports.ts';
import type { SlackSecretAnswer } from './slack-secret.ts';

/** A rotated token is picked up within this time. */
const KEPT_MS = 5 * 60_000;

/**
 * Gives the token, fetched at most every five minutes; a failure is not kept.
 *
 * @throws OperationFailed when the right to read the secret is missing, else Transient.
 */
export const botToken = (
  read: () => Promise<SlackSecretAnswer>,
  clock: Clock,
  functionName: string,
): (() => Promise<string>) => {
  let kept: { readonly token: string; readonly untilMs: number } | undefined;
  return async () => {
    if (kept !== undefined && clock() < kept.untilMs) return kept.token;
    const answer = await read();
    if (!answer.ok) throw refusal(answer, functionName);
    kept = { token: answer.secret.botToken, untilMs: clock() + KEPT_MS };
    return kept.token;
  };
};

const refusal = (answer: Extract<SlackSecretAnswer, { ok: false }>, functionName: string): Error =>
  answer.action === undefined
    ? new Transient('secretsmanager', answer.detail)
    : new OperationFailed({ kind: 'missing-right', action: answer.action, function: functionName });

/** A conversation that looks its token up for every call, so that a rotated one is picked up while operations run. */
export const conversationWith = (token: () => Promise<string>, make: (token: string) => Conversation): Conversation => {
  let kept: { readonly token: string; readonly conversation: Conversation } | undefined;
  const current = async (): Promise<Conversation> => {
    const now = await token();
    if (kept?.token !== now) kept = { token: now, conversation: make(now) };
    return kept.conversation;
  };
  return {
    open: async (...call) => (await current()).open(...call),
    update: async (...call) => (await current()).update(...call),
    attach: async (...call) => (await current()).attach(...call),
  };
};
