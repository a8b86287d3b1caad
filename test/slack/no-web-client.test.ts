import { expect, it } from 'vitest';
import * as instead from '../../bot/slack/no-web-client.ts';

it('a client that was made can be passed on', () => {
  const client = Reflect.construct(instead.WebClient, ['token', {}]);

  expect({ client }.client).toBe(client);
});

it('a client that is used says what to use instead', () => {
  const client: { chat?: unknown } = Reflect.construct(instead.WebClient, []);

  expect(() => client.chat).toThrow("client.chat: Bolt's client is not in this bundle, ask by fetch");
});
