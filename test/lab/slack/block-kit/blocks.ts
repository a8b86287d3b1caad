/** Shapes of Block Kit's blocks, and the surfaces each may stand on. */
import { BLOCK_LIMITS } from '../block-limits.ts';
import { anyText, mrkdwn, picture, plainText } from './composition.ts';
import { accessoryElements, actionElements, button, contextActionElements, inputElements } from './elements.ts';
import { richText } from './rich-text.ts';
import {
  all,
  boolean,
  byType,
  choice,
  type Fields,
  integer,
  list,
  number,
  object,
  oneOf,
  type Rule,
  string,
  url,
} from './rules.ts';

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home';

const type: Rule = () => {};
const block_id = string(BLOCK_LIMITS.blockId);

function block(fields: Fields): Rule {
  return object({ required: { type, ...fields.required }, optional: { block_id, ...fields.optional } });
}

const { section, header, context, actions, image, input, table, dataTable, card, container } = BLOCK_LIMITS;

const cell = byType({
  raw_text: object({ required: { type, text: string(table.rows * 100, 1) } }),
  raw_number: object({ required: { type, value: number }, optional: { text: string(1_000, 1) } }),
  rich_text: richText,
});

const cardBody = all(
  block({
    optional: {
      hero_image: picture(),
      icon: picture(),
      title: mrkdwn(card.title),
      subtitle: mrkdwn(card.subtitle),
      body: mrkdwn(card.body),
      actions: list(byType({ button }), card.actions),
    },
  }),
  choice(['hero_image', 'title', 'actions', 'body'], true),
);

const taskCard = block({
  required: {
    task_id: string(255, 1),
    title: string(BLOCK_LIMITS.text, 1),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
  },
  optional: {
    details: richText,
    output: richText,
    sources: list(object({ required: { type, url: url(3_000), text: string(BLOCK_LIMITS.text, 1) } }), 100, 0),
  },
});

const everywhere: Readonly<Record<string, Rule>> = {
  section: all(
    block({
      optional: {
        text: anyText(section.text),
        fields: list(anyText(section.field), section.fields),
        accessory: byType({ ...accessoryElements, image: picture() }),
        expand: boolean,
      },
    }),
    choice(['text', 'fields'], true),
  ),
  header: block({ required: { text: plainText(header) } }),
  context: block({
    required: {
      elements: list(
        byType({
          image: picture(),
          plain_text: anyText(BLOCK_LIMITS.text),
          mrkdwn: anyText(BLOCK_LIMITS.text),
        }),
        context,
      ),
    },
  }),
  actions: block({ required: { elements: list(byType(actionElements), actions) } }),
  divider: block({}),
  image: picture({ block_id, title: plainText(image.title) }),
  input: block({
    required: { label: plainText(input.label), element: byType(inputElements) },
    optional: { hint: plainText(input.hint), optional: boolean, dispatch_action: boolean },
  }),
  rich_text: richText,
  card: cardBody,
  video: block({
    required: {
      video_url: url(3_000),
      thumbnail_url: url(3_000),
      alt_text: string(image.altText, 1),
      title: plainText(BLOCK_LIMITS.video.title),
    },
    optional: {
      title_url: url(3_000),
      author_name: string(BLOCK_LIMITS.video.author),
      provider_name: string(BLOCK_LIMITS.video.author),
      provider_icon_url: url(3_000),
      description: plainText(BLOCK_LIMITS.video.description),
    },
  }),
};

const tableBlock = block({
  required: { rows: list(list(cell, table.cells), table.rows) },
  optional: {
    column_settings: list(
      object({ optional: { align: oneOf('left', 'center', 'right'), is_wrapped: boolean } }),
      table.cells,
    ),
  },
});

const carousel = block({ required: { elements: list(byType({ card: cardBody }), BLOCK_LIMITS.carousel) } });

const dataTableBlock = block({
  required: { caption: string(BLOCK_LIMITS.text, 1), rows: list(list(cell, dataTable.cells), dataTable.rows, 2) },
  optional: { page_size: integer(1, dataTable.pageSize), row_header_column_index: integer(0, dataTable.cells - 1) },
});

const { chart } = BLOCK_LIMITS;
const label = string(chart.label, 1);
const point = object({ required: { label, value: number } });
const axes = object({
  required: { categories: list(label, chart.points) },
  optional: { x_label: string(chart.axisLabel), y_label: string(chart.axisLabel) },
});
const series = object({
  required: {
    type,
    series: list(object({ required: { name: label, data: list(point, chart.points) } }), chart.series),
    axis_config: axes,
  },
});

const dataVisualization = block({
  required: {
    title: string(chart.title, 1),
    chart: byType({
      line: series,
      bar: series,
      area: series,
      pie: object({ required: { type, segments: list(point, chart.series) } }),
    }),
  },
});

const { card: _neverInside, ...withoutCard } = everywhere;
const containable = { ...withoutCard, table: tableBlock };

const containerBlock = all(
  block({
    required: { child_blocks: list(byType(containable), container.children) },
    optional: {
      title: plainText(container.title),
      rich_text_title: richText,
      subtitle: anyText(container.subtitle),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: picture(),
      is_collapsible: boolean,
      default_collapsed: boolean,
      has_header_divider: boolean,
    },
  }),
  choice(['title', 'rich_text_title']),
);

const messageBlocks: Readonly<Record<string, Rule>> = {
  ...everywhere,
  markdown: block({ required: { text: string(BLOCK_LIMITS.message.markdownText, 1) } }),
  table: tableBlock,
  data_table: dataTableBlock,
  data_visualization: dataVisualization,
  carousel,
  container: containerBlock,
  context_actions: block({
    required: { elements: list(byType(contextActionElements), BLOCK_LIMITS.contextActions) },
  }),
  task_card: taskCard,
  plan: block({
    required: { title: string(BLOCK_LIMITS.text, 1) },
    optional: { tasks: list(byType({ task_card: taskCard }), 100, 0) },
  }),
};

const alert = block({
  required: { text: anyText(BLOCK_LIMITS.alert) },
  optional: { level: oneOf('default', 'info', 'warning', 'error', 'success') },
});

/** The blocks that each surface shows, by type. A type that is missing here is refused there. */
export const BLOCKS: Readonly<Record<Surface, Readonly<Record<string, Rule>>>> = {
  message: messageBlocks,
  modal: { ...everywhere, alert },
  home: { ...everywhere, table: tableBlock, carousel },
};
