// Orders of a shop, one line a product. Who bought is a keyed hash from here on; names, addresses and mail never come in.
import { z } from "zod";
import { amount, currency, id, instant, market, refuse, wholeNumber, words } from "../../imports/cells.ts";
import type { Sheet } from "../../imports/sheet.ts";

export const orders: Sheet = {
  thing: "orders",
  title: "Orders of a shop",
  people: true,
  fields: {
    order_id: {
      required: true,
      names: ["order", "orderno", "ordernumber", "orderkey", "transactionid", "name"],
      means: "number of the order; its lines share it",
      example: "A-1001",
      read: id,
    },
    ordered_at: {
      required: true,
      names: ["orderdate", "createdat", "date", "orderedon", "purchasedate", "datetime"],
      means: "day or instant; a time without zone is UTC",
      example: "2026-11-02T09:30:00Z",
      read: instant,
    },
    market: {
      required: true,
      names: ["country", "countrycode", "shippingcountry", "shippingcountrycode", "billingcountry"],
      means: "country of the buyer, two letters",
      example: "de",
      read: market,
    },
    sku: {
      required: true,
      names: ["lineitemsku", "productid", "product", "itemid", "articleno", "variantsku"],
      means: "what was bought",
      example: "SERUM-30",
      read: id,
    },
    brand: {
      names: ["vendor", "manufacturer"],
      means: "brand of the product",
      example: "moonseolle",
      read: words,
    },
    quantity: {
      required: true,
      names: ["qty", "lineitemquantity", "units", "pieces"],
      means: "pieces; negative for a refund, never 0",
      example: "2",
      read: (value, field, manner) => wholeNumber(value, field, manner) || refuse("zero_quantity", field),
    },
    price: {
      required: true,
      names: ["unitprice", "lineitemprice", "itemprice"],
      means: "price of one piece, tax included",
      example: "24.90",
      read: amount,
    },
    currency: {
      required: true,
      names: ["currencycode"],
      means: "code of ISO 4217",
      example: "EUR",
      read: currency,
    },
    channel: {
      names: ["saleschannel", "source", "utmsource"],
      means: "where the order came from",
      example: "instagram",
      read: words,
    },
    coupon: {
      names: ["couponcode", "discountcode", "vouchercode", "promocode"],
      means: "code that was used",
      example: "MINA10",
      read: words,
    },
    customer_key: {
      names: ["customerid", "customer", "userid", "buyerid", "email", "customeremail"],
      means: "anything that is the same for one buyer; only a keyed hash of it is kept",
      example: "c-77",
      read: words,
      hashed: "customer",
    },
  },
  row: z.strictObject({
    exported_on: z.iso.date(),
    order_id: z.string(),
    ordered_at: z.iso.datetime(),
    market: z.string(),
    sku: z.string(),
    brand: z.string().nullable(),
    quantity: z.int(),
    price: z.number().min(0),
    currency: z.string(),
    channel: z.string().nullable(),
    coupon: z.string().nullable(),
    /** HMAC under the publication's author key. */
    customer_key: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .nullable(),
  }),
  against: ({ ordered_at, exported_on }) =>
    youngerThanExport("ordered_at", String(ordered_at), String(exported_on)),
};

/** Zones reach half a day past the day of the export. */
function youngerThanExport(field: string, instantOf: string, exportedOn: string): string | null {
  return Date.parse(instantOf) > Date.parse(`${exportedOn}T00:00:00Z`) + 36 * 3_600_000
    ? `future_date: ${field} = ${instantOf} is after the export of ${exportedOn}`
    : null;
}
