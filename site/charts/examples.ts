// One example of every chart, with invented rows: the tests hold their markup, the gallery page shows them.
import { fanChart } from "./fan.ts";
import { lineChart } from "./line.ts";
import { monthStrips } from "./months.ts";
import { smallMultiples } from "./multiples.ts";
import { bars, intervalRows, stackedRows } from "./rows.ts";
import { spark } from "./spark.ts";

const week = 7 * 864e5;
const monday = (index: number): string =>
  new Date(Date.parse("2024-11-18") + index * week).toISOString().slice(0, 10);
const weeks = (count: number): string[] => Array.from({ length: count }, (_, index) => monday(index));
const wave = (index: number): number => Math.sin(index / 6) + 0.4 * Math.sin(index * 1.7);
const whole = (value: number): string => String(Math.round(value));
const points = (count: number, from: number, slope: number, missing: readonly number[] = []) =>
  weeks(count).map((day, index) => {
    const value = missing.includes(index) ? null : from + slope * index + 4 * wave(index);
    return { day, value, low: value === null ? null : value - 5, high: value === null ? null : value + 5 };
  });
const plain = (rows: ReturnType<typeof points>) => rows.map(({ day, value }) => ({ day, value }));

export const examples: Readonly<Record<string, { readonly title: string; readonly html: string }>> = {
  line: {
    title: "A line with its interval, two missing weeks and an event",
    html: lineChart([{ points: points(104, 40, 0.25, [40, 41]), colour: "s1", end: ["66", "Germany"] }], {
      label: "A line that rises from 40 to 66",
      format: whole,
      gaps: [monday(40), monday(41)],
      events: [{ day: monday(70), label: "Launch" }],
    }),
  },
  broken: {
    title: "A series that another reader goes on with",
    html: lineChart([{ points: points(104, 40, 0.25), colour: "s1", end: ["66"] }], {
      label: "A line that rises from 40 to 66, read by a model from its last quarter on",
      format: whole,
      fromZero: false,
      events: [{ day: monday(76), label: "Launch" }],
      breaks: [{ day: monday(80), lines: ["read by a model", "from here"] }],
    }),
  },
  fan: {
    title: "What was, and what is expected at 80 and 95 %",
    html: fanChart(
      points(40, 60, 0.6).map(({ day, value }) => ({ day, value })),
      weeks(54)
        .slice(40)
        .map((day, index) => ({
          day,
          value: 84 + 0.5 * index,
          low80: 76 - index,
          high80: 92 + 2 * index,
          low95: 70 - 1.6 * index,
          high95: 98 + 3 * index,
        })),
      {
        label: "A line of forty weeks and the fan of the next fourteen",
        format: whole,
        colour: "acc",
        end: ["90", "62–120"],
      },
    ),
  },
  lines: {
    title: "Four lines whose end labels would collide",
    html: lineChart(
      [60, 62, 61, 80].map((end, index) => ({
        points: plain(points(52, 40, (end - 40) / 52)),
        colour: `s${index + 1}`,
        end: [`${["Germany", "France", "Japan", "United States"][index]}`],
      })),
      { label: "Four lines that end at 60, 62, 61 and 80", format: whole },
    ),
  },
  short: {
    title: "Five weeks below zero and above",
    html: lineChart([{ points: points(5, -4, 3), colour: "acc" }], {
      label: "Five weeks from minus four to twelve",
      format: whole,
      fromZero: false,
      base: 0,
    }),
  },
  intervals: {
    title: "Intervals, with a row that is withheld",
    html: intervalRows(
      [
        {
          name: "Demand",
          note: "weight 25",
          value: 62.5,
          low: 50,
          high: 76,
          reading: ["2nd of 4", "62.5 (50–76)"],
        },
        {
          name: "Growth",
          note: "weight 15",
          value: 87.5,
          low: 64,
          high: 94,
          reading: ["1st of 4", "87.5 (64–94)"],
          colour: "s1",
        },
        { name: "Claims readiness", note: "weight 10", value: null, reading: ["Not collected"] },
      ],
      { label: "Two components with intervals, one missing", format: whole, range: [0, 100], base: 50 },
    ),
  },
  bars: {
    title: "Bars from zero with brackets",
    html: bars(
      [
        { name: "Danhwa Lab", value: 21, low: 19.8, high: 22.3, reading: ["21.0"], colour: "s1" },
        { name: "Quellwerk", value: 14.6, low: 13.6, high: 15.7, reading: ["14.6"] },
        { name: "Haemil", value: 4.6, low: 4, high: 5.3, reading: ["4.6"] },
      ],
      { label: "Three brands by share", format: (value) => `${value}%`, tight: true, names: "short" },
    ),
  },
  stacked: {
    title: "Parts of a whole",
    html: stackedRows(
      ["Germany", "Japan"].map((name, index) => ({
        name,
        note: "n = 1,204",
        parts: [
          { value: 50 + 10 * index, colour: "cpos" },
          { value: 30, colour: "cneu" },
          { value: 20 - 10 * index, colour: "cneg" },
        ],
        reading: [`+${30 + 20 * index}`],
      })),
      {
        label: "Positive, neutral and negative posts of two markets",
        tight: true,
        keys: [
          { word: "Positive", colour: "cpos" },
          { word: "Neutral", colour: "cneu" },
          { word: "Negative", colour: "cneg" },
        ],
      },
    ),
  },
  multiples: {
    title: "Small multiples on one scale",
    html: smallMultiples(
      ["Toner pads", "Snail mucin", "Rice toner"].map((title, index) => ({
        title,
        note: ["Emerging", "Declining", "Volatile"][index] as string,
        series: [
          {
            points: plain(points(104, 100, [0.8, -0.4, 0][index] as number)),
            colour: "acc",
            end: [["182", "58", "101"][index] as string],
          },
        ],
      })),
      { label: (panel) => `${panel.title}: ${panel.note}`, format: whole, base: 100 },
    ),
  },
  months: {
    title: "A season, and one that is unknown",
    html: monthStrips(
      [
        {
          name: "Sunscreen",
          months: [0.4, 0.5, 0.8, 1.2, 1.6, 1.9, 1.7, 1.4, 0.9, 0.6, 0.5, 0.4],
          reading: ["May–Jul", "0.83 strong"],
        },
        { name: "Exosomes", months: null, reading: ["Unknown"] },
      ],
      {
        label: "Sunscreen peaks from May to July",
        monthNames: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        unknown: "58 of 104 weeks",
        keys: ["fewer", "more than usual"],
      },
    ),
  },
  spark: {
    title: "A sparkline with a gap",
    html: spark([1, 2, 2, null, 3, 5, 4, 6], "acc", "Rises from 1 to 6"),
  },
};
