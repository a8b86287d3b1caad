/** Reading an HTTP request off the wire. */
import type { IncomingMessage } from 'node:http';
import { AwsRefusal } from '../refusal.ts';
import type { WireRequest } from './identify.ts';

/** No service here takes more: Lambda's largest payload is 6 MB. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** Everything but the body. `pathBehindPrefix` may carry the query or not. */
export function readTarget(req: IncomingMessage, pathBehindPrefix: string): Omit<WireRequest, 'body'> {
  const url = req.url ?? '/';
  const [path = '/'] = pathBehindPrefix.split('?');
  const at = url.indexOf('?');
  return {
    method: req.method ?? 'GET',
    url,
    path: path.startsWith('/') ? path : `/${path}`,
    query: new URLSearchParams(at < 0 ? '' : url.slice(at + 1)),
    headers: Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, [value].flat().join(',')])),
  };
}

/** The body whole; throws the refusal of one that is too large, once all of it has been read off the socket. */
export async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (bytes > MAX_BODY_BYTES) throw new AwsRefusal('too-large');
  return Buffer.concat(chunks);
}
