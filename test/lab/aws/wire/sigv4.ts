/**
 * Verifying Signature Version 4, as the service does: the canonical request is built anew from what arrived and signed
 * with the secret on file. Source: AWS, "Create a signed AWS API request".
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from './identify.ts';

/** What an `Authorization` header claims. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** `yyyymmdd` of the credential scope. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** Reads the header; `missing` without one, `incomplete` where it cannot be read. */
export function readClaim(authorization: string | undefined): SignatureClaim | 'missing' | 'incomplete' {
  if (authorization === undefined || authorization.trim() === '') return 'missing';
  const [algorithm, ...rest] = authorization.trim().split(/\s+/);
  if (algorithm !== ALGORITHM) return 'incomplete';
  const fields = new Map(rest.join('').split(',').map(splitField));
  const scope = (fields.get('Credential') ?? '').split('/');
  const [accessKeyId, date, region, service, terminator] = scope;
  const signedHeaders = fields.get('SignedHeaders');
  const signature = fields.get('Signature');
  if (scope.length !== 5 || terminator !== 'aws4_request') return 'incomplete';
  if (!accessKeyId || !date || !region || !service || !signedHeaders || !signature) return 'incomplete';
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature };
}

/** Whether the claim's signature is the one this secret gives for the request as it arrived. */
export function isSignedWith(secret: string, claim: SignatureClaim, request: WireRequest): boolean {
  if (!claim.signedHeaders.includes('host')) return false;
  const amzDate = request.headers['x-amz-date'] ?? '';
  if (!amzDate.startsWith(claim.date)) return false;
  const payloadHash = sha256(request.body);
  const declared = request.headers['x-amz-content-sha256'];
  if (declared !== undefined && declared !== payloadHash) return false;
  const scope = `${claim.date}/${claim.region}/${claim.service}/aws4_request`;
  const canonical = canonicalRequest(claim, request, payloadHash);
  const expected = hmac(signingKey(secret, claim), [ALGORITHM, amzDate, scope, sha256(canonical)].join('\n'));
  return isSameText(expected.toString('hex'), claim.signature);
}

/** `20261122T010203Z` as milliseconds since 1970; undefined where it is no such time. */
export function parseAmzDate(text: string | undefined): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Milliseconds since 1970 as `20261122T010203Z`. */
export function amzDate(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function canonicalRequest(claim: SignatureClaim, request: WireRequest, payloadHash: string): string {
  const [path = '/', query = ''] = splitOnce(request.url, '?');
  const headers = claim.signedHeaders.map((name) => `${name}:${canonicalHeader(request.headers[name])}\n`);
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query),
    headers.join(''),
    claim.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

function canonicalHeader(value: string | undefined): string {
  return (value ?? '').trim().replace(/\s+/g, ' ');
}

/** Normalised, then encoded a second time: every service but S3 signs it so. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(segment);
  }
  const trailing = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.map(encode).join('/')}${trailing}`;
}

function canonicalQuery(query: string): string {
  const pairs = query.split('&').filter((part) => part !== '');
  const encoded = pairs.map((part) => splitOnce(part, '=').map((text) => encode(decode(text))));
  return encoded
    .map(([key = '', value = '']) => [key, value] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([key, value]) => `${key}=${value}`)
    .join('&');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function splitField(field: string): [string, string] {
  const [key = '', value = ''] = splitOnce(field, '=');
  return [key, value];
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function signingKey(secret: string, claim: SignatureClaim): Buffer {
  const dated = hmac(`AWS4${secret}`, claim.date);
  return hmac(hmac(hmac(dated, claim.region), claim.service), 'aws4_request');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function isSameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
