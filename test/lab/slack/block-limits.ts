/**
 * Slack's limits on Block Kit, messages and views: the one table that validator and builders share.
 *
 * Slack, "Block Kit reference", "chat.postMessage", "chat.update", "Modals". Lengths are compared with JavaScript's
 * `.length`, the conservative measure: Slack counts code points.
 */
export const BLOCK_LIMITS = {
  message: {
    blocks: 50,
    /** `chat.postMessage` cuts `text` here. */
    text: 40_000,
    /** `chat.update` refuses a longer `text`. */
    updateText: 4_000,
    /** Characters of all blocks together; seen in practice, below every documented limit of a single field. */
    blockCharacters: 13_200,
    markdownText: 12_000,
    attachments: 100,
    /** Often quoted, not documented. */
    metadataBytes: 8_192,
    tables: 1,
    tableCharacters: 10_000,
    charts: 2,
  },
  view: {
    blocks: 100,
    bytes: 250_000,
    title: 24,
    submit: 24,
    close: 24,
    privateMetadata: 3_000,
    callbackId: 255,
    externalId: 255,
    stack: 3,
  },
  blockId: 255,
  actionId: 255,
  text: 3_000,
  section: { text: 3_000, fields: 10, field: 2_000 },
  header: 150,
  context: 10,
  actions: 25,
  image: { url: 3_000, altText: 2_000, title: 2_000 },
  input: { label: 2_000, hint: 2_000 },
  table: { rows: 100, cells: 20 },
  dataTable: { rows: 101, cells: 20, pageSize: 100 },
  chart: { title: 50, series: 12, points: 20, label: 20, axisLabel: 50 },
  alert: 200,
  card: { title: 150, subtitle: 150, body: 200, actions: 3 },
  carousel: 10,
  container: { title: 150, subtitle: 150, children: 10 },
  contextActions: 5,
  video: { title: 199, author: 49, description: 200 },
  richText: { indent: 8 },
  button: { text: 75, value: 2_000, url: 3_000, accessibilityLabel: 75 },
  confirm: { title: 100, text: 300, confirm: 30, deny: 30 },
  option: { text: 75, description: 75, value: 150, url: 3_000 },
  options: 100,
  optionGroups: 100,
  optionGroupLabel: 75,
  overflow: 5,
  checkboxes: 10,
  placeholder: 150,
  plainTextInput: 3_000,
  fileInput: 10,
} as const;
