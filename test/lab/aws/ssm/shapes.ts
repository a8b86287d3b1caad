/** Inputs of Systems Manager's operations with the constraints of its service model. */
import { z } from 'zod';

const instanceId = z.string().regex(/(^i-(\w{8}|\w{17})$)|(^mi-\w{17}$)/);
const instanceIds = z.array(instanceId).max(50);
const documentName = z.string().regex(/^[a-zA-Z0-9_\-.:/]{3,128}$/);
const documentVersion = z.string().regex(/([$]LATEST|[$]DEFAULT|^[1-9][0-9]*$)/);
const commandId = z.string().min(36).max(36);
const commandMaxResults = z.number().int().min(1).max(50);

const target = z.object({
  Key: z
    .string()
    .min(1)
    .max(163)
    .regex(/^[\p{L}\p{Z}\p{N}_.:/=\-@]*$|resource-groups:ResourceTypeFilters|resource-groups:Name/u)
    .optional(),
  Values: z.array(z.string()).max(50).optional(),
});

/** Input of `SendCommand`. */
export const SendCommandInput = z.object({
  InstanceIds: instanceIds.optional(),
  Targets: z.array(target).max(5).optional(),
  DocumentName: documentName,
  DocumentVersion: documentVersion.optional(),
  DocumentHash: z.string().max(256).optional(),
  DocumentHashType: z.enum(['Sha256', 'Sha1']).optional(),
  TimeoutSeconds: z.number().int().min(30).max(2_592_000).optional(),
  Comment: z.string().max(100).optional(),
  Parameters: z.record(z.string(), z.array(z.string())).optional(),
  OutputS3BucketName: z.string().min(3).max(63).optional(),
  OutputS3KeyPrefix: z.string().max(500).optional(),
  MaxConcurrency: z
    .string()
    .min(1)
    .max(7)
    .regex(/^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$/)
    .optional(),
  MaxErrors: z
    .string()
    .min(1)
    .max(7)
    .regex(/^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$/)
    .optional(),
  CloudWatchOutputConfig: z
    .object({
      CloudWatchLogGroupName: z.string().min(1).max(512).optional(),
      CloudWatchOutputEnabled: z.boolean().optional(),
    })
    .optional(),
});
export type SendCommandInput = z.infer<typeof SendCommandInput>;

const commandFilter = z.object({
  key: z.enum(['InvokedAfter', 'InvokedBefore', 'Status', 'ExecutionStage', 'DocumentName']),
  value: z.string().min(1).max(128),
});
/** A filter of the command listings; its members are lower-case on the wire. */
export type CommandFilter = z.infer<typeof commandFilter>;

/** Input of `ListCommands`. */
export const ListCommandsInput = z.object({
  CommandId: commandId.optional(),
  InstanceId: instanceId.optional(),
  MaxResults: commandMaxResults.optional(),
  NextToken: z.string().optional(),
  Filters: z.array(commandFilter).min(1).max(5).optional(),
});
export type ListCommandsInput = z.infer<typeof ListCommandsInput>;

/** Input of `ListCommandInvocations`. */
export const ListCommandInvocationsInput = ListCommandsInput.extend({ Details: z.boolean().optional() });
export type ListCommandInvocationsInput = z.infer<typeof ListCommandInvocationsInput>;

/** Input of `GetCommandInvocation`. */
export const GetCommandInvocationInput = z.object({
  CommandId: commandId,
  InstanceId: instanceId,
  PluginName: z.string().min(4).optional(),
});

/** Input of `CancelCommand`. */
export const CancelCommandInput = z.object({ CommandId: commandId, InstanceIds: instanceIds.optional() });

const filterValues = z.array(z.string().min(1)).min(1).max(100);

/** Input of `DescribeInstanceInformation`. */
export const DescribeInstanceInformationInput = z.object({
  Filters: z.array(z.object({ Key: z.string().min(1), Values: filterValues })).optional(),
  InstanceInformationFilterList: z
    .array(
      z.object({
        key: z.enum([
          'InstanceIds',
          'AgentVersion',
          'PingStatus',
          'PlatformTypes',
          'ActivationIds',
          'IamRole',
          'ResourceType',
          'AssociationStatus',
        ]),
        valueSet: filterValues,
      }),
    )
    .optional(),
  MaxResults: z.number().int().min(5).max(50).optional(),
  NextToken: z.string().optional(),
});
export type DescribeInstanceInformationInput = z.infer<typeof DescribeInstanceInformationInput>;

/** Input of `ListTagsForResource`. */
export const ListTagsForResourceInput = z.object({
  ResourceType: z.enum([
    'Document',
    'ManagedInstance',
    'MaintenanceWindow',
    'Parameter',
    'PatchBaseline',
    'OpsItem',
    'OpsMetadata',
    'Automation',
    'Association',
  ]),
  ResourceId: z.string(),
});

/** Input of `DescribeDocument`. */
export const DescribeDocumentInput = z.object({ Name: documentName, DocumentVersion: documentVersion.optional() });
/** Input of `GetDocument`. */
export const GetDocumentInput = DescribeDocumentInput.extend({
  DocumentFormat: z.enum(['YAML', 'JSON', 'TEXT']).optional(),
});

const parameterName = z.string().min(1).max(2048);
/** Input of `GetParameter`. */
export const GetParameterInput = z.object({ Name: parameterName, WithDecryption: z.boolean().optional() });
/** Input of `GetParameters`. */
export const GetParametersInput = z.object({
  Names: z.array(parameterName).min(1).max(10),
  WithDecryption: z.boolean().optional(),
});

const tag = z.object({
  Key: z
    .string()
    .min(1)
    .max(128)
    .regex(/^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$/u),
  Value: z
    .string()
    .max(256)
    .regex(/^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$/u),
});

/** Input of `PutParameter`. The value is sensitive: what is wrong with it is said elsewhere, without quoting it. */
export const PutParameterInput = z.object({
  Name: parameterName,
  Description: z.string().max(1024).optional(),
  Value: z.string(),
  Type: z.enum(['String', 'StringList', 'SecureString']).optional(),
  KeyId: z
    .string()
    .min(1)
    .max(256)
    .regex(/^([a-zA-Z0-9:/_-]+)$/)
    .optional(),
  Overwrite: z.boolean().optional(),
  Tags: z.array(tag).max(1000).optional(),
  Tier: z.enum(['Standard', 'Advanced', 'Intelligent-Tiering']).optional(),
  Policies: z.string().min(1).max(4096).optional(),
});
export type PutParameterInput = z.infer<typeof PutParameterInput>;

/** Input of `DeleteParameter`. */
export const DeleteParameterInput = z.object({ Name: parameterName });

/** Input of `DescribeParameters`; the older `Filters` only to be refused. */
export const DescribeParametersInput = z.object({
  Filters: z.array(z.unknown()).optional(),
  ParameterFilters: z
    .array(
      z.object({
        Key: z
          .string()
          .min(1)
          .max(132)
          .regex(/tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType/),
        Option: z.string().min(1).max(10).optional(),
        Values: z.array(z.string().min(1).max(1024)).min(1).max(50).optional(),
      }),
    )
    .optional(),
  MaxResults: z.number().int().min(1).max(50).optional(),
  NextToken: z.string().optional(),
});
export type ParameterFilter = NonNullable<z.infer<typeof DescribeParametersInput>['ParameterFilters']>[number];

/** Input of `AddTagsToResource`. */
export const AddTagsToResourceInput = ListTagsForResourceInput.extend({ Tags: z.array(tag).max(1000) });
