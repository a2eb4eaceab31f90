/** What a minute costs, by beginning of the number. */
import { useT } from "@/i18n/t";
import { TextField } from "@/ui/TextField";
import { errorAt } from "../crud/errors";
import { Group, NumberField, Rows } from "../crud/fields";
import type { FormProps } from "../crud/kind";
import { milliOf } from "./money";
import { useWhere } from "./names";
import type { Policy, Price, Rules } from "./policy";
import { asPrefix } from "./prefixes";

type PricesProps = Pick<FormProps<Rules, Policy>, "draft" | "set" | "errors" | "locked"> & { sign: string };

export function Prices({ draft, set, errors, locked, sign }: PricesProps) {
  const t = useT();
  const where = useWhere();
  const hintOf = (prefix: string) => {
    const known = asPrefix(prefix);
    return known === null ? undefined : where(known);
  };
  return (
    <Group title={t("telephone.out.prices")} hint={t("telephone.out.prices_hint")}>
      <Rows<Price>
        rows={draft.prices}
        keyOf={(_price, at) => String(at)}
        onChange={(prices) => set({ prices })}
        removeLabel={t("telephone.out.remove_price")}
        addLabel={t("telephone.out.add_price")}
        make={() => ({ prefix: "+", per_minute_milli: 0 })}
        max={1000}
        locked={locked}
        empty={t("telephone.out.no_prices")}
      >
        {(price, at, change) => (
          <>
            <TextField
              label={t("telephone.out.prefix")}
              value={price.prefix}
              onChange={(prefix) => change({ prefix })}
              error={errorAt(errors, `rules.prices.${at}.prefix`)}
              hint={hintOf(price.prefix)}
              autoComplete="off"
              disabled={locked}
            />
            <NumberField
              label={sign ? t("telephone.out.per_minute_sign", { sign }) : t("telephone.out.per_minute")}
              value={price.per_minute_milli / 1000}
              onChange={(amount) => change({ per_minute_milli: milliOf(amount) })}
              error={errorAt(errors, `rules.prices.${at}.per_minute_milli`)}
              min={0}
              locked={locked}
            />
          </>
        )}
      </Rows>
    </Group>
  );
}
