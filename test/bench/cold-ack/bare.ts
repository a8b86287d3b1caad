/** The floor: a handler that checks Slack's signature and nothing else. Reads its secret as the bot does. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { signedFetch } from '../../../bot/aws/signed-fetch.ts';
import { readSlackSecret } from '../../../bot/aws/slack-secret.ts';

const secret = readSlackSecret(signedFetch(process.env, fetch), process.env.KMSBOT_SLACK_SECRET ?? '');

export const handler = async (event: {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}) => {
  const answer = await secret;
  if (!answer.ok) throw new Error(answer.detail);
  const raw = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  const base = `v0:${event.headers['x-slack-request-timestamp']}:`;
  const expected = Buffer.from(
    `v0=${createHmac('sha256', answer.secret.signingSecret).update(base).update(raw).digest('hex')}`,
  );
  const given = Buffer.from(event.headers['x-slack-signature'] ?? '');
  const genuine = given.length === expected.length && timingSafeEqual(given, expected);
  return { statusCode: genuine ? 200 : 401 };
};
