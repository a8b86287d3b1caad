/** What managed nodes and Run Command keep, in memory and over AWS alike. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeNodes } from '../../bot/domain/merge-nodes.ts';
import type { ManagedNode, Site } from '../../bot/domain/nodes.ts';
import type { Answer, CommandTarget, ManagedNodes, RunCommand } from '../../bot/ports.ts';

/** A machine of the world that the suite is run in. */
export interface MachineSpec {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly platform: 'windows' | 'linux';
  readonly state: 'online' | 'offline' | 'stopped' | 'no-agent';
  readonly inFleet: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  /** Seconds until it has answered, and what; only for those online. */
  readonly run?: { readonly seconds: number; readonly exitCode: number; readonly stdout: string };
}

export interface FleetUnderTest {
  readonly nodes: ManagedNodes;
  readonly runCommand: RunCommand;
  readonly tokyo: Site;
  readonly frankfurt: Site;
  readonly now: () => number;
  advance(seconds: number): Promise<void>;
  /** How often the inspection was sent. */
  sent(): number;
  close(): Promise<void>;
}

const id = (n: number): string => `i-${n.toString(16).padStart(17, '0')}`;
const RECORD = 'KMSBOT1 {"v":1}';
const ANSWER = { seconds: 3, exitCode: 0, stdout: `${RECORD}\r\n` };
const online = { site: 'tokyo', platform: 'windows', state: 'online', inFleet: true, run: ANSWER } as const;

export const OFFLINE = id(1001);
export const STOPPED = id(1002);
export const AGENTLESS = id(1003);
export const LINUX = id(1004);
export const UNTAGGED = id(1005);
export const ELSEWHERE = id(1006);
export const FAILING = id(1007);
/** In nobody's inventory any more. */
const GONE = id(1009);
export const HYBRID = `mi-${'0'.repeat(16)}8`;

/** Sixty healthy machines and one of every kind that is not. */
export const MACHINES: readonly MachineSpec[] = [
  ...Array.from({ length: 60 }, (_, n) => ({ ...online, id: id(n + 1), name: `WEB-${n + 1}`, tags: { Env: 'prod' } })),
  { ...online, id: OFFLINE, name: 'OFFLINE-1', state: 'offline' },
  { ...online, id: STOPPED, name: 'STOPPED-1', state: 'stopped' },
  { ...online, id: AGENTLESS, name: 'AGENTLESS-1', state: 'no-agent' },
  { ...online, id: LINUX, name: 'LINUX-1', platform: 'linux' },
  { ...online, id: UNTAGGED, name: 'UNTAGGED-1', inFleet: false },
  { ...online, id: ELSEWHERE, name: 'ELSEWHERE-1', site: 'frankfurt' },
  { ...online, id: FAILING, name: 'FAILING-1', run: { seconds: 2, exitCode: 29, stdout: 'no record' } },
  { ...online, id: HYBRID, name: 'HYBRID-1' },
];

