/** Keeps the secret for as long as the execution environment lives, and notices that it was rotated. */
import type { Clock } from '../ports.ts';

export interface SlackSecret {
  readonly signingSecret: string;
  readonly botToken: string;
}

/** The secret, or why it cannot be had; `action` names the right where that is what is missing. */
export type SecretAnswer =
  | { readonly ok: true; readonly secret: SlackSecret }
  | { readonly ok: false; readonly detail: string; readonly action?: string };

export interface SecretKeeper {
  /** The secret as last fetched; a failure is not kept. */
  current(): Promise<SecretAnswer>;
  /** The secret fetched again; forged requests cannot cause more than one fetch a minute. */
  refreshed(): Promise<SecretAnswer>;
}

const REFRESH_EVERY_MS = 60_000;

/** Starts fetching when first asked. */
export function secretKeeper(fetchSecret: () => Promise<SecretAnswer>, clock: Clock): SecretKeeper {
  let kept: Promise<SecretAnswer> | undefined;
  let fetchedAtMs = Number.NEGATIVE_INFINITY;
  const fetch = (): Promise<SecretAnswer> => {
    fetchedAtMs = clock();
    const fetching = fetchSecret();
    kept = fetching;
    const forget = () => {
      if (kept === fetching) kept = undefined;
    };
    fetching.then((answer) => answer.ok || forget(), forget);
    return fetching;
  };
  /** A fetch begun while the environment was made may have been frozen with it, and have died: its failure says nothing. */
  const current = async (): Promise<SecretAnswer> => {
    if (kept === undefined) return fetch();
    const answer = await kept.catch(() => undefined);
    return answer?.ok ? answer : (kept ?? fetch());
  };
  return {
    current,
    refreshed: () => (clock() - fetchedAtMs >= REFRESH_EVERY_MS ? fetch() : (kept ?? fetch())),
  };
}
