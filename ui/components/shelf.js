// The table of documents: sorted by its heads, opened by a name, ticked for removal. On a phone each row is a card.
// `data` is `ui.library.table.Table` as JSON. Every text is set by textContent.

const element = (tag, className, text) => {
  const node = document.createElement(tag)
  if (className) node.className = className
  if (text !== undefined) node.textContent = text
  return node
}

const head = (data, column, send) => {
  const cell = element("th")
  cell.scope = "col"
  if (!column.order) {
    cell.append(element("span", "", column.label))
    return cell
  }
  const current = data.order === column.order
  const button = element("button", "hoi-sort", column.label)
  button.type = "button"
  if (current) {
    cell.setAttribute("aria-sort", data.down ? "descending" : "ascending")
    button.append(element("span", "", data.down ? " ↓" : " ↑"))
  }
  button.onclick = () => send("sort", { order: column.order, down: current ? !data.down : column.down })
  cell.append(button)
  return cell
}

const tick = (label, checked, changed) => {
  const box = element("input")
  box.type = "checkbox"
  box.checked = checked
  box.setAttribute("aria-label", label)
  box.onchange = () => changed(box.checked)
  return box
}

const named = (row, send) => {
  const cell = element("th", "hoi-named")
  cell.scope = "row"
  const button = element("button", "hoi-open", row.name)
  button.type = "button"
  button.setAttribute("aria-pressed", String(row.open))
  button.onclick = () => send("open", row.id)
  cell.append(button)
  if (row.about) cell.append(element("div", "hoi-about", row.about))
  if (row.marks.length) {
    const marks = element("div", "hoi-signs")
    for (const mark of row.marks) {
      const node = element("span", `hoi-sign hoi-sign-${mark.kind}`, mark.text)
      node.title = mark.title
      marks.append(node)
    }
    cell.append(marks)
  }
  cell.append(element("div", "hoi-file", row.file))
  return cell
}

export default function ({ data, parentElement, setTriggerValue }) {
  let table = parentElement.querySelector(":scope > .hoi-shelf")
  if (!table) {
    table = element("table", "hoi-shelf")
    parentElement.append(table)
  }
  const chosen = new Set(data.chosen)
  const choose = (ids, on) => {
    for (const id of ids) on ? chosen.add(id) : chosen.delete(id)
    setTriggerValue("choose", [...chosen])
  }
  const first = element("tr")
  if (data.editable) {
    const cell = element("th", "hoi-tick")
    const ids = data.rows.map((row) => row.id)
    const all = ids.length > 0 && ids.every((id) => chosen.has(id))
    cell.append(tick("Chọn mọi văn bản của trang này", all, (on) => choose(ids, on)))
    first.append(cell)
  }
  first.append(...data.columns.map((column) => head(data, column, setTriggerValue)))
  const heads = element("thead")
  heads.append(first)
  const body = element("tbody")
  for (const row of data.rows) {
    const line = element("tr", row.open ? "hoi-current" : "")
    line.dataset.id = row.id
    if (data.editable) {
      const cell = element("td", "hoi-tick")
      cell.append(tick(`Chọn ${row.name}`, chosen.has(row.id), (on) => choose([row.id], on)))
      line.append(cell)
    }
    line.append(named(row, setTriggerValue))
    row.cells.forEach((text, at) => {
      const cell = element("td", text ? "hoi-short" : "hoi-none", text || "—")
      if (text.length > 12) cell.className = ""
      cell.dataset.label = data.columns[at + 1].label
      line.append(cell)
    })
    body.append(line)
  }
  const caption = element("caption", "hoi-offscreen", data.label)
  table.replaceChildren(caption, heads, body)
}
