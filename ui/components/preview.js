// How a file was read: the kept text, what was left out of it struck through, the words of the header marked.
// `data` is `ui.library.preview.Preview` as JSON. Every text is set by textContent.

const TAGS = { kept: "span", field: "mark", stripped: "del" }

export default function ({ data, parentElement }) {
  const paper = paperOf(parentElement, "hoi-paper hoi-preview", data)
  if (!paper) return
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
