"use strict";
// The page reads well without this: it only sorts, filters and points.
(() => {
  const $ = (id) => document.getElementById(id);
  const make = (name, props) => Object.assign(document.createElement(name), props);

  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows);
    const heads = Array.from(table.tHead.rows[0].cells);
    const what = table.dataset.what;

    const value = (row, i) => {
      const cell = row.cells[i];
      return cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v);
    };
    const order = (i, up) => (a, b) => {
      const x = value(a, i), y = value(b, i);
      const n = typeof x === "number" ? x - y : x.localeCompare(y);
      return up ? n : -n;
    };
    const sort = (i) => {
      const numeric = heads[i].classList.contains("num");
      const now = heads[i].getAttribute("aria-sort");
      const up = now === null ? !numeric : now === "descending";
      for (const h of heads) h.removeAttribute("aria-sort");
      heads[i].setAttribute("aria-sort", up ? "ascending" : "descending");
      body.append(...rows.sort(order(i, up)));
    };
    heads.forEach((head, i) => {
      const button = make("button", { type: "button", textContent: head.textContent });
      button.addEventListener("click", () => sort(i));
      head.replaceChildren(button);
    });

    const told = make("span", { className: "told" });
    told.setAttribute("aria-live", "polite");
    const input = make("input", { type: "search", autocomplete: "off", spellcheck: false });
    const label = make("label", { textContent: "Filter " });
    label.append(input);
    const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        row.hidden = !words.every((w) => texts.get(row).includes(w));
        if (!row.hidden) shown += 1;
      }
      told.textContent = words.length ? shown + " of " + rows.length + " " + what : "";
    });
    if (rows.length > 5) {
      const tools = make("div", { className: "tools" });
      tools.append(label, told);
      table.before(tools);
    }
  }

  const nets = Array.from(document.querySelectorAll(".net"));
  const filter = () => {
    const which = $("net-which").value, least = Number($("net-weight").value);
    $("net-least").textContent = least;
    for (const net of nets) {
      net.hidden = which !== "" && net.id !== which;
      const joined = new Set();
      for (const e of net.querySelectorAll(".e")) {
        const off = Number(e.dataset.w) < least;
        e.classList.toggle("off", off);
        if (!off) joined.add(e.dataset.a).add(e.dataset.b);
      }
      for (const v of net.querySelectorAll("[data-i]")) v.classList.toggle("alone", !joined.has(v.dataset.i));
    }
  };
  const controls = $("net-controls");
  if (controls) {
    controls.hidden = false;
    $("net-which").addEventListener("change", filter);
    $("net-weight").addEventListener("input", filter);
  }
  const point = (net, i) => {
    const near = new Set([i]);
    for (const e of net.querySelectorAll(".e")) {
      const on = e.dataset.a === i || e.dataset.b === i;
      e.classList.toggle("on", on);
      if (on) near.add(e.dataset.a).add(e.dataset.b);
    }
    for (const v of net.querySelectorAll("[data-i]")) v.classList.toggle("on", near.has(v.dataset.i));
    net.classList.add("hot");
  };
  for (const net of nets) {
    for (const v of net.querySelectorAll(".v")) {
      v.addEventListener("pointerenter", () => point(net, v.dataset.i));
      v.addEventListener("pointerleave", () => net.classList.remove("hot"));
    }
  }

  // What is folded away on the screen belongs on paper.
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details:not([open])")) {
      fold.open = true;
      fold.dataset.folded = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const fold of document.querySelectorAll("details[data-folded]")) {
      fold.open = false;
      delete fold.dataset.folded;
    }
  });
})();
