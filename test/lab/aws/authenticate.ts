/** Who signed a request, or why that cannot be said. */
import type { Credentials, KnownKey } from './credentials.ts';
import { AwsRefusal } from './refusal.ts';
import type { Principal } from './types.ts';
import type { WireRequest } from './wire/identify.ts';
import { amzDate, isSignedWith, parseAmzDate, readClaim, type SignatureClaim } from './wire/sigv4.ts';

/** Signatures are good for five minutes either way. Source: AWS General Reference, signature errors. */
const TOLERANCE_MS = 5 * 60_000;

/** The two times that authentication looks at. */
export interface Clocks {
  /** Real time, ms: signatures are made with the wall clock. */
  readonly wallMs: number;
  /** Simulated time, ms: temporary credentials expire by it. */
  readonly labMs: number;
}

/** The claim of a signed request; throws the refusal where there is none. */
export function claimOf(request: WireRequest): SignatureClaim {
  const claim = readClaim(request.headers.authorization);
  if (claim === 'missing') throw new AwsRefusal('missing-authentication');
  if (claim === 'incomplete') throw new AwsRefusal('incomplete-signature');
  return claim;
}

/** The principal behind a claim. Throws the refusal AWS gives, in the order AWS looks: key, token, date, signature. */
export function authenticate(
  claim: SignatureClaim,
  request: WireRequest,
  credentials: Pick<Credentials, 'find'>,
  clocks: Clocks,
): Principal {
  const known = credentials.find(claim.accessKeyId);
  if (known === undefined) throw new AwsRefusal('unknown-key');
  checkToken(known, request.headers['x-amz-security-token'], clocks.labMs);
  checkDate(request.headers['x-amz-date'], clocks.wallMs);
  if (!isSignedWith(known.principal.secretAccessKey, claim, request)) throw new AwsRefusal('bad-signature');
  return known.principal;
}

function checkToken({ principal, expiresAtMs }: KnownKey, token: string | undefined, nowMs: number): void {
  if (principal.sessionToken !== token) throw new AwsRefusal('unknown-key');
  if (expiresAtMs !== undefined && nowMs >= expiresAtMs) throw new AwsRefusal('expired-token');
}

function checkDate(header: string | undefined, nowMs: number): void {
  const signedMs = parseAmzDate(header);
  if (signedMs === undefined) throw new AwsRefusal('incomplete-signature', "Date must be in ISO-8601 'basic format'.");
  const now = amzDate(nowMs);
  if (signedMs < nowMs - TOLERANCE_MS) {
    const earliest = amzDate(nowMs - TOLERANCE_MS);
    throw outOfRange(`Signature expired: ${header} is now earlier than ${earliest} (${now} - 5 min.)`);
  }
  if (signedMs > nowMs + TOLERANCE_MS) {
    const latest = amzDate(nowMs + TOLERANCE_MS);
    throw outOfRange(`Signature not yet current: ${header} is still later than ${latest} (${now} + 5 min.)`);
  }
}

function outOfRange(text: string): AwsRefusal {
  return new AwsRefusal('date-out-of-range', text);
}
