// Dates as exports write them; the machine's zone plays no part.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateReader, dateStyle, instantMs } from "./dates.ts";

const iso = (ms: number | undefined) =>
  ms === undefined ? undefined : new Date(ms).toISOString().replace(".000Z", "Z");
const read = (value: unknown, date: Parameters<typeof dateReader>[0]["date"], zone = "UTC") =>
  iso(dateReader({ date, zone }).read(value));

describe("a date in a declared style", () => {
  test.each<[unknown, Parameters<typeof dateReader>[0]["date"], string, string]>([
    ["2018-10-31T13:00:03.000Z", "iso", "UTC", "2018-10-31T13:00:03Z"],
    ["2018-10-31T13:00:03Z", "iso", "UTC", "2018-10-31T13:00:03Z"],
    ["2024-01-05T10:00:00+0000", "iso", "UTC", "2024-01-05T10:00:00Z"],
    ["2024-01-05T10:00:00+09:00", "iso", "UTC", "2024-01-05T01:00:00Z"],
    ["2024-01-05 10:00:00", "iso", "UTC", "2024-01-05T10:00:00Z"],
    ["2024-01-05 10:00:00", "iso", "Asia/Seoul", "2024-01-05T01:00:00Z"],
    ["2024-07-05 10:00", "iso", "Europe/Berlin", "2024-07-05T08:00:00Z"],
    ["2024-01-05", "iso", "UTC", "2024-01-05T00:00:00Z"],
    ["2022-05-17 12:29:44.123456", "iso", "UTC", "2022-05-17T12:29:44.123Z"],
    ["18.01.11", ["YY.DD.MM"], "UTC", "2018-11-01T00:00:00Z"],
    ["03.11.24", ["YY.MM.DD"], "UTC", "2003-11-24T00:00:00Z"],
    ["31.12.2023", ["DD.MM.YYYY"], "UTC", "2023-12-31T00:00:00Z"],
    ["31.12.2023 23:59", ["DD.MM.YYYY"], "UTC", "2023-12-31T23:59:00Z"],
    ["12/31/2023 11:59 PM", ["MM/DD/YYYY"], "UTC", "2023-12-31T23:59:00Z"],
    ["12/31/2023, 12:05:00 AM", ["MM/DD/YYYY"], "UTC", "2023-12-31T00:05:00Z"],
    ["Jan 5, 2024", ["MMM D, YYYY"], "UTC", "2024-01-05T00:00:00Z"],
    ["5. März 2024", ["D. MMM YYYY"], "UTC", "2024-03-05T00:00:00Z"],
    ["Wed Oct 10 20:19:24 +0900 2018", ["ddd MMM DD HH:mm:ss ZZ YYYY"], "UTC", "2018-10-10T11:19:24Z"],
    ["Wed, 10 Oct 2018 20:19:24 GMT", ["ddd, DD MMM YYYY"], "UTC", "2018-10-10T20:19:24Z"],
    ["2024년 1월 5일", ["YYYY년 MM월 DD일"], "UTC", "2024-01-05T00:00:00Z"],
    ["2021-03-04 10:11:12 EST", ["YYYY-MM-DD HH:mm:ss"], "America/New_York", "2021-03-04T15:11:12Z"],
    ["2021-07-04 10:11:12 EDT", ["YYYY-MM-DD HH:mm:ss"], "America/New_York", "2021-07-04T14:11:12Z"],
    ["2021-07-04 10:11:12", ["YYYY-MM-DD HH:mm:ss"], "America/New_York", "2021-07-04T14:11:12Z"],
    [1700000000, "unix_s", "UTC", "2023-11-14T22:13:20Z"],
    ["1700000000", "unix_s", "UTC", "2023-11-14T22:13:20Z"],
    [1700000000123, "unix_ms", "UTC", "2023-11-14T22:13:20.123Z"],
  ])("%s as %j in %s", (value, date, zone, expected) => expect(read(value, date, zone)).toBe(expected));

  test.each<[unknown, Parameters<typeof dateReader>[0]["date"]]>([
    ["2023-02-29", "iso"],
    ["2023-13-01", "iso"],
    ["yesterday", "iso"],
    [null, "iso"],
    [20240105, "iso"],
    ["2024-01-05T25:00:00Z", "iso"],
    ["31.02.2023", ["DD.MM.YYYY"]],
    ["01/13/2023", ["DD/MM/YYYY"]],
    ["5 Foo 2024", ["D MMM YYYY"]],
    ["x", "unix_s"],
  ])("%s as %j is no date", (value, date) => expect(read(value, date)).toBeUndefined());
});

test("the fast reader of instants agrees with the engine for every instant", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("1901-01-01"), max: new Date("2199-12-31"), noInvalidDate: true }),
      (date) => {
        expect(instantMs(date.toISOString())).toBe(date.getTime());
        expect(instantMs(date.toISOString().replace(/\.\d+Z$/, "Z"))).toBe(
          Math.floor(date.getTime() / 1000) * 1000,
        );
      },
    ),
    { numRuns: 300, seed: 3 },
  );
  expect(instantMs("2023-02-29T00:00:00Z")).toBeUndefined();
});

describe("the style of a column is decided from its values", () => {
  test.each([
    [["01-02-2024", "13-02-2024"], ["DD-MM-YYYY"], false],
    [["01/02/2024", "02/13/2024"], ["MM/DD/YYYY"], false],
    [["01/02/2024", "13/02/2024"], ["DD/MM/YYYY"], false],
    [["01/02/2024", "03/04/2024"], ["MM/DD/YYYY"], true],
    [["03.11.24", "15.08.27"], ["YY.MM.DD"], false],
    [["2024-01-05", "2024-01-06 10:00"], "iso", false],
    [["1700000000", "1700000001"], "unix_s", false],
    [["1700000000123"], "unix_ms", false],
    [["Jan 5, 2024"], ["MMM D, YYYY"], false],
  ])("%j", (values, date, doubtful) => {
    const style = dateStyle(values, Date.UTC(2026, 0, 1));
    expect(style?.date).toEqual(date);
    expect(style?.doubt !== null).toBe(doubtful);
  });

  test("numbers and words are no dates", () => {
    expect(dateStyle(["12", "5", "1999"])).toBeNull();
    expect(dateStyle(["hello", "world"])).toBeNull();
  });
});
