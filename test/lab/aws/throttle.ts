/** Request rates of the simulated account: a token bucket for each account, region and service, on simulated time. */

/** How fast a token bucket fills and how much it holds. */
export interface Rate {
  /** Requests a second that are let through for long. */
  readonly ratePerSecond: number;
  /** Requests let through at once after a pause. */
  readonly burst: number;
}

/** Rates by service, e.g. `{ ssm: { ratePerSecond: 5, burst: 10 } }`. A service without a rate is not throttled. */
export type ThrottleSettings = Readonly<Record<string, Rate>>;

/**
 * What holds unless a lab says otherwise. Route 53 publishes five requests a second for an account. Systems Manager
 * publishes nothing for Run Command: the figure is a generous guess, and benchmarks set a harsher one.
 */
export const DEFAULT_THROTTLE: ThrottleSettings = {
  ssm: { ratePerSecond: 20, burst: 100 },
  route53: { ratePerSecond: 5, burst: 5 },
};

/** Lets calls through or not. */
export interface Throttle {
  /** Takes a token; false when the bucket is empty. */
  admit(call: { readonly service: string; readonly account: string; readonly region: string }): boolean;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** Full buckets at first. */
export function createThrottle(now: () => number, settings: ThrottleSettings = DEFAULT_THROTTLE): Throttle {
  const buckets = new Map<string, Bucket>();
  return {
    admit: ({ service, account, region }) => {
      const rate = settings[service];
      if (rate === undefined) return true;
      const key = `${service}/${account}/${region}`;
      const bucket = refilled(buckets.get(key), rate, now());
      buckets.set(key, bucket);
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
  };
}

function refilled(bucket: Bucket | undefined, rate: Rate, nowMs: number): Bucket {
  if (bucket === undefined) return { tokens: rate.burst, filledAtMs: nowMs };
  const gained = ((nowMs - bucket.filledAtMs) / 1000) * rate.ratePerSecond;
  return { tokens: Math.min(rate.burst, bucket.tokens + gained), filledAtMs: nowMs };
}
