/** Keeps in the audit that somebody of another workspace tried something. Loaded when that happens. */
import { noteDenial } from './barred.ts';
import { field, type ListenerDeps } from './context.ts';

/** The fields of any request that say who, where and what. */
interface StrangerBody {
  readonly team_id?: unknown;
  readonly user_id?: unknown;
  readonly channel_id?: unknown;
  readonly team?: { readonly id?: unknown } | null;
  readonly user?: { readonly id?: unknown; readonly team_id?: unknown } | null;
  readonly channel?: { readonly id?: unknown } | null;
}

const HOUR_MS = 3_600_000;

/** Slack's ids; anything else is not kept. */
const id = (...candidates: readonly unknown[]): string =>
  candidates.map(field).find((each) => /^[A-Z][A-Z0-9]{1,20}$/.test(each)) ?? '';

/** Noted once an hour for each person: what they typed is of no use and might be anything. */
export async function noteStranger(body: unknown, deps: ListenerDeps): Promise<void> {
  const { team_id, user_id, channel_id, team, user, channel } = body as StrangerBody;
  const asker = {
    teamId: id(team_id, team?.id, user?.team_id),
    userId: id(user_id, user?.id),
    channelId: id(channel_id, channel?.id),
    triggerId: String(Math.floor(deps.clock() / HOUR_MS)),
  };
  if (asker.teamId === '' || asker.userId === '' || asker.channelId === '') return;
  const key = [asker.teamId, asker.userId, 'foreign', asker.triggerId];
  await noteDenial({ asked: '…', why: 'foreign', key }, asker, deps);
}
