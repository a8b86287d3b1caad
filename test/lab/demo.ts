/** `npm run demo`: what the bot does for people, as far as it is built, in the terminal. Every line comes out of the lab. */
import './quiet.ts';
import { ask } from './ask.ts';
import { createLab, type Lab } from './lab.ts';
import { type RemoteLab, remoteLab } from './remote-lab.ts';
import { renderMessage } from './slack/plain-text.ts';
import type { LabNode } from './world/types.ts';
import { wrap } from './wrap.ts';

const CHANNEL = 'kms-ops';
/** Simulated time after which some machines have answered and some have not. */
const HALF_WAY_MS = 20_000;
const USER = 'emma';

const WIDTH = Math.min(process.stdout.columns ?? 100, 100);
const INDENT = '   ';

const tell = (text: string): void => console.log(wrap(`\n── ${text}`, WIDTH));
const show = (text: string): void => console.log(wrap(text, WIDTH - INDENT.length).replace(/^/gm, INDENT));

const command = async (lab: RemoteLab, text: string): Promise<void> => {
  console.log(`\n   ${USER}  /kms ${text}\n`);
  const { acknowledgement, answers, settled } = await ask(lab, { user: USER, channel: CHANNEL, text });
  show([acknowledgement, ...answers].join('\n\n'));
  if (!settled) throw new Error('The answer did not come to its end');
};

/** Types a command and looks at its message while machines are still being asked. */
const halfWay = async (lab: Lab, remote: RemoteLab, text: string): Promise<void> => {
  console.log(`\n   ${USER}  /kms ${text}\n`);
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

  tell('A slip of the finger is answered, too.');
  await command(remote, 'chekc all');
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
