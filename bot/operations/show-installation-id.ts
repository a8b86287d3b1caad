/**
 * Shows the Installation ID in the modal of whoever may activate. It is read from the output of the command that read it
 * out, and goes nowhere but into the modal: no step gives it, nothing keeps it, no failure names it.
 */
import { operationOf } from '../domain/change/change-id.ts';
import type { ChangeStatus } from '../domain/change/change-status.ts';
import { judgeClick } from '../domain/change/decide.ts';
import type { PhoneModal } from '../domain/change/phone.ts';
import type { NodeAction, PlannedNode } from '../domain/change/plan.ts';
import { readInstallationId } from '../domain/change/read-installation-id.ts';
import { installationGroups } from '../domain/keys/installation-id.ts';
import type { ShowInstallationId } from '../ports.ts';
import { deliver } from './change-batch.ts';
import type { ChangeDeps } from './change-deps.ts';
import { batches } from './change-waves.ts';
import { type Reading, recallReading, rememberCommand } from './phone-memory.ts';
import { planInForce } from './plan-in-force.ts';
import { type OperationOutcome, tellingFailure } from './run-operation.ts';
import { siteOf } from './site-of.ts';

/** What became of it: all that a step gives. */
type Shown = 'shown' | 'gone' | 'not-read' | 'ended' | 'no-right';

/** Shows it, or why it cannot be shown; whoever opened the modal is not left waiting in front of it. */
export const showInstallationId = (deps: ChangeDeps, request: ShowInstallationId): Promise<OperationOutcome> =>
  tellingFailure(deps, request, async () => {
    try {
      return await shownOrNot(deps, request);
    } catch (error) {
      await deps.workflow.step('failed', () => unavailable(deps, request, 'failed'));
      throw error;
    }
  });

/** Where the output is gone the machine is asked once more. */
const shownOrNot = async (deps: ChangeDeps, request: ShowInstallationId): Promise<OperationOutcome> => {
  let shown = await deps.workflow.step('show', () => show(deps, request));
  if (shown === 'not-read') {
    await readAgain(deps, request);
    shown = await deps.workflow.step('show again', () => show(deps, request));
  }
  if (shown === 'not-read') await deps.workflow.step('not shown', () => unavailable(deps, request, 'not-read'));
  if (shown === 'no-right') await deps.workflow.step('note denial', () => noteDenial(deps, request));
  deps.log('info', 'installation id asked for', { change: request.change, attempt: request.attempt, shown });
  return { ended: 'answered', machines: 0, cause: shown };
};

const noteDenial = async (deps: ChangeDeps, { change, asked, place }: ShowInstallationId): Promise<null> => {
  await deps.audit.append({
    id: `${deps.operationId}/denied`,
    atMs: deps.clock(),
    event: 'denied',
    userId: place.userId,
    asked,
    change,
    detail: 'no-right',
  });
  return null;
};

type Why = Extract<PhoneModal, { kind: 'unavailable' }>['why'];

const unavailable = async (
  deps: ChangeDeps,
  { viewId, change, place }: ShowInstallationId,
  why: Why,
): Promise<null> => {
  await deps.modals.update(viewId, { kind: 'unavailable', change, why }, place.userId);
  return null;
};

/** Judges, reads and shows in one step: what is read lives no longer than this. */
const show = async (deps: ChangeDeps, request: ShowInstallationId): Promise<Shown> => {
  const status = await deps.changes.readStatus(request.change);
  const objection = await objectionTo(deps, request, status);
  if (objection !== undefined) {
    await unavailable(deps, request, objection);
    return objection;
  }
  const modal = await readyModal(deps, request, status);
  return modal === undefined ? 'not-read' : deps.modals.update(request.viewId, modal, request.place.userId);
};

