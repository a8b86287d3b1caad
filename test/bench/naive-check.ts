/**
 * What a check costs without care: the machines in fifties by id, then one `GetCommandInvocation` for each. At its best,
 * since it asks only once everything has finished and knows beforehand who is online.
 */
import { GetCommandInvocationCommand, SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Lab } from '../lab/lab.ts';
import { encodeOptions } from '../lab/world/inspect-model.ts';

const IDS_IN_A_CALL = 50;
const PATIENCE_MS = 600_000;

const clientOf = (lab: Lab, region: string): SSMClient =>
  new SSMClient({
    region,
    endpoint: `${lab.url}/aws`,
    credentials: {
      accessKeyId: lab.administrator.accessKeyId,
      secretAccessKey: lab.administrator.secretAccessKey,
    },
    maxAttempts: 1,
  });

const inFifties = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / IDS_IN_A_CALL) }, (_, index) =>
    ids.slice(index * IDS_IN_A_CALL, (index + 1) * IDS_IN_A_CALL),
  );

const send = async (ssm: SSMClient, ids: readonly string[]): Promise<string> => {
  const { Command } = await ssm.send(
    new SendCommandCommand({
      DocumentName: 'KmsBot-Inspect',
      InstanceIds: [...ids],
      Parameters: { Options: [encodeOptions({})] },
      MaxConcurrency: '100%',
      MaxErrors: '100%',
    }),
  );
  if (Command?.CommandId === undefined) throw new Error('SendCommand gave no command id');
  return Command.CommandId;
};

/** Asks these machines of the default site and reads every answer. @throws when an answer is missing. */
export const naiveCheck = async (lab: Lab, ids: readonly string[]): Promise<void> => {
  const region = lab.world.state.sites[0]?.region;
  if (region === undefined) throw new Error('The lab has no site');
  const ssm = clientOf(lab, region);
  const sent: { readonly commandId: string; readonly ids: readonly string[] }[] = [];
  for (const fifty of inFifties(ids)) sent.push({ commandId: await send(ssm, fifty), ids: fifty });
  await lab.clock.settle(PATIENCE_MS);
  for (const command of sent) {
    for (const id of command.ids) {
      const { Status } = await ssm.send(
        new GetCommandInvocationCommand({ CommandId: command.commandId, InstanceId: id }),
      );
      if (Status !== 'Success') throw new Error(`${id} answered ${Status}`);
    }
  }
  ssm.destroy();
};
