/** The configuration that makes the rights of the workspace's people hold, through its user groups. */
import type { Workspace } from './slack/workspace.ts';

const GROUPS = { viewer: 'kms-viewers', operator: 'kms-operators', approver: 'kms-approvers' } as const;

const groupId = ({ userGroups }: Pick<Workspace, 'userGroups'>, handle: string): string => {
  const group = userGroups.find((each) => each.handle === handle);
  if (group === undefined) throw new Error(`The workspace has no user group ${handle}`);
  return group.id;
};

/** One line a right; whoever may approve may also break the glass, which everybody reads. */
export const labRights = (workspace: Workspace) => [
  ...Object.entries(GROUPS).map(([right, handle]) => ({ allow: right, to: [groupId(workspace, handle)] })),
  { allow: 'break-glass', to: [groupId(workspace, GROUPS.approver)] },
];

/** Made up, as every number in the lab: the ranges are those that are set aside for stories. */
const WHERE_TO_CALL =
  'Product Activation Center: +1-555-0100 (English), +81-3-0000-0000 (Japanese), Monday to Friday 9:00–18:00. Agreement V0000000.';

/** Approvals are asked in the channel that is there for them; stored keys are switched on. */
export const labChanges = (workspace: Workspace) => {
  const channel = workspace.channels.find(({ name }) => name === 'kms-approvals');
  if (channel === undefined) throw new Error('The workspace has no channel for approvals');
  return {
    approvalChannel: channel.id,
    approverGroup: groupId(workspace, GROUPS.approver),
    keys: true,
    whereToCall: WHERE_TO_CALL,
  };
};
