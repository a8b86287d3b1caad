/** `DescribeDocument` and `GetDocument`. */

import { demand, type Operation } from '../service.ts';
import type { Authorize, AwsAnswer, AwsCall } from '../types.ts';
import { epochSeconds, jsonAnswer } from '../wire/answers.ts';
import { readInput } from '../wire/constraints.ts';
import { type DocumentParameter, type Documents, documentArn, type SsmDocument } from './documents.ts';
import { DescribeDocumentInput, GetDocumentInput } from './shapes.ts';

/** Reads of documents, each demanding its own right on the document. */
export function documentOperations(documents: Documents, authorize: Authorize): Readonly<Record<string, Operation>> {
  return {
    DescribeDocument: (call) => {
      const input = readInput(call, DescribeDocumentInput);
      demand(authorize, call, 'ssm:DescribeDocument', documentArn(call, input.Name));
      return jsonAnswer({
        Document: described(call, documents.find(call, input.Name, input.DocumentVersion), documents),
      });
    },
    GetDocument: (call): AwsAnswer => {
      const input = readInput(call, GetDocumentInput);
      demand(authorize, call, 'ssm:GetDocument', documentArn(call, input.Name));
      const document = documents.find(call, input.Name, input.DocumentVersion);
      return jsonAnswer({
        Name: document.name,
        DocumentVersion: document.version,
        CreatedDate: epochSeconds(document.createdAtMs),
        Status: 'Active',
        Content: document.text,
        DocumentType: 'Command',
        DocumentFormat: 'JSON',
      });
    },
  };
}

function described(call: AwsCall, document: SsmDocument, documents: Documents): object {
  const newest = documents.find(call, document.name, '$LATEST').version;
  return {
    Name: document.name,
    Owner: call.account,
    CreatedDate: epochSeconds(document.createdAtMs),
    Status: 'Active',
    DocumentVersion: document.version,
    LatestVersion: newest,
    DefaultVersion: newest,
    Description: document.description,
    Hash: document.sha256,
    HashType: 'Sha256',
    DocumentType: 'Command',
    DocumentFormat: 'JSON',
    SchemaVersion: '2.2',
    TargetType: '/',
    PlatformTypes: document.platformTypes,
    Parameters: Object.entries(document.parameters).map(([name, parameter]) => parameterView(name, parameter)),
    Tags: [],
  };
}

function parameterView(name: string, parameter: DocumentParameter): object {
  const fallback = parameter.default;
  return {
    Name: name,
    Type: parameter.type,
    Description: parameter.description,
    DefaultValue: typeof fallback === 'object' ? JSON.stringify(fallback) : fallback,
  };
}
