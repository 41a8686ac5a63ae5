// The line one types in: ready at once, and a question that a broken connection swallowed is put back into it.
// `data`: `session` changes when the page begins anew, `place` with the conversation and its turns; `asked` and `said`
// are of its last answer.
const KEPT = "hoi-asked"
const box = () => document.querySelector('[data-testid="stChatInput"] textarea')
const touch = () => matchMedia("(pointer: coarse)").matches // a phone's keyboard would cover the page

let session // the one on show
const kept = () => JSON.parse(sessionStorage.getItem(KEPT) ?? "{}")

const put = () => {
  const { text, session: sent } = kept()
  if (!text || sent === session) return // nothing swallowed, or asked anew
  const typed = box()
  if (typed && !typed.disabled && !typed.value) {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(typed, text)
    typed.dispatchEvent(new Event("input", { bubbles: true }))
  }
  setTimeout(put, 200) // once more where drawing the page takes it away again
}

const leave = (event) => { // a hand at work decides for itself
  if (event.isTrusted && kept().session !== session) sessionStorage.removeItem(KEPT)
}

const focus = (tries = 30) => {
  const typed = box()
  const free = !document.activeElement || document.activeElement === document.body
  if (!free || touch()) return // a hand is at work elsewhere
  typed?.focus({ preventScroll: true })
  if (document.activeElement !== typed && tries) setTimeout(() => focus(tries - 1), 100) // it may yet be drawn
}

const announcer = () => {
  const known = document.getElementById("hoi-said")
  if (known) return known
  const region = Object.assign(document.createElement("div"), { id: "hoi-said", className: "hoi-offscreen" })
  region.setAttribute("role", "status")
  document.body.append(region)
  for (const deed of ["input", "pointerdown"]) document.addEventListener(deed, leave, true)
  return region
}

export default function ({ data, parentElement }) {
  const said = announcer()
  if (said.textContent !== data.said && data.place !== "/0") said.textContent = data.said
  if (kept().text === data.asked) sessionStorage.removeItem(KEPT)
  if (session !== data.session) {
    session = data.session
    put()
  }
  if (parentElement.dataset.place === data.place) return
  parentElement.dataset.place = data.place
  requestAnimationFrame(() => focus())
}
