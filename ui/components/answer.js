// A verified answer: source cards, the text with citation chips, and what else was found.
// `data` is `ui.talk.answer.AnswerView` as JSON. Every text is set by textContent.

const element = (tag, className, text) => {
  const node = document.createElement(tag)
  node.className = className
  if (text !== undefined) node.textContent = text
  return node
}

const card = (source, current, open) => {
  const button = element("button", "hoi-card")
  button.type = "button"
  button.dataset.source = source.id
  button.setAttribute("aria-pressed", String(source.opens.includes(current)))
  const title = element("span", "hoi-card-title")
  for (const badge of source.badges) title.append(element("span", "hoi-badge", badge))
  title.append(element("span", "", source.title))
  button.append(title, element("span", "hoi-card-meta", source.meta))
  if (source.quote) button.append(element("span", "hoi-card-quote", source.quote))
  button.onclick = () => open(source.id)
  return button
}

const cards = (sources, className, current, open) => {
  const list = element("div", className)
  list.append(...sources.map((source) => card(source, current, open)))
  return list
}

const chip = (part, current, open) => {
  const button = element("button", "hoi-chip", part.text)
  button.type = "button"
  button.title = part.label
  button.dataset.source = part.source
  button.setAttribute("aria-label", part.label)
  button.setAttribute("aria-pressed", String(part.source === current))
  button.onclick = () => open(part.source)
  return button
}

// A chip never begins a line: it is kept with the word before it and the full stop after it.
const together = (line) => {
  const last = line.lastChild
  if (last?.className === "hoi-together") return last
  const group = element("span", "hoi-together")
  const word = last?.data?.match(/\S{1,24}$/)?.[0] ?? ""
  if (word) last.data = last.data.slice(0, -word.length)
  group.append(word)
  line.append(group)
  return group
}

// A line by itself: an item of a list hangs from its sign. Line ends stay, for who copies.
const words = (data, open) => {
  const text = element("div", data.abstained ? "hoi-text hoi-calm" : "hoi-text")
  let line
  const begin = (said) => {
    line = element("div", said.startsWith("- ") ? "hoi-item" : "")
    text.append(line)
  }
  begin("")
  for (const part of data.parts) {
    if (part.source) {
      together(line).append(chip(part, data.current, open))
      continue
    }
    const stop = line.lastChild ? part.text.match(/^[.,;:!?)…”]*/)[0] : ""
    if (stop) line.lastChild.append(stop)
    part.text.slice(stop.length).split(/(?<=\n)/).forEach((said, at) => {
      if (at || line.textContent.endsWith("\n")) begin(said)
      if (said) line.append(document.createTextNode(said))
    })
  }
  return text
}

const action = (text, act) => {
  const button = element("button", "hoi-action", text)
  button.type = "button"
  button.onclick = act
  return button
}

// Over plain http on the office network there is no clipboard API, and a browser may refuse the one there is.
const copied = async (text, area) => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    area.hidden = false
    area.select()
    area.hidden = document.execCommand("copy")
    return area.hidden
  }
}

const copying = (text) => {
  const area = element("textarea", "hoi-by-hand")
  Object.assign(area, { value: text, readOnly: true, hidden: true, rows: 6 })
  area.setAttribute("aria-label", "Câu trả lời kèm căn cứ")
  const told = element("span", "hoi-told")
  told.setAttribute("role", "status")
  const button = action("Sao chép kèm căn cứ", async () => {
    const done = await copied(text, area)
    told.textContent = done ? "✓ Đã sao chép" : "Trình duyệt không cho sao chép. Nhấn Ctrl+C để chép phần đã chọn."
    told.classList.toggle("hoi-done", done)
    if (!done) return area.select()
    button.focus()
    setTimeout(() => (told.textContent = ""), 4000)
  })
  return [button, told, area]
}

const foot = (data, print) => {
  const line = element("div", "hoi-foot")
  if (data.note) line.append(element("span", "hoi-note", data.note))
  if (data.copy) line.append(...copying(data.copy))
  if (data.printable) line.append(action("In cuộc trò chuyện", print))
  return line
}

// Who works by keys goes along: into the document that was opened, and back to what opened it when it is closed. A
// hand that has gone elsewhere meanwhile is left there.
const OPEN = "[data-source]"
const go = (root, find, tries = 100) => {
  const at = document.activeElement
  if (!root.isConnected || (at && at !== document.body && !root.contains(at) && !at.closest(".st-key-reader"))) return
  const place = find()
  if (place) place.focus({ preventScroll: true })
  else if (tries) setTimeout(() => go(root, find, tries - 1), 50)
}
const paper = () => document.querySelector(".hoi-paper, .hoi-sheet-paper")
const opener = (root) => () => !paper() && root.querySelectorAll(OPEN)[root.dataset.opener ?? 0]

// What was read into the question, or where alone was looked, each with the way out of it.
const remark = (text, way, act) => {
  const line = element("div", "hoi-remark")
  line.append(element("span", "", text), action(way, act))
  return line
}

export default function ({ data, parentElement, setTriggerValue }) {
  const open = (id) => {
    root.dataset.opener = [...root.querySelectorAll(OPEN)].indexOf(document.activeElement)
    setTriggerValue("open", id)
  }
  const root = parentElement.querySelector(":scope > .hoi-answer") ?? element("div", "hoi-answer")
  const drawn = JSON.stringify(data)
  if (root.dataset.drawn === drawn) return // nothing new: what is open, selected or focused stays so
  root.dataset.drawn = drawn
  const wasOpen = root.querySelector("details")?.open ?? data.abstained
  const children = []
  if (data.understood) {
    const take = () => setTriggerValue("as_typed", true)
    children.push(remark(`Đã hiểu: ${data.understood}`, "Hỏi đúng như đã gõ", take))
  }
  if (data.within) {
    const widen = () => setTriggerValue("everywhere", true)
    children.push(remark(`Chỉ tìm trong: ${data.within}`, "Tìm trong mọi văn bản", widen))
  }
  if (data.sources.length) children.push(cards(data.sources, "hoi-cards", data.current, open))
  children.push(words(data, open), foot(data, () => setTriggerValue("print", true)))
  if (data.more.length) {
    const details = element("details", "hoi-more")
    details.open = wasOpen || data.more.some((source) => source.id === data.current)
    details.append(element("summary", "", data.more_label), cards(data.more, "hoi-cards", data.current, open))
    children.push(details)
  }
  const focused = [...root.querySelectorAll(OPEN)].indexOf(document.activeElement)
  root.replaceChildren(...children)
  root.querySelectorAll(OPEN)[focused]?.focus({ preventScroll: true }) // rather than nowhere
  if (!root.isConnected) parentElement.append(root)
  const before = root.dataset.current ?? ""
  root.dataset.current = data.current
  if (data.current !== before) go(root, data.current ? paper : opener(root))
}
