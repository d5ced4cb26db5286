// On a phone, while a lane is dragged: the probabilities of all classes at a glance, since the
// other lanes may be out of sight. Twice said, so for the eye alone.

import { html, set, setText } from "./dom.js";

export class Summary {
  constructor() {
    this.root = html("div", { class: "summary", "aria-hidden": "true" });
  }

  update(data) {
    const n = data.probability.length;
    while (this.root.children.length > n) this.root.lastChild.remove();
    while (this.root.children.length < n) this.root.append(html("div", {}, html("i"), html("span"), html("b", {}, this.root.children.length + 1)));
    data.probability.forEach((a, k) => {
      const [bar, number] = this.root.children[k].children;
      bar.style.height = `${Number(a) * 2.4}em`;
      setText(number, Number(a).toFixed(2));
      set(this.root.children[k], "data-labelled", Number(data.target[k]) > 0 ? "" : null);
    });
  }
}
