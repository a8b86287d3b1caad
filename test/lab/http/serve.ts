/** The lab's one port: who answers which path. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Lab } from '../lab.ts';
import { sameMachine } from '../slack/workspace.ts';
import { serveFunctionUrl } from './function-url.ts';
import { Refused, readJson, send } from './json.ts';
import { labRoutes } from './lab-routes.ts';

/** Slack's requests come from the workspace; the function behind its URL answers them. */
const slackEvents = async (lab: Lab, req: IncomingMessage, res: ServerResponse): Promise<void> => {
  const started = performance.now();
  const status = await serveFunctionUrl(req, res, lab.clock.now(), async (event) => {
    const outcome = await lab.lambda.invoke('slack', event);
    if ('thrown' in outcome) throw new Error(outcome.thrown.ErrorMessage);
    return outcome.ok;
  });
  lab.wire.record({
    at: lab.clock.now(),
    from: 'slack',
    to: 'bot',
    operation: 'bot:request',
    status,
    ms: performance.now() - started,
  });
};

/** @throws Refused for a request line that is no address of the lab. */
const readUrl = (lab: Lab, req: IncomingMessage): URL => {
  const url = URL.parse(req.url ?? '/', lab.url);
  if (url === null) throw new Refused(`${req.url} is no address`);
  return url;
};

const answer = async (lab: Lab, req: IncomingMessage, res: ServerResponse): Promise<void> => {
  if (!sameMachine(req)) throw new Refused('only this machine, by its own name, is answered', 403);
  const url = readUrl(lab, req);
  const { pathname } = url;
  if (pathname === '/aws' || pathname.startsWith('/aws/')) {
    return lab.aws.endpoint(req, res, (req.url ?? '').slice('/aws'.length) || '/');
  }
  if (pathname === '/slack/events') return slackEvents(lab, req, res);
  if (pathname === '/healthz') return send(res, { status: 200, json: { ok: true } });
  if (await lab.workspace.handle(req, res)) return;
  const route = labRoutes.find(({ method, path }) => method === req.method && path.test(pathname));
  if (route === undefined) throw new Refused(`There is no ${req.method} ${pathname}`, 404);
  const body = req.method === 'GET' || req.method === 'DELETE' ? {} : await readJson(req);
  send(res, { status: 200, json: await route.answer(lab, body, url) });
};

/**
 * Answers requests from here on; those that come before the lab is whole wait for it, since functions begin to fetch
 * what they need while it is being built. A refusal says what was wrong; a fault of the lab itself is printed and a 500.
 */
export const serve = (server: Server, ready: Promise<Lab>): void => {
  const answerWhenReady = async (req: IncomingMessage, res: ServerResponse) => answer(await ready, req, res);
  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    answerWhenReady(req, res).catch((error: unknown) => {
      if (error instanceof Refused) return send(res, error.reply);
      console.error('lab:', error);
      send(res, { status: 500, json: { error: 'internal', message: 'The lab failed; its output says why' } });
    });
  });
};
