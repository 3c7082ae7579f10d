import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer]);

/** A plot: one value a category, or none, for each series. */
export interface Plot {
  title: string;
  /** What it shows, for who does not see it. */
  description: string;
  categories: string[];
  categoryName: string;
  valueName: string;
  series: { name: string; as: "bar" | "line"; values: (number | null)[] }[];
}

/** In a plot's attributes; the page's style sheet exchanges them where the reader's screen is dark. */
export const COLOURS = {
  ink: "#1d1d1f",
  faint: "#d5d5d9",
  series: ["#0a5fb4", "#c25700", "#1b7f5c"],
} as const;

const WIDTH = 760;
const HEIGHT = 280;

/** The plot as SVG that needs no script, no style and no font of its own. @param id names it within its page */
export function drawPlot(plot: Plot, id: string): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: HEIGHT });
  try {
    chart.setOption(chartOption(plot));
    return accessible(chart.renderToSVGString(), plot, id);
  } finally {
    chart.dispose();
  }
}

function chartOption({ categories, categoryName, valueName, series }: Plot) {
  const text = { color: COLOURS.ink, fontSize: 13 };
  const line = { lineStyle: { color: COLOURS.ink } };
  return {
    animation: false,
    color: [...COLOURS.series],
    textStyle: { fontFamily: "system-ui, sans-serif" },
    legend: {
      show: series.length > 1,
      top: 0,
      left: 0,
      itemGap: 24,
      textStyle: text,
      silent: true,
      selectedMode: false as const,
    },
    grid: {
      top: series.length > 1 ? 40 : 24,
      left: 4,
      right: 4,
      bottom: 4,
      outerBoundsMode: "same" as const,
      outerBoundsContain: "all" as const,
    },
    xAxis: {
      type: "category" as const,
      data: categories,
      name: categoryName,
      nameLocation: "middle" as const,
      nameGap: 28,
      nameTextStyle: text,
      axisLabel: text,
      axisLine: line,
      axisTick: { show: false },
    },
    yAxis: {
      type: "value" as const,
      name: valueName,
      nameTextStyle: { ...text, align: "left" as const },
      minInterval: 1,
      axisLabel: text,
      splitLine: { lineStyle: { color: COLOURS.faint } },
    },
    series: series.map(({ name, as, values }) => ({
      type: as,
      name,
      data: values,
      silent: true,
      emphasis: { disabled: true },
      ...(as === "bar" ? { barMaxWidth: 26 } : { symbolSize: 7, lineStyle: { width: 3 } }),
    })),
  };
}

/** Named and described for a screen reader, and without what only a script would use. */
function accessible(svg: string, { title, description }: Plot, id: string): string {
  const named = `<title id="${id}-title">${escapeHtml(title)}</title><desc id="${id}-text">${escapeHtml(description)}</desc>`;
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, "")
    .replace(/ (?:ecmeta_\w+|class)="[^"]*"/g, "")
    .replace(/^<svg /, `<svg role="img" aria-labelledby="${id}-title" aria-describedby="${id}-text" `)
    .replace(/^(<svg [^>]*>)/, `$1${named}`);
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** Text as it may stand in HTML, in an attribute as well. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
