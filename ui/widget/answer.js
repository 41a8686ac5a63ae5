// An answer with its quotes: each marker in the text leads to the quote, and each quote into its document.

const marker = (citation, quotes) => {
  const chip = element("button", { type: "button", class: "marker", text: String(citation.marker) })
  chip.setAttribute("aria-label", `Trích dẫn ${citation.marker}: ${named(citation)}`)
  chip.onclick = () => {
    const quote = quotes.get(citation.marker)
    quote.scrollIntoView({ block: "nearest" })
    quote.focus()
  }
  return chip
}

const words = (answer, cited, quotes) => {
  const text = element("p", { class: answer.abstained ? "text calm" : "text" })
  for (const part of answer.choices[0].message.content.split(/(\[\d{1,4}\])/)) {
    const citation = cited.get(Number(part.match(/^\[(\d+)\]$/)?.[1]))
    text.append(citation ? marker(citation, quotes) : part)
  }
  return text
}

const named = (citation) => citation.number ?? citation.title

const quoted = (citation, open, href) => {
  const link = element("a", { href, target: "_blank", rel: "noopener noreferrer", text: "Xem trong văn bản" })
  link.setAttribute("aria-label", `Xem trích dẫn ${citation.marker} trong văn bản`)
  link.onclick = (event) => {
    event.preventDefault() // the document is read here: the link by itself would come without the key
    open(citation, link)
  }
  const told = [date(citation.issued_on), citation.issuer, citation.section, citation.page && `trang ${citation.page}`]
  return element(
    "li",
    { tabindex: "-1" },
    element("strong", { text: `[${citation.marker}] ${named(citation)}` }),
    element("span", { class: "told", text: told.filter(Boolean).join(" · ") }),
    element("blockquote", { text: citation.quote }),
    link,
  )
}

const answered = (answer, question, open, link) => {
  const sources = answer.sources ?? []
  const quotes = new Map(sources.map((each) => [each.marker, quoted(each, open, link(each))]))
  const cited = new Map(sources.map((each) => [each.marker, each]))
  const list = sources.length && element("ol", { "aria-label": "Trích dẫn" }, ...quotes.values())
  const notices = (answer.notices ?? []).map((text) => element("p", { class: "told", text }))
  const otherwise = answer.understood && answer.understood !== question
  const understood = otherwise && element("p", { class: "told", text: `Đã hiểu: ${answer.understood}` })
  return element("div", { class: "answer" }, understood, words(answer, cited, quotes), ...notices, list)
}
