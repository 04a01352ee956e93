// The parser of the sheet's rows. A LineModule of core's ingestion.
import { sheetParser } from "../../imports/sheet.ts";
import { orders } from "./sheet.ts";

export const prepare = sheetParser(orders);
