/** Slack's limits that a message has to respect. Lengths count UTF-16 units, which is never less than Slack counts. */
export const LIMITS = {
  /** Blocks of one message. */
  blocks: 50,
  /** All text of one message's blocks; Slack's own limit lies near 13,200. */
  message: 12_000,
  /** `chat.update` refuses a `text` beyond 4,000. */
  text: 3_900,
  sectionText: 3_000,
  contextText: 2_000,
  contextElements: 10,
  buttonText: 75,
  buttonValue: 2_000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  /** Buttons a person should have to choose between. */
  buttons: 3,
} as const;