const everyPage = async (nodes: ManagedNodes, site: Site): Promise<readonly ManagedNode[]> => {
  const all: ManagedNode[] = [];
  let cursor: string | undefined;
  do {
    const page = await nodes.page(site, cursor);
    all.push(...page.nodes);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return mergeNodes(all);
};

const everyAnswer = async (runCommand: RunCommand, site: Site, commandId: string): Promise<readonly Answer[]> => {
  const all: Answer[] = [];
  let cursor: string | undefined;
  do {
    const page = await runCommand.answers(site, commandId, cursor);
    expect(page.answers.length).toBeLessThanOrEqual(50);
    all.push(...page.answers);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return all;
};

export const fleetContract = (kind: string, start: () => Promise<FleetUnderTest>): void => {
  let at: FleetUnderTest;
  beforeAll(async () => {
    at = await start();
  });
  afterAll(() => at.close());

  describe(`managed nodes ${kind}`, () => {
    it("are each machine of the site's fleet, once", async () => {
      const ids = (await everyPage(at.nodes, at.tokyo)).map((node) => node.id).sort();

      const meant = MACHINES.filter((machine) => machine.site === 'tokyo' && machine.inFleet);
      expect(ids).toEqual(meant.map((machine) => machine.id).sort());
      expect((await everyPage(at.nodes, at.frankfurt)).map((node) => node.id)).toEqual([ELSEWHERE]);
    });

    it.each([
      [id(1), { kind: 'online' }],
      [OFFLINE, { kind: 'offline', lastSeenMs: 5_000 }],
      [STOPPED, { kind: 'not-running', instanceState: 'stopped' }],
      [AGENTLESS, { kind: 'no-agent' }],
      [HYBRID, { kind: 'online' }],
    ])('say of %s whether it can be reached', async (nodeId, presence) => {
      const node = (await everyPage(at.nodes, at.tokyo)).find((each) => each.id === nodeId);

      expect(node?.presence).toMatchObject(presence);
      expect(node?.inFleet).toBe(true);
    });

    it('have names, platforms and tags', async () => {
      const all = await everyPage(at.nodes, at.tokyo);

      expect(all.find((node) => node.id === id(7))).toMatchObject({
        name: 'WEB-7',
        platform: 'windows',
        tags: { Env: 'prod' },
      });
      expect(all.find((node) => node.id === LINUX)).toMatchObject({ name: 'LINUX-1', platform: 'linux' });
    });

    it('are found by id or name in any case, beyond the fleet too', async () => {
      const found = await at.nodes.find(at.tokyo, [id(1), 'web-2', UNTAGGED, HYBRID]);

      expect(found.map((node) => node.id).sort()).toEqual([id(1), id(2), UNTAGGED, HYBRID].sort());
      expect(found.find((node) => node.id === UNTAGGED)?.inFleet).toBe(false);
    });

    it('leave out what is not there, without losing the rest', async () => {
      const unknown = [id(0xdead), `mi-${'f'.repeat(17)}`, 'NOBODY-1', ELSEWHERE];

      const found = await at.nodes.find(at.tokyo, [...unknown, id(1), HYBRID]);

      expect(found.map((node) => node.id).sort()).toEqual([id(1), HYBRID].sort());
    });
  });

  describe(`run command ${kind}`, () => {
    const inspect = (reference: string, target: CommandTarget, mayHaveBeenSent = false) =>
      at.runCommand.inspect({
        site: at.tokyo,
        target,
        reference,
        sinceMs: at.now(),
        mayHaveBeenSent,
        options: { bindFrom: 'all', jitterSeconds: 0 },
        expectedNodes: 1,
      });

    it('brings the answers of a whole fleet in pages of fifty', async () => {
      const { commandId } = await inspect('op/tokyo/1', { kind: 'tags', tags: [] });
      await at.advance(400);

      const [progress] = await at.runCommand.progress(at.tokyo, [commandId], at.now() - 500_000);
      const answers = await everyAnswer(at.runCommand, at.tokyo, commandId);

      expect(progress).toMatchObject({ commandId, finished: true });
      expect(progress?.completed).toBe(progress?.targets);
      const outputs = answers.filter((answer) => answer.kind === 'output' && answer.text.includes(RECORD));
      expect(outputs).toHaveLength(61);
      expect(answers.find((answer) => answer.nodeId === OFFLINE)).toMatchObject({
        why: { kind: 'delivery-timed-out' },
      });
      expect(answers.find((answer) => answer.nodeId === FAILING)).toMatchObject({
        why: { kind: 'failed', exitCode: 29 },
      });
      expect(answers.some((answer) => answer.nodeId === UNTAGGED)).toBe(false);
    });

    it('narrows the fleet by a tag', async () => {
      const { commandId } = await inspect('op/tokyo/2', { kind: 'tags', tags: [{ key: 'Env', value: 'prod' }] });
      await at.advance(30);

      expect(await everyAnswer(at.runCommand, at.tokyo, commandId)).toHaveLength(60);
    });

    it('tells which machines have not answered yet', async () => {
      const { commandId } = await inspect('op/tokyo/3', { kind: 'nodes', nodeIds: [id(1), OFFLINE] });
      await at.advance(10);

      const answers = await everyAnswer(at.runCommand, at.tokyo, commandId);

      expect(answers.find((answer) => answer.nodeId === id(1))?.kind).toBe('output');
      expect(answers.find((answer) => answer.nodeId === OFFLINE)?.kind).toBe('pending');
    });

    it('asks the others though one is offline, one is stopped and one is gone', async () => {
      const others = [OFFLINE, STOPPED, AGENTLESS, UNTAGGED, GONE];
      const { commandId } = await inspect('op/tokyo/8', { kind: 'nodes', nodeIds: [...others, id(1), HYBRID, id(1)] });
      await at.advance(400);

      const [progress] = await at.runCommand.progress(at.tokyo, [commandId], at.now() - 500_000);
      const answers = await everyAnswer(at.runCommand, at.tokyo, commandId);

      expect(progress).toMatchObject({ finished: true });
      expect(answers.filter(({ kind }) => kind === 'output').map(({ nodeId }) => nodeId)).toEqual([id(1), HYBRID]);
      expect(answers.find(({ nodeId }) => nodeId === OFFLINE)).toMatchObject({ why: { kind: 'delivery-timed-out' } });
      for (const { nodeId, kind } of answers) expect(kind, nodeId).toBe(others.includes(nodeId) ? 'none' : 'output');
    });

    it('finds a command by ids that was sent before, though a machine of it has gone since', async () => {
      const target = { kind: 'nodes', nodeIds: [id(1), GONE] } as const;
      const first = await inspect('op/tokyo/9', target);
      await at.advance(15);
      const before = at.sent();

      expect(await inspect('op/tokyo/9', target, true)).toEqual(first);
      expect(at.sent()).toBe(before);
    });

    it('takes fifty machines by id and refuses one more', async () => {
      const ids = Array.from({ length: 51 }, (_, n) => id(n + 1));

      const { commandId } = await inspect('op/tokyo/10', { kind: 'nodes', nodeIds: ids.slice(0, 50) });
      await at.advance(60);
      expect(await everyAnswer(at.runCommand, at.tokyo, commandId)).toHaveLength(50);
      await expect(inspect('op/tokyo/11', { kind: 'nodes', nodeIds: ids })).rejects.toThrow();
    });

    it('finds a command that was sent before', async () => {
      const target = { kind: 'nodes', nodeIds: [id(1)] } as const;
      const first = await inspect('op/tokyo/4', target);
      await at.advance(15);
      const before = at.sent();

      const again = await inspect('op/tokyo/4', target, true);
      const other = await inspect('op/tokyo/5', target, true);

      expect(again).toEqual(first);
      expect(other).not.toEqual(first);
      expect(at.sent()).toBe(before + 1);
    });

    it('tells of several commands at once', async () => {
      const sinceMs = at.now();
      const one = await inspect('op/tokyo/6', { kind: 'nodes', nodeIds: [id(1)] });
      const two = await inspect('op/tokyo/7', { kind: 'nodes', nodeIds: [id(2), id(3)] });
      await at.advance(20);

      const progress = await at.runCommand.progress(at.tokyo, [one.commandId, two.commandId], sinceMs);

      expect(progress.map((each) => [each.commandId, each.targets, each.finished]).sort()).toEqual(
        [
          [one.commandId, 1, true],
          [two.commandId, 2, true],
        ].sort(),
      );
    });
  });
};
