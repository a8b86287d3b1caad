/**
 * What a step's output becomes on its way from the agent: cut by bytes, with the agent's own markers.
 * Source: the truncation rules and their test vectors in Amazon SSM Agent.
 */

/** Bytes of `CommandPlugins[].Output`, both streams together. */
const LISTED_BYTES = 2500;
/** Bytes of `StandardOutputContent` and `StandardErrorContent`. */
const STDOUT_BYTES = 24_000;
const STDERR_BYTES = 8000;

const ERROR_TITLE = '\n----------ERROR-------\n';
const OUTPUT_CUT = '\n---Output truncated---';
const ERROR_CUT = '\n---Error truncated----';
const STREAM_CUT = '--output truncated--';

/** Both output streams of a step. */
export interface Streams {
  readonly stdout: string;
  readonly stderr: string;
}

/** Both streams as one text of at most `capacity` bytes: what `ListCommandInvocations` shows. */
export function listedOutput({ stdout, stderr }: Streams, capacity = LISTED_BYTES): string {
  const title = stderr === '' ? '' : ERROR_TITLE;
  const room = capacity - Buffer.byteLength(title);
  const out = Buffer.byteLength(stdout);
  const err = Buffer.byteLength(stderr);
  if (out + err <= room) return `${stdout}${title}${stderr}`;
  // A stream within its half stays whole and leaves the rest to the other; two long ones share.
  const half = Math.floor(room / 2);
  const outRoom = err <= half ? room - err : Math.min(out, half);
  const errRoom = room - outRoom;
  return `${cut(stdout, outRoom, OUTPUT_CUT)}${title}${cut(stderr, errRoom, ERROR_CUT)}`;
}

/** Each stream on its own: what `GetCommandInvocation` shows. */
export function fullOutput({ stdout, stderr }: Streams): Streams {
  return { stdout: cut(stdout, STDOUT_BYTES, STREAM_CUT), stderr: cut(stderr, STDERR_BYTES, STREAM_CUT) };
}

/** At most `bytes` bytes; a character cut in the middle arrives as U+FFFD, as it does from the agent. */
function cut(text: string, bytes: number, marker: string): string {
  const raw = Buffer.from(text, 'utf8');
  if (raw.length <= bytes) return text;
  return raw.subarray(0, Math.max(0, bytes - Buffer.byteLength(marker))).toString('utf8') + marker;
}
