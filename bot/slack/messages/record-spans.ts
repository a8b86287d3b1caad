/** How long a resolver may keep an answer, in words. */
import { spanOf } from './wording.ts';

const MINUTE = 60;

/** `45 seconds`, `5 minutes`, `2 hours`, `2 days`. */
export function durationEn(seconds: number): string {
  if (seconds < MINUTE) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const { days, hours, minutes } = spanOf(seconds);
  if (days > 0) return `${days} days`;
  return [...counted(hours, 'hour'), ...counted(minutes, 'minute')].join(' ');
}

const counted = (count: number, unit: string): readonly string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? unit : `${unit}s`}`];

/** `45 秒`, `5 分`, `2 時間`, `2 日`. */
export function durationJa(seconds: number): string {
  if (seconds < MINUTE) return `${seconds} 秒`;
  const { days, hours, minutes } = spanOf(seconds);
  if (days > 0) return `${days} 日`;
  return [...(hours === 0 ? [] : [`${hours} 時間`]), ...(minutes === 0 ? [] : [`${minutes} 分`])].join(' ');
}
