/** Commands and invocations as the wire shows them. */
import { epochSeconds } from '../wire/answers.ts';
import { type Command, expiresAtMs, INVOCATION_STATES, type Invocation, isFinished } from './command.ts';
import { fullOutput, listedOutput } from './output.ts';

/** `settled` is false while the service does not yet know its own targets: then every counter is 0. */
export function commandView(command: Command, settled: boolean): object {
  return {
    CommandId: command.id,
    DocumentName: command.document.name,
    DocumentVersion: command.requestedVersion,
    Comment: command.comment,
    ExpiresAfter: epochSeconds(expiresAtMs(command)),
    Parameters: command.parameters,
    InstanceIds: command.instanceIds,
    Targets: command.targets,
    RequestedDateTime: epochSeconds(command.requestedAtMs),
    Status: settled ? command.status : 'Pending',
    StatusDetails: settled ? command.details : 'Pending',
    OutputS3BucketName: '',
    OutputS3KeyPrefix: '',
    MaxConcurrency: command.maxConcurrency,
    MaxErrors: command.maxErrors,
    TargetCount: settled ? command.invocations.length : 0,
    CompletedCount: settled ? command.completedCount : 0,
    ErrorCount: settled ? command.errorCount : 0,
    DeliveryTimedOutCount: settled ? command.deliveryTimedOutCount : 0,
    ServiceRole: '',
    NotificationConfig: { NotificationArn: '', NotificationEvents: [], NotificationType: '' },
    CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
    TimeoutSeconds: command.timeoutSeconds,
  };
}

/** An entry of `ListCommandInvocations`; its plugin only when details were asked for. */
export function invocationView(command: Command, invocation: Invocation, details: boolean): object {
  const [Status, StatusDetails] = INVOCATION_STATES[invocation.state];
  return {
    CommandId: command.id,
    InstanceId: invocation.nodeId,
    InstanceName: invocation.nodeName,
    Comment: command.comment,
    DocumentName: command.document.name,
    DocumentVersion: command.requestedVersion,
    RequestedDateTime: epochSeconds(command.requestedAtMs),
    Status,
    StatusDetails,
    StandardOutputUrl: '',
    StandardErrorUrl: '',
    CommandPlugins: details && wasTouched(invocation) ? [pluginView(command, invocation)] : [],
    ServiceRole: '',
    NotificationConfig: { NotificationArn: '', NotificationEvents: [], NotificationType: '' },
    CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
  };
}

/** A node that was never tried has no plugin. */
function wasTouched(invocation: Invocation): boolean {
  return invocation.startedAtMs > 0;
}

function pluginView(command: Command, invocation: Invocation): object {
  const [Status, StatusDetails] = INVOCATION_STATES[invocation.state];
  return {
    Name: command.document.step.name,
    Status,
    StatusDetails,
    ResponseCode: invocation.responseCode,
    ResponseStartDateTime: epochSeconds(invocation.startedAtMs),
    ...(isFinished(invocation) ? { ResponseFinishDateTime: epochSeconds(invocation.finishedAtMs) } : {}),
    Output: listedOutput(invocation),
    StandardOutputUrl: '',
    StandardErrorUrl: '',
    OutputS3Region: '',
    OutputS3BucketName: '',
    OutputS3KeyPrefix: '',
  };
}

/** The whole answer of `GetCommandInvocation`. Its times are ISO strings, unlike everywhere else. */
export function singleInvocationView(command: Command, invocation: Invocation): object {
  const [Status, StatusDetails] = INVOCATION_STATES[invocation.state];
  const { stdout, stderr } = fullOutput(invocation);
  return {
    CommandId: command.id,
    InstanceId: invocation.nodeId,
    Comment: command.comment,
    DocumentName: command.document.name,
    DocumentVersion: command.requestedVersion,
    PluginName: command.document.step.name,
    ResponseCode: invocation.responseCode,
    ...executionTimes(invocation),
    Status,
    StatusDetails,
    StandardOutputContent: stdout,
    StandardOutputUrl: '',
    StandardErrorContent: stderr,
    StandardErrorUrl: '',
    CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
  };
}

function executionTimes({ startedAtMs, finishedAtMs }: Invocation): object {
  return {
    ExecutionStartDateTime: isoOrEmpty(startedAtMs),
    ExecutionElapsedTime: finishedAtMs > 0 && startedAtMs > 0 ? `PT${(finishedAtMs - startedAtMs) / 1000}S` : '',
    ExecutionEndDateTime: startedAtMs > 0 ? isoOrEmpty(finishedAtMs) : '',
  };
}

function isoOrEmpty(ms: number): string {
  return ms === 0 ? '' : new Date(ms).toISOString();
}
