/** Lambda's function URL: an HTTP request becomes an event of payload format 2.0, the result becomes the answer. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './json.ts';

/** Types that arrive as text; every other body is base64, a Slack form among them. */
const TEXT = /^(text\/|application\/(json|javascript|xml))/;

const flat = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(',') : value]],
    ),
  );

/** The event a function behind its URL receives for this request. */
export const toEvent = (req: IncomingMessage, body: Buffer, atMs: number): Record<string, unknown> => {
  const url = new URL(req.url ?? '/', 'http://function-url.invalid');
  const isText = TEXT.test(req.headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: flat(req.headers),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'lab',
      domainName: 'function-url.invalid',
      domainPrefix: 'lab',
      http: {
        method: req.method ?? 'GET',
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: '',
      },
      requestId: `lab-${atMs}`,
      routeKey: '$default',
      stage: '$default',
      time: new Date(atMs).toISOString(),
      timeEpoch: atMs,
    },
    isBase64Encoded: !isText,
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
  };
};

interface FunctionAnswer {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** Calls the function and answers; a function that fails is a 502, as Lambda answers. */
export const serveFunctionUrl = async (
  req: IncomingMessage,
  res: ServerResponse,
  atMs: number,
  invoke: (event: unknown) => Promise<unknown>,
): Promise<number> => {
  const event = toEvent(req, await readBody(req), atMs);
  let answer: FunctionAnswer;
  try {
    answer = ((await invoke(event)) ?? {}) as FunctionAnswer;
  } catch {
    res.writeHead(502, { 'content-type': 'application/json' }).end('{"Message":"Internal Server Error"}');
    return 502;
  }
  const status = answer.statusCode ?? 200;
  const body = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
  res.writeHead(status, { ...answer.headers }).end(body);
  return status;
};
