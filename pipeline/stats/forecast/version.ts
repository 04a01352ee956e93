// Version of the forecasting method; changes when a number would change for the same series.
export const version = "1.0.0";
