// A question on its way is kept by the browser: should the connection break, `typing.js` puts it back. And the page goes
// along: the question is brought into sight, then to the top as its answer grows, until a hand scrolls or opens something.
// `data`: `asking` is the question that is asked just now, "" for none; `conversation` the one on show, of `turns`.
const TOP = 80 // pixels over the question
const DEEDS = ["wheel", "touchmove", "pointerdown", "keydown"]

let conversation // the one on show
let known = "" // what was last done
let leave = () => {} // ends the going along

const follow = (asking) => {
  leave()
  const main = document.querySelector(".stMain")
  const inside = main?.querySelector('[data-testid="stMainBlockContainer"]')
  if (!inside) return
  const go = () => {
    const last = [...inside.querySelectorAll(".st-key-stage .hoi-question")].at(-1) // the stage itself may be drawn anew
    if (!last || (asking && last.textContent !== asking)) return // not drawn yet
    const turn = last.closest('[data-testid="stChatMessage"]') ?? last
    main.scrollTop += turn.getBoundingClientRect().top - main.getBoundingClientRect().top - TOP
  }
  const sizes = new ResizeObserver(go)
  const deed = (event) => event.target.closest?.('[data-testid="stBottom"]') || leave()
  leave = () => {
    sizes.disconnect()
    for (const each of DEEDS) main.removeEventListener(each, deed, true)
  }
  sizes.observe(inside)
  for (const each of DEEDS) main.addEventListener(each, deed, { capture: true, passive: true })
}

export default function ({ data }) {
  if (known === JSON.stringify(data)) return
  known = JSON.stringify(data)
  if (data.asking) sessionStorage.setItem("hoi-asked", JSON.stringify({ text: data.asking, session: data.session }))
  if (data.asking || data.conversation !== conversation) setTimeout(() => follow(data.asking)) // when the page stands
  conversation = data.conversation
}
