// A page as it looks, with the cited words marked: turned, zoomed and scrolled here, drawn by the server.
// `data` is `ui.talk.pages.Sheet` as JSON. Every text is set by textContent.

const STEP = 1.25
const LEAST = 1
const MOST = 4
const LEGIBLE = 660 // pixels of a page's width from which office print is read without effort
const MARGIN = 0.06 // of the page, around what is marked

const made = (tag, name, text = "") => {
  const node = document.createElement(tag)
  node.className = name
  node.textContent = text
  return node
}

const button = (name, sign, label) => {
  const node = made("button", name, sign)
  node.type = "button"
  node.title = label
  node.setAttribute("aria-label", label)
  return node
}

const build = (parent) => {
  const box = made("div", "hoi-sheet")
  const bar = made("div", "hoi-sheet-bar")
  const paper = made("div", "hoi-sheet-paper")
  const leaf = made("div", "hoi-sheet-leaf")
  paper.tabIndex = 0
  paper.setAttribute("role", "document")
  leaf.append(made("img", "hoi-sheet-image"), made("div", "hoi-marks"))
  paper.append(leaf)
  const place = made("span", "hoi-sheet-place")
  place.setAttribute("role", "status")
  bar.append(
    button("hoi-sheet-back", "‹", "Trang trước"),
    place,
    button("hoi-sheet-on", "›", "Trang sau"),
    made("span", "hoi-sheet-gap"),
    button("hoi-sheet-out", "−", "Thu nhỏ"),
    button("hoi-sheet-in", "+", "Phóng to"),
  )
  box.append(bar, paper)
  parent.append(box)
  for (const by of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    paper.addEventListener(by, () => (paper.dataset.held = "yes"), { passive: true })
  }
  new ResizeObserver(() => show(paper)).observe(paper)
  return box
}

const mark = ({ left, top, right, bottom }) => {
  const node = made("div", "hoi-mark")
  const share = (fraction) => `${(100 * fraction).toFixed(3)}%`
  Object.assign(node.style, { left: share(left), top: share(top), width: share(right - left), height: share(bottom - top) })
  return node
}

// How much larger than the view: so that print is read, yet no marked line runs out of it.
const legible = (paper, marks) => {
  const across = Math.max(...marks.map((each) => each.right)) - Math.min(...marks.map((each) => each.left))
  const fits = marks.length ? 1 / (across + MARGIN) : MOST
  return Math.max(LEAST, Math.min(LEGIBLE / paper.clientWidth, fits))
}

// The marks stay in sight while the page around settles, until the reader scrolls himself.
const show = (paper) => {
  if (paper.dataset.held) return
  const places = [...paper.querySelectorAll(".hoi-mark")].map((each) => each.getBoundingClientRect())
  if (!places.length) return paper.scrollTo(0, 0)
  const view = paper.getBoundingClientRect()
  const [left, right] = [Math.min(...places.map((at) => at.left)), Math.max(...places.map((at) => at.right))]
  paper.scrollTop += places[0].top - view.top - paper.clientHeight / 3
  paper.scrollLeft += Math.min((left + right - view.left - view.right) / 2, left - view.left - 8)
}

const zoom = (paper, size) => {
  const [x, y] = [paper.scrollLeft + paper.clientWidth / 2, paper.scrollTop + paper.clientHeight / 2]
  const before = Number(paper.dataset.size || 1)
  const after = Math.min(MOST, Math.max(LEAST, size))
  paper.dataset.size = after
  paper.firstElementChild.style.width = `${100 * after}%`
  paper.scrollTo((x * after) / before - paper.clientWidth / 2, (y * after) / before - paper.clientHeight / 2)
  return after
}

export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(":scope > .hoi-sheet") || build(parentElement)
  const [paper, image] = [box.querySelector(".hoi-sheet-paper"), box.querySelector("img")]
  const find = (name) => box.querySelector(`.hoi-sheet-${name}`)
  const turn = (pages) => {
    const number = data.number + pages
    if (number < 1 || number > data.count || paper.getAttribute("aria-busy") === "true") return
    paper.setAttribute("aria-busy", "true")
    setTriggerValue("turn", number)
  }
  const sized = (times) => {
    const size = zoom(paper, Number(paper.dataset.size || 1) * times)
    find("out").disabled = size <= LEAST
    find("in").disabled = size >= MOST
  }
  find("back").onclick = () => turn(-1)
  find("on").onclick = () => turn(1)
  const chosen = (times) => {
    paper.dataset.chosen = "yes" // kept for the pages to come
    sized(times)
  }
  find("in").onclick = () => chosen(STEP)
  find("out").onclick = () => chosen(1 / STEP)
  find("back").disabled = data.number <= 1
  find("on").disabled = data.number >= data.count
  find("place").textContent = `Trang ${data.number} / ${data.count}`
  paper.setAttribute("aria-label", data.label)
  paper.onkeydown = (event) => {
    const act = {
      PageDown: () => turn(1),
      PageUp: () => turn(-1),
      "+": () => chosen(STEP),
      "-": () => chosen(1 / STEP),
    }[event.key]
    if (!act || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    act()
  }
  const token = `${data.token}/${data.number}`
  if (paper.dataset.token === token) return // the same page: leave the reader's own scrolling alone
  paper.dataset.token = token
  delete paper.dataset.held
  image.alt = data.label
  image.onload = () => {
    paper.removeAttribute("aria-busy")
    box.querySelector(".hoi-marks").replaceChildren(...data.marks.map(mark))
    if (!paper.dataset.chosen) sized(legible(paper, data.marks) / Number(paper.dataset.size || 1))
    show(paper)
  }
  image.src = data.image
}
