"use strict";
// Filters and sorts the table of claims. Rows are shown or moved; nothing is made or fetched.
(() => {
  const table = document.getElementById("table");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const words = rows.map((row) => row.textContent.toLowerCase());
  const shown = document.getElementById("shown");

  document.getElementById("filter").addEventListener("input", (event) => {
    const wanted = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, index) => {
      row.hidden = !wanted.every((word) => words[index].includes(word));
      if (!row.hidden) count += 1;
    });
    shown.textContent = `${count} of ${rows.length}`;
  });

  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.key ?? cell.textContent;
  };
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => {
    head.firstChild.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const numbers = head.dataset.kind === "number";
      const order = (one, other) => {
        const [a, b] = [key(one, column), key(other, column)];
        if ((a === "") !== (b === "")) return a === "" ? 1 : -1; // what is not set comes last
        const found = numbers ? Number(a) - Number(b) : a.localeCompare(b);
        return up ? found : -found;
      };
      rows.slice().sort(order).forEach((row) => body.append(row));
    });
  });
})();
