/** Sums of calls in the currency of the company's country. Amounts travel as thousandths. Pure. */

/** Country → ISO 4217. Those of the euro and a few others; elsewhere amounts stand without a currency. */
const CURRENCIES: Readonly<Record<string, string>> = {
  KR: "KRW",
  JP: "JPY",
  US: "USD",
  GB: "GBP",
  CN: "CNY",
  TW: "TWD",
  HK: "HKD",
  SG: "SGD",
  TH: "THB",
  VN: "VND",
  IN: "INR",
  AU: "AUD",
  NZ: "NZD",
  CA: "CAD",
  CH: "CHF",
  BR: "BRL",
  MX: "MXN",
};
const EURO = "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK".split(" ");

/** The currency of a country, undefined where none is known here. */
export function currencyOf(region: string): string | undefined {
  return CURRENCIES[region] ?? (EURO.includes(region) ? "EUR" : undefined);
}

/** `₩50,000`; without a currency, the bare number. */
export function money(milli: number, region: string, language: string): string {
  const currency = currencyOf(region);
  const style = currency === undefined ? {} : { style: "currency" as const, currency };
  return new Intl.NumberFormat(language, { ...style, minimumFractionDigits: 0, maximumFractionDigits: 3 }).format(
    milli / 1000,
  );
}

/** The sign of a country's currency, for the label of a field; empty without one. */
export function currencySign(region: string, language: string): string {
  const currency = currencyOf(region);
  if (currency === undefined) return "";
  const parts = new Intl.NumberFormat(language, { style: "currency", currency }).formatToParts(1);
  return parts.find((part) => part.type === "currency")?.value ?? currency;
}

/** A typed amount in thousandths; NaN stays NaN, so that the server says what is wrong. */
export function milliOf(amount: number | null): number {
  return amount === null ? Number.NaN : Math.round(amount * 1000);
}
