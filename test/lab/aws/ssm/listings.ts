/** `ListCommands`, `ListCommandInvocations` and `GetCommandInvocation`: eventually consistent, by pages. */
import { refusal } from '../refusal.ts';
import { demand, type Operation } from '../service.ts';
import type { Authorize, AwsAnswer, AwsCall, LabContext } from '../types.ts';
import { jsonAnswer } from '../wire/answers.ts';
import { readInput } from '../wire/constraints.ts';
import { pagePosition, pageToken } from '../wire/paging.ts';
import type { Command, Invocation } from './command.ts';
import { commandPasses, invocationPasses } from './command-filters.ts';
import type { CommandStore } from './command-store.ts';
import { GetCommandInvocationInput, ListCommandInvocationsInput, ListCommandsInput } from './shapes.ts';
import { commandView, invocationView, singleInvocationView } from './views.ts';

/** What the listings need. */
export interface ListingDeps extends LabContext {
  readonly authorize: Authorize;
  readonly commands: CommandStore;
}

const PAGE = 50;

/** The three reads of commands. None of them knows resource-level permissions. */
export function listingOperations(deps: ListingDeps): Readonly<Record<string, Operation>> {
  return {
    ListCommands: (call) => listCommands(deps, call),
    ListCommandInvocations: (call) => listInvocations(deps, call),
    GetCommandInvocation: (call) => getInvocation(deps, call),
  };
}

function listCommands(deps: ListingDeps, call: AwsCall): AwsAnswer {
  demandOnAccount(deps.authorize, call, 'ssm:ListCommands');
  const input = readInput(call, ListCommandsInput);
  const { NextToken, MaxResults = PAGE, Filters = [], ...rest } = input;
  if (input.InstanceId !== undefined && Filters.some(({ key, value }) => key === 'Status' && value === 'Pending')) {
    throw refusal('ValidationException', 'InstanceId cannot be combined with the status Pending.');
  }
  const question = { ...rest, Filters };
  const [before] = NextToken === undefined ? [undefined] : positionOf(NextToken, question);
  const found = commandsOf(deps, call, input.CommandId, before).filter(
    (command) =>
      (input.InstanceId === undefined || command.byNode.has(input.InstanceId)) && commandPasses(command, Filters),
  );
  const page = found.slice(0, MaxResults);
  const last = page.at(-1);
  const more = found.length > page.length && last !== undefined;
  return jsonAnswer({
    Commands: page.map((command) => commandView(command, isVisible(deps, command))),
    ...(more ? { NextToken: pageToken([last.sequence], question) } : {}),
  });
}

/** One command by id, known at once but without its counters; or all that listings already show. */
function commandsOf(deps: ListingDeps, call: AwsCall, id: string | undefined, before?: number): readonly Command[] {
  if (id === undefined) {
    return [...deps.commands.newestFirst(call, before)].filter((command) => isVisible(deps, command));
  }
  const command = deps.commands.find(call, id);
  return command === undefined || (before !== undefined && command.sequence >= before) ? [] : [command];
}

interface Row {
  readonly command: Command;
  readonly invocation: Invocation;
  readonly index: number;
}

function listInvocations(deps: ListingDeps, call: AwsCall): AwsAnswer {
  demandOnAccount(deps.authorize, call, 'ssm:ListCommandInvocations');
  const input = readInput(call, ListCommandInvocationsInput);
  const { NextToken, MaxResults = PAGE, Filters = [], Details = false, ...rest } = input;
  const question = { ...rest, Filters, Details };
  const [sequence, index = 0] = NextToken === undefined ? [undefined] : positionOf(NextToken, question);
  const rows: Row[] = [];
  for (const row of rowsFrom(deps, call, input, sequence, index)) {
    if (!invocationPasses(row.command, row.invocation, Filters)) continue;
    rows.push(row);
    if (rows.length > MaxResults) break;
  }
  const next = rows[MaxResults];
  return jsonAnswer({
    CommandInvocations: rows
      .slice(0, MaxResults)
      .map(({ command, invocation }) => invocationView(command, invocation, Details)),
    ...(next === undefined ? {} : { NextToken: pageToken([next.command.sequence, next.index], question) }),
  });
}

/** Walks on from a position without building what lies before it. */
function* rowsFrom(
  deps: ListingDeps,
  call: AwsCall,
  input: ListCommandInvocationsInput,
  sequence: number | undefined,
  index: number,
): Generator<Row> {
  const before = sequence === undefined ? undefined : sequence + 1;
  for (const command of commandsOf(deps, call, input.CommandId, before)) {
    if (!isVisible(deps, command)) continue;
    const only = input.InstanceId === undefined ? undefined : command.byNode.get(input.InstanceId);
    if (input.InstanceId !== undefined) {
      if (only !== undefined) yield { command, invocation: only, index: 0 };
      continue;
    }
    for (let at = command.sequence === sequence ? index : 0; at < command.invocations.length; at += 1) {
      const invocation = command.invocations[at];
      if (invocation !== undefined) yield { command, invocation, index: at };
    }
  }
}

function getInvocation(deps: ListingDeps, call: AwsCall): AwsAnswer {
  demandOnAccount(deps.authorize, call, 'ssm:GetCommandInvocation');
  const input = readInput(call, GetCommandInvocationInput);
  const command = deps.commands.find(call, input.CommandId);
  const invocation = command?.byNode.get(input.InstanceId);
  if (command === undefined || invocation === undefined || !isVisible(deps, command)) {
    throw refusal('InvocationDoesNotExist');
  }
  if (input.PluginName !== undefined && input.PluginName !== command.document.step.name) {
    throw refusal('InvalidPluginName');
  }
  return jsonAnswer(singleInvocationView(command, invocation));
}

function isVisible(deps: ListingDeps, command: Command): boolean {
  return deps.clock.now() >= command.visibleAtMs;
}

/** For actions without resource-level permissions the resource is everything of the service in the account. */
export function demandOnAccount(authorize: Authorize, call: AwsCall, action: string): void {
  demand(authorize, call, action, `arn:aws:ssm:${call.region}:${call.account}:*`);
}

function positionOf(token: string, question: unknown): readonly number[] {
  const position = pagePosition(token, question);
  if (position === undefined) throw refusal('InvalidNextToken', 'The specified token is not valid.');
  return position;
}
