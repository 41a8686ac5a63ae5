// A verified answer: source cards, the text with citation chips, and what else was found.
// `data` is `chat_turn.AnswerView` as JSON. Every text is set by textContent.

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
  button.setAttribute("aria-label", part.label)
  button.setAttribute("aria-pressed", String(part.source === current))
  button.onclick = () => open(part.source)
  return button
}

// A chip never begins a line: it is kept with the word before it and the full stop after it.
const together = (text) => {
  const last = text.lastChild
  if (last?.className === "hoi-together") return last
  const group = element("span", "hoi-together")
  const word = last?.data?.match(/\S{1,24}$/)?.[0] ?? ""
  if (word) last.data = last.data.slice(0, -word.length)
  group.append(word)
  text.append(group)
  return group
}

const words = (data, open) => {
  const text = element("div", data.abstained ? "hoi-text hoi-calm" : "hoi-text")
  for (const part of data.parts) {
    if (part.source) {
      together(text).append(chip(part, data.current, open))
      continue
    }
    const stop = text.lastChild ? part.text.match(/^[.,;:!?)…”]*/)[0] : ""
    if (stop) text.lastChild.append(stop)
    if (part.text.length > stop.length) text.append(document.createTextNode(part.text.slice(stop.length)))
  }
  return text
}

const copied = async (text) => {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text)
  const area = element("textarea", "hoi-offscreen", text) // plain http on the office network has no clipboard API
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand("copy")
  area.remove()
}

const foot = (data) => {
  const line = element("div", "hoi-foot")
  if (data.note) line.append(element("span", "", data.note))
  if (data.copy) {
    const button = element("button", "hoi-copy", "Sao chép kèm căn cứ")
    button.type = "button"
    button.onclick = async () => {
      await copied(data.copy)
      button.textContent = "Đã sao chép"
      setTimeout(() => (button.textContent = "Sao chép kèm căn cứ"), 2000)
    }
    line.append(button)
  }
  return line
}

export default function ({ data, parentElement, setTriggerValue }) {
  const open = (id) => setTriggerValue("open", id)
  const root = parentElement.querySelector(":scope > .hoi-answer") ?? element("div", "hoi-answer")
  const wasOpen = root.querySelector("details")?.open ?? false
  const children = []
  if (data.understood) children.push(element("div", "hoi-understood", `Đã hiểu: ${data.understood}`))
  if (data.sources.length) children.push(cards(data.sources, "hoi-cards", data.current, open))
  children.push(words(data, open), foot(data))
  if (data.more.length) {
    const details = element("details", "hoi-more")
    details.open = wasOpen || data.more.some((source) => source.id === data.current)
    details.append(element("summary", "", data.more_label), cards(data.more, "hoi-cards", data.current, open))
    children.push(details)
  }
  root.replaceChildren(...children)
  if (!root.isConnected) parentElement.append(root)
}
