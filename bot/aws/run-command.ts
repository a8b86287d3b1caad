/** The bot's documents through Systems Manager Run Command. */

import {
  type Command,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  type ListCommandsCommandInput,
  SendCommandCommand,
  type SendCommandCommandInput,
  type SSMClient,
  type Target,
} from '@aws-sdk/client-ssm';
import type { Tag } from '../domain/node-selection.ts';
import type { Site } from '../domain/nodes.ts';
import { spreadSeconds } from '../domain/pace.ts';
import type { CommandProgress, CommandTarget, RunCommand } from '../ports.ts';
import { changeParameters, inspectParameters } from './document-parameters.ts';
import { isTerminal, readInvocation, statusWord } from './read-invocation.ts';
import type { ClientsOf } from './sites.ts';
import { translated } from './translate-errors.ts';

export interface RunCommandDeps {
  readonly clientsOf: ClientsOf;
  readonly fleetTag: Tag;
  readonly document: { readonly name: string; readonly version: string };
  /** Version of the changing documents to run; the default one when absent. */
  readonly changeDocumentVersion?: string;
  /** Networks and names that KMS targets may lie in beyond the private ranges. */
  readonly knownHosts: readonly string[];
  readonly functionName: string;
}

/** How long the service tries to get the command started on a machine; one that is off must not hold up the rest. */
const DELIVERY_TIMEOUT_SECONDS = 60;
const LIST_PAGE = 50;
/** Listings are read this far back for a command of ours: five hundred inspections in the time of one operation. */
const LIST_PAGES = 10;
/** Clocks of the service and ours may differ. */
const CLOCK_SLACK_MS = 60_000;

/**
 * All machines at once, and no failure stops the rest. The service's defaults, fifty at a time and an end at the first
 * failure, would take over an hour for ten thousand machines; what protects the hosts is the spread of the start.
 */
const FAN_OUT = { MaxConcurrency: '100%', MaxErrors: '100%' } as const;

/**
 * A target expression even for ids: `InstanceIds` as a parameter refuses the whole call for one machine that went
 * offline a moment ago or is gone, the expression leaves that machine without an answer. A key stands once, also when
 * somebody asks for the fleet's own tag, and so does an id.
 */
const targetsOf = (fleet: Tag, target: CommandTarget): Target[] =>
  target.kind === 'nodes'
    ? [{ Key: 'InstanceIds', Values: [...new Set(target.nodeIds)] }]
    : [fleet, ...target.tags.filter((tag) => tag.key !== fleet.key || tag.value !== fleet.value)].map((tag) => ({
        Key: `tag:${tag.key}`,
        Values: [tag.value],
      }));

const invokedAfter = (sinceMs: number): string =>
  `${new Date(sinceMs - CLOCK_SLACK_MS).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`;

const progressOf = (command: Command): CommandProgress => ({
  commandId: command.CommandId ?? '',
  finished: isTerminal(command),
  targets: command.TargetCount ?? 0,
  completed: command.CompletedCount ?? 0,
  details: statusWord(command),
});

type SiteCalls = ReturnType<typeof siteCalls>;

const siteCalls = (deps: RunCommandDeps, site: Site, ssm: SSMClient) => {
  const facts = (action: string, document = deps.document.name) => ({
    action,
    functionName: deps.functionName,
    siteId: site.id,
    document,
  });
  return {
    list: (input: ListCommandsCommandInput) =>
      translated(facts('ssm:ListCommands'), () => ssm.send(new ListCommandsCommand(input))),
    invocations: (commandId: string, cursor: string | undefined) =>
      translated(facts('ssm:ListCommandInvocations'), () =>
        ssm.send(
          new ListCommandInvocationsCommand({
            CommandId: commandId,
            Details: true,
            MaxResults: LIST_PAGE,
            ...(cursor === undefined ? {} : { NextToken: cursor }),
          }),
        ),
      ),
    send: (input: SendCommandCommandInput) =>
      translated(facts('ssm:SendCommand', input.DocumentName), () => ssm.send(new SendCommandCommand(input))),
  };
};

