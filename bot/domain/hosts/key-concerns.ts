/** Whether a host's key and updates are new enough for the clients that ask it, and what it refuses. */
import type { BuildCount } from '../fleet/fleet-summary.ts';
import {
  type ActivatedWindows,
  activates,
  KEY_GROUPS,
  type KeyGroup,
  keyGroupFor,
  updateNeeded,
} from '../host-generations.ts';
import type { RequestDigest } from '../host-record.ts';
import type { Hresult } from '../hresult.ts';
import { DAY_MS } from './forecast.ts';
import type { HostConcern } from './host-story.ts';
import type { Looked } from './looked.ts';

/** A host answers so when its key or its Windows does not know the client's generation. */
const TOO_OLD: readonly Hresult[] = ['0xC004F042', '0x4004F042', '0xC004F015'];

/** What a host answers when it is not activated itself, and when it has counted too few: told as concerns of their own. */
export const ANSWERS = { notActivated: '0xC004F041', tooFew: '0xC004F038' } as const satisfies Record<string, Hresult>;
const TOLD_ELSEWHERE: readonly Hresult[] = Object.values(ANSWERS);

/** Days after which a refusal is history: every client asks again within seven. */
const RECENT_DAYS = 8;

const windowsOf = ({ build, needs }: BuildCount): ActivatedWindows => ({
  build,
  kind: needs === 25 ? 'workstation' : 'server',
});

/** Concerns about generations, and about every other code the host answers. */
export function keyConcerns(looked: Looked): readonly HostConcern[] {
  const recent = recentFailures(looked);
  const old = tooOld(
    looked,
    recent.some(({ code }) => TOO_OLD.includes(code)),
  );
  const others = recent.filter(
    ({ code }) => !TOLD_ELSEWHERE.includes(code) && (old.length === 0 || !TOO_OLD.includes(code)),
  );
  return [...old, ...others.map(({ code, events }) => ({ kind: 'refuses', code, events }) as const)];
}

/** By the host's own clock, as its log is. */
function recentFailures({ record }: Looked): RequestDigest['failures'] {
  const digest = record.requestDigest.read ? record.requestDigest.value : undefined;
  return (digest?.failures ?? []).filter(({ newestMs }) => newestMs > record.atMs - RECENT_DAYS * DAY_MS);
}

/** The update is only named where the key is new enough and the host refuses all the same: else it has it already. */
function tooOld({ host, clients }: Looked, refuses: boolean): readonly HostConcern[] {
  const { keyGroup, build } = host;
  if (keyGroup === undefined) return [];
  const beyond = clients.builds.filter((each) => !activates(keyGroup, windowsOf(each)));
  if (beyond.length > 0) {
    const needs = newestGroup(beyond);
    return needs === undefined ? [] : [{ kind: 'key-too-old', keyGroup, machines: machinesIn(beyond), needs }];
  }
  if (!refuses || build === undefined) return [];
  const waiting = clients.builds.filter((each) => updateNeeded(build, each.build) !== undefined);
  const update = updateNeeded(build, Math.max(0, ...waiting.map((each) => each.build)));
  return update === undefined ? [] : [{ kind: 'update-needed', update: update.kb, machines: machinesIn(waiting) }];
}

/** The newest key that any of them needs; undefined where no key activates the newest. */
function newestGroup(builds: readonly BuildCount[]): KeyGroup | undefined {
  const needed = builds.map((each) => keyGroupFor(windowsOf(each)));
  return needed.includes(undefined) ? undefined : KEY_GROUPS.find((group) => needed.includes(group));
}

const machinesIn = (builds: readonly BuildCount[]): number => builds.reduce((sum, { machines }) => sum + machines, 0);
