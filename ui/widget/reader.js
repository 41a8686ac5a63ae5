// The document with the quoted words marked.

const reader = (read) => {
  const title = element("h2", {})
  const paper = element("div", { class: "paper", tabindex: "0", role: "document" })
  let from = null
  const back = () => {
    view.hidden = true
    from?.focus()
  }
  const view = element("section", { class: "reader", "aria-label": "Văn bản" })
  view.append(element("header", {}, button("back", "Trở lại câu trả lời", back), title), paper)
  view.hidden = true

  const open = async (citation, link) => {
    from = link
    title.textContent = named(citation)
    paper.textContent = "Đang mở văn bản…"
    view.hidden = false
    paper.focus()
    try {
      show(await read(citation), citation)
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      paper.textContent = error.message
    }
  }
  const show = (letters, { start, end }) => {
    const part = (...range) => letters.slice(...range).join("")
    const mark = element("mark", { text: part(start, end) })
    paper.replaceChildren(part(0, start), mark, part(end))
    mark.scrollIntoView({ block: "center" })
  }
  return { view, open, back }
}
