/** How every AWS client of the bot is configured. */

/** Environment variables as given to a function. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Access keys of a role, permanent or temporary. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What the constructors of the SDK's clients take. */
export interface AwsClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: AwsCredentials;
  readonly maxAttempts: 1;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
}

const CONNECTION_TIMEOUT_MS = 3_000;
/** The slowest call, a page of fifty outputs, answers well within; a hung socket must not eat the invocation. */
const REQUEST_TIMEOUT_MS = 20_000;

const credentialsFrom = (env: Env): AwsCredentials | undefined => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = env;
  if (!accessKeyId || !secretAccessKey) return undefined;
  return token ? { accessKeyId, secretAccessKey, sessionToken: token } : { accessKeyId, secretAccessKey };
};

/** Attempts of a call that nobody can wait for durably. */
const ENGINE_ATTEMPTS = 3;

/**
 * For the client that durable executions keep their progress with. Waiting durably needs this very client, so it alone
 * tries again by itself: otherwise a connection that died while the environment was frozen ends the invocation. What it
 * sends carries a token, and may be repeated.
 */
export const engineClientConfig = (env: Env) => ({ ...awsClientConfig(env), maxAttempts: ENGINE_ATTEMPTS });

/**
 * Region, endpoint and credentials from the environment given, and one attempt a call.
 *
 * The SDK's own retries sleep inside the invocation; here whoever has to wait waits durably. Where the environment
 * names no credentials or no region, the SDK's usual chain applies.
 */
export const awsClientConfig = (env: Env): AwsClientConfig => {
  const credentials = credentialsFrom(env);
  return {
    region: env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'us-east-1',
    ...(env.AWS_ENDPOINT_URL ? { endpoint: env.AWS_ENDPOINT_URL } : {}),
    ...(credentials ? { credentials } : {}),
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  };
};
