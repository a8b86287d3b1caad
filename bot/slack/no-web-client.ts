/**
 * What Bolt loads of `@slack/web-api`, in the bundle of the Slack function alone. Bolt makes a client for every request
 * and no listener uses it: what is asked of Slack while somebody waits goes through `fetch`. The real one is a third of
 * the code that a cold start reads.
 */

const refuse = (_: object, member: string | symbol): never => {
  throw new Error(`client.${String(member)}: Bolt's client is not in this bundle, ask by fetch`);
};

/** Called with `new`: a client that can be passed on, and refuses to be used. */
export function WebClient(): object {
  return new Proxy({}, { get: refuse });
}

/** Only that client would throw these. */
export class WebAPIPlatformError extends Error {}
export class WebAPIRateLimitedError extends Error {}
export class WebAPIHTTPError extends Error {}

/** Nothing is sent, so nobody reads the metadata. */
export const addAppMetadata = (): void => undefined;
