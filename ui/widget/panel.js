// The panel: questions and answers, and a box to write in. On a phone it is a modal dialog over the whole page.

const GREETING = "Xin chào! Tôi trả lời từ văn bản của cơ quan; mỗi câu đều kèm nguyên văn để bạn kiểm lại."
const LIMIT = 4000 // characters of a question
const PHONE = "(max-width: 30rem)"

const panel = ({ ask, read, link }, name) => {
  const { view, open, back } = reader(read)
  const messages = []
  const log = element("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0", "aria-label": "Hỏi và đáp" })
  log.append(element("p", { class: "calm", text: GREETING }))
  const box = element("textarea", { rows: "1", maxlength: String(LIMIT), "aria-label": "Câu hỏi", placeholder: "Viết câu hỏi…", enterkeyhint: "send" })
  const send = button("send", "Gửi câu hỏi", null, "submit")
  const form = element("form", {}, box, send)
  const dialog = element("dialog", { "aria-label": name })
  const head = element("header", {}, element("h2", { text: name }), button("close", "Đóng", () => dialog.close()))
  dialog.append(head, log, form, view)

  const turn = async (question) => {
    const waiting = element("p", { class: "told waiting", text: "Đang tìm trong văn bản…" })
    const asked = { role: "user", content: question }
    const shown = element("p", { class: "question", text: question })
    log.append(shown, waiting)
    shown.scrollIntoView()
    try {
      const answer = await ask([...messages, asked])
      messages.push(asked, { role: "assistant", content: answer.choices[0].message.content })
      waiting.replaceWith(answered(answer, question, open, link))
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      waiting.replaceWith(element("p", { class: "error", role: "alert", text: error.message }))
      box.value ||= question // to be sent again
    }
    shown.scrollIntoView()
  }
  form.onsubmit = async (event) => {
    event.preventDefault()
    const question = box.value.trim()
    if (!question || send.disabled) return
    box.value = ""
    send.disabled = true
    await turn(question).finally(() => (send.disabled = false))
  }
  box.onkeydown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return // an input method ends a word by Enter
    event.preventDefault()
    form.requestSubmit()
  }
  dialog.onkeydown = (event) => {
    if (event.key !== "Escape") return
    event.preventDefault()
    if (view.hidden) dialog.close()
    else back()
  }
  const show = () => {
    if (matchMedia(PHONE).matches) dialog.showModal()
    else dialog.show()
    box.focus()
  }
  return { dialog, show }
}
