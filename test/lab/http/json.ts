import type { IncomingMessage, ServerResponse } from 'node:http';

/** An answer of the lab's own HTTP interface. */
export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly contentType?: string;
}

/** A request the lab refuses, with a sentence that says what was wrong. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }

  /** The answer to the request: a word for programs, the sentence for people. */
  get reply(): Reply {
    const error = { 403: 'foreign_origin', 404: 'not_found', 413: 'too_large' }[this.status] ?? 'refused';
    return { status: this.status, json: { error, message: this.message } };
  }
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The whole body, refused above eight megabytes. */
export const readBody = async (req: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Refused('The body is larger than 8 MB', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** The body as a JSON object; an empty one counts as `{}`. */
export const readJson = async (req: IncomingMessage): Promise<Record<string, unknown>> => {
  const text = (await readBody(req)).toString('utf8').trim();
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused('The body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refused('The body must be a JSON object');
  return value as Record<string, unknown>;
};

export const send = (res: ServerResponse, reply: Reply): void => {
  if (res.headersSent) return;
  if (reply.bytes !== undefined) {
    res.writeHead(reply.status, { 'content-type': reply.contentType ?? 'application/octet-stream' }).end(reply.bytes);
    return;
  }
  res
    .writeHead(reply.status, { 'content-type': 'application/json; charset=utf-8' })
    .end(`${JSON.stringify(reply.json ?? {})}\n`);
};
