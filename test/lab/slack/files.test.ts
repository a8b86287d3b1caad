import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fixture, startFixture, webClient } from './fixture.ts';

let lab: Fixture;
beforeEach(async () => {
  lab = await startFixture();
});
afterEach(() => lab.stop());

/** The SDK's own type leaves the nested list out. */
function fileId(result: object): string {
  const { files } = result as { files: { files: { id: string }[] }[] };
  return files[0]?.files[0]?.id ?? '';
}

describe('a file', () => {
  const csv = 'node,state\nweb-03,activated\n';

  async function upload(channel: string, extra: object = {}) {
    return lab.bot.files.uploadV2({ channel_id: lab.channel(channel), filename: 'check.csv', content: csv, ...extra });
  }

  it('appears in its thread once Slack has looked at it', async () => {
    const { ts = '' } = await lab.bot.chat.postMessage({ channel: lab.channel('kms-ops'), text: 'Report' });

    const result = await upload('kms-ops', { thread_ts: ts, title: 'All machines', initial_comment: 'All of them' });
    const id = fileId(result);
    const before = await lab.bot.files.info({ file: id });
    await lab.clock.settle();
    const after = await lab.bot.files.info({ file: id });

    expect(id).toMatch(/^F[A-Z0-9]{8,}$/);
    expect(before.file).toMatchObject({ mimetype: '', title: 'All machines' });
    expect(after.file).toMatchObject({ mimetype: 'text/csv', channels: [lab.channel('kms-ops')] });
    expect(lab.workspace.messages('emma', 'kms-ops').at(-1)).toMatchObject({
      text: 'All of them',
      thread_ts: ts,
      files: [{ id, name: 'check.csv', size: csv.length }],
    });
    const download = await fetch(`${lab.url}/lab/files/${id}`);
    expect(await download.text()).toBe(csv);
    expect(download.headers.get('content-disposition')).toContain('attachment');
  });

  it('is refused where the bot is not', async () => {
    await expect(upload('random')).rejects.toMatchObject({ data: { error: 'not_in_channel' } });
  });

  it('has to be as long as announced, and uploaded before it is completed', async () => {
    const { json } = await lab.call('files.getUploadURLExternal', { filename: 'a.txt', length: '5' });
    const early = await lab.call('files.completeUploadExternal', { files: JSON.stringify([{ id: json.file_id }]) });

    const short = await fetch(String(json.upload_url), { method: 'POST', body: 'abc' });

    expect(early.json.error).toBe('file_not_found');
    expect(short.status).toBe(400);
  });

  it('can be shown in a block only after Slack has looked at it', async () => {
    const result = await lab.bot.files.uploadV2({ filename: 'chart.png', file: Buffer.from('png') });
    const id = fileId(result);
    const blocks = JSON.stringify([{ type: 'image', slack_file: { id }, alt_text: 'Counts' }]);

    const early = await lab.call('chat.postMessage', { channel: 'kms-ops', text: 'x', blocks });
    await lab.clock.settle();
    const later = await lab.call('chat.postMessage', { channel: 'kms-ops', text: 'x', blocks });

    expect(early.json).toMatchObject({
      error: 'invalid_blocks',
      errors: [expect.stringContaining('invalid slack file')],
    });
    expect(later.json.ok).toBe(true);
  });

  it('is told of by its inspector as well', async () => {
    const inspector = webClient(lab.url, lab.workspace.inspectorToken);

    await expect(inspector.files.info({ file: 'F0NOTHING' })).rejects.toMatchObject({
      data: { error: 'file_not_found' },
    });
  });
});
