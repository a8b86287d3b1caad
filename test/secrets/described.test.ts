/** What AWS tells of machines and stored keys: people write anything into names and tags. */
import { describe, expect, it } from 'vitest';
import { nodeFromAgent, nodeFromInstance } from '../../bot/aws/describe-nodes.ts';
import { KEY_TAGS } from '../../bot/domain/keys/stored-key.ts';
import { parseStoredKeyTags } from '../../bot/domain/keys/stored-key-tags.ts';
import { pick, random } from '../lab/random.ts';
import { holds, madeUp, written } from './made-up.ts';

const SEED = 20_261_126;
const FLEET = { key: 'KmsManaged', value: 'true' };
const FROM = { store: 'secrets-manager', name: 'arn:kms-bot/keys/contoso-mak', region: 'eu-central-1' } as const;

describe('names and tags with a secret in them', () => {
  it('are taken in without it', () => {
    const next = random(SEED);
    for (let at = 0; at < 500; at += 1) {
      const secret = madeUp(next);
      const text = pick(next, [written(next, secret), `key ${written(next, secret)}`]);
      const Tags = [
        { Key: 'KmsManaged', Value: 'true' },
        { Key: 'Name', Value: text },
        { Key: text, Value: 'key' },
      ];
      const tags = { [KEY_TAGS.kind]: text, [KEY_TAGS.group]: text, [KEY_TAGS.editions]: text, [KEY_TAGS.used]: text };
      const taken = [
        nodeFromInstance('tokyo', FLEET, { InstanceId: 'i-0123456789abcdef0', State: { Name: 'running' }, Tags }),
        nodeFromAgent('tokyo', FLEET, true, { InstanceId: 'mi-0123456789abcdef0', ComputerName: text }),
        parseStoredKeyTags({ name: 'contoso-mak', from: FROM }, tags),
      ];
      expect(holds(JSON.stringify(taken), secret), `seed ${SEED}, case ${at}`).toBe(false);
      expect(taken).toMatchObject([{ inFleet: true }, { inFleet: true }, { kind: 'badly-tagged' }]);
    }
  });

  it('are badly tagged where the key itself stands for the edition', () => {
    const tags = { kind: 'mak', group: '2022', edition: 'BBBBBCCCCCDDDDDFFFFFGGGGG' };
    expect(parseStoredKeyTags({ name: 'contoso-mak', from: FROM }, tags)).toEqual({
      kind: 'badly-tagged',
      tags: [{ tag: 'edition', value: '•••••' }],
    });
  });
});