const inspectInput = (deps: RunCommandDeps, request: Parameters<RunCommand['inspect']>[0]) => ({
  DocumentName: deps.document.name,
  DocumentVersion: deps.document.version,
  Targets: targetsOf(deps.fleetTag, request.target),
  Comment: request.reference,
  TimeoutSeconds: DELIVERY_TIMEOUT_SECONDS + spreadSeconds(request.expectedNodes),
  Parameters: inspectParameters(request.options, deps.knownHosts),
  ...FAN_OUT,
});

const changeInput = (deps: RunCommandDeps, request: Parameters<RunCommand['change']>[0]) => ({
  DocumentName: request.document,
  DocumentVersion: deps.changeDocumentVersion ?? '$DEFAULT',
  Targets: targetsOf(deps.fleetTag, { kind: 'nodes', nodeIds: request.nodeIds }),
  Comment: request.reference,
  TimeoutSeconds: DELIVERY_TIMEOUT_SECONDS,
  Parameters: changeParameters(request.operation, request.options),
  ...FAN_OUT,
});

/** Reads a document's commands, newest first, until `enough` says so or they end. */
const ownCommands = async (
  document: string,
  calls: SiteCalls,
  sinceMs: number,
  enough: (commands: readonly Command[]) => boolean,
): Promise<readonly Command[]> => {
  const commands: Command[] = [];
  let token: string | undefined;
  for (let page = 0; page < LIST_PAGES; page += 1) {
    const answer = await calls.list({
      Filters: [
        { key: 'InvokedAfter', value: invokedAfter(sinceMs) },
        { key: 'DocumentName', value: document },
      ],
      MaxResults: LIST_PAGE,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    commands.push(...(answer.Commands ?? []));
    token = answer.NextToken;
    if (!token || enough(commands)) break;
  }
  return commands;
};

type SendOnce = Pick<Parameters<RunCommand['change']>[0], 'reference' | 'sinceMs' | 'mayHaveBeenSent'>;

const sentBefore = async (document: string, calls: SiteCalls, { reference, sinceMs }: SendOnce) => {
  const isOurs = (command: Command) => command.Comment === reference;
  const commands = await ownCommands(document, calls, sinceMs, (read) => read.some(isOurs));
  return commands.find(isOurs)?.CommandId;
};

/** Sends, or finds the command that was sent under the same reference. */
const sendOnce = async (
  calls: SiteCalls,
  request: SendOnce,
  input: SendCommandCommandInput & { DocumentName: string },
) => {
  const sent = request.mayHaveBeenSent ? await sentBefore(input.DocumentName, calls, request) : undefined;
  const commandId = sent ?? (await calls.send(input)).Command?.CommandId;
  if (commandId === undefined) throw new Error('SendCommand gave no command id');
  return { commandId };
};

const progressOfMany = async (deps: RunCommandDeps, calls: SiteCalls, ids: readonly string[], sinceMs: number) => {
  const wanted = new Set(ids);
  const ofInterest = (commands: readonly Command[]) => commands.filter((c) => wanted.has(c.CommandId ?? ''));
  const { name } = deps.document;
  const commands = await ownCommands(name, calls, sinceMs, (read) => ofInterest(read).length === wanted.size);
  return ofInterest(commands).map(progressOf);
};

/**
 * Run Command over Systems Manager. `SendCommand` has no token against repetition: the reference travels as the
 * command's comment, and is looked for before a repeat.
 */
export const ssmRunCommand = (deps: RunCommandDeps): RunCommand => {
  const at = async (site: Site) => siteCalls(deps, site, (await deps.clientsOf(site)).ssm);
  return {
    inspect: async (request) => sendOnce(await at(request.site), request, inspectInput(deps, request)),
    change: async (request) => sendOnce(await at(request.site), request, changeInput(deps, request)),
    progress: async (site, commandIds, sinceMs) => {
      const calls = await at(site);
      const [only, ...more] = commandIds;
      if (only === undefined) return [];
      if (more.length > 0) return progressOfMany(deps, calls, commandIds, sinceMs);
      return ((await calls.list({ CommandId: only })).Commands ?? []).map(progressOf);
    },
    answers: async (site, commandId, cursor) => {
      const page = await (await at(site)).invocations(commandId, cursor);
      const answers = (page.CommandInvocations ?? []).map(readInvocation);
      return page.NextToken ? { answers, cursor: page.NextToken } : { answers };
    },
  };
};
