/** Reading the secret that Slack and the bot share. */
import { type AwsCall, NoAwsAnswer } from './signed-fetch.ts';

export interface SlackSecret {
  readonly signingSecret: string;
  readonly botToken: string;
}

/** The secret, or why it cannot be had; `action` names the right where that is what is missing. */
export type SlackSecretAnswer =
  | { readonly ok: true; readonly secret: SlackSecret }
  | { readonly ok: false; readonly detail: string; readonly action?: string };

const PATIENCE_MS = 2_000;

/** Fetches the secret's current version. The values themselves never stand in a refusal. */
export async function readSlackSecret(call: AwsCall, secretId: string): Promise<SlackSecretAnswer> {
  try {
    const { status, errorType, body } = await call({
      service: 'secretsmanager',
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.GetSecretValue' },
      body: JSON.stringify({ SecretId: secretId }),
      timeoutMs: PATIENCE_MS,
    });
    if (status === 200) return parseSlackSecret(body);
    const denied = errorType === 'AccessDeniedException' || errorType === 'AccessDenied';
    const detail = `Reading the Slack secret failed: ${status} ${errorType ?? 'without a type'}`;
    return { ok: false, detail, ...(denied ? { action: 'secretsmanager:GetSecretValue' } : {}) };
  } catch (error) {
    if (error instanceof NoAwsAnswer) return { ok: false, detail: 'Secrets Manager did not answer' };
    throw error;
  }
}

function parseSlackSecret(body: string): SlackSecretAnswer {
  const { signingSecret, botToken } = jsonObject(jsonObject(body)?.SecretString) ?? {};
  if (typeof signingSecret === 'string' && signingSecret !== '' && typeof botToken === 'string' && botToken !== '')
    return { ok: true, secret: { signingSecret, botToken } };
  return { ok: false, detail: 'The Slack secret is not {"signingSecret": …, "botToken": …} with both filled in' };
}

function jsonObject(text: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
