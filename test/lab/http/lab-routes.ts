/** The lab's own paths (beside the workspace's): its description, machines, faults, time, wire, and a telephone. */
import type { Lab } from '../lab.ts';
import { findNode } from '../world/fault-targets.ts';
import { InvalidNode } from '../world/node-schema.ts';
import { callPhoneCentre } from '../world/phone-centre.ts';
import type { LabNode } from '../world/types.ts';
import { parseDuration } from './duration.ts';
import { Refused } from './json.ts';

interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: RegExp;
  readonly answer: (lab: Lab, body: Readonly<Record<string, unknown>>, url: URL) => unknown;
}

const nodeSummary = ({ id, name, site, platform, agent, instanceState, tags }: LabNode) => ({
  id,
  name,
  site,
  platform,
  online: agent.registered && agent.online && instanceState === 'running',
  tags,
});

const peopleOf = ({ people }: Lab['workspace'], belongs: (teamId: string) => boolean) =>
  people.filter(({ teamId }) => belongs(teamId)).map(({ id, name, locale, rights }) => ({ id, name, locale, rights }));

const describe = ({ world, workspace, administrator, ports, kmsHosts, clock }: Lab) => {
  const { state } = world;
  return {
    region: state.sites[0]?.region,
    accessKeyId: administrator.accessKeyId,
    secretAccessKey: administrator.secretAccessKey,
    signingSecret: workspace.signingSecret,
    // The same bot, with rights to read history: what looks at the workspace from outside needs more than the bot asks for.
    botToken: workspace.inspectorToken,
    teamId: workspace.teamId,
    ports,
    channels: workspace.channels,
    people: peopleOf(workspace, (teamId) => teamId === workspace.teamId),
    /** From other workspaces, in shared channels only. */
    guests: peopleOf(workspace, (teamId) => teamId !== workspace.teamId),
    sites: state.sites,
    nodes: state.nodes.map(nodeSummary),
    kmsHosts: kmsHosts.map(({ close: _, ...host }) => host),
    zones: state.zones.map(({ id, name, private: isPrivate, vpcs }) => ({ id, name, private: isPrivate, vpcs })),
    now: new Date(clock.now()).toISOString(),
  };
};

const onlyFields = (body: Readonly<Record<string, unknown>>, known: readonly string[]): void => {
  const unknown = Object.keys(body).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Refused(`unknown field: ${unknown}; known here: ${known.join(', ') || 'none'}`);
  }
};

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refused(`${segment}: not a name in a URL`);
  }
};

/** A machine by id or name. */
const nodeCalled = ({ world }: Lab, url: URL): string => {
  const word = decoded(url.pathname.split('/').at(-1) ?? '');
  return findNode(world.state, word)?.id ?? word;
};

const settle = async ({ clock }: Lab, body: Readonly<Record<string, unknown>>) => {
  onlyFields(body, ['timeoutMs']);
  const { timeoutMs = 60_000 } = body;
  if (typeof timeoutMs !== 'number' || timeoutMs < 0)
    throw new Refused('timeoutMs: a number of milliseconds is needed');
  const settled = await clock.settle(timeoutMs);
  return { settled, now: new Date(clock.now()).toISOString() };
};

const advance = async ({ clock }: Lab, body: Readonly<Record<string, unknown>>) => {
  onlyFields(body, ['advance']);
  const ms = parseDuration(body.advance);
  if (ms === undefined)
    throw new Refused(
      'advance: an ISO 8601 duration of weeks, days, hours, minutes and seconds is needed, e.g. "PT15M" or "P7D"',
    );
  await clock.advance(ms);
  return { now: new Date(clock.now()).toISOString() };
};

/** Microsoft's activation centre, by telephone. */
const call = (_: Lab, body: Readonly<Record<string, unknown>>) => {
  onlyFields(body, ['installationId']);
  const { installationId } = body;
  if (typeof installationId !== 'string') {
    throw new Refused(
      'installationId: the digits of an Installation ID are needed, with or without blanks and hyphens',
    );
  }
  const answer = callPhoneCentre(installationId);
  if ('why' in answer) throw new Refused(`installationId: ${answer.why}`);
  return answer;
};

const putNode = (lab: Lab, body: Readonly<Record<string, unknown>>, url: URL): LabNode => {
  try {
    return lab.world.putNode(nodeCalled(lab, url), body);
  } catch (error) {
    if (error instanceof InvalidNode) throw new Refused(error.message);
    throw error;
  }
};

export const labRoutes: readonly Route[] = [
  { method: 'GET', path: /^\/lab$/, answer: describe },
  { method: 'POST', path: /^\/lab\/settle$/, answer: settle },
  { method: 'POST', path: /^\/lab\/clock$/, answer: advance },
  { method: 'GET', path: /^\/lab\/wire$/, answer: (lab) => lab.wire.read() },
  {
    method: 'DELETE',
    path: /^\/lab\/wire$/,
    answer: (lab) => {
      lab.wire.clear();
      return {};
    },
  },
  {
    method: 'GET',
    path: /^\/lab\/faults$/,
    answer: ({ faults }) => ({ vocabulary: faults.vocabulary, active: faults.active() }),
  },
  { method: 'POST', path: /^\/lab\/faults$/, answer: ({ faults }, body) => faults.add(body) },
  {
    method: 'DELETE',
    path: /^\/lab\/faults$/,
    answer: ({ faults }) => {
      faults.clear();
      return {};
    },
  },
  {
    method: 'GET',
    path: /^\/lab\/nodes\/[^/]+$/,
    answer: (lab, _body, url) => {
      const node = lab.world.node(nodeCalled(lab, url));
      if (node === undefined) throw new Refused(`There is no machine ${nodeCalled(lab, url)}`, 404);
      return node;
    },
  },
  { method: 'PUT', path: /^\/lab\/nodes\/[^/]+$/, answer: putNode },
  { method: 'POST', path: /^\/lab\/call$/, answer: call },
];
