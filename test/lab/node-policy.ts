/** What the deployment lets a machine of a site read with its own role. */
import type { PolicyDocument } from './aws/types.ts';
import type { LabSite } from './world/types.ts';

/** Stored keys, and Confirmation IDs that wait for it. */
export const nodePolicy = ({ account, region }: Pick<LabSite, 'account' | 'region'>): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'secretsmanager:GetSecretValue',
      Resource: `arn:aws:secretsmanager:${region}:${account}:secret:kms-bot/keys/*`,
    },
    {
      Effect: 'Allow',
      Action: 'ssm:GetParameter',
      Resource: ['keys', 'confirmation'].map(
        (folder) => `arn:aws:ssm:${region}:${account}:parameter/kms-bot/${folder}/*`,
      ),
    },
  ],
});
