/** What Slack hands to the bot with a request, to come back with. */

/** A trigger id that was handed out. */
export interface Trigger {
  readonly personId: string;
  readonly issuedMs: number;
  used: boolean;
}

/** A `response_url` that was handed out. */
export interface ResponseUrl {
  readonly personId: string;
  readonly channelId: string;
  readonly issuedMs: number;
  /** Where a button was clicked: the only message this address can replace or delete. */
  readonly messageTs?: string;
  readonly threadTs?: string;
  uses: number;
}
