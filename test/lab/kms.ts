/** `npm run kms -- <text>`: one command against a running lab (started if none runs), followed to its end. */
import './quiet.ts';
import { parseArgs } from 'node:util';
import { ask } from './ask.ts';
import { createLab } from './lab.ts';
import { DEFAULT_PORT } from './options.ts';
import { type RemoteLab, remoteLab } from './remote-lab.ts';

const USAGE = 'Usage: npm run kms -- [--user name] [--channel name] [--port N] <text>, e.g. npm run kms -- check all';

const isRunning = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
};

/** The lab to talk to, and how to leave it. */
const findLab = async (port: number): Promise<{ lab: RemoteLab; leave: () => Promise<void> }> => {
  const url = `http://127.0.0.1:${port}`;
  if (await isRunning(url)) return { lab: remoteLab(url), leave: async () => {} };
  const own = await createLab({ port: 0, seed: 1 });
  return { lab: remoteLab(own.url), leave: own.close };
};

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    options: { user: { type: 'string' }, channel: { type: 'string' }, port: { type: 'string' } },
    allowPositionals: true,
  });
  const { lab, leave } = await findLab(Number(values.port ?? DEFAULT_PORT));
  try {
    const { people, channels } = await lab.describe();
    const asked = await ask(lab, {
      user: values.user ?? people.find(({ locale }) => locale.startsWith('en'))?.name ?? people[0]?.name ?? '',
      channel: values.channel ?? channels[0]?.name ?? '',
      text: positionals.join(' '),
    });
    console.log([asked.acknowledgement, ...asked.answers].filter((part) => part !== '').join('\n\n'));
    if (!asked.settled) console.error('The answer was not complete within a minute.');
    if (!asked.understood || asked.refused) return 2;
    return asked.settled ? 0 : 1;
  } finally {
    await leave();
  }
};

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exit(1);
}
