/** AWS Systems Manager of the simulated account: Run Command, inventory, documents, Parameter Store. */
import type { Place } from '../place.ts';
import { refusal } from '../refusal.ts';
import { serviceOf } from '../service.ts';
import type { Authorize, AwsAnswer, AwsCall, AwsService, DocumentRunner, LabContext } from '../types.ts';
import { jsonAnswer } from '../wire/answers.ts';
import { readInput } from '../wire/constraints.ts';
import type { Command } from './command.ts';
import { type CommandStore, createCommandStore } from './command-store.ts';
import { createDispatcher, type Dispatcher } from './dispatcher.ts';
import { documentOperations } from './document-operations.ts';
import { createDocuments, type DocumentRegistration } from './documents.ts';
import { inventoryOperations } from './inventory-operations.ts';
import { demandOnAccount, listingOperations } from './listings.ts';
import { platformType } from './managed-nodes.ts';
import { createParameterStore, type ParameterRegistration } from './parameter-store.ts';
import { prepareCommand } from './send-command.ts';
import { CancelCommandInput } from './shapes.ts';
import { commandView } from './views.ts';

/** What Systems Manager needs of the lab. */
export interface SsmOptions extends LabContext {
  readonly authorize: Authorize;
  /** Runs a document on a machine; what the machine's agent would do. */
  readonly run: DocumentRunner;
}

/** Systems Manager and the ways to deploy into it. */
export interface Ssm {
  readonly service: AwsService;
  /** Adds the next version of a document, as a deployment would. Throws for content the lab cannot run. */
  registerDocument(registration: DocumentRegistration): { readonly version: string };
  putParameter(parameter: ParameterRegistration): void;
  /** Every command sent so far, with what it was told and what machines answered. */
  history(): readonly Pick<Command, 'document' | 'parameters' | 'comment' | 'invocations'>[];
  /** A parameter, for a machine whose program waits for the answer. */
  getParameter(call: AwsCall): AwsAnswer;
  /** Every encrypted value of Parameter Store so far. */
  secureValues(): readonly string[];
  /** Names of the parameters that are there now, in one account and region. */
  parameterNames(place: Place): readonly string[];
}

/** Systems Manager of every account and region of the world. */
export function createSsm(options: SsmOptions): Ssm {
  const now = (): number => options.clock.now();
  const documents = createDocuments(now);
  const commands = createCommandStore();
  const parameters = createParameterStore(now, options.authorize);
  const deps = { ...options, documents, commands, parameters };
  const dispatcher = createDispatcher({ ...options, platformOf: (nodeId) => platformOf(options, nodeId) });
  let sent = 0;
  const sendCommand = (call: AwsCall): AwsAnswer => {
    sent += 1;
    const command = prepareCommand(deps, call, sent);
    commands.add(call, command);
    dispatcher.start(command);
    return jsonAnswer({ Command: commandView(command, false) });
  };
  const service = serviceOf({
    ...listingOperations(deps),
    ...inventoryOperations(deps),
    ...documentOperations(documents, options.authorize),
    ...parameters.operations,
    SendCommand: sendCommand,
    CancelCommand: (call) => cancelCommand(call, options.authorize, commands, dispatcher),
  });
  return {
    service,
    registerDocument: documents.register,
    putParameter: parameters.put,
    history: commands.all,
    getParameter: parameters.read,
    secureValues: parameters.secureValues,
    parameterNames: parameters.names,
  };
}

function platformOf(options: SsmOptions, nodeId: string): ReturnType<typeof platformType> {
  const node = options.world.node(nodeId);
  return node === undefined ? 'Windows' : platformType(node);
}

function cancelCommand(call: AwsCall, authorize: Authorize, commands: CommandStore, dispatcher: Dispatcher): AwsAnswer {
  demandOnAccount(authorize, call, 'ssm:CancelCommand');
  const { CommandId, InstanceIds } = readInput(call, CancelCommandInput);
  const command = commands.find(call, CommandId);
  if (command === undefined) throw refusal('InvalidCommandId');
  const unknown = InstanceIds?.find((id) => !command.byNode.has(id));
  if (unknown !== undefined) throw refusal('InvalidInstanceId', `${unknown} is not a target of this command.`);
  dispatcher.cancel(command, InstanceIds?.length === 0 ? undefined : InstanceIds);
  return jsonAnswer({});
}
