/** Reads a Web API request: form, JSON or multipart body, query, and the bearer token. */
import type { IncomingMessage } from 'node:http';
import { isObject } from '../block-kit.ts';
import type { Arguments } from './answer.ts';

/** Largest body taken, bytes. */
const LARGEST_BODY = 8_000_000;

/** A body larger than the lab takes. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** A request's body, whole. @throws BodyTooLarge */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > LARGEST_BODY) throw new BodyTooLarge(`more than ${LARGEST_BODY} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Arguments of the call, or the error Slack answers a body with that it cannot read. */
export async function readArguments(request: IncomingMessage): Promise<Arguments | { readonly unreadable: string }> {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://lab').searchParams);
  const body = await readBody(request);
  if (body.length === 0) return query;
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
  }
  if (type.startsWith('application/json')) return jsonArguments(query, body.toString('utf8'));
  if (type.startsWith('multipart/form-data')) return multipartArguments(query, type, body);
  return { unreadable: type === '' ? 'missing_post_type' : 'invalid_post_type' };
}

function jsonArguments(query: Arguments, body: string): Arguments | { readonly unreadable: string } {
  try {
    const json: unknown = JSON.parse(body);
    return isObject(json) ? { ...query, ...json } : { unreadable: 'json_not_object' };
  } catch {
    return { unreadable: 'invalid_json' };
  }
}

async function multipartArguments(
  query: Arguments,
  type: string,
  body: Buffer,
): Promise<Arguments | { readonly unreadable: string }> {
  const form = await parseMultipart(type, body);
  if (form === undefined) return { unreadable: 'invalid_form_data' };
  const entries = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { ...query, ...Object.fromEntries(entries) };
}

/** A multipart body's parts; nothing when it is none. */
export async function parseMultipart(type: string, body: Buffer): Promise<FormData | undefined> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch {
    return undefined;
  }
}

/** The bearer token of the header, or the `token` argument. */
export function tokenOf(request: IncomingMessage, args: Arguments): string | undefined {
  const header = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (header !== undefined) return header;
  return typeof args.token === 'string' && args.token !== '' ? args.token : undefined;
}
