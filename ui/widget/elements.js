// Elements without HTML: every text is set by textContent, so that nothing in a document or an answer becomes markup.

const element = (tag, { text, ...attributes } = {}, ...children) => {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value) node.setAttribute(name, value)
  if (text !== undefined) node.textContent = text
  node.append(...children.filter(Boolean))
  return node
}

const SVG = "http://www.w3.org/2000/svg"
const SHAPES = {
  ask: "M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z",
  close: "m6 6 12 12M18 6 6 18",
  back: "m14 6-6 6 6 6",
  send: "M5 12h13m-6-6 6 6-6 6",
}

const icon = (name) => {
  const [image, path] = ["svg", "path"].map((tag) => document.createElementNS(SVG, tag))
  image.setAttribute("viewBox", "0 0 24 24")
  image.setAttribute("aria-hidden", "true")
  path.setAttribute("d", SHAPES[name])
  image.append(path)
  return image
}

const button = (name, label, onclick, type = "button") => {
  const made = element("button", { type, class: `round ${name}`, "aria-label": label, title: label }, icon(name))
  if (onclick) made.onclick = onclick
  return made
}

const date = (day) => day?.split("-").reverse().join("/")
