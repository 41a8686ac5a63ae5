// The reading view: a document's lines with the cited words marked and scrolled to.
// `data` is `ui.talk.reader.Page` as JSON. Every text is set by textContent.

const line = (paragraph) => {
  const node = document.createElement("p")
  node.className = paragraph.heading ? "hoi-heading" : ""
  for (const [text, marked] of paragraph.parts) {
    const part = document.createElement(marked ? "mark" : "span")
    part.textContent = text
    node.append(part)
  }
  return node
}

const show = (paper) => {
  const mark = paper.querySelector("mark")
  if (!mark) return (paper.scrollTop = 0)
  const distance = mark.getBoundingClientRect().top - paper.getBoundingClientRect().top
  paper.scrollTop += distance - paper.clientHeight / 4
}

export default function ({ data, parentElement }) {
  const paper = paperOf(parentElement, "hoi-paper", data)
  if (!paper) return // the same opening: leave the reader's own scrolling alone
  paper.replaceChildren(...data.paragraphs.map(line))
  requestAnimationFrame(() => show(paper))
  const settled = setTimeout(() => show(paper), 350) // once more when fonts and columns have settled
  return () => clearTimeout(settled)
}
