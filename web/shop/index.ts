/** The shop's front page. */

import { picture } from "./art";
import { el, fill } from "./dom";
import { addToBag, bagSize, HERE, page } from "./frame";
import people from "./people.json";
import "./shop.css";
import "./art.css";

page("shop", (locale, t) => {
  fill(
    "hero",
    el("div", {}, el("h1", {}, t.headline), el("p", {}, t.lead), el("a", { class: "button", href: `${HERE}orders.html` }, t.seeOrders)),
    el("div", { class: "hero-art" }, picture("desk-lamp"), picture("tea-kettle")),
  );
  fill("products-title", t.products);
  fill(
    "products",
    ...people.products.map((product) => {
      const add = el("button", { type: "button", "aria-label": `${t.addToBag}: ${product.name[locale]}` }, t.addToBag);
      add.addEventListener("click", () => {
        addToBag();
        add.textContent = t.inBag;
        const bag = document.querySelector(".bag");
        if (bag) bag.textContent = t.bag(bagSize());
      });
      return el(
        "li",
        { class: "product" },
        el("div", { class: "shelf" }, picture(product.id)),
        el("h3", {}, product.name[locale]),
        el("p", { class: "price" }, product.price[locale]),
        add,
      );
    }),
  );
  fill("promises", ...t.promises.map(([title = "", text = ""]) => el("div", {}, el("h2", {}, title), el("p", {}, text))));
});
