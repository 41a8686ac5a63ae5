// The line one types in: ready at once, and a question that a broken connection swallowed is put back into it.
// `data`: `session` changes when the page begins anew, `place` with the conversation and its turns; `asked` and `said`
// are of its last turn.
const KEPT = "hoi-asked"
const box = () => document.querySelector('[data-testid="stChatInput"] textarea')
const touch = () => matchMedia("(pointer: coarse)").matches // a phone's keyboard would cover the page

const keep = (event) => {
  const typed = box()
  const sent = event.type === "click" ? event.target.closest?.('[data-testid="stChatInputSubmitButton"]') : false
  const entered = event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target === typed
  if ((sent || entered) && typed?.value.trim()) sessionStorage.setItem(KEPT, typed.value.trim())
}

let touched = false // by a hand, since the question was put back

const put = (text, tries = 75) => {
  const typed = box()
  if (!tries || touched || sessionStorage.getItem(KEPT)) return
  if (typed && !typed.disabled && !typed.value) {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(typed, text)
    typed.dispatchEvent(new Event("input", { bubbles: true }))
  }
  setTimeout(() => put(text, tries - 1), 200) // once more where drawing the page took it away again
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
  document.addEventListener("keydown", keep, true)
  document.addEventListener("click", keep, true)
  document.addEventListener("input", (event) => { touched ||= event.isTrusted }, true)
  return region
}

export default function ({ data, parentElement }) {
  const said = announcer()
  if (said.textContent !== data.said && data.place !== "/0") said.textContent = data.said
  const kept = sessionStorage.getItem(KEPT)
  const anew = parentElement.dataset.session !== data.session
  parentElement.dataset.session = data.session
  if (kept && (anew || kept === data.asked)) sessionStorage.removeItem(KEPT)
  if (kept && anew && kept !== data.asked) {
    touched = false
    put(kept)
  }
  if (parentElement.dataset.place === data.place) return
  parentElement.dataset.place = data.place
  requestAnimationFrame(() => focus())
}
