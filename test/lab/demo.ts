/** `npm run demo`: what the bot does for people, as far as it is built, in the terminal. Every line comes out of the lab. */
import './quiet.ts';
import { byPhone } from './demo-phone.ts';
import {
  APPROVALS,
  APPROVER,
  approve,
  CHANNEL,
  command,
  does,
  newest,
  OPERATOR,
  show,
  tell,
  USER,
} from './demo-stage.ts';
import { createLab, type Lab } from './lab.ts';
import { type RemoteLab, remoteLab } from './remote-lab.ts';
import { renderMessage } from './slack/plain-text.ts';
import type { LabNode } from './world/types.ts';

/** Simulated time after which some machines have answered and some have not. */
const HALF_WAY_MS = 20_000;
/** Types a command and looks at its message while machines are still being asked. */
const halfWay = async (lab: Lab, remote: RemoteLab, text: string): Promise<void> => {
  does(USER, `/kms ${text}`);
  await remote.slash({ user: USER, channel: CHANNEL, text });
  await lab.clock.advance(HALF_WAY_MS);
  const [latest] = lab.workspace
    .messages(USER, CHANNEL)
    .filter(({ ephemeral }) => !ephemeral)
    .slice(-1);
  if (latest === undefined) throw new Error('No message shows the progress');
  show(renderMessage(latest, lab.workspace.reader(USER)));
  await remote.settle();
};

/** A machine that was pinned to a host which is gone: the most common trouble after a migration. */
const pinnedToTheDead = (lab: Lab): LabNode => {
  const found = lab.world.state.nodes.find(
    ({ platform, agent, windows }) =>
      platform === 'windows' &&
      agent.online &&
      windows?.kmsHost !== '' &&
      windows?.products.some((p) => p.app === 'windows' && p.status !== 1),
  );
  if (found === undefined) throw new Error('The seeded fleet has no machine pinned to a dead host');
  return found;
};

const story = async (lab: Lab, remote: RemoteLab): Promise<void> => {
  tell('Is everything activated? While machines answer, one message shows how far it is.');
  await halfWay(lab, remote, 'check all');

  tell('The answer: worst first, grouped by cause. The whole list is attached as a file.');
  const last = lab.workspace
    .messages(USER, CHANNEL)
    .filter(({ ephemeral, thread_ts }) => !ephemeral && thread_ts === undefined);
  show(renderMessage(last.at(-1) ?? { text: '', blocks: [] }, lab.workspace.reader(USER)));

  const node = pinnedToTheDead(lab);
  tell(`One of them, closer: why is ${node.name} not activated? One cause, what proves it, what to do.`);
  await command(remote, `diagnose ${node.name}`);

  tell(
    `Somebody clears the assignment on ${node.name}. Nothing else is touched; the machine tries again by itself within two hours.`,
  );
  const { windows } = node;
  if (windows === undefined) throw new Error(`${node.name} is not a Windows machine`);
  const cleared = windows.products.map((product) => ({ ...product, kmsHost: '', kmsPort: 0 }));
  await remote.call('PUT', `/lab/nodes/${node.id}`, {
    ...node,
    windows: { ...windows, kmsHost: '', kmsPort: 0, products: cleared },
  });
  await remote.call('POST', '/lab/clock', { advance: 'PT2H5M' });
  await command(remote, `check ${node.name}`);

  tell('The other side: what the KMS hosts say.');
  await command(remote, 'hosts');

  await changes(lab, remote);

  await records(lab, remote);

  await byPhone(lab, remote);

  tell('A slip of the finger is answered, too.');
  await command(remote, 'chekc all');
};

/** Twelve machines that a migration left behind: assigned to a host that is gone, their licences run out. */
const leftBehind = async (lab: Lab, remote: RemoteLab): Promise<void> => {
  const well = lab.world.state.nodes.filter(
    ({ platform, site, agent, usageOperation, windows, tags }) =>
      platform === 'windows' &&
      site === lab.world.state.sites[0]?.id &&
      agent.online &&
      tags.KmsManaged === 'true' &&
      usageOperation === 'RunInstances:0800' &&
      windows?.kmsHostRole === undefined &&
      windows?.kmsHost === '' &&
      windows.products.some(
        ({ app, status, activationType }) => app === 'windows' && status === 1 && activationType === 2,
      ),
  );
  for (const { id, tags } of well.slice(0, 12)) {
    await remote.call('PUT', `/lab/nodes/${id}`, { tags: { ...tags, Cutover: 'october' } });
    await remote.call('POST', '/lab/faults', { fault: 'host-assigned', target: id, host: 'kms-old.corp.example' });
    await remote.call('POST', '/lab/faults', { fault: 'machine-expired', target: id });
  }
};

/** From cause to cure: planned, approved by a second person, applied in waves, and taken back on request. */
const changes = async (lab: Lab, remote: RemoteLab): Promise<void> => {
  await leftBehind(lab, remote);
  tell(
    'A migration left twelve machines assigned to a host that is retired. Aiko, an operator, wants them back at discovery; what is shown to her alone is in Japanese, as her Slack is.',
  );
  await command(remote, 'discover tag:Cutover=october', OPERATOR);

  tell('So many machines need a second person, who sees the plan value by value.');
  show(newest(lab, APPROVALS, APPROVER).text);
  await approve(lab, remote);

  const [id] = /\bc[a-z0-9]{9}\b/.exec(newest(lab, CHANNEL, OPERATOR).text) ?? [];
  if (id === undefined) throw new Error('The end of the change does not name it');
  tell('Was that right? It can be taken back, by the same way.');
  await command(remote, `undo ${id}`, OPERATOR);
  await approve(lab, remote);

  tell('Everything is kept, and the record shows whether somebody was at it.');
  await command(remote, 'audit', OPERATOR);
  await command(remote, 'audit verify', OPERATOR);
};

/** A domain whose machines find no KMS host: the record is planned, approved, written and proved. */
const records = async (lab: Lab, remote: RemoteLab): Promise<void> => {
  tell('A branch office asks in a domain of its own. What do the KMS records say there?');
  await command(remote, 'dns branch.example', OPERATOR);

  tell('A record is changed like everything else: planned value by value, and always approved by a second person.');
  await command(remote, 'dns add branch.example kms-01.corp.example', OPERATOR);
  await approve(lab, remote);
};

const started = performance.now();
const lab = await createLab({ port: 0, seed: 1 });
try {
  await story(lab, remoteLab(lab.url));
  console.log(`\n── The end, after ${((performance.now() - started) / 1000).toFixed(1)} s.`);
} finally {
  await lab.close();
}
process.exit(0);