/** The click was judged where it was made, and is once more here, by rights as they are now. */
const objectionTo = async (
  deps: ChangeDeps,
  { attempt, place }: ShowInstallationId,
  status: ChangeStatus | undefined,
): Promise<'ended' | 'no-right' | undefined> => {
  const person = await deps.people.find(place.userId);
  const { digest = '' } = status?.awaits ?? {};
  const click = { status, person, word: 'confirmation', attempt, digest, shared: false } as const;
  const judged = judgeClick(click, { rules: deps.settings.rules, nowMs: deps.clock() });
  if (judged.ok) return undefined;
  return RIGHTS.includes(judged.why) ? 'no-right' : 'ended';
};

const RIGHTS: readonly string[] = ['no-right', 'guest', 'foreign', 'gone', 'shared-channel', 'self-approval'];

/** Undefined where the output is not there, or is not what was read. */
const readyModal = async (
  deps: ChangeDeps,
  { change, attempt }: ShowInstallationId,
  status: ChangeStatus | undefined,
): Promise<PhoneModal | undefined> => {
  const [node, reading] = await Promise.all([nodeOf(deps, change), recallReading(deps, change, attempt)]);
  if (node === undefined || reading === undefined || status?.awaits === undefined) return undefined;
  const groups = await groupsIn(deps, node, reading);
  if (groups === undefined) return undefined;
  const { digest, expiresAtMs } = status.awaits;
  const { whereToCall } = deps.settings;
  return { kind: 'ready', change, attempt, digest, machine: node.name, groups, whereToCall, expiresAtMs };
};

const nodeOf = async (deps: ChangeDeps, change: string): Promise<PlannedNode | undefined> =>
  (await deps.changes.readPlan(change))?.nodes[0];

const groupsIn = async (
  deps: ChangeDeps,
  { siteId, nodeId }: PlannedNode,
  { commandId, digest }: Reading,
): Promise<readonly string[] | undefined> => {
  const { answers } = await deps.runCommand.answers(siteOf(deps, siteId), commandId, undefined);
  const answer = answers.find((each) => each.nodeId === nodeId);
  const digits = answer?.kind === 'output' ? readInstallationId(answer.text, digest) : undefined;
  return digits === undefined ? undefined : installationGroups(digits);
};

/** Outputs are kept for a while only: the machine reads its Installation ID out anew, and it must be the same one. */
const readAgain = async (deps: ChangeDeps, request: ShowInstallationId): Promise<void> => {
  const { change, attempt } = request;
  const sinceMs = await deps.workflow.step('read again', () => noteReading(deps, request));
  const [sent] = await deliver(deps, {
    name: 'read-again',
    sinceMs,
    batches: async () => {
      const [node] = (await planInForce(deps, change)).nodes;
      const action = node === undefined ? undefined : readingIn(node);
      const name = `read-${attempt}-${deps.digest(deps.operationId).slice(0, 8)}`;
      return node === undefined || action === undefined
        ? []
        : batches([{ ...node, action }], operationOf(change, name));
    },
    keep: async () => {},
    show: async () => {},
  });
  const commandId = sent?.commandId;
  if (commandId === undefined) return;
  await deps.workflow.step('command that read again', async () => {
    await rememberCommand(deps, change, attempt, commandId);
    return null;
  });
};

/** The command stands in the audit with whoever made it necessary. Gives when it is. */
const noteReading = async (deps: ChangeDeps, { change, asked, place }: ShowInstallationId): Promise<number> => {
  const atMs = deps.clock();
  const nodes = ((await deps.changes.readPlan(change))?.nodes ?? []).map(({ nodeId: id, name }) => ({ id, name }));
  const entry = { id: `${deps.operationId}/sent`, atMs, event: 'sent', userId: place.userId, change, asked } as const;
  await deps.audit.append({ ...entry, nodes, detail: 'read-again' });
  return atMs;
};

const readingIn = ({ course = [] }: PlannedNode): NodeAction | undefined =>
  course.find(({ step }) => step === 'phone')?.action;
