/** How often Slack lets an app call: budgets a minute for each method, and one message a second in a channel. */
import type { LabClock } from '../../clock.ts';
import type { Tier } from './answer.ts';

/** Calls a minute. Slack says "at least"; the lab gives exactly that. */
const PER_MINUTE: Readonly<Record<Tier, number>> = { 1: 1, 2: 20, 3: 50, 4: 100, special: 600 };
const WINDOW_MS = 60_000;

/** `chat.postMessage`: one a second in a channel, this many at once; and a cap on the workspace. */
const POST_BURST = 10;
const POST_INTERVAL_MS = 1_000;
const POSTS_PER_MINUTE = 300;

export interface RateLimits {
  /** Counts a call. Answers 0 when it may pass, else the seconds to wait. */
  take(call: {
    readonly holder: string;
    readonly method: string;
    readonly tier: Tier;
    readonly channel?: string;
  }): number;
}

/** Budgets that refill with simulated time. */
export function createRateLimits(clock: LabClock): RateLimits {
  const calls = new Map<string, number[]>();
  const channels = new Map<string, { tokens: number; atMs: number }>();

  const takeFromWindow = (key: string, budget: number): number => {
    const now = clock.now();
    const recent = (calls.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
    calls.set(key, recent);
    const [first] = recent;
    if (first !== undefined && recent.length >= budget) return seconds(first + WINDOW_MS - now);
    recent.push(now);
    return 0;
  };
  const takeFromChannel = (key: string): number => {
    const now = clock.now();
    const bucket = channels.get(key) ?? { tokens: POST_BURST, atMs: now };
    const tokens = Math.min(POST_BURST, bucket.tokens + (now - bucket.atMs) / POST_INTERVAL_MS);
    if (tokens < 1) {
      channels.set(key, { tokens, atMs: now });
      return seconds((1 - tokens) * POST_INTERVAL_MS);
    }
    channels.set(key, { tokens: tokens - 1, atMs: now });
    return 0;
  };
  return {
    take: ({ holder, method, tier, channel }) => {
      const isPost = method === 'chat.postMessage';
      const wait = isPost ? takeFromChannel(`${holder} ${channel}`) : 0;
      if (wait > 0) return wait;
      return takeFromWindow(`${holder} ${method}`, isPost ? POSTS_PER_MINUTE : PER_MINUTE[tier]);
    },
  };
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}
