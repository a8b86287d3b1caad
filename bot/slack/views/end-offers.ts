/** Changes that the end of another one offers: activation by phone, a restart, the way back to discovery. */
import type { NodeOutcome } from '../../domain/change/plan.ts';
import { ACTIONS } from '../ids.ts';
import { asking } from './change-parts.ts';
import { type ChangeSpeech, inDialog } from './change-speech.ts';
import type { Ended, Ending } from './end-parts.ts';

/** Microsoft's activation servers were not reached: no name, no connection, a proxy in between (HRESULTs of WinINet and SPP). */
const NO_INTERNET: readonly string[] = [
  '80072EE2',
  '80072EE7',
  '80072EFD',
  '80072EFE',
  '80072F8F',
  '8004FE33',
  '800704CF',
];

/** Whether a key could not be activated for want of internet. */
export const lacksInternet = ({ activationCode }: NodeOutcome): boolean =>
  activationCode !== undefined && NO_INTERNET.includes(activationCode.toUpperCase());

/** For the first machine whose key Microsoft could not be asked about. */
export function byPhoneButton({ change, stage, context: { speech } }: Ending) {
  const machine = change.spec.kind === 'stored-key' ? stage.outcomes.find(lacksInternet) : undefined;
  if (machine === undefined) return undefined;
  const { buttons, confirm } = speech.say;
  const props = {
    action: ACTIONS.fix,
    index: 2,
    label: buttons.byPhone,
    value: `phone ${machine.nodeId}`,
    about: machine.name,
  };
  return asking(props, confirm.byPhone(inDialog(machine.name)), speech);
}

/** Brings a rearm into force. */
export function restartButton({ change: { spec }, stage, context: { speech } }: Ending) {
  const [node] = stage.plan?.nodes ?? [];
  if (spec.kind !== 'rearm' || spec.restart || stage.end !== 'done' || node === undefined) return undefined;
  const { buttons, confirm } = speech.say;
  const props = {
    action: ACTIONS.restartMachine,
    label: buttons.restart,
    value: `restart ${node.nodeId}`,
    about: node.name,
  };
  return asking({ ...props, style: 'danger' }, confirm.restart(inDialog(node.name)), speech);
}

/** Whether DNS now names a host that it did not name before. */
const publishesMore = ({ plan, end }: Ended): boolean =>
  end === 'done' &&
  ((plan?.spec.kind === 'host-publish' && plan.spec.on) ||
    (plan?.spec.kind === 'host-domains' && plan.spec.domains.length > 0));

export const discoverAllPart = (stage: Ended, { say }: ChangeSpeech): string =>
  publishesMore(stage) ? say.discoverNext : '';

/** Clears what keeps any machine from asking DNS; its plan shows which those are. */
export function discoverAllButton({ stage, context: { speech } }: Ending) {
  if (!publishesMore(stage)) return undefined;
  const { buttons, confirm } = speech.say;
  return asking(
    { action: ACTIONS.fix, index: 1, label: buttons.discover, value: 'discover all' },
    confirm.discoverAll,
    speech,
  );
}
