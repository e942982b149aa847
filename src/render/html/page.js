// Sorts, filters and saves. The page is whole without it.
"use strict";
(() => {
  const keys = ["target", "outlet", "voice", "label", "speaker"];
  const form = document.getElementById("filter");
  const evidence = document.getElementById("evidence");
  const facts = document.querySelectorAll(
    "main [data-target], main [data-outlet], main [data-voice], main [data-label], main [data-speaker]");

  // What is asked for: an object with some of the keys.
  const chosen = () => Object.fromEntries(
    keys.map((key) => [key, form.elements[key]?.value ?? ""]).filter(([, value]) => value));

  // A speaker's sentences carry a line for each who speaks.
  const fits = (element, key, value) =>
    !(key in element.dataset) || element.dataset[key].split("\n").includes(value);

  // A table or list of which nothing is left says so.
  const lists = document.querySelectorAll("main tbody, main ul:not(.sentences), #evidence");
  const sayIfEmpty = (list) => {
    const parts = [...list.children].filter((part) => part.matches("tr, li, details.outlet"));
    const told = parts.find((part) => part.matches(".nothing"));
    const rest = parts.filter((part) => part !== told);
    const isEmpty = rest.length > 0 && rest.every((part) => part.hidden);
    if (told) told.hidden = !isEmpty;
    if (told || !isEmpty) return;
    const line = list.appendChild(document.createElement(list.tagName === "TBODY" ? "tr" : "li"));
    line.className = "nothing";
    const cell = line.tagName === "TR" ? line.appendChild(document.createElement("td")) : line;
    if (cell !== line) cell.colSpan = list.parentElement.tHead.rows[0].cells.length;
    cell.textContent = "No sentence fits the choice above.";
  };

  // What the page shows, by the form.
  const apply = () => {
    const wanted = Object.entries(chosen());
    for (const element of facts) {
      element.hidden = !wanted.every(([key, value]) => fits(element, key, value));
    }
    for (const line of document.querySelectorAll(".sentences li:not([data-speaker])")) {
      line.hidden = "speaker" in chosen();
    }
    let shown = 0;
    for (const group of document.querySelectorAll(".group")) {
      const lines = [...group.querySelectorAll(".sentences li")].filter((line) => !line.hidden);
      group.hidden ||= lines.length === 0;
      shown += group.hidden || group.parentElement.hidden ? 0 : lines.length;
    }
    for (const outlet of document.querySelectorAll("details.outlet")) {
      outlet.hidden ||= !outlet.querySelector(".group:not([hidden])");
      if (wanted.length && !outlet.hidden) outlet.open = true;
    }
    const all = document.querySelectorAll(".sentences li").length;
    form.querySelector("output").textContent =
      wanted.length ? `${shown} of ${all} sentences shown` : `${all} sentences`;
    form.querySelector("button").disabled = wanted.length === 0;
    lists.forEach(sayIfEmpty);
  };

  const set = (wanted) => {
    for (const key of keys) {
      const select = form.elements[key];
      if (!select) continue;
      const value = wanted[key] ?? "";
      select.value = value;
      // Of many speakers only the most quoted stand in the list.
      if (select.selectedIndex < 0) select.add(new Option(value, value, false, true));
    }
    apply();
  };

  // The part of the address behind `#`: `show?outlet=2&voice=own`, or a place in the page, of which
  // those of sentences are asked for: `e-0-2-own-1` (target, outlet, voice, label).
  const read = () => {
    const hash = decodeURI(location.hash.slice(1));
    if (hash.startsWith("show?")) {
      set(Object.fromEntries(new URLSearchParams(location.hash.slice(6))));
      return true;
    }
    const [kind, ...values] = hash.split("-");
    if (kind === "e") {
      set(Object.fromEntries(values.map((value, at) => [keys[at], value])));
      return true;
    }
    const place = document.getElementById(hash);
    if (place?.closest("[hidden]")) set({});
    place?.closest("details")?.setAttribute("open", "");
    if (!hash) set({});
    return false;
  };

  const follow = () => {
    if (read()) evidence?.scrollIntoView();
    else document.getElementById(decodeURI(location.hash.slice(1)))?.scrollIntoView();
  };

  const write = (wanted) => {
    const hash = Object.keys(wanted).length ? `#show?${new URLSearchParams(wanted)}` : "#";
    history.pushState(null, "", hash);
  };

  const cellValue = (cell) => cell?.dataset.value ?? cell?.textContent.trim() ?? "";

  // Figures by size, the largest first at the first click; words by alphabet.
  const sort = (head) => {
    const body = head.closest("table").tBodies[0];
    const at = head.cellIndex;
    const rows = [...body.rows].filter((row) => !row.matches(".nothing"));
    const isFigure = rows.some((row) => "value" in (row.cells[at]?.dataset ?? {}));
    const now = head.getAttribute("aria-sort");
    const falls = now ? now === "ascending" : isFigure;
    // What is too little to be ranked stands last, whichever way the others go.
    const isFew = (row) => row.matches(".few");
    const compare = (a, b) => {
      const [x, y] = [a, b].map((row) => row.cells[at]);
      if (!isFigure) return cellValue(x).localeCompare(cellValue(y));
      // What has no figure stands last, whichever way the others go.
      const [m, n] = [x, y].map((cell) => Number.parseFloat(cell?.dataset.value));
      const [hasM, hasN] = [m, n].map(Number.isFinite);
      return hasM && hasN ? m - n : (falls ? 1 : -1) * (hasM - hasN);
    };
    rows.sort((a, b) => isFew(a) - isFew(b) || (falls ? compare(b, a) : compare(a, b)));
    body.append(...rows);
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", falls ? "descending" : "ascending");
  };

  for (const head of document.querySelectorAll("main thead th:not(.picture)")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
  }

  // Tables wider than the screen say that they can be moved.
  const markWide = () => {
    for (const table of document.querySelectorAll(".scroll > table")) {
      table.classList.toggle("wide", table.offsetWidth > table.parentElement.clientWidth + 1);
    }
  };
  addEventListener("resize", markWide);

  for (const text of document.querySelectorAll("pre[data-file]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Save as file";
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text.textContent], { type: "text/csv" }));
      link.download = text.dataset.file;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    text.before(button);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-filter]");
    if (!link) return;
    event.preventDefault();
    const values = link.dataset.filter.split("\n");
    const wanted = keys.map((key, at) => [key, values[at]]).filter(([, value]) => value);
    write(Object.fromEntries(wanted));
    follow();
  });

  form.addEventListener("change", () => { write(chosen()); apply(); });
  form.addEventListener("reset", (event) => { event.preventDefault(); write({}); set({}); });
  window.addEventListener("hashchange", follow);
  form.hidden = false;
  apply();
  markWide();
  if (location.hash) follow();
})();
