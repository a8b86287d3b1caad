import { describe, expect, it } from 'vitest';
import { ALL } from './check-setup.ts';
import { CORP_ZONE } from './diagnose-setup.ts';
import { killsOf } from './kills.ts';
import { domainsOf, recordsIn, recordsRequest, recordsWorld } from './records-setup.ts';

/** Asks hosts and vantages, and attaches a file. */
const crashing = async () => {
  const w = recordsWorld();
  const srv = Array.from({ length: 20 }, (_, n) => ({ ...CORP_ZONE.srv[0], target: `kms-${n}.corp.example` }));
  w.recordSets.zones.splice(0, 1, { ...CORP_ZONE, srv: [...CORP_ZONE.srv, ...srv] });
  await w.run(ALL);
  return w;
};

const calm = await (await crashing()).ask(recordsRequest(), undefined, 'op-2');
const kills = killsOf(calm.writes);

describe('a look at the records that is killed', () => {
  it.each(kills)('$when write $atWrite ends the same, with each command and file sent once', async (kill) => {
    const w = await crashing();
    const before = w.fleet.sent.length;

    const { result, replays } = await w.ask(recordsRequest(), kill, 'op-2');

    expect(replays).toBe(1);
    expect(result).toEqual(calm.result);
    expect(w.fleet.sent.slice(before).map(({ siteId }) => siteId)).toEqual(['tokyo']);
    expect(w.conversation.messages).toHaveLength(2);
    expect(w.conversation.messages[1]?.files).toHaveLength(1);
    expect(domainsOf(recordsIn(w.last()))).toEqual(['corp.example', 'eu.example']);
  });
});
