// The European Central Bank's reference rates: XML with single quotes, working days only, new at 16:00 in Frankfurt.
import { createHash } from "node:crypto";
import { day, shareOf } from "./universe.ts";
import type { FakeVendor, Reply, Stage } from "./wire.ts";

const levels: Readonly<Record<string, number>> = {
  USD: 1.159,
  JPY: 178.4,
  KRW: 1_632,
  GBP: 0.879,
  CHF: 0.936,
  CNY: 8.26,
};
/** Days on which TARGET rests beside weekends, MM-DD. */
const holidays = ["01-01", "05-01", "12-25", "12-26"];

export function ecb(_stage: Stage): FakeVendor {
  return {
    answer(asked): Reply {
      const file = asked.path.split("/").at(-1) ?? "";
      const length = { "eurofxref-daily.xml": 1, "eurofxref-hist-90d.xml": 90, "eurofxref-hist.xml": 400 }[
        file
      ];
      if (length === undefined)
        return {
          status: 404,
          text: { type: "text/html", body: "<html><body>404</body></html>" },
          endpoint: file,
        };
      const dates = workingDays(asked.now, length);
      const body = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
	<gesmes:subject>Reference rates</gesmes:subject>
	<gesmes:Sender>
		<gesmes:name>European Central Bank</gesmes:name>
	</gesmes:Sender>
	<Cube>
${dates.map(cubeOf).join("\n")}
	</Cube>
</gesmes:Envelope>
`;
      const etag = `"${createHash("sha1").update(body).digest("hex").slice(0, 16)}"`;
      const modified = new Date(publishedAt(dates[0] ?? asked.now)).toUTCString();
      const headers = { etag, "last-modified": modified };
      const since = asked.headers["if-modified-since"];
      const same =
        asked.headers["if-none-match"] === etag ||
        (asked.headers["if-none-match"] === undefined && since === modified);
      return same
        ? { status: 304, headers, endpoint: file, items: 0 }
        : { status: 200, headers, text: { type: "text/xml", body }, endpoint: file, items: dates.length };
    },
  };
}

/** 16:00 in Frankfurt, told in winter time: an hour makes no difference to who asks once a day. */
const publishedAt = (date: number): number => date + 15 * 3_600_000;

/** Midnights UTC, newest first. */
function workingDays(now: number, span: number): number[] {
  const days: number[] = [];
  let at = Math.floor(now / day) * day;
  const oldest = at - Math.max(span, 10) * day;
  for (; at >= oldest; at -= day) {
    const date = new Date(at);
    const rests = [0, 6].includes(date.getUTCDay()) || holidays.includes(date.toISOString().slice(5, 10));
    if (!rests && publishedAt(at) <= now) days.push(at);
    if (span === 1 && days.length === 1) break;
  }
  return days;
}

function cubeOf(at: number): string {
  const rates = Object.entries(levels).map(([currency, level]) => {
    const rate = level * (1 + 0.02 * Math.sin(at / day / 9) + 0.004 * shareOf(`${currency} ${at}`, "rate"));
    return `\t\t\t<Cube currency='${currency}' rate='${rate >= 100 ? rate.toFixed(2) : rate.toFixed(4)}'/>`;
  });
  return `\t\t<Cube time='${new Date(at).toISOString().slice(0, 10)}'>\n${rates.join("\n")}\n\t\t</Cube>`;
}
