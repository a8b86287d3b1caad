/** A script of somebody else that writes into a KMS record: it reads the set, replaces it, and tries again if it moved. */
import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Lab } from '../../lab/lab.ts';
import { zoneNamed } from './records.ts';

export interface ForeignScript {
  /** Puts a value into the set, or takes it out. */
  write(what: 'add' | 'remove', value: string): Promise<void>;
  close(): void;
}

const PYTHON = `
import boto3, json, sys, time
from botocore.exceptions import ClientError
zone, name = sys.argv[1], sys.argv[2]
route53 = boto3.client('route53')
AGAIN = ('InvalidChangeBatch', 'PriorRequestNotComplete', 'Throttling', 'ThrottlingException')
def write(what, value):
    found = route53.list_resource_record_sets(HostedZoneId=zone, StartRecordName=name, StartRecordType='SRV', MaxItems='1')['ResourceRecordSets'][0]
    values = [each for each in found['ResourceRecords'] if each['Value'] != value]
    if what == 'add':
        values.append({'Value': value})
    made = dict(found, ResourceRecords=values)
    changes = [{'Action': 'DELETE', 'ResourceRecordSet': found}, {'Action': 'CREATE', 'ResourceRecordSet': made}]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={'Changes': changes})
for line in sys.stdin:
    asked = json.loads(line)
    while True:
        try:
            write(asked['what'], asked['value'])
            break
        except ClientError as error:
            if error.response['Error']['Code'] not in AGAIN:
                raise
            time.sleep(0.02)
    print('done', flush=True)
`;

/** Whether the AWS SDK for Python is there: a program that shares nothing with the bot. */
export const hasPython = (): boolean => {
  try {
    execFileSync('python3', ['-c', 'import boto3'], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
};

/** Starts the script in Python. */
export const foreignScript = async (lab: Lab, domain: string): Promise<ForeignScript> => {
  const seen = (await fetch(`${lab.url}/lab`).then((answer) => answer.json())) as Record<string, string>;
  const script = spawn('python3', ['-c', PYTHON, zoneNamed(lab, domain).id, `_vlmcs._tcp.${domain}.`], {
    env: {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      AWS_ENDPOINT_URL: `${lab.url}/aws`,
      AWS_DEFAULT_REGION: seen.region,
      AWS_ACCESS_KEY_ID: seen.accessKeyId,
      AWS_SECRET_ACCESS_KEY: seen.secretAccessKey,
      AWS_MAX_ATTEMPTS: '1',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaint = '';
  script.stderr.on('data', (text: Buffer) => {
    complaint += String(text);
  });
  const lines = createInterface({ input: script.stdout })[Symbol.asyncIterator]();
  return {
    write: async (what, value) => {
      script.stdin.write(`${JSON.stringify({ what, value })}\n`);
      const { done } = await lines.next();
      if (done === true) throw new Error(`The script ended: ${complaint}`);
    },
    close: () => script.stdin.end(),
  };
};
