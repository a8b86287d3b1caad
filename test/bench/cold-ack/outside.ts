/** Secrets Manager, Lambda and Slack as far as one acknowledgement needs them, answering at once. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const BOT_TOKEN = ['xoxb', 'bench'].join('-');

const answers: Readonly<Record<string, unknown>> = {
  '/api/auth.test': { ok: true, team_id: 'T0BENCH', user_id: 'U0BOT', bot_id: 'B0BOT' },
  '/api/users.info': { ok: true, user: { id: 'U0AIKO', locale: 'en-US', tz: 'UTC' } },
  '/api/conversations.info': { ok: true, channel: { id: 'C0BENCH', is_member: true } },
};

export const startOutside = async () => {
  const seen = new Map<string, number>();
  const server = createServer((req, res) => {
    req.resume().on('end', () => {
      const path = (req.url ?? '').split('?')[0] ?? '';
      const invocation = path.includes('/invocations');
      const name = invocation ? 'invoke' : path;
      seen.set(name, (seen.get(name) ?? 0) + 1);
      if (invocation) return res.writeHead(202).end();
      const known = answers[path];
      if (known !== undefined)
        return res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(known));
      const value = JSON.stringify({ signingSecret: SIGNING_SECRET, botToken: BOT_TOKEN });
      res.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ SecretString: value }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: (name: string) => seen.get(name) ?? 0,
    close: () => server.close(),
  };
};
