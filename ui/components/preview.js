// How a file was read: the kept text, what was left out of it struck through, the words of the header marked.
// `data` is `ui.library.preview.Preview` as JSON. Every text is set by textContent.

const TAGS = { kept: "span", field: "mark", stripped: "del" }

export default function ({ data, parentElement }) {
  let paper = parentElement.querySelector(":scope > .hoi-paper")
  if (!paper) {
    paper = document.createElement("div")
    paper.className = "hoi-paper hoi-preview"
    paper.tabIndex = 0
    paper.setAttribute("role", "document")
    parentElement.append(paper)
  }
  paper.setAttribute("aria-label", data.label)
  if (paper.dataset.token === data.token) return
  paper.dataset.token = data.token
  paper.replaceChildren(
    ...data.lines.map((line) => {
      const node = document.createElement("p")
      for (const { kind, text, title } of line) {
        const part = document.createElement(TAGS[kind])
        part.textContent = text
        if (title) part.title = title
        if (kind === "stripped") part.setAttribute("aria-label", `Đã bỏ (${title}): ${text}`)
        node.append(part)
      }
      return node
    }),
  )
}
