/** Guards the lab's server: it answers programs and pages of this machine only. */
import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/**
 * Whether a request was made to this machine by its own name, and, if a page made it, by a page served from the same
 * address. A foreign `Host` is a name somebody pointed at the loopback address; a foreign `Origin` is another page.
 */
export function sameMachine(request: Pick<IncomingMessage, 'headers'>): boolean {
  const { host, origin } = request.headers;
  if (host === undefined || !LOOPBACK.test(host)) return false;
  if (request.headers['sec-fetch-site'] === 'cross-site') return false;
  return origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`;
}
