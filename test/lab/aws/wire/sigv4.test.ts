import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireRequest } from './identify.ts';
import { NodeHash } from './node-hash.ts';
import { amzDate, isSignedWith, parseAmzDate, readClaim, type SignatureClaim } from './sigv4.ts';

const SECRET = 'a secret';

const signer = new SignatureV4({
  service: 'lambda',
  region: 'eu-central-1',
  sha256: NodeHash,
  credentials: { accessKeyId: 'AKIA', secretAccessKey: SECRET },
});

interface Signable {
  readonly segments: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The request as the signer's own SDK would put it on the wire. */
async function signed({ segments, query, body }: Signable): Promise<{ request: WireRequest; claim: SignatureClaim }> {
  const path = `/aws/${segments.map(encodeURIComponent).join('/')}`;
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname: '127.0.0.1',
    path,
    query: { ...query },
    headers: { host: '127.0.0.1', 'x-odd': '  several   spaces ' },
    body,
  });
  const search = Object.entries(query).map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
  const claim = readClaim(headers.authorization);
  if (typeof claim !== 'object') throw new Error(claim);
  const url = search.length === 0 ? path : `${path}?${search.join('&')}`;
  return {
    claim,
    request: { method: 'POST', url, path, query: new URLSearchParams(query), headers, body: Buffer.from(body) },
  };
}

const text = fc.string({
  unit: fc.constantFrom('a', 'Z', '0', ':', '/', '+', '=', '%', '*', "'", '!', '~', ' ', '日', '-', '.'),
});
const signable = fc.record({
  segments: fc.array(
    text.filter((segment) => !/^\.{0,2}$/.test(segment)),
    { minLength: 1, maxLength: 3 },
  ),
  query: fc.dictionary(
    text.filter((key) => key !== ''),
    text,
    { maxKeys: 3 },
  ),
  body: fc.string(),
});

describe('isSignedWith', () => {
  it('accepts whatever the SDK signs', async () => {
    await fc.assert(
      fc.asyncProperty(signable, async (wanted) => {
        const { request, claim } = await signed(wanted);
        expect(isSignedWith(SECRET, claim, request)).toBe(true);
      }),
    );
  });

  it.each<[string, (request: WireRequest) => Partial<WireRequest>]>([
    ['method', () => ({ method: 'PUT' })],
    ['path', ({ url }) => ({ url: url.replace('/aws/', '/aws/x') })],
    ['query', ({ url }) => ({ url: `${url}&more=1` })],
    ['signed header', ({ headers }) => ({ headers: { ...headers, 'x-odd': 'other' } })],
    ['body', () => ({ body: Buffer.from('other') })],
    ['declared hash of the body', ({ headers }) => ({ headers: { ...headers, 'x-amz-content-sha256': '0' } })],
  ])('refuses another %s', async (_, change) => {
    const { request, claim } = await signed({ segments: ['a'], query: { b: 'c' }, body: 'd' });

    expect(isSignedWith(SECRET, claim, { ...request, ...change(request) })).toBe(false);
  });

  it('refuses a signature that leaves the host out', async () => {
    const { request, claim } = await signed({ segments: ['a'], query: {}, body: '' });

    expect(isSignedWith(SECRET, { ...claim, signedHeaders: ['x-amz-date'] }, request)).toBe(false);
  });
});

describe('readClaim', () => {
  it.each([
    [undefined, 'missing'],
    ['', 'missing'],
    ['Bearer abc', 'incomplete'],
    ['AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host', 'incomplete'],
    ['AWS4-HMAC-SHA256 Credential=a/b/c/d/other, SignedHeaders=host, Signature=0', 'incomplete'],
  ])('says of %j that it is %s', (header, expected) => {
    expect(readClaim(header)).toBe(expected);
  });
});

describe('dates', () => {
  it('are read as they are written', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true }), (date) => {
        const seconds = Math.floor(date.getTime() / 1000) * 1000;
        expect(parseAmzDate(amzDate(seconds))).toBe(seconds);
      }),
    );
  });

  it.each([undefined, '', '2026-11-22T00:00:00Z', '20261322T000000Z'])('that are none (%s) are not read', (value) => {
    expect(parseAmzDate(value)).toBeUndefined();
  });
});
