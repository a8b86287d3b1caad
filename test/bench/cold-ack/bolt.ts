/** The ceiling: Bolt on Lambda as its documentation shows it, not bundled. Reads its secret as the bot does. */
import bolt from '@slack/bolt';
import { signedFetch } from '../../../bot/aws/signed-fetch.ts';
import { readSlackSecret } from '../../../bot/aws/slack-secret.ts';

const start = async () => {
  const answer = await readSlackSecret(signedFetch(process.env, fetch), process.env.KMSBOT_SLACK_SECRET ?? '');
  if (!answer.ok) throw new Error(answer.detail);
  const { signingSecret, botToken } = answer.secret;
  const receiver = new bolt.AwsLambdaReceiver({ signingSecret });
  const app = new bolt.App({
    token: botToken,
    receiver,
    clientOptions: { slackApiUrl: process.env.KMSBOT_SLACK_API_URL ?? '' },
  });
  app.command('/kms', async ({ ack }) => {
    await ack('On it.');
  });
  return receiver.toHandler();
};

const started = start();

export const handler = async (event: unknown, context: unknown) => (await started)(event as never, context as never);
