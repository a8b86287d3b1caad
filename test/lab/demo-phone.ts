/** The demo's last change: a machine without internet and without enough neighbours gets a MAK, by telephone. */
import {
  APPROVALS,
  APPROVER,
  approve,
  CHANNEL,
  command,
  does,
  newest,
  OPERATOR,
  press,
  show,
  tell,
} from './demo-stage.ts';
import type { Lab } from './lab.ts';
import type { RemoteLab } from './remote-lab.ts';
import { renderBlocks } from './slack/plain-text.ts';

/** In a closed network, whose KMS host counts too few machines to activate any. */
const MACHINE = 'lab-web-01';
/** Another operator than the one who asked. */
const CALLER = 'daniel';
const KEY = 'contoso-mak-2019';

export const byPhone = async (lab: Lab, remote: RemoteLab): Promise<void> => {
  tell(
    `${MACHINE} stands in a closed network with too few machines for KMS: it gets a MAK. The key lies in the account’s store; the machine fetches it with its own role, and nobody here ever reads it.`,
  );
  await command(remote, `key ${MACHINE} ${KEY}`, OPERATOR);
  await approve(lab, remote);

  tell('The key is in, but Microsoft is out of reach from there. There is a telephone.');
  await press(lab, remote, OPERATOR, CHANNEL, { label: 'Activate by phone', id: 'fix:2' });
  show(newest(lab, APPROVALS, APPROVER).text);
  await approve(lab, remote);

  tell(
    'Daniel, another operator, takes the call. The Installation ID stands in his window, and in no message. (Made up, as everything in the lab.)',
  );
  await press(lab, remote, CALLER, CHANNEL, { label: 'Call and enter ID…', id: 'phone_open' });
  const view = await remote.get<{ readonly blocks: readonly unknown[] }>(`/lab/view?user=${CALLER}`);
  show(renderBlocks(view.blocks, lab.workspace.reader(CALLER)));

  const groups = await callMicrosoft(remote, view.blocks);
  does(CALLER, `calls Microsoft, types ${groups.join(' ')}`);
  const values = Object.fromEntries(groups.map((group, at) => [`cid-${at + 1}`, { [`cid-${at + 1}`]: group }]));
  await remote.call('POST', '/lab/submit', { user: CALLER, values });
  await remote.settle();
  show(newest(lab, CHANNEL, OPERATOR).text);
};

/** Reads the groups out of the window as somebody at a telephone does. @throws where the centre does not take them. */
const callMicrosoft = async (remote: RemoteLab, blocks: readonly unknown[]): Promise<readonly string[]> => {
  const digits = /```([\d\s\\n]+)```/.exec(JSON.stringify(blocks))?.[1] ?? '';
  const installationId = (digits.match(/\d{6,7}/g) ?? []).join('-');
  const { groups } = await remote.call<{ readonly groups?: readonly string[] }>('POST', '/lab/call', {
    installationId,
  });
  if (groups === undefined) throw new Error('The activation centre did not take the Installation ID');
  return groups;
};
